"""Whole maps in and out, as files."""

from typing import Annotated, Any, Final

from litestar import Controller, Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import PathParameter, QueryParameter, RawBody
from msgspec import Struct

from argmap.api import answers
from argmap.api.evaluations import OPTION, beginning
from argmap.api.jobs import Prefer, perhaps_later
from argmap.api.once import once
from argmap.api.parameters import BASE, SLUG, At, IfNoneMatch, MapKey, Once
from argmap.api.reply import Reply
from argmap.api.requests import StrictRequest
from argmap.api.uploads import MULTIPART, uploaded
from argmap.errors import (
    AlreadyExists,
    InvalidMap,
    Lossy,
    NotFound,
    PluginFault,
    PluginTooSlow,
)
from argmap.formats import argmap_formats
from argmap.model import Count, Key
from argmap.model.codec import File
from argmap.plugin import Format, Remark
from argmap.service import exchange
from argmap.service.desk import Desk
from argmap.service.exchange import Imported
from argmap.store import Visibility

ARGMAP: Final = "application/vnd.argmap+json"

LOSSES: Final = "Argmap-Losses"
"""Counts what an export has lost."""

READS: Final = (
    ARGMAP,
    MULTIPART,
    "application/json",
    "application/octet-stream",
    "application/xml",
    "application/zip",
    "text/csv",
    "text/plain",
    "text/xml",
)

SHAPES: Final = {ARGMAP: File}
"""What is known of files beside their media types."""

_FAILURES: Final = (Lossy, PluginFault, PluginTooSlow)

FormatName = Annotated[
    str | None,
    QueryParameter(
        name="format",
        pattern=SLUG,
        description="The format of the body; without it, the content decides.",
    ),
]
NewKey = Annotated[
    str | None,
    QueryParameter(
        name="key",
        pattern=SLUG,
        description="Keep the map under this key, not its own.",
    ),
]
Seen = Annotated[
    Visibility,
    QueryParameter(name="visibility", description="Who may read the map."),
]
IsDryRun = Annotated[
    bool,
    QueryParameter(name="dry_run", description="Only say what would come of it."),
]
PathFormat = Annotated[
    str,
    PathParameter(name="format", pattern=SLUG, description="The name of the format."),
]
IsStrict = Annotated[
    bool, QueryParameter(name="strict", description="Refuse if anything would be lost.")
]


class ImportOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The map that was imported, and a remark for every repair and every loss.

    ``revision`` is null after a dry run.
    """

    map: Key
    revision: Count | None
    report: tuple[Remark, ...]


class ImportController(Controller):
    """Whole maps, from files and as files."""

    path = "/imports"
    tags = ("exchange",)

    @post(
        operation_id="importMap",
        reads=READS,
        shapes=SHAPES,
        open_query=(OPTION,),
        errors=(AlreadyExists, InvalidMap, Lossy, NotFound, PluginFault, PluginTooSlow),
        statuses=(200, 201),
    )
    async def add(
        self,
        request: StrictRequest,
        body: RawBody,
        format_name: FormatName = None,
        key: NewKey = None,
        visibility: Seen = "private",
        is_dry_run: IsDryRun = False,
        is_strict: IsStrict = False,
        once_key: Once = None,
        prefer: Prefer = None,
    ) -> Response[ImportOut]:
        """Make a map of a file, in any format that is installed; all of it, or nothing.

        The body is the file, or a form (`multipart/form-data`) that has it as its only
        part. Options of the format are given as `option.name=value`. A large file is
        best imported as a job, whose progress counts the items that are written.
        """
        file = uploaded(request, body)

        async def act(desk: Desk) -> Imported:
            return await exchange.import_(
                desk,
                file.data,
                format=format_name,
                options=dict(beginning(request, OPTION)),
                file_name=file.name,
                key=key,
                visibility=visibility,
                is_dry_run=is_dry_run,
                is_strict=is_strict,
            )

        async def work() -> Response[ImportOut]:
            return await once(request, once_key, act, _imported)

        return await perhaps_later(request, prefer, work)


def _imported(done: Imported) -> Response[ImportOut]:
    out = answers.show(ImportOut, done)
    if done.revision is None:
        return Reply(content=out, status_code=200)
    headers = {
        "Location": f"{BASE}/maps/{done.map}",
        answers.REVISION: str(done.revision),
    }
    return Reply(content=out, status_code=201, headers=headers)


class ExportOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What becomes of a map in a format: a remark for whatever it cannot hold."""

    map: Key
    revision: Count
    format: str
    losses: Count
    report: tuple[Remark, ...]


class ExportController(Controller):
    """Whole maps, from files and as files."""

    path = "/maps/{map:str}"
    tags = ("exchange",)

    @get(
        "/exports/{format:str}",
        operation_id="tryExport",
        open_query=(OPTION,),
        errors=_FAILURES,
    )
    async def attempt(
        self,
        request: StrictRequest,
        map_key: MapKey,
        name: PathFormat,
        at: At = None,
    ) -> Response[ExportOut]:
        """Say what would be lost of a map in a format, any that is installed."""
        options = dict(beginning(request, OPTION))
        done = await exchange.export(request.desk, map_key, name, at, options=options)
        revision = done.view.snapshot.revision
        out = ExportOut(
            map=map_key,
            revision=revision,
            format=name,
            losses=len(done.losses),
            report=done.report,
        )
        return Reply(content=out, headers={answers.REVISION: str(revision)})


def _exporter(chosen: Format) -> HTTPRouteHandler:
    """Make the endpoint that gives maps in a format."""
    is_own = chosen.media_type == ARGMAP
    ending = "json" if is_own else chosen.name
    words = "" if is_own else chosen.name.title().replace("-", "")

    async def read(
        self: ExportController,  # noqa: ARG001 # of Litestar's making
        request: StrictRequest,
        map_key: MapKey,
        at: At = None,
        is_strict: IsStrict = False,
        if_none_match: IfNoneMatch = None,
    ) -> Response[Any]:
        done = await exchange.export(
            request.desk,
            map_key,
            chosen.name,
            at,
            options=dict(beginning(request, OPTION)),
            is_strict=is_strict,
        )
        media_type = chosen.media_type
        answer = await answers.derived(request, done.view, if_none_match, media_type)
        name = f"{map_key}{chosen.suffixes[0]}"
        answer.set_header("Content-Disposition", f'attachment; filename="{name}"')
        answer.set_header(LOSSES, str(len(done.losses)))
        return answer

    read.__doc__ = (
        f"Give a whole map as {chosen.title}.\n\n`{LOSSES}` counts what is lost; "
        f"`…/exports/{chosen.name}` says what that is."
    )
    return get(
        f"/export.{ending}",
        operation_id=f"exportMap{words}",
        media_type=chosen.media_type,
        shapes=SHAPES,
        open_query=(OPTION,) if chosen.options else (),
        errors=_FAILURES,
    )(read)


for _format in argmap_formats():
    if _format.write is not None:
        setattr(ExportController, f"read_{_format.name}", _exporter(_format))
