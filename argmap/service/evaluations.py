"""Evaluations: one rule run on one revision, or several side by side."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

import msgspec
from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from argmap.debate.disagreement import Disagreement, disagreement, label
from argmap.debate.hinges import Again, Hinge, without_each
from argmap.engine import Graph, check_patience, report_progress
from argmap.errors import ArgmapError, Cancelled, PluginFault
from argmap.model import Map
from argmap.plugin import (
    Evaluation,
    Options,
    Rule,
    compile_map,
    decode_options,
    evaluate,
)
from argmap.plugin.evaluate import tell
from argmap.plugin.judgement import Judgement, judge
from argmap.plugin.manifest import manifest
from argmap.render.escapes import csv
from argmap.service import pages
from argmap.service.desk import Desk
from argmap.service.figures import EVALUATIONS, note_cached
from argmap.service.views import View, view
from argmap.store import Snapshot

Values = Mapping[str, Any]
WHOLE: Final = 10_000
"""Claims that an evaluation shows at once, at most."""

CSV: Final = ("base", "strength", "rank", "verdict", "label", "settled")
"""The columns of a table of an evaluation, after the claim and perhaps its text."""

Texts = tuple[tuple[str, str], ...]


class Asked(Struct, frozen=True, kw_only=True):
    """A rule with what is chosen of it; ``key`` says the same, to find answers by.

    With ``has_manifest`` answers say what they were computed with.
    """

    rule: Rule
    parameters: Struct
    options: Options
    key: tuple[str | bytes, ...]
    has_manifest: bool = False

    def with_manifest(self) -> "Asked":
        """Ask the same, and what it is computed with."""
        return replace(self, key=(*self.key, "manifest"), has_manifest=True)


class Part(Evaluation, frozen=True, kw_only=True):
    """An evaluation, or a part of a large one: some claims and what starts from them.

    A relation is in the part of its first premise, so that the parts have each once.
    ``next`` is the cursor of the part after, null in the last; whole ones have none.
    """

    next: str | UnsetType | None = UNSET


class Result(Struct, frozen=True, kw_only=True):
    """What came of one of several rules: an evaluation or an error."""

    rule: str
    evaluation: Evaluation | None = None
    error: ArgmapError | None = None


def asked(
    desk: Desk,
    rule: str | None = None,
    parameters: Values | None = None,
    options: Values | None = None,
) -> Asked:
    """Find a rule, the default one if none is named, and read what is chosen of it.

    Raises:
        InvalidParameters: The rule does not take them.
        NotFound: No rule of that name is installed.
    """
    return _asked(desk, rule, parameters, options, is_text=False)


def asked_as_text(
    desk: Desk,
    rule: str | None = None,
    parameters: Texts = (),
    options: Texts = (),
) -> Asked:
    """Do as `asked` where all values are strings, as in a query."""

    def make() -> Asked:
        return _asked(desk, rule, dict(parameters), dict(options), is_text=True)

    return desk.chosen((rule, parameters, options), make)


def _asked(
    desk: Desk,
    name: str | None,
    parameters: Values | None,
    options: Values | None,
    *,
    is_text: bool,
) -> Asked:
    rule = desk.host.rule(name or desk.settings.default_rule)
    params = rule.accept(parameters, is_text=is_text)
    chosen = decode_options(rule, options, is_text=is_text)
    code = f"{rule.name} {rule.digest}"
    key = (code, msgspec.json.encode(params), msgspec.json.encode(chosen))
    return Asked(rule=rule, parameters=params, options=chosen, key=key)


def run(snapshot: Snapshot, asked: Asked) -> Evaluation:
    """Evaluate a snapshot, once per revision and choice; may take its time.

    Raises:
        PluginFault: The rule raised, or returned what is no answer.
    """

    def make() -> Evaluation:
        if asked.has_manifest:
            return _with_manifest(snapshot, asked)
        found = judgement(snapshot, asked)
        return tell(found, compiled(snapshot), snapshot.map.key, snapshot.revision)

    return snapshot.derive(("evaluation", *asked.key), make)


def judgement(snapshot: Snapshot, asked: Asked) -> Judgement:
    """Have a rule judge a snapshot, once per revision and choice, and tell nobody yet.

    Raises:
        PluginFault: The rule raised, or returned what is no answer.
    """

    def make() -> Judgement:
        check_patience()
        graph, rule = compiled(snapshot), asked.rule
        with EVALUATIONS.timing(rule.name):
            return judge(graph, rule, rule.decode(asked.parameters), asked.options)

    return snapshot.derive(("judgement", *asked.key), make)


def compiled(snapshot: Snapshot) -> Graph:
    """Give a snapshot's graph, compiled once per revision."""
    return snapshot.derive("graph", lambda: compile_map(snapshot.map))


def _with_manifest(snapshot: Snapshot, asked: Asked) -> Evaluation:
    plain = replace(asked, key=asked.key[:-1], has_manifest=False)
    made = run(snapshot, plain)
    said = manifest(asked.rule, made.map, made.revision, made.input_hash)
    return replace(made, manifest=said)


async def evaluation(desk: Desk, snapshot: Snapshot, asked: Asked) -> Evaluation:
    """Give what `run` gives, without waiting in the event loop.

    Raises:
        PluginFault: The rule raised, or returned what is no answer.
    """
    known: Evaluation | None = snapshot.known(("evaluation", *asked.key))
    note_cached("answer", is_hit=known is not None)
    if known is not None:
        return known
    with desk.limit():
        return await desk.work_with(asked.rule.lane, run, snapshot, asked)


async def one(
    desk: Desk,
    map: str,
    asked: Asked,
    at: int | None = None,
    *,
    cursor: str | None = None,
    limit: int = WHOLE,
) -> tuple[View, str | None]:
    """View a map through one rule, as JSON, as far as *limit* claims; and how to go on.

    Raises:
        Malformed: *cursor* is none of this evaluation, or not of the revision *at*.
        NotFound: There is no such map or revision.
    """
    name = f"evaluation {map} {sha256(repr(asked.key).encode()).hexdigest()}"
    place = pages.place(name, cursor, at)
    snapshot = await desk.snapshot(map, place.revision)
    claims = snapshot.derive("claim keys", lambda: tuple(snapshot.map.claims))
    part = pages.cut(name, claims, snapshot.revision, place.start, limit)
    is_whole = cursor is None and part.next is None

    def make() -> bytes:
        evaluation = run(snapshot, asked)
        if not is_whole:
            evaluation = _part(snapshot, evaluation, part)
        return msgspec.json.encode(evaluation)

    key = ("evaluation.json", place.start, limit if part.next else None, *asked.key)
    return view(desk, snapshot, key, make, asked.rule), part.next


def _part(
    snapshot: Snapshot, evaluation: Evaluation, part: pages.Slice[str]
) -> Evaluation:
    relations = snapshot.map.relations
    claims = {key: evaluation.claims[key] for key in part.items}
    shown = {
        key: strength
        for key, strength in evaluation.relations.items()
        if relations[key].premises[0] in claims
    }
    members = {f: getattr(evaluation, f) for f in Evaluation.__struct_fields__}
    return Part(**members | {"claims": claims, "relations": shown, "next": part.next})


async def table(
    desk: Desk, map: str, asked: Asked, at: int | None = None, *, has_texts: bool
) -> View:
    """View a map through one rule, as a table of all claims in CSV.

    Raises:
        NotFound: There is no such map or revision.
    """
    snapshot = await desk.snapshot(map, at)

    def make() -> bytes:
        of = run(snapshot, asked).claims
        texts = [[claim.text] for claim in snapshot.map.claims.values()]
        rows: list[list[object]] = [["claim", *(["text"] if has_texts else []), *CSV]]
        for (key, claim), text in zip(of.items(), texts, strict=True):
            values = [getattr(claim, name) for name in CSV]
            rows.append([key, *(text if has_texts else []), *values])
        return csv(rows).encode()

    return view(desk, snapshot, ("csv", has_texts, *asked.key), make, asked.rule)


async def several(
    desk: Desk,
    snapshot: Snapshot,
    rules: Sequence[Mapping[str, Any]],
    *,
    has_manifest: bool = False,
) -> tuple[list[Result], Disagreement]:
    """Run several rules on one snapshot; one that fails does not stop the others.

    Args:
        desk: Where the rules are.
        snapshot: What to evaluate.
        rules: Arguments of `asked`. A rule may come several times; in the disagreement
            the second is called ``rule#2``, and so on.
        has_manifest: Whether evaluations say what they were computed with.
    """
    results: list[Result] = []
    named: dict[str, Evaluation] = {}
    choices: dict[str, Asked] = {}
    with desk.limit():
        for each in rules:
            report_progress(len(results), len(rules))
            name = each["rule"]
            try:
                choice = asked(desk, **each)
                if has_manifest:
                    choice = choice.with_manifest()
                lane = choice.rule.lane
                evaluation = await desk.work_with(lane, run, snapshot, choice)
            except Cancelled:
                raise
            except ArgmapError as error:
                results.append(Result(rule=name, error=error))
                continue
            results.append(Result(rule=name, evaluation=evaluation))
            choices[label(name, named)] = choice
            named[label(name, named)] = evaluation
        report_progress(len(rules), len(rules))
        plain = await desk.work(disagreement, named)
        if not plain.claims:
            return results, plain
        again = await _again(desk, snapshot.map, choices)
        return results, await desk.work(disagreement, named, snapshot.map, again)


async def _again(desk: Desk, map: Map, choices: Mapping[str, Asked]) -> Again:
    """Run rules on the map without each feature; leave out where one fails."""
    found: dict[Hinge, dict[str, Evaluation]] = {}
    for hinge, other in (await desk.work(without_each, map)).items():
        try:
            found[hinge] = {
                name: await desk.work_with(
                    each.rule.lane,
                    evaluate, other, each.rule, each.parameters, each.options,
                )
                for name, each in choices.items()
            }  # fmt: skip
        except PluginFault:
            continue
    return found
