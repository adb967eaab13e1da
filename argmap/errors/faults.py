"""What is wrong in a map, each fault with its place."""

from collections.abc import Sequence

from argmap.errors.root import ArgmapError


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
    """A number or a time is outside its range."""

    code = "out-of-range"


class PassageMismatch(Fault):
    """A passage's text is not what its sha256 says."""

    code = "passage-mismatch"


class Repeated(Fault):
    """A premise or a target is listed twice."""

    code = "repeated"


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
