"""What who prepares a debate asks: brief, gaps, lines of argument, crux, dependence.

All take a map, and a rule as `argmap.evaluate` does: its name, a rule, or an object
with ``rule``, ``parameters`` and ``options``. They raise NotFound where there is no
such claim or rule, InvalidParameters where the rule does not take what was chosen, or
gives no verdicts where those are needed, and PluginFault where it failed.
"""

from collections.abc import Sequence

from argmap.debate.brief import MINUTES, Brief
from argmap.debate.brief import brief as make_brief
from argmap.debate.citations import WORDS_PER_MINUTE
from argmap.debate.crux import Cruxes
from argmap.debate.crux import crux as find_crux
from argmap.debate.dependence import By, Dependence
from argmap.debate.dependence import dependence as find_dependence
from argmap.debate.disagreement import verdicts_on
from argmap.debate.gaps import Gaps
from argmap.debate.gaps import gaps as find_gaps
from argmap.debate.lines import Lines
from argmap.debate.lines import lines as find_lines
from argmap.debate.plan import Side
from argmap.debate.what_if import watched
from argmap.library.judging import RuleChoice, choice, evaluated, host, rules
from argmap.model import Map
from argmap.plugin.trials import Trials


def brief(
    map: Map,
    claim: str,
    *,
    side: Side,
    rule: RuleChoice,
    minutes: float = MINUTES,
    words_per_minute: int = WORDS_PER_MINUTE,
    known: Sequence[str] = (),
) -> Brief:
    """Prepare one side of a claim: case, expected attacks, gaps, pivots, a plan.

    Args:
        map: A valid map.
        claim: The claim under debate.
        side: pro or con.
        rule: The rule that counts; every installed one is compared with it.
        minutes: How long the speech may be.
        words_per_minute: How fast it will be read.
        known: Claims that the other side is known to use: attacks from these come
            first.

    >>> import argmap
    >>> m = argmap.Map.of({"tram": 0.5, "cost": 0.75}, rebuts=[("cost", "tram")])
    >>> found = argmap.brief(m, "tram", side="pro", rule="df-quad")
    >>> [(attack.relation, attack.unanswered) for attack in found.expected]
    [('r1', True)]
    """
    trials = _trials(map, rule)
    trials.standing(claim)
    return make_brief(
        trials,
        claim,
        side,
        others=verdicts_on(claim, trials.compiled, rules().values()),
        schemes=host().schemes_by_name,
        minutes=minutes,
        words_per_minute=words_per_minute,
        known=known,
    )


def gaps(map: Map, rule: RuleChoice) -> Gaps:
    """Say what a map lacks, and the call to the API that closes each gap.

    >>> import argmap
    >>> m = argmap.Map.of(["tram", "cost", "view"], rebuts=[("cost", "tram")])
    >>> [(gap.kind, gap.claim) for gap in argmap.gaps(m, "grounded").gaps][-2:]
    [('isolated', 'view'), ('one-sided', 'tram')]
    """
    return find_gaps(_trials(map, rule), host().schemes_by_name)


def lines(
    map: Map, rule: RuleChoice, *, targets: Sequence[str] = (), most: int = 3
) -> Lines:
    """Find the strongest chains from evidence to claims, at most so many a side.

    *targets* are the claims; none: the map's own.

    >>> import argmap
    >>> m = argmap.Map.of(["tram", "cost", "loan"], [], [("cost", "tram")])
    >>> found = argmap.lines(m, "df-quad", targets=["tram"])
    >>> [line.evidence for line in found.claims[0].con]
    ['cost']
    """
    return find_lines(_trials(map, rule), watched(map, targets), most=most)


def crux(map: Map, claim: str, rule: RuleChoice) -> Cruxes:
    """Find the claims that help one side's case and hurt the other's."""
    return find_crux(_trials(map, rule), claim)


def dependence(
    map: Map, by: By, rule: RuleChoice, *, targets: Sequence[str] = ()
) -> Dependence:
    """Say what claims would be without each source, speaker or tag.

    *targets* are the claims; none: the map's own.
    """
    return find_dependence(_trials(map, rule), by, watched(map, targets))


def _trials(map: Map, rule: RuleChoice) -> Trials:
    chosen = choice(rule, None, None)
    return Trials(map, chosen.rule, evaluated(map, chosen))
