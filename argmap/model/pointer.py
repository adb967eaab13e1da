"""JSON Pointers (RFC 6901): how every error says where."""

from collections.abc import Iterable


def pointer(parts: Iterable[str | int]) -> str:
    """Write member names and indexes as a JSON Pointer.

    Half a surrogate pair in a name, which no UTF-8 has, becomes a question mark.

    >>> pointer(["claims", 3, "data", "a/b~c"]), pointer([])
    ('/claims/3/data/a~1b~0c', '')
    """
    written = "".join(
        f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in parts
    )
    return written.encode("utf-8", "replace").decode()
