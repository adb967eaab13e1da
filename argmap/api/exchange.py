"""Whole maps in and out, as files."""

from typing import Annotated, Any, Final

from litestar import Controller, Response, get, post
from litestar.params import QueryParameter, RawBody
from msgspec import Struct

from argmap.api import answers
from argmap.api.jobs import Prefer, perhaps_later
from argmap.api.once import once
from argmap.api.parameters import BASE, SLUG, At, IfNoneMatch, MapKey, Once
from argmap.api.requests import StrictRequest
from argmap.errors import (
    AlreadyExists,
    InvalidMap,
    Lossy,
    NotFound,
    PluginFault,
    PluginTooSlow,
)
from argmap.model import Count, Key
from argmap.plugin import Remark
from argmap.service import exchange
from argmap.service.desk import Desk
from argmap.service.exchange import Imported
from argmap.store import Visibility

ARGMAP: Final = "application/vnd.argmap+json"

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
        reads=(ARGMAP, "application/json", "application/octet-stream"),
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

        A large file is best imported as a job, whose progress counts the items that are
        written.
        """

        async def act(desk: Desk) -> Imported:
            return await exchange.import_(
                desk,
                body,
                format=format_name,
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
        return Response(content=out, status_code=200)
    headers = {
        "Location": f"{BASE}/maps/{done.map}",
        answers.REVISION: str(done.revision),
    }
    return Response(content=out, status_code=201, headers=headers)


class ExportController(Controller):
    """Whole maps, from files and as files."""

    path = "/maps/{map:str}"
    tags = ("exchange",)

    @get("/export.json", operation_id="exportMap", media_type=ARGMAP)
    async def read(
        self,
        request: StrictRequest,
        map_key: MapKey,
        at: At = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[dict[str, Any]]:
        """Give a whole map as an argmap/1 file."""
        view = await exchange.export(request.desk, map_key, at)
        answer = await answers.derived(request, view, if_none_match, ARGMAP)
        name = f"{map_key}.argmap.json"
        answer.set_header("Content-Disposition", f'attachment; filename="{name}"')
        return answer
