"""Laws over one claim and what bears on it: what attacks and supports do."""

from typing import Any, Final

from hypothesis import strategies as st
from msgspec.structs import replace

from argmap.model import Add, Claim, Map, RelationKind, Replace
from argmap.plugin.evaluate import evaluate
from argmap.plugin.laws import drawing
from argmap.plugin.laws.case import CLOSE, Case, Silent, both
from argmap.plugin.laws.drawing import Draw, into_c
from argmap.plugin.rule import Rule

CROWD: Final = 1000
_NEAR: Final = 0.01  # how near to 0 or 1 a crowd has to take a claim

_MIRRORED: Final = 1e-9  # exp and log of 1 − x lose a few digits
_STRICT: Final = 1e-9
_OPEN: Final = 1e-6  # nearer to 0 and 1 rounding may take what is left to lose


def alone(rule: Rule) -> st.SearchStrategy[Case]:
    """Draw a claim that nothing bears on."""
    return drawing.scores.map(lambda score: Case(_lonely(rule, score)))


def alone_and_open(rule: Rule) -> st.SearchStrategy[Case]:
    """Draw a claim that nothing bears on, of a base score well between 0 and 1."""
    inner = st.integers(5, 95).map(lambda n: n / 100)
    return inner.map(lambda score: Case(_lonely(rule, score)))


def _lonely(rule: Rule, score: float) -> Map:
    voted = drawing.is_voted(rule)
    return drawing.map_of([drawing.claim_of("c", score, voted=voted)])


def stars(rule: Rule) -> st.SearchStrategy[Case]:
    """Draw a claim, its attackers and its supporters."""
    return drawing.stars(rule).map(Case)


@st.composite
def balanced(draw: Draw[Any], rule: Rule) -> Case:
    """Draw a claim with attackers and supporters of the same strengths."""
    claims = [drawing.claim_of("c", draw(drawing.scores))]
    scores = draw(st.lists(drawing.scores, max_size=4))
    relations = []
    for letter, kind in drawing.sides(rule):
        for i, score in enumerate(scores, 1):
            claims.append(drawing.claim_of(f"{letter}{i}", score))
            relations.append(into_c(f"{letter}{i}", kind))
    return Case(drawing.map_of(claims, relations))


@st.composite
def more_against(draw: Draw[Any], rule: Rule) -> Case:
    """Draw a claim, and more that speaks against it."""
    return _more(draw, rule, "a", "rebut")


@st.composite
def more_for(draw: Draw[Any], rule: Rule) -> Case:
    """Draw a claim, and more that speaks for it."""
    return _more(draw, rule, "s", "support")


def _more(draw: Draw[Any], rule: Rule, letter: str, kind: RelationKind) -> Case:
    """Draw a further neighbour, or let one that is there be stronger or heavier."""
    star = draw(drawing.stars(rule))
    voted, score = drawing.is_voted(rule), draw(drawing.scores)
    own = [key for key in star.claims if key[0] == letter]
    chosen = draw(st.sampled_from(["new", *own]))
    if chosen == "new":
        new = drawing.claim_of(f"{letter}0", score, voted=voted)
        return _with(star, new, kind, draw(drawing.weights))
    if draw(st.booleans()):
        weight = max(score, star.relations[f"r-{chosen}"].weight)
        heavier = Replace(relation=f"r-{chosen}", set={"weight": weight})
        return Case(star, (heavier,))
    raised = max(score, star.claims[chosen].base_score or 0.0)
    after = drawing.claim_of(chosen, raised, voted=voted)
    members = {"base_score": raised, **({"data": after.data} if voted else {})}
    return Case(star, (Replace(claim=chosen, set=members),))


@st.composite
def one_more(draw: Draw[Any], rule: Rule) -> Case:
    """Draw an open claim, and one more neighbour of some strength."""
    tenths = st.integers(1, 10).map(lambda n: n / 10)
    inner = st.integers(1, 9).map(lambda n: n / 10)
    star = draw(
        drawing.stars(rule, base=inner, neighbours=tenths, weights=st.just(1.0))
    )
    letter, kind = draw(st.sampled_from(drawing.sides(rule)))
    voted = drawing.is_voted(rule)
    return _with(star, drawing.claim_of(f"{letter}0", draw(tenths), voted=voted), kind)


@st.composite
def cloned(draw: Draw[Any], rule: Rule) -> Case:
    """Draw a claim, and a second copy of something that bears on it."""
    star, (letter, kind) = (
        draw(drawing.stars(rule)),
        draw(st.sampled_from(drawing.sides(rule))),
    )
    original = drawing.claim_of(
        f"{letter}0", draw(drawing.scores), voted=drawing.is_voted(rule)
    )
    star = _with(star, original, kind).changed
    copy = replace(original, key=f"{original.key}-copy")
    return _with(star, copy, kind)


def _with(star: Map, claim: Claim, kind: RelationKind, weight: float = 1.0) -> Case:
    """Let one more claim bear on the claim ``c``."""
    relation = into_c(claim.key, kind, weight)
    return Case(star, (Add(claim=claim), Add(relation=relation)))


def stability(rule: Rule, case: Case) -> str | None:
    """Look at a claim by itself."""
    return _keeps_base(rule, case)


def balance(rule: Rule, case: Case) -> str | None:
    """Look at a claim with as much for it as against it."""
    return _keeps_base(rule, case)


def _keeps_base(rule: Rule, case: Case) -> str | None:
    base = case.map.claims["c"].base_score or 0.0
    strength = evaluate(case.map, rule).strengths["c"]
    if abs(strength - base) <= CLOSE:
        return None
    return f"c has {strength:.6g}, not its base score of {base:.6g}"


def attack_monotonicity(rule: Rule, case: Case) -> str | None:
    """See that more attack does not raise the claim."""
    before, after = _centre(rule, case)
    return _moved(before, after) if after - before > CLOSE else None


def support_monotonicity(rule: Rule, case: Case) -> str | None:
    """See that more support does not lower the claim."""
    before, after = _centre(rule, case)
    return _moved(before, after) if before - after > CLOSE else None


def strict_monotonicity(rule: Rule, case: Case) -> str | None:
    """See that the claim moves, if it was open."""
    one, other = both(rule, case)
    before, after = one.strengths["c"], other.strengths["c"]
    (added,) = case.changed.claims.keys() - case.map.claims.keys()
    if not _OPEN < before < 1 - _OPEN or not other.strengths[added]:
        raise Silent
    moved = after - before if added == "s0" else before - after
    return None if moved > _STRICT else _moved(before, after)


def clone_indifference(rule: Rule, case: Case) -> str | None:
    """See that the copy does nothing."""
    before, after = _centre(rule, case)
    return None if abs(after - before) <= CLOSE else _moved(before, after)


def clone_response(rule: Rule, case: Case) -> str | None:
    """See that the copy is like the original, and does nothing contrary."""
    one, other = both(rule, case)
    (copy,) = case.changed.claims.keys() - case.map.claims.keys()
    original = copy.removesuffix("-copy")
    same = other.strengths[original], other.strengths[copy]
    if abs(same[0] - same[1]) > CLOSE:
        return f"{original} has {same[0]:.6g}, its copy {same[1]:.6g}"
    before, after = one.strengths["c"], other.strengths["c"]
    contrary = after - before if copy[0] == "a" else before - after
    return _moved(before, after) if contrary > CLOSE else None


def duality(rule: Rule, case: Case) -> str | None:
    """Exchange attackers and supporters, and take the base score from 1."""
    exchanged: dict[str, RelationKind] = {"rebut": "support", "support": "rebut"}
    centre = case.map.claims["c"]
    mirror = replace(
        case.map,
        claims={
            **case.map.claims,
            "c": replace(centre, base_score=1 - (centre.base_score or 0.0)),
        },
        relations={
            key: replace(relation, kind=exchanged[relation.kind])
            for key, relation in case.map.relations.items()
        },
    )
    strength, mirrored = (evaluate(m, rule).strengths["c"] for m in (case.map, mirror))
    if abs(strength + mirrored - 1) <= _MIRRORED:
        return None
    return f"c has {strength:.6g}, and in the mirror {mirrored:.6g}, not 1 less that"


def open_mindedness(rule: Rule, case: Case) -> str | None:
    """Let a crowd of certain claims attack the claim, and then support it."""
    base = case.map.claims["c"].base_score or 0.0
    ends: tuple[tuple[RelationKind, float], ...] = (("rebut", 0.0), ("support", 1.0))
    for kind, end in ends:
        strength = evaluate(_crowded(base, kind), rule).strengths["c"]
        if abs(strength - end) > _NEAR:
            return (
                f"{CROWD} claims of base score 1 that {kind} c take it to "
                f"{strength:.6g} and no nearer to {end:.0f}"
            )
    return None


def _crowded(base: float, kind: RelationKind) -> Map:
    keys = [f"x{i}" for i in range(CROWD)]
    return drawing.map_of(
        [drawing.claim_of("c", base), *(drawing.claim_of(key, 1.0) for key in keys)],
        [into_c(key, kind) for key in keys],
    )


def _centre(rule: Rule, case: Case) -> tuple[float, float]:
    before, after = both(rule, case)
    return before.strengths["c"], after.strengths["c"]


def _moved(before: float, after: float) -> str:
    return f"c has {before:.6g}, and then {after:.6g}"
