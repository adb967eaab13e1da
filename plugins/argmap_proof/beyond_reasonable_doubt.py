"""Beyond reasonable doubt: clear and convincing, and next to nothing against it.

In iff pro > alpha, pro − con > beta and con < gamma, the largest weights of applicable
supports and rebuts; a claim without supports has its base score as its pro.
`argmap_proof` has the whole definition. With gamma 0 nothing is ever in. On cycles: the
least labelling.
"""

from typing import Annotated, Final

from msgspec import Meta

from argmap.plugin import Graph, Outcome, Rule, weigh_sides
from argmap_proof import clear_and_convincing
from argmap_proof.clear_and_convincing import convinces


class Parameters(
    clear_and_convincing.Parameters,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
):
    """How heavy the pro must be, and how light the con."""

    gamma: Annotated[float, Meta(ge=0, le=1, description="The con is smaller.")] = 0.2


def beyond_reasonable_doubt(graph: Graph, parameters: Parameters) -> Outcome:
    """Label a map's claims in, out or undecided."""

    def standard(pro: float, con: float) -> bool:
        return convinces(parameters, pro, con) and con < parameters.gamma

    return weigh_sides(graph, standard)


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
