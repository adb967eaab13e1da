"""Why a move in a debate round does not count."""

from argmap.errors.root import ArgmapError


class BadMove(ArgmapError):
    """A move that a round does not allow.

    ``pointer`` is a JSON Pointer into the move.
    """

    code = "bad-move"

    def __init__(self, detail: str, pointer: str = "") -> None:
        self.detail, self.pointer = detail, pointer
        super().__init__(f"{pointer}: {detail}" if pointer else detail)


class OutOfTurn(BadMove):
    """A move in a speech that is over, or about one that is not."""

    code = "out-of-turn"


class WrongSide(BadMove):
    """A move against one's own side, or for the other."""

    code = "wrong-side"


class NotSaid(BadMove):
    """A move about what nobody has said in the round."""

    code = "not-said"


class AlreadySaid(BadMove):
    """A move that says what is on the flow already."""

    code = "already-said"


class TooLate(BadMove):
    """A move about what is settled: dropped, conceded or kicked."""

    code = "too-late"
