"""The OpenAPI document: written to the repository, and served."""

from typing import Any

from litestar import Controller, Request, Response, get

from argmap.api.describe import describe


class OpenapiController(Controller):
    """What this API promises, for machines."""

    path = "/openapi.json"
    tags = ("server",)

    @get(operation_id="readOpenapi")
    async def read(self, request: Request[Any, Any, Any]) -> Response[dict[str, Any]]:
        """Give this document."""
        state = request.app.state
        if "document" not in state:
            state.document = describe(request.app)
        return Response(content=state.document)


def document() -> bytes:
    """Write the OpenAPI document of argmap."""
    from argmap.api.app import create_app
    from argmap.settings import Settings

    return describe(create_app(Settings()))
