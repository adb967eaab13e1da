"""What goes wrong, told in a line: exit 1, and no traceback."""

import errno
import sys
from contextlib import suppress
from typing import Any, Final

import click

from argmap.errors import ArgmapError, InvalidMap, Lossy

_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


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
            lines = [told(fault) for fault in error.faults]
            raise click.ClickException("\n".join(lines)) from error
        except Lossy as error:
            losses: tuple[Any, ...] = error.losses  # remarks, which errors do not know
            lines = [str(error), *(f"{loss.what}: {loss.done}" for loss in losses)]
            raise click.ClickException("\n".join(lines)) from error
        except ArgmapError as error:
            raise click.ClickException(told(error)) from error
        except BrokenPipeError:
            raise  # click ends quietly: the reader has had enough
        except OSError as error:
            if error.filename is None and not _is_about_output(error):
                raise
            name = error.filename or "the output"
            raise click.ClickException(f"{name}: {error.strerror}") from error


def _is_about_output(error: OSError) -> bool:
    """Say whether there is no room for the output; let go of what cannot be written."""
    if error.errno not in _NO_ROOM:
        return False
    with suppress(OSError):
        sys.stdout.close()  # or the interpreter would try once more, and complain
    return True


def told(error: ArgmapError) -> str:
    """Say in one line what went wrong."""
    return " ".join(str(error).split())
