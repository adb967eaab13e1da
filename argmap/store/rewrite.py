"""Bringing the rows of a map from one state to the next: what was touched, no more.

A row that stays is given the columns that differ, one that is new is put in, one that
is gone is taken out. A row keeps its position unless it was moved.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Table,
    bindparam,
    delete,
    select,
    update,
)

from argmap.model import ItemKind, Map, Passage
from argmap.model.shelf import last
from argmap.store import rows, search
from argmap.store.positions import Run, afresh, between, runs
from argmap.store.prepared import Prepared, insert_rows
from argmap.store.revs import Item, Revs, by_key
from argmap.store.rows import Values
from argmap.store.tables import CLAIM, PASSAGE, RELATION, SOURCE

# Neighbours that are asked for by key; past that, the positions of all items are read.
NEIGHBOURS = 500


class _Kind:
    """The table of one kind of items, and what is done to the rows of one owner.

    The owner is a map, or a source of it: the rows that share an order.
    """

    def __init__(
        self, table: Table, values: Callable[[Any], Values], *owner: str
    ) -> None:
        self.table, self.values = table, values
        ours = [table.c[name] == bindparam(f"of_{name}") for name in owner]
        this = [*ours, table.c.key == bindparam("of_key")]
        self.positions = select(table.c.key, table.c.position).where(*ours)
        keys: BindParameter[Any] = bindparam("of_keys", expanding=True)
        self.neighbour = Prepared(select(table.c.position).where(*this))
        self.neighbours = self.positions.where(table.c.key.in_(keys))
        self.delete = Prepared(delete(table).where(*this))
        self._update = update(table).where(*this)
        self._updates: dict[tuple[str, ...], Prepared] = {}

    def updating(self, columns: tuple[str, ...]) -> Prepared:
        """Give the statement that changes these columns of a row."""
        if columns not in self._updates:
            self._updates[columns] = Prepared(self._update, *columns)
        return self._updates[columns]


_KINDS: dict[ItemKind, _Kind] = {
    "source": _Kind(SOURCE, rows.source_values, "map_id"),
    "claim": _Kind(CLAIM, rows.claim_values, "map_id"),
    "relation": _Kind(RELATION, rows.relation_values, "map_id"),
}
_PASSAGES = _Kind(PASSAGE, rows.passage_values, "map_id", "source")


def rewrite(
    connection: Connection,
    map_id: int,
    before: Map,
    after: Map,
    touched: Iterable[Item],
    revs: Revs,
) -> None:
    """Write the rows of all *touched* items of a map, and their words in the index.

    *revs* has the revision that last changed each item that is there afterwards.
    """
    keys: dict[str, set[str]] = defaultdict(set)
    for kind, key in touched:
        keys[kind].add(key)
    for kind, how in _KINDS.items():
        if keys[kind]:
            old, new = by_key(before, kind), by_key(after, kind)
            reworded = set(search.outdated(kind, old, new, keys[kind]))
            there = _in_order(old, reworded)
            search.forget(connection, kind, map_id, there)
            of = {key: revs[kind, key] for key in keys[kind] if key in new}
            of_map = _Rows(connection, how, {"map_id": map_id}, of)
            of_map.bring(old, new, keys[kind])
            here = {key: new[key] for key in _in_order(new, reworded)}
            search.learn(connection, kind, map_id, here)
    for source, names in _by_source(keys["passage"]).items():
        if source in after.sources:  # otherwise its rows have gone with its own
            owner = {"map_id": map_id, "source": source}
            was, there_are = _passages(before, source), _passages(after, source)
            of = {
                name: revs["passage", f"{source}/{name}"]
                for name in names & there_are.keys()
            }
            _Rows(connection, _PASSAGES, owner, of).bring(was, there_are, names)


def _in_order(items: Mapping[str, object], keys: AbstractSet[str]) -> list[str]:
    """List which of the keys are there: many in the order of the items.

    That of their rows, for the most part: any other keeps the index of words busy.
    """
    if len(keys) < NEIGHBOURS:
        return sorted(key for key in keys if key in items)
    return [key for key in items if key in keys]


def _by_source(paths: Iterable[str]) -> dict[str, set[str]]:
    names: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        source, _, name = path.partition("/")
        names[source].add(name)
    return names


def _passages(map_: Map, source: str) -> dict[str, Passage]:
    if source not in map_.sources:
        return {}
    return {passage.key: passage for passage in map_.sources[source].passages}


class _Rows:
    """The rows of one kind that have one owner, and the revisions they are to have."""

    def __init__(
        self,
        connection: Connection,
        kind: _Kind,
        owner: Values,
        revs: Mapping[str, int],
    ) -> None:
        self._connection, self._kind = connection, kind
        self._owner, self._revs = owner, revs
        self._ours = {f"of_{name}": value for name, value in owner.items()}

    def bring(
        self,
        old: Mapping[str, object],
        new: Mapping[str, object],
        touched: AbstractSet[str],
    ) -> None:
        """Write what was touched on the way from *old* to *new*."""
        self._delete([key for key in touched if key in old and key not in new])
        positions = self._place(old, new, touched)
        changed: dict[str, Values] = {}
        for key in sorted(key for key in touched if key in new and key in old):
            values, was = self._kind.values(new[key]), self._kind.values(old[key])
            values = {name: v for name, v in values.items() if v != was[name]}
            changed[key] = values | {"rev": self._revs[key]}
        added: list[Values] = []
        for key, position in positions.items():
            place = {"position": position}
            if key in old:
                changed.setdefault(key, {}).update(place)
            else:
                own = {"rev": self._revs[key]}
                added.append(self._kind.values(new[key]) | place | own)
        insert_rows(self._connection, self._kind.table.name, added, self._owner)
        self._update(changed)

    def _place(
        self,
        old: Mapping[str, object],
        new: Mapping[str, object],
        touched: AbstractSet[str],
    ) -> dict[str, int]:
        """Give positions to what is new or was moved; to all where there is no room."""
        stretches = _stretches(old, new, touched)
        around = {key for run in stretches for key in (run.after, run.before) if key}
        there = self._positions(around)
        found: dict[str, int] = {}
        for run in stretches:
            positions = between(run, there)
            if positions is None:
                return afresh(new)
            found |= positions
        return found

    def _positions(self, keys: AbstractSet[str]) -> dict[str, int]:
        if not keys:
            return {}
        if len(keys) == 1:
            (key,) = keys
            named = self._ours | {"of_key": key}
            ((position,),) = self._kind.neighbour.run(self._connection, named)
            return {key: position}
        query, wanted = self._kind.positions, self._ours
        if len(keys) <= NEIGHBOURS:
            query, wanted = self._kind.neighbours, wanted | {"of_keys": list(keys)}
        found = self._connection.execute(query, wanted)
        return {row.key: row.position for row in found}

    def _delete(self, keys: list[str]) -> None:
        if keys:
            parameters = [self._ours | {"of_key": key} for key in keys]
            self._kind.delete.run_all(self._connection, parameters)

    def _update(self, changed: Mapping[str, Values]) -> None:
        # One statement for all rows in which the same columns change.
        alike: dict[tuple[str, ...], list[Values]] = defaultdict(list)
        for key, values in changed.items():
            alike[tuple(values)].append(self._ours | values | {"of_key": key})
        for columns, parameters in alike.items():
            self._kind.updating(columns).run_all(self._connection, parameters)


def _stretches(
    old: Mapping[str, object], new: Mapping[str, object], touched: AbstractSet[str]
) -> list[Run]:
    """Find what wants a position, in its order: what is new or was moved."""
    tail = last(new, len(new) - len(old)) if len(new) > len(old) else []
    if not any(key in old for key in (*touched, *tail)):
        return [Run(next(iter(last(old, 1)), None), tail, None)] if tail else []
    before, after = list(old), list(new)
    if before == after:
        return []
    placed = touched - old.keys()
    if [key for key in after if key in old] != [key for key in before if key in new]:
        placed = touched & new.keys()
    return runs(new, placed)
