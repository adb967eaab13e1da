"""Maps from one file format to another: `convert`."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.cli import options
from argmap.cli.files import bar, contents, files, is_folder, put
from argmap.cli.given import tell

if TYPE_CHECKING:
    from argmap.plugin import Format, Host


@click.command()
@click.argument("in_", metavar="IN", type=click.Path(path_type=Path, exists=True))
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--from", "from_", metavar="FORMAT", help="Default: by the content.")
@click.option("--to", metavar="FORMAT", help="Default: by the suffix of OUT.")
@options.strict
@options.format_options
@options.plugins_dir
def convert(
    in_: Path,
    out: Path,
    from_: str | None,
    to: str | None,
    strict: bool,
    format_options: dict[str, str],
    plugins_dir: Path | None,
) -> None:
    """Convert a map, or a folder of maps, to another format.

    Example: `argmap convert city-tram.argmap.json city-tram.dot`

    OUT may be `-`, standard output. Of a folder every file is converted, into the
    folder OUT; what cannot be is told, the rest goes on, and the exit status is 1. What
    is lost is told too. Options are for either format that has them.
    """
    from argmap.errors import Malformed
    from argmap.formats.exchange import by_suffix
    from argmap.plugin import Host

    host = Host.load(options.settings(plugins_dir=plugins_dir).plugins_dir)
    is_many = is_folder(in_)
    if to is None and (is_many or str(out) == "-"):
        raise Malformed("a folder and standard output have no suffix; name --to FORMAT")
    target = host.format(to) if to else by_suffix(host, out.name)
    one = _Conversion(host, from_, target, strict, format_options)
    if not is_many:
        with bar() as progress:
            progress.add_task(f"converting {in_}", total=None)
            data = one.convert(in_)
        put(data, out)
        return
    failed = one.convert_all(in_, out)
    if failed:
        raise click.ClickException(f"{failed} files were not converted")


class _Conversion:
    """From one format, named or detected, to another."""

    def __init__(
        self,
        host: "Host",
        from_: str | None,
        target: "Format",
        strict: bool,
        given: Mapping[str, str],
    ) -> None:
        self.host, self.source, self.target = host, from_, target
        self.strict, self.given = strict, given

    def convert(self, file: Path) -> bytes:
        """Convert a file, and tell what that has cost.

        Raises:
            ArgmapError: It cannot be done; or an option is neither format's.
        """
        from argmap.errors import Malformed
        from argmap.formats.exchange import detect, read, write

        data = contents(file)
        source = (
            self.host.format(self.source) if self.source else detect(self.host, data)
        )
        for_reading, for_writing = self.options(source), self.options(self.target)
        if strange := self.given.keys() - for_reading.keys() - for_writing.keys():
            raise Malformed(f"no option of these formats: {', '.join(strange)}")
        map, read_report = read(
            self.host, data, source.name, options=for_reading, strict=self.strict
        )
        made, write_report = write(
            self.host, map, self.target.name, options=for_writing, strict=self.strict
        )
        tell(str(file), (*read_report, *write_report))
        return made

    def convert_all(self, folder: Path, out: Path) -> int:
        """Convert a folder's files into another folder; count those that failed."""
        from argmap.errors import ArgmapError

        failed = 0
        found = files(folder)
        with bar() as progress:
            task = progress.add_task("converting", total=len(found))
            for file in found:
                progress.update(task, description=f"converting {file.name}")
                try:
                    made = self.convert(file)
                except ArgmapError as error:
                    click.echo(f"{file}: {' '.join(str(error).split())}", err=True)
                    failed += 1
                else:
                    name = file.name.partition(".")[0] + self.target.suffixes[0]
                    place = out / file.parent.relative_to(folder) / name
                    place.parent.mkdir(parents=True, exist_ok=True)
                    put(made, place)
                progress.advance(task)
        return failed

    def options(self, format_: "Format") -> dict[str, str]:
        """Pick the options that a format has."""
        if format_.options is None:
            return {}
        known = format_.options.__struct_fields__
        return {name: value for name, value in self.given.items() if name in known}
