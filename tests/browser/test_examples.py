"""The examples of the element in other pages do what they show, from another origin."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import msgspec
import pytest

from argmap.library import seed

pytestmark = pytest.mark.browser

EXAMPLES = Path(__file__).parents[2] / "openapi" / "examples"
REACT = "https://esm.sh/react@19"


@pytest.fixture
def tree(server: Any) -> str:
    """Give a key to the map that the examples show."""
    path = f"{server.root}/api/v1/maps/japan-nato/claims/closer-cooperation"
    try:
        server.strength("japan-nato", "closer-cooperation")
    except OSError:
        content = msgspec.json.decode(seed("japan-nato").read_bytes())
        server.send("POST", "/imports", content)
    return path


@pytest.fixture
def modules() -> Path:
    """Give the directory ``NODE_MODULES``, where frameworks and compilers are."""
    if "NODE_MODULES" not in os.environ:
        pytest.skip("NODE_MODULES does not name a directory of npm packages")
    return Path(os.environ["NODE_MODULES"])


@pytest.fixture
def elsewhere(
    browser: Any, server: Any, tree: str, tmp_path: Path
) -> Iterator[tuple[Any, Path]]:
    """Open a page of another origin, which has the files of a folder; give both."""
    assert tree
    handler = partial(Quiet, directory=str(tmp_path))
    page = browser.new_context(base_url=server.elsewhere).new_page()
    wrong: list[str] = []
    page.set_default_timeout(8000)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    for path in EXAMPLES.glob("*/*.html"):
        text = path.read_text("utf-8").replace("http://127.0.0.1:8000", server.root)
        (tmp_path / path.name).write_text(text, "utf-8")
    with ThreadingHTTPServer(("127.0.0.1", server.port_elsewhere), handler) as front:
        Thread(target=front.serve_forever).start()
        yield page, tmp_path
        page.context.close()
        front.shutdown()
    assert wrong == []


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def module(page: Any, url: str, body: str) -> None:
    page.route(
        url,
        lambda route: route.fulfill(
            body=body,
            content_type="text/javascript",
            headers={"Access-Control-Allow-Origin": "*"},
        ),
    )


def select(page: Any) -> str:
    text = page.locator("argument-tree .text").nth(1)
    text.click()  # scrolls there: what is out of sight is not laid out, and has no text
    said: str = text.inner_text().splitlines()[0]
    return said


def test_a_plain_page_hears_what_is_selected(
    elsewhere: tuple[Any, Path],
) -> None:
    page, _ = elsewhere
    page.goto("/plain.html")

    said = select(page)
    page.locator("output", has_text=said).wait_for()


def test_react_sets_the_rule_and_hears_what_is_selected(
    elsewhere: tuple[Any, Path], modules: Path
) -> None:
    page, folder = elsewhere
    entry = folder / "entry.js"
    entry.write_text(
        'export { createElement, useState } from "react";'
        'export { createRoot } from "react-dom/client";'
    )
    command: list[str | Path] = [
        modules / ".bin" / "esbuild",
        entry,
        "--bundle",
        "--format=esm",
    ]
    environment = {**os.environ, "NODE_PATH": str(modules)}
    bundle = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert bundle.returncode == 0, bundle.stderr
    module(page, REACT, bundle.stdout)
    forwarded = f'export {{ createRoot }} from "{REACT}";'
    module(page, "https://esm.sh/react-dom@19/client", forwarded)

    page.goto("/react.html")
    check_framework(page)


def test_vue_sets_the_rule_and_hears_what_is_selected(
    elsewhere: tuple[Any, Path], modules: Path
) -> None:
    page, _ = elsewhere
    vue = modules / "vue" / "dist" / "vue.esm-browser.prod.js"
    module(page, f"https://unpkg.com/vue@3/dist/{vue.name}", vue.read_text())

    page.goto("/vue.html")
    check_framework(page)


def check_framework(page: Any) -> None:
    said = select(page)
    page.locator("output", has_text=said).wait_for()
    page.get_by_role("button", name="Ask DF-QuAD").click()
    page.wait_for_function(
        "document.querySelector('argument-tree').shadowRoot"
        ".querySelector('select').value === 'df-quad'"
    )


def test_a_claim_is_edited_through_the_typed_client(
    elsewhere: tuple[Any, Path],
) -> None:
    page, folder = elsewhere
    compiler = shutil.which("tsc")
    if "NODE_MODULES" in os.environ:
        compiler = f"{os.environ['NODE_MODULES']}/.bin/tsc"
    if compiler is None:
        pytest.skip("tsc is not on the path")
    command: list[str | Path] = [
        compiler,
        "-p",
        EXAMPLES / "client",
        "--outDir",
        folder,
    ]
    subprocess.run(command, check=True)

    page.goto("/edit.html")
    select(page)
    page.locator("textarea").fill("As it was edited page.")
    page.get_by_role("button", name="Save").click()
    page.locator("output", has_text="Saved as revision 2.").wait_for()
    edited = page.locator(".row", has_text="As it was edited page.")
    edited.first.wait_for()
