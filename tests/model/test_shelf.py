"""What a map's items are after changes that share a dict with those before."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from argmap.model import Add, Claim, Map, Replace, change
from argmap.model.shelf import NEWER, Shelf, laid, last

KEYS = [f"c{n}" for n in range(NEWER + 10)]
PUTS = st.lists(
    st.tuples(st.sampled_from(KEYS + [f"new-{n}" for n in range(100)]), st.integers()),
    max_size=2 * NEWER,
)


@given(puts=PUTS, looks=st.sets(st.integers(0, 2 * NEWER)))
def test_a_shelf_says_what_a_dict_would_say(
    puts: list[tuple[str, int]], looks: set[int]
) -> None:
    is_: Mapping[str, int] = dict.fromkeys(KEYS, 0)
    should = dict(is_)
    for n, (key, value) in enumerate(puts):
        before, was = is_, dict(should)
        is_ = laid(is_, key, value)
        should[key] = value
        assert (is_[key], is_.get(key), key in is_) == (value, value, True)
        assert (len(is_), last(is_, 3)) == (len(should), list(should)[-3:])
        if n in looks:  # from here on both are one dict
            assert list(is_.items()) == list(should.items())
        assert before == was
    assert list(is_.items()) == list(should.items())
    assert is_.get("nobody") is None
    assert "nobody" not in is_


def test_a_change_of_a_large_map_shares_its_dict_until_there_is_much_new() -> None:
    made = [Map.of(KEYS)]
    for n in range(NEWER + 1):
        claim = Claim(key=f"new-{n}", text="New.")
        made.append(change(made[-1], [Add(claim=claim)]).map)

    parts = [each.claims.parts() for each in made if isinstance(each.claims, Shelf)]
    assert len(parts) == NEWER
    assert all(older is made[0].claims for older, _ in parts)
    assert isinstance(made[-1].claims, dict)
    assert [len(each.claims) for each in made] == [
        len(KEYS) + n for n in range(NEWER + 2)
    ]


def test_a_map_that_shares_a_dict_equals_one_that_does_not() -> None:
    claims = Map.of(KEYS).claims
    replaced = change(Map.of(KEYS), [Replace(claim="c3", set={"text": "Other."})]).map
    other = {**claims, "c3": Claim(key="c3", text="Other.")}

    assert isinstance(replaced.claims, Shelf)
    assert replaced == Map(key="map", claims=other) != Map.of(KEYS)
    assert repr(replaced.claims) == repr(other)
    more = {"x": claims["c1"], "c3": claims["c1"]}
    assert replaced.claims | more == other | more
    joined: Mapping[str, Claim] = more | replaced.claims
    assert joined == more | other
