"""A text that comes to a source: its first one, or a new edition of the document.

After a new edition the source has the new text, and each of its passages is as exact as
before, has moved with its words, or is orphaned: it keeps its spans, which are places
in the text that was. That text is read in the map as it was at an earlier revision.
"""

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import to_builtins
from msgspec.structs import replace

from argmap.model.anchors import Anchor, verify
from argmap.model.items import Passage, Source
from argmap.model.operations import Operation, PassagePath, Replace
from argmap.model.passages import digest, hashed


def taking(
    source: Source,
    text: str,
    *,
    is_edition: bool,
    pause: Callable[[], None] = lambda: None,
) -> tuple[tuple[Anchor, ...], tuple[Operation, ...]]:
    """Say how a source takes in a text, and what becomes of its passages.

    A passage of which nobody knows the words is hashed where it is, unless the text is
    a new edition: that orphans it. ``page`` and ``paragraph`` stay as they were. For
    what it costs see `argmap.model.anchors.verify`, which also calls *pause*.

    Returns:
        An anchor for each passage, and the operations. The source's own is the last:
        so no passage is hashed in a text that is not its own when they are undone.

    >>> old = Source(key="council", title="Minutes", text="Trams are quiet.")
    >>> _, operations = taking(old, "Trams are very quiet.", is_edition=True)
    >>> operations[0].set["length"]
    21
    """
    passages = tuple(hashed(passage, source.text) for passage in source.passages)
    known = replace(source, passages=passages)
    anchors: list[Anchor] = []
    operations: list[Operation] = []
    found = zip(source.passages, passages, verify(known, text, pause), strict=True)
    for old, passage, anchor in found:
        if anchor.status == "unverified":
            passage, anchor = _judged(passage, anchor, text, is_edition=is_edition)
        anchors.append(anchor)
        if changes := dict(_changes(old, _placed(passage, anchor))):
            path = PassagePath(source=source.key, passage=old.key)
            operations.append(Replace(passage=path, set=changes))
    values = {"text": text, "sha256": digest(text), "length": len(text)}
    return tuple(anchors), (*operations, Replace(source=source.key, set=values))


def _judged(
    passage: Passage, anchor: Anchor, text: str, *, is_edition: bool
) -> tuple[Passage, Anchor]:
    """Say what becomes of a passage whose words nobody knows."""
    if is_edition:
        return passage, replace(anchor, status="orphaned")
    exact = replace(anchor, status="exact", spans=passage.spans)
    return hashed(passage, text), exact


def _placed(passage: Passage, anchor: Anchor) -> Passage:
    if anchor.status == "orphaned":
        return replace(passage, orphaned=True)
    return replace(passage, orphaned=False, spans=anchor.spans)


def _changes(old: Passage, new: Passage) -> Iterator[tuple[str, Any]]:
    if (old.spans, old.sha256, old.orphaned) != (new.spans, new.sha256, new.orphaned):
        for name in ("spans", "sha256", "orphaned"):
            yield name, to_builtins(getattr(new, name))
