"""The file formats that are installed here."""

from litestar import Controller, get
from msgspec import Struct

from argmap.api.answers import Page, show
from argmap.api.requests import StrictRequest
from argmap.plugin import Holding


class FormatOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file format, and what becomes of each feature of a map in it.

    ``held``: written in the format's own terms; ``residue``: kept where others pass
    over it and argmap reads it back; ``lost``: left out, with a remark.
    """

    name: str
    title: str
    description: str
    suffixes: tuple[str, ...]
    media_type: str
    features: dict[str, Holding]
    is_readable: bool
    is_writable: bool


class FormatController(Controller):
    """The file formats that this server knows."""

    path = "/formats"
    tags = ("formats",)

    @get(operation_id="listFormats")
    async def page(self, request: StrictRequest) -> Page[FormatOut]:
        """List the file formats, with what each can and cannot hold."""
        shown = tuple(
            show(
                FormatOut,
                each,
                features=dict(each.features),
                is_readable=each.read is not None,
                is_writable=each.write is not None,
            )
            for each in request.desk.host.formats.values()
        )
        return Page(items=shown, next=None)
