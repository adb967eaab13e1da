"""Whatever is asked for: a valid map comes of it, or a refusal that lists faults."""

import msgspec
from hypothesis import example, given, settings
from hypothesis import strategies as st

import draw
from argmap.errors import InvalidMap, Malformed
from argmap.model import (
    Add,
    Asks,
    Change,
    Claim,
    Map,
    Move,
    NewPassage,
    Operation,
    PassagePath,
    PassageReference,
    Relation,
    Remove,
    Replace,
    Source,
    Span,
    Target,
    apply,
    change,
    invert,
    validate,
)

KEYS = st.sampled_from(
    ["c0", "c1", "r0", "r1", "r2", "s0", "p0", "p1", "m", "$n", "$o", "", "B d", "a/b"]
)
TEXTS = st.sampled_from(["A", " ", "B\0", "\ud800", "e\u0301\r\n"])
NUMBERS = st.sampled_from([0.0, 1, 0.5, -1, float("nan"), "1", None, True])
SPANS = st.lists(st.builds(Span, start=st.integers(-1, 5), end=st.integers(-1, 9)))
REFERENCES = st.lists(
    st.builds(PassageReference, source=KEYS, passage=KEYS), max_size=1
).map(tuple)
TARGETS = st.builds(Target, claim=KEYS) | st.builds(Target, relation=KEYS)
ASKS = st.none() | st.builds(Asks, relation=KEYS, question=TEXTS)
DATA = st.just({}) | st.dictionaries(TEXTS, NUMBERS | TEXTS, max_size=1)

claims = st.builds(
    Claim, key=KEYS, text=TEXTS, base_score=NUMBERS, passages=REFERENCES, data=DATA
)
relations = st.builds(
    Relation,
    key=KEYS,
    kind=st.sampled_from(["support", "rebut", "undercut", "rephrase"]),
    premises=st.lists(KEYS, max_size=3).map(tuple),
    target=TARGETS,
    weight=NUMBERS,
    asks=ASKS,
    passages=REFERENCES,
)
passages = st.builds(NewPassage, source=KEYS, key=KEYS, spans=SPANS.map(tuple))
sources = st.builds(
    Source, key=KEYS, title=TEXTS, text=st.none() | TEXTS, length=st.none() | st.just(1)
)
items = st.one_of(
    st.builds(lambda claim: {"claim": claim}, claims),
    st.builds(lambda relation: {"relation": relation}, relations),
    st.builds(lambda passage: {"passage": passage}, passages),
    st.builds(lambda source: {"source": source}, sources),
)
paths = st.one_of(
    *(KEYS.map(lambda key, kind=kind: {kind: key}) for kind in ("claim", "relation")),
    KEYS.map(lambda key: {"source": key}),
    st.builds(PassagePath, source=KEYS, passage=KEYS).map(
        lambda path: {"passage": path}
    ),
)
members = st.dictionaries(
    st.sampled_from(["key", "text", "premises", "target", "spans", "targets", "other"]),
    TEXTS
    | KEYS
    | NUMBERS
    | st.lists(KEYS, max_size=2)
    | TARGETS.map(msgspec.to_builtins),
    max_size=2,
)
befores = st.none() | KEYS
operations = st.one_of(
    st.builds(lambda item, before: Add(**item, before=before), items, befores),
    st.builds(
        lambda path, set_: Replace(**path, set=set_),
        paths | st.just({"map": "m"}),
        members,
    ),
    st.builds(
        lambda path, is_cascade: Remove(**path, cascade=is_cascade),
        paths,
        st.booleans(),
    ),
    st.builds(lambda path, before: Move(**path, before=before), paths, befores),
)


@settings(max_examples=150)
@given(draw.maps(), st.lists(operations, max_size=5))
@example(
    Map(key="m"),
    [Add(source=Source(title="A", key="$n")), Remove(source="$n"), Remove(source="$n")],
)
def test_any_operations_give_a_valid_map_or_faults(
    map: Map, batch: list[Operation]
) -> None:
    match _outcome(map, batch):
        case Change(map=new):
            assert validate(new) == []
            assert apply(new, invert(map, batch)) == map
        case Malformed(pointer=pointer):
            assert pointer.startswith("/operations/")
        case InvalidMap(faults=faults):
            assert all(fault.pointer.startswith("/operations/") for fault in faults)
            assert len({str(fault) for fault in faults}) == len(faults)


@settings(max_examples=100)
@given(draw.maps(), operations)
def test_one_operation_is_refused_exactly_if_the_map_would_be_wrong(
    map: Map, operation: Operation
) -> None:
    """Looking at what was touched alone misses nothing."""
    if not isinstance(operation, Replace):
        return
    try:
        new = _replaced_blindly(map, operation)
    except (KeyError, TypeError, msgspec.ValidationError):
        return

    is_done = isinstance(_outcome(map, [operation]), Change)
    assert is_done == (validate(new) == [])


def _outcome(map: Map, batch: list[Operation]) -> Change | InvalidMap | Malformed:
    try:
        return change(map, batch)
    except (InvalidMap, Malformed) as refusal:
        return refusal


def _replaced_blindly(map: Map, operation: Replace) -> Map:
    """Replace members of a claim or relation without a look at what that makes."""
    kind = "claim" if operation.claim else "relation"
    shelf = dict(getattr(map, f"{kind}s"))
    key = getattr(operation, kind)
    item = msgspec.to_builtins(shelf[key]) | operation.set
    shelf[key] = msgspec.convert(item, type(shelf[key]))
    return msgspec.structs.replace(map, **{f"{kind}s": shelf})
