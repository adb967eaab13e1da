"""Rules in a worker are the same rules: same numbers, same errors, same reasons."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec import Struct

from argmap.debate.explanation import explain
from argmap.debate.flips import flips
from argmap.engine import patience
from argmap.errors import InvalidParameters, NotFound, PluginFault, TooSlow
from argmap.plugin import Evaluation, Host, Map, Rule, Verdict, evaluate
from argmap.plugin.isolation import IsolatedRule, Isolation, Limits
from processes import is_alive

Install = Callable[..., None]

CODE = '''
import os, time
from typing import Annotated
import numpy as np
from msgspec import Meta, Struct
from argmap.plugin import *


class Parameters(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    share: Annotated[float, Meta(ge=0, le=1)] = 0.1
    steps: int = 3
    word: str = "a"


def shared(graph, parameters):
    """Take a share away."""
    return graph.base_scores * (1 - parameters.share) ** parameters.steps


def labels(graph):
    return grounded(graph, "ignore")


def claim(base, inflow):
    return base * inflow.unattacked()


def many(graph, base_scores, weights):
    return settle(graph, claim, base_scores=base_scores, weights=weights).strengths


def failing(graph):
    unheard = graph.base_scores
    return unheard + of


def process(graph):
    return {key: os.getpid() for key in graph.ids}


def secret(graph):
    return {key: "ARGMAP_DATABASE_URL" in os.environ for key in graph.ids}


def slow(graph):
    time.sleep(60)


@hookimpl
def argmap_rules():
    yield Rule("shared", "Shared", shared, params=Parameters, source="nowhere")
    yield Rule("modular", "Modular", aggregation=SUM, influence=euler(),
               laws=("balance",), default_base_score=0.4)
    yield Rule("labels", "Labels", labels, scale="label",
               reads=frozenset({"rebut", "undercut"}))
    yield Rule("batched", "Batched", lambda graph: settle(graph, claim), batch=many)
    yield Rule("failing", "Failing", failing)
    yield Rule("process", "Process", process, scale="ranking")
    yield Rule("secret", "Secret", secret)
    yield Rule("slow", "Slow", slow)
'''

MAP = Map.of(
    {"a": 0.5, "b": 0.75, "c": 0.9, "d": 0.2, "e": 1.0},
    supports=[("b", "a"), ("d", "b")],
    rebuts=[("c", "a"), ("a", "b"), ("e", "c")],
    undercuts=[("d", "r1")],
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plugins")
    (folder / "strange.py").write_text(CODE)
    return folder


@pytest.fixture(scope="module")
def isolation() -> Iterator[Isolation]:
    isolation = Isolation(Limits())
    yield isolation
    isolation.close()


@pytest.fixture(scope="module")
def apart(folder: Path, isolation: Isolation) -> Host:
    return Host.load(folder, strict=True, isolation=isolation)


@pytest.fixture(scope="module")
def here(folder: Path) -> Host:
    return Host.load(folder, strict=True)


def pid(host: Host, rule: str = "process") -> int:
    return int(evaluate(MAP, host.rule(rule)).strengths["a"])


def pair(apart: Host, here: Host, name: str) -> tuple[Rule, Rule]:
    found = apart.rule(name), here.rule(name)
    assert [isinstance(rule, IsolatedRule) for rule in found] == [True, False]
    return found


@pytest.mark.parametrize("name", ["shared", "modular", "labels"])
def test_a_rule_says_the_same_of_itself_and_of_a_map(
    apart: Host, here: Host, name: str
) -> None:
    one, other = pair(apart, here, name)
    said = (
        "name", "title", "description", "version", "source", "scale", "laws", "reads",
        "default_base_score", "digest", "plugin", "findings",
    )  # fmt: skip

    assert [getattr(one, x) for x in said] == [getattr(other, x) for x in said]
    assert one.schema() == other.schema()
    assert evaluate(MAP, one) == evaluate(MAP, other)


def test_a_fault_names_the_line_that_raised(apart: Host, here: Host) -> None:
    line = CODE.splitlines().index("    return unheard + of") + 1
    for rule in pair(apart, here, "failing"):
        with pytest.raises(PluginFault) as caught:
            evaluate(MAP, rule)

        assert caught.value.detail == (
            "rule 'failing' raised NameError: name 'of' is not defined "
            f"(strange.py, line {line})"
        )


def test_shipped_rules_stay_and_strangers_are_told_apart(apart: Host) -> None:
    assert not apart.rules["df-quad"].is_isolated
    assert apart.rules["shared"].is_isolated
    assert apart.rule("df-quad").lane is None


@pytest.mark.parametrize("method", ["removal", "gradient", "shapley"])
@pytest.mark.parametrize("name", ["shared", "modular", "labels", "batched"])
def test_explanations_are_the_same(
    apart: Host, here: Host, name: str, method: str
) -> None:
    found = []
    for rule in pair(apart, here, name):
        explanation = explain(MAP, rule, evaluate(MAP, rule), "a", method)  # type: ignore[arg-type]
        values = {
            each.key: each.value
            for each in explanation.contributions.claims
            + explanation.contributions.relations
        }
        # In process a modular rule has gradients, too, and says so.
        note = explanation.note if method != "gradient" else ""
        found.append((values, explanation.defence, explanation.unanswered, note))

    values, *reasons = found[0]
    assert values == pytest.approx(found[1][0], abs=1e-6)
    assert reasons == list(found[1][1:])
    assert values


@pytest.mark.parametrize(
    ("name", "to"), [("modular", "accepted"), ("labels", "rejected")]
)
def test_what_would_turn_a_verdict_is_the_same(
    apart: Host, here: Host, name: str, to: Verdict
) -> None:
    found = [
        flips(MAP, rule, evaluate(MAP, rule), "a", to, seconds=None)
        for rule in pair(apart, here, name)
    ]

    assert found[0].flips == found[1].flips
    assert found[0].flips


@pytest.mark.parametrize(
    ("given", "is_text"),
    [
        ({"share": "0.5", "steps": "2"}, True),
        ({"share": 0.5, "steps": 2}, False),
        ({"share": 0.5, "word": "ä"}, False),
        ({}, False),
    ],
)
def test_parameters_are_read_as_the_rule_declares_them(
    apart: Host, here: Host, given: dict[str, object], is_text: bool
) -> None:
    one, other = pair(apart, here, "shared")

    def evaluated(rule: Rule) -> Evaluation:
        return evaluate(MAP, rule, rule.accept(given, is_text=is_text))

    assert evaluated(one) == evaluated(other)
    assert evaluated(one).parameters.keys() == {"share", "steps", "word"}


@pytest.mark.parametrize(
    ("given", "is_text"),
    [
        ({"share": 2}, False),
        ({"share": "0.5"}, False),
        ({"share": "much"}, True),
        ({"nothing": 1}, False),
        ({"word": "\ud800"}, False),
        ({"share": float("nan")}, False),
    ],
)
def test_parameters_that_are_refused_are_refused_alike(
    apart: Host, here: Host, given: dict[str, object], is_text: bool
) -> None:
    found = []
    for rule in pair(apart, here, "shared"):
        with pytest.raises(InvalidParameters) as refused:
            evaluate(MAP, rule, rule.accept(given, is_text=is_text))
        assert refused.value.rule == "shared"
        found.append(refused.value.pointer)

    # What no JSON can hold does not even get to the worker.
    assert found[0] == found[1] or (found[0] == "/parameters" and not is_text)


def test_a_struct_of_parameters_goes_over_too(apart: Host) -> None:
    class Mine(Struct):
        share: float

    assert evaluate(MAP, apart.rule("shared"), Mine(share=0)).strengths["a"] == 0.5


def test_a_worker_sees_nothing_of_the_environment(
    apart: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGMAP_DATABASE_URL", "postgresql://me:secret@host/db")

    with pytest.raises(PluginFault, match="False for 'a'"):  # a boolean is no strength
        evaluate(MAP, apart.rule("secret"))


def test_a_worker_that_has_died_meanwhile_is_replaced(apart: Host) -> None:
    first = pid(apart)
    os.kill(first, signal.SIGKILL)
    time.sleep(0.05)

    assert pid(apart) not in (first, os.getpid())


def test_the_process_that_forks_workers_may_die_too(folder: Path) -> None:
    isolation = Isolation(Limits())
    try:
        host = Host.load(folder, isolation=isolation)
        first = pid(host)
        nursery = int(Path(f"/proc/{first}/stat").read_text().split()[3])
        os.kill(nursery, signal.SIGKILL)
        time.sleep(0.1)

        assert pid(host) not in (first, os.getpid())
        assert not is_alive(first)
    finally:
        isolation.close()


def test_who_does_not_wait_any_longer_need_not(apart: Host) -> None:
    start = time.monotonic()
    with pytest.raises(TooSlow), patience(0.2):
        evaluate(MAP, apart.rule("slow"))

    assert time.monotonic() - start < 5
    assert evaluate(MAP, apart.rule("modular")).claims


def test_one_distribution_has_one_worker_and_is_never_imported_here(
    install: Install, isolation: Isolation
) -> None:
    code = """
        import os
        from argmap.plugin import Rule, hookimpl
        def process(graph): return {{key: os.getpid() for key in graph.ids}}
        @hookimpl
        def argmap_rules(): yield Rule("{0}", "Process", process, scale="ranking")
    """
    for name, distribution in (("one", "d"), ("two", "d"), ("three", "e")):
        install(name, code.format(name), distribution=distribution)

    host = Host.load(isolation=isolation)

    assert pid(host, "one") == pid(host, "two") != pid(host, "three")
    assert host.rules["one"].distribution == "d"
    assert not {"one", "two", "three"} & sys.modules.keys()


def test_what_is_trusted_runs_here(folder: Path) -> None:
    (folder / "other.py").write_text(CODE.replace('Rule("', 'Rule("other-'))
    isolation = Isolation(Limits(), trust=["strange.py"])
    try:
        isolation.check_trust(folder)
        host = Host.load(folder, isolation=isolation)
        with pytest.raises(NotFound, match="'strangely'"):
            Isolation(Limits(), trust=["strangely"]).check_trust(folder)

        assert pid(host) == os.getpid() != pid(host, "other-process")
        assert not host.rules["process"].is_isolated
    finally:
        isolation.close()
        (folder / "other.py").unlink()


def test_a_distribution_is_trusted_however_its_name_is_written(
    install: Install,
) -> None:
    install("mine", "", distribution="Argmap_Mine")
    for name in ("argmap-mine", "Argmap.mine", "Argmap_Mine"):
        Isolation(Limits(), trust=[name]).check_trust(None)
    with pytest.raises(NotFound, match="'argmapmine'"):
        Isolation(Limits(), trust=["argmapmine"]).check_trust(None)


def test_loading_again_replaces_what_has_changed_and_nothing_else(
    tmp_path: Path, isolation: Isolation
) -> None:
    for name in ("first", "second"):
        code = CODE.replace('Rule("', f'Rule("{name}-')
        (tmp_path / f"{name}.py").write_text(code)
    before = Host.load(tmp_path, isolation=isolation)
    pids = [pid(before, "first-process"), pid(before, "second-process")]
    (tmp_path / "second.py").write_text(code + "\n# changed\n")
    after = Host.load(tmp_path, isolation=isolation)

    assert pid(after, "first-process") == pids[0]
    assert pid(after, "second-process") != pids[1]
    with pytest.raises(PluginFault, match="something else than when the server"):
        pid(before, "second-process")


def test_a_problem_names_plugin_and_distribution(
    install: Install, isolation: Isolation
) -> None:
    install("faulty", "1 / 0", distribution="a-faulty-one")

    (problem,) = Host.load(isolation=isolation).problems

    assert (problem.plugin, problem.distribution) == ("faulty", "a-faulty-one")
    assert "ZeroDivisionError" in problem.detail


def test_strangers_that_clash_are_left_out_and_one_that_is_wrong_is_told_of(
    tmp_path: Path, isolation: Isolation
) -> None:
    rule = 'yield Rule("{0}", "T", lambda graph: graph.base_scores{1})\n'
    head = (
        "from argmap.plugin import Rule, hookimpl\n@hookimpl\ndef argmap_rules():\n  "
    )
    for name, offered, more in (
        ("one", "same", ""), ("two", "same", ""), ("three", "df-quad", ""),
        ("four", "Bad Name", ""), ("five", "five", ", laws=('nonsense',)"),
    ):  # fmt: skip
        (tmp_path / f"{name}.py").write_text(head + rule.format(offered, more))

    host = Host.load(tmp_path, isolation=isolation)

    with pytest.raises(PluginFault):
        Host.load(tmp_path, strict=True, isolation=isolation)
    assert host.rules["df-quad"].is_shipped
    assert not {"same", "Bad Name", "five"} & host.rules.keys()
    told = {problem.plugin: problem.detail for problem in host.problems}
    assert told.keys() == {"one", "two", "three", "four", "five"}
    assert "offered by one (a file) and two (a file)" in told["two"]
    assert "'Bad Name' is no slug" in told["four"]
