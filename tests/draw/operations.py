"""Batches of operations that a map allows."""

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from argmap.model import (
    Add,
    Claim,
    Map,
    Move,
    NewPassage,
    Operation,
    PassagePath,
    Remove,
    Replace,
    Source,
    change,
    item,
    uses,
)
from draw.maps import relation_of, spans_in
from draw.parts import Draw, booleans, data, maybe_scores, maybe_texts, scores, texts


@st.composite
def operations(
    draw: Draw[Any], map: Map, *, most: int = 8, first: int = 0
) -> list[Operation]:
    """Draw a batch that a map allows, names and cascades included.

    What it adds is numbered from *first* on: past what an earlier batch may have added.
    """
    batch: list[Operation] = []
    names: dict[str, str] = {}
    for index in range(first, first + draw(st.integers(0, most))):
        operation = draw(st.sampled_from(_STEPS))(draw, map, index)
        if operation is None:
            continue
        done = change(map, [operation])
        map = done.map
        if isinstance(operation, Add):
            kind, given = item(operation)
            _, new = item(done.operations[0])
            if given.key != new.key:
                names[new.key] = f"$n{index}"
                operation = replace(operation, **{kind: replace(given, key=new.key)})
        batch.append(_by_name(operation, names))
    return batch


def _add_claim(draw: Draw[Any], map: Map, index: int) -> Operation:
    key = draw(st.sampled_from(["", f"x{index}"]))
    claim = Claim(key=key, text=draw(texts), base_score=draw(maybe_scores))
    return Add(claim=claim, before=_any(draw, map.claims))


def _add_relation(draw: Draw[Any], map: Map, index: int) -> Operation | None:
    if len(map.claims) < 2:
        return None
    key = draw(st.sampled_from(["", f"y{index}"]))
    relation = relation_of(draw, key, list(map.claims), list(map.relations))
    return Add(relation=relation, before=_any(draw, map.relations))


def _add_source(draw: Draw[Any], map: Map, index: int) -> Operation:
    source = Source(key=f"t{index}", title=draw(texts), text=draw(maybe_texts))
    return Add(source=source, before=_any(draw, map.sources))


def _add_passage(draw: Draw[Any], map: Map, index: int) -> Operation | None:
    roomy = [s for s in map.sources.values() if s.text is None or len(s.text) > 1]
    if not roomy:
        return None
    source = draw(st.sampled_from(roomy))
    spans = spans_in(draw, source.text)
    passage = NewPassage(key=f"q{index}", source=source.key, spans=spans)
    return Add(passage=passage, before=_any(draw, [p.key for p in source.passages]))


def _replace(draw: Draw[Any], map: Map, _: int) -> Operation | None:
    match _one(draw, map):
        case ("source", key):
            return Replace(source=key, set={"title": draw(texts), "data": draw(data)})
        case ("claim", key):
            text, score = draw(texts), draw(maybe_scores)
            return Replace(claim=key, set={"text": text, "base_score": score})
        case ("relation", key):
            weight = draw(scores)
            return Replace(relation=key, set={"weight": weight, "passages": []})
    return None


def _replace_header(draw: Draw[Any], map: Map, _: int) -> Operation:
    targets = [key for key in map.claims if draw(booleans)]
    new = draw(st.sampled_from([{"title": draw(texts)}, {"targets": targets}]))
    return Replace(map=map.key, set=new)


def _remove(draw: Draw[Any], map: Map, _: int) -> Operation | None:
    one = _one(draw, map)
    return one and Remove(**{one[0]: one[1]}, cascade=True)


def _change_passage(draw: Draw[Any], map: Map, _: int) -> Operation | None:
    paths = [(s, p.key) for s in map.sources.values() for p in s.passages]
    if not paths:
        return None
    source, key = draw(st.sampled_from(paths))
    path = PassagePath(source=source.key, passage=key)
    match draw(st.sampled_from(["remove", "move", "replace"])):
        case "remove":
            return Remove(passage=path, cascade=True)
        case "move":
            return Move(
                passage=path, before=_any(draw, [p.key for p in source.passages])
            )
    spans = [{"start": s.start, "end": s.end} for s in spans_in(draw, source.text)]
    return Replace(passage=path, set={"spans": spans, "page": 3})


def _move(draw: Draw[Any], map: Map, _: int) -> Operation | None:
    one = _one(draw, map)
    if one is None:
        return None
    before = _any(draw, getattr(map, f"{one[0]}s"))
    return Move(**{one[0]: one[1]}, before=before)


def _one(draw: Draw[Any], map: Map) -> tuple[str, str] | None:
    """Draw an item that is not the map itself, if there is one."""
    shelves = {"claim": map.claims, "relation": map.relations, "source": map.sources}
    kinds = [kind for kind, shelf in shelves.items() if shelf]
    if not kinds:
        return None
    kind = draw(st.sampled_from(kinds))
    return kind, draw(st.sampled_from(list(shelves[kind])))


_STEPS = (
    _add_claim,
    _add_relation,
    _add_source,
    _add_passage,
    _add_passage,
    _change_passage,
    _change_passage,
    _replace,
    _replace_header,
    _remove,
    _move,
)


def _any(draw: Draw[Any], keys: Iterable[str]) -> str | None:
    """Draw what to stand before: a key, or nothing."""
    key: str | None = draw(st.sampled_from([None, *keys]))
    return key


def _by_name(operation: Operation, names: dict[str, str]) -> Operation:
    """Let an operation refer to what the batch adds by the name it has there."""

    def name(key: str) -> str:
        return names.get(key, key)

    kind, named = item(operation)
    members: dict[str, Any] = {}
    if isinstance(named, str):
        members[kind] = name(named)
    elif isinstance(operation, Add):
        members[kind] = replace(uses.renamed(named, name), key=name(named.key))
    if isinstance(operation, Add | Move) and operation.before:
        members["before"] = name(operation.before)
    if isinstance(operation, Replace) and "targets" in operation.set:
        members["set"] = {"targets": [name(key) for key in operation.set["targets"]]}
    return replace(operation, **members)
