"""A page that shows the document to readers: no script, nothing from elsewhere."""

from typing import Any, Final

from litestar import Controller, Request, Response, get

from argmap.api import answers
from argmap.api.manual import manual
from argmap.api.openapi import served
from argmap.api.parameters import IfNoneMatch

POLICY: Final = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


class DocsController(Controller):
    """What this API promises, for readers."""

    path = "/docs"
    include_in_schema = False

    @get(media_type="text/html")
    async def read(
        self, request: Request[Any, Any, Any], if_none_match: IfNoneMatch = None
    ) -> Response[Any]:
        """Give the document of the API as a page to be read."""
        state = request.app.state
        if "manual" not in state:
            state.manual = manual(served(request.app)).encode()
        return answers.fixed(
            request,
            state.manual,
            if_none_match,
            "text/html",
            Content_Security_Policy=POLICY,
        )
