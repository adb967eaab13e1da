"""What is on file about laws is true of the rules as they are now."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

import lawbook
from argmap.model import Operation, read
from argmap.plugin import Host, Rule
from argmap.plugin.laws import LAWS
from argmap.plugin.laws.case import Case
from argmap.plugin.laws.checking import fault

RULES = [i.rule for i in Host.load(strict=True).rules.values() if i.is_shipped]
HOW = "PYTHONPATH=tests python -m lawbook RULE"

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


@every_rule
def test_every_law_is_on_file_with_what_the_rule_promises_now(rule: Rule) -> None:
    assert rule.findings is not None, HOW
    assert rule.findings.faults == []
    laws = rule.findings.laws
    assert {name for name, tested in laws.items() if tested.promised} == {
        name for name, law in LAWS.items() if law.is_promised_by(rule)
    }, HOW
    assert {name for name, tested in laws.items() if tested.cases} <= {
        name for name, law in LAWS.items() if law.applies_to(rule)
    }, HOW
    assert laws.keys() == LAWS.keys(), HOW


@every_rule
def test_every_counterexample_on_file_still_is_one(rule: Rule) -> None:
    assert rule.findings is not None, HOW
    for law, tested in rule.findings.laws.items():
        if example := tested.counterexample:
            map_ = read(msgspec.json.encode(example.map))
            changes = msgspec.convert(example.operations, tuple[Operation, ...])
            assert fault(rule, law, Case(map_, changes)) == example.detail, HOW


@pytest.mark.parametrize(("page", "name", "part"), lawbook.PARTS)
def test_the_guides_show_what_is_on_file(
    page: Path, name: str, part: Callable[[], str]
) -> None:
    assert lawbook.written(page, name, part) == page.read_text("utf-8"), HOW
