"""Debate rounds: begun, played move by move, judged; and adopted into the map."""

from collections.abc import Callable, Sequence
from dataclasses import replace as changed
from hashlib import sha256
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from argmap.debate.flow import Flow, flow
from argmap.debate.flow_markdown import flow_markdown
from argmap.debate.round_formats import RoundFormat, Speeches, checked, round_formats
from argmap.debate.rounds import (
    adopted,
    adoption,
    made_move,
    play,
    start,
    take_back,
)
from argmap.debate.sheet import MadeMove, Round, RoundMove
from argmap.errors import (
    AlreadyExists,
    NotFound,
    PreconditionRequired,
    Stale,
)
from argmap.model import item
from argmap.plugin.trials import require_verdicts
from argmap.service import pages
from argmap.service.desk import Desk
from argmap.service.evaluations import Asked, asked
from argmap.service.items import ANY, Tags, condition
from argmap.service.naming import names
from argmap.service.views import View, view
from argmap.store import Change, RoundDone, RoundWrite, Snapshot, Write

Form = Literal["json", "markdown"]


class Rounds(Struct, frozen=True, kw_only=True):
    """Rounds of a map by key, its revision, and where to go on.

    ``count`` says how many there are, if that was asked.
    """

    items: tuple[Round, ...]
    revision: int
    next: str | None
    count: int | None = None


class Kept(Struct, frozen=True, kw_only=True):
    """A round as it is now, its map's revision, and the move that was made, if any."""

    round: Round
    revision: int
    move: MadeMove | None = None


async def page(
    desk: Desk, map: str, cursor: str | None, limit: int, *, count: bool = False
) -> Rounds:
    """List the rounds of a map, and *count* them if that is wanted.

    Raises:
        Malformed: *cursor* is none of this list.
        NotFound: There is no such map.
    """
    snapshot = await desk.snapshot(map)
    name = f"rounds {map}"
    after = pages.after(name, cursor, "")
    found = await desk.run(desk.store.list_rounds, snapshot, after, limit + 1)
    shown = tuple(found[:limit])
    return Rounds(
        items=shown,
        revision=snapshot.revision,
        next=pages.cursor(name, shown[-1].key) if len(found) > limit else None,
        count=await desk.run(desk.store.count_rounds, snapshot) if count else None,
    )


async def read(desk: Desk, map: str, key: str) -> Kept:
    """Give a round.

    Raises:
        NotFound: There is no such map or round.
    """
    snapshot = await desk.snapshot(map)
    round = await _round(desk, snapshot, key)
    return Kept(round=round, revision=snapshot.revision)


async def read_move(desk: Desk, map: str, key: str, number: str) -> Kept:
    """Give one move of a round.

    Raises:
        NotFound: There is no such map, round or move.
    """
    kept = await read(desk, map, key)
    return replace(kept, move=made_move(kept.round, number))


async def begin(
    desk: Desk,
    map: str,
    *,
    format: str,
    key: str | None = None,
    speeches: Speeches | None = None,
    targets: Sequence[str] = (),
    rule: str | None = None,
) -> Kept:
    """Begin a round; with *speeches* in a format of one's own, called *format*.

    Without a key it gets one made of its format.

    Raises:
        AlreadyExists: There is a round of that key.
        InvalidMap, Malformed: There is no such claim, or none is named and the map has
            no targets; or two speeches are called alike.
        InvalidParameters: The rule only ranks.
        NotFound: There is no such map, format or rule.
    """
    chosen = asked(desk, rule).rule
    require_verdicts(chosen)
    of_format = _format(format, speeches)
    snapshot = await desk.snapshot(map)

    def is_taken(key: str) -> bool:
        return desk.store.find_round(snapshot, key) is not None

    tries = names(format, is_taken, fallback="round")
    while True:
        named = await desk.run(tries.__next__) if key is None else key

        def act(snapshot: Snapshot, _: Round | None, __: Change) -> Round:
            return start(snapshot.map, named, of_format, chosen.name, targets)  # noqa: B023

        write = RoundWrite(map=map, key=named, act=act, create=True)
        try:
            return await desk.write_round(write, _kept)
        except AlreadyExists:
            if key is not None:
                raise


async def remove(desk: Desk, map: str, key: str, tags: Tags) -> None:
    """Delete a round.

    Raises:
        NotFound: There is no such map or round.
        PreconditionRequired: There are no tags.
        Stale: None of the tags holds.
    """

    def act(_: Snapshot, round: Round | None, __: Change) -> None:
        _require(_there(round), tags)

    await desk.write_round(RoundWrite(map=map, key=key, act=act), lambda done: done)


async def move(desk: Desk, map: str, key: str, wanted: RoundMove) -> Kept:
    """Make a move.

    Raises:
        BadMove: The round does not allow it.
        InvalidMap: There is no such speech, relation or claim, or a text is none.
        NotFound: There is no such map or round.
    """

    def act(snapshot: Snapshot, round: Round | None, _: Change) -> Round:
        return play(_there(round), snapshot.map, wanted)

    def last(done: RoundDone) -> Kept:
        kept = _kept(done)
        return replace(kept, move=kept.round.moves[-1])

    return await desk.write_round(RoundWrite(map=map, key=key, act=act), last)


async def undo(desk: Desk, map: str, key: str, tags: Tags) -> Kept:
    """Take the last move back.

    Raises:
        NotFound: There is no such map or round, or no move.
        PreconditionRequired: There are no tags.
        Stale: None of the tags holds.
    """

    def act(_: Snapshot, round: Round | None, __: Change) -> Round:
        return take_back(_require(_there(round), tags))

    return await desk.write_round(RoundWrite(map=map, key=key, act=act), _kept)


async def adopt(desk: Desk, map: str, key: str, number: str) -> Kept:
    """Put a move's own text into the map, and let the move refer to it there.

    Map and round change in one transaction.

    Raises:
        AlreadySaid: It is there.
        BadMove: It has no text, or is about something that is not in the map.
        InvalidMap: The map cannot take it.
        NotFound: There is no such map, round or move.
    """

    def then(done: RoundDone) -> Kept:
        kept = _kept(done)
        return replace(kept, move=made_move(kept.round, number))

    write = RoundWrite(map=map, key=key, act=adopting(key, number))
    return await desk.write_round(write, then)


def adopting(
    key: str, number: str
) -> Callable[[Snapshot, Round | None, Change], Round]:
    """Make what adopts a move of a round: see `adopt`."""

    def act(snapshot: Snapshot, round: Round | None, change: Change) -> Round:
        before = _there(round)
        operations = adoption(before, snapshot.map, number)
        message = f"adopted from round {key}: {number}"
        write = Write(map=snapshot.map.key, operations=operations, message=message)
        done = change(write)
        _, *relations = (item(each)[1].key for each in done.change.operations)
        return adopted(before, number, relations)

    return act


async def flow_of(
    desk: Desk,
    map: str,
    key: str,
    choose: Callable[[str], Asked],
    after: str | None,
    form: Form,
) -> View:
    """View the flow of a round at the end of a speech, or as it is now.

    *choose* gives a rule with what is chosen of it, if that of the round is named.

    Raises:
        InvalidMap: There is no such speech.
        InvalidParameters: The rule only ranks.
        NotFound: There is no such map, round or rule.
        PluginFault: The rule failed.
        TooSlow: It takes longer than the settings allow.
    """
    snapshot = await desk.snapshot(map)
    round = await _round(desk, snapshot, key)
    chosen = choose(round.rule)
    require_verdicts(chosen.rule)
    if after is not None:
        round.speech(after, "/after")

    def make() -> bytes:
        found = _judged(snapshot, round, chosen, after)
        if form == "markdown":
            return flow_markdown(found).encode()
        return msgspec.json.encode(found)

    state = sha256(msgspec.json.encode(round)).hexdigest()[:16]
    seen = view(desk, snapshot, ("flow", state, after, form, *chosen.key), make,
                chosen.rule)  # fmt: skip
    return changed(seen, etag=f'{seen.etag[:-1]}-{state}"')


def _judged(snapshot: Snapshot, round: Round, chosen: Asked, after: str | None) -> Flow:
    return flow(
        round,
        snapshot.map,
        chosen.rule,
        chosen.parameters,
        chosen.options,
        after=after,
        revision=snapshot.revision,
    )


def _format(name: str, speeches: Speeches | None) -> RoundFormat:
    if speeches is not None:
        return checked(RoundFormat(name=name, speeches=speeches))
    if name not in round_formats():
        raise NotFound("round format", name)
    return round_formats()[name]


async def _round(desk: Desk, snapshot: Snapshot, key: str) -> Round:
    found = await desk.run(desk.store.find_round, snapshot, key)
    if found is None:
        raise NotFound("round", key)
    return found


def _there(round: Round | None) -> Round:
    assert round is not None  # the store has looked
    return round


def _require(round: Round, tags: Tags) -> Round:
    if tags is None:
        raise PreconditionRequired("round", round.key)
    sent = condition(tags, round.revision)
    if sent not in (ANY, current := f"r{round.revision}"):
        raise Stale("round", round.key, sent, current)
    return round


def _kept(done: RoundDone) -> Kept:
    return Kept(round=_there(done.round), revision=done.snapshot.revision)
