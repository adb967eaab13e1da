"""DF-QuAD: attacks and supports, multiplied up, move the base score in proportion.

With attacks v and supports u flowing in (weight × strength of each relation), the
aggregate is x = ∏(1 − v) − ∏(1 − u), in [-1, 1]; the strength is w + x·w/k for x < 0
and w + x·(1 − w)/k for x ≥ 0. In [0, 1]. One full attack without full support takes a
claim to 0, however many others there are: the rule saturates.

On cycles: contracts where the sum of the weights that flow in, times max(w, 1 − w)/k,
is below 1 everywhere; otherwise the continuous form is followed, which converged on
every graph that was tried, sometimes to an unstable point or one of several.
"""

from typing import Annotated, Final

from msgspec import Meta, Struct

from argmap.plugin import PRODUCT, Rule, linear


class Parameters(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The larger k, the less relations move a base score."""

    k: Annotated[
        float, Meta(ge=1, le=1e6, description="Conservativeness; 1 is DF-QuAD itself.")
    ] = 1.0


DF_QUAD: Final = Rule(
    "df-quad",
    "DF-QuAD",
    params=Parameters,
    aggregation=PRODUCT,
    influence=lambda parameters: linear(parameters.k),
    source="Rago, Toni, Aurisicchio, Baroni, KR 2016; k: Potyka, AAMAS 2019",
    laws=(
        "anonymity",
        "attack-monotonicity",
        "balance",
        "clone-response",
        "directionality",
        "duality",
        "independence",
        "neutrality",
        "open-mindedness",
        "stability",
        "support-monotonicity",
        "undercut-locality",
    ),
    examples=(
        {
            "graph": {
                "arguments": {"tram": 0.5, "cost": 0.75},
                "attacks": [("cost", "tram")],
                "supports": [],
            },
            "expected": {"tram": 0.125, "cost": 0.75},
            "tolerance": 1e-12,
            "source": "by hand: 0.5 − 0.5 · 0.75",
        },
    ),
    description=__doc__,
)
