"""A map compiled: what a claim rests on and how it was voted on comes along."""

from typing import Any

import numpy as np
import pytest

from argmap.engine import Graph, compile_map
from argmap.model import Claim, Map, Passage, PassageReference, Source, Span, Stance


def source(key: str, credibility: float | None = None) -> Source:
    passages = (
        Passage(key="p", spans=(Span(start=0, end=1),)),
        Passage(key="q", spans=(Span(start=1, end=2),)),
    )
    return Source(key=key, title=key, credibility=credibility, passages=passages)


def rests(*references: tuple[str, str, Stance]) -> tuple[PassageReference, ...]:
    return tuple(
        PassageReference(source=s, passage=p, stance=stance)
        for s, p, stance in references
    )


def sources_of(graph: Graph, claim: str) -> list[str]:
    i = graph.index[claim]
    of_claim = graph.sources[graph.source_starts[i] : graph.source_starts[i + 1]]
    return [graph.source_ids[s] for s in of_claim.tolist()]


def test_a_claim_has_each_source_that_asserts_or_concedes_it_once() -> None:
    passages = rests(
        ("t", "p", "concedes"), ("s", "p", "asserts"), ("s", "q", "asserts")
    )
    graph = compile_map(
        Map(
            key="m",
            sources={"s": source("s", 0.5), "t": source("t")},
            claims={
                "bare": Claim(key="bare", text="bare"),
                "said": Claim(key="said", text="said", passages=passages),
            },
        )
    )
    assert sources_of(graph, "bare") == []
    assert sources_of(graph, "said") == ["t", "s"]
    assert graph.credibilities[0] == 0.5
    assert np.isnan(graph.credibilities[1])


@pytest.mark.parametrize("stance", ["reports", "rejects"])
def test_who_only_reports_or_rejects_a_claim_does_not_back_it(stance: Stance) -> None:
    claim = Claim(key="a", text="a", passages=rests(("s", "p", stance)))
    graph = compile_map(Map(key="m", sources={"s": source("s")}, claims={"a": claim}))
    assert sources_of(graph, "a") == []


@pytest.mark.parametrize(
    ("data", "votes"),
    [
        ({"votes": {"for": 3, "against": 1}}, [3, 1]),
        ({"votes": {"for": 2.5, "abstain": 9}}, [2.5, 0]),
        ({"votes": {"against": 4}}, [0, 4]),
    ],
)
def test_votes_are_read_from_data(data: dict[str, Any], votes: list[float]) -> None:
    graph = compile_map(Map(key="m", claims={"a": Claim(key="a", text="a", data=data)}))

    assert graph.votes.tolist() == [votes]


@pytest.mark.parametrize(
    "votes", [None, 3, [3, 1], {}, {"for": -1}, {"for": True}, {"against": "4"}]
)
def test_what_is_no_count_is_no_vote(votes: Any) -> None:
    claim = Claim(key="a", text="a", data={"votes": votes})
    graph = compile_map(Map(key="m", claims={"a": claim}))

    assert np.isnan(graph.votes).all()
    assert graph.votes.shape == (1, 2)


def test_graphs_made_by_hand_have_no_sources_and_no_votes() -> None:
    graph = Graph.of(["a", "b"])

    assert (graph.source_ids, sources_of(graph, "b")) == ((), [])
    assert np.isnan(graph.votes).all()


def test_nothing_of_a_graph_can_be_written_to() -> None:
    graph = Graph.of(["a"])

    for column in (graph.votes, graph.sources, graph.credibilities, graph.base_scores):
        with pytest.raises(ValueError, match="read-only"):
            column[...] = 0
