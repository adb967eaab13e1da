"""Whole maps in and out, in any installed format."""

from contextlib import suppress
from dataclasses import dataclass

from msgspec import Struct
from msgspec.structs import replace

from argmap.errors import AlreadyExists, Lossy, NotFound
from argmap.formats.exchange import Given, named, read, write
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
    options: Given | None = None,
    file_name: str | None = None,
    key: str | None = None,
    visibility: Visibility | None = None,
    is_dry_run: bool = False,
    is_strict: bool = False,
) -> Imported:
    """Read a map and keep it under its own key, or under another.

    A map whose file names none is kept under the name of the file, if it has one.

    Raises:
        AlreadyExists: There is a map of that key.
        InvalidMap, Malformed, PluginFault: It is no map.
        Lossy: Something of it would be lost, and *is_strict*.
        NotFound: No format of that name is installed.
    """
    with desk.limit():
        # Strangers' formats are asked as well, if none is named.
        map, report = await desk.work_with(
            "formats",
            read,
            desk.host,
            data,
            format,
            options=options,
            strict=is_strict,
        )
    if key is not None:
        map = replace(map, key=key)
    elif file_name is not None:
        map = named(map, file_name)
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


@dataclass(frozen=True, slots=True)
class Exported:
    """A map as a file, and what that has cost."""

    view: View
    report: Report

    @property
    def losses(self) -> Report:
        """List what is lost."""
        return tuple(remark for remark in self.report if remark.severity == "loss")


async def export(
    desk: Desk,
    map: str,
    format: str,
    at: int | None = None,
    *,
    options: Given | None = None,
    is_strict: bool = False,
) -> Exported:
    """View a map as a file of any installed format.

    Raises:
        NotFound: There is no such map, revision or format, or it is only read.
        Malformed: The format does not take these options.
        Lossy: Something of the map would be lost, and *is_strict*.
        PluginFault: The format failed.
    """
    snapshot = await desk.snapshot(map, at)
    key = ("export", format, tuple(sorted((options or {}).items())))
    host = desk.host

    def make() -> tuple[bytes, Report]:
        return write(host, snapshot.map, format, options=options)

    data, report = await desk.derive(snapshot, ("written", *key), make, "formats")
    exported = Exported(view(desk, snapshot, key, lambda: data), report)
    if is_strict and exported.losses:
        raise Lossy(exported.losses)
    return exported
