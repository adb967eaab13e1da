"""What is told of every request, whatever comes of it: a line in the log, and figures.

A line has the route's template, not the path; neither query nor headers nor body, so
that what is secret or somebody's own stays out of the log. Its ``request`` is an id
that all lines of one request share: the client's own ``X-Request-ID``, or one made
here, which an answer of 500 and more has as well. Times are until the answer begins: a
stream of events has no end.
"""

import logging
import re
from collections.abc import Mapping
from contextvars import ContextVar
from itertools import count
from secrets import token_hex
from time import perf_counter
from typing import Any, Final, Literal

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from argmap.api.callers import caller_of
from argmap.service.figures import REQUESTS

Logged = Literal["none", "failures", "writes", "all"]

REQUEST: ContextVar[str] = ContextVar("request", default="")
"""The id of the request that is served."""

ID: Final = b"x-request-id"
NOWHERE: Final = "-"
"""The route of what is at no path that there is."""
OTHER: Final = "other"
"""Any method that nothing here knows: clients make up as many as they like."""

_ID: Final = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_KNOWN: Final = _READS | {"POST", "PUT", "PATCH", "DELETE"}
_FAILED: Final = 500

logger = logging.getLogger("argmap.requests")


class Observed:
    """The layer round all others."""

    def __init__(self, app: ASGIApp, logged: Logged) -> None:
        self.app, self._logged = app, logged
        self._ids = (f"{start}-{n:x}" for start in [token_hex(4)] for n in count(1))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        begun = perf_counter()
        method = scope["method"] if scope["method"] in _KNOWN else OTHER
        sent = _sent_id(scope["headers"])
        id_ = sent or next(self._ids)
        REQUEST.set(id_)
        status, size, seconds = _FAILED, 0, 0.0

        async def counted(message: Message) -> None:
            nonlocal status, size, seconds
            if message["type"] == "http.response.start":
                status, seconds = message["status"], perf_counter() - begun
                if sent or status >= _FAILED:
                    message["headers"] = [*message["headers"], (ID, id_.encode())]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, counted)
        finally:
            route = scope.get("path_template") or NOWHERE
            REQUESTS.add(seconds or perf_counter() - begun, method, route, str(status))
            if self._is_told(method, status):
                caller = caller_of(scope)
                logger.log(
                    logging.WARNING if status >= _FAILED else logging.INFO,
                    "request",
                    extra={
                        "method": method,
                        "route": route,
                        "status": status,
                        "ms": round(seconds * 1000, 2),
                        "bytes": size,
                        **({"key": caller.key} if caller and caller.key else {}),
                    },
                )

    def _is_told(self, method: str, status: int) -> bool:
        match self._logged:
            case "all":
                return True
            case "writes":
                return method not in _READS or status >= _FAILED
            case "failures":
                return status >= _FAILED
        return False


def _sent_id(headers: Any) -> str | None:
    for name, value in headers:
        if name == ID:
            return value.decode() if _ID.fullmatch(value) else None
    return None


def facts() -> Mapping[str, str]:
    """Say of which request a line of the log is, if of any."""
    return {"request": id_} if (id_ := REQUEST.get()) else {}
