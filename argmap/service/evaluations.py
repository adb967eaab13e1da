"""Evaluations: one rule run on one revision, or several side by side."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from argmap.debate.disagreement import Disagreement, disagreement, label
from argmap.engine import check_patience, report_progress
from argmap.errors import ArgmapError, Cancelled
from argmap.plugin import (
    Evaluation,
    Options,
    Rule,
    compile_map,
    decode_options,
    evaluate,
)
from argmap.service.desk import Desk
from argmap.service.views import View, view
from argmap.store import Snapshot

Values = Mapping[str, Any]
Texts = tuple[tuple[str, str], ...]


class Asked(Struct, frozen=True, kw_only=True):
    """A rule with what is chosen of it; ``key`` says the same, to find answers by."""

    rule: Rule
    parameters: Struct
    options: Options
    key: tuple[str, bytes, bytes]


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
        check_patience()
        graph = snapshot.derive("graph", lambda: compile_map(snapshot.map))
        return evaluate(
            graph,
            asked.rule,
            asked.parameters,
            asked.options,
            map_key=snapshot.map.key,
            revision=snapshot.revision,
        )

    return snapshot.derive(("evaluation", *asked.key), make)


async def evaluation(desk: Desk, snapshot: Snapshot, asked: Asked) -> Evaluation:
    """Give what `run` gives, without waiting in the event loop.

    Raises:
        PluginFault: The rule raised, or returned what is no answer.
    """
    known: Evaluation | None = snapshot.known(("evaluation", *asked.key))
    if known is not None:
        return known
    with desk.limit():
        return await desk.work_with(asked.rule.lane, run, snapshot, asked)


async def one(desk: Desk, map: str, asked: Asked, at: int | None = None) -> View:
    """View a map through one rule, as JSON.

    Raises:
        NotFound: There is no such map or revision.
    """
    snapshot = await desk.snapshot(map, at)

    def make() -> bytes:
        return msgspec.json.encode(run(snapshot, asked))

    key = ("evaluation.json", *asked.key)
    return view(desk, snapshot, key, make, asked.rule)


async def several(
    desk: Desk, snapshot: Snapshot, rules: Sequence[Mapping[str, Any]]
) -> tuple[list[Result], Disagreement]:
    """Run several rules on one snapshot; one that fails does not stop the others.

    Args:
        desk: Where the rules are.
        snapshot: What to evaluate.
        rules: Arguments of `asked`. A rule may come several times; in the disagreement
            the second is called ``rule#2``, and so on.
    """
    results: list[Result] = []
    named: dict[str, Evaluation] = {}
    with desk.limit():
        for each in rules:
            report_progress(len(results), len(rules))
            name = each["rule"]
            try:
                choice = asked(desk, **each)
                lane = choice.rule.lane
                evaluation = await desk.work_with(lane, run, snapshot, choice)
            except Cancelled:
                raise
            except ArgmapError as error:
                results.append(Result(rule=name, error=error))
                continue
            results.append(Result(rule=name, evaluation=evaluation))
            named[label(name, named)] = evaluation
        report_progress(len(rules), len(rules))
    return results, await desk.work(disagreement, named)
