"""The crux: claims on which both sides' cases turn.

Each side's case is tried alone, with what the other side says of the claim muted. A
claim is a crux if it helps the one case and hurts the other; it matters as much as it
does to the side to which it does less.
"""

from itertools import chain

from msgspec import Struct

from argmap.engine import foresee
from argmap.plugin import Inputs
from argmap.plugin.trials import Trials

_NOTHING = 1e-9


class Crux(Struct, frozen=True, kw_only=True):
    """A claim, and what it does for either case: positive helps it.

    ``pro`` is the strength of the claim under debate with the case for it alone, less
    the same without this one; ``con`` the reverse with the case against it alone.
    """

    claim: str
    pro: float
    con: float
    size: float


class Cruxes(Inputs, frozen=True, kw_only=True):
    """The cruxes of one claim, those that matter most first."""

    claim: str
    cruxes: tuple[Crux, ...]


def crux(trials: Trials, claim: str) -> Cruxes:
    """Find the claims on which both sides' cases turn.

    Args:
        trials: A valid map under a rule.
        claim: The claim under debate.

    Raises:
        NotFound: There is no such claim.
        PluginFault: The rule failed on a variant of the map.
        TooSlow, Cancelled: Whoever asked does not wait any longer.
    """
    trials.standing(claim)
    map, place = trials.map, trials.graph.index[claim]
    matters, premised = trials.bearing(claim), trials.premised()
    others = [
        key
        for key in map.claims
        if key != claim and not premised.get(key, set()).isdisjoint(matters)
    ]

    height = max(trials.graph.size, len(trials.graph.relation_ids))
    foresee(2 * len(others) * height, "a claim that fewer others lead to")

    def without_each(kind: str) -> list[float]:
        """Mute what is of this kind on the claim, then each claim besides."""
        silent = {
            r.key
            for r in map.relations.values()
            if r.target.claim == claim and r.kind == kind
        }
        without = (silent | premised[key] for key in others)
        return [
            float(found[place]) for found in trials.without(chain([silent], without))
        ]

    pro, con = without_each("rebut"), without_each("support")
    found = [
        Crux(
            claim=key,
            pro=pro[0] - alone,
            con=against - con[0],
            size=min(abs(pro[0] - alone), abs(against - con[0])),
        )
        for key, alone, against in zip(others, pro[1:], con[1:], strict=True)
        if (pro[0] - alone) * (against - con[0]) < 0
    ]
    return Cruxes(
        **trials.evaluation.inputs,
        claim=claim,
        cruxes=tuple(
            sorted(
                (each for each in found if each.size > _NOTHING),
                key=lambda each: -round(each.size, 12),
            )
        ),
    )
