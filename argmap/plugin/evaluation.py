"""Evaluation: one rule run on one revision of a map, as a value that can be served.

"Rule" is what the literature calls a semantics; the verdict is argmap's convention on
top. Everything that is needed to get the same numbers again is part of the value.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from argmap.engine import Label, Linked, Stability
from argmap.model import UnitInterval
from argmap.plugin.manifest import Manifest

Verdict = Literal["accepted", "rejected", "undecided"]

# Strengths no further apart than this share a rank, and no verdict hangs on less: the
# same map in another order may differ by rounding.
TIE: Final = 1e-9


class Options(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every rule lets its caller choose, over and above its own parameters."""

    default_base_score: Annotated[
        UnitInterval | None,
        Meta(description="What claims without a base score count; null: see rule."),
    ] = None
    linked: Annotated[
        Linked, Meta(description="How linked premises count: by product or by minimum.")
    ] = "product"
    threshold: Annotated[
        UnitInterval,
        Meta(description="Around here a gradual rule leaves a claim undecided."),
    ] = 0.5
    margin: Annotated[
        UnitInterval,
        Meta(description="Accepted above threshold + margin, rejected below −."),
    ] = 0.05


class ClaimEvaluation(Struct, frozen=True, kw_only=True, gc=False):
    """What a rule says of one claim.

    ``base`` is the base score that the rule counted. ``rank``: 1 is the strongest;
    claims whose strengths differ by no more than 1e-9 share one, and as many ranks are
    left out after them (1, 1, 3). ``verdict`` is null under ranking rules, ``label``
    under all but labelling ones. ``settled`` is false where the strength is not to be
    relied on: in or downstream of a cycle that did not converge, or rests on an
    unstable point.
    """

    base: float
    strength: float
    rank: int
    verdict: Verdict | None
    label: Label | None
    settled: bool


class EvaluationWarning(Struct, frozen=True, kw_only=True):
    """Something in the map that the rule does not take into account.

    ``count`` items are concerned; ``relations`` names the first hundred of them, where
    they are relations.
    """

    code: str
    count: int
    relations: tuple[str, ...] = ()


class Inputs(Struct, frozen=True, kw_only=True):
    """All that an answer follows from: the same inputs give the same answer.

    ``manifest`` is there if it was asked for, and says what it was computed with.
    """

    map: str | None
    revision: int | None
    rule: str
    rule_version: str | None
    rule_digest: str | None
    parameters: dict[str, Any]
    options: Options
    input_hash: str
    manifest: Manifest | UnsetType = UNSET


class Evaluation(Inputs, frozen=True, kw_only=True):
    """One rule run on one revision of a map.

    Relations' strengths are null under rules that give them none. ``error_bound`` is
    how far any strength can be from the exact one, null where nothing is known.
    """

    claims: dict[str, ClaimEvaluation]
    relations: dict[str, float | None]
    converged: bool
    stability: Stability
    iterations: int
    residual: float
    error_bound: float | None
    extensions: int | None
    truncated: bool
    warnings: tuple[EvaluationWarning, ...]

    @property
    def inputs(self) -> dict[str, Any]:
        """Give what this follows from, for other answers that follow from the same."""
        return {name: getattr(self, name) for name in Inputs.__struct_fields__}

    def worth(self, claims: Sequence[str]) -> tuple[list[float], list[Verdict | None]]:
        """Give the strengths and the verdicts of some claims, in their order."""
        found = [self.claims[key] for key in claims]
        return [each.strength for each in found], [each.verdict for each in found]

    def carried(self, relations: Sequence[str]) -> list[float | None]:
        """Give the strengths of some relations, in their order."""
        return [self.relations[key] for key in relations]

    def carries(self, relation: str) -> float | None:
        """Give the strength of one relation."""
        return self.relations[relation]

    @property
    def strengths(self) -> dict[str, float]:
        """Give every claim's strength by its key."""
        return {key: claim.strength for key, claim in self.claims.items()}

    @property
    def verdicts(self) -> dict[str, Verdict | None]:
        """Give every claim's verdict by its key."""
        return {key: claim.verdict for key, claim in self.claims.items()}
