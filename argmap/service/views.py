"""Answers that follow from a map, made once per revision."""

import gzip
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from typing import Final

import msgspec

from argmap.plugin import Rule, Scheme
from argmap.plugin.manifest import versions
from argmap.service.desk import Desk
from argmap.store import Snapshot

# Half the time of gzip's own level 9, for a hundredth more bytes.
LEVEL: Final = 6

VERSION: Final = version("argmap")

_BUILD: Final = " ".join(versions().values())


@dataclass(frozen=True, slots=True)
class View:
    """What one snapshot looks like from one side; the bytes are made when asked for.

    ``etag`` changes whenever the bytes may: with the map, with argmap and what it
    computes with, and with the code of the rule.
    """

    desk: Desk
    snapshot: Snapshot
    key: Hashable
    make: Callable[[], bytes]
    etag: str
    lane: str | None

    async def body(self) -> bytes:
        """Give the bytes, from the cache if they are there."""
        return await self.desk.derive(self.snapshot, self.key, self.make, self.lane)

    async def zipped(self) -> bytes:
        """Give the bytes by gzip, from the cache if they are there."""
        body = await self.body()

        def make() -> bytes:
            return gzip.compress(body, LEVEL, mtime=0)

        return await self.desk.derive(self.snapshot, ("gzip", self.key), make)


def view(
    desk: Desk,
    snapshot: Snapshot,
    key: Hashable,
    make: Callable[[], bytes],
    rule: Rule | None = None,
    compared: Sequence[Rule] = (),
    schemes: Collection[Scheme] = (),
) -> View:
    """Make a view; *rule* is the one that has a part in it, if one has.

    *compared* are further rules whose word is in it, *schemes* argument schemes whose
    questions are.
    """
    # A map that was deleted and made again counts its revisions anew, with another id.
    asked = [*([rule] if rule else []), *compared]
    lane = next((each.lane for each in asked if each.lane), None)
    digests = " ".join(f"{each.name} {each.digest}" for each in asked)
    digests += msgspec.json.encode(tuple(schemes)).decode() if schemes else ""
    state = f"{_BUILD} {digests} {snapshot.id} {snapshot.revision}"
    return View(desk, snapshot, key, make, _tag(state), lane)


@lru_cache(1000)
def _tag(state: str) -> str:
    return f'"{sha256(state.encode()).hexdigest()[:16]}"'
