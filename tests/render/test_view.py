"""What is shown of a tree: by weight, on the way to a place, and where it is."""

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import argmap
import draw
from argmap.errors import Malformed, NotFound
from argmap.model import Map
from argmap.render.nodes import FlatTree
from argmap.render.tree import flat_tree, some_flat_tree, some_tree, tree

MAP = Map.of(
    {"t": 0.5, "a": 0.9, "b": 0.2, "c": 0.8, "d": 0.7, "e": 0.9, "f": 0.6, "u": 1.0},
    supports=[("b", "t"), ("a", "t"), (("d", "e"), "t"), ("c", "a"), ("f", "b")],
    undercuts=[("u", "r3")],
    key="m",
)
"""t rests on b (r1), a (r2), d and e jointly (r3); c supports a, f supports b, and u
undercuts r3 altogether."""


def shown(tree: FlatTree) -> list[str]:
    return [node.claim for node in tree.nodes]


@st.composite
def rooted(data: st.DrawFn) -> tuple[Map, str]:
    """Draw a map and one of its claims."""
    map = data(draw.maps().filter(lambda map: map.claims))
    return map, data(st.sampled_from(list(map.claims)))


def test_few_nodes_are_those_that_matter_most() -> None:
    evaluation = argmap.evaluate(MAP, "base-score")

    def few(nodes: int) -> list[str]:
        return shown(
            flat_tree(MAP, "t", evaluation=evaluation, depth=None, nodes=nodes)
        )

    assert evaluation.relations["r3"] == 0
    assert few(1) == ["t"]
    assert few(2) == ["t", "a"]
    assert few(3) == ["t", "a", "c"]
    assert few(4) == ["t", "a", "b", "c"]
    # Linked premises come together or not at all, and what cuts them counts.
    assert few(6) == ["t", "a", "b", "c", "f"]
    assert set(few(7)) == {"t", "a", "b", "c", "f", "d", "e"}
    assert set(few(8)) == {*few(7), "u"}


@given(rooted(), st.integers(1, 12), st.integers(1, 12))
def test_more_nodes_show_the_same_and_more(
    drawn: tuple[Map, str], fewer: int, more: int
) -> None:
    evaluation = argmap.evaluate(drawn[0], "df-quad")
    small, large = (
        flat_tree(
            *drawn, evaluation=evaluation, depth=None, children=None, nodes=nodes
        ).nodes
        for nodes in (fewer, fewer + more)
    )
    whole = flat_tree(*drawn, evaluation=evaluation, depth=None, children=None).nodes

    assert len(small) <= fewer
    facts = {n.id: (n.via, n.side, n.reference_to, n.child_count) for n in whole}
    assert all(
        (n.via, n.side, n.reference_to, n.child_count) == facts[n.id] for n in large
    )
    if all(len(r.premises) == 1 for r in drawn[0].relations.values()):
        assert {node.id for node in small} <= {node.id for node in large}
        assert len(large) == min(fewer + more, len(whole))


@given(rooted(), st.integers(1, 6))
def test_what_few_nodes_hide_is_counted_and_a_cursor_goes_on(
    drawn: tuple[Map, str], nodes: int
) -> None:
    map, root = drawn
    evaluation = argmap.evaluate(map, "df-quad")
    whole = flat_tree(map, root, evaluation=evaluation, depth=None, children=None)
    widest = max((len(r.premises) for r in map.relations.values()), default=0)
    seen: list[str] = [root]
    pending: list[tuple[str, str | None]] = [(root, None)]
    while pending:
        under, cursor = pending.pop()
        page = flat_tree(
            map,
            root,
            evaluation=evaluation,
            depth=None,
            under=under,
            cursor=cursor,
            nodes=nodes + widest,
        )
        seen += [node.id for node in page.nodes if node.id != under]
        pending += [(node.id, node.next) for node in page.nodes if node.next]

    assert sorted(seen) == sorted(node.id for node in whole.nodes)


def test_the_way_to_the_focus_is_shown_and_depth_below_it() -> None:
    deep = Map.of(
        [f"c{i}" for i in range(9)] + ["x", "y", "z"],
        supports=[
            ("x", "c0"),
            ("y", "c0"),
            *((f"c{i + 1}", f"c{i}") for i in range(8)),
            ("z", "c0"),
        ],
    )
    focus = "c0_r3_c1_r4_c2_r5_c3"
    page = flat_tree(deep, "c0", depth=1, children=1, focus=focus)

    # x and y come first: a page is what comes first, however far that is.
    assert shown(page) == ["c0", "x", "y", "c1", "c2", "c3", "c4"]
    assert [node.hidden for node in page.nodes] == [1, 0, 0, 0, 0, 0, 1]
    rest = flat_tree(deep, "c0", depth=1, cursor=page.nodes[0].next)
    assert shown(rest) == ["c0", "z"]
    few = flat_tree(deep, "c0", depth=None, nodes=2, focus=focus)
    assert {"c1", "c2", "c3"} <= set(shown(few))


@given(rooted(), st.data())
def test_any_place_can_be_the_focus(
    drawn: tuple[Map, str], data: st.DataObject
) -> None:
    whole = flat_tree(*drawn, depth=None, children=None).nodes
    focus = data.draw(st.sampled_from([node.id for node in whole]))
    nodes = data.draw(st.none() | st.integers(1, 4))
    page = flat_tree(*drawn, depth=0, children=1, focus=focus, nodes=nodes).nodes

    above = {node.id: node.parent for node in whole}
    way: str | None = focus
    while way is not None:
        assert way in {node.id for node in page}
        way = above[way]


def test_a_focus_elsewhere_is_refused() -> None:
    with pytest.raises(NotFound):
        tree(MAP, "t", focus="t_r9_a")
    with pytest.raises(Malformed) as refused:
        tree(MAP, "t", under="t_r1_b", focus="t_r2_a")
    assert refused.value.pointer == "/focus"


def test_nodes_can_have_some_of_their_members() -> None:
    nested = some_tree(MAP, "t", ["claim", "hidden"], depth=1)
    flat = some_flat_tree(MAP, "t", ["claim"], depth=0)

    assert as_json(nested)["root"]["children"][0] == {
        "id": "t_r1_b",
        "claim": "b",
        "hidden": 1,
        "children": [],
    }
    assert as_json(flat)["nodes"] == [{"id": "t", "claim": "t", "parent": None}]


def as_json(value: object) -> dict:
    return msgspec.json.decode(msgspec.json.encode(value))


@given(rooted())
def test_boxes_of_a_layout_do_not_overlap(drawn: tuple[Map, str]) -> None:
    nodes = flat_tree(*drawn, depth=None, children=None, layout=True).nodes
    columns: dict[float, list[tuple[float, float]]] = {}
    places = {node.id: node for node in nodes}
    for node in nodes:
        columns.setdefault(node.x, []).append((node.y, node.y + node.height))
        if node.parent:
            assert node.x > places[node.parent].x + places[node.parent].width

    assert nodes[0].x == 0
    for column in columns.values():
        assert all(low[1] < high[0] for low, high in pairwise(column))
