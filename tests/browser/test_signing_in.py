"""Pages of a server that asks for keys, in a browser."""

from typing import Any

import pytest

pytestmark = pytest.mark.browser


def test_who_signs_in_reads_a_private_map_until_they_sign_out(
    browser: Any, secret: tuple[str, str]
) -> None:
    root, key = secret
    context = browser.new_context(base_url=root)
    page = context.new_page()
    page.set_default_timeout(8000)

    page.goto("/maps/tram/claims/build")
    page.get_by_role("button", name="Sign in").click()
    assert "build a tram" not in page.content()
    box = page.get_by_role("dialog")
    page.get_by_label("API key").fill("amk_guess")
    box.get_by_role("button", name="Sign in").click()
    page.get_by_role("alert").filter(has_text="unknown here").wait_for()
    page.get_by_label("API key").fill(key)
    box.get_by_role("button", name="Sign in").click()

    page.locator("argument-tree .row", has_text="It costs too much.").wait_for()
    page.get_by_role("link", name="argmap").click()
    page.get_by_role("link", name="A tram?").click()
    page.get_by_role("heading", level=1, name="A tram?").wait_for()
    assert key not in page.url
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in").wait_for()
    assert "A tram?" not in page.content()
    context.close()
