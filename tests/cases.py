"""A case to argue, small enough to work out by hand, and how tests ask about it."""

from typing import Any

from msgspec.structs import replace

from argmap.debate.brief import Brief, brief
from argmap.model import Map, Passage, PassageReference, Source, Span
from argmap.model.passages import measured
from argmap.plugin import Host, evaluate
from argmap.plugin.trials import Trials

RULES = Host.load()

TEXT = "The tram is quiet. Critics say that it costs too much. It moves more people."

TRAM = Map.of(
    {
        "tram": 0.5, "quiet": 0.8, "moves": 0.7, "cost": 0.9, "old": 0.8,
        "rails": 0.6, "rubber": None, "crowd": 0.4, "empty": None,
    },
    supports=[("quiet", "tram"), ("moves", "tram")],
    rebuts=[("cost", "tram"), ("rails", "quiet"), ("rubber", "rails"),
            ("empty", "moves")],
    undercuts=[("old", "r3"), ("crowd", "r2")],
    key="city",
)  # fmt: skip
"""r1, r2 support the tram; r3 rebuts it, undercut by r7; r4 rebuts a premise of r1,
answered by r5; r6 rebuts the premise of r2, and r8 undercuts r2: nothing answers them.
"""


def cited(map: Map = TRAM, *, text: str | None = TEXT) -> Map:
    """Give claims of the case passages: asserted, reported, conceded."""
    spans = {
        "p1": Span(start=0, end=18),
        "p2": Span(start=19, end=54),
        "p3": Span(start=55, end=len(TEXT)),
    }
    source = measured(
        Source(
            key="council",
            title="Minutes",
            published_on="2024-05-02",
            text=TEXT,
            passages=tuple(
                Passage(key=key, spans=(span,), paragraph=1)
                for key, span in spans.items()
            ),
        )
    )
    rests = {"quiet": ("p1", "asserts"), "cost": ("p2", "reports"),
             "moves": ("p3", "concedes")}  # fmt: skip
    claims = dict(map.claims)
    for key, (passage, stance) in rests.items():
        reference = PassageReference(source="council", passage=passage, stance=stance)  # type: ignore[arg-type]
        claims[key] = replace(claims[key], passages=(reference,))
    return replace(map, claims=claims, sources={"council": replace(source, text=text)})


def trials(map: Map, rule: str = "quadratic-energy") -> Trials:
    """Run a rule on a map, ready to be asked."""
    found = RULES.rule(rule)
    return Trials(map, found, evaluate(map, found))


def ask(map: Map, side: Any, rule: str = "quadratic-energy", **more: Any) -> Brief:
    """Ask for the brief on the tram."""
    return brief(trials(map, rule), "tram", side, **more)
