"""A case: what a law is tried on, and what a rule makes of it."""

from functools import cached_property
from typing import Any, Final

import msgspec
from msgspec import Struct

from argmap.model import Map, Operation, apply, write
from argmap.plugin.evaluate import evaluate
from argmap.plugin.evaluation import Evaluation
from argmap.plugin.laws.findings import Counterexample
from argmap.plugin.rule import Rule

CLOSE: Final = 1e-12  # what rounding may take or give, a few operations deep

_NOTHING: Final[tuple[Any, ...]] = ([], {}, "")


class Silent(Exception):
    """A case says nothing about a law: what the law supposes does not hold in it."""


class Case(Struct, frozen=True, dict=True):
    """A map, and where a law compares two, the operations that make the other."""

    map: Map
    operations: tuple[Operation, ...] = ()

    @cached_property
    def changed(self) -> Map:
        """Give the other map."""
        return apply(self.map, self.operations)

    def counterexample(self, detail: str) -> Counterexample:
        """Write down that this case breaks a law."""
        operations: list[Any] = msgspec.to_builtins(self.operations)
        return Counterexample(
            map=msgspec.json.decode(write(self.map)),
            operations=tuple(_without_defaults(each) for each in operations),
            detail=detail,
        )


def _without_defaults(operation: dict[str, Any]) -> dict[str, Any]:
    """Leave out what an added item has by default, where that is nothing at all."""
    return {
        name: {k: v for k, v in value.items() if v is not None and v not in _NOTHING}
        if operation["op"] == "add" and isinstance(value, dict)
        else value
        for name, value in operation.items()
    }


def both(rule: Rule, case: Case) -> tuple[Evaluation, Evaluation]:
    """Evaluate both maps of a case."""
    return evaluate(case.map, rule), evaluate(case.changed, rule)


def settled(evaluation: Evaluation) -> dict[str, float]:
    """Give the strengths that the evaluation stands by."""
    return {key: c.strength for key, c in evaluation.claims.items() if c.settled}


def difference(
    before: dict[str, float], after: dict[str, float], *, within: float = CLOSE
) -> str | None:
    """Say which claim differs, of those that both have."""
    for key, strength in before.items():
        if key in after and abs(after[key] - strength) > within:
            return f"{key} has {strength:.6g}, and then {after[key]:.6g}"
    return None
