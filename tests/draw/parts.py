"""What maps are drawn from: texts, numbers, free data."""

import unicodedata
from collections.abc import Callable
from typing import TypeVar

from hypothesis import strategies as st

from argmap.model.limits import LARGEST_INTEGER

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[T]], T]

_CHARACTERS = st.characters(
    exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n"
)
words = st.sampled_from(["Trams are quiet.", "Trams cost much.", "Élan – 夏, ja?", "a"])

texts = words | st.text(_CHARACTERS, min_size=1, max_size=20).map(
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

booleans = st.booleans()
rarely = st.sampled_from([False, False, False, True])
maybe_scores = st.none() | scores
maybe_texts = st.none() | texts
some_texts = st.lists(texts, max_size=2).map(tuple)
weights = st.just(1.0) | scores
to_claim = st.sampled_from(["rebut", "support", "support", "rephrase"])
to_relation = st.sampled_from(["undercut", "support"])
