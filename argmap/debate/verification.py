"""Whether a saved evaluation is what its rule makes of its map here and now."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from argmap.plugin import Evaluation

TOLERANCE: Final = 1e-12
"""How far apart numbers of two platforms may be; on one build they are the same."""

_EXACT: Final = ("rank", "verdict", "label", "settled")
_OUTCOME: Final = ("converged", "stability", "extensions", "truncated")


def differences(
    saved: Evaluation, now: Evaluation, *, is_part: bool = False
) -> Iterator[str]:
    """Say in what two evaluations differ, the cause before what follows from it.

    Args:
        saved: The one that is to be verified.
        now: The same rule, with the same parameters and options, run again.
        is_part: Whether what *saved* does not show may be there.
    """
    for name, what in (("input_hash", "the map"), ("rule_digest", "the rule's code")):
        before, after = getattr(saved, name), getattr(now, name)
        if before != after:
            yield f"{what} is another: {name} was {before}, is {after}"
    for name in _OUTCOME:
        before, after = getattr(saved, name), getattr(now, name)
        if before != after:
            yield f"{name} was {before}, is {after}"
    for kind, shown, found in (
        ("claim", saved.claims, now.claims),
        ("relation", saved.relations, now.relations),
    ):
        yield from _missing(kind, shown, found, is_part=is_part)
    for key in saved.claims.keys() & now.claims.keys():
        claim, again = saved.claims[key], now.claims[key]
        for name in ("base", "strength"):
            yield from _number(
                f"{name} of claim {key!r}", getattr(claim, name), getattr(again, name)
            )
        for name in _EXACT:
            before, after = getattr(claim, name), getattr(again, name)
            if before != after:
                yield f"{name} of claim {key!r} was {before}, is {after}"
    for key in saved.relations.keys() & now.relations.keys():
        yield from _number(
            f"strength of relation {key!r}", saved.relations[key], now.relations[key]
        )


def _missing(
    kind: str, shown: Mapping[str, Any], found: Mapping[str, Any], *, is_part: bool
) -> Iterator[str]:
    for key in shown:
        if key not in found:
            yield f"there is no {kind} {key!r} now"
    for key in found:
        if key not in shown and not is_part:
            yield f"{kind} {key!r} is not in what was saved"


def _number(what: str, before: float | None, after: float | None) -> Iterator[str]:
    if before is None or after is None:
        is_same = before is after
    else:
        is_same = abs(before - after) <= TOLERANCE
    if not is_same:
        yield f"{what} was {before}, is {after}"
