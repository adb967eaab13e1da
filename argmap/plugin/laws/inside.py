"""Laws over maps without cycles: what has no strength, and what is undercut."""

from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from argmap.model import Add, Target
from argmap.plugin.laws import drawing
from argmap.plugin.laws.case import CLOSE, Case, Silent, both, difference
from argmap.plugin.laws.drawing import Draw
from argmap.plugin.rule import Rule


@st.composite
def with_nothing(draw: Draw[Any], rule: Rule) -> Case:
    """Draw a map with a worthless claim, and a relation from that."""
    map_ = draw(drawing.maps(rule, cycles=False, fewest=1))
    voted = drawing.is_voted(rule)
    nil = drawing.claim_of("nil", 0.0, voted=voted)
    nay = drawing.claim_of("nay", 1.0, voted=voted)
    refuted = drawing.relation_of("r-nay", "rebut", "nay", Target(claim="nil"))
    longer = replace(
        map_,
        claims=map_.claims | {"nil": nil, "nay": nay},
        relations=map_.relations | {"r-nay": refuted},
    )
    _, kind = draw(st.sampled_from(drawing.sides(rule)))
    target = Target(claim=draw(st.sampled_from([*map_.claims])))
    relation = drawing.relation_of("r-nil", kind, "nil", target)
    return Case(longer, (Add(relation=relation),))


def neutrality(rule: Rule, case: Case) -> str | None:
    """See that what has no strength changes nothing."""
    before, after = both(rule, case)
    if before.strengths["nil"] != 0.0:
        raise Silent
    return difference(before.strengths, after.strengths)


@st.composite
def undercut(draw: Draw[Any], rule: Rule) -> Case:
    """Draw a map with a relation, and a doubt about it."""
    map_ = draw(drawing.maps(rule, cycles=False, fewest=2))
    if not map_.relations:
        first, second, *_ = map_.claims
        into = drawing.relation_of("r1", "rebut", first, Target(claim=second))
        map_ = replace(map_, relations={"r1": into})
    doubt = drawing.claim_of(
        "doubt", draw(drawing.scores), voted=drawing.is_voted(rule)
    )
    target = Target(relation=draw(st.sampled_from([*map_.relations])))
    relation = drawing.relation_of("r-doubt", "undercut", "doubt", target)
    return Case(map_, (Add(claim=doubt), Add(relation=relation)))


def undercut_locality(rule: Rule, case: Case) -> str | None:
    """See that the relation is weakened, or cut, and its premises stay."""
    before, after = both(rule, case)
    key = case.changed.relations["r-doubt"].target.relation or ""
    relation = case.map.relations[key]
    premises = {premise: before.strengths[premise] for premise in relation.premises}
    if found := difference(premises, after.strengths):
        return f"{key} is undercut: {found}"
    was, became = before.relations[key], after.relations[key]
    if was is None or became is None:
        return None
    if became > was + CLOSE:
        return f"{key} has {was:.6g}, and undercut {became:.6g}"
    is_backed = any(
        r.kind == "support" and r.target.relation == key
        for r in case.map.relations.values()
    )
    if became and not is_backed and after.strengths["doubt"] == 1.0:
        return f"{key} keeps {became:.6g} though what undercuts it is certain"
    return None
