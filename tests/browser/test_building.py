"""A map is built in the viewer alone: put under debate, linked, edited, unfolded."""

from typing import Any

import pytest

from walking import ITEM, open_claim, row, save

pytestmark = pytest.mark.browser


def test_the_first_claim_of_a_map_is_under_debate(page: Any, server: Any) -> None:
    page.goto("/")
    page.get_by_role("button", name="Make a map").click()
    page.get_by_label("Title").fill("Soll es ein Park sein?")
    page.get_by_label("Language").fill("de")
    page.get_by_role("button", name="Make it").click()
    page.get_by_text("There is nothing to compare yet.").wait_for()

    page.get_by_role("button", name="Add a claim").click()
    save(page, "Es soll ein Park sein.")
    page.locator(ITEM, has_text="Es soll ein Park sein.").wait_for()
    assert page.locator("argument-tree [lang=de]").count() == 1
    (key,) = server.read(page.url.split("/claims/")[0].replace(server.root, ""))[
        "targets"
    ]
    assert page.url.endswith(key)

    page.locator("argument-tree .row").click()
    page.get_by_role("button", name="Out of debate").click()
    page.get_by_role("button", name="Put under debate").wait_for()


def test_a_premise_is_linked_and_what_undercuts_is_unfolded(
    page: Any, tram: str
) -> None:
    open_claim(page, tram)
    row(page, "A tram is quiet.").click()
    page.get_by_role("button", name="Link a premise").click()
    save(page, "Quiet is what people want.")
    linked = page.locator("argument-tree li.support", has_text="linked: r2")
    linked.nth(1).wait_for()

    row(page, "A tram is quiet.").click()
    page.get_by_role("button", name="Undercut").click()
    save(page, "It is quiet at night only.")
    row(page, "It is quiet at night only.").wait_for()


def test_a_map_says_something_else_of_itself(page: Any, tram: str) -> None:
    page.goto(f"/maps/{tram}")
    page.get_by_role("button", name="Edit the map").click()
    page.get_by_label("Title").fill("A tram, or buses?")
    page.get_by_role("button", name="Save").click()

    page.get_by_role("heading", level=1, name="A tram, or buses?").wait_for()


def test_a_tree_runs_as_its_claims_do(page: Any, server: Any) -> None:
    texts = {"t": "ينبغي للمدينة أن تبني خط ترام.", "c": "الترام هادئ.", "d": "نعم."}
    links = [("c", "t"), ("d", "c")]
    content = {
        "format": "argmap/1",
        "map": {"key": "khatt", "language": "ar", "targets": ["t"]},
        "claims": [{"key": key, "text": text} for key, text in texts.items()],
        "relations": [
            {
                "key": f"r-{premise}",
                "kind": "support",
                "premises": [premise],
                "target": {"claim": target},
            }
            for premise, target in links
        ],
    }
    server.send("POST", "/imports", content)
    open_claim(page, "khatt", "t")
    item = row(page, texts["c"])
    item.focus()
    page.keyboard.press("ArrowLeft")  # which leads inwards here
    row(page, texts["d"]).wait_for()

    sign, text = (item.locator(part).bounding_box() for part in (".sign", ".text"))
    assert sign["x"] > text["x"]
