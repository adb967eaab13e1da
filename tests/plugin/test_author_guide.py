"""The guide for authors tells the truth: its plugins load, its examples give that."""

import doctest
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from argmap.plugin import Graph, Host, Influence, evaluate
from argmap.plugin.laws import check
from argmap.plugin.variants import vary

TEXT = (Path(__file__).parents[2] / "plugins" / "README.md").read_text("utf-8")
BLOCK = re.compile(r"^```\w+ (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILES = dict(BLOCK.findall(TEXT))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, body in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(body, encoding="utf-8")
    return tmp_path / "rules"


def test_its_scheme_is_known_by_all_its_names(folder: Path) -> None:
    host = Host.load(folder.parent / "schemes", strict=True)

    for name in ("survey", "Argument from a survey", "Poll", "ArgumentFromPoll"):
        assert host.scheme(name).key == "survey"


def test_its_plugins_load_and_keep_what_they_promise(folder: Path) -> None:
    host = Host.load(folder, strict=True)
    examples = 0

    for name in ("caution", "cautious", "measured", "trust", "first-look"):
        findings = check(host.rule(name), host.rule(name).laws, cases=10)
        assert findings.faults == []
        examples += len(findings.examples)
    assert examples == 3
    assert host.rule("cautious").schema()["properties"]["share"]["maximum"] == 1


def test_its_sessions_print_what_it_shows(folder: Path) -> None:
    rules = {
        name.upper().replace("-", "_"): installed.rule
        for name, installed in Host.load(folder).rules.items()
    }
    schemes = {"SURVEY": Host.load(folder.parent / "schemes").scheme("survey")}
    text = TEXT.replace("```", "")  # an end of a block is no output
    session = doctest.DocTestParser().get_doctest(
        text, rules | schemes, "README.md", None, None
    )

    outcome = doctest.DocTestRunner().run(session)

    assert outcome.failed == 0
    assert outcome.attempted >= 12


def test_its_package_installs_under_the_entry_point_that_it_names(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tomllib.loads(FILES["rules/pyproject.toml"])["project"]
    info = tmp_path / f"argmap_caution-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: 1.0\n"
    )
    lines = [f"{k} = {v}" for k, v in project["entry-points"]["argmap"].items()]
    (info / "entry_points.txt").write_text("\n".join(["[argmap]", *lines]))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.syspath_prepend(str(folder))

    installed = Host.load().rules["caution"]

    assert (installed.distribution, installed.rule.version) == ("argmap-caution", "1.0")


def test_its_modular_rule_means_the_same_on_arrays_and_on_floats(folder: Path) -> None:
    rule = Host.load(folder).rule("measured")
    half = rule.influence
    assert isinstance(half, Influence)
    many = {f"c{i}": i / 200 for i in range(200)}
    wide = Graph.of({**many, "a": 0.9}, attacks=[("a", key) for key in many])

    strengths = evaluate(wide, rule).strengths

    for key, base in many.items():
        assert strengths[key] == pytest.approx(half.apply(base, -0.9), abs=1e-15)


def test_its_iteration_does_in_a_batch_what_it_does_alone(folder: Path) -> None:
    rule = Host.load(folder).rule("trust")
    pairs = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")]
    graph = Graph.of("abcd", attacks=pairs)
    bases, weights = (np.linspace(x, 1.0, 20).reshape(4, 5) for x in (0.1, 0.3))

    found = vary(graph, rule, rule.decode(None), base_scores=bases, weights=weights)

    for i in range(5):
        variant = replace(graph, base_scores=bases[:, i], weights=weights[:, i])
        alone = list(evaluate(variant, rule).strengths.values())
        assert found[:, i].tolist() == pytest.approx(alone, abs=1e-9)
