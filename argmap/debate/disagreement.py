"""Where evaluations of one map part."""

from collections.abc import Collection, Iterable, Mapping
from itertools import combinations

from msgspec import Struct

from argmap.debate.hinges import Again, HangsOn, hinges
from argmap.engine import tau_b
from argmap.errors import PluginFault
from argmap.model import Map
from argmap.plugin import Evaluation, Graph, Rule, Verdict, evaluate


class DisputedClaim(Struct, frozen=True, kw_only=True):
    """A claim on whose verdict rules part.

    ``hangs_on`` is null on maps of more than two thousand claims.
    """

    claim: str
    verdicts: dict[str, Verdict]
    hangs_on: HangsOn | None = None


class RankCorrelation(Struct, frozen=True, kw_only=True):
    """How far two rules order the claims alike.

    ``value`` is Kendall's tau-b over ``n`` claims: 1 the same order, -1 the reverse;
    null where one of the two ties all claims.
    """

    a: str
    b: str
    value: float | None
    n: int


class Disagreement(Struct, frozen=True, kw_only=True):
    """Where evaluations of one map part: in verdicts, and in how they order claims."""

    claims: tuple[DisputedClaim, ...]
    tau_b: tuple[RankCorrelation, ...]


class RuleVerdict(Struct, frozen=True, kw_only=True):
    """What one rule says of a claim; ``problem`` is why it says nothing."""

    rule: str
    strength: float | None = None
    verdict: Verdict | None = None
    problem: str | None = None


def disagreement(
    evaluations: Mapping[str, Evaluation],
    map: Map | None = None,
    again: Again | None = None,
) -> Disagreement:
    """Compare evaluations of one map, by whatever names they are to be called.

    Claims without a verdict under a rule do not disagree with it. Ranks are compared as
    the evaluations have them, so strengths within 1e-9 are ties. O(rules² · n log n).

    Args:
        evaluations: All of the same revision of one map.
        map: That map, to say what each disagreement hangs on.
        again: The same rules on each map of `hinges.without_each`; none: not said.

    Returns:
        Claims in the map's order, pairs in the order of *evaluations*.
    """
    first = next(iter(evaluations.values()), None)
    keys = list(first.claims) if first else []
    disputed = {
        key: verdicts
        for key in keys
        if len(set((verdicts := _verdicts(evaluations, key)).values())) > 1
    }
    causes = hinges(map, disputed, evaluations, again) if map and again else {}
    return Disagreement(
        claims=tuple(
            DisputedClaim(claim=key, verdicts=verdicts, hangs_on=causes.get(key))
            for key, verdicts in disputed.items()
        ),
        tau_b=tuple(
            RankCorrelation(
                a=a, b=b, value=tau_b(_ranks(x, keys), _ranks(y, keys)), n=len(keys)
            )
            for (a, x), (b, y) in combinations(evaluations.items(), 2)
        ),
    )


def label(rule: str, taken: Collection[str]) -> str:
    """Tell the runs of one rule apart: the second is ``rule#2``, and so on.

    >>> label("df-quad", {"df-quad"})
    'df-quad#2'
    """
    name, count = rule, 1
    while name in taken:
        count += 1
        name = f"{rule}#{count}"
    return name


def verdicts_on(claim: str, graph: Graph, rules: Iterable[Rule]) -> list[RuleVerdict]:
    """Ask rules, with their own default parameters, what they make of one claim.

    Args:
        claim: A claim of the map.
        graph: The map, compiled, its base scores as they are.
        rules: A rule that fails says why instead.
    """
    found = []
    for rule in rules:
        try:
            one = evaluate(graph, rule).claims[claim]
        except PluginFault as fault:
            found.append(RuleVerdict(rule=rule.name, problem=str(fault)))
        else:
            verdict = RuleVerdict(
                rule=rule.name, strength=one.strength, verdict=one.verdict
            )
            found.append(verdict)
    return found


def _verdicts(evaluations: Mapping[str, Evaluation], key: str) -> dict[str, Verdict]:
    return {
        name: verdict
        for name, evaluation in evaluations.items()
        if (verdict := evaluation.claims[key].verdict) is not None
    }


def _ranks(evaluation: Evaluation, keys: list[str]) -> list[int]:
    return [evaluation.claims[key].rank for key in keys]
