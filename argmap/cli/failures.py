"""What goes wrong, told in a line: exit 1, and no traceback."""

from typing import Any

import click

from argmap.errors import ArgmapError, InvalidMap


class Commands(click.Group):
    """Commands whose failures are talk for people.

    Exit 0 is done, 1 an `ArgmapError` or a file that cannot be read or written, 2
    misuse. Anything else is a bug, and keeps its traceback.
    """

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except InvalidMap as error:
            lines = [_one_line(fault) for fault in error.faults]
            raise click.ClickException("\n".join(lines)) from error
        except ArgmapError as error:
            raise click.ClickException(_one_line(error)) from error
        except BrokenPipeError:
            raise  # click ends quietly: the reader has had enough
        except OSError as error:
            if error.filename is None:
                raise
            raise click.ClickException(f"{error.filename}: {error.strerror}") from error


def _one_line(error: ArgmapError) -> str:
    return " ".join(str(error).split())
