"""Whole maps in and out, in any installed format."""

from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from argmap.errors import AlreadyExists, Lossy, NotFound
from argmap.formats.exchange import read
from argmap.model import write
from argmap.plugin import Report
from argmap.service.desk import Desk
from argmap.service.views import View, view
from argmap.store import Visibility, Write


class Imported(Struct, frozen=True, kw_only=True):
    """What came of an import; no revision if it was only tried."""

    map: str
    revision: int | None
    report: Report


async def import_(
    desk: Desk,
    data: bytes,
    *,
    format: str | None = None,
    key: str | None = None,
    visibility: Visibility | None = None,
    is_dry_run: bool = False,
    is_strict: bool = False,
) -> Imported:
    """Read a map and keep it under its own key, or under another.

    Raises:
        AlreadyExists: There is a map of that key.
        InvalidMap, Malformed, PluginFault: It is no map.
        Lossy: Something of it would be lost, and *is_strict*.
        NotFound: No format of that name is installed.
    """
    with desk.limit():
        # Strangers' formats are asked as well, if none is named.
        reading = desk.work_with("formats", read, desk.host, data, format)
        map, report = await reading
    losses = [remark for remark in report if remark.severity == "loss"]
    if is_strict and losses:
        raise Lossy(losses)
    if key is not None:
        map = replace(map, key=key)
    if is_dry_run:
        with suppress(NotFound):
            await desk.snapshot(map.key)
            raise AlreadyExists("map", map.key)
        return Imported(map=map.key, revision=None, report=report)
    wanted = Write(
        map=map.key,
        message="import",
        create=True,
        content=map,
        visibility=visibility,
    )
    return await desk.write(
        wanted,
        lambda done: Imported(
            map=map.key, revision=done.snapshot.revision, report=report
        ),
    )


async def export(desk: Desk, map: str, at: int | None = None) -> View:
    """View a map as an argmap/1 file.

    Raises:
        NotFound: There is no such map or revision.
    """
    snapshot = await desk.snapshot(map, at)

    def make() -> bytes:
        return write(snapshot.map)

    return view(desk, snapshot, "export.json", make)
