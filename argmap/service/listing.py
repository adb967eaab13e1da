"""Lists of a map's items: which of them, in which order, a page at a time.

What is chosen is worked out once per revision; a page then costs no more than its own
items. Conditions combine: an item is listed if all of them keep it.
"""

from collections.abc import Callable, Hashable, Sequence
from hashlib import sha256
from typing import Any, Literal

from msgspec import Struct

from argmap.errors import NotFound
from argmap.model import ClaimKind, ItemKind, Map
from argmap.model.words import folded, query
from argmap.service import evaluations, pages
from argmap.service.desk import Desk
from argmap.service.evaluations import Asked
from argmap.service.items import Item, Stored
from argmap.store import Snapshot

Sort = Literal["map", "strength", "-strength"]


class Condition(Struct, frozen=True):
    """What items have to be like to be listed.

    ``name`` says the same as ``keeps``, so that what it keeps is found again by it.
    """

    name: tuple[str, Hashable]
    keeps: Callable[[Any], bool]


class Listed(Struct, frozen=True, kw_only=True):
    """One page of a list of a map's revision, how long that is, and where to go on."""

    items: tuple[Stored, ...]
    revision: int
    count: int
    next: str | None


def claims_that(
    *,
    words: str | None = None,
    kind: ClaimKind | None = None,
    tag: str | None = None,
    speaker: str | None = None,
    source: str | None = None,
) -> tuple[Condition, ...]:
    """Choose claims by what they say, what they are, whose, and what they rest on.

    *words* are looked for in all wordings, as `argmap.model.words` has it.

    >>> [condition.name for condition in claims_that(kind="fact", tag="money")]
    [('kind', 'fact'), ('tag', 'money')]
    """
    asked = query(words or "")
    wanted: dict[str, tuple[str | None, Callable[[Any], bool]]] = {
        "q": (
            words,
            lambda claim: asked.matches(map(folded, (claim.text, *claim.wordings))),
        ),
        "kind": (kind, lambda claim: claim.kind == kind),
        "tag": (tag, lambda claim: tag in claim.tags),
        "speaker": (speaker, lambda claim: claim.speaker == speaker),
        "source": (
            source,
            lambda claim: any(of.source == source for of in claim.passages),
        ),
    }
    return tuple(
        Condition((name, value), keeps)
        for name, (value, keeps) in wanted.items()
        if value is not None
    )


async def page(
    desk: Desk,
    map: str,
    kind: ItemKind,
    *,
    source: str | None = None,
    conditions: Sequence[Condition] = (),
    asked: Asked | None = None,
    sort: Sort = "map",
    cursor: str | None = None,
    limit: int,
    at: int | None = None,
) -> Listed:
    """List items of one kind, in the map's order or by strength.

    Args:
        desk: Where the maps are.
        map: The key of the map.
        kind: The kind of items.
        source: Of passages, the source that they are in.
        conditions: What the items have to be like.
        asked: Of claims, the rule that says what each is worth; needed to *sort*.
        sort: By strength, the weakest first, or with a minus the strongest; of equally
            strong ones, the first in the map comes first.
        cursor: ``next`` of the page before.
        limit: Items a page, at most.
        at: The revision, if not the newest; a cursor has its own, which is this one.

    Raises:
        Malformed: *cursor* is none of this list, or not of the revision *at*.
        NotFound: There is no such map, revision or source.
        PluginFault: The rule failed.
    """
    by = asked.key if asked and sort != "map" else None
    chosen = (source, tuple(each.name for each in conditions), sort, by)
    is_whole = chosen == (None, (), "map", None)
    name = f"{kind} {map}"
    if not is_whole:
        name += f" {sha256(repr(chosen).encode()).hexdigest()}"
    start = pages.place(name, cursor, at)
    snapshot = await desk.snapshot(map, start.revision)
    items = await desk.derive(
        snapshot,
        ("items", kind, chosen),
        lambda: _sorted(
            snapshot, _chosen(snapshot, kind, source, conditions), asked, sort
        ),
        asked.rule.lane if asked else None,
    )
    found = pages.cut(name, items, snapshot.revision, start.start, limit)
    worth: Any = {}
    if asked is not None:
        worth = (await evaluations.evaluation(desk, snapshot, asked)).claims
    prefix = f"{source}/" if source else ""
    stored = tuple(
        Stored(
            item=each,
            rev=snapshot.revs[(kind, f"{prefix}{each.key}")],
            revision=snapshot.revision,
            worth=worth.get(each.key),
        )
        for each in found.items
    )
    return Listed(
        items=stored, revision=found.revision, count=len(items), next=found.next
    )


def _chosen(
    snapshot: Snapshot,
    kind: ItemKind,
    source: str | None,
    conditions: Sequence[Condition],
) -> Sequence[Item]:
    items = _all(snapshot.map, kind, source)
    for condition in conditions:
        items = tuple(each for each in items if condition.keeps(each))
    return items


def _sorted(
    snapshot: Snapshot, items: Sequence[Item], asked: Asked | None, sort: Sort
) -> Sequence[Item]:
    if asked is None or sort == "map":
        return items
    claims = evaluations.run(snapshot, asked).claims
    sign = -1 if sort == "-strength" else 1
    return sorted(items, key=lambda each: sign * claims[each.key].strength)


def _all(map: Map, kind: ItemKind, source: str | None) -> Sequence[Item]:
    if source is None:
        of: dict[ItemKind, Sequence[Item]] = {
            "source": tuple(map.sources.values()),
            "claim": tuple(map.claims.values()),
            "relation": tuple(map.relations.values()),
        }
        return of[kind]
    if source not in map.sources:
        raise NotFound("source", source)
    return map.sources[source].passages
