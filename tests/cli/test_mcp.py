"""Tools for assistants, asked by the official SDK's own client over stdio."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from argmap.cli import main
from servers import ARGMAP, free_port, serving

pytestmark = pytest.mark.skipif(
    find_spec("mcp") is None, reason="the extra is not installed: argmap[mcp]"
)

MAP, TARGET = "japan-nato", "institutionalise-ties"
READING = ["find", "brief", "compare", "what_if", "flips", "gaps", "explain"]
Call = Callable[..., Awaitable[str]]


def talk(
    folder: Path, what: Callable[[Any, Call], Awaitable[None]], *more: str
) -> None:
    """Start the command, and let a client talk to it."""
    from mcp import Client, StdioServerParameters

    command = StdioServerParameters(
        command=str(ARGMAP), args=["mcp", *more], cwd=str(folder)
    )

    async def session() -> None:
        async with Client(command) as client:

            async def call(tool: str, **arguments: Any) -> str:
                answer = await client.call_tool(tool, arguments)
                text = answer.content[0].text  # type: ignore[union-attr]
                return f"refused: {text}" if answer.is_error else str(text)

            await what(client, call)

    asyncio.run(session())


def test_tools_that_read_are_offered_also_beside_a_server(folder: Path) -> None:
    async def what(client: Any, call: Call) -> None:
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools] == READING
        assert all(tool.annotations.read_only_hint for tool in tools)
        assert all(tool.description.endswith(".") for tool in tools)
        found = json.loads(await call("find"))
        assert MAP in {each["key"] for each in found}
        assert "refused" in await call("add", map=MAP, text="x", kind="rebut")

    port = free_port()
    with serving("serve", port=port, folder=folder):
        talk(folder, what)


def test_each_tool_answers_as_the_api_does(folder: Path) -> None:
    async def what(_: Any, call: Call) -> None:
        (hit,) = json.loads(await call("find", words="Albania", limit=5))
        assert (hit["map"], hit["key"]) == (MAP, "albania-got-help-without-article-5")
        brief = await call("brief", map=MAP, claim=TARGET, side="pro", rule="df-quad")
        run = ["brief", MAP, TARGET, "--side", "pro", "--rule", "df-quad"]
        told = CliRunner().invoke(main, run).stdout
        assert brief.split("## What other rules say")[0] in told
        rules = json.loads(
            await call("compare", map=MAP, rules=["df-quad", "grounded", "nothing"])
        )["rules"]
        assert rules["nothing"].startswith("there is no rule 'nothing'")
        assert rules["grounded"][TARGET]["verdict"] == "accepted"
        strength = rules["df-quad"][TARGET]["strength"]
        mute = {"op": "replace", "relation": "web-objection", "set": {"weight": 0}}
        tried = json.loads(
            await call("what_if", map=MAP, operations=[mute], rule="df-quad")
        )["targets"][TARGET]
        assert tried["before"]["strength"] == strength < tried["after"]["strength"]
        why = json.loads(
            await call("explain", map=MAP, claim=TARGET, rule="df-quad", limit=3)
        )
        assert why["strength"] == strength
        assert len(why["contributions"]["claims"]) == 3
        gaps = json.loads(await call("gaps", map=MAP, kind="unanswered", limit=2))
        assert {gap["kind"] for gap in gaps["gaps"]} == {"unanswered"}
        assert gaps["count"] >= len(gaps["gaps"]) == 2
        flips = await call("flips", map=MAP, claim=TARGET, to="rejected")
        assert json.loads(flips)["before"]["verdict"] == "accepted"

    talk(folder, what)


def test_what_is_wrong_is_told_in_one_line(folder: Path) -> None:
    async def what(_: Any, call: Call) -> None:
        wrong = {
            "nobody": await call("gaps", map="nobody"),
            "/operations/0/op": await call(
                "what_if", map=MAP, operations=[{"op": "shout"}]
            ),
            "verdicts": await call("gaps", map=MAP, rule="counting"),
            "no-such-claim": await call(
                "what_if", map=MAP, operations=[{"op": "add", "claim": {"text": "A."}}],
                targets=["no-such-claim"],
            ),
        }  # fmt: skip
        for said, answer in wrong.items():
            assert answer.startswith("refused: ")
            assert said in answer
            assert "\n" not in answer
        assert "refused" in await call("brief", map=MAP)

    talk(folder, what)


def test_only_who_allows_it_has_a_map_written(folder: Path) -> None:
    async def what(client: Any, call: Call) -> None:
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools] == [*READING, "add"]
        hints = {tool.name: tool.annotations.read_only_hint for tool in tools}
        assert hints["add"] is False
        made = await call("add", map=MAP, text="It costs.", kind="rebut", target=TARGET)
        assert [each["kind"] for each in json.loads(made)["items"]] == [
            "claim",
            "relation",
        ]
        (hit,) = json.loads(await call("find", words="costs", map=MAP))
        assert hit["text"] == "It costs."
        wrong = await call("add", map=MAP, text="x", kind="undercut", target="nobody")
        assert "nobody" in wrong
        assert wrong.startswith("refused: ")

    talk(folder, what, "--allow-writes")


def test_without_the_extra_the_command_says_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert folder.exists()
    for name in [name for name in sys.modules if name.partition(".")[0] == "mcp"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "argmap.cli.tools", raising=False)
    monkeypatch.setitem(sys.modules, "mcp", None)

    shown = CliRunner().invoke(main, ["mcp"])

    assert shown.exit_code == 1
    assert "pip install 'argmap[mcp]'" in shown.stderr


def test_no_database_is_told_in_a_line(tmp_path: Path) -> None:
    shown = CliRunner().invoke(main, ["mcp", "--database", str(tmp_path / "none.db")])

    assert shown.exit_code == 1
    assert "there is no database" in shown.stderr
