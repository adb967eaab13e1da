"""A map compiled to arrays, and pure computation on it.

`Graph` is the map for computation; `solve` runs any modular rule on it; `project` makes
it a framework of arguments and attacks, on which Dung's semantics are defined.
"""

from argmap.engine.attribution import (
    Players,
    Shapley,
    claim_players,
    intrinsic_removal,
    relation_players,
    removal,
    shapley,
)
from argmap.engine.flatten import Projection, Support, project
from argmap.engine.framework import IN, OUT, UNDECIDED, Framework
from argmap.engine.gradient import Gradient, gradient
from argmap.engine.graph import Graph, Linked, Strengths, compile_map
from argmap.engine.grounded import grounded, grounded_together, labelled
from argmap.engine.modular import (
    PRODUCT,
    SUM,
    TOP,
    Aggregation,
    Inflow,
    Influence,
    euler,
    exp,
    linear,
    mlp,
    p_max,
)
from argmap.engine.outcome import Label, Outcome, Stability
from argmap.engine.patience import check_patience, foresee, patience
from argmap.engine.progress import progress, report_progress
from argmap.engine.rank import tau_b
from argmap.engine.sides import weigh_sides
from argmap.engine.solve import relation_strengths, settle, solve

__all__ = [
    "IN",
    "OUT",
    "PRODUCT",
    "SUM",
    "TOP",
    "UNDECIDED",
    "Aggregation",
    "Framework",
    "Gradient",
    "Graph",
    "Inflow",
    "Influence",
    "Label",
    "Linked",
    "Outcome",
    "Players",
    "Projection",
    "Shapley",
    "Stability",
    "Strengths",
    "Support",
    "check_patience",
    "claim_players",
    "compile_map",
    "euler",
    "exp",
    "foresee",
    "gradient",
    "grounded",
    "grounded_together",
    "intrinsic_removal",
    "labelled",
    "linear",
    "mlp",
    "p_max",
    "patience",
    "progress",
    "project",
    "relation_players",
    "relation_strengths",
    "removal",
    "report_progress",
    "settle",
    "shapley",
    "solve",
    "tau_b",
    "weigh_sides",
]
