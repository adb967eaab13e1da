"""What every request passes first and every response last, whatever the endpoint.

Without keys a server on loopback is safe from the network, and not from the pages in
its user's browser: any web page can post to loopback, and one whose name resolves to it
(DNS rebinding) can read there as well. So only loopback names are served, a write must
not come from a foreign page, unless the page's origin is one that was let in, and none
shows as a picture what it may not read. With keys, names are served that were said to
be the server's, and what anybody may read is for any page to show.
Litestar has no HEAD; here it is the GET without its body.
"""

import re
from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any, Final

from litestar import Request
from litestar.datastructures import State
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException, NotFoundException
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from argmap.api import errors
from argmap.api.errors import ForeignHost, ForeignOrigin
from argmap.errors import Malformed
from argmap.settings import Settings

Headers = list[tuple[bytes, bytes]]

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
EXPOSED: Final = (
    "ETag, Argmap-Revision, Link, Location, Retry-After, Idempotency-Replayed, "
    "Argmap-Losses"
)
ALLOWED_HEADERS: Final = (
    "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, "
    "Last-Event-ID, Prefer"
)
ALLOWED_METHODS: Final = "GET, HEAD, POST, PUT, PATCH, DELETE"
PREFLIGHT_SECONDS: Final = 600

ALWAYS: Final[Headers] = [
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
]


def is_loopback(host: str) -> bool:
    """Say whether a host, as a name or an address, is this machine and no other.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("localhost.evil.org")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def require_loopback(settings: Settings) -> None:
    """Refuse to listen where others than this machine could write without a key.

    Raises:
        Malformed: The host is another address than loopback, and nobody needs a key.
    """
    if not settings.auth and not is_loopback(settings.host):
        raise Malformed(
            f"host {settings.host!r}: whoever reaches that address could change every "
            "map; listen on 127.0.0.1, or ask for API keys: --auth"
        )


class Front:
    """The outermost layer round the application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.allow_origins = frozenset(map(str.lower, settings.allow_origin))
        self._is_local = not settings.auth
        self._always = [*ALWAYS]
        if settings.auth:
            self._always += _BY_KEY
        elif not self.allow_origins:  # whose pages may show pictures as well
            self._always += _LOCAL
        named = (settings.host, *settings.allow_host) if settings.auth else ()
        self._names = frozenset(map(str.lower, named))
        self._hosts: set[bytes] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == ScopeType.WEBSOCKET:  # there are none here
            await self.app(scope, receive, send)
            return
        headers = scope["headers"]
        hosts = [value for name, value in headers if name == b"host"]
        origin = _header(headers, b"origin")
        extra = self._always
        if self.allow_origins:
            extra = extra + self._cors(origin)
        is_head = scope["method"] == "HEAD"

        async def finish(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _finished(message["headers"], extra)
            elif is_head and message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        refusal = self._refusal(scope, hosts, origin)
        if refusal is not None:
            await _answer(refusal, scope, receive, finish)
        elif self._is_preflight(scope, origin):
            await finish(_preflight())
            await finish(
                {"type": "http.response.body", "body": b"", "more_body": False}
            )
        else:
            inner = _as_get(scope) if is_head else scope
            await self.app(inner, receive, finish)

    def _refusal(
        self, scope: HTTPScope, hosts: list[bytes], origin: str | None
    ) -> HTTPException | None:
        for host in hosts or [b""]:
            if not self._is_served(host):
                return ForeignHost(
                    f"the request is for {host.decode('latin-1')!r}, and this server "
                    + (_ANSWERS if self._is_local else _ALLOWS)
                )
        raw = scope["raw_path"] or b""
        if b"%" in raw and b"%2f" in raw.partition(b"?")[0].lower():
            # It would act as a slash, which no key has, and pass by a proxy's rules.
            return NotFoundException()
        if scope["method"] in SAFE_METHODS:
            return None
        site = _header(scope["headers"], b"sec-fetch-site") or "none"
        own = {
            f"{scheme}://{host.decode('latin-1')}" for host in hosts for scheme in _WEB
        }
        is_foreign = origin is not None and origin not in own
        if (is_foreign or site not in _OWN_SITES) and not self._is_let_in(origin):
            return ForeignOrigin(
                f"a page of {origin or 'another site'} may not write here; start the "
                "server with --allow-origin to let a front end in"
            )
        return None

    def _is_served(self, host: bytes) -> bool:
        if host in self._hosts:
            return True
        found = _HOST.fullmatch(host.decode("latin-1").lower())
        if found is None or not self._is_ours(found[1].strip("[]")):
            return False
        if len(self._hosts) < 100:  # spellings that clients use, not an attacker's
            self._hosts.add(host)
        return True

    def _is_ours(self, host: str) -> bool:
        """Say whether a host is this server; no page's name resolves to an address."""
        if self._is_local or is_loopback(host):
            return is_loopback(host)
        return host in self._names or _is_address(host)

    def _is_let_in(self, origin: str | None) -> bool:
        return origin is not None and origin.lower() in self.allow_origins

    def _cors(self, origin: str | None) -> Headers:
        if origin is None or not self._is_let_in(origin):
            return [(b"vary", b"Origin")]
        return [
            (b"vary", b"Origin"),
            (b"access-control-allow-origin", origin.encode("latin-1")),
            (b"access-control-expose-headers", EXPOSED.encode()),
        ]

    def _is_preflight(self, scope: HTTPScope, origin: str | None) -> bool:
        return (
            scope["method"] == "OPTIONS"
            and self._is_let_in(origin)
            and _header(scope["headers"], b"access-control-request-method") is not None
        )


_HOST: Final = re.compile(r"([a-z0-9.-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")
_ANSWERS: Final = "answers for loopback alone: 127.0.0.1, [::1] or localhost"
_ALLOWS: Final = "does not go by that name; start it with --allow-host"
_BY_KEY: Final[Headers] = [(b"vary", b"Authorization"), (b"cache-control", b"no-cache")]
"""What one may read another may not, or not any more: no cache answers by itself."""
_LOCAL: Final[Headers] = [(b"cross-origin-resource-policy", b"same-origin")]
_HEAD: Final = "argmap.head"
_WEB: Final = ("http", "https")
_OWN_SITES: Final = ("none", "same-origin")


def _as_get(scope: HTTPScope) -> HTTPScope:
    scope["extensions"] = {**(scope.get("extensions") or {}), _HEAD: {}}
    scope["method"] = "GET"
    return scope


def is_head(request: Request[Any, Any, Any]) -> bool:
    """Say whether only the head of the answer is wanted: where it has no end, say."""
    return _HEAD in (request.scope.get("extensions") or {})


def _header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str | None:
    for key, value in headers:
        if key == name:
            return value.decode("latin-1")
    return None


def _finished(headers: Iterable[tuple[bytes, bytes]], extra: Headers) -> Headers:
    """Add what every response has, where the endpoint has not said otherwise."""
    finished = [*headers]
    said = dict(finished)
    said.pop(b"vary", None)  # of which there may be several
    finished += [each for each in extra if each[0] not in said]
    if b"allow" in said:
        return [(n, _with_head(v) if n == b"allow" else v) for n, v in finished]
    return finished


def _with_head(allow: bytes) -> bytes:
    """List HEAD wherever there is GET.

    >>> _with_head(b"GET, POST, OPTIONS")
    b'GET, HEAD, OPTIONS, POST'
    """
    methods = set(allow.decode("latin-1").split(", "))
    if "GET" in methods:
        methods.add("HEAD")
    return ", ".join(sorted(methods)).encode("latin-1")


def _preflight() -> Message:
    return {
        "type": "http.response.start",
        "status": 204,
        "headers": [
            (b"access-control-allow-methods", ALLOWED_METHODS.encode()),
            (b"access-control-allow-headers", ALLOWED_HEADERS.encode()),
            (b"access-control-max-age", str(PREFLIGHT_SECONDS).encode()),
        ],
    }


async def _answer(
    refusal: HTTPException, scope: HTTPScope, receive: Receive, send: Send
) -> None:
    request = Request[Any, Any, State](scope, receive, send)
    answer = errors.response(refusal).to_asgi_response(app=None, request=request)
    await answer(scope, receive, send)
