"""The desk: store, plugins and a few threads, which every use case works with."""

import asyncio
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, Final, ParamSpec, TypeVar

from argmap.plugin import Host
from argmap.plugin.sources import plugin_files
from argmap.settings import Settings
from argmap.store import Committed, Snapshot, Store, Write

P = ParamSpec("P")
T = TypeVar("T")

# Choices of rules and parameters that are kept once they are decoded.
CHOICES: Final = 1000

# Few: readers wait for SQLite or for numpy, which one core serves; more would only
# take turns.
THREADS: Final = 4


class Desk:
    """What use cases share, opened once per process."""

    def __init__(self, settings: Settings, store: Store, host: Host) -> None:
        self.settings, self.store = settings, store
        self._host, self._seen = host, _stamps(settings)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="argmap-desk")
        self._choices: dict[Hashable, Any] = {}

    @classmethod
    def open(cls, settings: Settings) -> "Desk":
        """Load the plugins and open the store that *settings* name.

        Raises:
            PluginFault, PluginClash: A plugin is faulty, and the settings are strict.
        """
        host = Host.load(settings.plugins_dir, strict=settings.strict)
        return cls(settings, Store.open(settings), host)

    @property
    def host(self) -> Host:
        """Give the plugins; under ``reload``, as their directory is now."""
        self._reload()
        return self._host

    def _reload(self) -> None:
        if self.settings.reload and (seen := _stamps(self.settings)) != self._seen:
            self._host, self._seen = Host.load(self.settings.plugins_dir), seen
            self._choices.clear()

    def close(self) -> None:
        """Finish what is under way, then close the store."""
        self._threads.shutdown()
        self.store.close()

    async def run(
        self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call what may block in a thread of the desk's own."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._threads, partial(function, *args, **kwargs)
        )

    async def snapshot(self, key: str, at: int | None = None) -> Snapshot:
        """Give a map as it is, or as it was at a revision.

        Raises:
            NotFound: There is no such map or revision.
        """
        newest = self.store.cached(key)
        if newest is None:
            newest = await self.run(self.store.snapshot, key)
        if at is None or at == newest.revision:
            return newest
        return await self.run(self.store.snapshot_at, key, at)

    async def derive(
        self, snapshot: Snapshot, key: Hashable, make: Callable[[], T]
    ) -> T:
        """Give what *make* computes from a snapshot, once per revision and key."""
        known: T | None = snapshot.known(key)
        if known is not None:
            return known
        return await self.run(snapshot.derive, key, make)

    def chosen(self, key: Hashable, make: Callable[[], T]) -> T:
        """Give what *make* makes of a choice that clients repeat, once per key.

        Under ``reload`` those of plugins that have changed are forgotten.
        """
        self._reload()
        if key in self._choices:
            found: T = self._choices[key]
            return found
        made = make()
        if len(self._choices) == CHOICES:
            self._choices.clear()
        self._choices[key] = made
        return made

    async def write(self, write: Write) -> Committed:
        """Have a change made, and wait until it is safe on disk."""
        return await asyncio.wrap_future(self.store.submit(write))

    async def delete(self, key: str, condition: str) -> None:
        """Have a map deleted that is at this revision, and wait for it."""
        await asyncio.wrap_future(self.store.delete(key, condition))


def _stamps(settings: Settings) -> dict[str, tuple[int, int]]:
    """Say of what size the files of the plugins directory are, and from when."""
    if not settings.reload or settings.plugins_dir is None:
        return {}
    stamps = {}
    for path in plugin_files(settings.plugins_dir):
        with suppress(OSError):
            state = path.stat()
            stamps[path.name] = state.st_mtime_ns, state.st_size
    return stamps
