"""The evaluation rules that are installed here."""

from typing import Any

import msgspec
from litestar import Controller, get
from msgspec import Struct

from argmap.api.answers import show
from argmap.api.parameters import RuleName
from argmap.api.requests import StrictRequest
from argmap.model import UnitInterval
from argmap.plugin import Feature, Installed, Scale
from argmap.plugin.laws import LAWS, Domain, Findings, Result


class LawOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A law that a rule may promise; researchers say principle, property or axiom.

    ``domain``: the maps it speaks of. Rules have to keep a required one in any case.
    """

    name: str
    statement: str
    source: str
    domain: Domain
    is_required: bool


class CounterexampleOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A map on which the law is broken, as an argmap/1 document.

    Where the law compares two maps, ``operations`` make the other one.
    """

    map: dict[str, Any]
    operations: tuple[dict[str, Any], ...]
    detail: str


class TestedLawOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What came of testing a law on maps drawn at random: a sample proves nothing.

    ``no-counterexample``: none was found in so many ``cases``, drawn from ``seed``.
    ``broken``: here is the smallest counterexample that was found. ``not-applicable``:
    the law means nothing for such a rule.
    """

    promised: bool
    result: Result
    cases: int
    seed: int
    counterexample: CounterexampleOut | None


class RuleOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An evaluation rule.

    ``parameters`` is the JSON Schema of its own ones. ``reads`` is what of a map it
    takes into account. ``scale``: strengths with a meaning, labels, or an order.
    ``laws`` are promised; ``tested_laws`` is what the rule's author found out about
    these and others, null where nothing is on file. ``is_isolated``: it runs in a
    process of its own, and only where it is named.
    """

    name: str
    title: str
    description: str
    version: str | None
    source: str
    scale: Scale
    laws: tuple[str, ...]
    tested_laws: dict[str, TestedLawOut] | None
    reads: tuple[Feature, ...]
    default_base_score: UnitInterval
    parameters: dict[str, Any]
    digest: str | None
    plugin: str
    distribution: str | None
    is_shipped: bool
    is_isolated: bool


class PluginProblem(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a plugin, or something that it offers, is not there."""

    plugin: str
    distribution: str | None
    detail: str


class RulesOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rules by name, the laws, and why plugins that should be here are not."""

    items: tuple[RuleOut, ...]
    next: None
    laws: tuple[LawOut, ...]
    problems: tuple[PluginProblem, ...]


class RuleController(Controller):
    """The evaluation rules that this server can run."""

    path = "/rules"
    tags = ("rules",)

    @get(operation_id="listRules")
    async def page(self, request: StrictRequest) -> RulesOut:
        """List the rules, and what is wrong with plugins that could not be loaded."""
        host = request.desk.host
        return RulesOut(
            items=tuple(_out(each) for each in host.rules.values()),
            next=None,
            laws=tuple(show(LawOut, each) for each in LAWS.values()),
            problems=tuple(show(PluginProblem, each) for each in host.problems),
        )

    @get("/{rule:str}", operation_id="readRule")
    async def read(self, request: StrictRequest, rule_name: RuleName) -> RuleOut:
        """Say what a rule computes, its parameters and the laws it promises."""
        request.desk.host.rule(rule_name)
        return _out(request.desk.host.rules[rule_name])


def _out(installed: Installed) -> RuleOut:
    rule = installed.rule
    return show(
        RuleOut,
        rule,
        tested_laws=_tested(rule.findings) if rule.findings else None,
        reads=tuple(sorted(rule.reads)),
        parameters=rule.schema(),
        plugin=installed.plugin,
        distribution=installed.distribution,
        is_shipped=installed.is_shipped,
        is_isolated=installed.is_isolated,
    )


def _tested(findings: Findings) -> dict[str, TestedLawOut]:
    return msgspec.convert(findings.laws, dict[str, TestedLawOut], from_attributes=True)
