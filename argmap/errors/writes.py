"""Why a well-formed write does not happen."""

from collections.abc import Sequence

from argmap.errors.root import ArgmapError


class Stale(ArgmapError):
    """``If-Match``, or an operation's ``if``, names a state that is not the newest."""

    code = "stale"

    def __init__(self, kind: str, key: str, sent: str, current: str) -> None:
        self.kind, self.key, self.sent, self.current = kind, key, sent, current
        super().__init__(
            f"{kind} {key!r} has changed: you sent {sent}, it is at {current} now; "
            "read it again and decide anew"
        )


class PreconditionRequired(ArgmapError):
    """A change of what exists came without ``If-Match``, in a batch without ``if``."""

    code = "precondition-required"

    def __init__(
        self,
        kind: str,
        key: str,
        *,
        revision: int | None = None,
        in_batch: bool = False,
    ) -> None:
        self.kind, self.key = kind, key
        if in_batch:
            how = (
                f"to change {kind} {key!r}, give the operation the ETag that you read, "
                'without its quotes: "if": "r4"'
            )
        elif revision is None:
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
    """``If-None-Match: *`` asks that nothing else be there, and something is."""

    code = "exists"

    def __init__(self, kind: str, key: str) -> None:
        self.kind, self.key = kind, key
        super().__init__(
            f"there is another {kind} {key!r}, which If-None-Match: * leaves as it is"
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


class WrongText(ArgmapError):
    """A text given for a source is not the one that its passages were taken from."""

    code = "wrong-text"

    def __init__(self, source: str, difference: str) -> None:
        self.source, self.difference = source, difference
        super().__init__(
            f"this is not the text of source {source!r}: {difference}; take the one "
            "that its passages come from, unchanged, or say that it is a new edition"
        )
