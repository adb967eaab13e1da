"""What holds of the tree of every map, from every claim."""

import json
from collections.abc import Iterator
from graphlib import TopologicalSorter

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import draw
from argmap.model import Map
from argmap.plugin import Host, compile_map, decode_options, evaluate
from argmap.plugin.judgement import judge
from argmap.render import places
from argmap.render.nodes import Node
from argmap.render.tree import flat_tree, tree

RULE = Host.load().rule("df-quad")


@st.composite
def rooted(data: st.DrawFn) -> tuple[Map, str]:
    """Draw a map and one of its claims."""
    map = data(draw.maps().filter(lambda map: map.claims))
    return map, data(st.sampled_from(list(map.claims)))


def walk(node: Node) -> Iterator[Node]:
    """Give a node and all below it."""
    yield node
    for child in node.children:
        yield from walk(child)


def whole(map: Map, root: str) -> Node:
    """Give the whole tree, in no pages."""
    return tree(map, root, depth=None, children=None).root


def reachable(map: Map, root: str) -> set[str]:
    """Find the relations from which a path leads to the root, step by step."""
    claims, relations = {root}, set[str]()
    while True:
        more = {
            key
            for key, relation in map.relations.items()
            if relation.target.claim in claims or relation.target.relation in relations
        }
        if more <= relations:
            return relations
        relations |= more
        claims |= {p for key in more for p in map.relations[key].premises}


@given(rooted())
def test_every_place_has_its_own_id_and_says_where_it_is(
    drawn: tuple[Map, str],
) -> None:
    root = whole(*drawn)
    nodes = list(walk(root))

    assert len({node.id for node in nodes}) == len(nodes)
    assert all(
        child.id == f"{node.id}_{child.via.relation}_{child.claim}"
        for node in nodes
        for child in node.children
        if child.via
    )


@given(rooted())
def test_every_relation_hangs_once_with_all_its_premises(
    drawn: tuple[Map, str],
) -> None:
    map, root = drawn
    placed = [(n.via.relation, n.claim) for n in walk(whole(map, root)) if n.via]

    assert sorted(placed) == sorted(
        (key, premise)
        for key in reachable(map, root)
        for premise in map.relations[key].premises
    )


@given(rooted())
def test_a_relation_hangs_under_its_target(drawn: tuple[Map, str]) -> None:
    map, root = drawn
    for node in walk(whole(map, root)):
        for child in node.children:
            assert child.via
            target = child.via.target
            assert child.via.target == map.relations[child.via.relation].target
            if target.claim is not None:
                assert (target.claim, node.reference_to) == (node.claim, None)
            else:
                assert node.via
                assert node.via.relation == target.relation
                assert map.relations[node.via.relation].premises[0] == node.claim


@given(rooted())
def test_a_claim_unfolds_once_where_its_references_point(
    drawn: tuple[Map, str],
) -> None:
    nodes = list(walk(whole(*drawn)))
    unfolded = {node.id: node for node in nodes if node.reference_to is None}
    references = [node for node in nodes if node.reference_to]

    assert len({node.claim for node in unfolded.values()}) == len(unfolded)
    for node in references:
        assert node.reference_to
        first = unfolded[node.reference_to.id]
        assert first.claim == node.claim
        assert first.id.count("_") <= node.id.count("_")
        assert node.reference_to.cycle == node.id.startswith(f"{first.id}_")


@given(rooted())
def test_the_json_is_a_finite_tree(drawn: tuple[Map, str]) -> None:
    encoded = msgspec.json.encode(tree(*drawn, depth=None, children=None))
    flat = flat_tree(*drawn, depth=None, children=None)
    graph = {node.id: [node.parent] if node.parent else [] for node in flat.nodes}

    assert json.loads(encoded)["root"]["claim"] == drawn[1]
    assert len(list(TopologicalSorter(graph).static_order())) == len(flat.nodes)


@given(rooted(), st.integers(1, 4), st.integers(0, 3))
def test_expanding_page_by_page_gives_the_whole(
    drawn: tuple[Map, str], children: int, depth: int
) -> None:
    map, root = drawn
    expected = {
        node.id: (node.child_count, node.side, node.reference_to, node.via)
        for node in walk(whole(map, root))
    }
    seen: dict[str, object] = {}
    pending: list[tuple[str, str | None]] = [(root, None)]
    while pending:
        under, cursor = pending.pop()
        page = tree(
            map, root, under=under, cursor=cursor, children=children, depth=depth + 1
        )
        for node in walk(page.root):
            if node.id != under:
                assert node.id not in seen
            seen[node.id] = node.child_count, node.side, node.reference_to, node.via
            if node.next:
                pending.append((node.id, node.next))

    assert seen == expected


@given(rooted(), st.integers(1, 4))
def test_no_page_splits_a_group(drawn: tuple[Map, str], children: int) -> None:
    map, root = drawn
    for node in walk(tree(map, root, depth=4, children=children).root):
        shown = [child.via.relation for child in node.children if child.via]
        premises = [
            p for key in dict.fromkeys(shown) for p in map.relations[key].premises
        ]
        assert [child.claim for child in node.children] == premises
        assert len(shown) <= children or len(set(shown)) == 1


@given(rooted())
def test_an_id_leads_back_to_its_place(drawn: tuple[Map, str]) -> None:
    map, root = drawn
    for node in walk(whole(map, root)):
        assert tree(map, root, under=node.id, depth=None, children=None).root == node


@given(rooted(), st.sampled_from([0, 30, places.NAMED]))
def test_places_laid_out_once_give_every_view_the_same_tree(
    drawn: tuple[Map, str], room: int
) -> None:
    map, root = drawn
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "NAMED", room)
        shared = places.Places(map, root).whole()
        for node in walk(whole(map, root)):
            for depth in (None, 1):
                made = tree(map, root, under=node.id, depth=depth, places=shared)
                assert made == tree(map, root, under=node.id, depth=depth)


@settings(max_examples=30)
@given(rooted())
def test_a_judgement_gives_the_tree_that_its_evaluation_gives(
    drawn: tuple[Map, str],
) -> None:
    map, root = drawn
    options = decode_options(RULE, None)
    judged = judge(compile_map(map), RULE, RULE.decode(None), options)
    shared = places.Places(map, root).whole()
    for order in ("map", "contribution"):
        made = tree(
            map, root, evaluation=judged, depth=None, order=order, places=shared
        )
        told = evaluate(map, RULE)
        assert made == tree(map, root, evaluation=told, depth=None, order=order)
