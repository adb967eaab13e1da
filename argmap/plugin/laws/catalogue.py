"""The catalogue of laws: what a rule can promise, in words.

Researchers call them *principles*, *properties* or *axioms* of a semantics. A law says
over which maps it speaks and for which rules it makes sense: one about supports means
nothing for a rule that does not read any.
"""

from typing import Any, Final, Literal

from msgspec import Struct

Domain = Literal[
    "one claim and what bears on it",
    "plain relations",
    "maps without cycles",
    "all maps",
]

_ANY: Final = ("gradual", "label", "ranking")
_VALUES: Final = ("gradual",)
_SIDES: Final = ("gradual", "label")


class Law(Struct, frozen=True, kw_only=True):
    """What a rule may promise.

    Attributes:
        name: A slug.
        statement: What holds, in a sentence.
        source: Who stated it.
        domain: The maps it speaks of. Plain relations have one premise each and a
            claim for target, cycles allowed.
        scales: For rules of which scales it makes sense.
        needs: What a rule has to read of a map for the law to mean anything, all of it.
        needs_any: The same, where one of these is enough.
        unless: It means nothing for a rule that reads all of this.
        is_required: Every rule has to keep it; nobody needs to promise it.
    """

    name: str
    statement: str
    source: str
    domain: Domain
    scales: tuple[str, ...] = _ANY
    needs: tuple[str, ...] = ()
    needs_any: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    is_required: bool = False

    def applies_to(self, rule: Any) -> bool:
        """Say whether the law means anything for a rule: see `Law`."""
        return (
            rule.scale in self.scales
            and set(self.needs) <= rule.reads
            and (not self.needs_any or not rule.reads.isdisjoint(self.needs_any))
            and not (self.unless and set(self.unless) <= rule.reads)
        )

    def is_promised_by(self, rule: Any) -> bool:
        """Say whether a rule has to keep it, or says that it does."""
        return self.name in rule.laws or (self.is_required and self.applies_to(rule))

    @property
    def scope(self) -> str:
        """Say in a phrase which rules it is for.

        >>> LAWS["attack-monotonicity"].scope
        'gradual and label rules that read rebut'
        """
        read = " and ".join(self.needs) or " or ".join(self.needs_any)
        return f"{' and '.join(self.scales)} rules" + (
            f" that read {read}" * bool(read)
        )


_AMGOUD_2018: Final = "Amgoud, Ben-Naim, IJAR 2018"
_BOTH: Final = ("rebut", "support", "base_score")

_LAWS: Final = (
    Law(
        name="anonymity",
        statement="Renaming claims changes no strength.",
        source="Amgoud, Ben-Naim, SUM 2013 (abstraction); IJAR 2018",
        domain="all maps",
    ),
    Law(
        name="attack-monotonicity",
        statement="One more rebuttal, or a stronger or heavier one, never helps.",
        source=f"{_AMGOUD_2018} (monotony, reinforcement)",
        domain="one claim and what bears on it",
        scales=_SIDES,
        needs=("rebut",),
    ),
    Law(
        name="balance",
        statement="Attacks and supports of the same strengths leave the base score.",
        source="Baroni, Rago, Toni, IJAR 2019; Amgoud, Ben-Naim, IJAR 2018 (Franklin)",
        domain="one claim and what bears on it",
        scales=_VALUES,
        needs=_BOTH,
    ),
    Law(
        name="boundedness",
        statement="Every claim has a finite strength, in the range of the scale.",
        source="argmap; no rule's answer is taken otherwise",
        domain="all maps",
        is_required=True,
    ),
    Law(
        name="clone-indifference",
        statement="A second copy of an attacker or a supporter changes nothing.",
        source="argmap, after cardinality: Amgoud, Ben-Naim, Doder, Vesic, IJCAI 2017",
        domain="one claim and what bears on it",
        scales=_SIDES,
        needs_any=("rebut", "support"),
    ),
    Law(
        name="clone-response",
        statement=(
            "A second copy of an attacker or a supporter is as strong as the first, "
            "and moves their target no other way than the first."
        ),
        source="argmap, after equivalence and monotony: Amgoud, Ben-Naim, IJAR 2018",
        domain="one claim and what bears on it",
        scales=_SIDES,
        needs_any=("rebut", "support"),
    ),
    Law(
        name="determinism",
        statement="The same map gives the same evaluation, to the byte.",
        source="argmap",
        domain="all maps",
        is_required=True,
    ),
    Law(
        name="directionality",
        statement="What a claim bears on does not bear on the claim.",
        source="Baroni, Giacomin, AIJ 2007; Amgoud, Ben-Naim, IJAR 2018",
        domain="all maps",
    ),
    Law(
        name="duality",
        statement=(
            "Attacks and supports mirror each other: with both exchanged, and its base "
            "score taken from 1, a claim's strength is what it was, taken from 1."
        ),
        source="Potyka, AAMAS 2019",
        domain="one claim and what bears on it",
        scales=_VALUES,
        needs=_BOTH,
    ),
    Law(
        name="independence",
        statement="What is not connected to a claim does not count for it.",
        source="Amgoud, Ben-Naim, SUM 2013; IJAR 2018",
        domain="all maps",
    ),
    Law(
        name="neutrality",
        statement="A claim of strength 0 has no effect.",
        source=_AMGOUD_2018,
        domain="maps without cycles",
        scales=_SIDES,
        needs_any=("rebut", "support"),
    ),
    Law(
        name="open-mindedness",
        statement=(
            "Enough attacks take a claim as near to 0 as you like, enough supports as "
            "near to 1, whatever its base score between them."
        ),
        source="Potyka, SUM 2019",
        domain="one claim and what bears on it",
        scales=_VALUES,
        needs=_BOTH,
    ),
    Law(
        name="order-independence",
        statement="The order of claims and relations changes no strength (to 1e-12).",
        source="argmap",
        domain="all maps",
        is_required=True,
    ),
    Law(
        name="stability",
        statement="A claim that nothing bears on keeps its base score.",
        source="Amgoud, Ben-Naim, ECSQARU 2017; IJAR 2018",
        domain="one claim and what bears on it",
        scales=_VALUES,
        needs=("base_score",),
    ),
    Law(
        name="strict-monotonicity",
        statement=(
            "A claim strictly between 0 and 1 loses by every attacker that has any "
            "strength, and gains by every such supporter."
        ),
        source=f"{_AMGOUD_2018} (strict monotony)",
        domain="one claim and what bears on it",
        scales=_VALUES,
        needs_any=("rebut", "support"),
    ),
    Law(
        name="support-monotonicity",
        statement="One more support, or a stronger or heavier one, never harms.",
        source=f"{_AMGOUD_2018} (monotony, reinforcement)",
        domain="one claim and what bears on it",
        scales=_SIDES,
        needs=("support",),
    ),
    Law(
        name="termination",
        statement="Every map, cycles and all, comes to rest.",
        source="convergence: Mossakowski, Neuhaus, arXiv 1807.06685",
        domain="plain relations",
    ),
    Law(
        name="undercut-locality",
        statement=(
            "An undercut weakens its relation and not its premises; a certain one "
            "cuts what nothing backs."
        ),
        source="argmap, after undercutters: Pollock, Cognitive Science 1987",
        domain="maps without cycles",
        needs=("undercut",),
    ),
    Law(
        name="unread",
        statement=(
            "Where a rule does not read base scores, or weights but 0, others change "
            "no strength."
        ),
        source="argmap",
        domain="all maps",
        unless=("base_score", "weight"),
        is_required=True,
    ),
)

LAWS: Final[dict[str, Law]] = {law.name: law for law in _LAWS}
"""Every law by its name, in the order of the names."""
