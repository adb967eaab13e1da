"""Every removal, gradient and Shapley value that a paper or a peer gives."""

import json
from pathlib import Path
from typing import Any

import pytest
from numpy.typing import NDArray

from argmap.engine import (
    Graph,
    claim_players,
    gradient,
    relation_players,
    removal,
    shapley,
    solve,
)
from argmap.plugin import Host

ENTRIES = json.loads((Path(__file__).parent / "contributions.json").read_text())


@pytest.fixture(scope="module")
def host() -> Host:
    return Host.load(strict=True)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])
def test_contributions_are_what_the_source_says(
    host: Host, entry: dict[str, Any]
) -> None:
    edges = entry["graph"]["attacks"], entry["graph"]["supports"]
    pairs = [[(a, b) for a, b in side] for side in edges]
    graph = Graph.of(entry["graph"]["arguments"], *pairs)
    target = graph.index[entry["topic"]]
    rule = host.rule(entry["rule"])
    pair = rule.modules(rule.decode({}))
    assert pair is not None

    def revalue(weights: NDArray[Any]) -> NDArray[Any]:
        return solve(graph, *pair, weights=weights).strengths[target]

    if entry["kind"] == "gradient":
        values = gradient(graph, *pair, target).base_scores
        found = dict(zip(graph.ids, values, strict=True))
    elif entry["kind"] == "removal":
        players = claim_players(graph, target)
        found = dict(zip(players.keys, removal(graph, players, revalue), strict=True))
    else:
        values = shapley(graph, relation_players(graph), revalue).values
        names = [f"{a}->{b}" for side in pairs for a, b in side]
        found = dict(zip(names, values, strict=True))

    for key, expected in entry["expected"].items():
        assert found[key] == pytest.approx(expected, abs=entry["tolerance"])
