"""The file formats that are installed here."""

from litestar import Controller, get
from msgspec import Struct

from argmap.api.answers import Page, show
from argmap.api.requests import StrictRequest


class FormatOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file format. ``cannot_hold`` is what of a map is lost in it."""

    name: str
    title: str
    description: str
    suffixes: tuple[str, ...]
    media_type: str
    cannot_hold: tuple[str, ...]
    is_writable: bool


class FormatController(Controller):
    """The file formats that this server knows."""

    path = "/formats"
    tags = ("formats",)

    @get(operation_id="listFormats")
    async def page(self, request: StrictRequest) -> Page[FormatOut]:
        """List the file formats, with what each cannot hold."""
        shown = tuple(
            show(FormatOut, each, is_writable=each.write is not None)
            for each in request.desk.host.formats.values()
        )
        return Page(items=shown, next=None)
