"""Debate rounds: which moves may be made, and what they make of a round.

Everything is as the rounds of competition have it, where what was not said in time was
not said. Nothing new is *introduced* in a rebuttal. An *answer* or a *turn* is to an
argument of the other side, by the end of the speech in which it is due; a relation that
answers undercuts the argument's relation or rebuts one of its premises. One *extends*
an argument of one's own from an earlier speech, unless it was answered and nobody said
anything to that in time. One *concedes* what the other side says, and *kicks* what
one's own has said. A map's relation is on the flow once, but may answer several moves.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from argmap.debate.round_formats import RoundFormat, checked
from argmap.debate.sheet import MadeMove, Round, RoundMove, Sheet
from argmap.debate.staging import additions
from argmap.debate.what_if import watched
from argmap.errors import (
    AlreadySaid,
    BadMove,
    InvalidMap,
    Malformed,
    NotFound,
    NotSaid,
    OutOfTurn,
    TooLarge,
    TooLate,
    Unknown,
    WrongSide,
)
from argmap.model import Claim, Map, Operation, Relation
from argmap.model.codec import decode
from argmap.model.limits import own_faults
from argmap.model.text import tidied

MOVES = 1000
"""Moves that a round may have."""

_ABOUT = ("extend", "concede", "kick")
_NAMES = ("answer", "turn", "introduce")


def start(
    map: Map, key: str, format: RoundFormat, rule: str, targets: Sequence[str] = ()
) -> Round:
    """Begin a round about claims of a map; without *targets*, about the map's own.

    Raises:
        InvalidMap, Malformed: There is no such claim, or none is named and the map has
            no targets.
    """
    return Round(
        key=key,
        format=format.name,
        speeches=format.speeches,
        targets=watched(map, targets),
        rule=rule,
    )


def play(round: Round, map: Map, move: RoundMove) -> Round:
    """Make a move.

    Args:
        round: As it is.
        map: The round's, as it is now.
        move: A relation that answers may leave ``on`` out if it answers one move only.

    Raises:
        BadMove: And its kinds: the round does not allow the move.
        InvalidMap: There is no such speech, relation or claim, or a text is none.
        TooLarge: There are too many moves.
    """
    if len(round.moves) >= MOVES:
        raise TooLarge("the round", len(round.moves) + 1, MOVES)
    return _Table(round, map).made(tidied(move))


def take_back(round: Round) -> Round:
    """Take the last move back. What was adopted into the map stays there.

    Raises:
        NotFound: There is none.
    """
    if not round.moves:
        raise NotFound("move", "the last")
    return replace(round, moves=round.moves[:-1], revision=round.revision + 1)


def made_move(round: Round, key: str) -> MadeMove:
    """Find a move.

    Raises:
        NotFound: There is no such move.
    """
    for move in round.moves:
        if move.key == key:
            return move
    raise NotFound("move", key)


def adoption(round: Round, map: Map, key: str) -> tuple[Operation, ...]:
    """Say what puts an own text into the map: a claim, a relation, a turn's other one.

    Raises:
        AlreadySaid: It is there.
        BadMove: It has no text, or is about something that is not in the map.
        NotFound: There is no such move.
    """
    move = made_move(round, key)
    if move.relation is not None:
        raise AlreadySaid(f"{key} is relation {move.relation!r} of the map")
    if move.text is None:
        raise BadMove(f"{key} has no text of its own; there is nothing to adopt")
    sheet = Sheet(round, map)
    on = sheet.arguments.get(move.on or "")
    if on is not None and (on.relation is None or sheet.is_gone(on.key)):
        raise BadMove(
            f"{key} is on {on.key}, which is not in the map; adopt that first"
        )
    found = tuple(additions(sheet, move))
    if len(found) == 1:
        raise BadMove(f"{key} is about claim {move.claim!r}, which the map has no more")
    return found


def adopted(round: Round, key: str, relations: Sequence[str]) -> Round:
    """Let a move name the relations of the map that its text has become."""
    move = made_move(round, key)
    relation, counter = (*relations, None)[:2]
    done = replace(move, relation=relation, counter=counter)
    moves = tuple(done if each is move else each for each in round.moves)
    return replace(round, moves=moves, revision=round.revision + 1)


def read_round(data: bytes) -> Round:
    """Read a round from a file, as it was kept.

    Raises:
        Malformed: It is none, with a pointer to what is wrong.
    """
    round = decode(data, Round)
    checked(RoundFormat(name=round.format, speeches=round.speeches))
    order, said = round.order, dict[str, MadeMove]()
    at = 0
    for place, move in enumerate(round.moves):
        if not at <= order.get(move.speech, -1):
            detail = f"{move.speech!r} is no speech, or over before"
            raise Malformed(detail, f"/moves/{place}/speech")
        at = order[move.speech]
        if move.key in said or move.key[:1] != "m" or not move.key[1:].isdecimal():
            detail = f"{move.key!r} is no key of a new move"
            raise Malformed(detail, f"/moves/{place}/key")
        is_first = move.action == "introduce" and move.on is None
        if not is_first and (move.on not in said or not said[move.on].is_argument):
            detail = f"{move.on!r} is no argument before this move"
            raise Malformed(detail, f"/moves/{place}/on")
        said[move.key] = move
    return round


class _Table:
    """A round as it is, at which someone wants to make a move."""

    def __init__(self, round: Round, map: Map) -> None:
        self.round, self.map = round, map
        self.sheet = Sheet(round, map)

    def made(self, move: RoundMove) -> Round:
        round, moves = self.round, self.round.moves
        speech = round.speech(move.speech)
        if moves and self.sheet.order[move.speech] < self.sheet.over:
            last = moves[-1].speech
            detail = f"{move.speech} is over: {last} has begun; take moves back first"
            raise OutOfTurn(detail, "/speech")
        self.sheet.over = self.sheet.order[move.speech]
        self._check_shape(move)
        number = int(moves[-1].key[1:]) + 1 if moves else 1
        made = MadeMove(
            **{name: getattr(move, name) for name in RoundMove.__struct_fields__},
            key=f"m{number}",
            side=speech.side,
        )
        match move.action:
            case "introduce":
                if speech.kind == "rebuttal":
                    detail = f"{speech.key} is a rebuttal: nothing new is introduced"
                    raise BadMove(detail, "/action")
                made = self._introduced(made)
            case "extend":
                made = self._extended(made)
            case "answer" | "turn":
                made = self._answered(made)
            case "concede" | "kick":
                self._check_given_up(made)
        return replace(round, moves=(*moves, made), revision=round.revision + 1)

    def _check_shape(self, move: RoundMove) -> None:
        says = [part for part in (move.relation, move.text) if part is not None]
        if len(says) == 2:
            raise BadMove("name a relation or give a text, not both", "/text")
        if move.action in _NAMES and not says:
            raise BadMove(f"to {move.action}, name a relation or give a text")
        if move.action in _ABOUT and move.on is None:
            raise BadMove(f"say which move to {move.action}", "/on")
        if move.action in ("concede", "kick") and says:
            raise BadMove(f"to {move.action} says nothing else; leave it out")
        if move.claim is not None and (move.text is None or move.action == "extend"):
            raise BadMove("is for texts that introduce or answer", "/claim")
        if move.text is not None:
            claim = Claim(key="own", text=move.text)
            if faults := own_faults(claim, str, {"text"}):
                raise InvalidMap(faults)
        if move.relation is not None:
            self._relation(move.relation)

    def _introduced(self, move: MadeMove) -> MadeMove:
        if move.relation is not None:
            self._check_new(move)
            return self._built(move, self._relation(move.relation))
        if move.on is not None:
            self._own(move)
            if move.claim is not None:
                raise BadMove("the text is on a move already", "/claim")
            return move
        return replace(move, claim=self._target(move.claim or self.round.targets[0]))

    def _built(self, move: MadeMove, relation: Relation) -> MadeMove:
        """Check that a relation speaks for its side: for a target, or what it said."""
        target = relation.target
        if move.on is None and target.claim in self.round.targets:
            own = "support" if move.side == "pro" else "rebut"
            if relation.kind != own:
                detail = f"{relation.key} {relation.kind}s {target.claim}: not for "
                raise WrongSide(detail + move.side, "/relation")
            return move
        if relation.kind != "support":
            detail = f"{relation.key} {relation.kind}s what it is about: to say it to "
            raise WrongSide(f"{detail}the other side, answer", "/relation")
        if move.on is not None:
            on = self._own(move)
            if not self._is_about(relation, on):
                raise NotSaid(f"{relation.key} does not support {on.key}", "/relation")
            return move
        for on in reversed(self.sheet.arguments.values()):
            if on.side == move.side and self._is_about(relation, on):
                return replace(move, on=on.key)
        detail = f"{relation.key} supports what its side has not said; say that first"
        raise NotSaid(detail, "/relation")

    def _extended(self, move: MadeMove) -> MadeMove:
        on = self._own(move)
        if on.speech == move.speech:
            raise OutOfTurn(f"{on.key} is of {move.speech} itself", "/on")
        statuses = self.sheet.statuses
        for reply in self.sheet.live(on.key):
            if statuses[reply] in ("dropped", "conceded"):
                detail = f"{on.key} is lost: its answer {reply} was {statuses[reply]}"
                raise TooLate(detail, "/on")
        if move.relation is None:
            return move
        self._check_new(move)
        return self._built(move, self._relation(move.relation))

    def _answered(self, move: MadeMove) -> MadeMove:
        relation = None if move.relation is None else self._relation(move.relation)
        if move.on is None:
            if relation is None:
                raise BadMove("say which move the text answers", "/on")
            move = replace(move, on=self._answers(move, relation))
        on = self._said(move)
        if on.side == move.side:
            raise WrongSide(f"{on.key} is of one's own side", "/on")
        if (status := self.sheet.statuses[on.key]) in ("conceded", "kicked", "gone"):
            raise TooLate(f"{on.key} is {status}: nothing is left to answer", "/on")
        if self._is_past(due := self.sheet.due(on.key), move):
            raise TooLate(f"{on.key} had to be answered in {due}", "/on")
        if relation is not None:
            if not self._attacks(relation, on):
                detail = f"{relation.key} neither undercuts {on.key} nor rebuts it"
                raise NotSaid(detail, "/relation")
            self._check_new(move)
        elif move.claim is not None and move.claim not in self._premises(on):
            raise NotSaid(f"{move.claim} is no premise of {on.key}", "/claim")
        return move

    def _answers(self, move: MadeMove, relation: Relation) -> str:
        """Find the one argument that a relation can only be meant to answer."""
        found = [
            on.key
            for on in self.sheet.arguments.values()
            if on.side != move.side and self._attacks(relation, on)
        ]
        if not found:
            raise NotSaid(f"{relation.key} answers nothing that was said", "/relation")
        if len(found) > 1:
            detail = f"{relation.key} answers {', '.join(found)}; say which"
            raise BadMove(detail, "/on")
        return found[0]

    def _check_given_up(self, move: MadeMove) -> None:
        on = self._said(move)
        is_own = on.side == move.side
        if is_own is not (move.action == "kick"):
            whose = "one's own" if is_own else "the other"
            raise WrongSide(f"{on.key} is of {whose} side", "/on")
        if on.key in self.sheet.kicked or on.key in self.sheet.conceded:
            raise TooLate(f"{on.key} is {self.sheet.statuses[on.key]} already", "/on")

    def _said(self, move: MadeMove) -> MadeMove:
        on = self.sheet.arguments.get(move.on or "")
        if on is None:
            raise NotSaid(f"there is no argument {move.on!r} on the flow", "/on")
        return on

    def _own(self, move: MadeMove) -> MadeMove:
        on = self._said(move)
        if on.side != move.side:
            raise WrongSide(f"{on.key} is of the other side", "/on")
        if (status := self.sheet.statuses[on.key]) in ("kicked", "gone"):
            raise TooLate(f"{on.key} is {status}", "/on")
        return on

    def _check_new(self, move: MadeMove) -> None:
        for said in self.sheet.arguments.values():
            is_again = move.action not in ("answer", "turn") or said.on == move.on
            if said.relation == move.relation and is_again:
                raise AlreadySaid(f"{move.relation} is {said.key} already", "/relation")

    def _relation(self, key: str) -> Relation:
        relation = self.map.relations.get(key)
        if relation is None:
            raise InvalidMap([Unknown("relation", key, "/relation")])
        if relation.kind == "rephrase":
            raise BadMove(f"{key} rephrases, and argues nothing", "/relation")
        return relation

    def _target(self, key: str) -> str:
        if key not in self.map.claims:
            raise InvalidMap([Unknown("claim", key, "/claim")])
        if key not in self.round.targets:
            detail = f"{key} is no target of the round; to back what was said, say on"
            raise NotSaid(f"{detail} which move", "/claim")
        return key

    def _premises(self, on: MadeMove) -> tuple[str, ...]:
        relation = self.map.relations.get(on.relation or "")
        return () if relation is None else relation.premises

    def _is_about(self, relation: Relation, on: MadeMove) -> bool:
        if on.relation is not None and relation.target.relation == on.relation:
            return True
        return relation.target.claim in self._premises(on)

    def _attacks(self, relation: Relation, on: MadeMove) -> bool:
        return relation.kind != "support" and self._is_about(relation, on)

    def _is_past(self, due: str | None, move: MadeMove) -> bool:
        order = self.sheet.order
        return due is not None and order[due] < order[move.speech]
