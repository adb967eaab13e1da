"""Evaluations: one rule run on one revision, or several side by side."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from argmap.debate.disagreement import Disagreement, disagreement
from argmap.errors import ArgmapError
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


class Asked(Struct, frozen=True, kw_only=True):
    """A rule with what is chosen of it."""

    rule: Rule
    parameters: Struct
    options: Options

    @property
    def key(self) -> tuple[str, bytes, bytes]:
        """Say what an evaluation depends on besides the map."""
        return (
            self.rule.name,
            msgspec.json.encode(self.parameters),
            msgspec.json.encode(self.options),
        )


class Result(Struct, frozen=True, kw_only=True):
    """What came of one of several rules: an evaluation or an error."""

    rule: str
    evaluation: Evaluation | None = None
    error: ArgmapError | None = None


def asked(
    desk: Desk,
    rule: str | None = None,
    parameters: Mapping[str, Any] | None = None,
    options: Mapping[str, Any] | None = None,
    *,
    is_text: bool = False,
) -> Asked:
    """Find a rule, the default one if none is named, and read what is chosen of it.

    *is_text* says that values are strings, as in a query.

    Raises:
        InvalidParameters: The rule does not take them.
        NotFound: No rule of that name is installed.
    """
    found = desk.host.rule(rule or desk.settings.default_rule)
    return Asked(
        rule=found,
        parameters=found.decode(parameters, is_text=is_text),
        options=decode_options(found, options, is_text=is_text),
    )


def run(snapshot: Snapshot, asked: Asked) -> Evaluation:
    """Evaluate a snapshot, once per revision and choice; may take its time.

    Raises:
        PluginFault: The rule raised, or returned what is no answer.
    """

    def make() -> Evaluation:
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


async def one(desk: Desk, map: str, asked: Asked, at: int | None = None) -> View:
    """View a map through one rule, as JSON.

    Raises:
        NotFound: There is no such map or revision.
    """
    snapshot = await desk.snapshot(map, at)

    def make() -> bytes:
        return msgspec.json.encode(run(snapshot, asked))

    key = ("evaluation.json", *asked.key)
    return view(desk, snapshot, key, make, asked.rule.digest)


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
    for each in rules:
        name = each["rule"]
        try:
            evaluation = await desk.run(run, snapshot, asked(desk, **each))
        except ArgmapError as error:
            results.append(Result(rule=name, error=error))
            continue
        results.append(Result(rule=name, evaluation=evaluation))
        named[_label(name, named)] = evaluation
    return results, await desk.run(disagreement, named)


def _label(name: str, taken: Mapping[str, object]) -> str:
    label, count = name, 1
    while label in taken:
        count += 1
        label = f"{name}#{count}"
    return label
