"""What tests do in pages over and over."""

from typing import Any

ITEM = "argument-tree [role=treeitem]"


def open_claim(page: Any, map: str, claim: str = "build", query: str = "") -> None:
    """Open the page of a claim, and wait for its tree."""
    page.goto(f"/maps/{map}/claims/{claim}{query}")
    page.locator(ITEM).nth(1).wait_for()


def row(page: Any, text: str) -> Any:
    """Find the row of a tree that has a text."""
    return page.locator("argument-tree .row", has_text=text)


def press(page: Any, *keys: str) -> None:
    """Press keys, slowly enough for what they open."""
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(120)


def save(page: Any, text: str) -> None:
    """Type a text into the dialog, and let it be saved."""
    page.locator("dialog textarea").fill(text)
    page.locator("dialog button.main").click()


def focused(page: Any) -> str:
    """Say which claim the tree's focus is on."""
    script = """document.querySelector('argument-tree').shadowRoot.activeElement
        ?.querySelector('.text')?.firstChild.textContent ?? ''"""
    text: str = page.evaluate(script)
    return text


def settle(page: Any) -> None:
    """Wait until scripts have begun; a stream of events never ends."""
    page.wait_for_load_state("load")
    page.wait_for_function(
        """() => performance.now() - Math.max(0, ...performance.getEntriesByType(
            'resource').map((each) => each.responseEnd)) > 250"""
    )


def watch(
    page: Any, wrong: list[str], roots: tuple[str, ...], refused: tuple[int, ...] = ()
) -> None:
    """Note errors, dialogs and requests to elsewhere."""
    answers = tuple(f"status of {status} " for status in refused)

    def note(message: Any) -> None:
        if message.type == "error" and not any(
            each in message.text for each in answers
        ):
            wrong.append(message.text)

    def dialog(shown: Any) -> None:
        wrong.append(f"dialog: {shown.message}")
        shown.dismiss()

    def request(asked: Any) -> None:
        if not asked.url.startswith((*roots, "data:", "blob:")):
            wrong.append(f"elsewhere: {asked.url}")

    page.on("console", note)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", dialog)
    page.on("request", request)
