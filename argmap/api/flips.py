"""What would turn a verdict; nothing is saved."""

from typing import Annotated, Any

from litestar import Controller, Response, post
from litestar.params import JSONBody
from msgspec import Meta, Struct, field

from argmap.api import answers
from argmap.api.evaluations import RuleName
from argmap.api.jobs import Prefer, perhaps_later
from argmap.api.parameters import At, MapKey, Slug
from argmap.api.requests import StrictRequest
from argmap.debate.flips import Flips
from argmap.errors import InvalidParameters, PluginFault, PluginTooSlow
from argmap.plugin import Verdict
from argmap.plugin.turning import ATOMS, Atom
from argmap.service import explanations
from argmap.service.evaluations import asked


class FlipsIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The verdict that is wanted, and by which changes.

    ``mute``: a relation gets weight 0; ``rebut``: a new claim of base score 1 rebuts a
    claim; ``base-score``: a base score moves as far as it must.
    """

    target: Slug
    to: Verdict
    rule: RuleName | None = None
    parameters: dict[str, Any] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    allow: Annotated[tuple[Atom, ...], Meta(min_length=1, max_length=3)] = ATOMS
    max_operations: Annotated[
        int, Meta(ge=1, description="The most changes in a set.")
    ] = 2
    seconds: Annotated[float, Meta(gt=0, description="How long to search.")] = 5.0


class FlipController(Controller):
    """What would turn a verdict."""

    path = "/maps/{map:str}/flips"
    tags = ("explanations",)

    @post(
        operation_id="findFlips",
        needs="reader",
        status_code=200,
        errors=(InvalidParameters, PluginFault, PluginTooSlow),
    )
    async def find(
        self,
        request: StrictRequest,
        map_key: MapKey,
        data: JSONBody[FlipsIn],
        at: At = None,
        prefer: Prefer = None,
    ) -> Response[Flips]:
        """Find the smallest sets of changes that turn the verdict on a claim.

        Each can be tried as a what-if; no part of it turns the verdict. Nothing is
        saved. How many changes and seconds may be asked for is a setting of the server.
        """
        snapshot = await request.desk.snapshot(map_key, at)
        choice = asked(request.desk, data.rule, data.parameters, data.options)

        async def work() -> Response[Flips]:
            found = await explanations.turn(
                request.desk,
                snapshot,
                choice,
                data.target,
                data.to,
                allow=data.allow,
                max_operations=data.max_operations,
                seconds=data.seconds,
            )
            headers = {answers.REVISION: str(snapshot.revision)}
            return await answers.large(request.desk, found, headers)

        return await perhaps_later(request, prefer, work)
