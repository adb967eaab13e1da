"""Requests that carry an Idempotency-Key: carried out once, answered each time."""

from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any, Final, TypeVar

import msgspec
from litestar import Response

from argmap.api.reply import JSON, Reply
from argmap.api.requests import StrictRequest
from argmap.api.uploads import uploaded
from argmap.service import once as service
from argmap.service.desk import Desk
from argmap.store import Answer

T = TypeVar("T")

REPLAYED: Final = "Idempotency-Replayed"
"""The header of an answer that was given before. The draft of the IETF names none."""


async def once(
    request: StrictRequest,
    key: str | None,
    act: Callable[[Desk], Awaitable[T]],
    show: Callable[[T], Response[Any]],
) -> Response[Any]:
    """Answer with what *show* makes of what *act* did, now or when the key came first.

    *act* works with the desk that it is given. Quotes round a key do not count.
    """
    if key is None:
        return show(await act(request.desk))

    def answer(done: T) -> Answer:
        response = show(done)
        return Answer(
            status=response.status_code or request.route_handler.status_code,
            headers=dict(response.headers),
            body=msgspec.json.encode(response.content),
        )

    told, is_old = await service.once(
        request.desk, key.strip('"'), await _digest(request), act, answer
    )
    return Reply(
        content=told.body,
        status_code=told.status,
        headers=told.headers | ({REPLAYED: "true"} if is_old else {}),
        media_type=JSON,
    )


async def _digest(request: StrictRequest) -> str:
    """Hash all that a request asks for: method, path, query and body.

    Of a form it is the file and its name: clients draw a new boundary for each request.
    """
    scope = request.scope
    asked = f"{request.method} {scope['path']}?".encode() + scope["query_string"]
    parameters = request.route_handler.parsed_fn_signature.parameters
    body, name = b"", None
    if {"data", "body"} & parameters.keys():
        body, name = uploaded(request, await request.body())
    return sha256(f"{asked!r} {name!r}\n".encode() + body).hexdigest()
