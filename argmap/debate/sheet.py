"""The flow sheet of a round: what has been said, and what has become of it.

An *argument* is a move that says something: it names a relation of the map, or has a
text of its own. It is *dropped* if the speech in which the other side should have
answered it is over and no answer is on the flow; *answered* if an answer is that has
not itself been answered. What is *kicked* its own side has taken back: by a kick, or,
for answers, by conceding what they answer. *Gone* is what names a relation that the map
has no more.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from msgspec import Meta, Struct

from argmap.debate.plan import Side
from argmap.debate.round_formats import RoundSpeech, Speeches
from argmap.errors import InvalidMap, Unknown
from argmap.model import Map
from argmap.model.items import Text

Action = Literal["introduce", "extend", "answer", "turn", "concede", "kick"]
Status = Literal["standing", "answered", "dropped", "conceded", "kicked", "gone"]
Name = Annotated[str, Meta(min_length=1, max_length=64)]


class RoundMove(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something said in a round.

    It names a ``relation`` of the map, or has a ``text`` of its own. ``on`` is the move
    that it is about. ``claim``, for own texts: introducing, the target that the text
    speaks for or against (without it, the first); answering, the premise that it
    rebuts (without it, it undercuts the relation).
    """

    speech: Name
    action: Action
    relation: Name | None = None
    text: Text | None = None
    on: Name | None = None
    claim: Name | None = None


class MadeMove(RoundMove, frozen=True, kw_only=True):
    """A move on the flow.

    A text that has been adopted into the map has its ``relation`` there; ``counter`` is
    the relation by which an adopted turn speaks for its own side.
    """

    key: Name
    side: Side
    counter: Name | None = None

    @property
    def is_argument(self) -> bool:
        """Say whether it says something, and not only something about another."""
        return self.relation is not None or self.text is not None


class Round(Struct, frozen=True, kw_only=True):
    """A debate round beside a map: its speeches, and the moves made so far.

    ``targets`` are the claims under debate, ``rule`` the one that judges them.
    """

    key: Name
    format: str
    speeches: Speeches
    targets: tuple[Name, ...]
    rule: str
    moves: tuple[MadeMove, ...] = ()
    revision: int = 1

    @property
    def order(self) -> Mapping[str, int]:
        """Say which place each speech has."""
        return {speech.key: place for place, speech in enumerate(self.speeches)}

    def speech(self, key: str, pointer: str = "/speech") -> RoundSpeech:
        """Find a speech.

        Raises:
            InvalidMap: There is none of that name.
        """
        for speech in self.speeches:
            if speech.key == key:
                return speech
        raise InvalidMap([Unknown("speech", key, pointer)])


class Sheet:
    """A round's moves against a map, as of the end of a speech, or as of now.

    As of now the speech of the last move goes on, and those before it are over.
    """

    def __init__(self, round: Round, map: Map, after: str | None = None) -> None:
        """Take the moves up to the end of *after*, or all.

        Raises:
            InvalidMap: There is no such speech.
        """
        self.round, self.map, self.after = round, map, after
        self.order = round.order
        moves = round.moves
        if after is None:
            self.over = self.order[moves[-1].speech] if moves else 0
        else:
            self.over = self.order[round.speech(after, "/after").key] + 1
            moves = tuple(m for m in moves if self.order[m.speech] < self.over)
        self.moves = moves
        self.arguments = {move.key: move for move in moves if move.is_argument}
        self.replies: dict[str, list[str]] = {key: [] for key in self.arguments}
        self.extended: dict[str, list[str]] = {key: [] for key in self.arguments}
        self.kicked: set[str] = set()
        self.conceded: set[str] = set()
        for move in moves:
            self._note(move)

    def _note(self, move: MadeMove) -> None:
        match move.action, move.on:
            case "kick", str(on):
                self.kicked.add(on)
            case "concede", str(on):
                self.conceded.add(on)
                self.kicked.update(self.replies[on])
            case "answer" | "turn", str(on):
                self.replies[on].append(move.key)
            case "extend", str(on):
                self.extended[on].append(move.speech)

    def due(self, key: str) -> str | None:
        """Name the speech by whose end the other side must answer, if there is one."""
        move, due = self.arguments[key], None
        for speech in self.round.speeches[self.order[move.speech] + 1 :]:
            if speech.side == move.side:
                if due:
                    break
            elif speech.answers:
                due = speech.key
        return due

    def is_over(self, speech: str | None) -> bool:
        """Say whether a speech is over; that which never comes is not."""
        return speech is not None and self.order[speech] < self.over

    @cached_property
    def statuses(self) -> Mapping[str, Status]:
        """Say what has become of every argument."""
        found: dict[str, Status] = {}
        for key in reversed(self.arguments):  # answers come after what they answer
            found[key] = self._status(key, found)
        return {key: found[key] for key in self.arguments}

    def live(self, key: str) -> list[str]:
        """List the answers to an argument that are neither kicked nor gone."""
        return [r for r in self.replies[key] if self.is_live(r)]

    def is_live(self, key: str) -> bool:
        """Say whether an argument counts: its side stands by it, and the map has it."""
        return key not in self.kicked and not self.is_gone(key)

    def is_gone(self, key: str) -> bool:
        """Say whether an argument names a relation that the map has no more."""
        relation = self.arguments[key].relation
        return relation is not None and relation not in self.map.relations

    def _status(self, key: str, found: Mapping[str, Status]) -> Status:
        if self.is_gone(key):
            return "gone"
        if key in self.kicked:
            return "kicked"
        if key in self.conceded:
            return "conceded"
        replies = self.live(key)
        if any(found[reply] != "answered" for reply in replies):
            return "answered"
        return "dropped" if not replies and self.is_over(self.due(key)) else "standing"
