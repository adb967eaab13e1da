"""Sources, passages and weights are edited in pages."""

from typing import Any

import pytest

from walking import open_claim, row

pytestmark = pytest.mark.browser

SELECT = """([node, words]) => {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    let text;
    while ((text = walker.nextNode())) {
        const at = text.data.indexOf(words);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(text, at);
        range.setEnd(text, at + words.length);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        return true;
    }
    return false;
}"""
TEXT = "\U0001f68b 市は路面電車を作るべきだ。静かである。\r\nIt costs. It costs.\r\n"


def select(page: Any, words: str) -> None:
    node = page.locator("#text").element_handle()
    assert page.evaluate(SELECT, [node, words])


def button(page: Any, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


def test_a_source_is_added_with_its_text_and_a_claim_rests_on_words_of_it(
    page: Any, server: Any, tram: str
) -> None:
    open_claim(page, tram)
    row(page, "A tram is quiet.").click()
    page.get_by_role("link", name="Add a passage").click()
    button(page, "Add a source").click()
    page.get_by_label("Title").fill("市の報告")
    page.get_by_label("Authors").fill("A. Sato; B. Suzuki")
    page.get_by_label("Language").fill("ja")
    file = {"name": "text.txt", "mimeType": "text/plain", "buffer": TEXT.encode()}
    page.locator("dialog input[type=file]").set_input_files(file)
    page.locator("dialog button.main").click()

    page.locator("h1", has_text="市の報告").wait_for()
    assert page.locator("#text").get_attribute("lang") == "ja"
    select(page, "静かである")
    button(page, "Make a passage").click()
    assert page.locator("dialog [name=exact]").input_value() == "静かである"
    assert page.locator("dialog [name=claim]").input_value() == "quiet"
    page.locator("dialog button.main").click()

    page.locator("#text mark", has_text="静かである").wait_for()
    page.get_by_role("link", name="A tram is quiet.").wait_for()
    key = page.url.partition("/sources/")[2].partition("?")[0]
    made = server.read(f"/maps/{tram}/sources/{key}/passages")["items"][0]
    assert made["spans"] == [{"start": 15, "end": 20}]
    assert [
        each["name"] for each in server.read(f"/maps/{tram}/sources/{key}")["authors"]
    ] == ["A. Sato", "B. Suzuki"]
    passages = server.read(f"/maps/{tram}/claims/quiet")["passages"]
    assert [each["passage"] for each in passages] == ["p1", made["key"]]


@pytest.mark.parametrize("refused", [(404,)])
def test_words_that_are_not_in_the_text_once_are_refused_where_they_are_typed(
    page: Any, server: Any, tram: str
) -> None:
    source = {"key": "twice", "title": "Twice", "text": TEXT}
    server.send("POST", f"/maps/{tram}/sources", source)
    page.goto(f"/maps/{tram}/sources/twice")
    button(page, "Make a passage").click()
    typed, wrong = page.locator("dialog [name=exact]"), page.locator("#wrong")
    for words, said in (
        ("It cost nothing.", "not in the text"),
        ("It costs.", "several places"),
    ):
        typed.fill(words)
        page.locator("dialog button.main").click()
        wrong.filter(has_text=said).wait_for()
        assert typed.get_attribute("aria-invalid") == "true"
    typed.fill("It costs. It costs.")
    page.locator("dialog [name=claim]").fill("no-such-claim")
    page.locator("dialog button.main").click()
    wrong.filter(has_text="There is no claim of this key").wait_for()
    assert server.read(f"/maps/{tram}/sources/twice/passages")["items"] == []
    page.locator("dialog [name=claim]").fill("cost")
    page.locator("dialog button.main").click()

    page.locator("#text mark", has_text="It costs. It costs.").wait_for()
    assert server.read(f"/maps/{tram}/claims/cost")["passages"][0]["source"] == "twice"


@pytest.mark.parametrize("refused", [(400, 404, 422)])
def test_a_source_is_edited_gets_a_new_edition_and_is_removed(
    page: Any, server: Any, tram: str
) -> None:
    page.goto(f"/maps/{tram}/sources/council")
    button(page, "Edit").click()
    page.get_by_label("Credibility").fill("2")
    page.locator("dialog button.main").click()
    assert page.locator("dialog").is_visible()
    page.get_by_label("Credibility").fill("0.5")
    page.get_by_label("Published on").fill("last May")
    page.locator("dialog button.main").click()
    page.locator("dialog [name=published_on][aria-invalid]").wait_for()
    page.get_by_label("Published on").fill("2024-05")
    page.locator("dialog button.main").click()
    page.get_by_text("2024-05").wait_for()
    assert server.read(f"/maps/{tram}/sources/council")["credibility"] == 0.5

    button(page, "New edition of the text").click()
    page.locator("dialog textarea").fill("It is said: The tram is quiet. No more.")
    page.locator("dialog button.main").click()
    page.locator("#text", has_text="It is said").wait_for()
    assert page.locator("#text mark").inner_text() == "The tram is quiet."

    page.get_by_role("button", name="Remove passage p1").click()
    page.locator("dialog button.main").click()
    page.locator("li[data-passage]").wait_for(state="detached")
    button(page, "Remove").click()
    page.locator("dialog button.main").click()
    page.locator("h1", has_text="Sources").wait_for()
    assert server.read(f"/maps/{tram}/sources")["items"] == []
    assert server.read(f"/maps/{tram}/claims/quiet")["passages"] == []


def test_base_scores_and_weights_are_edited_in_their_bounds(
    page: Any, server: Any, tram: str
) -> None:
    before = server.strength(tram, "build")
    open_claim(page, tram)
    row(page, "It costs too much.").click()
    button(page, "Weight 1.00").click()
    weight = page.locator("dialog [name=weight]")
    for outside in ("1.5", ""):
        weight.fill(outside)
        page.locator("dialog button.main").click()
        assert page.locator("dialog").is_visible()
    weight.fill("0.25")
    page.locator("dialog button.main").click()
    button(page, "Weight 0.25").wait_for()
    assert server.read(f"/maps/{tram}/relations/r1")["weight"] == 0.25

    button(page, "Edit").click()
    page.get_by_label("Base score").fill("0.125")
    page.locator("dialog button.main").click()
    page.locator("#told", has_text="Saved as revision 3").wait_for()
    assert server.read(f"/maps/{tram}/claims/cost")["base_score"] == 0.125
    assert server.strength(tram, "build") > before
    button(page, "Edit").click()
    page.get_by_label("Base score").fill("")
    page.locator("dialog button.main").click()
    page.locator("#told", has_text="Saved as revision 4").wait_for()
    assert server.read(f"/maps/{tram}/claims/cost")["base_score"] is None
