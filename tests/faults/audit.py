"""What must hold of a database after whatever has been done to its server."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from argmap.errors import NotFound
from argmap.model import Add, Map, apply, invert, write
from argmap.model.words import query
from argmap.settings import Settings
from argmap.store import ChangeSet, Snapshot, Store, Wanted
from argmap.store.checking import check
from argmap.store.sqlite import SqliteFile
from faults.editors import IMPORTED, Promise, Wish, word

ALL = 1_000_000  # change sets, or claims


def complaints(
    store: Store, promises: Sequence[Promise], wishes: Sequence[Wish]
) -> list[str]:
    """List what was promised and is not there, and what is there and should not be.

    No promise may be lost, its answer neither; no wish may be granted twice or in part,
    and no revision be made that nobody wished for. The history of a map has to lead to
    what the map is, and all its words to be found.
    """
    wished = {wish.key: wish for wish in wishes}
    found = [*_lost_answers(store, promises)]
    for map in dict.fromkeys(promise.wish.map for promise in promises):
        of_map = [promise for promise in promises if promise.wish.map == map]
        try:
            snapshot, entries = store.snapshot(map), store.history(map, 0, ALL)
        except NotFound:
            found.append(f"lost: the map {map}")
            continue
        if map == of_map[0].wish.key:  # nobody has changed what was imported
            found += _torn_import(snapshot, entries)
        else:
            found += _lost(of_map, entries)
            found += _unwished(entries, wished)
            found += _torn(snapshot, entries)
        found += _unheard(store, snapshot, of_map[-1])
    return found


def _lost_answers(store: Store, promises: Sequence[Promise]) -> Iterator[str]:
    with store._reader() as connection:
        rows = connection.exec_driver_sql("SELECT key, body FROM receipt").all()
    kept = {key: bytes(body) for key, body in rows}
    for wish, answer in promises:
        if kept.get(wish.key) != answer.body:
            yield f"lost: the answer to {wish.key}"


def _lost(promises: Sequence[Promise], entries: Sequence[ChangeSet]) -> Iterator[str]:
    made = {entry.revision: entry for entry in entries}
    for promise in promises:
        wish, entry = promise.wish, made.get(promise.revision)
        if entry is None or _name(entry) != wish.key:
            yield f"lost: {wish.key}, promised as revision {promise.revision}"


def _torn_import(snapshot: Snapshot, entries: Sequence[ChangeSet]) -> Iterator[str]:
    sizes = [len(entry.operations) for entry in entries]
    if len(snapshot.map.claims) != IMPORTED or len(sizes) != 1 or sizes[0] < IMPORTED:
        yield f"torn: the import {snapshot.map.key}"


def _unwished(
    entries: Sequence[ChangeSet], wished: Mapping[str, Wish]
) -> Iterator[str]:
    names = Counter(_name(entry) for entry in entries[1:])
    yield from (f"twice: {name}" for name, times in names.items() if times > 1)
    for entry in entries[1:]:
        wish = wished.get(_name(entry))
        if wish is None:
            yield f"unwished: revision {entry.revision}, {_name(entry)!r}"
        elif len(entry.operations) != wish.operations:
            yield f"torn: {wish.key} has {len(entry.operations)} operations"


def _torn(snapshot: Snapshot, entries: Sequence[ChangeSet]) -> Iterator[str]:
    map = snapshot.map
    if [entry.revision for entry in entries] != [*range(1, snapshot.revision + 1)]:
        yield f"torn: the history of {map.key} has gaps"
    operations = [each for entry in entries for each in entry.operations]
    if write(apply(Map(key=map.key), operations)) != write(map):
        yield f"torn: the history of {map.key} does not lead to it"


def _unheard(store: Store, snapshot: Snapshot, promise: Promise) -> Iterator[str]:
    key = promise.wish.key
    words = word(key) if key in snapshot.map.claims else key
    wanted = Wanted(query=query(words), map=snapshot.map.key)
    texts = [claim.text for claim in snapshot.map.claims.values()]
    found = len(store.search_claims(wanted, 0, ALL))
    if found != sum(words in text for text in texts):
        yield f"lost: the words of {key}, found {found} times"


def _name(entry: ChangeSet) -> str:
    """Say which wish made a change set: by its message, or by the claim it adds."""
    first = entry.operations[0] if entry.operations else None
    if entry.message or not (isinstance(first, Add) and first.claim):
        return entry.message
    return str(first.claim.key)


def undone(store: Store, map: str) -> Map:
    """Take back the whole history of a map, the newest first."""
    state, inverses = Map(key=map), []
    for entry in store.history(map, 0, ALL):
        inverses.append(invert(state, entry.operations))
        state = apply(state, entry.operations)
    for inverse in reversed(inverses):
        state = apply(state, inverse)
    return state


def damages(settings: Settings) -> list[str]:
    """List what is wrong with a database that no server has open."""
    found = check(settings)
    if settings.database_url.startswith("sqlite:"):
        with sqlite3.connect(SqliteFile.at(settings.database_url).path) as shell:
            for index in ("claim_words", "source_words"):
                command = f"INSERT INTO {index}({index}) VALUES('integrity-check')"
                try:
                    shell.execute(command)
                except sqlite3.DatabaseError as error:
                    found.append(f"{index}: {error}")
        shell.close()
    return found
