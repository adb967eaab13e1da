"""A map compiled to arrays, and pure computation on it.

`Graph` is the map for computation; `solve` runs any modular rule on it.
"""

from argmap.engine.graph import Graph, Linked, Strengths, compile_map
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
from argmap.engine.solve import relation_strengths, solve

__all__ = [
    "PRODUCT",
    "SUM",
    "TOP",
    "Aggregation",
    "Graph",
    "Inflow",
    "Influence",
    "Label",
    "Linked",
    "Outcome",
    "Stability",
    "Strengths",
    "compile_map",
    "euler",
    "exp",
    "linear",
    "mlp",
    "p_max",
    "relation_strengths",
    "solve",
]
