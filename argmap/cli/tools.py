"""The tools that assistants get: the use cases of the API, few and curated.

Each answers with text: JSON as the API gives it where that is short, else less of it,
or Markdown. What is wrong with a call is one line. Imports the official SDK, which is
an extra, so only `argmap.cli.assistant` imports this.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps
from inspect import cleandoc
from typing import Annotated, Any, Literal, ParamSpec

import msgspec
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from argmap.cli.failures import told
from argmap.debate.citations import WORDS_PER_MINUTE
from argmap.debate.gaps import Kind as GapKind
from argmap.debate.what_if import watched
from argmap.errors import ArgmapError
from argmap.model import Add, Claim, Operation, Relation, Target
from argmap.model.codec import convert
from argmap.model.words import query
from argmap.plugin import Verdict
from argmap.plugin.turning import ATOMS
from argmap.service import changes, debate, evaluations, explanations, maps, search
from argmap.service.debate import Briefing
from argmap.service.desk import Desk
from argmap.service.evaluations import asked
from argmap.settings import Settings
from argmap.store import Wanted

P = ParamSpec("P")

MapKey = Annotated[str, Field(description="The key of a map; find lists them.")]
ClaimKey = Annotated[str, Field(description="The key of a claim; find tells it.")]
RuleName = Annotated[
    str | None, Field(description="The rule that judges; default: the server's.")
]
Rules = Annotated[list[str], Field(description="Rules by name.", max_length=20)]
Claims = Annotated[
    list[str] | None, Field(description="Which claims; none: the map's targets.")
]
Limit = Annotated[int, Field(ge=1, le=200, description="How many, at most.")]
Side = Literal["pro", "con"]
Kind = Literal["support", "rebut", "undercut"]
Method = Literal["gradient", "removal", "intrinsic-removal", "shapley"]

INSTRUCTIONS = """\
Argument maps: claims, and relations that support, rebut or undercut them, judged by
rules. Keys name everything; find gives them. Say what a tool answers, and no more."""


class Tools:
    """The tools, at a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def find(
        self,
        words: Annotated[str, Field(description="Words; none: list the maps.")] = "",
        map: Annotated[str | None, Field(description="Look in this map only.")] = None,
        limit: Limit = 10,
    ) -> str:
        """Find claims by their words, or list the maps with their targets."""
        if not words.strip():
            page = await maps.page(self._desk, None, 500)
            return _json([_some(m, "key", "title", "targets") for m in page.items])
        wanted = Wanted(query=query(words), map=map)
        found = await search.claims(self._desk, wanted, None, limit)
        return _json(
            [
                {"map": hit.map, **_some(hit.item, "key", "text", "speaker", "tags")}
                for hit in found.items
            ]
        )

    async def brief(
        self,
        map: MapKey,
        claim: ClaimKey,
        side: Side,
        rule: RuleName = None,
        minutes: Annotated[float, Field(gt=0, le=600)] = 8.0,
    ) -> str:
        """Prepare one side of a claim, as Markdown.

        Its case with citations, expected attacks and the answers to them, gaps, what
        would turn it, what other rules say, a plan for the time.
        """
        pace = WORDS_PER_MINUTE
        wanted = Briefing(
            claim=claim,
            side=side,
            minutes=minutes,
            words_per_minute=pace,
            form="markdown",
        )
        view = await debate.brief_of(self._desk, map, asked(self._desk, rule), wanted)
        return (await view.body()).decode()

    async def compare(
        self,
        map: MapKey,
        rules: Rules,
        claims: Claims = None,
    ) -> str:
        """Say how claims stand under several rules, and where the rules part."""
        snapshot = await self._desk.snapshot(map)
        keys = watched(snapshot.map, claims or ())
        results, parting = await evaluations.several(
            self._desk, snapshot, [{"rule": rule} for rule in rules]
        )
        said: dict[str, Any] = {}
        for each in results:
            if each.error is not None:
                said[each.rule] = told(each.error)
            elif each.evaluation is not None:
                found = each.evaluation.claims
                said[each.rule] = {
                    key: _some(found[key], "strength", "rank", "verdict")
                    for key in keys
                }
        return _json({"rules": said, "tau_b": parting.tau_b})

    async def what_if(
        self,
        map: MapKey,
        operations: Annotated[
            list[dict[str, Any]],
            Field(
                description='Such as {"op": "remove", "relation": KEY}, {"op": '
                '"replace", "claim": KEY, "set": {"base_score": 1}}, {"op": "add", '
                '"claim": {"key": "$new", "text": TEXT}}, {"op": "add", "relation": '
                '{"kind": "rebut", "premises": ["$new"], "target": {"claim": KEY}}}.',
                min_length=1,
            ),
        ],
        targets: Claims = None,
        rule: RuleName = None,
    ) -> str:
        """Say what changes would do to claims, without making them."""
        changed = convert(operations, tuple[Operation, ...], "/operations")
        rules = [{"rule": rule}] if rule else []
        snapshot = await self._desk.snapshot(map)
        ((effects, error),) = await explanations.what_if(
            self._desk, snapshot, changed, rules, targets or ()
        )
        if error is not None:
            raise error
        return _json(_some(effects, "rule", "targets"))

    async def flips(
        self,
        map: MapKey,
        claim: ClaimKey,
        to: Verdict,
        rule: RuleName = None,
        max_operations: Annotated[int, Field(ge=1, le=4)] = 2,
    ) -> str:
        """Find the smallest sets of changes that turn the verdict on a claim."""
        found = await explanations.turn(
            self._desk,
            await self._desk.snapshot(map),
            asked(self._desk, rule),
            claim,
            to,
            allow=ATOMS,
            max_operations=max_operations,
            seconds=5.0,
        )
        return _json(_some(found, "before", "flips", "searched", "complete"))

    async def gaps(
        self,
        map: MapKey,
        kind: Annotated[GapKind | None, Field(description="Of one kind only.")] = None,
        rule: RuleName = None,
        limit: Limit = 20,
    ) -> str:
        """Say what a map lacks: unanswered attacks, unsourced claims, and more."""
        view, _ = await debate.gaps_of(self._desk, map, asked(self._desk, rule))
        found = msgspec.json.decode(await view.body())["gaps"]
        wanted = [gap for gap in found if kind in (None, gap["kind"])]
        names = ("kind", "claim", "relation", "source", "passage", "why")
        shown = [{name: gap[name] for name in names} for gap in wanted[:limit]]
        return _json({"count": len(wanted), "gaps": shown})

    async def explain(
        self,
        map: MapKey,
        claim: ClaimKey,
        rule: RuleName = None,
        method: Method = "removal",
        limit: Limit = 10,
    ) -> str:
        """Say what claims, relations and sources contribute to a claim's strength."""
        choice = asked(self._desk, rule)
        view = await explanations.why(self._desk, map, claim, choice, method)
        found = msgspec.json.decode(await view.body())
        most = {k: v[:limit] for k, v in found["contributions"].items()}
        names = ("claim", "rule", "strength", "verdict", "base", "method", "note")
        shown = {name: found[name] for name in names}
        return _json(shown | {"contributions": most, "relations": found["relations"]})

    async def add(
        self,
        map: MapKey,
        text: Annotated[str, Field(description="The claim, one sentence.")],
        kind: Kind,
        target: Annotated[
            str,
            Field(description="The claim that it is about; to undercut, a relation."),
        ],
    ) -> str:
        """Add a claim to a map that supports, rebuts or undercuts what is there."""
        about = Target(**{"relation" if kind == "undercut" else "claim": target})
        how = Relation(key="$how", kind=kind, premises=("$new",), target=about)
        new = (Add(claim=Claim(key="$new", text=text)), Add(relation=how))
        done = await changes.apply(self._desk, map, new, "added by an assistant")
        return _json(done)


def serve(settings: Settings, *, allow_writes: bool) -> None:
    """Offer the tools over standard input and output, until that ends.

    Raises:
        NotFound: There is no database to read.
        Unavailable: It is to be written, and a server has it.
    """
    desk = Desk.open(settings, read_only=not allow_writes)
    try:
        asyncio.run(_server(Tools(desk), allow_writes).run_stdio_async())
    finally:
        desk.close()


def _server(tools: Tools, allow_writes: bool) -> MCPServer:
    server = MCPServer("argmap", instructions=INSTRUCTIONS, log_level="WARNING")
    reading = ("find", "brief", "compare", "what_if", "flips", "gaps", "explain")
    for name in (*reading, *(["add"] if allow_writes else [])):
        each: Callable[..., Awaitable[str]] = getattr(tools, name)
        hints = ToolAnnotations(read_only_hint=name in reading, open_world_hint=False)
        server.add_tool(
            _one_line(each),
            description=cleandoc(each.__doc__ or ""),
            annotations=hints,
            structured_output=False,
        )
    return server


def _one_line(tool: Callable[P, Awaitable[str]]) -> Callable[P, Awaitable[str]]:
    """Let a tool say in one line what is wrong with a call."""

    @wraps(tool)
    async def call(*args: P.args, **kwargs: P.kwargs) -> str:
        try:
            return await tool(*args, **kwargs)
        except ArgmapError as error:
            raise ToolError(told(error)) from error

    return call


def _some(value: object, *names: str) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
