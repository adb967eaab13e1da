"""The evaluation rules that are installed here."""

from typing import Any

from litestar import Controller, get
from msgspec import Struct

from argmap.api.answers import show
from argmap.api.parameters import RuleName
from argmap.api.requests import StrictRequest
from argmap.model import UnitInterval
from argmap.plugin import Feature, Installed, Scale


class RuleOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An evaluation rule.

    ``parameters`` is the JSON Schema of its own ones. ``reads`` is what of a map it
    takes into account. ``scale``: strengths with a meaning, labels, or an order.
    """

    name: str
    title: str
    description: str
    version: str | None
    source: str
    scale: Scale
    laws: tuple[str, ...]
    reads: tuple[Feature, ...]
    default_base_score: UnitInterval
    parameters: dict[str, Any]
    digest: str | None
    plugin: str
    distribution: str | None
    is_shipped: bool


class PluginProblem(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a plugin, or something that it offers, is not there."""

    plugin: str
    distribution: str | None
    detail: str


class RulesOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rules by name, and why plugins that should be here are not."""

    items: tuple[RuleOut, ...]
    next: None
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
        reads=tuple(sorted(rule.reads)),
        parameters=rule.schema(),
        plugin=installed.plugin,
        distribution=installed.distribution,
        is_shipped=installed.is_shipped,
    )
