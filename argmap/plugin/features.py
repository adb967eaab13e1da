"""What of a map a file format may hold or lose, feature by feature.

A format declares for every feature whether it is ``held`` in the format's own terms,
kept as ``residue`` (in a place that others pass over, and argmap reads back) or
``lost``. What is lost is reported whenever a map that has it is written: nobody has to
remember to.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, Literal, get_args

from argmap.model import Claim, Header, Map, Relation, Source, slug

Feature = Literal[
    "keys",
    "title",
    "description",
    "language",
    "targets",
    "data",
    "texts",
    "line-breaks",
    "wordings",
    "claim-kinds",
    "base-scores",
    "speakers",
    "tags",
    "implicit-claims",
    "passages",
    "sources",
    "source-texts",
    "isolated-claims",
    "supports",
    "rebuts",
    "undercuts",
    "backing",
    "rephrases",
    "linked-premises",
    "weights",
    "schemes",
    "questions",
    "several-parents",
    "cycles",
    "order",
    "residue",
    "strange",
]
"""``residue`` is what other formats have left in a map; ``strange`` what this format
knows and the model does not: where that is no loss, a file that is read and written
again is the same."""

Holding = Literal["held", "residue", "lost"]

FEATURES: Final[tuple[Feature, ...]] = get_args(Feature)

TITLES: Final[Mapping[Feature, str]] = {
    "keys": "keys",
    "title": "title",
    "description": "description",
    "language": "language",
    "targets": "claims under debate",
    "data": "free data",
    "texts": "texts of claims",
    "line-breaks": "line breaks in texts",
    "wordings": "other wordings",
    "claim-kinds": "kinds of claims",
    "base-scores": "base scores",
    "speakers": "speakers",
    "tags": "tags",
    "implicit-claims": "what is implicit",
    "passages": "passages",
    "sources": "sources",
    "source-texts": "texts of sources",
    "isolated-claims": "claims without relations",
    "supports": "supports",
    "rebuts": "rebuttals",
    "undercuts": "undercuts",
    "backing": "supports of relations",
    "rephrases": "rephrases",
    "linked-premises": "linked premises",
    "weights": "weights",
    "schemes": "schemes",
    "questions": "critical questions",
    "several-parents": "claims in several relations",
    "cycles": "cycles",
    "order": "order of relations",
    "residue": "what other formats know",
    "strange": "what this format alone knows",
}


def used(map: Map, feature: Feature, format: str = "") -> list[str]:
    """List the keys of what in a map has a feature; of the map itself, its key.

    *format* is the name of the one that asks, whose own residue is no other's.

    >>> used(Map.of({"tram": 0.5, "cost": None}, rebuts=[("cost", "tram")]), "rebuts")
    ['r1']
    """
    if feature == "strange":  # only files have it
        return []
    if feature == "residue":
        return list(_left_by_others(map, format))
    if feature == "line-breaks":  # what came with them goes with them
        return [key for key in _broken(map) if format not in map.claims[key].residue]
    return list(_FINDERS[feature](map))


def all_but(lost: str = "", residue: str = "") -> dict[Feature, Holding]:
    """Declare every feature as held but these, named with spaces between.

    >>> all_but(lost="cycles weights")["cycles"]
    'lost'
    """
    return _declared("held", lost=lost, residue=residue)


def only(held: str, residue: str = "") -> dict[Feature, Holding]:
    """Declare every feature as lost but these, named with spaces between."""
    return _declared("lost", held=held, residue=residue)


def _declared(usual: Holding, **others: str) -> dict[Feature, Holding]:
    declared: dict[Feature, Holding] = dict.fromkeys(FEATURES, usual)
    for holding, names in others.items():
        for name in names.split():
            if name not in declared:
                raise ValueError(f"{name!r} is no feature of maps")
            declared[name] = holding  # type: ignore[assignment] # by name
    return declared


def _claims(member: str, usual: object) -> Callable[[Map], Iterator[str]]:
    return lambda map: (
        key for key, claim in map.claims.items() if getattr(claim, member) != usual
    )


def _kind(kind: str, *, on_relation: bool) -> Callable[[Map], Iterator[str]]:
    return lambda map: (
        key
        for key, relation in map.relations.items()
        if relation.kind == kind and (relation.target.claim is None) == on_relation
    )


def _relations(member: str, usual: object) -> Callable[[Map], Iterator[str]]:
    return lambda map: (
        key
        for key, relation in map.relations.items()
        if getattr(relation, member) != usual
    )


def _header(member: str) -> Callable[[Map], Iterator[str]]:
    return lambda map: iter([map.key] if getattr(map, member) else [])


def _items(map: Map) -> Iterator[Header | Source | Claim | Relation]:
    yield map
    for shelf in (map.sources, map.claims, map.relations):
        yield from shelf.values()


def _left_by_others(map: Map, format: str) -> Iterator[str]:
    return (item.key for item in _items(map) if item.residue.keys() - {format})


def _free(map: Map) -> Iterator[str]:
    return (item.key for item in _items(map) if item.data)


def _broken(map: Map) -> Iterator[str]:
    return (key for key, claim in map.claims.items() if "\n" in claim.text)


def _told(map: Map) -> Iterator[str]:
    """Find claims that say more than their keys do."""
    return (key for key, claim in map.claims.items() if slug(claim.text, ()) != key)


def _passages(map: Map) -> Iterator[str]:
    for shelf in (map.claims, map.relations):
        yield from (key for key, item in shelf.items() if item.passages)


def _texts(map: Map) -> Iterator[str]:
    return (key for key, source in map.sources.items() if source.text is not None)


def _isolated(map: Map) -> Iterator[str]:
    busy = {r.target.claim for r in map.relations.values()}
    busy.update(premise for r in map.relations.values() for premise in r.premises)
    return (key for key in map.claims if key not in busy)


def _linked(map: Map) -> Iterator[str]:
    return (key for key, r in map.relations.items() if len(r.premises) > 1)


def _shared(map: Map) -> Iterator[str]:
    uses = Counter(p for r in map.relations.values() for p in r.premises)
    return (key for key, count in uses.items() if count > 1)


def _siblings(map: Map) -> Iterator[str]:
    uses = Counter(r.target.claim for r in map.relations.values())
    return (key for key, count in uses.items() if key is not None and count > 1)


def _knotted(map: Map) -> Iterator[str]:
    """Find claims in cycles, or that a cycle leads to: what is left without ends."""
    above: dict[str, list[str]] = {}
    below = dict.fromkeys(map.claims, 0)
    for relation in map.relations.values():
        if (target := relation.target.claim) is not None:
            for premise in relation.premises:
                above.setdefault(premise, []).append(target)
                below[target] += 1
    front = [key for key, count in below.items() if not count]
    while front:
        for target in above.get(front.pop(), ()):
            below[target] -= 1
            if not below[target]:
                front.append(target)
    return (key for key, count in below.items() if count)


_FINDERS: Final[Mapping[Feature, Callable[[Map], Iterable[str]]]] = {
    "keys": lambda map: [*map.claims, *map.relations],
    "title": _header("title"),
    "description": _header("description"),
    "language": _header("language"),
    "targets": _header("targets"),
    "data": _free,
    "texts": _told,
    "line-breaks": _broken,
    "wordings": _claims("wordings", ()),
    "claim-kinds": _claims("kind", "claim"),
    "base-scores": _claims("base_score", None),
    "speakers": _claims("speaker", None),
    "tags": _claims("tags", ()),
    "implicit-claims": _claims("implicit", False),
    "passages": _passages,
    "sources": lambda map: list(map.sources),
    "source-texts": _texts,
    "isolated-claims": _isolated,
    "supports": _kind("support", on_relation=False),
    "rebuts": _kind("rebut", on_relation=False),
    "undercuts": _kind("undercut", on_relation=True),
    "backing": _kind("support", on_relation=True),
    "rephrases": _kind("rephrase", on_relation=False),
    "linked-premises": _linked,
    "weights": _relations("weight", 1.0),
    "schemes": _relations("scheme", None),
    "questions": _relations("asks", None),
    "several-parents": _shared,
    "cycles": _knotted,
    "order": _siblings,
}
