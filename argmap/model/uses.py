"""Which items of a map refer to which, and what is left of one when another goes."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from typing import Final, TypeVar

from msgspec.structs import replace

from argmap.model.items import (
    Claim,
    Header,
    ItemKind,
    Passage,
    PassageReference,
    Relation,
    Source,
)

Item = Header | Source | Passage | Claim | Relation
Ref = tuple[ItemKind, str]
"""An item by kind and key; a passage's key is ``source/passage``."""

I = TypeVar("I", bound=Item)  # noqa: E741 # the item that comes in goes out


def references(item: Item) -> Iterator[Ref]:
    """Yield what an item refers to.

    >>> from argmap.model import Map
    >>> list(references(Map.of("ab", rebuts=[("a", "b")]).relations["r1"]))
    [('claim', 'a'), ('claim', 'b')]
    """
    match item:
        case Relation():
            for premise in item.premises:
                yield "claim", premise
            if item.target.claim is not None:
                yield "claim", item.target.claim
            if item.target.relation is not None:
                yield "relation", item.target.relation
            if item.asks:
                yield "relation", item.asks.relation
            yield from _cited(item.passages)
        case Claim():
            yield from _cited(item.passages)
        case Header():
            for target in item.targets:
                yield "claim", target


def needs(item: Item, gone: Container[Ref]) -> bool:
    """Say whether an item cannot stand without some of what goes.

    A relation needs its premises and its target; all else can be let go of.
    """
    return isinstance(item, Relation) and (
        any(("claim", premise) in gone for premise in item.premises)
        or ("claim", item.target.claim) in gone
        or ("relation", item.target.relation) in gone
    )


def without(item: Item, gone: Container[Ref]) -> Item:
    """Let an item go of what goes: map targets, passages, a question asked."""
    match item:
        case Relation():
            asks = item.asks
            if asks and ("relation", asks.relation) in gone:
                asks = None
            return replace(item, asks=asks, passages=_kept(item.passages, gone))
        case Claim():
            return replace(item, passages=_kept(item.passages, gone))
        case Header():
            kept = tuple(t for t in item.targets if ("claim", t) not in gone)
            return replace(item, targets=kept)
    return item


def renamed(item: I, name: Callable[[str], str]) -> I:
    """Give every key that an item refers to another name; its own key stays."""
    new: Item = item
    match item:
        case Relation():
            target, asks = item.target, item.asks
            new = replace(
                item,
                premises=tuple(map(name, item.premises)),
                target=replace(
                    target,
                    claim=target.claim and name(target.claim),
                    relation=target.relation and name(target.relation),
                ),
                asks=asks and replace(asks, relation=name(asks.relation)),
                passages=_renamed(item.passages, name),
            )
        case Claim():
            new = replace(item, passages=_renamed(item.passages, name))
        case Header():
            new = replace(item, targets=tuple(map(name, item.targets)))
    return new  # type: ignore[return-value] # of the type that came in


SELDOM: Final = 32
"""Questions up to which all items are looked through for each, and no index is made."""

Shelves = tuple[Header, Iterable[Claim], Iterable[Relation]]
"""What of a map refers to something."""


class Uses:
    """Who refers to what, while a map is being changed.

    Once there is an index, items are noted when they come; whether one still refers to
    something, or is there at all, is looked up when that is asked. So what goes needs
    no care.
    """

    def __init__(
        self, find: Callable[[Ref], Item | None], shelves: Callable[[], Shelves]
    ) -> None:
        self._find, self._shelves = find, shelves
        self._asked = 0
        self._users: defaultdict[Ref, list[Ref]] | None = None

    def note(self, user: Ref, item: Item) -> None:
        """Take note of what an item that is new, or other than before, refers to."""
        if self._users is not None:
            for ref in references(item):
                self._users[ref].append(user)

    def of(self, ref: Ref) -> list[Ref]:
        """List what refers to something, whether that is there or not."""
        self._asked += 1
        if self._users is None and self._asked <= SELDOM:
            return list(_users(ref, *self._shelves()))
        if self._users is None:
            self._users = defaultdict(list)
            header, claims, relations = self._shelves()
            self.note(("map", header.key), header)
            for claim in claims:
                self.note(("claim", claim.key), claim)
            for relation in relations:
                self.note(("relation", relation.key), relation)
        return [
            user
            for user in dict.fromkeys(self._users.get(ref, ()))
            if (there := self._find(user)) is not None and ref in references(there)
        ]


def _users(
    ref: Ref, header: Header, claims: Iterable[Claim], relations: Iterable[Relation]
) -> Iterator[Ref]:
    """Look through a map for what refers to something; most is quickly passed over."""
    kind, key = ref
    users: list[Claim | Relation] = []
    if kind == "claim":
        if key in header.targets:
            yield "map", header.key
        users += [r for r in relations if r.target.claim == key or key in r.premises]
    elif kind == "relation":
        users += [r for r in relations if r.target.relation == key or r.asks]
    else:
        users += [claim for claim in claims if claim.passages]
        users += [relation for relation in relations if relation.passages]
    for user in users:
        if ref in references(user):
            yield ("claim" if isinstance(user, Claim) else "relation"), user.key


def _cited(passages: Iterable[PassageReference]) -> Iterator[Ref]:
    """Name sources as well: one that goes need not have had the passage."""
    for passage in passages:
        yield "source", passage.source
        yield _passage(passage)


def _passage(reference: PassageReference) -> Ref:
    return "passage", f"{reference.source}/{reference.passage}"


def _kept(
    passages: tuple[PassageReference, ...], gone: Container[Ref]
) -> tuple[PassageReference, ...]:
    return tuple(passage for passage in passages if _passage(passage) not in gone)


def _renamed(
    passages: tuple[PassageReference, ...], name: Callable[[str], str]
) -> tuple[PassageReference, ...]:
    return tuple(
        replace(p, source=name(p.source), passage=name(p.passage)) for p in passages
    )
