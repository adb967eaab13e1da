"""What a plugin raised, in a line that its author can do something with."""

from pathlib import Path
from traceback import walk_tb
from types import FrameType
from typing import Final

_LONGEST: Final = 1000  # characters

# What calls a plugin, or imports it: the first frame of anybody else is the plugin's.
_CALLERS: Final = {"argmap", "importlib", "pluggy", "_frozen_importlib"}


def told(error: BaseException) -> str:
    """Say what was raised, whatever its message does, and in which line of the plugin.

    The line is the innermost in a file of the folder where the plugin was entered: what
    numpy or the engine do further down is no news to its author.

    >>> told(ValueError("no"))
    'ValueError: no'
    """
    try:
        text = f"{type(error).__name__}: {error}"[:_LONGEST]
    except BaseException:
        text = type(error).__name__
    return text.encode("utf-8", "replace").decode() + _place(error)


def _place(error: BaseException) -> str:
    home, place = None, ""
    for frame, line in walk_tb(error.__traceback__):
        path = Path(frame.f_code.co_filename)
        if home is None and not _is_caller(frame):
            home = path.parent
        if path.parent == home:
            place = f" ({path.name}, line {line})"
    return place


def _is_caller(frame: FrameType) -> bool:
    name = frame.f_globals.get("__name__")
    return str(name).partition(".")[0] in _CALLERS
