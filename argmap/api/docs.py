"""A page that shows the document to readers: no script, nothing from elsewhere."""

from typing import Any, Final

from litestar import Controller, Request, Response, get

from argmap.api.manual import manual
from argmap.api.openapi import served
from argmap.viewer import FILES

HEADERS: Final = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
}


class DocsController(Controller):
    """What this API promises, for machines and for readers."""

    path = "/docs"
    tags = ("server",)

    @get(operation_id="readDocs", media_type="text/html")
    async def read(self, request: Request[Any, Any, Any]) -> Response[str]:
        """Give the document of the API as a page to be read."""
        state = request.app.state
        if "manual" not in state:
            state.manual = manual(served(request.app))
        return Response(content=state.manual, headers=HEADERS)

    @get("/style.css", operation_id="readDocsStyle", media_type="text/css")
    async def style(self) -> Response[str]:
        """Give the style of the page."""
        return Response(
            content=(FILES / "docs.css").read_text("utf-8"),
            headers={"Cache-Control": "no-cache"},
        )
