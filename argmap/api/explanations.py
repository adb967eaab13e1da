"""Why a claim scores as it does."""

from typing import Annotated

from litestar import Controller, Response, get
from litestar.params import QueryParameter

from argmap.api import answers
from argmap.api.evaluations import OPTION, PARAMETER, chosen
from argmap.api.parameters import At, ClaimKey, Expanded, IfNoneMatch, MapKey, Rule
from argmap.api.requests import StrictRequest
from argmap.debate.explanation import Explanation
from argmap.errors import InvalidParameters, PluginFault, PluginTooSlow, TooSlow
from argmap.plugin.contributions import PERMUTATIONS, SEEDS, Method
from argmap.service import explanations

By = Annotated[
    Method,
    QueryParameter(
        name="method",
        description=(
            "`removal`: the strength less that without; `intrinsic-removal`: the same "
            "for claims by themselves; `shapley`: fair shares, sampled where there are "
            "many; `gradient`: how fast the strength changes with base scores and "
            "weights."
        ),
    ),
]

Seed = Annotated[
    int,
    QueryParameter(
        name="seed",
        ge=SEEDS[0],
        le=SEEDS[1],
        description="Of sampled Shapley values: the same gives the same values.",
    ),
]
Permutations = Annotated[
    int | None,
    QueryParameter(
        name="permutations",
        ge=PERMUTATIONS[0],
        le=PERMUTATIONS[1],
        description=(
            "How many are drawn for Shapley values of more than twelve players, in "
            "pairs; without it, as many as take a few seconds on a map of a few "
            "hundred claims."
        ),
    ),
]


class ExplanationController(Controller):
    """Why claims score as they do."""

    path = "/maps/{map:str}/claims/{claim:str}/explanation"
    tags = ("explanations",)

    @get(
        operation_id="explainClaim",
        errors=(InvalidParameters, PluginFault, PluginTooSlow, TooSlow),
        open_query=(PARAMETER, OPTION),
    )
    async def read(
        self,
        request: StrictRequest,
        map_key: MapKey,
        claim_key: ClaimKey,
        rule: Rule = None,
        method: By = "removal",
        seed: Seed = 0,
        permutations: Permutations = None,
        at: At = None,
        expand: Expanded = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[Explanation]:
        """Say what claims, relations and sources contribute to a claim's strength.

        Under a rule that labels also what defends the claim, or what it is not defended
        from. Parameters and options of the rule are sent as for evaluations.
        """
        asked = chosen(request, rule, expand)
        view = await explanations.why(
            request.desk,
            map_key,
            claim_key,
            asked,
            method,
            at,
            permutations=permutations,
            seed=seed,
        )
        return await answers.derived(request, view, if_none_match)
