"""How each rule treats what a map can hold, tried out on maps made by hand.

`PYTHONPATH=tests python -m features` writes the table of `plugins/README.md`.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from argmap.model import Map, Relation, RelationKind, Target
from argmap.plugin import REBUT, Evaluation, Graph, Host, Rule, evaluate

Drawn = tuple[RelationKind, str, str]  # kind, premises joined by "+", target

VOTERS: Final = 2.0**50
README: Final = Path(__file__).parents[1] / "plugins" / "README.md"
BEGIN: Final = "<!-- features: written by tests/features.py -->"
END: Final = "<!-- end of features -->"


def hand_made(
    claims: dict[str, float | None],
    *relations: Drawn,
    mute: str = "",
) -> Map:
    """Make a map of claims, voted on by very many people just as the base scores say.

    Relations get the keys r1, r2, …; the one called *mute* has weight 0.
    """
    bare = Map.of(claims)

    def votes(score: float | None) -> dict[str, float]:
        share = 0.5 if score is None else score
        return {"for": VOTERS * share, "against": VOTERS * (1 - share)}

    return replace(
        bare,
        claims={
            key: replace(claim, data={"votes": votes(claims[key])})
            for key, claim in bare.claims.items()
        },
        relations={
            f"r{i}": Relation(
                key=f"r{i}",
                kind=kind,
                premises=tuple(premises.split("+")),
                target=Target(claim=target)
                if target in claims
                else Target(relation=target),
                weight=0.0 if mute == f"r{i}" else 1.0,
            )
            for i, (kind, premises, target) in enumerate(relations, start=1)
        },
    )


def effect(rule: Rule, *further: Drawn, premises: str = "p") -> float:
    """Measure how far r1 moves claim ``c``, as a rebuttal or, failing that, a support.

    There are the claims p, q, u, v, b, all certain, and a worthless w, which b rebuts.
    """
    certain = dict.fromkeys("pquvb", 1.0)
    rebutted: Drawn = ("rebut", "b", "w")
    tries: tuple[tuple[RelationKind, float], ...] = (("rebut", 0.8), ("support", 0.0))
    for kind, score in tries:
        claims: dict[str, float | None] = {**certain, "w": 0.0, "c": score}
        without = hand_made(claims, rebutted)
        plain = hand_made(claims, (kind, "p", "c"), rebutted)
        if change(rule, without, plain):
            return change(
                rule,
                without,
                hand_made(claims, (kind, premises, "c"), *further, rebutted),
            )
    return 0.0


def change(rule: Rule, before: Map, after: Map, claim: str = "c") -> float:
    """Measure how far a claim moves from one map to another."""
    first, second = (evaluate(m, rule).strengths[claim] for m in (before, after))
    return abs(second - first)


def linked(rule: Rule) -> str:
    """Try two premises, one of them worthless."""
    whole, half = effect(rule, premises="p+q"), effect(rule, premises="p+w")
    if not whole:
        return "not read"
    return "fail together" if not half else "weaken each other"


def undercut(rule: Rule) -> str:
    """Try a certain undercut."""
    whole, left = effect(rule), effect(rule, ("undercut", "u", "r1"))
    if not whole:
        return "not read"
    return "cuts" if not left else "weakens" if left < whole else "no effect"


def undercut_of_undercut(rule: Rule) -> str:
    """Try a certain undercut of that."""
    return _restored(rule, ("undercut", "v", "r2"))


def backing(rule: Rule) -> str:
    """Try a certain backer of what is undercut."""
    return _restored(rule, ("support", "v", "r1"))


def _restored(rule: Rule, by: Drawn) -> str:
    cut: Drawn = ("undercut", "u", "r1")
    whole, left = effect(rule), effect(rule, cut, by)
    if not whole:
        return "not read"
    return "restores" if left == whole else "restores in part" if left else "no effect"


def rebut_each_other(rule: Rule) -> str:
    """Try two claims without base score that rebut each other."""
    pair: dict[str, float | None] = {"a": None, "b": None}
    return _value(
        evaluate(hand_made(pair, ("rebut", "a", "b"), ("rebut", "b", "a")), rule)
    )


def support_each_other(rule: Rule) -> str:
    """Try two claims without base score that support each other."""
    pair: dict[str, float | None] = {"a": None, "b": None}
    return _value(
        evaluate(hand_made(pair, ("support", "a", "b"), ("support", "b", "a")), rule)
    )


def rebuts_itself(rule: Rule) -> str:
    """Try a claim without base score that rebuts itself, which only graphs allow."""
    graph = Graph.from_arrays(
        ids=("a",),
        base_scores=[float("nan")],
        relation_ids=("r1",),
        kinds=[REBUT],
        premise_starts=[0, 1],
        premises=[0],
        targets=[0],
        on_relation=[False],
        weights=[1.0],
        votes=[[VOTERS / 2, VOTERS / 2]],
    )
    return _value(evaluate(graph, rule))


def isolated(rule: Rule) -> str:
    """Try a claim of base score 0.8 that has no relation."""
    return _value(evaluate(hand_made({"a": 0.8}), rule))


def muted_support(rule: Rule) -> str:
    """Try a support of weight 0."""
    return _muted(rule, "support")


def muted_rebut(rule: Rule) -> str:
    """Try a rebuttal of weight 0."""
    return _muted(rule, "rebut")


def _muted(rule: Rule, kind: RelationKind) -> str:
    claims: dict[str, float | None] = {"p": 1.0, "a": 0.8}
    muted = hand_made(claims, (kind, "p", "a"), mute="r1")
    if not change(rule, hand_made(claims), muted, "a"):
        return "as if absent"
    return f"makes it {_value(evaluate(muted, rule), 'a')}"


def _value(evaluation: Evaluation, claim: str = "a") -> str:
    found = evaluation.claims[claim]
    if found.label is not None:
        return found.label
    if evaluation.extensions == 0:
        return "undecided (no extension)"
    if evaluation.extensions is not None:
        return str(found.verdict)
    settled = "" if found.settled else f" ({evaluation.stability})"
    return f"{found.strength:.3g}{settled}"


FEATURES: Final[dict[str, Callable[[Rule], str]]] = {
    "linked premises, one worthless": linked,
    "undercut": undercut,
    "undercut of the undercut": undercut_of_undercut,
    "backing against it": backing,
    "rebut each other": rebut_each_other,
    "support each other": support_each_other,
    "rebuts itself": rebuts_itself,
    "isolated, of 0.8": isolated,
    "muted support": muted_support,
    "muted rebuttal": muted_rebut,
}


def table() -> str:
    """Try every feature under every shipped rule."""
    rows = [["rule", *FEATURES], ["---"] * (1 + len(FEATURES))]
    for name, installed in Host.load(strict=True).rules.items():
        if installed.is_shipped:
            rows.append(
                [f"`{name}`", *(probe(installed.rule) for probe in FEATURES.values())]
            )
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def written(readme: str) -> str:
    """Put the table where it belongs."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}{END}{after}"


if __name__ == "__main__":
    README.write_text(written(README.read_text("utf-8")), "utf-8")
