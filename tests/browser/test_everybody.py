"""Nobody is kept out: axe-core finds nothing serious on any kind of page.

It is looked for in ``NODE_MODULES``. Colours depend on light and dark alone, and what a
page has room for on its width alone, so that two looks are enough for all.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from walking import ITEM, row, settle

pytestmark = pytest.mark.browser

LOOKS = [("light", 1280), ("dark", 390)]
CLAIM = "/maps/shown/claims/build"
SOURCE = "/maps/shown/sources/council"
SHORTEN = """() => {
  for (const each of document.querySelectorAll("nav ul, section")) {
    for (const piece of [...each.children].slice(12)) piece.remove();
  }
}"""


def press(name: str, shows: str = "dialog") -> Callable[[Any], None]:
    """Give a step that presses a button, and waits for what it shows."""

    def step(page: Any) -> None:
        page.get_by_role("button", name=name, exact=True).first.click()
        page.locator(shows).first.wait_for()

    return step


def tab(name: str) -> Callable[[Any], None]:
    """Give a step that chooses a tab, and waits for what is in it."""

    def step(page: Any) -> None:
        page.get_by_role("tab", name=name, exact=True).click()
        page.get_by_role("tabpanel", name=name).locator("*").first.wait_for()

    return step


def mute(page: Any) -> None:
    """Select a claim, and leave it out."""
    row(page, "A tram is quiet.").click()
    press("Mute claim", "[data-effect]")(page)


def edit(page: Any) -> None:
    """Begin to edit a claim."""
    row(page, "A tram is quiet.").click()
    press("Edit")(page)


def shorten(page: Any) -> None:
    """Leave of each part of the manual the beginning: all of it takes a minute."""
    page.evaluate(SHORTEN)


STEPS: list[tuple[str, Callable[[Any], None] | None]] = [
    ("/", None),
    ("/?q=nowhere", None),
    ("/", press("Make a map")),
    ("/maps/shown", None),
    ("/maps/shown", tab("Gaps")),
    ("/maps/shown", press("Add a claim")),
    ("/maps/shown", press("Edit the map")),
    ("/maps/none", None),
    (CLAIM, mute),
    (CLAIM, edit),
    (CLAIM, press("Picture", "argument-tree img")),
    (f"{CLAIM}?at=1", None),
    (CLAIM, tab("Why it scores so")),
    (CLAIM, tab("All rules")),
    (CLAIM, tab("Case for")),
    (CLAIM, tab("Gaps")),
    ("/maps/shown/history", None),
    ("/maps/shown/sources", None),
    ("/maps/shown/sources", press("Add a source")),
    (SOURCE, None),
    (SOURCE, press("Make a passage")),
    ("/search?q=tram", None),
    ("/search?q=nowhere", None),
    ("/search", None),
    ("/embed/shown/build", None),
    ("/docs", shorten),
]


@pytest.fixture(params=LOOKS, ids=["light-desk", "dark-phone"])
def look(browser: Any, request: pytest.FixtureRequest) -> Iterator[Callable[..., Any]]:
    """Look at pages of one width in one colour; gives what is wrong with one."""
    modules = os.environ.get("NODE_MODULES")
    if not modules:
        pytest.skip("NODE_MODULES does not name a directory of npm packages")
    axe = (Path(modules) / "axe-core" / "axe.min.js").read_text("utf-8")
    scheme, width = request.param
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 850}, bypass_csp=True
    )
    page = context.new_page()
    page.set_default_timeout(20_000)

    def wrong(
        url: str, step: Callable[[Any], None] | None = None
    ) -> list[tuple[str, str, str]]:
        page.goto(url)
        settle(page)
        if step:
            step(page)
        page.evaluate(axe)
        result = page.evaluate("axe.run({ resultTypes: ['violations'] })")
        return [
            (url, each["id"], each["nodes"][0]["html"])
            for each in result["violations"]
            if each["impact"] in ("serious", "critical")
        ]

    yield wrong
    context.close()


def test_no_page_keeps_anybody_out(look: Callable[..., Any], server: Any) -> None:
    found = [look(f"{server.root}{path}", step) for path, step in STEPS]

    assert [each for each in found if each] == []


def test_who_signs_in_is_not_kept_out(
    look: Callable[..., Any], secret: tuple[str, str]
) -> None:
    root, key = secret

    def sign_in(page: Any) -> None:
        press("Sign in")(page)
        page.get_by_label("API key").fill(key)
        page.locator("dialog button.main").click()
        page.locator(ITEM).nth(1).wait_for()

    found = [
        look(f"{root}/maps/tram/claims/build", press("Sign in")),
        look(f"{root}/maps/tram/claims/build", sign_in),
        look(f"{root}/maps/tram"),
    ]

    assert [each for each in found if each] == []
