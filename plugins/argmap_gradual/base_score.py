"""Strength is the base score; relations are not read. A baseline to compare with."""

from typing import Final

from argmap.plugin import Graph, Rule, Strengths


def base_score(graph: Graph) -> Strengths:
    """Return every claim's own base score.

    No relation is read: what differs from these numbers under another rule is what the
    relations do. Keeps every law that asks for restraint and none that asks for effect.
    """
    return graph.base_scores


BASE_SCORE: Final = Rule(
    "base-score",
    "Base score only",
    base_score,
    source="a baseline of argmap's own",
    reads=frozenset({"base_score"}),
    laws=(
        "anonymity",
        "directionality",
        "independence",
        "stability",
        "termination",
    ),
    examples=(
        {
            "graph": {
                "arguments": {"tram": 0.5, "cost": 0.75},
                "attacks": [("cost", "tram")],
                "supports": [],
            },
            "expected": {"tram": 0.5, "cost": 0.75},
            "tolerance": 1e-12,
            "source": "by definition",
        },
    ),
)
