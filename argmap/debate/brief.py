"""The brief: a case file for one side of one claim, under one rule.

No model, no network: the same input gives the same bytes. Everything that is said comes
from the map, and every number from evaluating it again with something muted.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from msgspec import Meta, Struct

from argmap.debate import gaps as lacking
from argmap.debate.answers import Answer, Answers
from argmap.debate.citations import (
    WORDS_PER_MINUTE,
    Citation,
    cite,
    references,
    seconds,
    speaks_for,
    words,
)
from argmap.debate.disagreement import RuleVerdict
from argmap.debate.gaps import Gap
from argmap.debate.plan import Block, Plan, Side, Speech, plan
from argmap.model import Map, Relation, RelationKind, Target
from argmap.plugin import Inputs, Verdict
from argmap.plugin.scheme import Scheme
from argmap.plugin.trials import Trials, require_verdicts
from argmap.plugin.turning import ATOMS, Atom, Flip, find_pivots

MINUTES = 8.0  # a constructive speech
_BEST = 3  # citations an argument
_PIVOTS = 20  # for each verdict that it can turn to


class Premise(Struct, frozen=True, kw_only=True):
    """A premise: what to say, and what the rule makes of it."""

    claim: str
    text: str
    strength: float
    verdict: Verdict | None


class Argument(Struct, frozen=True, kw_only=True):
    """A relation that speaks for this side.

    ``contribution`` is what it adds to the claim's strength for this side: the strength
    less that without it, for con the other way round. ``citations`` are the best
    passages; ``not_cited`` those that their source only reports or rejects.
    ``attacked_by`` are expected attacks on it. Words are those of the premises and the
    first citation.
    """

    relation: str
    kind: RelationKind
    premises: tuple[Premise, ...]
    contribution: float
    strength: float
    citations: tuple[Citation, ...]
    not_cited: tuple[Citation, ...]
    attacked_by: tuple[str, ...]
    words: int
    seconds: float


class AnswerGiven(Answer, frozen=True, kw_only=True):
    """An answer, with what to say and what to cite."""

    texts: tuple[str, ...]
    citations: tuple[Citation, ...]
    words: int
    seconds: float


class Expected(Struct, frozen=True, kw_only=True):
    """What the other side has to say against this one.

    ``on`` is what it attacks; ``against`` are the arguments of the case that it hurts,
    none if it is about the claim itself. ``effect`` is how much it changes the claim's
    strength for the other side. ``unanswered``: no answer stands.
    """

    relation: str
    kind: RelationKind
    on: Target
    against: tuple[str, ...]
    premises: tuple[Premise, ...]
    effect: float
    strength: float
    answered_by: tuple[AnswerGiven, ...]
    unanswered: bool


class Pivots(Struct, frozen=True, kw_only=True):
    """Single changes that turn the verdict; ask flips for larger sets of them."""

    flips: tuple[Flip, ...]
    complete: bool


class Brief(Inputs, frozen=True, kw_only=True):
    """A case file. ``disagreement`` lists the verdicts of all rules that were run."""

    claim: str
    text: str
    side: Side
    strength: float
    verdict: Verdict | None
    words_per_minute: Annotated[int, Meta(ge=1)]
    case: tuple[Argument, ...]
    expected: tuple[Expected, ...]
    gaps: tuple[Gap, ...]
    pivots: Pivots
    disagreement: tuple[RuleVerdict, ...]
    plan: Plan


def brief(
    trials: Trials,
    claim: str,
    side: Side,
    *,
    others: Sequence[RuleVerdict] = (),
    schemes: Mapping[str, Scheme] | None = None,
    minutes: float = MINUTES,
    words_per_minute: int = WORDS_PER_MINUTE,
    known: Sequence[str] = (),
) -> Brief:
    """Prepare one side of a claim.

    Args:
        trials: A valid map under the rule that counts.
        claim: The claim under debate.
        side: For it, or against it.
        others: What the rules to be compared with say of the claim.
        schemes: Argument schemes by every name, folded; none: no critical questions.
        minutes: How long the speech may be.
        words_per_minute: How fast it will be read.
        known: Claims that the other side is known to use: attacks from these are
            expected before all others.

    Raises:
        NotFound: There is no such claim, or none of a key that is known.
        InvalidParameters: The rule only ranks.
        PluginFault: The rule failed on a variant of the map.
        TooSlow, Cancelled: Whoever asked does not wait any longer.
    """
    require_verdicts(trials.rule)
    now = trials.standing(claim)
    for key in known:
        trials.standing(key)
    desk = _Desk(trials, claim, side, words_per_minute)
    case, expected = desk.case(), desk.expected(frozenset(known))
    return Brief(
        **trials.evaluation.inputs,
        claim=claim,
        text=trials.map.claims[claim].text,
        side=side,
        strength=now.strength,
        verdict=now.verdict,
        words_per_minute=words_per_minute,
        case=case,
        expected=expected,
        gaps=_gaps(trials, claim, side, case, expected, schemes or {}),
        pivots=_pivots(trials, claim),
        disagreement=tuple(others),
        plan=plan(
            trials, claim, side, _speech(case, expected, words_per_minute),
            minutes, words_per_minute,
        ),
    )  # fmt: skip


class _Desk:
    """One side's view of one claim."""

    def __init__(
        self, trials: Trials, claim: str, side: Side, words_per_minute: int
    ) -> None:
        self.trials, self.map, self.claim = trials, trials.map, claim
        self.pace, self.answers = words_per_minute, Answers(trials)
        self.sign = 1.0 if side == "pro" else -1.0
        own, their = ("support", "rebut") if side == "pro" else ("rebut", "support")
        direct = [r for r in self.map.relations.values() if r.target.claim == claim]
        self.own = [r for r in direct if r.kind == own]
        self.their = [r for r in direct if r.kind == their]
        self.against: dict[str, list[str]] = {}
        self.threats = self._threats()

    def case(self) -> tuple[Argument, ...]:
        """List this side's arguments, those that add most first."""
        added = self.trials.effects(self.claim, [r.key for r in self.own])
        found = [self._argument(r, self.sign * added[r.key]) for r in self.own]
        return tuple(sorted(found, key=lambda a: -round(a.contribution, 12)))

    def expected(self, known: frozenset[str]) -> tuple[Expected, ...]:
        """List the other side's attacks, known ones and those that hurt most first."""
        added = self.trials.effects(self.claim, [r.key for r in self.threats])
        found = [self._expected(r, -self.sign * added[r.key]) for r in self.threats]

        def rank(attack: Expected) -> tuple[bool, float]:
            is_known = any(p.claim in known for p in attack.premises)
            return not is_known, -round(abs(attack.effect), 12)

        return tuple(sorted(found, key=rank))

    def _threats(self) -> list[Relation]:
        """Find what opposes the claim, undercuts the case, or rebuts its premises."""
        threats = {r.key: r for r in self.their}
        for argument in self.own:
            undercuts = self.answers.undercuts.get(argument.key, [])
            rebuts = (self.answers.rebuts.get(p, []) for p in argument.premises)
            for threat in (*undercuts, *(r for some in rebuts for r in some)):
                threats.setdefault(threat.key, threat)
                hurt = self.against.setdefault(threat.key, [])
                if argument.key not in hurt:
                    hurt.append(argument.key)
        return list(threats.values())

    def _argument(self, relation: Relation, contribution: float) -> Argument:
        found = cite(self.map, references(self.map, relation), self.pace)
        cited = tuple(c for c in found if speaks_for(c))[:_BEST]
        count = self._words(relation, cited)
        return Argument(
            relation=relation.key,
            kind=relation.kind,
            premises=self._premises(relation),
            contribution=contribution,
            strength=self.trials.strength(relation.key),
            citations=cited,
            not_cited=tuple(c for c in found if not speaks_for(c)),
            attacked_by=tuple(
                t.key
                for t in self.threats
                if relation.key in self.against.get(t.key, ())
            ),
            words=count,
            seconds=seconds(count, self.pace),
        )

    def _expected(self, relation: Relation, effect: float) -> Expected:
        answers = tuple(map(self._given, self.answers.of(relation)))
        return Expected(
            relation=relation.key,
            kind=relation.kind,
            on=relation.target,
            against=tuple(self.against.get(relation.key, ())),
            premises=self._premises(relation),
            effect=effect,
            strength=self.trials.strength(relation.key),
            answered_by=answers,
            unanswered=all(answer.status != "standing" for answer in answers),
        )

    def _given(self, answer: Answer) -> AnswerGiven:
        relation = self.map.relations[answer.relation]
        found = cite(self.map, references(self.map, relation), self.pace)
        cited = tuple(c for c in found if speaks_for(c))[:_BEST]
        count = self._words(relation, cited)
        return AnswerGiven(
            relation=answer.relation,
            kind=answer.kind,
            premises=answer.premises,
            status=answer.status,
            strength=answer.strength,
            texts=tuple(self.map.claims[p].text for p in answer.premises),
            citations=cited,
            words=count,
            seconds=seconds(count, self.pace),
        )

    def _premises(self, relation: Relation) -> tuple[Premise, ...]:
        claims = self.trials.evaluation.claims
        return tuple(
            Premise(
                claim=key,
                text=self.map.claims[key].text,
                strength=claims[key].strength,
                verdict=claims[key].verdict,
            )
            for key in relation.premises
        )

    def _words(self, relation: Relation, cited: Sequence[Citation]) -> int:
        """Count what is said: every premise, and the best citation."""
        texts = (words(self.map.claims[p].text) for p in relation.premises)
        return sum(texts) + sum(c.words for c in cited[:1])


def _speech(
    case: Sequence[Argument], expected: Sequence[Expected], pace: int
) -> Speech:
    """Make blocks: every argument with what keeps it standing, every answer."""
    said: dict[str, int] = {}
    standing: dict[str, list[str]] = {}
    for attack in expected:
        for answer in attack.answered_by:
            if answer.status == "standing":
                said[answer.relation] = answer.words
                standing.setdefault(attack.relation, []).append(answer.relation)

    def block(kind: str, relation: str, own: int, answers: Iterator[str]) -> Block:
        kept = tuple(dict.fromkeys(answers))
        count = own + sum(said[answer] for answer in kept)
        return Block(
            kind="argument" if kind == "argument" else "answer",
            relation=relation,
            answers=kept,
            words=count,
            seconds=seconds(count, pace),
        )

    arguments = [
        block(
            "argument", a.relation, a.words,
            (answer for t in a.attacked_by for answer in standing.get(t, ())),
        )
        for a in case
    ]  # fmt: skip
    replies = [
        block("answer", attack.relation, 0, iter(standing[attack.relation]))
        for attack in expected
        if not attack.against and attack.relation in standing
    ]
    return Speech(
        blocks=(*arguments, *replies),
        own={a.relation: a.words for a in case},
        answers=said,
    )


def _gaps(
    trials: Trials,
    claim: str,
    side: Side,
    case: Sequence[Argument],
    expected: Sequence[Expected],
    schemes: Mapping[str, Scheme],
) -> tuple[Gap, ...]:
    """List what this side's case lacks."""
    map: Map = trials.map
    premises = dict.fromkeys(p.claim for a in case for p in a.premises)
    word = "for" if side == "pro" else "against"
    return (
        *lacking.unanswered(trials, [e.relation for e in expected if e.unanswered]),
        *lacking.unsourced(map, premises),
        *lacking.unasked(map, [a.relation for a in case], schemes),
        *(
            gap
            for gap in lacking.single_source(map, (claim,))
            if f"cited {word} it" in gap.why
        ),
    )


def _pivots(trials: Trials, claim: str) -> Pivots:
    """Find single changes that turn the verdict.

    Base scores are not moved under rules that have to be run for every move, of which
    there are hundreds; no clock decides, so that the answer is always the same.
    """
    allow: tuple[Atom, ...] = ATOMS if trials.is_fast else ("mute", "rebut")
    flips = find_pivots(
        trials.map, trials.rule, trials.params, trials.options, claim,
        allow=allow, most=_PIVOTS, graph=trials.compiled,
    )  # fmt: skip
    return Pivots(flips=flips, complete=False)
