"""JSON Pointers (RFC 6901): how every error says where."""

from collections.abc import Iterable


def pointer(parts: Iterable[str | int]) -> str:
    """Write member names and indexes as a JSON Pointer.

    >>> pointer(["claims", 3, "data", "a/b~c"]), pointer([])
    ('/claims/3/data/a~1b~0c', '')
    """
    return "".join(
        f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in parts
    )
