"""Social product: the share of votes for a claim, times what each attack leaves of it.

Social abstract argumentation with the product t-norm. The social support of a claim is
τ = f/(f + a + epsilon) with f votes for it and a against, in ``data.votes {for,
against}``; 0 where nobody voted, which evaluations say. With attacks v flowing in
(weight × strength of each rebut; the weight stands for the votes on the attack) the
strength is τ·∏(1 − v), in [0, 1]. Base scores and supports of claims are not read.

On cycles: contracts where the sum of the weights that flow in, times τ, is below 1;
otherwise the continuous form is followed. That there is one solution is a conjecture.
"""

from dataclasses import replace
from typing import Annotated, Final

import numpy as np
from msgspec import Meta, Struct

from argmap.plugin import PRODUCT, Graph, Outcome, Rule, linear, solve

ATTACK_PRODUCT: Final = replace(PRODUCT, name="attack product", reads_supports=False)


class Parameters(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How sceptical of few votes."""

    epsilon: Annotated[
        float,
        Meta(ge=0, le=1e6, description="The more, the less a few votes count."),
    ] = 0.01


def social_product(graph: Graph, parameters: Parameters) -> Outcome:
    """Weigh a map's claims by their votes and attacks."""
    pro, con = np.nan_to_num(graph.votes).T
    everybody = pro + con
    total = np.where(everybody > 0, everybody + parameters.epsilon, 1.0)
    # From the social support as base score, DF-QuAD's steps down are just this product.
    outcome = solve(graph, ATTACK_PRODUCT, linear(), base_scores=pro / total)
    unvoted = int(np.count_nonzero(everybody == 0))
    if not unvoted:
        return outcome
    warning = {"code": "claim-without-votes", "count": unvoted, "relations": ()}
    return replace(outcome, warnings=(warning,))


SOCIAL_PRODUCT: Final = Rule(
    "social-product",
    "Social product",
    social_product,
    params=Parameters,
    source=(
        "Leite, Martins, IJCAI 2011; Correia, Cruz, Leite, ECAI 2014; "
        "votes on attacks: Eğilmez, Martins, Leite, TAFA 2013"
    ),
    reads=frozenset({"rebut", "undercut", "linked", "weight"}),
    laws=(
        "anonymity",
        "attack-monotonicity",
        "clone-response",
        "directionality",
        "independence",
        "neutrality",
        "strict-monotonicity",
        "undercut-locality",
    ),
    examples=(
        {
            "graph": {
                "votes": {"tram": (3, 1), "cost": (1, 1)},
                "attacks": [("cost", "tram")],
                "supports": [],
            },
            "expected": {"tram": 3 / 4.01 * (1 - 1 / 2.01), "cost": 1 / 2.01},
            "tolerance": 1e-12,
            "source": "by hand: τ is 3/4.01 and 1/2.01",
        },
    ),
    description=__doc__,
)
