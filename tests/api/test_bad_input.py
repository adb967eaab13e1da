"""Bad input: a 4xx that says what is wrong and where, and nothing has changed.

Planted and found: members given twice and integers over 2^53 that are let in.
"""

import re
from typing import Any, NamedTuple

import msgspec
import pytest
from litestar.testing import TestClient

from argmap.api.openapi import document
from argmap.settings import Settings

DOCUMENT: dict[str, Any] = msgspec.json.decode(document())
JSON = "application/json"
LIMIT = Settings().max_body_bytes
DEEP = b'{"text": "x", "data": ' + b'{"a": ' * 200 + b"1" + b"}" * 200 + b"}"
CLAIM = {"text": "It is green."}
STATE = "/operations/0/if"
RELATION = {"kind": "support", "premises": ["quiet"], "target": {"claim": "build"}}


class Bad(NamedTuple):
    """A request below a map, and what has to be answered."""

    request: str
    body: Any
    status: int
    code: str
    pointer: str | None = None
    parameter: str | None = None
    headers: dict[str, str] = {}  # noqa: RUF012 # never changed


def post(path: str, body: Any, status: int, code: str, pointer: str | None) -> Bad:
    return Bad(f"POST {path}", body, status, code, pointer)


def malformed(body: Any, pointer: str, path: str = "/claims") -> Bad:
    return post(path, body, 400, "malformed", pointer)


def claim(pointer: str, **members: Any) -> Bad:
    return malformed({**CLAIM, **members}, pointer)


def relation(status: int, code: str, pointer: str, **members: Any) -> Bad:
    return post("/relations", {**RELATION, **members}, status, code, pointer)


def operation(status: int, code: str, pointer: str | None, **members: Any) -> Bad:
    return post("/changes", {"operations": [members]}, status, code, pointer)


def query(request: str, parameter: str, code: str = "malformed") -> Bad:
    return Bad(request, None, 400, code, parameter=parameter)


def choice(request: str, parameter: str) -> Bad:
    pointer = f"/{parameter}".replace("param.", "parameters/")
    pointer = pointer.replace("option.", "options/")  # as a body would say it
    return Bad(request, None, 422, "invalid-parameters", pointer, parameter)


def tagged(status: int, code: str, tag: str | None = None) -> Bad:
    headers = {} if tag is None else {"If-Match": tag}
    parameter = "If-Match" if code == "malformed" else None
    return Bad("PUT /claims/cost", CLAIM, status, code, None, parameter, headers)


BAD = [
    # No JSON, or not such as every reader reads alike.
    malformed(b"", ""),
    malformed(b"{", ""),
    malformed(b"{'text': 'x'}", ""),
    malformed(b'{"text": "x"} {}', ""),
    malformed(b'{"text": "x",}', "/text"),
    malformed(b"null", ""),
    malformed(b"[]", ""),
    malformed(b'"text"', ""),
    malformed(b'{"text": "\xff"}', "/text"),
    malformed(b'{"text": "\\ud800"}', "/text"),
    malformed(b'{"text": "x", "data": {"\\ud800": 1}}', "/data/?"),
    malformed(b'{"text": "a\\u0000b"}', "/text"),
    malformed(b'{"text": "a\\u0007b"}', "/text"),
    malformed('{"text": "a\ufffeb"}'.encode(), "/text"),
    malformed(b'{"text": "a", "text": "b"}', "/text"),
    malformed(b'{"text": "a", "data": {"x": 1, "x": 2}}', "/data/x"),
    malformed(b'{"text": "x", "base_score": NaN}', "/base_score"),
    malformed(b'{"text": "x", "base_score": Infinity}', "/base_score"),
    malformed(b'{"text": "x", "base_score": 1e999}', "/base_score"),
    malformed(b'{"text": "x", "data": {"n": 9007199254740993}}', "/data/n"),
    malformed(DEEP, "/data" + "/a" * 99),
    malformed(b"[" * 100_000, ""),
    # Another type, another member, out of range.
    malformed({}, ""),
    claim("/base_score", base_score="0.5"),
    claim("/base_score", base_score=True),
    claim("/base_score", base_score=1.5),
    claim("/base_score", base_score=-0.1),
    claim("/text", text=7),
    claim("/text", text=None),
    claim("/text", text=""),
    claim("/text", text="x" * 5001),
    claim("/implicit", implicit=1),
    claim("/kind", kind="opinion"),
    claim("/tags/1", tags=["a", 7]),
    claim("/strength", strength=0.5),
    claim("/residue", residue={}),
    claim("/rev", rev=4),
    claim(
        "/passages/0/stance",
        passages=[{"source": "council", "passage": "p1", "stance": "denies"}],
    ),
    claim("/key", key="Not A Key"),
    claim("/key", key="x" * 65),
    claim("/key", key=""),
    claim("/key", key="$name"),
    # Well-formed, and wrong.
    post("/claims", {**CLAIM, "text": "   "}, 400, "invalid-text", "/text"),
    post("/claims", {**CLAIM, "key": "cost"}, 409, "duplicate-key", "/key"),
    post("/claims", {**CLAIM, "key": "cost\n"}, 400, "malformed", "/key"),
    operation(400, "malformed", "/operations/0/claim", op="remove", claim="cost\n"),
    post(
        "/claims",
        {**CLAIM, "passages": [{"source": "council", "passage": "p9"}]},
        422,
        "unknown-passage",
        "/passages/0/passage",
    ),
    relation(422, "unknown-claim", "/premises/0", premises=["nobody"]),
    relation(422, "repeated", "/premises/1", premises=["cost", "cost"]),
    relation(422, "unknown-claim", "/target/claim", target={"claim": "nobody"}),
    relation(422, "unknown-relation", "/target/relation", target={"relation": "r9"}),
    relation(422, "self-support", "/premises/0", premises=["build"]),
    relation(422, "wrong-target", "/target", kind="undercut"),
    relation(400, "malformed", "/target", target={}),
    relation(400, "malformed", "/target", target={"claim": "build", "relation": "r1"}),
    relation(400, "malformed", "/premises", premises=[]),
    relation(400, "malformed", "/weight", weight="7"),
    relation(400, "malformed", "/weight", weight=7),
    relation(409, "duplicate-key", "/key", key="r1"),
    post(
        "/sources/council/passages",
        {"spans": [{"start": 9, "end": 4}]},
        422,
        "invalid-span",
        "/spans/0",
    ),
    post(
        "/sources/council/passages",
        {"spans": [{"start": 0, "end": 4000}]},
        422,
        "invalid-span",
        "/spans/0",
    ),
    post(
        "/sources/council/passages",
        {"spans": [{"start": 0, "end": 4}], "sha256": "0" * 64},
        422,
        "passage-mismatch",
        "/sha256",
    ),
    post(
        "/sources/nowhere/passages",
        {"spans": [{"start": 0, "end": 1}]},
        404,
        "not-found",
        None,
    ),
    # Operations.
    malformed({"operations": []}, "/operations", "/changes"),
    malformed({"operations": {}}, "/operations", "/changes"),
    malformed({"operations": [7]}, "/operations/0", "/changes"),
    operation(400, "malformed", "/operations/0/op", op="explode", claim="cost"),
    operation(400, "malformed", "/operations/0", op="remove"),
    operation(
        400, "malformed", "/operations/0", op="remove", claim="cost", relation="r1"
    ),
    operation(
        400,
        "malformed",
        "/operations/0/set/weight",
        op="replace",
        relation="r1",
        set={"weight": "7"},
        **{"if": "*"},
    ),
    operation(
        400,
        "malformed",
        "/operations/0/set/colour",
        op="replace",
        claim="cost",
        set={"colour": 1},
        **{"if": "*"},
    ),
    operation(422, "unknown-claim", "/operations/0/claim", op="remove", claim="nobody"),
    operation(
        422,
        "unknown-claim",
        "/operations/0/before",
        op="move",
        claim="cost",
        before="nobody",
    ),
    operation(
        422,
        "invalid-key",
        "/operations/0/set/key",
        op="replace",
        claim="cost",
        set={"key": "dear"},
        **{"if": "*"},
    ),
    operation(409, "in-use", "/operations/0", op="remove", claim="cost", **{"if": "*"}),
    operation(428, "precondition-required", "/operations/0", op="remove", claim="cost"),
    operation(412, "stale", STATE, op="remove", claim="cost", **{"if": "r9"}),
    operation(404, "not-found", STATE, op="remove", claim="nobody", **{"if": "r1"}),
    operation(400, "malformed", STATE, op="remove", claim="cost", **{"if": '"r1"'}),
    operation(400, "malformed", STATE, op="remove", claim="cost", **{"if": "r1\n"}),
    # Tags.
    tagged(428, "precondition-required"),
    tagged(412, "stale", '"r9"'),
    tagged(412, "stale", '"r1x"'),
    tagged(412, "stale", '""'),
    tagged(400, "malformed", "r1"),
    tagged(400, "malformed", ""),
    # Rules.
    post("/evaluations", {"rules": []}, 400, "malformed", "/rules"),
    post("/evaluations", {"rules": ["df-quad"]}, 400, "malformed", "/rules/0"),
    post("/evaluations", {"rules": [{"rule": ""}]}, 400, "malformed", "/rules/0/rule"),
    Bad("GET /evaluations?rule=nobody", None, 404, "not-found"),
    choice("GET /evaluations?rule=df-quad&param.x=1", "param.x"),
    choice("GET /evaluations?rule=df-quad&param.k=-1", "param.k"),
    choice("GET /evaluations?rule=df-quad&param.k=NaN", "param.k"),
    choice("GET /evaluations?option.threshold=2", "option.threshold"),
    choice("GET /evaluations?option.colour=red", "option.colour"),
    # Queries and paths.
    query("GET ?colour=red", "colour", "unknown-parameter"),
    query("GET /claims?limit=1&limit=2", "limit"),
    query("GET /claims?at=01", "at"),
    query("GET /claims/build/tree?depth=3%0A", "depth"),
    query("GET /claims?source=council%0A", "source"),
    query("GET /claims?limit=0", "limit"),
    query("GET /claims?limit=3.0", "limit"),
    query("GET /claims?kind=null", "kind"),
    query("GET /claims?expand=Null", "expand"),
    query("GET /claims/cost/brief?side=con&minutes=nan", "minutes"),
    query("DELETE /claims/cost?cascade=1", "cascade"),
    query("GET /claims?limit=%D9%A3", "limit"),
    query("GET /claims?at=null", "at"),
    query("GET /claims?at=-1", "at"),
    query("GET /claims?limit=501", "limit"),
    query("GET /claims?limit=many", "limit"),
    query("GET /claims?limit=", "limit"),
    query("GET /claims?limit=%ff", "limit"),
    query("GET /claims?at=0", "at"),
    query("GET /claims?at=99999999999999999999", "at"),
    query("GET /claims/Not%20A%20Key", "claim"),
    query("GET /claims/%ff", "claim"),
    query("GET /claims/%00", "claim"),
    query("GET /claims/cost%0A", "claim"),
    query("GET %0A", "map"),
    query("GET /claims/" + "x" * 65, "claim"),
    query("DELETE /claims/cost?cascade=perhaps", "cascade"),
    query("GET /claims/build/tree?depth=-1", "depth"),
    query("GET /claims/build/tree?children=0", "children"),
    query("GET /claims/build/tree?order=random", "order"),
    query("GET /claims?cursor=x", "cursor"),
    query("GET /claims?cursor=%F0%9F%98%80", "cursor"),
    query("GET /claims?cursor=W10", "cursor"),
    query("GET /claims?cursor=WyJyZWxhdGlvbiIsMSwxXQ", "cursor"),
    query("GET /claims?cursor=WyJjbGFpbSIsMSwtMV0", "cursor"),
    query("GET /changes?cursor=WyJjaGFuZ2VzIiwieCJd", "cursor"),
    query("GET /claims/build/tree?cursor=x", "cursor"),
    Bad("GET /claims?at=9", None, 404, "not-found"),
    Bad("GET /claims/build/tree?under=nowhere", None, 404, "not-found"),
    Bad("GET /claims/nobody/tree", None, 404, "not-found"),
    Bad("GET /claims/cost/nothing", None, 404, "not-found"),
    Bad("GET /claims/a%2Fb", None, 404, "not-found"),
    Bad("TRACE /claims", None, 405, "method-not-allowed"),
    # Media types and sizes.
    Bad(
        "POST /claims",
        b'{"text": "x"}',
        415,
        "unsupported-media-type",
        headers={"Content-Type": "text/plain"},
    ),
    Bad(
        "POST /claims",
        b"text=x",
        415,
        "unsupported-media-type",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    ),
    Bad(
        "POST /claims",
        b"\x81",
        415,
        "unsupported-media-type",
        headers={"Content-Type": "application/msgpack"},
    ),
    Bad(
        "POST /claims",
        b"{}",
        415,
        "unsupported-media-type",
        headers={"Content-Type": ""},
    ),
    Bad("GET /claims", None, 406, "not-acceptable", headers={"Accept": "text/html"}),
    Bad(
        "GET /claims",
        None,
        406,
        "not-acceptable",
        headers={"Accept": "application/json;q=0, */*"},
    ),
    Bad(
        "PUT /claims/cost",
        CLAIM,
        400,
        "not-supported",
        headers={"Idempotency-Key": "1", "If-Match": "*"},
    ),
    Bad(
        "POST /claims",
        CLAIM,
        400,
        "malformed",
        parameter="Idempotency-Key",
        headers={"Idempotency-Key": "two words"},
    ),
    Bad("POST /claims", b" " * (LIMIT + 1), 413, "too-large", ""),
]


def statuses(method: str, path: str) -> set[str]:
    """Say with which statuses an operation may answer; none if there is none."""
    for template, methods in DOCUMENT["paths"].items():
        pattern = re.sub(r"\{\w+\}", "[^/]+", template)
        if re.fullmatch(pattern, path):
            return set(methods.get(method.lower(), {}).get("responses", ()))
    return set()


@pytest.mark.parametrize(
    "bad", BAD, ids=lambda bad: f"{bad.request[:50]} {str(bad.body)[:60]}"
)
def test_bad_input_is_told_its_place_and_changes_nothing(
    client: TestClient, common: str, bad: Bad
) -> None:
    before = client.get(f"{common}/export.json").content
    method, _, path = bad.request.partition(" ")
    body = bad.body
    if body is not None and not isinstance(body, bytes):
        body = msgspec.json.encode(body)
    headers = {"Content-Type": JSON, **bad.headers} if body is not None else bad.headers

    answer = client.request(method, common + path, content=body, headers=headers)

    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["code"]) == (bad.status, bad.code), problem
    assert problem["status"] == bad.status
    assert problem["type"] == f"urn:argmap:problem:{bad.code}"
    assert problem["title"]
    assert problem["detail"]
    assert problem.get("pointer") == bad.pointer, problem
    assert problem.get("parameter") == bad.parameter, problem
    assert client.get(f"{common}/export.json").content == before
    promised = statuses(method, (common + path).partition("?")[0])
    assert str(bad.status) in promised or (bad.status in (404, 405) and not promised)


def test_a_body_that_grows_too_large_is_refused_before_it_is_read(
    client: TestClient,
) -> None:
    sent = 0

    def chunks() -> Any:
        nonlocal sent
        for _ in range(100):
            sent += 1_000_000
            yield b" " * 1_000_000

    answer = client.post(
        "/api/v1/maps", content=chunks(), headers={"Content-Type": JSON}
    )

    assert (answer.status_code, answer.json()["limit"]) == (413, LIMIT)
