"""Files that come as the part of a form, or as the body itself."""

from io import BytesIO
from typing import Any, Final, NamedTuple

from litestar import Request
from multipart import MultipartError, MultipartParser

from argmap.errors import Malformed

MULTIPART: Final = "multipart/form-data"


class Upload(NamedTuple):
    """A file's content and, if the client told it, its name."""

    data: bytes
    name: str | None


def uploaded(request: Request[Any, Any, Any], body: bytes) -> Upload:
    """Take the file out of a request's body.

    Raises:
        Malformed: A form has no part that is a file, or further parts.
    """
    media_type, options = request.content_type
    if media_type.lower() != MULTIPART:
        return Upload(body, None)
    boundary = options.get("boundary", "")
    if not boundary:
        raise Malformed("the form's Content-Type names no boundary")
    parser = MultipartParser(
        BytesIO(body),
        boundary,
        content_length=len(body),
        part_limit=1,
        memory_limit=len(body),
        spool_limit=len(body),
    )
    try:
        (part,) = parser
        name, data = part.filename, part.raw
    except (MultipartError, ValueError) as error:
        why = str(error) or "it has no part"
        raise Malformed(f"a form has one part, the file: {why}") from None
    if not data:
        raise Malformed("the file is empty")
    return Upload(data, name or None)
