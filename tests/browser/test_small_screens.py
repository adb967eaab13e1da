"""Pages on a phone: nothing is wider than the screen, however long its words."""

from collections.abc import Iterator
from typing import Any

import pytest

from walking import settle

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 3
ADDRESS = "https://example.org/" + "a/" * 120

WORDY = {
    "format": "argmap/1",
    "map": {"key": "wordy", "title": WORD, "description": WORD, "targets": ["c0"]},
    "sources": [
        {"key": "s", "title": WORD, "authors": [{"name": WORD}], "text": ADDRESS}
    ],
    "claims": [
        {"key": "c0", "text": WORD, "speaker": WORD, "tags": [WORD]},
        {"key": "c1", "text": ADDRESS, "base_score": 0.9},
    ],
    "relations": [
        {"key": "r", "kind": "support", "premises": ["c1"], "target": {"claim": "c0"}}
    ],
}

PAGES = [
    "/",
    "/?q=nowhere",
    "/maps/wordy",
    "/maps/wordy?q=nowhere",
    "/maps/wordy/claims/c0",
    "/maps/wordy/sources",
    "/maps/wordy/sources/s",
    "/maps/wordy/history",
    "/maps/large",
    "/maps/hostile/claims/c0",
    f"/search?q={WORD}",
    "/search?q=example",
    f"/search?q={'z' * 120}",
    "/embed/wordy/c0",
    f"/maps/{'z' * 60}",
    "/docs",
]

TABS = ["Why it scores so", "All rules", "Case for", "Case against", "Gaps"]

TOO_WIDE = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth - clientWidth;
}"""


@pytest.fixture(scope="module")
def phone(browser: Any, server: Any) -> Iterator[Any]:
    server.send("POST", "/imports?visibility=public", WORDY)
    context = browser.new_context(base_url=server.root, viewport=PHONE)
    page = context.new_page()
    page.set_default_timeout(20_000)  # the manual is long
    yield page
    context.close()


def excess(page: Any) -> int:
    """Say by how much a page is wider than its window, once all of it is there."""
    settle(page)
    page.get_by_text("Loading…").first.wait_for(state="hidden")
    pixels: int = page.evaluate(TOO_WIDE)
    return pixels


def test_no_page_is_wider_than_a_phone(phone: Any) -> None:
    too_wide = {}
    for path in PAGES:
        phone.goto(path)
        too_wide[path] = excess(phone)
    assert {path: width for path, width in too_wide.items() if width} == {}


def test_no_tab_of_a_claim_is_wider_than_a_phone(phone: Any) -> None:
    phone.goto("/maps/wordy/claims/c0")
    too_wide = {}
    for name in TABS:
        phone.get_by_role("tab", name=name, exact=True).click()
        shown = phone.get_by_role("tabpanel", name=name)
        shown.locator("*").first.wait_for()
        too_wide[name] = excess(phone)
    assert {name: width for name, width in too_wide.items() if width} == {}


def test_a_case_leads_to_the_claims_that_make_it(phone: Any) -> None:
    phone.goto("/maps/wordy/claims/c0")
    phone.get_by_role("tab", name="Case for", exact=True).click()
    made = phone.get_by_role("tabpanel").locator("ol").get_by_text(ADDRESS)
    made.wait_for()
    assert made.get_attribute("href").startswith("/maps/wordy/claims/c1")


def test_the_tree_of_a_claim_is_printed(phone: Any) -> None:
    phone.goto("/maps/wordy/claims/c0")
    phone.locator("argument-tree .row").nth(1).wait_for()
    phone.emulate_media(media="print")
    try:
        assert phone.locator("argument-tree .row").nth(1).is_visible()
        assert phone.get_by_role("tab").count() == 0
    finally:
        phone.emulate_media(media="screen")
