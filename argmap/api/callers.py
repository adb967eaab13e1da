"""Who calls, and whether they may ask for this at all: said here for every endpoint.

The API key comes in the header Authorization and nowhere else: a query would be logged.
What an endpoint needs is its ``needs``, or follows from its method. That refuses early;
what a caller may read and write is decided by the store, whatever is said here.
"""

from collections.abc import Collection, Hashable, Mapping
from contextlib import suppress
from ipaddress import IPv6Address
from math import ceil
from typing import Any, Final, Literal, cast

from litestar import Request
from litestar.handlers import HTTPRouteHandler

from argmap.api.errors import TooManyRequests
from argmap.api.page import ASKS_FOR_KEY
from argmap.errors import NotFound, Unauthorized
from argmap.service import keys
from argmap.service.desk import Desk
from argmap.store import NOBODY, Act, Caller, Role, require_admin

Needs = Literal["nothing", "key", "admin", "maker", "member"] | Role
"""What it takes to call an endpoint, beside the right to read what is asked for.

A role is one on the map of the path. ``maker`` is for what changes that map or makes
it: the role of an editor where it is there, and a key where it is not. ``member`` is
for what is about a member of the map: an owner may do it, and that member.
"""

_ADMITTED: Final = "argmap.desk"

AGAIN: Final = 10
"""Seconds after which it is worth asking again, where as many listen as may."""

_HOSTS: Final = 64
"""Last bits of an IPv6 address, all of which one customer has."""
_MAPPED: Final = "::ffff:"


def needs(handler: HTTPRouteHandler) -> Needs:
    """Say what it takes to call an endpoint: to write, if it does not say, a role."""
    said = handler.opt.get("needs")
    if said is not None:
        return cast("Needs", said)
    if handler.http_methods == {"GET"}:
        return "nothing"
    parameters = handler.parsed_fn_signature.parameters
    return "editor" if "map_key" in parameters else "key"


async def admit(request: Request[Any, Any, Any], desk: Desk) -> None:
    """Let a request in, with the desk as whoever has sent it may use it.

    Raises:
        TooManyRequests: The caller has sent too many.
        Unauthorized: The key is no good, or there is none and this needs one.
        Forbidden: The caller's role is less than this needs.
        NotFound: The caller may not know of the map.
    """
    ASKS_FOR_KEY.set(True)
    secret = _secret(request)
    caller = keys.known(desk, secret) if secret else None
    party: Hashable
    if caller is None:
        caller, party = await _identify(request, desk, secret)
    else:
        party = caller.id
        _allow(desk, party)
    what = f"{request.method} {request.scope['path']}"
    admitted = desk.seen_by(Act(caller=caller, what=what), party)
    _extended(request)[_ADMITTED] = admitted
    await _require(request, admitted, needs(request.route_handler))


def desk_of(request: Request[Any, Any, Any]) -> Desk:
    """Give the desk as the caller may use it, who has been admitted."""
    desk: Desk = _extended(request)[_ADMITTED]
    return desk


def listening_party(request: Request[Any, Any, Any]) -> Hashable:
    """Say with whom one more who listens for events is counted; None: with nobody.

    Raises:
        TooManyRequests: As many of them listen as may.
    """
    desk: Desk | None = _extended(request).get(_ADMITTED)
    if desk is None:
        return None
    if desk.listeners.has_enough(desk.party):
        raise TooManyRequests(
            f"there is a limit of {desk.listeners.each} streams of events at one time "
            "(max_listeners_each)",
            headers={"Retry-After": str(AGAIN)},
        )
    return desk.party


def caller_of(scope: Mapping[str, Any]) -> Caller | None:
    """Say whose request this is, if somebody has been admitted."""
    desk: Desk | None = scope.get(_ADMITTED)
    return desk.act.caller if desk and desk.act else None


def _extended(request: Request[Any, Any, Any]) -> dict[str, Any]:
    return cast("dict[str, Any]", request.scope)


async def _identify(
    request: Request[Any, Any, Any], desk: Desk, secret: str | None
) -> tuple[Caller, Hashable]:
    """Say who calls, where it takes a query or where it is nobody in particular.

    And with whom that is counted: with the others of a key, or of an address.
    """
    address = _address(request, desk.settings.proxy)
    if secret is None:
        _allow(desk, address)
        return NOBODY, address
    # Who has tried too many keys tries no more; others of that address are not them.
    tries = "keys", address
    _allow(desk, tries, tokens=0)
    try:
        if not secret:
            raise Unauthorized("the header Authorization says something else")
        caller = await keys.caller(desk, secret)
    except Unauthorized:
        _allow(desk, tries)
        raise
    _allow(desk, caller.id)
    return caller, caller.id


async def _require(request: Request[Any, Any, Any], desk: Desk, needed: Needs) -> None:
    assert desk.act is not None
    match needed:
        case "nothing":
            return
        case "admin":
            require_admin(desk.act)
        case "key" | "maker":
            if needed == "maker":
                with suppress(NotFound):
                    await desk.require(request.path_params["map"], "editor")
            if desk.act.caller == NOBODY:
                raise Unauthorized("this needs an API key")
        case "member":
            is_own = request.path_params["key"] == desk.act.caller.key
            role: Role = "reader" if is_own else "owner"
            await desk.require(request.path_params["map"], role)
        case _:
            await desk.require(request.path_params["map"], needed)


def _secret(request: Request[Any, Any, Any]) -> str | None:
    """Give the key that was sent: None if there is none, "" for what cannot be one."""
    sent = request.headers.getall("authorization", ())
    if not sent:
        return None
    scheme, _, secret = sent[0].partition(" ")
    is_key = len(sent) == 1 and scheme.lower() == "bearer"
    return secret.strip() if is_key else ""


def _allow(desk: Desk, name: Hashable, tokens: int = 1) -> None:
    if seconds := desk.rates.take(name, tokens):
        raise TooManyRequests(
            f"there is a limit of {desk.settings.max_rate:g} requests a second",
            headers={"Retry-After": str(ceil(seconds))},
        )


def _address(request: Request[Any, Any, Any], proxies: Collection[str]) -> str:
    """Say whose requests are counted together where there is no key."""
    client = request.scope.get("client")
    address = _plain(client[0]) if client else ""
    if address in proxies:
        sent = ",".join(request.headers.getall("x-forwarded-for", ()))
        # Each proxy adds at the end where it was called from: the rest may be lies.
        for one in reversed([part.strip() for part in sent.split(",") if part.strip()]):
            address = _plain(one)
            if address not in proxies:
                break
    return _network(address)


def _network(address: str) -> str:
    """Name the network of an address.

    >>> _network("203.0.113.7"), _network("2001:db8::1") == _network("2001:db8::2")
    ('203.0.113.7', True)
    """
    if ":" in address:
        with suppress(ValueError):
            return str(int(IPv6Address(address)) >> _HOSTS)
    return address


def _plain(address: str) -> str:
    """Write an address without its port, and an IPv4 one as such.

    A socket of both kinds has it as IPv6, and some proxies tell ports, of which a
    client has as many as it likes.

    >>> _plain("::ffff:203.0.113.7"), _plain("203.0.113.7:4711")
    ('203.0.113.7', '203.0.113.7')
    >>> _plain("2001:db8::1"), _plain("[2001:db8::1]:4711")
    ('2001:db8::1', '2001:db8::1')
    """
    if address.startswith("["):
        address = address[1:].partition("]")[0]
    elif address.count(":") == 1:
        address = address.partition(":")[0]
    if address.lower().startswith(_MAPPED):
        with suppress(ValueError):
            return str(IPv6Address(address).ipv4_mapped or address)
    return address
