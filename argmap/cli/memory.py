"""How a server's memory goes back to the system once it is free.

The C library keeps what was freed, in pools of which every thread may have its own, and
takes ever larger blocks from them: a server that has answered for one large map would
stay as large as it ever was. So large blocks are taken from the system and given back
each by itself, and there are few pools.
"""

import ctypes
import sys
from contextlib import suppress
from typing import Final

LARGE: Final = 1 << 20
"""Bytes of a block that is taken by itself."""
POOLS: Final = 2

# malloc.h of the GNU C library.
_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8


def give_back() -> None:
    """Have freed memory given back, where the C library has a way to ask for that."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another library than GNU's
            mallopt = ctypes.CDLL(None).mallopt
            mallopt(_MMAP_THRESHOLD, LARGE)
            mallopt(_ARENA_MAX, POOLS)
