"""What sessions ask for: keys that may be there, and bodies that may be right."""

from typing import Any, Final

from hypothesis import strategies as st

from promises import Item, whole

WORDS: Final = ("tram", "bus", "noise", "money", "été")
KEYS: Final[dict[str, tuple[str, ...]]] = {
    "claim": ("a", "b", "c", "d"),
    "relation": ("r1", "r2", "r3"),
    "source": ("s", "t"),
    "passage": ("p", "q"),
}
NOBODY: Final = "nobody"
rarely = st.sampled_from([False] * 4 + [True])
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
scores = st.sampled_from([None, 0.0, 0.25, 1.0])
tags = st.sampled_from(["right", "right", "right", "*", "stale", None])
free = st.sampled_from([{}, {}, {"votes": [1, None]}])


def keys(kind: str) -> st.SearchStrategy[str]:
    return st.sampled_from([*KEYS[kind], *KEYS[kind], NOBODY])


references = st.lists(
    st.fixed_dictionaries(
        {"source": keys("source"), "passage": keys("passage")},
    ).map(lambda each: whole("citation", each)),
    max_size=1,
)
targets = keys("claim").map(lambda key: {"claim": key}) | keys("relation").map(
    lambda key: {"relation": key}
)
spans = st.lists(st.integers(0, 14), min_size=2, max_size=4).map(
    lambda ends: [
        {"start": a, "end": b} for a, b in zip(ends[::2], ends[1::2], strict=False)
    ]
)
MEMBERS: Final[dict[str, dict[str, st.SearchStrategy[Any]]]] = {
    "map": {
        "title": texts,
        "targets": st.lists(keys("claim"), max_size=2),
        "data": free,
    },
    "claim": {
        "text": texts,
        "wordings": st.lists(texts, max_size=1),
        "base_score": scores,
        "tags": st.sampled_from([[], ["x"]]),
        "passages": references,
        "data": free,
    },
    "relation": {
        "kind": st.sampled_from(["support", "rebut", "undercut", "rephrase"]),
        "premises": st.lists(keys("claim"), min_size=1, max_size=2),
        "target": targets,
        "weight": st.sampled_from([0.0, 0.5, 1.0]),
        "asks": st.none()
        | keys("relation").map(lambda key: {"relation": key, "question": "So?"}),
        "passages": references,
    },
    "source": {"title": texts, "credibility": scores, "data": free},
    "passage": {"spans": spans, "page": st.sampled_from([None, 3]), "data": free},
}
CITED: Final = {"source": "s", "passage": "p"}
ADDED: Final[list[tuple[str, Item]]] = [
    ("source", {"key": "s", "title": "bus", "text": "The tram, been"}),
    ("passage", {"source": "s", "key": "p", "spans": [{"start": 0, "end": 8}]}),
    ("claim", {"key": "a", "text": "tram", "passages": [whole("citation", CITED)]}),
    ("claim", {"key": "b", "text": "bus noise"}),
    ("claim", {"key": "c", "text": "money"}),
    (
        "relation",
        {"key": "r1", "kind": "rebut", "premises": ["b"], "target": {"claim": "a"}},
    ),
    (
        "relation",
        {
            "key": "r2",
            "kind": "support",
            "premises": ["c"],
            "target": {"claim": "a"},
            "asks": {"relation": "r1", "question": "So?"},
        },
    ),
]
"""What most sessions begin with, so that they come to more than an empty map can."""
REQUIRED: Final = {
    "map": (),
    "claim": ("text",),
    "relation": ("kind", "premises", "target"),
    "source": ("title",),
    "passage": ("spans",),
}


def bodies(kind: str, *, is_patch: bool = False) -> st.SearchStrategy[Item]:
    """Draw the members of an item, all that it needs or, of a patch, some."""
    of = MEMBERS[kind]
    needed = () if is_patch else REQUIRED[kind]
    optional = {name: of[name] for name in of if name not in needed}
    return st.fixed_dictionaries({name: of[name] for name in needed}, optional=optional)
