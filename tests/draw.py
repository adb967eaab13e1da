"""Hypothesis strategies: whole maps, and operations that can be done to them."""

import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from hypothesis import strategies as st
from msgspec.structs import replace

from argmap.model import (
    Add,
    Asks,
    Author,
    Claim,
    Map,
    Move,
    NewPassage,
    Operation,
    Passage,
    PassagePath,
    PassageReference,
    Relation,
    Remove,
    Replace,
    Scheme,
    Source,
    Span,
    Target,
    change,
    item,
    uses,
)
from argmap.model.limits import LARGEST_INTEGER
from argmap.model.passages import measured

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[T]], T]

_CHARACTERS = st.characters(
    exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n"
)
_WORDS = st.sampled_from(
    ["Trams are quiet.", "Trams cost much.", "Élan – 夏, ja?", "a"]
)

texts = _WORDS | st.text(_CHARACTERS, min_size=1, max_size=20).map(
    lambda text: unicodedata.normalize("NFC", text)
).filter(str.strip)
"""Texts that a map may hold, in normal form; often one that another item has."""

scores = st.sampled_from([0.0, 0.5, 1.0]) | st.floats(0, 1, allow_subnormal=False)
"""Numbers in [0, 1], the ends and the middle often."""

_names = st.text(_CHARACTERS, max_size=5)
_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _names,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(_names, inner, max_size=2)
    ),
    max_leaves=3,
)

data = st.just({}) | st.dictionaries(_names, _json, max_size=2)
"""Free data: what JSON can hold."""

_booleans = st.booleans()
_rarely = st.sampled_from([False, False, False, True])
_maybe_scores = st.none() | scores
_maybe_texts = st.none() | texts
_some_texts = st.lists(texts, max_size=2).map(tuple)
_weights = st.just(1.0) | scores
_to_claim = st.sampled_from(["rebut", "support", "support", "rephrase"])
_to_relation = st.sampled_from(["undercut", "support"])


@st.composite
def maps(draw: Draw[Any], *, largest: int = 7) -> Map:
    """Draw a valid map: cycles, linked premises, undercuts of undercuts, sources."""
    keys = [f"c{index}" for index in range(draw(st.integers(0, largest)))]
    relations: dict[str, Relation] = {}
    for index in range(draw(st.integers(0, largest + 3)) if len(keys) > 1 else 0):
        key = f"r{index}"
        relations[key] = _relation(draw, key, keys, list(relations))
    return _filled(draw, keys, relations)


@st.composite
def acyclic_maps(draw: Draw[Any], *, largest: int = 7) -> Map:
    """Draw a valid map in which no claim bears on itself, over whatever relations."""
    keys = [f"c{index}" for index in range(draw(st.integers(0, largest)))]
    relations: dict[str, Relation] = {}
    ends: dict[str, int] = {}  # of each relation, the claim that it bears on at last
    for index in range(draw(st.integers(0, largest + 3)) if len(keys) > 1 else 0):
        key = f"r{index}"
        end = draw(st.integers(1, len(keys) - 1))
        targets = [name for name in relations if ends[name] == end]
        relations[key] = _relation(draw, key, keys[: end + 1], targets, keys[end])
        ends[key] = end
    return _filled(draw, keys, relations)


@st.composite
def operations(draw: Draw[Any], map: Map, *, most: int = 8) -> list[Operation]:
    """Draw a batch that a map allows, names and cascades included."""
    batch: list[Operation] = []
    names: dict[str, str] = {}
    for index in range(draw(st.integers(0, most))):
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


def renamed(map: Map) -> tuple[Map, dict[str, str]]:
    """Give every claim another key, so that they sort the other way round."""
    names = {key: f"n{len(map.claims) - i:05}" for i, key in enumerate(map.claims)}

    def relation(old: Relation) -> Relation:
        claim = old.target.claim
        target = old.target if claim is None else Target(claim=names[claim])
        premises = tuple(names[premise] for premise in old.premises)
        return replace(old, premises=premises, target=target)

    new = replace(
        map,
        targets=tuple(names[target] for target in map.targets),
        claims={names[k]: replace(c, key=names[k]) for k, c in map.claims.items()},
        relations={key: relation(old) for key, old in map.relations.items()},
    )
    return new, names


def _relation(
    draw: Draw[Any],
    key: str,
    claims: list[str],
    relations: list[str],
    end: str | None = None,
) -> Relation:
    """Draw a relation to *end*, to any other claim or to one of the relations."""
    claim = draw(st.sampled_from(claims)) if end is None else end
    others = [name for name in claims if name != claim]
    premises = [draw(st.sampled_from(others))]
    if len(others) > 1 and draw(_rarely):
        premises = draw(st.permutations(others))[: draw(st.integers(2, 3))]
    if relations and draw(_booleans):
        kind, target = (
            draw(_to_relation),
            Target(relation=draw(st.sampled_from(relations))),
        )
    else:
        kind, target = draw(_to_claim), Target(claim=claim)
    weight = draw(_weights)
    return Relation(
        key=key, kind=kind, premises=tuple(premises), target=target, weight=weight
    )


def _filled(draw: Draw[Any], keys: list[str], relations: dict[str, Relation]) -> Map:
    """Draw what is not structure, and an order in which neither kind was made."""
    is_rich = draw(_booleans)
    sources = _sources(draw) if is_rich else {}
    passages = [(s.key, p.key) for s in sources.values() for p in s.passages]
    claims = {}
    for key in draw(st.permutations(keys)):
        claim = Claim(key=key, text=draw(_WORDS), base_score=draw(_maybe_scores))
        claims[key] = claim
        if is_rich and draw(_rarely):
            claims[key] = _rich_claim(draw, claim, passages)
    names = draw(st.permutations(list(relations)))
    relations = {key: relations[key] for key in names}
    for key in names if is_rich else ():
        if draw(_rarely):
            relations[key] = _rich_relation(draw, relations[key], passages, names)
    return Map(
        key="m",
        title=draw(st.just("") | texts) if is_rich else "",
        language=draw(st.sampled_from([None, "en"])),
        targets=tuple(draw(st.lists(st.sampled_from(keys), max_size=2, unique=True)))
        if keys
        else (),
        sources=sources,
        claims=claims,
        relations=relations,
        data=draw(data) if is_rich else {},
        residue={"argdown": draw(data)} if is_rich else {},
    )


def _rich_claim(
    draw: Draw[Any], claim: Claim, passages: list[tuple[str, str]]
) -> Claim:
    return replace(
        claim,
        text=draw(texts),
        wordings=draw(_some_texts),
        kind=draw(st.sampled_from(["claim", "fact", "policy"])),
        speaker=draw(_maybe_texts),
        tags=draw(_some_texts),
        implicit=draw(_booleans),
        passages=_references(draw, passages),
        data=draw(data),
        residue=draw(data),
    )


def _rich_relation(
    draw: Draw[Any],
    relation: Relation,
    passages: list[tuple[str, str]],
    others: list[str],
) -> Relation:
    asks = Asks(relation=draw(st.sampled_from(others)), question=draw(texts))
    return replace(
        relation,
        scheme=draw(st.sampled_from([None, Scheme(name="expert opinion")])),
        asks=draw(st.sampled_from([None, asks])),
        passages=_references(draw, passages),
        data=draw(data),
    )


def _references(
    draw: Draw[Any], passages: list[tuple[str, str]]
) -> tuple[PassageReference, ...]:
    if not passages:
        return ()
    return tuple(
        PassageReference(
            source=source,
            passage=passage,
            stance=draw(st.sampled_from(["asserts", "rejects"])),
        )
        for source, passage in draw(st.lists(st.sampled_from(passages), max_size=2))
    )


def _sources(draw: Draw[Any]) -> dict[str, Source]:
    sources = {}
    for index in range(draw(st.integers(0, 3))):
        key = f"s{index}"
        text = draw(_maybe_texts)
        passages = tuple(
            Passage(key=f"p{number}", spans=_spans(draw, text))
            for number in range(draw(st.integers(0, 3)))
        )
        source = Source(
            key=key,
            title=draw(texts),
            authors=(Author(name="Ada"),) if draw(_booleans) else (),
            credibility=draw(_maybe_scores),
            text=text,
            passages=passages,
        )
        sources[key] = measured(source)
    return sources


def _spans(draw: Draw[Any], text: str | None) -> tuple[Span, ...]:
    length = 50 if text is None else len(text)
    ends = st.lists(st.integers(0, length), min_size=2, max_size=4, unique=True)
    bounds = sorted(draw(ends))
    pairs = zip(bounds[::2], bounds[1::2], strict=False)
    return tuple(Span(start=start, end=end) for start, end in pairs)


def _add_claim(draw: Draw[Any], map: Map, index: int) -> Operation:
    key = draw(st.sampled_from(["", f"x{index}"]))
    claim = Claim(key=key, text=draw(texts), base_score=draw(_maybe_scores))
    return Add(claim=claim, before=_any(draw, map.claims))


def _add_relation(draw: Draw[Any], map: Map, index: int) -> Operation | None:
    if len(map.claims) < 2:
        return None
    key = draw(st.sampled_from(["", f"y{index}"]))
    relation = _relation(draw, key, list(map.claims), list(map.relations))
    return Add(relation=relation, before=_any(draw, map.relations))


def _add_source(draw: Draw[Any], map: Map, index: int) -> Operation:
    source = Source(key=f"t{index}", title=draw(texts), text=draw(_maybe_texts))
    return Add(source=source, before=_any(draw, map.sources))


def _add_passage(draw: Draw[Any], map: Map, index: int) -> Operation | None:
    roomy = [s for s in map.sources.values() if s.text is None or len(s.text) > 1]
    if not roomy:
        return None
    source = draw(st.sampled_from(roomy))
    spans = _spans(draw, source.text)
    passage = NewPassage(key=f"q{index}", source=source.key, spans=spans)
    return Add(passage=passage, before=_any(draw, [p.key for p in source.passages]))


def _replace(draw: Draw[Any], map: Map, _: int) -> Operation | None:
    match _one(draw, map):
        case ("source", key):
            return Replace(source=key, set={"title": draw(texts), "data": draw(data)})
        case ("claim", key):
            text, score = draw(texts), draw(_maybe_scores)
            return Replace(claim=key, set={"text": text, "base_score": score})
        case ("relation", key):
            weight = draw(scores)
            return Replace(relation=key, set={"weight": weight, "passages": []})
    return None


def _replace_header(draw: Draw[Any], map: Map, _: int) -> Operation:
    targets = [key for key in map.claims if draw(_booleans)]
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
    spans = [{"start": s.start, "end": s.end} for s in _spans(draw, source.text)]
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
