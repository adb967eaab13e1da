"""Looking for counterexamples, and for smaller ones once there is one."""

from collections.abc import Callable
from random import Random
from typing import Final, NamedTuple

from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from argmap.errors import PluginFault
from argmap.plugin.laws import directly, everywhere, inside
from argmap.plugin.laws.case import Case, Silent
from argmap.plugin.laws.catalogue import Law
from argmap.plugin.laws.findings import Result, Tested
from argmap.plugin.rule import Rule


class Property(NamedTuple):
    """A law as code: what to draw, and what is wrong with a case, if anything."""

    cases: Callable[[Rule], st.SearchStrategy[Case]]
    fault: Callable[[Rule, Case], str | None]


PROPERTIES: Final = {
    "anonymity": Property(everywhere.maps, everywhere.anonymity),
    "attack-monotonicity": Property(
        directly.more_against, directly.attack_monotonicity
    ),
    "balance": Property(directly.balanced, directly.balance),
    "boundedness": Property(everywhere.maps, everywhere.boundedness),
    "clone-indifference": Property(directly.cloned, directly.clone_indifference),
    "clone-response": Property(directly.cloned, directly.clone_response),
    "determinism": Property(everywhere.maps, everywhere.determinism),
    "directionality": Property(everywhere.with_sinks, everywhere.unchanged),
    "duality": Property(directly.stars, directly.duality),
    "independence": Property(everywhere.with_strangers, everywhere.unchanged),
    "neutrality": Property(inside.with_nothing, inside.neutrality),
    "open-mindedness": Property(directly.alone_and_open, directly.open_mindedness),
    "order-independence": Property(everywhere.reordered, everywhere.unchanged),
    "stability": Property(directly.alone, directly.stability),
    "strict-monotonicity": Property(directly.one_more, directly.strict_monotonicity),
    "support-monotonicity": Property(directly.more_for, directly.support_monotonicity),
    "termination": Property(everywhere.plain_maps, everywhere.termination),
    "undercut-locality": Property(inside.undercut, inside.undercut_locality),
    "unread": Property(everywhere.with_other_numbers, everywhere.unchanged),
}


def fault(rule: Rule, law: str, case: Case) -> str | None:
    """Say what is wrong with what a rule makes of a case; None: nothing.

    Raises:
        Silent: The case says nothing about the law.
    """
    try:
        return PROPERTIES[law].fault(rule, case)
    except PluginFault as error:
        return str(error)


def check_law(rule: Rule, law: Law, cases: int, seed: int) -> Tested:
    """Look for a case in which a rule breaks a law, and then for the smallest."""
    promised = law.is_promised_by(rule)
    if not law.applies_to(rule):
        return Tested(promised=promised, result="not-applicable")
    tried = 0
    is_found = False

    def breaks(case: Case) -> bool:
        nonlocal tried, is_found
        try:
            is_broken = fault(rule, law.name, case) is not None
        except Silent:
            return False
        tried += not is_found
        is_found = is_found or is_broken
        return is_broken

    try:
        smallest = find(
            PROPERTIES[law.name].cases(rule),
            breaks,
            settings=settings(
                max_examples=cases,
                database=None,
                deadline=None,
                derandomize=False,
                phases=(Phase.generate, Phase.shrink),
                suppress_health_check=list(HealthCheck),
            ),
            random=Random(f"{seed} {law.name}"),
        )
    except NoSuchExample:
        result: Result = "no-counterexample" if tried else "not-applicable"
        return Tested(promised=promised, result=result, cases=tried, seed=seed)
    detail = fault(rule, law.name, smallest) or "broken only now and then"
    return Tested(
        promised=promised,
        result="broken",
        cases=tried,
        seed=seed,
        counterexample=smallest.counterexample(detail),
    )
