"""A map compiled to arrays, and pure computation on it.

`Graph` is the map for computation; `solve` runs any modular rule on it; `project` makes
it a framework of arguments and attacks, on which Dung's semantics are defined.
"""

from argmap.engine.flatten import Projection, Support, project
from argmap.engine.framework import IN, OUT, UNDECIDED, Framework
from argmap.engine.graph import Graph, Linked, Strengths, compile_map
from argmap.engine.grounded import grounded, labelled
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
from argmap.engine.patience import check_patience, patience
from argmap.engine.rank import tau_b
from argmap.engine.solve import relation_strengths, solve

__all__ = [
    "IN",
    "OUT",
    "PRODUCT",
    "SUM",
    "TOP",
    "UNDECIDED",
    "Aggregation",
    "Framework",
    "Graph",
    "Inflow",
    "Influence",
    "Label",
    "Linked",
    "Outcome",
    "Projection",
    "Stability",
    "Strengths",
    "Support",
    "check_patience",
    "compile_map",
    "euler",
    "exp",
    "grounded",
    "labelled",
    "linear",
    "mlp",
    "p_max",
    "patience",
    "project",
    "relation_strengths",
    "solve",
    "tau_b",
]
