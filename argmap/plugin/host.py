"""The host: finds plugins, keeps what they offer, and survives what they do wrong.

What a faulty plugin offers is left out as a whole and the reason kept as a `Problem`;
`strict` raises instead. Plugins are imported into this process, but for those that an
`Isolation` runs apart: what they offer looks the same.
"""

import logging
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from argmap.errors import ArgmapError, NotFound, PluginClash, PluginFault
from argmap.plugin.format import Format
from argmap.plugin.offers import Offer, offers
from argmap.plugin.rule import Rule
from argmap.plugin.scheme import Scheme, folded
from argmap.plugin.sources import Found, directory, installed
from argmap.plugin.told import told

if TYPE_CHECKING:  # where nothing runs apart, nothing of it is imported
    from argmap.plugin.isolation import Isolation

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

    @property
    def is_isolated(self) -> bool:
        """Say whether it runs in a worker: then it is run only where it is named."""
        return self.rule.lane is not None


@dataclass(frozen=True)
class Host:
    """What is installed, by name; and what should be and is not."""

    rules: dict[str, Installed]
    formats: dict[str, Format]
    schemes: dict[str, Scheme]
    problems: tuple[Problem, ...]

    @classmethod
    def load(
        cls,
        plugins_dir: Path | None = None,
        *,
        strict: bool = False,
        isolation: "Isolation | None" = None,
    ) -> "Host":
        """Load every plugin that is installed, and those of a directory.

        Args:
            plugins_dir: Holds plugins of one file each, loaded after those installed.
            strict: Raise at the first problem instead of going on without the plugin.
            isolation: Runs strangers' plugins apart; None: all are imported here.

        Raises:
            NotFound: *plugins_dir* does not exist.
            PluginFault, PluginClash: Under *strict*.
        """
        return _Loading(strict, isolation).load(plugins_dir)

    def rule(self, name: str) -> Rule:
        """Give an installed rule.

        Raises:
            NotFound: None of that name is installed.
        """
        if name not in self.rules:
            raise NotFound("rule", name, self.rules)
        return self.rules[name].rule

    def format(self, name: str) -> Format:
        """Give an installed format.

        Raises:
            NotFound: None of that name is installed.
        """
        if name not in self.formats:
            raise NotFound("format", name, self.formats)
        return self.formats[name]

    def scheme(self, name: str) -> Scheme:
        """Give an argument scheme, by any name that relations may call it.

        Raises:
            NotFound: None of that name is installed.
        """
        if (found := self.schemes_by_name.get(folded(name))) is None:
            raise NotFound("scheme", name)
        return found

    @property
    def schemes_by_name(self) -> dict[str, Scheme]:
        """Give argument schemes by all that relations may call them, folded."""
        return {
            folded(name): scheme
            for scheme in reversed(self.schemes.values())
            for name in (*scheme.names, scheme.title, scheme.key)
        }


class _Loading:
    def __init__(self, strict: bool, isolation: "Isolation | None") -> None:
        self.strict, self.isolation = strict, isolation
        self.apart: dict[Found, list[Offer] | ArgmapError] = {}
        self.problems: list[Problem] = []

    def load(self, plugins_dir: Path | None) -> Host:
        found = [*installed(), *(directory(plugins_dir) if plugins_dir else ())]
        if self.isolation:
            strangers = [each for each in found if self.isolation.isolates(each)]
            self.apart = self.isolation.offers(strangers)
        values = [(plugin, value) for plugin in found for value in self.offer(plugin)]
        rules = self.taken([value for value in values if isinstance(value[1], Rule)])
        formats = self.taken(
            [value for value in values if isinstance(value[1], Format)]
        )
        schemes = self.taken(
            [value for value in values if isinstance(value[1], Scheme)]
        )
        return Host(
            rules={
                name: Installed(
                    rule, plugin.name, plugin.distribution, plugin.is_shipped
                )
                for name, (plugin, rule) in rules.items()
            },
            formats={name: format_ for name, (_, format_) in formats.items()},
            schemes={key: scheme for key, (_, scheme) in schemes.items()},
            problems=tuple(self.problems),
        )

    def offer(self, plugin: Found) -> list[Offer]:
        if plugin in self.apart:
            offered = self.apart[plugin]
            if isinstance(offered, ArgmapError):
                self.problem(plugin, offered)
                return []
            return offered
        try:
            return offers(plugin)
        except (Exception, SystemExit) as error:
            fault = PluginFault(plugin.offered_by, told(error))
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
