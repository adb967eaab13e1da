"""The law kit: what a rule promises, tested on maps drawn at random.

A law is a property that every map of its domain must have under the rule; researchers
call laws *principles*, *properties* or *axioms*. `check` draws maps and looks for one
that breaks a law, then for the smallest such map. Where it finds none, that is no
proof: it was not among the maps that were drawn.

The catalogue is there always. Drawing maps takes Hypothesis, which comes with the extra
``laws`` and is imported when `check` is called.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from argmap.plugin.laws.catalogue import LAWS, Domain, Law
from argmap.plugin.laws.findings import (
    Counterexample,
    ExampleRun,
    Findings,
    Result,
    Tested,
)

if TYPE_CHECKING:
    from argmap.plugin.rule import Rule

__all__ = [
    "LAWS",
    "Counterexample",
    "Domain",
    "ExampleRun",
    "Findings",
    "Law",
    "Result",
    "Tested",
    "check",
]


def check(
    rule: "Rule",
    laws: Iterable[str] | None = None,
    *,
    cases: int = 100,
    seed: int = 0,
) -> Findings:
    """Test a rule: every law of the catalogue, and its own worked examples.

    The rule runs with its default parameters. Strengths that an evaluation itself calls
    unsettled break no law but termination.

    Args:
        rule: As the host gives it, or made by hand.
        laws: Names; all, if left out.
        cases: How many maps are drawn for each law, until one breaks it.
        seed: Of the draws: the same seed and version of Hypothesis draw the same maps.

    Raises:
        Unavailable: Hypothesis is not installed.
        NotFound: There is no law of that name.

    >>> from argmap.plugin import Rule
    >>> rule = Rule("half", "Half", lambda g: g.base_scores / 2, laws=("stability",))
    >>> tested = check(rule, ["anonymity", "stability"], cases=20).laws
    >>> {name: law.result for name, law in tested.items()}
    {'anonymity': 'no-counterexample', 'stability': 'broken'}
    """
    from argmap.errors import NotFound, Unavailable

    try:
        from argmap.plugin.laws.checking import check_law
        from argmap.plugin.laws.examples import check_examples
    except ModuleNotFoundError as error:
        if error.name != "hypothesis":
            raise
        raise Unavailable(
            "testing laws takes Hypothesis: pip install 'argmap[laws]'"
        ) from error
    names = list(LAWS if laws is None else laws)
    if unknown := [name for name in names if name not in LAWS]:
        raise NotFound("law", unknown[0], LAWS)
    return Findings(
        version=rule.version,
        laws={name: check_law(rule, LAWS[name], cases, seed) for name in names},
        examples=check_examples(rule),
    )
