"""The viewer and its element, in a browser."""

from typing import Any

import pytest

from walking import ITEM, focused, open_claim, press, row, save

pytestmark = pytest.mark.browser


def test_the_keyboard_walks_opens_and_closes_the_tree(page: Any) -> None:
    open_claim(page, "shown")
    page.locator(ITEM).first.focus()

    press(page, "ArrowRight")
    assert focused(page) == "A tram is quiet."
    press(page, "Home", "End")
    assert focused(page) == "It costs too much."
    press(page, "ArrowRight", "ArrowRight")
    assert focused(page) == "Loans are cheap."
    press(page, "*", "ArrowDown")
    assert focused(page) == "Rates are low."
    press(page, "ArrowLeft", "ArrowLeft")
    assert focused(page) == "Loans are cheap."
    assert page.locator("argument-tree .row", has_text="Rates").is_hidden()
    press(page, "a")
    assert focused(page) == "A tram is quiet."
    press(page, "Home", "ArrowLeft")
    assert page.locator(ITEM).first.get_attribute("aria-expanded") == "false"


def test_a_row_says_aloud_what_it_shows(page: Any, server: Any) -> None:
    open_claim(page, "shown")
    strength = f"{server.strength('shown', 'cost'):.2f}"
    name = f"rebuts It costs too much. strength {strength} accepted"
    item = page.get_by_role("treeitem", name=name, exact=True, level=2)
    assert item.get_attribute("aria-setsize") == "2"


def test_a_click_shows_passages_in_their_context(page: Any) -> None:
    open_claim(page, "shown")
    row(page, "A tram is quiet.").click()

    quote = page.locator("argument-tree blockquote")
    quote.wait_for()
    assert "We measured it. " in quote.inner_text()
    assert quote.locator("mark").inner_text() == "The tram is quiet."
    page.get_by_role("button", name="Close").click()
    quote.wait_for(state="hidden")
    assert focused(page) == "A tram is quiet."


def test_another_rule_gives_its_own_strengths_and_a_url(page: Any, server: Any) -> None:
    open_claim(page, "shown")
    page.locator("argument-tree select").select_option("df-quad")

    strength = f"{server.strength('shown', 'build', 'df-quad'):.2f}"
    page.locator("#standing", has_text="by df-quad").wait_for()
    assert strength in page.locator("#standing").inner_text()
    row(page, "The city should").get_by_text(strength).wait_for()
    assert page.url.endswith("?rule=df-quad")


def test_what_is_muted_changes_strengths_and_nothing_is_saved(
    page: Any, server: Any
) -> None:
    open_claim(page, "shown")
    before = server.strength("shown", "build")
    row(page, "A tram is quiet.").click()
    page.get_by_role("button", name="Mute claim").click()

    effect = page.locator("[data-effect=build]")
    effect.wait_for()
    assert f"{before:.2f}" in effect.inner_text()
    assert "−0." in effect.inner_text()
    assert page.locator("argument-tree li.muted").count() == 1
    assert server.strength("shown", "build") == before
    page.get_by_role("button", name="Put back", exact=True).first.click()
    effect.wait_for(state="hidden")


def test_an_edit_is_saved_and_undone(page: Any, tram: str) -> None:
    open_claim(page, tram)
    row(page, "It costs too much.").click()
    page.get_by_role("button", name="Edit").click()
    save(page, "It costs a fortune.")

    row(page, "It costs a fortune.").wait_for()
    page.get_by_role("button", name="Undo").click()
    row(page, "It costs too much.").wait_for()


@pytest.mark.parametrize("kind", ["Support", "Rebut", "Undercut"])
def test_a_claim_is_answered(page: Any, tram: str, kind: str) -> None:
    open_claim(page, tram)
    row(page, "It costs too much.").click()
    page.get_by_role("button", name=kind).click()
    save(page, "So it is said.")

    page.locator("#told", has_text="Saved as revision").wait_for()
    row(page, "So it is said.").wait_for()
    answer = page.locator(f"argument-tree li.{kind.lower()}", has_text="So it is")
    assert answer.count() >= 1


@pytest.mark.parametrize("whose", ["mine", "theirs"])
def test_who_was_slower_chooses_what_holds(
    page: Any, server: Any, tram: str, whose: str
) -> None:
    open_claim(page, tram)
    row(page, "It costs too much.").click()
    page.get_by_role("button", name="Edit").click()
    page.locator("dialog textarea").wait_for()
    path = f"/maps/{tram}/claims/cost"
    server.send("PATCH", path, {"text": "Theirs."}, **{"If-Match": "*"})
    save(page, "Mine.")

    merge = page.locator("dialog", has_text="Changed meanwhile")
    merge.locator(f"input[value={whose}]").check()
    merge.locator("button.main").click()
    row(page, whose.title() + ".").wait_for()


def test_a_map_can_be_read_without_a_script(browser: Any, server: Any) -> None:
    context = browser.new_context(base_url=server.root, java_script_enabled=False)
    page = context.new_page()

    page.goto("/")
    page.get_by_role("link", name="A tram?").first.click()
    page.get_by_role("link", name="The city should build a tram.").first.click()
    assert page.get_by_role("link", name="Rates are low.").count() == 0
    page.get_by_role("link", name="Loans are cheap.").click()
    assert page.get_by_role("link", name="Rates are low.").is_visible()
    context.close()


def test_the_history_has_a_curve_and_undoes_what_was_done(
    page: Any, server: Any, tram: str
) -> None:
    before = server.strength(tram, "build")
    path, any_state = f"/maps/{tram}/claims/cost", {"If-Match": "*"}
    server.send("PATCH", path, {"base_score": 0.1}, **any_state)
    assert server.strength(tram, "build") != before
    page.goto(f"/maps/{tram}/history")

    points = page.locator("svg.curve circle")
    points.nth(1).wait_for()
    assert f"revision 1: {before:.2f}" in points.first.text_content()
    page.get_by_role("button", name="Undo revision 2").click()
    page.locator("tr[data-revision='3']").wait_for()
    assert server.strength(tram, "build") == before


def test_a_map_shows_verdicts_under_all_rules_and_takes_claims(
    page: Any, tram: str
) -> None:
    page.goto(f"/maps/{tram}")
    rules = page.locator(
        "#tools tbody tr", has=page.locator("a[href='?rule=grounded']")
    )
    rules.locator(".verdict").first.wait_for()
    assert rules.locator(".verdict").first.get_attribute("title") in VERDICTS
    page.get_by_role("tab", name="Gaps").click()
    page.locator("#panel-1 li").first.wait_for()

    page.get_by_role("button", name="Add a claim").click()
    save(page, "Buses are cheaper.")
    page.locator("h1", has_text="Buses are cheaper.").wait_for()


VERDICTS = {"accepted", "rejected", "undecided"}


def test_a_frame_elsewhere_shows_a_tree(page: Any) -> None:
    page.goto("/embed/shown/build")
    page.locator(ITEM).nth(1).wait_for()
    assert page.locator("header").count() == 0


def test_what_was_open_and_selected_stays_so_under_another_rule(page: Any) -> None:
    open_claim(page, "shown")
    row(page, "It costs too much.").click()
    press(page, "ArrowRight")
    row(page, "Loans are cheap.").wait_for()
    page.locator("argument-tree select").select_option("df-quad")

    page.locator("#standing", has_text="by df-quad").wait_for()
    row(page, "Loans are cheap.").wait_for()
    selected = page.locator("argument-tree [aria-selected=true]")
    assert "It costs too much." in selected.inner_text()


def test_a_removed_claim_leaves_the_tree_and_comes_back(page: Any, tram: str) -> None:
    open_claim(page, tram)
    row(page, "A tram is quiet.").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    page.locator("dialog button.main").click()

    row(page, "A tram is quiet.").wait_for(state="detached")
    page.get_by_role("button", name="Undo").click()
    row(page, "A tram is quiet.").wait_for()
