"""What changes of a map would do; nothing is saved."""

from typing import Annotated

from litestar import Controller, Response, post
from litestar.params import JSONBody
from msgspec import Meta, Struct
from msgspec.structs import asdict

from argmap.api import answers
from argmap.api.changes import Operations
from argmap.api.errors import Document, problem
from argmap.api.evaluations import RuleChoice
from argmap.api.jobs import Prefer, perhaps_later
from argmap.api.parameters import At, MapKey
from argmap.api.requests import StrictRequest
from argmap.debate.what_if import RuleEffects
from argmap.errors import DuplicateKey, InUse, InvalidMap
from argmap.model import Key
from argmap.service import explanations


class WhatIfIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Operations to try, which need no ``if``, and where to look.

    Without rules the server's default is asked; without targets those of the map are
    watched. A claim that the operations add is a target by its new key or its `$name`,
    and goes by that in the answer.
    """

    operations: Operations
    rules: Annotated[tuple[RuleChoice, ...], Meta(max_length=50)] = ()
    targets: Annotated[tuple[Key, ...], Meta(max_length=1000)] = ()


class RuleEffectsOut(RuleEffects, frozen=True, kw_only=True):
    """What changes do under one rule, or the problem that there was.

    ``input_hash`` is that of the map as it is.
    """

    problem: Document | None = None


class WhatIfOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What changes do, a result a rule, in the order of the request."""

    map: str
    revision: int
    results: tuple[RuleEffectsOut, ...]


class WhatIfController(Controller):
    """What would happen."""

    path = "/maps/{map:str}/what-if"
    tags = ("explanations",)

    @post(
        operation_id="tryChanges",
        needs="reader",
        status_code=200,
        errors=(InvalidMap, DuplicateKey, InUse),
    )
    async def attempt(
        self,
        request: StrictRequest,
        map_key: MapKey,
        data: JSONBody[WhatIfIn],
        at: At = None,
        prefer: Prefer = None,
    ) -> Response[WhatIfOut]:
        """Say what operations would do to claims under several rules.

        Nothing is saved. A rule that fails yields a problem; the others stand.
        """
        snapshot = await request.desk.snapshot(map_key, at)

        async def work() -> Response[WhatIfOut]:
            found = await explanations.what_if(
                request.desk,
                snapshot,
                data.operations,
                [asdict(choice) for choice in data.rules],
                data.targets,
            )
            out = WhatIfOut(
                map=snapshot.map.key,
                revision=snapshot.revision,
                results=tuple(
                    answers.show(
                        RuleEffectsOut,
                        effects,
                        problem=problem(error, f"/rules/{index}") if error else None,
                    )
                    for index, (effects, error) in enumerate(found)
                ),
            )
            headers = {answers.REVISION: str(snapshot.revision)}
            return await answers.large(request.desk, out, headers)

        return await perhaps_later(request, prefer, work)
