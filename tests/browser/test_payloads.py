"""Hostile texts in every field, and in addresses: shown everywhere, taken for nothing.

The windows here do without the policies of pages: escapes alone have to hold.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from markdown_it import MarkdownIt

from payloads import PAYLOADS, combined, hostile, small
from servers import ask, free_port, serving
from walking import ITEM, watch

TEXTS = list(PAYLOADS.values())
PART = 20
READ = "domcontentloaded"
REFUSED = (400, 404, 405, 406, 414, 422)
READERS = (MarkdownIt("commonmark"), MarkdownIt("gfm-like", {"linkify": False}))

# ruff: noqa: E501
MADE = """() => {
  const MADE_OF_TEXT = ["iframe", "object", "embed", "base", "parsererror"];
  const found = [], ours = /^(?:blob:|\\/static\\/|https?:\\/\\/(?:127\\.0\\.0\\.1|localhost):)/;
  const look = (root) => {
    for (const each of root.querySelectorAll("*")) {
      const tag = each.localName;
      // What is no XML any more is a text's doing, too.
      if (/pwned/i.test(tag) || MADE_OF_TEXT.includes(tag))
        found.push(each.outerHTML);
      for (const { name, value } of each.attributes) {
        if (/^on|pwned|["'<>]/i.test(name)) found.push(`${tag} ${name}`);
        if (["id", "class"].includes(name) && /^\\W*pwned/i.test(value))
          found.push(`${tag} ${name}=${value}`);
        if (/href|src|action|data$/.test(name) && /^\\s*(?:javascript|data|vbscript)\\s*:/i.test(value))
          found.push(`${tag} ${name}=${value}`);
      }
      if (["script", "img"].includes(tag) && !ours.test(each.getAttribute("src")))
        found.push(each.outerHTML);
      if (tag === "style" && /pwned/i.test(each.textContent)) found.push(each.outerHTML);
      if (each.shadowRoot) look(each.shadowRoot);
    }
    const comments = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
    while (comments.nextNode())
      if (/pwned/i.test(comments.currentNode.data)) found.push("comment");
  };
  look(document);
  return found;
}"""
"""What a text has made in a page, in all its trees."""


class Hunt:
    """A window that goes where texts are shown, and notes what they have made."""

    def __init__(self, page: Any, server: Any) -> None:
        self.page, self.server = page, server
        self.wrong: list[str] = []
        self.seen = 0
        watch(page, self.wrong, (server.root,), REFUSED)

    def visit(self, path: str, shows: str | None = None, until: str = "load") -> None:
        """Go somewhere, wait until it is there, and look."""
        before = len(self.wrong)
        self.page.goto(path, wait_until=until)
        if shows:
            self.page.locator(shows).first.wait_for(state="attached")
        self.look(path)
        self.wrong[before:] = [f"{path}: {each}" for each in self.wrong[before:]]

    def look(self, where: str) -> None:
        """Look for what texts have made of the page."""
        self.seen += 1
        self.wrong += [f"{where}: made {each}" for each in self.page.evaluate(MADE)]


@contextmanager
def hunting(
    browser: Any, server: Any, *, without_policy: bool = True
) -> Iterator[Hunt]:
    context = browser.new_context(base_url=server.root, bypass_csp=without_policy)
    page = context.new_page()
    page.set_default_timeout(8000)
    yield Hunt(page, server)
    context.close()


def fill(server: Any, key: str, texts: Sequence[str]) -> None:
    """Put texts wherever there is place for one."""
    server.send("POST", "/imports?visibility=public", hostile(key, texts))
    for index, text in enumerate(texts):
        server.send("POST", "/imports", small(f"{key}-{index}", text))
        changed = {"op": "add", "claim": {"key": f"n{index}", "text": f"{text}."}}
        body = {"operations": [changed], "message": text}
        server.send("POST", f"/maps/{key}/changes", body)
    begun = {"key": "round", "format": "policy", "targets": ["c0"]}
    server.send("POST", f"/maps/{key}/rounds", begun)
    moves = f"/maps/{key}/rounds/round/moves"
    server.send(
        "POST", moves, {"speech": "1AC", "action": "introduce", "relation": "r2"}
    )
    for text in texts:
        move = {"speech": "1NC", "action": "answer", "on": "m1", "text": text}
        server.send("POST", moves, move)


def read_pages(hunt: Hunt, key: str, texts: Sequence[str]) -> None:
    """Open every page that shows texts of a map."""
    hunt.visit("/")
    for path in (f"/maps/{key}", f"/maps/{key}/sources", f"/maps/{key}/history"):
        hunt.visit(path, "#tools, svg.curve, main li, main tr")
    for index, text in enumerate(texts):
        hunt.visit(f"/maps/{key}-{index}", until=READ)
        hunt.visit(f"/maps/{key}/claims/c{index}", until=READ)
        hunt.visit(f"/maps/{key}/sources/s{index}")
        hunt.visit(f"/search?q={quote(text, safe='')}", until=READ)
    hunt.visit(f"/embed/{key}/c0", ITEM)


def use_tree(hunt: Hunt, key: str, count: int) -> None:
    """Open what a claim's page has: all its rows, tabs, the picture and dialogs."""
    page = hunt.page
    page.goto(f"/maps/{key}/claims/c0")
    page.locator("argument-tree").first.evaluate(
        "it => it.setAttribute('depth', 'all')"
    )
    page.locator(ITEM).nth(count - 1).wait_for(state="attached")
    for index in range(1, count):
        page.locator("argument-tree .row").nth(index).click()
        page.locator("argument-tree blockquote").first.wait_for()
        hunt.look(f"row {index}")
    page.get_by_role("button", name="Mute claim").click()
    page.locator("[data-effect]").first.wait_for()
    for tab in page.get_by_role("tab").all():
        tab.click()
        page.wait_for_timeout(100)
        hunt.look("tab")
    page.get_by_role("tab", name="Arguments").click()
    page.get_by_role("button", name="Edit", exact=True).click()
    page.locator("dialog textarea").wait_for()
    hunt.look("dialog")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Picture").click()
    page.locator("argument-tree img").wait_for()
    hunt.look("picture")


def use_element(hunt: Hunt, key: str) -> None:
    """Show the element in a page that has nothing else."""
    src = f"/api/v1/maps/{key}/claims/c0"
    body = (
        '<script type="module" src="/static/argument-tree.js"></script>'
        f'<argument-tree src="{src}" depth="all"></argument-tree>'
    )
    show(hunt, f"/bare/{key}", body, ITEM)


def open_files(hunt: Hunt, key: str) -> None:
    """Open what can be had as a file, as if saved; Markdown as readers do."""
    api = f"/api/v1/maps/{key}"
    claim, suffixes = f"{api}/claims/c0", ("svg", "txt", "dot", "mmd", "json")
    paths = [f"{claim}/tree.{each}?depth=9" for each in suffixes]
    paths += [f"{api}/export.{each}" for each in written(hunt)]
    paths += [f"{api}/sources/s1/text", f"{api}/evaluations.csv", f"{api}/changes"]
    paths += [f"{api}/graph", f"{api}/graph.graphml"]
    hunt.page.route("**/api/v1/**", _without_policy)
    for path in paths:
        hunt.visit(path)
    round = f"{api}/rounds/round/flow.md"
    for path in (
        f"{claim}/tree.md",
        f"{claim}/brief.md",
        f"{api}/export.markdown",
        round,
    ):
        read_markdown(hunt, path)
    show(hunt, "/picture", f'<img src="{hunt.server.root}{claim}/tree.svg">')


def read_markdown(hunt: Hunt, path: str) -> None:
    """Show a file as readers of Markdown do."""
    text = hunt.page.request.get(path).text()
    assert len(text) > 100, path
    for number, reader in enumerate(READERS):
        show(hunt, f"{path}?reader={number}", reader.render(text))


def written(hunt: Hunt) -> list[str]:
    """List the formats that maps can be had in."""
    paths = hunt.page.request.get("/openapi.json").json()["paths"]
    return [path.partition("export.")[2] for path in paths if "/export." in path]


def show(hunt: Hunt, path: str, content: str, shows: str | None = None) -> None:
    """Open a page of one's own on the server."""
    url = f"{hunt.server.root}{path}"
    hunt.page.route(url, lambda it: it.fulfill(body=content, content_type="text/html"))
    hunt.visit(path, shows)


def _without_policy(route: Any) -> None:
    answer = route.fetch()
    kind = answer.headers["content-type"].partition(";")[0]
    # What Chromium would save is shown as what it is made of.
    if kind != "image/svg+xml":
        kind = "application/xml" if kind.endswith("xml") else "text/plain"
    route.fulfill(status=answer.status, body=answer.body(), content_type=kind)


def go_astray(hunt: Hunt, key: str, texts: Sequence[str]) -> None:
    """Ask for what is not there, in every part of an address."""
    for text in texts:
        there = quote(text, safe="")
        for path in (
            f"/{there}",
            f"/maps/{there}",
            f"/maps/{key}/claims/{there}",
            f"/maps/{key}/claims/c0?rule={there}",
            f"/maps/{key}/sources/s0?{there}={there}#{there}",
            f"/api/v1/maps/{there}?{there}",
        ):
            hunt.visit(path, until=READ)


def hunt_all(hunt: Hunt, key: str, texts: Sequence[str]) -> None:
    fill(hunt.server, key, texts)
    read_pages(hunt, key, texts)
    use_tree(hunt, key, len(texts))
    use_element(hunt, key)
    go_astray(hunt, key, texts)
    open_files(hunt, key)


@pytest.mark.browser
def test_no_kind_of_text_is_more_than_text(browser: Any, server: Any) -> None:
    with hunting(browser, server) as hunt:
        hunt_all(hunt, "payloads", TEXTS)
    assert hunt.wrong == []
    assert hunt.seen > 10 * len(TEXTS)


@pytest.mark.full
@pytest.mark.parametrize("part", range(25))
def test_no_mixture_of_texts_is_more_than_text(
    browser: Any, server: Any, part: int
) -> None:
    texts = combined(25 * PART)[part * PART : (part + 1) * PART]
    with hunting(browser, server) as hunt:
        hunt_all(hunt, f"mixture-{part}", texts)
    assert hunt.wrong == []


@contextmanager
def careless(like: Any, folder: Path, escape: str) -> Iterator[Any]:
    """Serve with an escape that does nothing."""
    port = free_port()
    # Others have bound it already: so it is changed from inside.
    program = (
        "from argmap.render import escapes; "
        f"escapes.{escape}.__code__ = (lambda text: text).__code__; "
        "from argmap.cli import main; main()"
    )
    started = (sys.executable, "-c", program)
    with serving("serve", port=port, folder=folder, program=started):
        ask(port, "/health")
        yield type(like)(port)


TREE = "/api/v1/maps/careless/claims/c0/tree"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("escape", "path"),
    [
        ("html", "/maps/careless"),
        ("html", "/search?q=<img class=pwned src=x onerror=alert(1)>"),
        ("xml", f"{TREE}.svg"),
        ("xml", "/api/v1/maps/careless/export.graphml"),
        ("markdown", f"{TREE}.md"),
        ("markdown", "/api/v1/maps/careless/export.markdown"),
    ],
)
def test_an_escape_that_does_nothing_is_found(
    browser: Any, server: Any, tmp_path: Path, escape: str, path: str
) -> None:
    with careless(server, tmp_path, escape) as other, hunting(browser, other) as hunt:
        other.send("POST", "/imports", hostile("careless", TEXTS[:4]))
        if escape == "markdown":
            read_markdown(hunt, path)
        else:
            if escape == "xml":
                hunt.page.route("**/api/v1/**", _without_policy)
            hunt.visit(path)
        hunt.page.wait_for_timeout(200)
    assert hunt.wrong != []
