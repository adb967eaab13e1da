"""The host: finds plugins, keeps what they offer, and survives what they do wrong.

Every plugin is registered with a pluggy manager of its own, so that a misspelt hook can
be told from a neighbour's and one that raises stops nobody else. What a faulty plugin
offers is left out as a whole and the reason kept as a `Problem`; `strict` raises
instead. All plugins are imported into this process.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy
from msgspec import Struct

import argmap.engine
import argmap.plugin
from argmap.errors import ArgmapError, NotFound, PluginClash, PluginFault
from argmap.plugin import hookspecs
from argmap.plugin.digest import code_digest
from argmap.plugin.format import Format
from argmap.plugin.laws.record import read_record
from argmap.plugin.rule import Rule
from argmap.plugin.sources import Found, directory, installed

log = logging.getLogger(__name__)


class Problem(Struct, frozen=True, kw_only=True):
    """Why a plugin, or something that it offers, is not there."""

    plugin: str
    distribution: str | None
    detail: str


@dataclass(frozen=True)
class Installed:
    """A rule, and who offers it."""

    rule: Rule
    plugin: str
    distribution: str | None
    is_shipped: bool


@dataclass(frozen=True)
class Host:
    """What is installed, by name; and what should be and is not."""

    rules: dict[str, Installed]
    formats: dict[str, Format]
    problems: tuple[Problem, ...]

    @classmethod
    def load(cls, plugins_dir: Path | None = None, *, strict: bool = False) -> "Host":
        """Import every plugin that is installed, and those of a directory.

        Args:
            plugins_dir: Holds plugins of one file each, loaded after those installed.
            strict: Raise at the first problem instead of going on without the plugin.

        Raises:
            NotFound: *plugins_dir* does not exist.
            PluginFault, PluginClash: Under *strict*.
        """
        return _Loading(strict).load(plugins_dir)

    def rule(self, name: str) -> Rule:
        """Give an installed rule.

        Raises:
            NotFound: None of that name is installed.
        """
        if name not in self.rules:
            raise NotFound("rule", name)
        return self.rules[name].rule

    def format(self, name: str) -> Format:
        """Give an installed format.

        Raises:
            NotFound: None of that name is installed.
        """
        if name not in self.formats:
            raise NotFound("format", name)
        return self.formats[name]


class _Loading:
    def __init__(self, strict: bool) -> None:
        self.strict = strict
        self.problems: list[Problem] = []

    def load(self, plugins_dir: Path | None) -> Host:
        found = [*installed(), *(directory(plugins_dir) if plugins_dir else ())]
        offers = [(plugin, value) for plugin in found for value in self.offer(plugin)]
        rules = self.taken([offer for offer in offers if isinstance(offer[1], Rule)])
        formats = self.taken(
            [offer for offer in offers if isinstance(offer[1], Format)]
        )
        return Host(
            rules={
                name: Installed(
                    rule, plugin.name, plugin.distribution, plugin.is_shipped
                )
                for name, (plugin, rule) in rules.items()
            },
            formats={name: format_ for name, (_, format_) in formats.items()},
            problems=tuple(self.problems),
        )

    def offer(self, plugin: Found) -> list[Rule | Format]:
        try:
            return _offers(plugin)
        except (Exception, SystemExit) as error:
            fault = PluginFault(plugin.offered_by, f"{type(error).__name__}: {error}")
            fault.__cause__ = error
            self.problem(plugin, fault)
            return []

    def taken(self, offers: list[tuple[Found, Any]]) -> dict[str, tuple[Found, Any]]:
        by_name: dict[str, list[tuple[Found, Any]]] = defaultdict(list)
        for plugin, value in offers:
            by_name[value.name].append((plugin, value))
        taken = {}
        for name, rivals in sorted(by_name.items()):
            if len(rivals) > 1:
                self.clash(name, [plugin for plugin, _ in rivals])
                rivals = [rival for rival in rivals if rival[0].is_shipped]
            if len(rivals) == 1:
                taken[name] = rivals[0]
        return taken

    def clash(self, name: str, plugins: list[Found]) -> None:
        clash = PluginClash(name, [plugin.offered_by for plugin in plugins])
        for plugin in plugins:
            if not plugin.is_shipped:
                self.problem(plugin, clash)

    def problem(self, plugin: Found, error: ArgmapError) -> None:
        if self.strict:
            raise error
        log.warning("left out: %s", " ".join(str(error).split()))
        log.debug("left out because of", exc_info=error.__cause__)
        self.problems.append(
            Problem(
                plugin=plugin.name,
                distribution=plugin.distribution,
                detail=str(error),
            )
        )


def _offers(plugin: Found) -> list[Rule | Format]:
    module = plugin.load()
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    manager.register(module, name=plugin.name)
    manager.check_pending()
    if not manager.get_hookcallers(module):
        raise TypeError("it marks no function with @hookimpl, so it offers nothing")
    rules = list(_values(manager.hook.argmap_rules(), Rule))
    formats = list(_values(manager.hook.argmap_formats(), Format))
    digest = _digest(module) if rules else None
    findings = read_record(module) if rules else {}
    filled = [
        replace(
            rule,
            plugin=plugin.name,
            version=rule.version or plugin.version,
            digest=digest,
            findings=findings.get(rule.name),
        )
        for rule in rules
    ]
    return [*filled, *formats]


def _values(answers: list[Any], kind: type) -> Iterator[Any]:
    for answer in answers:
        for value in answer:
            if not isinstance(value, kind):
                raise TypeError(
                    f"it offers {value!r:.100}, which is no {kind.__name__}"
                )
            yield value


def _digest(module: object) -> str | None:
    # Every rule stands on the engine and on the seam: their code is part of what it is.
    if not isinstance(module, ModuleType):
        return None
    return code_digest(module, argmap.engine, argmap.plugin)
