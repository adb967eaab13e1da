"""Sources' texts: taken in if they are the right ones; and where passages are now."""

from collections.abc import Sequence
from functools import partial

from msgspec import Struct, json
from msgspec.structs import replace

from argmap.engine import check_patience
from argmap.errors import NotFound, PreconditionRequired, Stale, WrongText
from argmap.model import Operation, Passage, Source, Span
from argmap.model.anchors import Anchor, Status, anchors_of, check
from argmap.model.anchors import verify as verified
from argmap.model.editions import taking
from argmap.model.exact import hash_of
from argmap.render.quote import Quoter
from argmap.service import items
from argmap.service.desk import Desk
from argmap.service.items import ANY, Address, Stored, Tags
from argmap.service.views import View, view
from argmap.store import Snapshot, Write


class Attached(Struct, frozen=True, kw_only=True):
    """A source that has its text, and what became of its passages."""

    stored: Stored
    anchors: tuple[Anchor, ...]


async def attach(
    desk: Desk,
    map: str,
    source: str,
    text: str,
    tags: Tags = (ANY,),
    *,
    is_edition: bool = False,
) -> Attached:
    """Give a source its text, if it is the right one to the last character.

    With *is_edition* another text than the one that is known is a new edition, which
    every passage follows as far as its words lead: see `argmap.model.editions`. The
    text that is there already is no change.

    Raises:
        InvalidMap: The text holds what no text may hold, or is too long.
        NotFound: There is no such map or source.
        PreconditionRequired: A new edition comes without tags.
        Stale: None of the tags holds.
        TooSlow: Passages are too many to be looked for by their hashes alone.
        WrongText: It is another text, and no new edition.
    """
    address = Address(map=map, kind="source", key=source)
    while True:
        snapshot = await desk.snapshot(map)
        stored = items.read(snapshot, address)
        anchors, operations = await desk.work(
            _taken, desk, snapshot.map.sources[source], text, is_edition
        )
        if not operations:
            return Attached(stored=stored, anchors=anchors)
        if is_edition and tags is None:
            raise PreconditionRequired("source", source)
        try:
            done = await _write(desk, snapshot, address, operations, tags)
        except Stale:
            if tags is not None and not {ANY, f"r{stored.rev}"} & {*tags}:
                raise
            continue  # it was right, and has just changed: once more
        return Attached(stored=done, anchors=anchors)


def _taken(
    desk: Desk, source: Source, text: str, is_edition: bool
) -> tuple[tuple[Anchor, ...], tuple[Operation, ...]]:
    with desk.limit():
        if text == source.text:
            return verified(source, pause=check_patience), ()
        if is_edition:
            # The first text of a source that nobody has ever seen is no other one.
            known = (source.text, source.sha256, source.length) != (None, None, None)
            return taking(source, text, is_edition=known, pause=check_patience)
        if source.text is not None:
            raise WrongText(source.key, "it has another one already")
        check(source, text)
        return taking(source, text, is_edition=False, pause=check_patience)


async def _write(
    desk: Desk,
    snapshot: Snapshot,
    address: Address,
    operations: Sequence[Operation],
    tags: Tags,
) -> Stored:
    """Write what was worked out on a snapshot, if the source is still as it was."""
    *passages, own = operations
    rev = snapshot.revs[("source", address.key)]
    sent = items.condition(tags or (ANY,), rev)
    pinned = replace(own, if_match=f"r{rev}" if sent == ANY else sent)
    write = Write(map=address.map, operations=(*passages, pinned))
    with items.own_pointers():
        return await desk.write(
            write,
            lambda done: replace(
                items.read(done.snapshot, address),
                is_new=snapshot.map.sources[address.key].text is None,
            ),
        )


async def text_of(
    desk: Desk, map: str, source: str, at: int | None = None
) -> tuple[str, Stored]:
    """Give the text of a source.

    Raises:
        NotFound: There is no such map, revision or source, or it has no text.
    """
    address = Address(map=map, kind="source", key=source)
    stored = items.read(await desk.snapshot(map, at), address)
    assert isinstance(stored.item, Source)
    if stored.item.text is None:
        raise NotFound("text", source)
    return stored.item.text, stored


async def detach(desk: Desk, map: str, source: str, tags: Tags) -> Stored:
    """Take its text from a source, which keeps its hash, its length and its passages.

    Raises:
        NotFound: There is no such map or source, or it has no text.
        PreconditionRequired: There are no tags.
        Stale: None of the tags holds.
    """
    await text_of(desk, map, source)
    address = Address(map=map, kind="source", key=source)
    return await items.patch(desk, address, {"text": None}, tags)


async def verify(
    desk: Desk,
    map: str,
    source: str | None = None,
    *,
    text: str | None = None,
    at: int | None = None,
) -> tuple[Anchor, ...]:
    """Say what became of the passages of a map, or of one source of it.

    *text* is another text of that one source; left out, it is the one that is stored.

    Raises:
        NotFound: There is no such map, revision or source.
    """
    snapshot = await desk.snapshot(map, at)
    return await desk.run(partial(anchors_of, snapshot.map, source, text))


async def hash_exact(
    desk: Desk,
    map: str,
    source: str,
    exact: str | Sequence[str],
    *,
    spans: Sequence[Span] | None = None,
    passage: str = "",
) -> str:
    """Hash the words of a passage, if they are those in its source's text.

    Without *spans* those of a stored *passage* count.

    Raises:
        InvalidMap: They are others; it says where they differ.
        NotFound: There is no such map, source or passage.
    """
    snapshot = await desk.snapshot(map)
    of = items.read(snapshot, Address(map=map, kind="source", key=source)).item
    if spans is None:
        address = Address(map=map, kind="passage", key=passage, source=source)
        stored = items.read(snapshot, address).item
        assert isinstance(stored, Passage)
        spans = stored.spans
    assert isinstance(of, Source)
    return await desk.run(hash_of, spans, exact, of.text)


class Quoted(Struct, frozen=True, kw_only=True):
    """A passage as people read it, and in its source's own characters and language.

    ``quote`` is one line: spans are joined by […], broken words mended and marked by ¦;
    ``before`` and ``after`` are what stands round it. ``exact`` has the characters of
    each span. All are null where nobody knows, as for an orphaned passage: an earlier
    revision of the map shows that in its own text.
    """

    key: str
    source: str
    language: str | None
    state: Status
    spans: tuple[Span, ...]
    quote: str | None = None
    before: str | None = None
    after: str | None = None
    exact: tuple[str, ...] | None = None


async def quote(
    desk: Desk,
    map: str,
    source: str,
    passage: str,
    *,
    before: int,
    after: int,
    at: int | None = None,
) -> View:
    """View a passage in its context, up to so many characters on either side.

    Raises:
        NotFound: There is no such map, revision, source or passage.
    """
    snapshot = await desk.snapshot(map, at)
    address = Address(map=map, kind="passage", key=passage, source=source)
    items.read(snapshot, address)

    def make() -> bytes:
        whole = snapshot.map.sources[source]
        return json.encode(_quoted(whole, passage, before, after))

    return view(desk, snapshot, ("quote", source, passage, before, after), make)


def _quoted(source: Source, key: str, before: int, after: int) -> Quoted:
    (passage,) = (each for each in source.passages if each.key == key)
    (anchor,) = verified(replace(source, passages=(passage,)))
    known = Quoted(
        key=key,
        source=source.key,
        language=source.language,
        state=anchor.status,
        spans=passage.spans,
    )
    text = source.text
    if text is None or passage.orphaned:
        return known
    found = Quoter(text).excerpt(passage.spans, before, after)
    return replace(
        known,
        quote=found.quote,
        before=found.before,
        after=found.after,
        exact=tuple(text[span.start : span.end] for span in passage.spans),
    )
