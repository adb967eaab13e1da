"""What the store gives and takes: snapshots of maps, changes and what came of them."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from msgspec import Struct

from argmap.model import Change, Data, Map, Operation
from argmap.plugin import Evaluation
from argmap.store.callers import Act, Visibility
from argmap.store.memo import Memo
from argmap.store.revs import Revs

T = TypeVar("T")

# What is kept for one revision of one map: trees, graphs, evaluations. Large ones count
# for as many as they have chunks, so that fewer of them are kept.
DERIVED = 64
CHUNK = 4_000_000
# Bytes that an evaluation takes for a claim or relation, about.
EVALUATED = 200


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
    _derived: Memo[Any] = field(
        default_factory=lambda: Memo(DERIVED, _chunks),
        init=False,
        repr=False,
        compare=False,
    )

    def derive(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what *make* computes from this snapshot, computed once per revision.

        *key* says what it is and all that it depends on besides the map.
        """
        value: T = self._derived.find(key, make)
        return value

    def known(self, key: Hashable) -> Any | None:
        """Return what `derive` has computed under *key*, if it has: never blocks."""
        return self._derived.get(key)


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


def _chunks(value: object) -> int:
    """Weigh what was derived, where it tells how large it is."""
    match value:
        case bytes():
            size = len(value)
        case Evaluation(claims=claims, relations=relations):
            size = EVALUATED * (len(claims) + len(relations))
        case _:
            size = getattr(value, "nbytes", 0)
    return 1 + size // CHUNK
