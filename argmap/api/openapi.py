"""The OpenAPI document: written to the repository, and served."""

from typing import Any

from litestar import Controller, Litestar, Request, Response, get

from argmap.api import answers
from argmap.api.describe import describe
from argmap.api.parameters import IfNoneMatch
from argmap.api.reply import JSON


class OpenapiController(Controller):
    """What this API promises, for machines."""

    path = "/openapi.json"
    tags = ("server",)

    @get(operation_id="readOpenapi")
    async def read(
        self, request: Request[Any, Any, Any], if_none_match: IfNoneMatch = None
    ) -> Response[dict[str, Any]]:
        """Give this document."""
        document = served(request.app)
        return answers.fixed(request, document, if_none_match, JSON)


def served(app: Litestar) -> bytes:
    """Give the document of a running application, made when it is first asked for."""
    if "document" not in app.state:
        app.state.document = describe(app)
    document: bytes = app.state.document
    return document


def document() -> bytes:
    """Write the OpenAPI document of argmap."""
    from argmap.api.app import create_app
    from argmap.settings import Settings

    return describe(create_app(Settings()))
