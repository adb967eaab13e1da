"""Answers that follow from a map, made once per revision."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from typing import Final

from argmap.service.desk import Desk
from argmap.store import Snapshot

VERSION: Final = version("argmap")


@dataclass(frozen=True, slots=True)
class View:
    """What one snapshot looks like from one side; the bytes are made when asked for.

    ``etag`` changes whenever the bytes may: with the map, with argmap and with the code
    of the rule.
    """

    desk: Desk
    snapshot: Snapshot
    key: Hashable
    make: Callable[[], bytes]
    etag: str

    async def body(self) -> bytes:
        """Give the bytes, from the cache if they are there."""
        return await self.desk.derive(self.snapshot, self.key, self.make)


def view(
    desk: Desk,
    snapshot: Snapshot,
    key: Hashable,
    make: Callable[[], bytes],
    digest: str | None = None,
) -> View:
    """Make a view; *digest* is that of the rule's code, if a rule has a part in it."""
    # A map that was deleted and made again counts its revisions anew, with another id.
    state = f"{VERSION} {digest} {snapshot.id} {snapshot.revision}"
    etag = f'"{sha256(state.encode()).hexdigest()[:16]}"'
    return View(desk, snapshot, key, make, etag)
