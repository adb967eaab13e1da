"""What the store gives and takes: snapshots of maps, changes and what came of them."""

from collections import deque
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any, TypeVar

from msgspec import Struct

from argmap.model import Change, Data, Map, Operation
from argmap.store.callers import Act, Visibility
from argmap.store.memo import Memo
from argmap.store.revs import Revs

T = TypeVar("T")

# Bytes that what was derived from all snapshots may take together: trees, graphs,
# evaluations, files. Those that were not asked for for longest leave first.
DERIVED = 192_000_000
# Bytes, about, of anything that is kept; of a remark in a report; of an entry in a list
# of items; of what an evaluation, or what else follows from a map, has for an item.
KEPT, REMARK, ENTRY, PART = 1_000, 300, 16, 120
# Names that a snapshot takes down before it looks which of them still stand.
ROOM = 1000

_derived: Memo[tuple[Any, int]] = Memo(DERIVED, lambda kept: kept[1])
_numbers = count(1)
_left: deque[list[Hashable]] = deque()


class _Shelf:
    """The names of what was derived from one snapshot: it goes when that goes."""

    __slots__ = ("names", "number", "room")

    def __init__(self) -> None:
        self.number, self.room = next(_numbers), ROOM
        self.names: list[Hashable] = []

    def add(self, name: Hashable) -> None:
        """Take a name down, and now and then strike out what has left meanwhile."""
        if len(self.names) >= self.room:
            self.names = [each for each in self.names if each in _derived]
            self.room = 2 * len(self.names) + ROOM
        self.names.append(name)

    def __del__(self) -> None:
        # At any time, in any thread: so without a lock. Who derives next sees to it.
        if self.names:
            _left.append(self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A map as of one revision. Nothing in it ever changes.

    ``id`` is a number that no other map has or will have, not even one of the same key.
    ``revs`` has the revision that last changed each item, by kind and key; a passage's
    key is ``source/passage``, the header is ``("map", key)``. Visibility is no part of
    the history: it is that of now.
    """

    id: int
    map: Map
    revision: int
    revs: Revs
    created_at: datetime
    updated_at: datetime
    visibility: Visibility
    _shelf: _Shelf = field(
        default_factory=_Shelf, init=False, repr=False, compare=False
    )

    def derive(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what *make* computes from this snapshot, computed once per revision.

        *key* says what it is and all that it depends on besides the map.
        """

        def weighed() -> tuple[T, int]:
            value = make()
            self._shelf.add(name)
            return value, KEPT + _bytes(value, len(self.revs))

        if _left:
            _clear()
        name = (self._shelf.number, key)
        value: T = _derived.find(name, weighed)[0]
        return value

    def known(self, key: Hashable) -> Any | None:
        """Return what `derive` has computed under *key*, if it has: never blocks."""
        kept = _derived.get((self._shelf.number, key))
        return None if kept is None else kept[0]


def _clear() -> None:
    """Let go of what was derived from snapshots that are gone."""
    with suppress(IndexError):  # another thread has been faster
        while True:
            for name in _left.popleft():
                _derived.drop(name)


class MapHeader(Struct, frozen=True, kw_only=True):
    """A map without its items, as lists show it. ``rev``: of the header itself."""

    key: str
    title: str
    description: str
    language: str | None
    targets: tuple[str, ...]
    data: Data
    residue: Data
    visibility: Visibility
    revision: int
    rev: int
    created_at: datetime
    updated_at: datetime


class ChangeSet(Struct, frozen=True, kw_only=True):
    """One entry of a map's history: the operations, resolved, that made a revision.

    ``is_whole`` is false where not all of them are listed.
    """

    revision: int
    author: str | None
    at: datetime
    message: str
    operations: tuple[Operation, ...]
    is_whole: bool = True


class Answer(Struct, frozen=True, kw_only=True):
    """What a client was answered: enough to say the same again."""

    status: int
    headers: dict[str, str]
    body: bytes


class Receipt(Struct, frozen=True, kw_only=True):
    """What makes a write one that is done once, however often it is asked for.

    ``key`` is the client's, ``request`` a digest of all that it asked for; ``answer``
    says what it is to be told, and is called in the write's own transaction. ``caller``
    is the number of the API key that asks, 0 for none.
    """

    key: str
    request: str
    answer: Callable[[Any], Answer]
    caller: int = 0


class Planned(Struct, frozen=True, kw_only=True):
    """What operations make of a map, worked out before the write has its turn."""

    of: Snapshot
    change: Change


class Write(Struct, frozen=True, kw_only=True):
    """A change that someone wants of one map: all of it, or nothing.

    With ``create`` the map must not exist, and operations start from the blank one.
    With ``content`` too it is that whole map, a valid one, and there are no operations.
    ``visibility`` None leaves it as it is; a new map is private. ``planned`` spares the
    work where the map has not moved meanwhile, and does no harm where it has. ``by``
    None may do everything.
    """

    map: str
    operations: tuple[Operation, ...] = ()
    author: str | None = None
    message: str = ""
    create: bool = False
    content: Map | None = None
    planned: Planned | None = None
    visibility: Visibility | None = None
    receipt: Receipt | None = None
    by: Act | None = None


class Committed(Struct, frozen=True, kw_only=True):
    """What came of a write: the map as it is now, and what was changed."""

    snapshot: Snapshot
    change: Change


def _bytes(value: object, items: int) -> int:
    """Weigh what was derived from a map of so many items."""
    match value:
        case bytes():
            return len(value)
        case (bytes() as data, tuple() as report):
            return len(data) + REMARK * len(report)
        case list() | tuple() | dict():
            return ENTRY * len(value)
    return getattr(value, "nbytes", PART * items)
