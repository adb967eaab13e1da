"""Every extension that a textbook, a competition or a peer lists.

Stage extensions and naive sets, which the sources list too, do not ship.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from argmap.plugin import Graph, Host, evaluate
from argmap_dung.tasks import Reasoner
from frameworks import SEMANTICS, framework, members

ENTRIES = json.loads((Path(__file__).with_name("extensions.json")).read_text())
NAMED = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])
SMALL = ["b2", "b8", "b35", "b41", "b57"]


@pytest.fixture(scope="module")
def host() -> Host:
    return Host.load(strict=True)


def listed(semantics: str, keys: list[str], attacks: list[Any]) -> list[list[str]]:
    places = {key: i for i, key in enumerate(keys)}
    ends = [(places[a], places[b]) for a, b in attacks]
    found = Reasoner(SEMANTICS[semantics], framework(len(keys), ends)).extensions()
    return sorted(sorted(keys[i] for i in members(f)) for f in found.labellings)


@NAMED
@pytest.mark.parametrize("semantics", SEMANTICS)
def test_extensions_are_those_that_the_source_lists(
    entry: dict[str, Any], semantics: str
) -> None:
    graph = entry["graph"]

    assert listed(semantics, graph["arguments"], graph["attacks"]) == sorted(
        map(sorted, entry["expected"][semantics])
    )


@NAMED
@pytest.mark.parametrize("semantics", SEMANTICS)
def test_verdicts_say_what_the_listed_extensions_have_in_common(
    host: Host, entry: dict[str, Any], semantics: str
) -> None:
    keys, attacks = entry["graph"]["arguments"], entry["graph"]["attacks"]
    graph = Graph.of(keys, [(a, b) for a, b in attacks])
    expected = [set(extension) for extension in entry["expected"][semantics]]
    beaten = [{b for a, b in attacks if a in s} for s in expected]
    rule = host.rule(semantics)

    for acceptance, quantifier in (("sceptical", all), ("credulous", any)):
        evaluation = evaluate(graph, rule, {"acceptance": acceptance})

        assert evaluation.extensions == len(expected)
        for key in keys:
            verdict = "undecided"
            if expected and all(key in b for b in beaten):
                verdict = "rejected"
            elif expected and quantifier(key in s for s in expected):
                verdict = "accepted"
            assert evaluation.verdicts[key] == verdict, (acceptance, key)


@pytest.mark.parametrize("semantics", SEMANTICS)
@pytest.mark.parametrize("name", SMALL)
def test_extensions_are_those_of_the_competition_of_2019(
    shared: Path, name: str, semantics: str
) -> None:
    folder = shared / "instances" / "iccma2019_small"
    facts = (folder / f"Small-result-{name}.apx").read_text().split()
    parts = [fact.rstrip(").").partition("(") for fact in facts]
    keys = [rest for kind, _, rest in parts if kind == "arg"]
    attacks = [rest.split(",") for kind, _, rest in parts if kind == "att"]
    told = (folder / "expected" / f"Small-result-{name}.{semantics}.txt").read_text()
    lines = [line for line in told.splitlines() if not line.startswith("#")]
    expected = [part.split() for part in "\n".join(lines).split("---")]

    assert listed(semantics, keys, attacks) == sorted(map(sorted, expected))
