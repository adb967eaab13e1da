"""The page of the API: whole, without a script, and nothing in it from elsewhere."""

from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from argmap.api.manual import manual
from argmap.api.openapi import document

VOID = {"br", "link", "meta"}


class Page(HTMLParser):
    """What a test asks of a page; tags have to nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what begins."""
        self.tags.add(tag)
        found = dict(attrs)
        assert not any(name.startswith("on") or name == "style" for name in found)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [link for n in ("href", "src") if (link := found.get(n))]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last."""
        assert self.open.pop() == tag


def test_the_page_shows_every_operation_and_every_schema_once() -> None:
    written: Any = msgspec.json.decode(document())
    page = Page(manual(document()))

    operations = {
        operation["operationId"]
        for methods in written["paths"].values()
        for operation in methods.values()
    }
    assert operations | written["components"]["schemas"].keys() <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    anchors = {link[1:] for link in page.links if link.startswith("#")}
    assert anchors <= set(page.ids)


def test_the_page_needs_no_script_and_nothing_from_elsewhere(
    client: TestClient,
) -> None:
    answer = client.get("/docs")

    page = Page(answer.text)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert (
        "default-src 'none'; style-src 'self'"
        in (answer.headers["content-security-policy"])
    )
    assert not {"script", "style", "img", "iframe"} & page.tags
    outer = [link for link in page.links if not link.startswith("#")]
    assert set(outer) == {"/static/docs.css", "/openapi.json"}
    for link in outer:
        assert client.get(link).status_code == 200
    style = client.get("/static/docs.css")
    assert style.headers["content-type"].startswith("text/css")
    assert "url(" not in style.text
    assert "@import" not in style.text


@pytest.mark.parametrize("path", ["/docs", "/openapi.json", "/static/viewer.css"])
def test_what_does_not_change_is_sent_once_and_small(
    client: TestClient, path: str
) -> None:
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    zipped = client.get(path, headers={"Accept-Encoding": "gzip"})

    assert "content-encoding" not in plain.headers
    assert zipped.headers["content-encoding"] == "gzip"
    assert int(zipped.headers["content-length"]) < len(plain.content) / 2
    assert zipped.content == plain.content
    for answer in (plain, zipped):
        known = {"If-None-Match": answer.headers["etag"]}
        assert client.get(path, headers=known).status_code == 304


def test_what_a_document_says_is_text_on_the_page() -> None:
    written: Any = msgspec.json.decode(document())
    written["info"]["summary"] = "<script>alert(1)</script>"
    written["tags"][0]["description"] = "a `<b>` & b"

    page = manual(msgspec.json.encode(written))

    assert "<script" not in page
    assert "a <code>&lt;b&gt;</code> &amp; b" in page
