"""Every place that takes a text refuses what breaks others, and keeps the rest.

The places are those of the API's document, so that a new one is tried as soon as it is
there. Planted and found: texts that are kept as they came, a decoder that lets control
characters pass.
"""

import json
import unicodedata
from collections.abc import Iterator
from itertools import count
from typing import Any, Final

import pytest
from litestar.testing import TestClient

from argmap.api.app import create_app
from argmap.settings import Settings
from faults.fields import DOCUMENT, Field, body, fields
from tram import TRAM

pytestmark = pytest.mark.faults

API: Final = "/api/v1"
FIELDS: Final = list(fields())
NUMBERS: Final = count(1)

FORBIDDEN: Final = {
    "NUL": "a\0b",
    "bell": "a\x07b",
    "escape": "\x1b[31mred",
    "form feed": "a\x0cb",
    "half a pair": "a\ud800b",
    "the other half": "\udc00",
    "noncharacter": "a\ufffe",
    "another": "\ufdd0",
    "far away": "a\U0010ffff",
}
"""What no text may hold, wherever it is."""

KEPT: Final = {
    "bidi": "\u202eevil\u2066\u200f",
    "combining": "a" + "\u0301\u0323" * 100,
    "decomposed": "cafe\u0301 \u1100\u1161",
    "emoji": "👩\u200d👩\u200d👧 🏳\ufe0f\u200d🌈 🇺🇳",
    "line ends": "a\r\nb\rc",
    "tab": "a\tb",
    "other lines": "a\u2028b\u0085c",
    "markup": "<script>alert(1)</script>';DROP TABLE claim;--${7*7}{{7*7}}%s%00",
    "wide blanks": "\u3000\u00a0",
    "joiners": "\u200b\ufeff\u2060x",
    "a million": "x" * 1_000_000,
}
"""What a place may refuse, or keep."""

SAVING_NOTHING: Final = {"compareRules", "findFlips", "tryChanges"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Any]]:
    url = f"sqlite:///{tmp_path_factory.mktemp('texts') / 'argmap.db'}"
    app = create_app(Settings(database_url=url))
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        yield client


def strings(value: Any) -> Iterator[str]:
    """Yield all texts in JSON, names as well."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str(text):
                yield text
            case list(entries):
                waiting += entries
            case dict(members):
                waiting += [*members, *members.values()]


def prepared(client: TestClient[Any], field: Field) -> tuple[str, str]:
    """Make what a request is about, and say where it goes."""
    key = f"tram-{next(NUMBERS)}"
    assert client.post(f"{API}/imports?key={key}", json=TRAM).status_code == 201
    if "{round}" in field.path:
        file = {"key": "final", "format": "lincoln-douglas", "targets": ["build"]}
        made = client.post(f"{API}/maps/{key}/rounds", json=file)
        assert made.status_code == 201, made.text
    parts = {
        "map": key,
        "claim": "cost",
        "relation": "r1",
        "source": "council",
        "passage": "p1",
        "round": "final",
        "key": "anna",
    }
    path = field.path
    for name, value in parts.items():
        path = path.replace(f"{{{name}}}", value)
    if field.operation == "importMap":
        key = f"new-{key}"
        path += f"?key={key}"
    return key, path


def ask(client: TestClient[Any], field: Field, path: str, text: str) -> Any:
    """Send a text in one place."""
    content = json.dumps(body(field, text)).encode()
    headers = {"Content-Type": field.media_type}
    if field.method in ("put", "patch"):
        headers["If-Match"] = "*"
    return client.request(field.method, path, content=content, headers=headers)


def test_the_document_has_many_places_for_texts() -> None:
    names = {str(field) for field in FIELDS}

    assert len(FIELDS) > 150
    assert {"addClaim:text", "changeMap:operations.0.0.claim.0.text"} & names
    assert {field.operation for field in FIELDS} == {
        operation["operationId"]
        for methods in DOCUMENT["paths"].values()
        for operation in methods.values()
        for content in [operation.get("requestBody", {}).get("content", {})]
        if any("schema" in each for each in content.values())
    } - {"putMember"}


@pytest.mark.parametrize("field", FIELDS, ids=str)
def test_a_text_is_refused_or_kept_as_is_promised(
    client: TestClient[Any], field: Field
) -> None:
    key, path = prepared(client, field)
    for name, text in FORBIDDEN.items():
        answer = ask(client, field, path, text)
        assert answer.status_code in (400, 422), (name, answer.text[:500])
        assert answer.headers["content-type"] == "application/problem+json"
        answer.text.encode()  # no half of a pair comes back
    for name, text in KEPT.items():
        key, path = prepared(client, field)
        answer = ask(client, field, path, text)
        assert answer.status_code < 500, (name, answer.text[:500])
        if answer.status_code >= 400 or field.operation in SAVING_NOTHING:
            continue
        plain = unicodedata.normalize(
            "NFC", text.replace("\r\n", "\n").replace("\r", "\n")
        )
        kept = text if field.is_verbatim else plain
        found = set(strings(answer.json()))
        for place in (f"{API}/maps/{key}/export.json", f"{API}/maps/{key}/changes"):
            found |= set(strings(client.get(place).json()))
        assert kept in found, (name, answer.text[:500])
