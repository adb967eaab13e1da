"""Claims, relations, sources and the map they form: plain immutable data.

A map is a directed hypergraph, cycles allowed: a relation leads from one or more
premises to a claim, or to another relation. Items are kept by key, in the order in
which they came; nobody changes that in place: `argmap.model.change` makes new maps. A
constructor checks types only as far as Python does; what a map must hold is said by
`argmap.model.validate` and by the codec.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final, Literal, NoReturn

from msgspec import Meta, Struct, field

END: Final = r"$(?!\n)"
"""Ends a pattern: $ alone would let a line end pass that comes after it."""

KEY_PATTERN: Final = r"^\$?[a-z0-9][a-z0-9-]{0,63}" + END

Key = Annotated[
    str,
    Meta(
        pattern=KEY_PATTERN,
        description=(
            "A slug, unique in its map within its kind and stable for ever. Within one "
            "batch, `$name` names an item that the batch adds."
        ),
        examples=["tram-is-quiet"],
    ),
]
# Told in schemas; `model.limits` says it in words. U+0085 is a space in Python alone.
NOT_BLANK = {"pattern": r"[^\s\u0085]"}
Text = Annotated[str, Meta(min_length=1, max_length=5000, extra_json_schema=NOT_BLANK)]
Name = Annotated[str, Meta(min_length=1, max_length=500, extra_json_schema=NOT_BLANK)]
Prose = Annotated[str, Meta(max_length=20_000)]
Digest = Annotated[
    str, Meta(pattern=r"^[0-9a-f]{64}" + END, description="sha256, in hex.")
]
Day = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?" + END,
        description="ISO 8601, as precise as is known: 2024, 2024-05 or 2024-05-02.",
    ),
]
UnitInterval = Annotated[float, Meta(ge=0, le=1)]
Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]

ClaimKind = Literal["position", "claim", "fact", "value", "prediction", "policy"]
RelationKind = Literal["support", "rebut", "undercut", "rephrase"]
Stance = Literal["asserts", "reports", "concedes", "rejects"]
ItemKind = Literal["map", "source", "passage", "claim", "relation"]
Data = dict[str, Any]


class _Nothing(Data):
    """No data at all, of all the items that have none: a large map has two each.

    It belongs to many, so it stays as it is. Data are given to an item as it is made.
    """

    def _stay(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("data are given to an item as it is made, and never changed")

    __setitem__ = __ior__ = update = setdefault = _stay


NOTHING: Final = _Nothing()


class Part(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    repr_omit_defaults=True,
    gc=False,
):
    """What all parts of a map are: frozen, made by keyword, without unknown members.

    None can be in a ring, so the collector need not look for any: large maps would keep
    it busy for tenths of a second, again and again.
    """


class Span(Part, frozen=True, kw_only=True):
    """Characters of a source's text: code points, half-open."""

    start: Count
    end: Count


class Passage(Part, frozen=True, kw_only=True):
    """A place in a source, several spans where columns or captions break a sentence.

    ``sha256`` is taken over the spans' texts in UTF-8, joined by U+0000. ``orphaned``:
    the source has another text now, in which these words have no place that is certain;
    the spans are those in an earlier text.
    """

    key: Key = ""
    spans: Annotated[tuple[Span, ...], Meta(min_length=1, max_length=1000)]
    sha256: Digest | None = None
    paragraph: Count | None = None
    page: Count | None = None
    orphaned: bool = False
    data: Data = NOTHING
    residue: Data = NOTHING


class Author(Part, frozen=True, kw_only=True):
    """Someone who wrote a source, and what speaks for them."""

    name: Name
    qualifications: Text | None = None


class Source(Part, frozen=True, kw_only=True):
    """A document that claims rest on. The text is there only if its owner put it.

    ``length`` is in code points; ``sha256`` is that of the text in UTF-8;
    ``credibility`` is read by rules that weigh sources, null is no opinion.
    """

    key: Key = ""
    title: Text
    authors: tuple[Author, ...] = ()
    publisher: Text | None = None
    published_on: Day | None = None
    accessed_on: Day | None = None
    url: Text | None = None
    language: Name | None = None
    credibility: UnitInterval | None = None
    sha256: Digest | None = None
    length: Count | None = None
    text: Annotated[str, Meta(max_length=10_000_000)] | None = None
    passages: tuple[Passage, ...] = ()
    data: Data = NOTHING
    residue: Data = NOTHING


class PassageReference(Part, frozen=True, kw_only=True):
    """How an item rests on a passage: does its author assert it, and whose view is it.

    An author who reports a view in order to reject it is no support for it.
    """

    source: Key
    passage: Key
    stance: Stance = "asserts"
    attributed_to: Name | None = None


class Claim(Part, frozen=True, kw_only=True):
    """A sentence that someone can dispute.

    ``base_score`` is what it is worth before any relation; null leaves it to the rule.
    """

    key: Key = ""
    text: Text
    wordings: tuple[Text, ...] = ()
    kind: ClaimKind = "claim"
    base_score: UnitInterval | None = None
    speaker: Name | None = None
    tags: tuple[Name, ...] = ()
    implicit: bool = False
    passages: tuple[PassageReference, ...] = ()
    data: Data = NOTHING
    residue: Data = NOTHING


class Target(Part, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What a relation is about: exactly one of a claim and a relation."""

    claim: Key | None = None
    relation: Key | None = None

    def __post_init__(self) -> None:
        if (self.claim is None) == (self.relation is None):
            raise ValueError("name either a claim or a relation as the target")


class Scheme(Part, frozen=True, kw_only=True):
    """The argument scheme that a relation follows, in whatever vocabulary."""

    name: Name
    id: Name | None = None
    vocabulary: Name | None = None


class Asks(Part, frozen=True, kw_only=True):
    """The critical question of another relation's scheme that an item raises."""

    relation: Key
    question: Name


class Relation(Part, frozen=True, kw_only=True):
    """Premises that support, rebut or undercut a target, jointly if several.

    ``support`` targets a claim, or a relation that it backs; ``rebut`` and ``rephrase``
    a claim; ``undercut`` a relation. ``weight`` is how much the relation carries.
    """

    key: Key = ""
    kind: RelationKind
    premises: Annotated[tuple[Key, ...], Meta(min_length=1, max_length=1000)]
    target: Target
    weight: UnitInterval = 1.0
    scheme: Scheme | None = None
    asks: Asks | None = None
    passages: tuple[PassageReference, ...] = ()
    data: Data = NOTHING
    residue: Data = NOTHING


class Header(Part, frozen=True, kw_only=True):
    """What a map says of itself. ``targets`` are the claims under debate."""

    key: Key
    title: Annotated[str, Meta(max_length=500, pattern=rf"^{END}|\S")] = ""
    description: Prose = ""
    language: Name | None = None
    targets: tuple[Key, ...] = ()
    data: Data = NOTHING
    residue: Data = NOTHING


class Map(Header, frozen=True, kw_only=True):
    """An argument map. Its items keep their order, and are never changed."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    relations: Mapping[str, Relation] = field(default_factory=dict)

    @staticmethod
    def of(
        claims: Mapping[str, float | None] | Iterable[str],
        supports: Iterable[tuple[str | tuple[str, ...], str]] = (),
        rebuts: Iterable[tuple[str | tuple[str, ...], str]] = (),
        undercuts: Iterable[tuple[str | tuple[str, ...], str]] = (),
        *,
        key: str = "map",
    ) -> "Map":
        """Make a map by hand: for tests, notebooks and examples.

        Relations are pairs of premise (or a tuple of linked premises) and target, and
        get the keys ``r1``, ``r2`` … in the order supports, rebuts, undercuts. An
        undercut's target is such a key. A claim's text is its key.

        >>> m = Map.of({"tram": 0.5, "cost": 0.75}, rebuts=[("cost", "tram")])
        >>> m.claims["cost"].base_score, m.relations["r1"].kind
        (0.75, 'rebut')
        """
        scores = claims if isinstance(claims, Mapping) else dict.fromkeys(claims)
        relations: dict[str, Relation] = {}
        kinds: tuple[tuple[RelationKind, Iterable[Any]], ...] = (
            ("support", supports),
            ("rebut", rebuts),
            ("undercut", undercuts),
        )
        for kind, pairs in kinds:
            for premises, target in pairs:
                name = f"r{len(relations) + 1}"
                to_relation = kind == "undercut" or target not in scores
                relations[name] = Relation(
                    key=name,
                    kind=kind,
                    premises=(premises,) if isinstance(premises, str) else premises,
                    target=Target(relation=target)
                    if to_relation
                    else Target(claim=target),
                )
        return Map(
            key=key,
            claims={
                name: Claim(key=name, text=name, base_score=score)
                for name, score in scores.items()
            },
            relations=relations,
        )
