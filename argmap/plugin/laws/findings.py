"""What came of testing a rule, as values that can be stored and served."""

from typing import Any, Literal

from msgspec import Struct

from argmap.plugin.laws.catalogue import LAWS

Result = Literal["no-counterexample", "broken", "not-applicable"]


class Counterexample(Struct, frozen=True, kw_only=True):
    """A map on which a rule breaks a law.

    ``map`` is an argmap/1 document that can be loaded as it is. Where a law compares
    two maps, ``operations`` make the second of the first. ``detail`` says what is wrong
    with what the rule makes of them.
    """

    map: dict[str, Any]
    operations: tuple[dict[str, Any], ...] = ()
    detail: str


class Tested(Struct, frozen=True, kw_only=True):
    """One rule and one law.

    ``no-counterexample`` says that none was found among ``cases`` maps, drawn from
    ``seed``, that had something to say: a sample proves nothing. ``broken`` comes with
    the smallest counterexample that was found. A law is ``not-applicable`` where it
    makes no sense for the rule, or no map was drawn that had anything to say.
    """

    promised: bool
    result: Result
    cases: int = 0
    seed: int = 0
    counterexample: Counterexample | None = None


class ExampleRun(Struct, frozen=True, kw_only=True):
    """One of a rule's own worked examples; ``detail`` is empty where it holds."""

    source: str
    detail: str = ""


class Findings(Struct, frozen=True, kw_only=True):
    """All that was found out about one rule, laws by their names."""

    version: str | None
    laws: dict[str, Tested]
    examples: tuple[ExampleRun, ...] = ()

    @property
    def faults(self) -> list[str]:
        """Say what is not as promised, a sentence each."""
        broken = [
            f"promises {name}, and breaks it: {tested.counterexample.detail}"
            for name, tested in self.laws.items()
            if tested.promised and tested.counterexample is not None
        ]
        void = [
            f"promises {name}, which means nothing for such a rule: "
            f"it is for {LAWS[name].scope}"
            for name, tested in self.laws.items()
            if tested.promised and tested.result == "not-applicable"
        ]
        wrong = [
            f"has an example that does not hold ({example.source}): {example.detail}"
            for example in self.examples
            if example.detail
        ]
        return [*broken, *void, *wrong]
