"""Isolation: which plugins run apart, and the workers that they run in."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import msgspec

from argmap.errors import ArgmapError, NotFound, PluginFault
from argmap.plugin.isolation import wire
from argmap.plugin.isolation.children import Children
from argmap.plugin.isolation.limits import Limits
from argmap.plugin.isolation.proxies import isolated_format, isolated_rule
from argmap.plugin.isolation.worker import Worker
from argmap.plugin.offers import Offer
from argmap.plugin.sources import Found, directory, installed

_AT_ONCE: Final = 4  # workers that import their plugins


class Isolation:
    """Runs strangers' plugins in workers, for as long as it is open.

    A worker whose plugins are the same the next time goes on; one whose plugins are
    gone or have changed is ended.
    """

    def __init__(self, limits: Limits, trust: Collection[str] = ()) -> None:
        self._limits, self._trust = limits, {_plain(name): name for name in trust}
        self._children = Children()
        self._workers: dict[tuple[Found, ...], Worker] = {}

    def close(self) -> None:
        """End all workers, whatever they are doing."""
        self._children.close()
        for worker in self._workers.values():
            worker.retire()

    def check_trust(self, plugins_dir: Path | None) -> None:
        """See that what is trusted is there: a misspelt name would go unnoticed.

        Raises:
            NotFound: No distribution with plugins, and no file, is called so.
        """
        found = [*installed(), *(directory(plugins_dir) if plugins_dir else ())]
        for name in sorted(self._trust.keys() - {_plain(each.owner) for each in found}):
            raise NotFound("plugin distribution or file to trust", self._trust[name])

    def isolates(self, plugin: Found) -> bool:
        """Say whether a plugin is a stranger's, and not trusted."""
        return not plugin.is_shipped and _plain(plugin.owner) not in self._trust

    def offers(self, found: Sequence[Found]) -> dict[Found, list[Offer] | ArgmapError]:
        """Say what plugins offer, or what is wrong with them, without importing one."""
        owned: dict[str, list[Found]] = defaultdict(list)
        for plugin in found:
            owned[plugin.owner].append(plugin)
        before = self._workers
        self._workers = {
            key: before.get(key) or Worker(self._children, self._limits, plugins)
            for plugins in owned.values()
            if (key := tuple(plugins))
        }
        for key in before.keys() - self._workers.keys():
            before[key].retire()
        offered: dict[Found, list[Offer] | ArgmapError] = {}
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            for each in threads.map(_offered, self._workers.items()):
                offered |= each
        return offered


def _plain(owner: str) -> str:
    """Fold what the names of distributions do not tell apart (PEP 503)."""
    is_file = owner.endswith(".py")
    return owner if is_file else re.sub(r"[-_.]+", "-", owner).lower()


def _offered(
    item: tuple[tuple[Found, ...], Worker],
) -> dict[Found, list[Offer] | ArgmapError]:
    plugins, worker = item
    try:
        described = {each.plugin: each for each in worker.describe()}
        return {
            plugin: _proxies(worker, plugin, described[plugin.name])
            for plugin in plugins
        }
    except (ArgmapError, KeyError) as error:
        detail = getattr(error, "detail", str(error))
        return {plugin: PluginFault(plugin.offered_by, detail) for plugin in plugins}


def _proxies(
    worker: Worker, plugin: Found, described: wire.Described
) -> list[Offer] | ArgmapError:
    if described.fault is not None:
        return PluginFault(plugin.offered_by, described.fault)
    try:
        return [
            *(isolated_rule(worker, plugin.name, each) for each in described.rules),
            *(isolated_format(worker, plugin.name, each) for each in described.formats),
            *described.schemes,
        ]
    except (ArgmapError, ValueError, TypeError, msgspec.ValidationError) as error:
        return PluginFault(plugin.offered_by, f"describes itself wrongly: {error}")
