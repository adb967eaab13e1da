"""A map as nodes and edges, over HTTP."""

from typing import Any
from xml.etree import ElementTree

import pytest
from litestar.testing import TestClient

PLAN: dict[str, Any] = {
    "format": "argmap/1",
    "map": {"key": "plan", "title": "A <plan>", "targets": ["t"]},
    "claims": [{"key": key, "text": f"{key} & so on"} for key in "tabu"],
    "relations": [
        {"key": key, "kind": kind, "premises": premises, "target": target}
        for key, kind, premises, target in (
            ("r1", "support", ["a", "b"], {"claim": "t"}),
            ("r2", "undercut", ["u"], {"relation": "r1"}),
            ("r3", "rebut", ["t"], {"claim": "u"}),
        )
    ],
}
"""Linked premises, an undercut, and a cycle through it."""

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture(scope="module")
def plan(client: TestClient) -> str:
    client.post("/api/v1/imports", json=PLAN)
    return "/api/v1/maps/plan"


def test_every_claim_and_relation_is_a_node(client: TestClient, plan: str) -> None:
    elements = client.get(f"{plan}/graph").json()["elements"]
    nodes = {node["data"]["id"]: node["data"] for node in elements["nodes"]}
    edges = [edge["data"] for edge in elements["edges"]]

    assert list(nodes) == ["c:t", "c:a", "c:b", "c:u", "r:r1", "r:r2", "r:r3"]
    assert [key for key, node in nodes.items() if node.get("is_target")] == ["c:t"]
    assert (nodes["c:a"]["label"], nodes["r:r1"]["label"]) == ("a & so on", "support")
    assert [(e["source"], e["target"], e["role"]) for e in edges[:5]] == [
        ("c:a", "r:r1", "premise"),
        ("c:b", "r:r1", "premise"),
        ("r:r1", "c:t", "target"),
        ("c:u", "r:r2", "premise"),
        ("r:r2", "r:r1", "target"),
    ]
    assert len({edge["id"] for edge in edges}) == len(edges)


def test_nodes_have_what_the_rule_makes_of_them(client: TestClient, plan: str) -> None:
    rule = "rule=df-quad&param.k=2"
    evaluation = client.get(f"{plan}/evaluations?{rule}").json()
    graph = client.get(f"{plan}/graph?{rule}").json()

    for name in ("map", "revision", "rule", "parameters", "input_hash"):
        assert graph[name] == evaluation[name]
    nodes = [node["data"] for node in graph["elements"]["nodes"]]
    assert {
        n["key"]: (n["strength"], n["rank"], n["verdict"])
        for n in nodes
        if n["type"] == "claim"
    } == {
        key: (claim["strength"], claim["rank"], claim["verdict"])
        for key, claim in evaluation["claims"].items()
    }
    of_relations = {n["key"]: n["strength"] for n in nodes if n["type"] == "relation"}
    assert of_relations == evaluation["relations"]


def test_graphml_tells_the_same(client: TestClient, plan: str) -> None:
    answer = client.get(f"{plan}/graph.graphml?rule=grounded")
    graph = client.get(f"{plan}/graph?rule=grounded").json()["elements"]

    assert answer.headers["content-type"].startswith("application/graphml+xml")
    tree = ElementTree.fromstring(answer.content)
    declared = {key.attrib["id"] for key in tree.iter(f"{GRAPHML}key")}
    for element, drawn in zip(tree.iter(f"{GRAPHML}node"), graph["nodes"], strict=True):
        said = {data.attrib["key"]: data.text for data in element}
        assert element.attrib["id"] == drawn["data"]["id"]
        assert said["label"] == drawn["data"]["label"]
        assert said.get("verdict") == drawn["data"].get("verdict")
        assert said.keys() <= declared
    edges = [edge.attrib for edge in tree.iter(f"{GRAPHML}edge")]
    assert [(edge["source"], edge["target"]) for edge in edges] == [
        (edge["data"]["source"], edge["data"]["target"]) for edge in graph["edges"]
    ]


def test_a_graph_is_told_once(client: TestClient, plan: str) -> None:
    first = client.get(f"{plan}/graph")
    again = client.get(
        f"{plan}/graph", headers={"If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_a_graph_is_told_as_of_then(client: TestClient, plan: str) -> None:
    client.post(f"{plan}/claims", json={"key": "late", "text": "Later."})
    now, then = client.get(f"{plan}/graph"), client.get(f"{plan}/graph?at=1")
    ids = [
        {node["data"]["id"] for node in graph.json()["elements"]["nodes"]}
        for graph in (now, then)
    ]
    assert ids[0] - ids[1] == {"c:late"}


def test_a_rule_that_is_none_is_said(client: TestClient, plan: str) -> None:
    answer = client.get(f"{plan}/graph?rule=nope")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
