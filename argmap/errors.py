"""Every error that argmap raises on purpose.

::

    ArgmapError
    ├── Malformed                 cannot be read: not JSON, wrong type, bad text
    │   └── TooLarge              more than a limit allows
    ├── InvalidMap                well-formed, but the map that results is wrong
    ├── Fault                     one thing wrong in a map, with its place
    │   ├── CircularUndercut      relations that target each other in a ring
    │   ├── DuplicateKey          two items of one kind with one key
    │   ├── InUse                 a removal that would leave a reference dangling
    │   ├── InvalidData           another type; free data that are no JSON, or too deep
    │   ├── InvalidKey            not a slug
    │   ├── InvalidSpan           a span that is empty, reversed or past the text
    │   ├── InvalidText           control characters, lone surrogates, nothing at all
    │   ├── OutOfRange            a number outside its range
    │   ├── PassageMismatch       a passage that is not what its hash says
    │   ├── SelfSupport           a claim among its own premises
    │   ├── Unknown               a key that names nothing in the map
    │   ├── WrongExact            words that are not those at a passage's spans
    │   └── WrongTarget           a relation that may not target this
    ├── WrongText                 a text that is not the one a source means
    ├── NotFound                  no map, claim, rule … of that key
    ├── AlreadyExists             something of that key is there already
    ├── Stale                     If-Match names a state that is not the newest
    ├── PreconditionRequired      a change of what exists, without If-Match
    ├── RevertBlocked             a change that later ones do not let be undone
    ├── Exists                    If-None-Match asks that nothing be there, and it is
    ├── KeyReused                 an Idempotency-Key that came with another request
    ├── UnderWay                  a request of that Idempotency-Key is not done yet
    ├── InvalidParameters         parameters or options that a rule does not take
    ├── Lossy                     a file would lose something, and may not
    ├── TooDeep                   a tree deeper than nested JSON may be
    ├── TooSlow                   a computation that takes longer than it may
    ├── Cancelled                 a computation that was called off
    ├── PluginFault               a plugin raised, or returned what is no answer
    │   └── PluginTooSlow         a plugin took longer than it may
    ├── PluginClash               two plugins offer one name
    └── Unavailable               cannot be done now: try again later
        ├── StorageFull           no room to write
        └── AddressInUse          another program listens there

``code`` is public and stable, the text is not. Facts are attributes; the message gives
the value, what is wrong with it and what to do. HTTP statuses live in
``argmap.api.errors``.
"""

from collections.abc import Sequence
from typing import ClassVar


class ArgmapError(Exception):
    """The root: whatever argmap raises on purpose."""

    code: ClassVar[str] = "error"


class Malformed(ArgmapError):
    """What was given cannot be read: not JSON, a wrong type, an unknown member.

    ``pointer`` is a JSON Pointer (RFC 6901) into what was given; empty is the whole.
    """

    code = "malformed"

    def __init__(self, detail: str, pointer: str = "") -> None:
        self.detail, self.pointer = detail, pointer
        super().__init__(f"{pointer}: {detail}" if pointer else detail)


class TooLarge(Malformed):
    """What was given is larger than a limit allows."""

    code = "too-large"

    def __init__(self, what: str, size: int, limit: int, pointer: str = "") -> None:
        self.what, self.size, self.limit = what, size, limit
        super().__init__(
            f"{what} has size {size}; the limit is {limit}; send less, or split it",
            pointer,
        )


class Fault(ArgmapError):
    """One thing that is wrong in a map.

    ``pointer`` is a JSON Pointer into what was given: the file, or the operations.
    """

    code = "fault"

    def __init__(self, detail: str, pointer: str = "") -> None:
        self.detail, self.pointer = detail, pointer
        super().__init__(f"{pointer}: {detail}" if pointer else detail)


class CircularUndercut(Fault):
    """Relations target each other in a ring, so that no end is reached."""

    code = "circular-undercut"


class DuplicateKey(Fault):
    """Two items of one kind have the same key."""

    code = "duplicate-key"


class InUse(Fault):
    """A removal would leave references dangling; they are listed in ``users``."""

    code = "in-use"

    def __init__(self, detail: str, pointer: str = "", users: Sequence[str] = ()):
        self.users = tuple(users)
        super().__init__(detail, pointer)


class InvalidData(Fault):
    """A member has another type, or free data are no JSON, or nested too deep."""

    code = "invalid-data"


class InvalidKey(Fault):
    """A key is no slug of letters, digits and hyphens."""

    code = "invalid-key"


class InvalidSpan(Fault):
    """A span is empty, reversed, overlaps another or ends after the text."""

    code = "invalid-span"


class InvalidText(Fault):
    """A text is empty, too long or holds characters that no text may hold."""

    code = "invalid-text"


class OutOfRange(Fault):
    """A number is outside its range."""

    code = "out-of-range"


class PassageMismatch(Fault):
    """A passage's text is not what its sha256 says."""

    code = "passage-mismatch"


class SelfSupport(Fault):
    """A relation's target claim is among its own premises."""

    code = "self-support"


class Unknown(Fault):
    """A key names nothing in the map: an unknown claim, relation, source, passage."""

    code = "unknown"

    def __init__(self, kind: str, key: str, pointer: str = "") -> None:
        self.kind, self.key = kind, key
        self.code = f"unknown-{kind}"  # type: ignore[misc] # one class, a code a kind
        super().__init__(f"there is no {kind} {key!r} in the map", pointer)


class WrongExact(Fault):
    """The words given for a passage are not those in its source's text.

    ``at`` is where in the text the two part; ``expected`` and ``there`` show them round
    that place. ``found_at`` is where else the words begin, if that is one place only.
    """

    code = "wrong-exact"

    def __init__(
        self,
        detail: str,
        pointer: str = "",
        *,
        at: int | None = None,
        expected: str | None = None,
        there: str | None = None,
        found_at: int | None = None,
    ) -> None:
        self.at, self.found_at = at, found_at
        self.expected, self.there = expected, there
        super().__init__(detail, pointer)


class WrongTarget(Fault):
    """A relation of this kind cannot have this target."""

    code = "wrong-target"


class InvalidMap(ArgmapError):
    """The map that would result is wrong; ``faults`` lists everything that is."""

    code = "invalid-map"

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        more = len(faults) - 1
        super().__init__(f"{faults[0]}" + (f" (and {more} more)" if more else ""))


class WrongText(ArgmapError):
    """A text given for a source is not the one that its passages were taken from."""

    code = "wrong-text"

    def __init__(self, source: str, difference: str) -> None:
        self.source, self.difference = source, difference
        super().__init__(
            f"this is not the text of source {source!r}: {difference}; take the one "
            "that its passages come from, unchanged, or say that it is a new edition"
        )


class NotFound(ArgmapError):
    """There is no such thing, or the caller may not know of it."""

    code = "not-found"

    def __init__(self, kind: str, key: str) -> None:
        self.kind, self.key = kind, key
        super().__init__(f"there is no {kind} {key!r}")


class AlreadyExists(ArgmapError):
    """Something of that key is there already."""

    code = "already-exists"

    def __init__(self, kind: str, key: str) -> None:
        self.kind, self.key = kind, key
        super().__init__(
            f"there is a {kind} {key!r} already; take another key, or change that one"
        )


class Stale(ArgmapError):
    """``If-Match`` names a state that is no longer the newest."""

    code = "stale"

    def __init__(self, kind: str, key: str, sent: str, current: str) -> None:
        self.kind, self.key, self.sent, self.current = kind, key, sent, current
        super().__init__(
            f"{kind} {key!r} has changed: you sent {sent}, it is at {current} now; "
            "read it again and decide anew"
        )


class PreconditionRequired(ArgmapError):
    """A change of what exists came without ``If-Match``."""

    code = "precondition-required"

    def __init__(self, kind: str, key: str, *, revision: int | None = None) -> None:
        self.kind, self.key = kind, key
        if revision is None:
            how = f"to change {kind} {key!r}, send If-Match with the ETag that you read"
        else:
            how = (
                f"to delete {kind} {key!r} with all that is in it, send If-Match with "
                f'its newest revision that you know: "r{revision}" for {revision}'
            )
        super().__init__(f"{how} (or * for whatever is there)")


class RevertBlocked(ArgmapError):
    """A change cannot be undone: later ones stand in the way.

    ``obstacles`` say which items, why, and in which revisions; a hundred of them at
    most, of ``obstacle_count``.
    """

    code = "revert-blocked"

    def __init__(self, revision: int, obstacles: Sequence[object], count: int) -> None:
        self.revision, self.obstacles = revision, tuple(obstacles)
        self.obstacle_count = count
        super().__init__(
            f"revision {revision} cannot be undone: {count} "
            f"{'thing stands' if count == 1 else 'things stand'} in the way; revert or "
            "change those first"
        )


class Exists(ArgmapError):
    """``If-None-Match: *`` asks that nothing be there, and something is."""

    code = "exists"

    def __init__(self, kind: str, key: str) -> None:
        self.kind, self.key = kind, key
        super().__init__(
            f"there is a {kind} {key!r}, which If-None-Match: * leaves as it is"
        )


class KeyReused(ArgmapError):
    """An Idempotency-Key has come before, with another request."""

    code = "key-reused"

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(
            f"Idempotency-Key {key!r} was sent with another path, query or body; "
            "take a new key for a new request"
        )


class UnderWay(ArgmapError):
    """The request of this Idempotency-Key is being carried out."""

    code = "under-way"

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(
            f"the request of Idempotency-Key {key!r} is not done yet; "
            "send it again for its answer"
        )


class InvalidParameters(ArgmapError):
    """A rule does not take these parameters or options."""

    code = "invalid-parameters"

    def __init__(self, rule: str, detail: str, pointer: str = "") -> None:
        self.rule, self.detail, self.pointer = rule, detail, pointer
        place = f", {pointer}" if pointer else ""
        super().__init__(f"rule {rule!r}{place}: {detail}")


class Lossy(ArgmapError):
    """Something would be lost, and nothing may be; ``losses`` says what.

    They are remarks, with a code, a place and what was found.
    """

    code = "lossy"

    def __init__(self, losses: Sequence[object]) -> None:
        self.losses = tuple(losses)
        super().__init__(
            f"{len(losses)} things would be lost, so nothing was done; mend them, "
            "or go on without strict"
        )


class TooDeep(ArgmapError):
    """A tree is deeper than JSON may be nested, which many readers would refuse."""

    code = "too-deep"

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(
            f"the tree has more than {limit} levels, too many for nested JSON; ask for "
            f"the flat form, or for depth={limit} and go on with under="
        )


class TooSlow(ArgmapError):
    """A computation takes longer than it may; there is no partial answer."""

    code = "too-slow"

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(
            f"no answer within {seconds:g} seconds; allow more time, "
            "or ask for less: a smaller map, an easier rule"
        )


class Cancelled(ArgmapError):
    """A computation was called off by whoever asked for it."""

    code = "cancelled"

    def __init__(self) -> None:
        super().__init__("the computation was called off")


class PluginFault(ArgmapError):
    """A plugin raised, or returned what is no answer."""

    code = "plugin-fault"

    def __init__(self, plugin: str, detail: str) -> None:
        self.plugin, self.detail = plugin, detail
        super().__init__(f"plugin {plugin!r}: {detail}")


class PluginTooSlow(PluginFault):
    """A plugin took longer than it may; there is no partial answer."""

    code = "plugin-too-slow"

    def __init__(self, plugin: str, what: str, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(
            plugin, f"{what} took longer than the {seconds:g} seconds that it may take"
        )


class PluginClash(ArgmapError):
    """Two plugins offer the same name."""

    code = "plugin-clash"

    def __init__(self, name: str, plugins: Sequence[str]) -> None:
        self.name, self.plugins = name, tuple(plugins)
        super().__init__(
            f"{name!r} is offered by {' and '.join(plugins)}; "
            "uninstall one, or rename it"
        )


class Unavailable(ArgmapError):
    """It cannot be done now; the same request may succeed later."""

    code = "unavailable"


class StorageFull(Unavailable):
    """There is no room to write."""

    code = "storage-full"

    def __init__(self) -> None:
        super().__init__("the disk is full: nothing was written; make room, try again")


class AddressInUse(Unavailable):
    """Another program listens on the address that the server should take."""

    code = "address-in-use"

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        super().__init__(
            f"port {port} on {host} is in use; stop what listens there "
            f"or take another: --port {port + 1}"
        )
