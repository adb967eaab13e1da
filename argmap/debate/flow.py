"""The flow of a round: what became of each argument, and what it does to the targets.

Only what is on the flow counts: relations that nobody has introduced are muted, as are
those whose argument was kicked, or given up by conceding what it answers.
"""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from msgspec import Struct

from argmap.debate.plan import Side
from argmap.debate.sheet import Action, MadeMove, Round, Sheet, Status
from argmap.debate.staging import Staged
from argmap.model import Map
from argmap.plugin import Inputs, Options, Rule, evaluate
from argmap.plugin.trials import Trials, require_verdicts
from argmap.plugin.turning import Standing


class ArgumentFlow(Struct, frozen=True, kw_only=True):
    """An argument on the flow, and what has become of it.

    ``text`` is what it says: its own, or that of its relation's premises; empty if
    that is gone. ``answered_by`` are the answers that count, ``must_answer_in`` the
    speech by whose end the other side has to, null if there is none.
    """

    move: str
    speech: str
    side: Side
    action: Action
    on: str | None
    relation: str | None
    text: str
    status: Status
    answered_by: tuple[str, ...]
    extended_in: tuple[str, ...]
    must_answer_in: str | None


class TargetsAfter(Struct, frozen=True, kw_only=True):
    """How the targets stand when a speech is over; null: the map has the claim no more.

    A ``speech`` that is null is the beginning, when nobody has said anything.
    """

    speech: str | None
    targets: dict[str, Standing | None]


class ToAnswer(Struct, frozen=True, kw_only=True):
    """An argument that waits for an answer.

    ``deltas`` is what it adds to each target now; ``effect`` the sum of their sizes.
    """

    move: str
    side: Side
    must_answer_in: str
    effect: float
    deltas: dict[str, float]


class Flow(Inputs, frozen=True, kw_only=True):
    """The flow of a round at the end of a speech; ``after`` null is as of now.

    ``course`` has the targets at the end of each speech up to there. ``next`` lists the
    arguments that wait for an answer from ``side``, those that do most first.
    """

    round: str
    round_revision: int
    after: str | None
    arguments: tuple[ArgumentFlow, ...]
    targets: dict[str, Standing | None]
    course: tuple[TargetsAfter, ...]
    next: tuple[ToAnswer, ...]


def flow(
    round: Round,
    map: Map,
    rule: Rule,
    parameters: Mapping[str, Any] | Struct | None = None,
    options: Mapping[str, Any] | Options | None = None,
    *,
    after: str | None = None,
    revision: int | None = None,
) -> Flow:
    """Judge a round at the end of a speech, or as it is now.

    Args:
        round: Any.
        map: The round's, as it is now; a valid one.
        rule: By which.
        parameters: The rule's own; those left out have their defaults.
        options: Those that every rule has.
        after: The speech that is over, with all before it. None: that of the last move
            still goes on.
        revision: Of the map, for the record.

    Raises:
        InvalidMap: There is no such speech.
        InvalidParameters: The rule only ranks, or does not take what was chosen.
        PluginFault: The rule failed.
        TooSlow, Cancelled: Whoever asked does not wait any longer.
    """
    require_verdicts(rule)
    sheet = Sheet(round, map, after)
    staged = Staged(sheet)
    evaluation = evaluate(staged.map, rule, parameters, options, revision=revision)
    judge = _Judge(sheet, staged, Trials(staged.map, rule, evaluation))
    course = judge.course()
    return Flow(
        **evaluation.inputs,
        round=round.key,
        round_revision=round.revision,
        after=after,
        arguments=tuple(_argument(sheet, m) for m in sheet.arguments.values()),
        targets=course[-1].targets,
        course=course,
        next=judge.waiting(),
    )


class _Judge:
    """A flow sheet under a rule."""

    def __init__(self, sheet: Sheet, staged: Staged, trials: Trials) -> None:
        self.sheet, self.staged, self.trials = sheet, staged, trials
        self.places = {
            target: trials.graph.index[target]
            for target in sheet.round.targets
            if target in sheet.map.claims
        }

    def course(self) -> tuple[TargetsAfter, ...]:
        """Judge the targets before the first speech and after each that has begun."""
        sheet, speeches = self.sheet, self.sheet.round.speeches
        begun = sheet.over + (sheet.after is None and bool(sheet.moves))
        names = [speech.key for speech in speeches[:begun]]
        states = (Sheet(sheet.round, sheet.map, name) for name in names)
        later = (self.staged.muted(state) for state in states)
        muted = chain([self.staged.relations.keys()], later)
        return tuple(
            TargetsAfter(
                speech=name,
                targets={
                    target: self.trials.judged(float(found[self.places[target]]))
                    if target in self.places
                    else None
                    for target in sheet.round.targets
                },
            )
            for name, found in zip(
                [None, *names], self.trials.without(muted), strict=True
            )
        )

    def waiting(self) -> tuple[ToAnswer, ...]:
        """List what waits for an answer, by what it does."""
        sheet = self.sheet
        open_ = {
            key: due
            for key, status in sheet.statuses.items()
            if status == "standing" and not sheet.live(key)
            if (due := sheet.due(key)) is not None
        }
        muted = self.staged.muted(sheet)
        less = ({*muted, *self.staged.carried_by(key)} for key in open_)
        now, *without = self.trials.without(chain([muted], less))
        found = []
        for (key, due), found_without in zip(open_.items(), without, strict=True):
            deltas = {
                target: float(now[place] - found_without[place])
                for target, place in self.places.items()
            }
            found.append(
                ToAnswer(
                    move=key,
                    side="con" if sheet.arguments[key].side == "pro" else "pro",
                    must_answer_in=due,
                    effect=sum(map(abs, deltas.values())),
                    deltas=deltas,
                )
            )
        order = sheet.order
        found.sort(key=lambda one: (-round(one.effect, 12), order[one.must_answer_in]))
        return tuple(found)


def _argument(sheet: Sheet, move: MadeMove) -> ArgumentFlow:
    """Say what has become of an argument."""
    relation = sheet.map.relations.get(move.relation or "")
    texts = [] if relation is None else relation.premises
    return ArgumentFlow(
        move=move.key,
        speech=move.speech,
        side=move.side,
        action=move.action,
        on=move.on,
        relation=move.relation,
        text=move.text or " ".join(sheet.map.claims[p].text for p in texts),
        status=sheet.statuses[move.key],
        answered_by=tuple(sheet.live(move.key)),
        extended_in=tuple(sheet.extended[move.key]),
        must_answer_in=sheet.due(move.key),
    )
