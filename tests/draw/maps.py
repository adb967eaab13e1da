"""Whole maps: of every kind, without cycles, and with other keys."""

from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from argmap.model import (
    Asks,
    Author,
    Claim,
    Map,
    Passage,
    PassageReference,
    Relation,
    Scheme,
    Source,
    Span,
    Target,
)
from argmap.model.passages import measured
from draw.parts import (
    Draw,
    booleans,
    data,
    maybe_scores,
    maybe_texts,
    rarely,
    some_texts,
    texts,
    to_claim,
    to_relation,
    weights,
    words,
)


@st.composite
def maps(draw: Draw[Any], *, largest: int = 7) -> Map:
    """Draw a valid map: cycles, linked premises, undercuts of undercuts, sources."""
    keys = [f"c{index}" for index in range(draw(st.integers(0, largest)))]
    relations: dict[str, Relation] = {}
    for index in range(draw(st.integers(0, largest + 3)) if len(keys) > 1 else 0):
        key = f"r{index}"
        relations[key] = relation_of(draw, key, keys, list(relations))
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
        relations[key] = relation_of(draw, key, keys[: end + 1], targets, keys[end])
        ends[key] = end
    return _filled(draw, keys, relations)


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


def relation_of(
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
    if len(others) > 1 and draw(rarely):
        premises = draw(st.permutations(others))[: draw(st.integers(2, 3))]
    if relations and draw(booleans):
        kind, target = (
            draw(to_relation),
            Target(relation=draw(st.sampled_from(relations))),
        )
    else:
        kind, target = draw(to_claim), Target(claim=claim)
    weight = draw(weights)
    return Relation(
        key=key, kind=kind, premises=tuple(premises), target=target, weight=weight
    )


def _filled(draw: Draw[Any], keys: list[str], relations: dict[str, Relation]) -> Map:
    """Draw what is not structure, and an order in which neither kind was made."""
    is_rich = draw(booleans)
    sources = _sources(draw) if is_rich else {}
    passages = [(s.key, p.key) for s in sources.values() for p in s.passages]
    claims = {}
    for key in draw(st.permutations(keys)):
        claim = Claim(key=key, text=draw(words), base_score=draw(maybe_scores))
        claims[key] = claim
        if is_rich and draw(rarely):
            claims[key] = _rich_claim(draw, claim, passages)
    names = draw(st.permutations(list(relations)))
    relations = {key: relations[key] for key in names}
    for key in names if is_rich else ():
        if draw(rarely):
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
        wordings=draw(some_texts),
        kind=draw(st.sampled_from(["claim", "fact", "policy"])),
        speaker=draw(maybe_texts),
        tags=draw(some_texts),
        implicit=draw(booleans),
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
        text = draw(maybe_texts)
        passages = tuple(
            Passage(key=f"p{number}", spans=spans_in(draw, text))
            for number in range(draw(st.integers(0, 3)))
        )
        source = Source(
            key=key,
            title=draw(texts),
            authors=(Author(name="Ada"),) if draw(booleans) else (),
            credibility=draw(maybe_scores),
            text=text,
            passages=passages,
        )
        sources[key] = measured(source)
    return sources


def spans_in(draw: Draw[Any], text: str | None) -> tuple[Span, ...]:
    length = 50 if text is None else len(text)
    ends = st.lists(st.integers(0, length), min_size=2, max_size=4, unique=True)
    bounds = sorted(draw(ends))
    pairs = zip(bounds[::2], bounds[1::2], strict=False)
    return tuple(Span(start=start, end=end) for start, end in pairs)
