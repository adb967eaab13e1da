"""Pages for readers: whole without a script, strict, and framed where that is meant."""

import gzip
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from litestar.testing import TestClient

from argmap.api import outline, readings
from argmap.api.page import page
from argmap.model import Map, Source
from argmap.store import ChangeSet
from argmap.viewer import FILES
from payloads import hostile

SCRIPTS = sorted(path.name for path in (FILES / "static").glob("*.js"))
VOID = {"br", "input", "link", "meta"}


class Page(HTMLParser):
    """What a test asks of a page; tags have to nest, and nothing may be inline."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.open: list[str] = []
        self.made: set[str | None] = set()
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what begins."""
        found = dict(attrs)
        assert not any(name.startswith("on") or name == "style" for name in found)
        assert tag != "script" or found.get("src")
        self.made |= {tag, found.get("class"), *found}
        self.links += [link for n in ("href", "src") if (link := found.get(n))]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last."""
        assert self.open.pop() == tag


def paths(tram: str) -> list[str]:
    map = tram.removeprefix("/api/v1")
    claim = f"{map}/claims/build"
    return [
        "/",
        map,
        claim,
        f"{claim}?rule=df-quad&at=1",
        f"{map}/history",
        f"{map}/sources",
        f"{map}/sources/council",
    ]


def test_pages_are_whole_and_lead_to_what_is_there(
    client: TestClient, common: str
) -> None:
    for path in [*paths(common), "/search?q=tram"]:
        answer = client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 200, answer.text
        for link in Page(answer.text).links:
            if not link.startswith("#"):
                assert client.get(link).status_code == 200, link


def test_pages_let_in_nothing_from_elsewhere(client: TestClient, common: str) -> None:
    for path in [*paths(common), "/maps/none"]:
        headers = client.get(path).headers
        policy = dict(
            part.split(" ", 1)
            for part in headers["content-security-policy"].split("; ")
        )
        assert policy.pop("frame-ancestors") == "'none'"
        assert policy.pop("img-src") == "'self' blob:"  # a picture is read like data
        assert set(policy.values()) <= {"'none'", "'self'"}
        assert policy["default-src"] == "'none'"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_texts_are_shown_and_are_no_markup(client: TestClient) -> None:
    text = "<script>alert('x')</script> & \"quotes\""
    content = {
        "format": "argmap/1",
        "map": {"key": "marked", "title": text, "targets": ["c"]},
        "claims": [{"key": "c", "text": text, "speaker": text}],
    }
    client.post("/api/v1/imports", json=content)

    for path in ("/", "/maps/marked", "/maps/marked/claims/c"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(&#x27;x&#x27;)" in page
        Page(page)


def test_every_text_of_a_page_is_no_markup(client: TestClient) -> None:
    texts = ["</p><b class=pwned>", "\"' class=pwned x='\" pwned>"]
    made = hostile("pwned", texts)
    made["claims"][0]["passages"][0]["stance"] = "reports"
    assert client.post("/api/v1/imports", json=made).status_code == 201
    added = {"op": "add", "claim": {"key": "new", "text": texts[0]}}
    body = {"operations": [added], "message": texts[0]}
    told = client.post("/api/v1/maps/pwned/changes", json=body)
    assert told.status_code == 200, told.text
    asked = quote(texts[0] + texts[1], safe="")
    pages = ("", "/claims/c0", "/sources", "/sources/s0", "/history")
    paths = [f"/maps/pwned{page}" for page in pages]
    for path in [
        *("/", f"/search?q={asked}", *paths),
        *(f"{path}?rule={asked}" for path in paths[:2]),
        *(f"{paths[0]}?{name}={asked}" for name in ("q", "tag", "speaker")),
        f"/maps/pwned/claims/{quote(texts[1])}",
    ]:
        text = client.get(path, headers={"Accept": "text/html"}).text
        assert text.startswith("<!DOCTYPE html>"), path
        assert "pwned" not in Page(text).made, path
        assert "&lt;b class=pwned&gt;" in text or path not in paths, path


def test_whatever_is_written_into_a_page_is_no_markup() -> None:
    text = "' class=pwned x='\" class=pwned><b class=pwned>"
    map, source = Map.of(["c"]), Source(key="s", title="S", url=f"https://x/{text}")
    done = ChangeSet(
        revision=1, author=text, at=datetime.now(UTC), message=text, operations=()
    )
    pieces = [
        readings.one_source(map, source, {}, 0, 0, None),
        outline.history(map, 1, [done], None),
        outline.problem(text, text),
    ]

    told = page(text, "".join(pieces), data={"claim": text}).content
    shown = Page(told)
    assert "pwned" not in shown.made
    assert f"https://x/{text}" in shown.links


def test_a_frame_shows_public_maps_only(client: TestClient, tram: str) -> None:
    key = tram.rpartition("/")[2]
    path = f"/embed/{key}/build"
    hidden = client.get(path)
    assert hidden.status_code == 404
    assert "frame-ancestors *" in hidden.headers["content-security-policy"]
    assert "<header" not in hidden.text

    body, any_state = {"visibility": "public"}, {"If-Match": "*"}
    assert client.patch(tram, json=body, headers=any_state).status_code == 200
    shown = client.get(path)
    assert shown.status_code == 200
    assert "frame-ancestors *" in shown.headers["content-security-policy"]
    assert "<header" not in shown.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/maps/none", 404),
        ("/maps/none/claims/c", 404),
        ("/maps/No", 400),
        ("/search", 400),
        ("/?cursor=x", 400),
        ("/static/none.js", 404),
        ("/static/..%2fdocs.css", 404),
    ],
)
def test_what_is_wrong_is_told_under_its_status(
    client: TestClient, path: str, status: int
) -> None:
    answer = client.get(path)

    assert answer.status_code == status
    if not path.startswith("/static"):
        assert answer.headers["content-type"].startswith("text/html")
        Page(answer.text)


@pytest.mark.parametrize("name", [*SCRIPTS, "viewer.css", "icon.svg"])
def test_files_are_kept_until_they_change(client: TestClient, name: str) -> None:
    first = client.get(f"/static/{name}")
    again = client.get(
        f"/static/{name}", headers={"If-None-Match": first.headers["etag"]}
    )

    assert first.content == (FILES / "static" / name).read_bytes()
    assert again.status_code == 304


def test_the_element_is_one_small_file() -> None:
    data = (FILES / "static" / "argument-tree.js").read_bytes()

    assert len(gzip.compress(data)) <= 15_000
    assert not re.search(rb"^\s*import\b|\bimport\(|innerHTML|insertAdjacent", data)


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_never_write_markup(name: str) -> None:
    code = (FILES / "static" / name).read_text("utf-8")

    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", code
    )
    assert not re.search(r"\beval\(|new Function|https?://(?!www\.w3\.org/)", code)


def test_without_maps_a_page_says_how_to_have_one() -> None:
    assert "argmap demo" in outline.maps([], None, {})
    Page(outline.maps([], None, {}))
