"""Clear and convincing evidence: a heavy pro that outweighs the con by far.

In iff pro > alpha and pro − con > beta, the largest weights of applicable supports and
rebuts; a claim without supports has its base score as its pro. `argmap_proof` has the
whole definition. On cycles: the least labelling.
"""

from functools import partial
from typing import Annotated, Final

from msgspec import Meta, Struct

from argmap.plugin import Graph, Outcome, Rule, weigh_sides

_ROUNDING: Final = 1e-12


class Parameters(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How heavy the pro must be."""

    alpha: Annotated[float, Meta(ge=0, le=1, description="The pro is larger.")] = 0.4
    beta: Annotated[float, Meta(ge=0, le=1, description="Pro less con is larger.")] = (
        0.3
    )


def convinces(parameters: Parameters, pro: float, con: float) -> bool:
    """Say whether the standard holds; decimals that tie do not exceed by rounding.

    >>> 0.9 - 0.6 > 0.3, convinces(Parameters(beta=0.3), 0.9, 0.6)
    (True, False)
    """
    return pro > parameters.alpha and pro - con - parameters.beta > _ROUNDING


def clear_and_convincing(graph: Graph, parameters: Parameters) -> Outcome:
    """Label a map's claims in, out or undecided."""
    return weigh_sides(graph, partial(convinces, parameters))


CLEAR_AND_CONVINCING: Final = Rule(
    "clear-and-convincing",
    "Clear and convincing evidence",
    clear_and_convincing,
    params=Parameters,
    scale="label",
    source="Gordon, Prakken, Walton, AIJ 2007; Gordon, Walton 2009",
    laws=(
        "anonymity",
        "directionality",
        "independence",
        "termination",
        "undercut-locality",
    ),
    examples=(
        {
            "graph": {
                "arguments": {"tram": 0.5, "metro": 0.4},
                "attacks": [],
                "supports": [],
            },
            "expected": {"tram": 1.0, "metro": 0.0},
            "tolerance": 1e-12,
            "source": "by hand: 0.5 > 0.4 and 0.5 − 0 > 0.3; 0.4 is not above 0.4",
        },
    ),
    default_base_score=1.0,
    description=__doc__,
)
