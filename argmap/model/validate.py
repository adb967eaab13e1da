"""What must hold in a map beyond the types of its members.

Whatever refers to something refers to something there; relations have targets that
their kind may have, and chains of relations that target relations end; spans lie in
order in their source's text, and what they quote is what its hash says. Claims may
refer to each other in any ring. Everything wrong is listed, and nothing here recurses.
"""

from collections.abc import Iterable, Iterator, Sequence

from argmap.errors import (
    CircularUndercut,
    DuplicateKey,
    Fault,
    InvalidKey,
    InvalidSpan,
    PassageMismatch,
    Repeated,
    SelfSupport,
    Unknown,
    WrongTarget,
)
from argmap.model.items import (
    Claim,
    Header,
    Map,
    Passage,
    PassageReference,
    Relation,
    Source,
)
from argmap.model.limits import Place, own_faults
from argmap.model.passages import digest, quotation

Placed = tuple[Header | Source | Claim | Relation, Place]
"""An item of a map and where it stands in what was given."""


def validate(map: Map) -> list[Fault]:
    """List everything that is wrong in a map; pointers lead into its argmap/1 file.

    One pass, O(claims + relations + premises + length of the source texts).

    >>> validate(Map.of(["tram"], rebuts=[("cost", "tram")]))
    [Unknown("/relations/0/premises/0: there is no claim 'cost' in the map")]
    """
    return [*_misplaced(map), *faults_of(map, _placed(map))]


def faults_of(
    map: Map, items: Iterable[Placed], *, is_own_known: bool = False
) -> list[Fault]:
    """List what is wrong with items of a map, in themselves and as parts of it.

    A source is judged with its passages; one passage alone by `passage_faults`.
    *is_own_known* leaves out what is wrong with each item by itself.
    """
    parts = _Parts(map)
    faults: list[Fault] = []
    chained: list[tuple[Relation, Place]] = []
    for item, place in items:
        if not is_own_known:
            faults += own_faults(item, place)
        match item:
            case Relation():
                faults += _relation_faults(parts, item, place)
                if item.target.relation is not None:
                    chained.append((item, place))
            case Claim():
                faults += _reference_faults(parts, item.passages, place)
            case Source():
                faults += _source_faults(item, place)
            case Header():
                faults += _target_faults(parts, item, place)
    return [*faults, *_rings(map, chained)]


def _placed(map: Map) -> Iterator[Placed]:
    yield map, "/map".__add__
    for name in ("sources", "claims", "relations"):
        for index, item in enumerate(getattr(map, name).values()):
            yield item, f"/{name}/{index}".__add__


def _misplaced(map: Map) -> Iterator[InvalidKey]:
    for name in ("sources", "claims", "relations"):
        for index, (key, item) in enumerate(getattr(map, name).items()):
            if key != item.key:
                detail = f"the item of key {key!r} says that its key is {item.key!r}"
                yield InvalidKey(detail, f"/{name}/{index}/key")


class _Parts:
    """The keys of a map, ready to be asked for."""

    def __init__(self, map: Map) -> None:
        self.claims, self.relations, self.sources = (
            map.claims,
            map.relations,
            map.sources,
        )
        self._passages: dict[str, frozenset[str]] = {}

    def has_passage(self, source: str, passage: str) -> bool:
        if source not in self._passages:
            passages = self.sources[source].passages
            self._passages[source] = frozenset(passage.key for passage in passages)
        return passage in self._passages[source]


def _target_faults(parts: _Parts, header: Header, place: Place) -> Iterator[Fault]:
    for index, claim in enumerate(header.targets):
        if claim not in parts.claims:
            yield Unknown("claim", claim, place(f"/targets/{index}"))
    yield from _twice(header.targets, "target", "/targets", place)


def _relation_faults(
    parts: _Parts, relation: Relation, place: Place
) -> Iterator[Fault]:
    for index, premise in enumerate(relation.premises):
        if premise not in parts.claims:
            yield Unknown("claim", premise, place(f"/premises/{index}"))
        if premise == relation.target.claim:
            detail = f"claim {premise!r} is a premise of what targets it; take one out"
            yield SelfSupport(detail, place(f"/premises/{index}"))
    if len(relation.premises) > 1:
        yield from _twice(relation.premises, "premise", "/premises", place)
    claim, target = relation.target.claim, relation.target.relation
    if claim is not None:
        if relation.kind == "undercut":
            detail = (
                f"an undercut targets a relation, not a claim ({claim!r}): rebut it"
            )
            yield WrongTarget(detail, place("/target"))
        if claim not in parts.claims:
            yield Unknown("claim", claim, place("/target/claim"))
    if target is not None:
        if relation.kind in ("rebut", "rephrase"):
            detail = f"a {relation.kind} targets a claim, not a relation ({target!r})"
            yield WrongTarget(detail, place("/target"))
        if target not in parts.relations:
            yield Unknown("relation", target, place("/target/relation"))
    if relation.asks and relation.asks.relation not in parts.relations:
        yield Unknown("relation", relation.asks.relation, place("/asks/relation"))
    yield from _reference_faults(parts, relation.passages, place)


def _reference_faults(
    parts: _Parts, references: tuple[PassageReference, ...], place: Place
) -> Iterator[Fault]:
    for index, reference in enumerate(references):
        if reference.source not in parts.sources:
            at = place(f"/passages/{index}/source")
            yield Unknown("source", reference.source, at)
        elif not parts.has_passage(reference.source, reference.passage):
            at = place(f"/passages/{index}/passage")
            yield Unknown("passage", f"{reference.source}/{reference.passage}", at)


def _source_faults(source: Source, place: Place) -> Iterator[Fault]:
    text = source.text
    if text is not None:
        if source.length not in (None, len(text)):
            detail = f"the text has {len(text)} characters, not {source.length}"
            yield PassageMismatch(detail, place("/length"))
        if source.sha256 is not None and source.sha256 != (is_ := digest(text)):
            detail = f"the text's sha256 is {is_}, not {source.sha256}"
            yield PassageMismatch(detail, place("/sha256"))
    for index, passage in enumerate(source.passages):
        yield from passage_faults(source, passage, _inside(place, f"/passages/{index}"))
    keys = [passage.key for passage in source.passages]
    for index in _again(keys):
        detail = f"passage {keys[index]!r} is there twice; leave one out"
        yield DuplicateKey(detail, place(f"/passages/{index}/key"))


def passage_faults(source: Source, passage: Passage, place: Place) -> Iterator[Fault]:
    """List what is wrong with where a passage lies in its source and what it quotes.

    Where an orphaned one lies was said of another text than the one that is there.
    """
    text = None if passage.orphaned else source.text
    end = source.length if text is None else len(text)
    if passage.orphaned:
        end = None
    previous = 0
    for index, span in enumerate(passage.spans):
        at = place(f"/spans/{index}")
        said = f"passage {passage.key!r}, characters {span.start} to {span.end}"
        if span.start >= span.end:
            yield InvalidSpan(f"{said}: end after the start", at)
        elif span.start < previous:
            yield InvalidSpan(f"{said}: begin at {previous}, the span before's end", at)
        elif end is not None and span.end > end:
            yield InvalidSpan(f"{said}: the source ends at {end}", at)
        previous = max(previous, span.end)
    if text is not None and passage.sha256 is not None:
        is_ = digest(quotation(text, passage.spans))
        if is_ != passage.sha256:
            detail = (
                f"passage {passage.key!r}: the sha256 of what is there is {is_}; "
                "send offsets in code points"
            )
            yield PassageMismatch(detail, place("/sha256"))


def _inside(place: Place, path: str) -> Place:
    return lambda rest: place(path + rest)


def _twice(
    keys: Sequence[str], what: str, path: str, place: Place
) -> Iterator[Repeated]:
    for index in _again(keys):
        detail = f"{what} {keys[index]!r} is listed twice; leave one out"
        yield Repeated(detail, place(f"{path}/{index}"))


def _again(keys: Iterable[str]) -> Iterator[int]:
    seen: set[str] = set()
    for index, key in enumerate(keys):
        if key in seen:
            yield index
        seen.add(key)


def _rings(
    map: Map, relations: Sequence[tuple[Relation, Place]]
) -> Iterator[CircularUndercut]:
    """Follow each relation's targets to the end; no relation is passed twice."""
    places = {relation.key: place for relation, place in relations}
    passed: set[str] = set()
    for relation, place in relations:
        walk: dict[str, None] = {}
        at: Relation | None = relation
        while at and at.key not in passed and at.key not in walk:
            walk[at.key] = None
            target = at.target.relation
            at = None if target is None else map.relations.get(target)
        if at and at.key in walk:
            keys = list(walk)
            ring = keys[keys.index(at.key) :]
            shown = [*ring[:10], *(["…"] if len(ring) > 10 else []), ring[0]]
            detail = f"relations target each other in a ring: {' → '.join(shown)}"
            start = next((places[key] for key in ring if key in places), place)
            yield CircularUndercut(detail, start("/target/relation"))
        passed.update(walk)
