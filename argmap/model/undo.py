"""Taking one change back from a map that has moved on since.

Three states decide: before the change, after it, and now. An item that is now as the
change left it becomes what it was before; what is so already stays; anything else
stands in the way, because somebody's later work would go with it. Members of one item
count one by one: a later text does not keep an older weight from coming back. So does
its place, which is after the same others or another one. What comes back stands before
what followed it then, as far as that is still there.
"""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal

from msgspec import Struct, json
from msgspec.structs import fields

from argmap.errors import Fault, InUse, InvalidMap, Unknown
from argmap.model.change import Change, change
from argmap.model.draft import (
    addition,
    own_key,
    relocation,
    removal,
    replacement,
)
from argmap.model.items import Header, ItemKind, Map, Passage, Source
from argmap.model.operations import (
    Add,
    Move,
    NewPassage,
    Operation,
    PassagePath,
)
from argmap.model.operations import item as item_of
from argmap.model.uses import Item, Ref

Why = Literal["changed", "removed", "added", "moved", "used", "needs", "invalid"]

_HEADER: Final = tuple(field.name for field in fields(Header) if field.name != "key")
_RANK: Final = {"source": 0, "passage": 1, "claim": 2, "relation": 3, "map": 4}


class Obstacle(Struct, frozen=True, kw_only=True):
    """What keeps an item from being what it was before a change.

    Since then it was ``changed`` (its ``members`` say where), ``removed``, ``added``
    anew or ``moved``; or it is ``used`` by ``others``, ``needs`` ``others`` that are
    gone, or would be ``invalid`` now.
    """

    kind: ItemKind
    key: str
    why: Why
    members: tuple[str, ...] = ()
    others: tuple[Ref, ...] = ()


class Undoing(Struct, frozen=True):
    """What takes a change back and leads to, or what stands in the way."""

    operations: tuple[Operation, ...] = ()
    change: Change | None = None
    obstacles: tuple[Obstacle, ...] = ()


def undo(
    before: Map,
    operations: Sequence[Operation],
    now: Map,
    moved_since: Container[Ref] = (),
    *,
    after: Map | None = None,
) -> Undoing:
    """Say how to take back operations that were done to *before*, from *now*.

    O(items of the maps). Taken back at once, they leave exactly *before*.

    Args:
        before: The map that the operations were done to.
        operations: Such as *before* allows.
        now: What became of it.
        moved_since: The items that were given a place after that, perhaps the same.
        after: What the operations, resolved ones, made of *before*, if it is at hand.

    >>> from argmap.model import Claim, Replace
    >>> tram = Map.of({"tram": 0.5})
    >>> better = [Replace(claim="tram", set={"base_score": 0.9})]
    >>> undo(tram, better, change(tram, better).map).operations
    (Replace(claim='tram', set={'base_score': 0.5}),)
    >>> later = [Replace(claim="tram", set={"base_score": 0.7})]
    >>> (obstacle,) = undo(tram, better, change(tram, later).map).obstacles
    >>> obstacle.key, obstacle.why, obstacle.members
    ('tram', 'changed', ('base_score',))
    """
    if after is None:
        done = change(before, operations)
        operations, after = done.operations, done.map
    undoing = _Undoing(_Items(before), _Items(after), _Items(now))
    placed = set(moved(operations))
    touched = _touched(operations, before, after)
    for ref in sorted(touched, key=lambda ref: (_RANK[ref[0]], ref[1])):
        undoing.item(ref, is_moved=ref in placed, is_moved_since=ref in moved_since)
    if undoing.obstacles:
        return Undoing(obstacles=tuple(undoing.obstacles))
    back = tuple(undoing.operations())
    try:
        made = change(now, back)
    except InvalidMap as error:
        return Undoing(obstacles=tuple(_in_the_way(now, back, error)))
    return Undoing(operations=back, change=made)


def _touched(operations: Iterable[Operation], *maps: Map) -> set[Ref]:
    """List what operations may have changed: with a source, its passages."""
    touched = {ref_of(operation) for operation in operations}
    sources = {key.partition("/")[0] for kind, key in touched if kind == "passage"}
    sources |= {key for kind, key in touched if kind == "source"}
    for source in sources:
        touched.add(("source", source))
        for map_ in maps:
            if source in map_.sources:
                passages = map_.sources[source].passages
                touched |= {("passage", f"{source}/{p.key}") for p in passages}
    return touched


def moved(operations: Iterable[Operation]) -> Iterator[Ref]:
    """Yield the items that operations put in a place: those moved or added."""
    for operation in operations:
        if isinstance(operation, Move | Add):
            yield ref_of(operation)
        if isinstance(operation, Add) and operation.source is not None:
            source = operation.source
            yield from (("passage", f"{source.key}/{p.key}") for p in source.passages)


def ref_of(operation: Operation) -> Ref:
    """Name the item of an operation without ``$names``; see `Ref`.

    >>> from argmap.model import Remove
    >>> ref_of(Remove(passage=PassagePath(source="council", passage="p1")))
    ('passage', 'council/p1')
    """
    kind, named = item_of(operation)
    match named:
        case str():
            return kind, named
        case PassagePath(source=source, passage=key):
            return kind, f"{source}/{key}"
        case NewPassage(source=source, key=key):
            return kind, f"{source}/{key}"
    return kind, named.key


class _Items:
    """The items of a map, each with the others of its kind."""

    def __init__(self, map_: Map) -> None:
        self._map = map_
        self._passages: dict[str, Mapping[str, Passage]] = {}

    def find(self, ref: Ref) -> Item | None:
        if ref[0] == "map":
            return self._map
        return self.shelf(ref).get(own_key(ref))

    def shelf(self, ref: Ref) -> Mapping[str, Any]:
        if ref[0] != "passage":
            shelf: Mapping[str, Any] = getattr(self._map, f"{ref[0]}s")
            return shelf
        name = ref[1].partition("/")[0]
        if name not in self._passages:
            source = self._map.sources.get(name)
            passages = () if source is None else source.passages
            self._passages[name] = {passage.key: passage for passage in passages}
        return self._passages[name]


class _Undoing:
    """The operations that take a change back, as they are found."""

    def __init__(self, before: _Items, after: _Items, now: _Items) -> None:
        self._before, self._after, self._now = before, after, now
        self._placed: dict[_Items, dict[Ref, set[str]]] = {before: {}, after: {}}
        self._added: set[Ref] = set()
        self._moved: set[Ref] = set()
        self._replaced: list[Operation] = []
        self._removed: list[Operation] = []
        self.obstacles: list[Obstacle] = []

    def item(self, ref: Ref, *, is_moved: bool, is_moved_since: bool) -> None:
        """Find out how one item that was touched becomes what it was."""
        was, left, now = (m.find(ref) for m in (self._before, self._after, self._now))
        if ref[0] == "passage" and not self._has_stayed(ref):
            return  # it comes and goes with its source
        if was is None or left is None:
            self._existence(ref, was, left, now)
            return
        members = [m for m in _members(was) if not _is_same(was, left, m)]
        if now is None:
            if members or is_moved:
                self._stop(ref, "removed")
            return
        if wanted := [m for m in members if not _is_same(was, now, m)]:
            clashes = [m for m in wanted if not _is_same(left, now, m)]
            if clashes:
                self._stop(ref, "changed", clashes)
            self._replaced.append(replacement(ref, was, wanted))
        if not is_moved or self._is_placed(ref, self._before):
            return
        if is_moved_since and not self._is_placed(ref, self._after):
            self._stop(ref, "moved")
        else:
            self._moved.add(ref)

    def operations(self) -> Iterator[Operation]:
        """Yield them in an order in which most of them can be done one by one."""
        placed = self._added | self._moved
        shelves = {_shelf_of(ref): ref for ref in placed}
        for shelf, some in sorted(shelves.items(), key=lambda s: (_RANK[s[0][0]], s)):
            yield from self._places(some, {r for r in placed if _shelf_of(r) == shelf})
        yield from self._replaced
        yield from reversed(self._removed)

    def _is_placed(self, ref: Ref, then: "_Items") -> bool:
        """Say whether an item stands where it did."""
        shelf, known = _shelf_of(ref), self._placed[then]
        if shelf not in known:
            known[shelf] = _in_place(then.shelf(ref), self._now.shelf(ref))
        return own_key(ref) in known[shelf]

    def _has_stayed(self, ref: Ref) -> bool:
        source: Ref = ("source", ref[1].partition("/")[0])
        return bool(self._before.find(source) and self._after.find(source))

    def _existence(
        self, ref: Ref, was: Item | None, left: Item | None, now: Item | None
    ) -> None:
        """Undo that an item came or went."""
        if was is None and left is not None:
            if now is not None and not _are_same(left, now):
                self._stop(ref, "changed", _differing(left, now))
            elif now is not None:
                self._removed.append(removal(ref))
        elif was is not None:
            if now is None:
                self._added.add(ref)
            elif not _are_same(was, now):
                self._stop(ref, "added", _differing(was, now))

    def _places(self, some: Ref, placed: Collection[Ref]) -> Iterator[Operation]:
        """Put items of one kind where they were, the last one first."""
        order, now = self._before.shelf(some), self._now.shelf(some)
        keys = {own_key(ref): ref for ref in placed}
        anchor: str | None = None
        for key in reversed(
            list(now)
        ):  # what came later and stands at the end stays there
            if key in order and key not in keys:
                break
            if key not in order:
                anchor = key
        for key in reversed(list(order)):
            ref = keys.get(key)
            if ref in self._added:
                yield addition(ref, order[key], anchor)
            elif ref is not None:
                yield relocation(ref, anchor)
            if ref is not None or key in now:
                anchor = key

    def _stop(self, ref: Ref, why: Why, members: Iterable[str] = ()) -> None:
        kind, key = ref
        self.obstacles.append(
            Obstacle(kind=kind, key=key, why=why, members=tuple(members))
        )


def _members(item: Item) -> tuple[str, ...]:
    """List the members that are an item's own: no items of another kind."""
    match item:
        case Header():
            return _HEADER
        case Source():
            return tuple(f.name for f in fields(Source) if f.name != "passages")
    return item.__struct_fields__


def _is_same(a: Item, b: Item, member: str) -> bool:
    x, y = getattr(a, member), getattr(b, member)
    return x is y or (x == y and _encoded(x) == _encoded(y))


def _are_same(a: Item, b: Item) -> bool:
    return a is b or (a == b and _encoded(a) == _encoded(b))


def _differing(a: Item, b: Item) -> list[str]:
    return [m for m in a.__struct_fields__ if not _is_same(a, b, m)]


def _encoded(value: Any) -> bytes:
    """Write as JSON: in Python, true equals 1."""
    return json.encode(value, order="deterministic")


def _shelf_of(ref: Ref) -> Ref:
    return ref[0], ref[1].rpartition("/")[0]


def _in_place(then: Mapping[str, Any], now: Mapping[str, Any]) -> set[str]:
    """List what comes after the same others in two orders, of what both have.

    >>> sorted(_in_place(dict.fromkeys("abcde"), dict.fromkeys("bafdex")))
    ['d', 'e']
    """
    found: set[str] = set()
    astray: set[str] = set()  # so far in one of them alone
    orders = (key for key in then if key in now), (key for key in now if key in then)
    for was, is_ in zip(*orders, strict=True):
        if was != is_:
            astray ^= {was, is_}
        elif not astray:
            found.add(was)
    return found


def _in_the_way(
    now: Map, operations: Sequence[Operation], error: InvalidMap
) -> Iterator[Obstacle]:
    """Say of faults what they mean for the items that were to be restored."""
    header: Ref = ("map", now.key)
    told: dict[tuple[Ref, Why], set[Ref]] = {}
    for fault in error.faults:
        steps = fault.pointer.split("/")
        ref = ref_of(operations[int(steps[2])]) if len(steps) > 2 else header
        why, others = _reason(fault, header)
        told.setdefault((ref, why), set()).update(others)
    for ((kind, key), why), refs in told.items():
        yield Obstacle(kind=kind, key=key, why=why, others=tuple(sorted(refs)))


def _reason(fault: Fault, header: Ref) -> tuple[Why, list[Ref]]:
    match fault:
        case InUse(users=users):
            return "used", [_user(path, header) for path in users]
        case Unknown(kind=kind, key=key):
            return "needs", [(kind, key)]  # type: ignore[list-item] # it is a kind
    return "invalid", []


def _user(path: str, header: Ref) -> Ref:
    """Read how a fault names what uses something: ``relations/r1``, ``targets``."""
    kind, _, key = path.partition("/")
    return header if kind == "targets" else (kind[:-1], key)  # type: ignore[return-value]
