"""Trees by hand: what hangs where, what a node says, what a page holds."""

from time import process_time

import msgspec
import pytest
from msgspec.structs import replace

import argmap
from argmap.errors import Malformed, NotFound, Stale, TooDeep
from argmap.model.items import Claim, Map, Relation, Target
from argmap.render.cursor import Cursor, write
from argmap.render.nodes import Node
from argmap.render.tree import flat_tree, tree

KNOT = Map.of(
    ["t", "a", "b", "c", "d"],
    supports=[("d", "t"), ("t", "a"), ("c", "a")],
    rebuts=[("a", "t"), (("b", "c"), "t")],
    undercuts=[("d", "r4"), ("a", "r6"), ("b", "r2")],
    key="knot",
)
"""t is supported by d (r1) and rebutted by a (r4) and by b and c jointly (r5); t (r2)
and c (r3) support a; d undercuts r4 (r6), a undercuts that (r7), and b undercuts r2."""


@pytest.fixture(scope="module")
def chain() -> Map:
    """Make a chain of 100,000 claims, each supported by the next."""
    return Map.of(
        [f"c{i}" for i in range(100_000)],
        supports=[(f"c{i + 1}", f"c{i}") for i in range(99_999)],
    )


def outline(node: Node) -> dict[str, dict]:
    """Show the claims of a tree by id, nested."""
    return {child.id: outline(child) for child in node.children}


def at(node: Node, place: str) -> Node:
    """Find a shown node."""
    return next(n for n in walk(node) if n.id == place)


def walk(node: Node) -> list[Node]:
    """List the nodes of a shallow tree."""
    return [node, *(n for child in node.children for n in walk(child))]


def test_relations_hang_under_what_they_target_and_claims_unfold_once() -> None:
    root = tree(KNOT, "t", depth=None).root

    assert root.id == "t"
    assert outline(root) == {
        "t_r1_d": {},
        "t_r4_a": {
            "t_r4_a_r2_t": {"t_r4_a_r2_t_r8_b": {}},
            "t_r4_a_r3_c": {},
            "t_r4_a_r6_d": {"t_r4_a_r6_d_r7_a": {}},
        },
        "t_r5_b": {},
        "t_r5_c": {},
    }


def test_a_claim_met_again_refers_to_its_first_place_breadth_first() -> None:
    root = tree(KNOT, "t", depth=None).root
    references = {
        node.id: (node.reference_to.id, node.reference_to.cycle)
        for node in walk(root)
        if node.reference_to
    }

    assert references == {
        "t_r4_a_r2_t": ("t", True),
        "t_r4_a_r2_t_r8_b": ("t_r5_b", False),
        "t_r4_a_r3_c": ("t_r5_c", False),
        "t_r4_a_r6_d": ("t_r1_d", False),
        "t_r4_a_r6_d_r7_a": ("t_r4_a", True),
    }


def test_a_side_is_the_product_of_the_signs_from_the_root() -> None:
    root = tree(KNOT, "t", depth=None).root

    assert {node.id: node.side for node in walk(root)} == {
        "t": None,
        "t_r1_d": "pro",
        "t_r4_a": "con",
        "t_r4_a_r2_t": "con",
        "t_r4_a_r2_t_r8_b": "pro",
        "t_r4_a_r3_c": "con",
        "t_r4_a_r6_d": "pro",
        "t_r4_a_r6_d_r7_a": "con",
        "t_r5_b": "con",
        "t_r5_c": "con",
    }


def test_what_a_rephrase_leads_to_is_on_no_side() -> None:
    claims = {key: Claim(key=key, text=key) for key in ("t", "same", "reason")}
    relations = [
        Relation(
            key="r1", kind="rephrase", premises=("same",), target=Target(claim="t")
        ),
        Relation(
            key="r2", kind="support", premises=("reason",), target=Target(claim="same")
        ),
    ]
    map = Map(key="m", claims=claims, relations={r.key: r for r in relations})

    assert [node.side for node in walk(tree(map, "t").root)] == [None, None, None]


def test_linked_premises_share_a_group_and_undercuts_name_their_relation() -> None:
    root = tree(KNOT, "t", depth=None).root
    via = {node.id: node.via for node in walk(root) if node.via}

    assert (via["t_r5_b"].group, via["t_r5_c"].group) == ("r5", "r5")
    assert via["t_r4_a"].group is None
    assert via["t_r4_a"].target == Target(claim="t")
    assert via["t_r4_a_r6_d"].target == Target(relation="r4")
    assert via["t_r4_a_r6_d_r7_a"].kind == "undercut"


def test_a_node_has_exactly_the_members_that_are_promised() -> None:
    revs = {("claim", "a"): 4, ("relation", "r4"): 2}
    page = tree(KNOT, "t", revs=revs, revision=17, depth=2, children=2)

    assert msgspec.to_builtins(page)["root"]["children"][1] == {
        "id": "t_r4_a",
        "claim": "a",
        "rev": 4,
        "text": "a",
        "strength": None,
        "verdict": None,
        "side": "con",
        "via": {
            "relation": "r4",
            "rev": 2,
            "kind": "rebut",
            "target": {"claim": "t"},
            "group": None,
            "weight": 1.0,
            "strength": None,
        },
        "child_count": 3,
        "hidden": 1,
        "next": write(Cursor("knot", 17, "t", "map", 2, 2)),
        "reference_to": None,
        "children": msgspec.to_builtins(page.root.children[1].children),
    }
    assert (page.map, page.revision, page.rule) == ("knot", 17, None)


def test_strengths_and_verdicts_are_those_of_the_evaluation() -> None:
    evaluation = argmap.evaluate(KNOT, "df-quad")
    page = tree(KNOT, "t", evaluation=evaluation, depth=None)

    assert page.rule == "df-quad"
    for node in walk(page.root):
        scored = evaluation.claims[node.claim]
        assert (node.strength, node.verdict) == (scored.strength, scored.verdict)
        if node.via:
            assert node.via.strength == evaluation.relations[node.via.relation]


def test_by_contribution_the_strongest_relations_come_first_at_the_same_places() -> (
    None
):
    map = Map.of(
        {"t": 0.5, "weak": 0.1, "strong": 0.9, "p": 0.8, "q": 0.8, "same": 0.1},
        supports=[("weak", "t"), ("strong", "t"), (("p", "q"), "t"), ("same", "t")],
    )
    evaluation = argmap.evaluate(map, "df-quad")
    by_map = tree(map, "t", evaluation=evaluation).root
    ordered = tree(map, "t", evaluation=evaluation, order="contribution").root
    pages = [
        tree(map, "t", evaluation=evaluation, order="contribution", children=2).root
    ]
    while pages[-1].next:
        pages.append(
            tree(
                map,
                "t",
                evaluation=evaluation,
                order="contribution",
                children=2,
                cursor=pages[-1].next,
            ).root
        )

    assert [n.claim for n in ordered.children] == ["strong", "p", "q", "weak", "same"]
    assert {n.id for n in ordered.children} == {n.id for n in by_map.children}
    assert [[n.claim for n in page.children] for page in pages] == [
        ["strong"],
        ["p", "q"],
        ["weak", "same"],
    ]


def test_a_page_splits_no_group() -> None:
    first = tree(KNOT, "t", depth=1, children=3).root
    rest = tree(KNOT, "t", depth=1, children=1, cursor=first.next).root

    assert [node.claim for node in first.children] == ["d", "a"]
    assert (first.child_count, first.hidden) == (4, 2)
    assert [node.claim for node in rest.children] == ["b", "c"]
    assert (rest.hidden, rest.next) == (2, None)
    assert tree(KNOT, "t", depth=0, cursor=first.next).root.next == first.next


def test_below_the_depth_everything_is_hidden_and_a_cursor_goes_on() -> None:
    root = tree(KNOT, "t", depth=1).root
    leaf = at(root, "t_r4_a")
    more = tree(KNOT, "t", depth=1, under=leaf.id, cursor=leaf.next).root

    assert (leaf.child_count, leaf.hidden, leaf.children) == (3, 3, ())
    assert [node.id for node in more.children] == [
        "t_r4_a_r2_t",
        "t_r4_a_r3_c",
        "t_r4_a_r6_d",
    ]
    assert at(root, "t_r1_d").next is None


def test_a_place_expands_in_the_same_rooted_tree() -> None:
    below = tree(KNOT, "t", under="t_r4_a").root

    assert below == at(tree(KNOT, "t", depth=None).root, "t_r4_a")


@pytest.mark.parametrize(
    "place", ["", "a", "t_r4", "t_r4_b", "r4_a", "t_r9_a", "t__r4_a", "t_r4_a_"]
)
def test_an_unknown_place_or_root_is_not_found(place: str) -> None:
    with pytest.raises(NotFound):
        tree(KNOT, "t", under=place)
    with pytest.raises(NotFound):
        tree(KNOT, "nobody")


@pytest.mark.parametrize("cursor", ["", "x", "é", "bm8", "W10", "WzEsMiwzLDQsNV0"])
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(Malformed) as refused:
        tree(KNOT, "t", cursor=cursor)
    assert refused.value.pointer == "/cursor"


def test_a_cursor_holds_on_to_its_revision_its_tree_and_its_place() -> None:
    cursor = tree(KNOT, "t", revision=3, children=1).root.next

    with pytest.raises(Stale, match="r3"):
        tree(KNOT, "t", revision=4, cursor=cursor)
    with pytest.raises(Malformed, match="another map"):
        tree(replace(KNOT, key="other"), "t", revision=3, cursor=cursor)
    with pytest.raises(Malformed):
        tree(KNOT, "a", revision=3, cursor=cursor)
    with pytest.raises(Malformed):
        tree(KNOT, "t", revision=3, cursor=cursor, order="contribution")
    with pytest.raises(Malformed):
        tree(KNOT, "t", revision=3, cursor=cursor, under="t_r4_a")
    with pytest.raises(NotFound):
        tree(KNOT, "t", cursor=write(Cursor("knot", None, "t", "map", 10, 0)))


def test_the_flat_form_has_the_same_nodes_level_by_level() -> None:
    flat = flat_tree(KNOT, "t", depth=None, revision=17)
    root = tree(KNOT, "t", depth=None, revision=17).root

    assert {node.id for node in flat.nodes} == {node.id for node in walk(root)}
    assert [node.parent for node in flat.nodes[:6]] == [None, *["t"] * 4, "t_r4_a"]
    nested, row = root.children[1], flat.nodes[2]
    members = set(row.__struct_fields__) - {"parent"}
    assert all(getattr(row, name) == getattr(nested, name) for name in members)


def test_a_chain_of_100_000_claims_unfolds_flat_within_five_seconds(chain: Map) -> None:
    start = process_time()
    nodes = flat_tree(chain, "c0", depth=None).nodes
    encoded = msgspec.json.encode(nodes)

    assert process_time() - start < 5
    assert len(nodes) == 100_000
    assert len(encoded) < 100 * 2**20
    assert nodes[-1].id == "c0__r99999_c99999"
    assert nodes[-1].parent == nodes[-2].id
    assert tree(chain, "c0", under=nodes[-2].id).root.children[0].id == nodes[-1].id


def test_nested_json_ends_500_deep_and_offers_the_flat_form(chain: Map) -> None:
    deepest = msgspec.json.encode(tree(chain, "c0", depth=248))

    assert nesting(deepest) == 500
    assert msgspec.json.decode(deepest)["root"]["claim"] == "c0"
    for depth in (249, None):
        with pytest.raises(TooDeep, match="flat"):
            tree(chain, "c0", depth=depth)
    below = tree(chain, "c0", depth=248, under="c0__r90000_c90000").root
    assert below.children[0].claim == "c90001"


def nesting(data: bytes) -> int:
    """Count how deep JSON without brackets in its strings is nested."""
    depth = deepest = 0
    for byte in data:
        depth += (byte in b"[{") - (byte in b"]}")
        deepest = max(deepest, depth)
    return deepest
