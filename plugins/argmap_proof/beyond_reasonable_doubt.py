"""Beyond reasonable doubt: clear and convincing, and next to nothing against it.

In iff pro > alpha, pro − con > beta and con < gamma, the largest weights of applicable
supports and rebuts; a claim without supports has its base score as its pro.
`argmap_proof.labelling` has the whole definition. With gamma 0 nothing is ever in. On
cycles: the least labelling.
"""

from typing import Annotated, Final

from msgspec import Meta, Struct

from argmap.plugin import Graph, Outcome, Rule
from argmap_proof.labelling import exceeds, label


class Parameters(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How heavy the pro must be, and how light the con."""

    alpha: Annotated[float, Meta(ge=0, le=1, description="The pro is larger.")] = 0.4
    beta: Annotated[float, Meta(ge=0, le=1, description="Pro less con is larger.")] = (
        0.3
    )
    gamma: Annotated[float, Meta(ge=0, le=1, description="The con is smaller.")] = 0.2


def beyond_reasonable_doubt(graph: Graph, parameters: Parameters) -> Outcome:
    """Label a map's claims in, out or undecided."""
    return label(
        graph,
        lambda pro, con: (
            pro > parameters.alpha
            and exceeds(pro - con, parameters.beta)
            and con < parameters.gamma
        ),
    )


BEYOND_REASONABLE_DOUBT: Final = Rule(
    "beyond-reasonable-doubt",
    "Beyond reasonable doubt",
    beyond_reasonable_doubt,
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
                "arguments": {"tram": 0.5, "metro": 0.9, "cost": 1.0},
                "attacks": [("cost", "metro")],
                "supports": [],
            },
            "expected": {"tram": 1.0, "metro": 0.0},
            "tolerance": 1e-12,
            "source": "by hand: no con; a con of 1 is not below 0.2",
        },
    ),
    default_base_score=1.0,
    description=__doc__,
)
