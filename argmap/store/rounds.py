"""Debate rounds at rest: beside a map, with a revision of their own.

A round refers to relations of its map by key and changes nothing there. It goes with
its map.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct, json
from msgspec.structs import replace
from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from argmap.debate.round_formats import RoundSpeech
from argmap.debate.sheet import MadeMove, Round
from argmap.errors import AlreadyExists, NotFound, TooLarge
from argmap.model import is_key
from argmap.store import access, callers, receipts, writing
from argmap.store.present import Identity
from argmap.store.snapshot import Committed, Receipt, Snapshot, Write
from argmap.store.tables import ROUND
from argmap.store.transaction import Transaction

ROUNDS = 10_000
"""Rounds that a map may have."""

_speeches = json.Decoder(tuple[RoundSpeech, ...]).decode
_targets = json.Decoder(tuple[str, ...]).decode
_moves = json.Decoder(tuple[MadeMove, ...]).decode

_OF_MAP = ROUND.c.map_id == bindparam("of_map")
_THIS = (_OF_MAP, ROUND.c.key == bindparam("this"))
_FIND = select(ROUND).where(*_THIS)
_COUNT = select(func.count()).select_from(ROUND).where(_OF_MAP)
_PAGE = (
    select(ROUND)
    .where(_OF_MAP, ROUND.c.key > bindparam("after"))
    .order_by(ROUND.c.key)
    .limit(bindparam("limit"))
)
_UPDATE, _DELETE = update(ROUND).where(*_THIS), delete(ROUND).where(*_THIS)

Change = Callable[[Write], Committed]
"""Changes the round's map, in the same transaction."""
Act = Callable[[Snapshot, Round | None, Change], Round | None]
"""Makes a round of what is there, in the state of its map; None takes it away."""


class RoundWrite(Struct, frozen=True, kw_only=True):
    """A change that someone wants of one round, all of it or nothing.

    With ``create`` the round must not exist, else it must. Changes of the map are by
    the caller ``by``, or by ``author``.
    """

    map: str
    key: str
    act: Act
    create: bool = False
    receipt: Receipt | None = None
    author: str | None = None
    by: callers.Act | None = None


class RoundDone(Struct, frozen=True, kw_only=True):
    """A round as it is now, None if it is gone, and its map as it is now."""

    snapshot: Snapshot
    round: Round | None


def find(connection: Connection, map_id: int, key: str) -> Round | None:
    """Read a round."""
    if not is_key(key):
        return None
    row = connection.execute(_FIND, {"of_map": map_id, "this": key}).first()
    return None if row is None else _round(row)


def page(connection: Connection, map_id: int, after: str, limit: int) -> list[Round]:
    """List the rounds of a map whose keys come after *after*, by key."""
    found = {"of_map": map_id, "after": after, "limit": limit}
    return [_round(row) for row in connection.execute(_PAGE, found)]


def count(connection: Connection, map_id: int) -> int:
    """Say how many rounds a map has."""
    return connection.execute(_COUNT, {"of_map": map_id}).scalar_one()


def perform(transaction: Transaction, wanted: RoundWrite, max_items: int) -> RoundDone:
    """Do what a write wants.

    Raises:
        AlreadyExists: A round to be created is there.
        NotFound: There is no such map or round.
        Unauthorized, Forbidden: The caller may not do it.
        TooLarge: The map would have too many rounds.
        UnderWay: A write of the same receipt has been done already.

    And what the write itself raises.
    """
    snapshot = transaction.find_snapshot(wanted.map)
    if snapshot is None:
        raise NotFound("map", wanted.map)
    access.permit(transaction, wanted.by, wanted.map, Identity.of(snapshot), "editor")
    before = find(transaction.reading, snapshot.id, wanted.key)
    if before is None and not wanted.create:
        raise NotFound("round", wanted.key)
    if before is not None and wanted.create:
        raise AlreadyExists("round", wanted.key)

    def change(write: Write) -> Committed:
        signed = replace(write, by=wanted.by, author=wanted.author)
        return writing.perform(transaction, signed, max_items)

    after = wanted.act(snapshot, before, change)
    if before is None and (size := count(transaction.reading, snapshot.id)) >= ROUNDS:
        raise TooLarge("the list of rounds", size + 1, ROUNDS)
    connection = transaction.connection
    _store(connection, snapshot.id, before, after)
    now = transaction.find_snapshot(wanted.map)
    assert now is not None
    if now is snapshot:  # else its change is in the trail
        transaction.note(wanted.by, wanted.map, None)
    done = RoundDone(snapshot=now, round=after)
    if wanted.receipt is not None:
        receipts.keep(connection, wanted.receipt, done, datetime.now(UTC))
    return done


def _store(
    connection: Connection, map_id: int, before: Round | None, after: Round | None
) -> None:
    if after is None:
        if before is not None:
            connection.execute(_DELETE, {"of_map": map_id, "this": before.key})
    elif before is None:
        connection.execute(insert(ROUND), {"map_id": map_id, **_values(after)})
    else:
        this = {"of_map": map_id, "this": before.key}
        connection.execute(_UPDATE, {**this, **_values(after)})


def _values(round: Round) -> dict[str, Any]:
    return {
        "key": round.key,
        "revision": round.revision,
        "format": round.format,
        "rule": round.rule,
        "speeches": json.encode(round.speeches).decode(),
        "targets": json.encode(round.targets).decode(),
        "moves": json.encode(round.moves).decode(),
    }


def _round(row: Row[Any]) -> Round:
    return Round(
        key=row.key,
        format=row.format,
        speeches=_speeches(row.speeches),
        targets=_targets(row.targets),
        rule=row.rule,
        moves=_moves(row.moves),
        revision=row.revision,
    )
