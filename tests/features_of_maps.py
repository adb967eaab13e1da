"""For each feature of maps: one that has it, one without, and how to see it."""

from collections.abc import Callable
from typing import Any, Final

from msgspec.structs import replace

from argmap.model import (
    Asks,
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
from argmap.plugin.features import Feature

BASE: Final = Map.of(["a", "b", "c"], rebuts=[("b", "a"), ("c", "b")], key="m")


def _claim(**members: Any) -> Map:
    claims = {**BASE.claims, "b": replace(BASE.claims["b"], **members)}
    return replace(BASE, claims=claims)


def _relation(**members: Any) -> Map:
    relations = {**BASE.relations, "r1": replace(BASE.relations["r1"], **members)}
    return replace(BASE, relations=relations)


def _more(kind: Any, premises: tuple[str, ...], **target: str) -> Map:
    new = Relation(key="r3", kind=kind, premises=premises, target=Target(**target))
    return replace(BASE, relations={**BASE.relations, "r3": new})


_SOURCE: Final = measured(
    Source(
        key="s",
        title="S",
        text="Trams.",
        passages=(Passage(key="p", spans=(Span(start=0, end=5),)),),
    )
)
_SOURCED: Final = replace(
    BASE, sources={"s": replace(_SOURCE, text=None, sha256=None, length=None)}
)

MAPS: Final[dict[Feature, tuple[Map, Map]]] = {
    "keys": (
        Map.of(["a", "odd-one"], rebuts=[("odd-one", "a")]),
        Map.of(["a", "b"], rebuts=[("b", "a")]),
    ),
    "title": (replace(BASE, title="Trams?"), BASE),
    "description": (replace(BASE, description="On trams."), BASE),
    "language": (replace(BASE, language="en"), BASE),
    "targets": (replace(BASE, targets=("a",)), BASE),
    "data": (_claim(data={"votes": 3}), BASE),
    "texts": (_claim(text="Trams are quiet."), BASE),
    "line-breaks": (_claim(text="Trams\nare quiet."), _claim(text="Trams are quiet.")),
    "wordings": (_claim(wordings=("Be it so.",)), BASE),
    "claim-kinds": (_claim(kind="policy"), BASE),
    "base-scores": (
        Map.of(dict.fromkeys("abc", 0.25), rebuts=[("b", "a")]),
        Map.of("abc", rebuts=[("b", "a")]),
    ),
    "speakers": (_claim(speaker="Ada"), BASE),
    "tags": (_claim(tags=("noise",)), BASE),
    "implicit-claims": (_claim(implicit=True), BASE),
    "passages": (
        replace(
            _claim(passages=(PassageReference(source="s", passage="p"),)),
            sources=_SOURCED.sources,
        ),
        _SOURCED,
    ),
    "sources": (_SOURCED, BASE),
    "source-texts": (replace(BASE, sources={"s": _SOURCE}), _SOURCED),
    "isolated-claims": (
        replace(BASE, claims={**BASE.claims, "d": Claim(key="d", text="d")}),
        BASE,
    ),
    "supports": (_relation(kind="support"), replace(BASE, relations={})),
    "rebuts": (BASE, replace(BASE, relations={})),
    "undercuts": (_more("undercut", ("c",), relation="r1"), BASE),
    "backing": (_more("support", ("c",), relation="r1"), BASE),
    "rephrases": (_more("rephrase", ("c",), claim="a"), BASE),
    "linked-premises": (_relation(premises=("b", "c")), BASE),
    "weights": (_relation(weight=0.5), BASE),
    "schemes": (_relation(scheme=Scheme(name="expert opinion")), BASE),
    "questions": (_relation(asks=Asks(relation="r2", question="Who says so?")), BASE),
    "several-parents": (_more("rebut", ("c",), claim="a"), BASE),
    "cycles": (_more("rebut", ("a",), claim="c"), BASE),
    "order": (
        Map.of(["a", "b", "c"], rebuts=[("c", "a"), ("b", "a")], key="m"),
        Map.of(["a", "b", "c"], rebuts=[("b", "a"), ("c", "a")], key="m"),
    ),
}

Seen = Callable[[Map], Any]


def _of_claims(member: str) -> Seen:
    return lambda m: sorted(repr(getattr(c, member)) for c in m.claims.values())


def _of_relations(member: str) -> Seen:
    return lambda m: sorted(repr(getattr(r, member)) for r in m.relations.values())


def _named(m: Map, relation: Relation) -> Any:
    """Say what a relation is, whatever it is called."""
    target = relation.target
    end = target.claim or _named(m, m.relations[target.relation or ""])
    return relation.kind, relation.premises, end


def _kind(kind: str) -> Seen:
    return lambda m: sorted(
        repr(_named(m, r)) for r in m.relations.values() if r.kind == kind
    )


def _ordered(m: Map) -> Any:
    return [_named(m, r) for r in m.relations.values() if r.target.claim == "a"]


def _sources(m: Map) -> Any:
    return [(s.key, s.title) for s in m.sources.values()]


SEEN: Final[dict[Feature, Seen]] = {
    "keys": lambda m: (list(m.claims), list(m.relations)),
    "title": lambda m: m.title,
    "description": lambda m: m.description,
    "language": lambda m: m.language,
    "targets": lambda m: m.targets,
    "data": _of_claims("data"),
    "texts": _of_claims("text"),
    "line-breaks": _of_claims("text"),
    "wordings": _of_claims("wordings"),
    "claim-kinds": _of_claims("kind"),
    "base-scores": _of_claims("base_score"),
    "speakers": _of_claims("speaker"),
    "tags": _of_claims("tags"),
    "implicit-claims": _of_claims("implicit"),
    "passages": _of_claims("passages"),
    "sources": _sources,
    "source-texts": lambda m: [s.text for s in m.sources.values()],
    "isolated-claims": lambda m: sorted(m.claims),
    "supports": _kind("support"),
    "rebuts": _kind("rebut"),
    "undercuts": _kind("undercut"),
    "backing": _kind("support"),
    "rephrases": _kind("rephrase"),
    "linked-premises": _of_relations("premises"),
    "weights": _of_relations("weight"),
    "schemes": _of_relations("scheme"),
    "questions": lambda m: sorted(
        r.asks.question for r in m.relations.values() if r.asks
    ),
    "several-parents": _kind("rebut"),
    "cycles": _kind("rebut"),
    "order": _ordered,
}
