"""A map as a tree, over HTTP."""

import re
import sys
from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest
from litestar.testing import TestClient

KNOT: dict[str, Any] = {
    "format": "argmap/1",
    "map": {"key": "knot"},
    "claims": [{"key": key, "text": key} for key in ("t", "a", "b", "c", "u")],
    "relations": [
        {"key": key, "kind": kind, "premises": premises, "target": {at: target}}
        for key, kind, premises, at, target in (
            ("r1", "support", ["a", "b"], "claim", "t"),
            ("r2", "rebut", ["c"], "claim", "t"),
            ("r3", "rebut", ["c"], "claim", "a"),
            ("r4", "support", ["t"], "claim", "c"),
            ("r5", "undercut", ["u"], "relation", "r3"),
        )
    ],
}
"""Linked premises, a claim that is shared, a cycle and an undercut."""


@pytest.fixture(scope="module")
def knot(client: TestClient) -> str:
    client.post("/api/v1/imports", json=KNOT)
    return "/api/v1/maps/knot/claims/t/tree"


def test_a_map_in_knots_is_a_tree(client: TestClient, knot: str) -> None:
    tree = client.get(f"{knot}?depth=all").json()

    assert (tree["map"], tree["revision"]) == ("knot", 1)
    assert tree["rule"] == "quadratic-energy"
    a, b, c = tree["root"]["children"]
    assert [n["id"] for n in (a, b, c)] == ["t_r1_a", "t_r1_b", "t_r2_c"]
    assert [n["via"]["group"] for n in (a, b, c)] == ["r1", "r1", None]
    assert [n["side"] for n in (a, b, c)] == ["pro", "pro", "con"]
    (again,) = a["children"]
    assert again["reference_to"] == {"id": "t_r2_c", "cycle": False}
    assert [n["claim"] for n in again["children"]] == ["u"]
    (cycle,) = c["children"]
    assert cycle["reference_to"] == {"id": "t", "cycle": True}
    assert 0 < a["strength"] < 1
    assert (a["rev"], a["via"]["rev"], tree["root"]["via"]) == (1, 1, None)


def test_both_paths_give_the_same_tree(client: TestClient, knot: str) -> None:
    assert client.get(knot).content == client.get(f"{knot}.json").content


def test_a_page_leads_to_the_next_and_stays_at_its_revision(
    client: TestClient, tram: str
) -> None:
    url = f"{tram}/claims/build/tree"
    first = client.get(f"{url}?children=1")
    root = first.json()["root"]
    client.post(f"{tram}/claims", json={"text": "Late."})

    second = client.get(f"{url}?children=1&cursor={root['next']}")

    assert [n["id"] for n in root["children"]] == ["build_r1_cost"]
    assert (root["child_count"], root["hidden"]) == (2, 1)
    rest = second.json()["root"]
    assert [n["id"] for n in rest["children"]] == ["build_r2_quiet"]
    assert (second.json()["revision"], rest["next"]) == (1, None)


def test_a_place_opens_with_the_id_that_it_has_in_the_whole_tree(
    client: TestClient, knot: str
) -> None:
    whole = client.get(f"{knot}?depth=all").json()["root"]["children"][0]

    part = client.get(f"{knot}?under=t_r1_a&depth=1").json()["root"]

    assert (part["id"], part["children"][0]["id"]) == (
        whole["id"],
        whole["children"][0]["id"],
    )


def test_the_flat_form_names_parents(client: TestClient, knot: str) -> None:
    nodes = client.get(f"{knot}?flat=true&depth=1").json()["nodes"]

    assert [(n["id"], n["parent"]) for n in nodes] == [
        ("t", None),
        ("t_r1_a", "t"),
        ("t_r1_b", "t"),
        ("t_r2_c", "t"),
    ]


def test_by_contribution_the_strongest_come_first(
    client: TestClient, tram: str
) -> None:
    url = f"{tram}/claims/build/tree?rule=base-score"

    def order(by: str) -> list[str]:
        root = client.get(f"{url}&order={by}").json()["root"]
        return [node["claim"] for node in root["children"]]

    assert order("map") == ["cost", "quiet"]
    assert order("contribution") == ["quiet", "cost"]


def test_a_tree_is_told_apart_by_revision(client: TestClient, tram: str) -> None:
    url = f"{tram}/claims/build/tree"
    known = {"If-None-Match": client.get(url).headers["etag"]}

    assert client.get(url, headers=known).status_code == 304
    client.patch(f"{tram}/claims/cost", json={"tags": ["x"]}, headers={"If-Match": "*"})
    assert client.get(url, headers=known).status_code == 200


def test_a_client_that_accepts_gzip_gets_it_with_a_tag_of_its_own(
    client: TestClient, knot: str
) -> None:
    def ask(encoding: str, **headers: str) -> Any:
        return client.get(knot, headers={"Accept-Encoding": encoding, **headers})

    plain, zipped = ask("identity"), ask("br, gzip;q=0.5")

    assert "content-encoding" not in plain.headers
    assert zipped.headers["content-encoding"] == "gzip"
    assert int(zipped.headers["content-length"]) < len(plain.content) / 2
    assert zipped.content == plain.content
    assert zipped.headers["etag"] != plain.headers["etag"]
    assert {a.headers["vary"] for a in (plain, zipped)} == {"Accept-Encoding"}
    for encoding in ("gzip;q=0", "gzip; q=0.000, br", ""):
        assert "content-encoding" not in ask(encoding).headers
    for tag in (plain.headers["etag"], zipped.headers["etag"]):
        assert ask("gzip", **{"If-None-Match": tag}).status_code == 304


def test_nested_json_ends_where_readers_would_and_the_flat_form_goes_on(
    client: TestClient,
) -> None:
    deep = 600
    chain = {
        "format": "argmap/1",
        "map": {"key": "chain"},
        "claims": [{"key": f"c{i}", "text": f"c{i}"} for i in range(deep + 1)],
        "relations": [
            {
                "key": f"r{i}",
                "kind": "support",
                "premises": [f"c{i + 1}"],
                "target": {"claim": f"c{i}"},
            }
            for i in range(deep)
        ],
    }
    client.post("/api/v1/imports", json=chain)
    url = "/api/v1/maps/chain/claims/c0/tree?depth=all"

    nested = client.get(url)
    flat = client.get(f"{url}&flat=true")

    assert (nested.status_code, nested.json()["code"]) == (422, "too-deep")
    assert "flat" in nested.json()["detail"]
    assert len(flat.json()["nodes"]) == deep + 1


PICTURES = {
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "md": "text/markdown",
    "mmd": "text/vnd.mermaid",
    "dot": "text/vnd.graphviz",
}


def test_the_tree_is_what_d3_hierarchy_reads(client: TestClient, knot: str) -> None:
    pending = [client.get(f"{knot}?depth=2").json()["root"]]
    ids = []
    for node in pending:  # one root, arrays of children, nothing met twice
        assert isinstance(node["children"], list)
        ids.append(node["id"])
        pending += node["children"]

    assert len(set(ids)) == len(ids) == 6


def test_every_picture_shows_the_same_tree(client: TestClient, knot: str) -> None:
    nodes = client.get(f"{knot}?depth=2&flat=true").json()["nodes"]
    claims = sorted(node["claim"] for node in nodes)
    shown = {}
    for suffix, media_type in PICTURES.items():
        answer = client.get(f"{knot}.{suffix}?depth=2")
        assert answer.headers["content-type"].partition(";")[0] == media_type
        shown[suffix] = answer.text

    found = {
        "svg": r"<text><tspan [^>]*>(\w)<",
        "txt": r"(\w): \w\b",
        "md": r"- (?:\*\*.*:\*\* )?(\w)\b",
        "mmd": r'n\d+\["(\w)\b',
        "dot": r'n\d+ \[label="(\w)\b',
    }
    for suffix, pattern in found.items():
        assert sorted(re.findall(pattern, shown[suffix], re.MULTILINE)) == claims


def test_a_png_is_drawn_where_resvg_is(client: TestClient, knot: str) -> None:
    pytest.importorskip("resvg_py", reason="the extra png is not installed")
    light, dark = (
        client.get(f"{knot}.png?theme={t}&scale=1") for t in ("light", "dark")
    )

    assert light.headers["content-type"] == "image/png"
    assert light.content.startswith(b"\x89PNG")
    assert dark.content != light.content


def test_without_resvg_a_png_is_not_implemented(
    client: TestClient, knot: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    answer = client.get(f"{knot}.png?scale=3")

    assert (answer.status_code, answer.json()["code"]) == (501, "not-installed")
    assert "argmap[png]" in answer.json()["detail"]


def test_an_svg_may_use_its_own_style_and_nothing_else(
    client: TestClient, knot: str
) -> None:
    answer = client.get(f"{knot}.svg")
    style = re.search("<style>(.*)</style>", answer.text)
    assert style
    digest = b64encode(sha256(style[1].encode()).digest()).decode()

    policy = answer.headers["content-security-policy"]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    known = {"If-None-Match": answer.headers["etag"]}
    assert client.get(f"{knot}.svg", headers=known).status_code == 304


def test_few_nodes_a_focus_some_members_and_a_layout(
    client: TestClient, knot: str
) -> None:
    few = client.get(f"{knot}?nodes=3").json()["root"]
    far = "t_r2_c_r4_t"
    focused = client.get(f"{knot}?depth=0&focus={far}&flat=true").json()["nodes"]
    lean = client.get(f"{knot}?fields=claim,strength&depth=1&layout=true").json()[
        "root"
    ]

    assert [n["claim"] for n in few["children"]] in (["a", "b"], ["c"])
    assert few["hidden"] + len(few["children"]) == few["child_count"]
    more = client.get(f"{knot}?under=t&cursor={few['next']}").json()["root"]
    assert len(more["children"]) == few["hidden"]
    assert far in [node["id"] for node in focused]
    assert set(lean) == {
        *("id", "claim", "strength", "x", "y", "width", "height", "children")
    }
    for wrong in (
        "fields=children",
        "fields=",
        "nodes=0",
        "focus=t_r9_t",
        "theme=dark",
    ):
        assert client.get(f"{knot}?{wrong}").status_code in (400, 404)
