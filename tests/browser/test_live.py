"""Two windows show each other's edits, and nobody loses their place."""

from collections.abc import Callable
from typing import Any

import pytest

from walking import ITEM, focused, open_claim, press, row, save

pytestmark = pytest.mark.browser

SAME = {"If-Match": "*"}


def patch(server: Any, map: str, claim: str, **members: Any) -> None:
    server.send("PATCH", f"/maps/{map}/claims/{claim}", members, **SAME)


def test_two_windows_show_each_others_edits(
    window: Callable[[], Any], tram: str
) -> None:
    page, other = window(), window()
    open_claim(page, tram)
    open_claim(other, tram)
    row(page, "A tram is quiet.").click()
    page.get_by_role("button", name="Edit", exact=True).click()
    save(page, "A tram is nearly silent.")
    row(other, "A tram is nearly silent.").wait_for()

    row(other, "It costs too much.").click()
    other.get_by_role("button", name="Support", exact=True).click()
    save(other, "Steel is dear.")
    expand = row(page, "It costs too much.").locator(".twist")
    expand.click()
    row(page, "Steel is dear.").wait_for()
    other.get_by_role("button", name="Undo").click()
    row(page, "Steel is dear.").wait_for(state="detached")


def test_what_others_do_takes_nobodys_place(page: Any, server: Any, tram: str) -> None:
    for index in range(40):
        added = {"key": f"n{index}", "text": f"Reason number {index}. " * 4}
        relation = {"kind": "support", "premises": [f"n{index}"], "weight": 0}
        operations = [
            {"op": "add", "claim": added},
            {"op": "add", "relation": {**relation, "target": {"claim": "build"}}},
        ]
        server.send("POST", f"/maps/{tram}/changes", {"operations": operations})
    open_claim(page, tram)
    row(page, "It costs too much.").click()
    row(page, "It costs too much.").press("ArrowRight")
    row(page, "Loans are cheap.").wait_for()
    press(page, "ArrowDown", "ArrowRight")
    row(page, "Rates are low.").wait_for()
    page.get_by_role("button", name="Mute claim").click()
    page.locator("[data-effect=build]").wait_for()
    row(page, "Loans are cheap.").focus()
    page.evaluate("window.scrollTo(0, 500)")
    page.wait_for_timeout(200)
    place = row(page, "Loans are cheap.").bounding_box()
    was = page.locator("[data-effect=build]").inner_text()

    patch(server, tram, "rates", text="Rates are at nought.", base_score=0.1)
    patch(server, tram, "quiet", base_score=1)
    row(page, "Rates are at nought.").wait_for()
    page.wait_for_function(
        "was => document.querySelector('[data-effect=build]').innerText !== was",
        arg=was,
    )
    assert focused(page) == "Loans are cheap."
    assert row(page, "It costs too much.").get_attribute("aria-selected") == "true"
    assert abs(row(page, "Loans are cheap.").bounding_box()["y"] - place["y"]) < 2
    assert page.locator("argument-tree li.muted").count() == 1


def test_a_form_that_is_half_typed_stays_and_is_merged(
    page: Any, server: Any, tram: str
) -> None:
    open_claim(page, tram)
    row(page, "It costs too much.").click()
    page.get_by_role("button", name="Edit", exact=True).click()
    page.locator("dialog textarea").fill("Half of what I")
    patch(server, tram, "cost", text="Theirs.")
    row(page, "Theirs.").wait_for()

    page.keyboard.type(" mean")
    assert page.locator("dialog textarea").input_value() == "Half of what I mean"
    page.locator("dialog button.main").click()
    merge = page.locator("dialog", has_text="Changed meanwhile")
    merge.locator("input[value=mine]").check()
    merge.locator("button.main").click()
    row(page, "Half of what I mean").wait_for()
    edit = page.get_by_role("button", name="Edit", exact=True)
    assert edit.evaluate("button => button === document.activeElement")


def test_a_claim_that_others_remove_leaves_the_tree(
    page: Any, server: Any, tram: str
) -> None:
    open_claim(page, tram)
    path = f"/maps/{tram}/claims"
    row(page, "It costs too much.").click()
    server.send("DELETE", f"{path}/cost?cascade=true", None, **SAME)
    row(page, "It costs too much.").wait_for(state="detached")
    assert page.locator("argument-tree section.details").is_hidden()


def test_who_was_cut_off_comes_back_and_has_missed_nothing(
    page: Any, server: Any, tram: str
) -> None:
    open_claim(page, tram)
    page.evaluate("document.querySelector('argument-tree').removeAttribute('live')")
    page.wait_for_timeout(200)
    patch(server, tram, "quiet", text="Missed at first.")
    page.wait_for_timeout(500)
    assert row(page, "Missed at first.").count() == 0
    asked: list[str | None] = []

    def note(request: Any) -> None:
        if request.url.endswith("/events"):
            asked.append(request.headers.get("last-event-id"))

    page.on("request", note)
    page.evaluate("document.querySelector('argument-tree').setAttribute('live', '')")
    row(page, "Missed at first.").wait_for()
    assert asked == ["1"]


@pytest.mark.parametrize("refused", [(403,)])
def test_where_nobody_may_listen_a_page_is_as_it_was(page: Any, tram: str) -> None:
    page.route("**/events", lambda route: route.fulfill(status=403, body="{}"))
    open_claim(page, tram)
    page.wait_for_timeout(300)
    status = page.locator("argument-tree .status").first
    assert status.inner_text() == ""
    assert page.locator(ITEM).count() > 1


def test_pages_without_a_tree_keep_up_too(page: Any, server: Any, tram: str) -> None:
    page.goto(f"/maps/{tram}")
    page.locator("#tools table").first.wait_for()
    page.get_by_label("Words").fill("half ty")
    patch(server, tram, "build", text="The city should build two trams.")
    page.locator("#debate", has_text="two trams").wait_for()
    page.locator("#listed", has_text="two trams").wait_for()
    page.locator("#tools li", has_text="two trams").wait_for()
    page.get_by_text("revision 2: history").wait_for()
    assert page.get_by_label("Words").input_value() == "half ty"
    assert page.evaluate("document.activeElement.name") == "q"

    page.goto(f"/maps/{tram}/history")
    page.get_by_role("button", name="Undo revision 2").focus()
    patch(server, tram, "quiet", text="Never mind.")
    page.get_by_role("button", name="Undo revision 3").wait_for()
    named = page.evaluate("document.activeElement.ariaLabel")
    assert named == "Undo revision 2"

    page.goto(f"/maps/{tram}/sources/council")
    source = f"/maps/{tram}/sources/council"
    server.send("PATCH", source, {"title": "Second report"}, **SAME)
    page.locator("h1", has_text="Second report").wait_for()
    spans = {"spans": [{"start": 35, "end": 44}]}
    server.send("POST", f"{source}/passages", spans)
    page.locator("#text mark", has_text="It costs.").wait_for()
    assert page.get_by_role("button", name="Let a claim rest on it").count() == 2


TWICE = """tree => {
    const read = [];
    tree.addEventListener("argument-load", ({ detail }) => read.push(detail.revision));
    const first = tree.refresh();
    tree.refresh();
    return first.then(() => read.length);
}"""


def test_a_reading_that_is_overtaken_ends_with_the_newest(page: Any, tram: str) -> None:
    open_claim(page, tram)
    assert page.locator("argument-tree").evaluate(TWICE) == 1
