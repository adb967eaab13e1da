"""Gradual rules on supports and attacks: strength = influence(base score, aggregate).

One file a rule. All but the baseline are modular, so the engine solves them: exactly
where there is no cycle, and on cycles as the limit of the continuous form, component by
component. k is Potyka's conservativeness: the larger, the less a relation moves.
"""

from collections.abc import Iterator

from argmap.plugin import Rule, hookimpl
from argmap_gradual.base_score import BASE_SCORE
from argmap_gradual.df_quad import DF_QUAD
from argmap_gradual.euler_based import EULER_BASED
from argmap_gradual.euler_based_top import EULER_BASED_TOP
from argmap_gradual.mlp_based import MLP_BASED
from argmap_gradual.quadratic_energy import QUADRATIC_ENERGY
from argmap_gradual.squared_df_quad import SQUARED_DF_QUAD


@hookimpl
def argmap_rules() -> Iterator[Rule]:
    """Offer the rules."""
    yield BASE_SCORE
    yield DF_QUAD
    yield EULER_BASED
    yield EULER_BASED_TOP
    yield MLP_BASED
    yield QUADRATIC_ENERGY
    yield SQUARED_DF_QUAD
