"""Answers for who prepares a debate: brief, gaps, lines, crux, dependence."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Final, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from argmap.debate.brief import brief
from argmap.debate.brief_markdown import brief_markdown
from argmap.debate.crux import crux
from argmap.debate.dependence import By, dependence
from argmap.debate.disagreement import RuleVerdict
from argmap.debate.gaps import Gaps, gaps
from argmap.debate.lines import lines
from argmap.debate.plan import Side
from argmap.debate.what_if import watched
from argmap.errors import ArgmapError, NotFound
from argmap.plugin import Rule
from argmap.plugin.scheme import Scheme
from argmap.plugin.trials import Trials, require_verdicts
from argmap.service import pages
from argmap.service.desk import Desk
from argmap.service.evaluations import Asked, asked, compiled, judgement, run
from argmap.service.views import View, view
from argmap.store import Snapshot

MOST: Final = 10_000
"""Gaps that are shown at once, at most."""


class Briefing(Struct, frozen=True, kw_only=True):
    """What a brief is to be for.

    ``rules`` are compared with besides those that are always: the ones that ship and
    the ones that are trusted. ``known`` and ``known_tag`` name claims that the other
    side is known to use.
    """

    claim: str
    side: Side
    minutes: float
    words_per_minute: int
    rules: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    known_tag: str | None = None
    form: Literal["json", "markdown"] = "json"


async def brief_of(
    desk: Desk, map: str, asked: Asked, briefing: Briefing, at: int | None = None
) -> View:
    """View a brief.

    Raises:
        InvalidParameters: The rule only ranks.
        NotFound: There is no such map, revision, claim or rule.
        PluginFault: The rule failed on a variant of the map.
        TooSlow: It takes longer than the settings allow.
    """
    require_verdicts(asked.rule)
    compared = _compared(desk, briefing.rules)
    snapshot = await desk.snapshot(map, at)
    if briefing.claim not in snapshot.map.claims:
        raise NotFound("claim", briefing.claim)

    def make() -> bytes:
        found = brief(
            _trials(snapshot, asked),
            briefing.claim,
            briefing.side,
            others=[_verdict(desk, snapshot, r, briefing.claim) for r in compared],
            schemes=_schemes(desk),
            minutes=briefing.minutes,
            words_per_minute=briefing.words_per_minute,
            known=(*briefing.known, *_tagged(snapshot, briefing.known_tag)),
        )
        if briefing.form == "markdown":
            return brief_markdown(found).encode()
        return msgspec.json.encode(found)

    key = ("brief", briefing, *asked.key)
    schemes = desk.host.schemes.values()
    return view(desk, snapshot, key, make, asked.rule, compared, schemes)


async def gaps_of(
    desk: Desk,
    map: str,
    asked: Asked,
    at: int | None = None,
    *,
    cursor: str | None = None,
    limit: int = MOST,
) -> tuple[View, str | None]:
    """View what a map lacks, as JSON, *limit* gaps at most; and how to go on.

    Raises:
        InvalidParameters: The rule only ranks.
        Malformed: *cursor* is none of these gaps, or not of the revision *at*.
        NotFound: There is no such map or revision.
    """
    require_verdicts(asked.rule)
    name = f"gaps {map} {sha256(repr(asked.key).encode()).hexdigest()}"
    place = pages.place(name, cursor, at)
    snapshot = await desk.snapshot(map, place.revision)
    start, end = place.start, place.start + limit

    def find() -> Gaps:
        found = gaps(_trials(snapshot, asked), _schemes(desk), start, end + 1)
        if len(found.gaps) > limit:
            following = pages.cursor(name, snapshot.revision, end)
            return replace(found, gaps=found.gaps[:limit], next=following)
        return replace(found, next=None) if cursor else found

    key = ("gaps", start, limit, *asked.key)
    part = await desk.derive(snapshot, ("part", *key), find, asked.rule.lane)

    def make() -> bytes:
        return msgspec.json.encode(part)

    return view(desk, snapshot, key, make, asked.rule), part.next or None


async def lines_of(
    desk: Desk,
    map: str,
    asked: Asked,
    targets: Sequence[str],
    most: int,
    at: int | None = None,
) -> View:
    """View the strongest lines of argument to claims, as JSON.

    Raises:
        InvalidMap, Malformed: There is no such claim, or none is named and the map has
            no targets.
        NotFound: There is no such map or revision.
    """

    def find(trials: Trials) -> Struct:
        return lines(trials, watched(trials.map, targets), most=most)

    return await _view(desk, map, asked, at, ("lines", *targets, most), find)


async def crux_of(
    desk: Desk, map: str, asked: Asked, claim: str, at: int | None = None
) -> View:
    """View the claims on which both sides' cases turn, as JSON.

    Raises:
        NotFound: There is no such map, revision or claim.
    """
    return await _view(desk, map, asked, at, ("crux", claim), lambda t: crux(t, claim))


async def dependence_of(
    desk: Desk,
    map: str,
    asked: Asked,
    by: By,
    targets: Sequence[str],
    at: int | None = None,
) -> View:
    """View what verdicts would be without each source, speaker or tag, as JSON.

    Raises:
        InvalidMap, Malformed: There is no such claim, or none is named and the map has
            no targets.
        NotFound: There is no such map or revision.
    """

    def find(trials: Trials) -> Struct:
        return dependence(trials, by, watched(trials.map, targets))

    return await _view(desk, map, asked, at, ("dependence", by, *targets), find)


async def _view(
    desk: Desk,
    map: str,
    asked: Asked,
    at: int | None,
    key: tuple[object, ...],
    find: Callable[[Trials], Struct],
) -> View:
    snapshot = await desk.snapshot(map, at)

    def make() -> bytes:
        return msgspec.json.encode(find(_trials(snapshot, asked)))

    schemes = desk.host.schemes.values()
    return view(desk, snapshot, (*key, *asked.key), make, asked.rule, (), schemes)


def _trials(snapshot: Snapshot, asked: Asked) -> Trials:
    evaluation = run(snapshot, asked)
    return Trials(snapshot.map, asked.rule, evaluation, compiled(snapshot))


def _compared(desk: Desk, named: Sequence[str]) -> list[Rule]:
    """List the rules that ship or are trusted, and those that are named."""
    rules = {
        name: each.rule
        for name, each in desk.host.rules.items()
        if not each.is_isolated
    }
    return list((rules | {name: desk.host.rule(name) for name in named}).values())


def _verdict(desk: Desk, snapshot: Snapshot, rule: Rule, claim: str) -> RuleVerdict:
    """Ask a rule about one claim, without making an evaluation of all for it."""
    try:
        found = judgement(snapshot, asked(desk, rule.name))
        (strength,), (verdict,) = found.worth([claim])
    except ArgmapError as error:
        return RuleVerdict(rule=rule.name, problem=str(error))
    return RuleVerdict(rule=rule.name, strength=strength, verdict=verdict)


def _schemes(desk: Desk) -> Mapping[str, Scheme]:
    return desk.host.schemes_by_name


def _tagged(snapshot: Snapshot, tag: str | None) -> Sequence[str]:
    claims = snapshot.map.claims.items()
    return [key for key, claim in claims if tag is not None and tag in claim.tags]
