"""What a round's own arguments would be in the map, and which relations count now.

A text of one's own is a claim and a relation on a copy of the map, under keys that no
map can have. Introduced, it supports or rebuts a claim; said for an argument of one's
own, it backs that; as an answer, it rebuts a premise or undercuts the relation. A turn
does that and speaks for its own side: its premises do to the target the opposite of
what the argument that it turns does.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from argmap.debate.sheet import MadeMove, Sheet
from argmap.model import Add, Claim, Map, Operation, Relation, RelationKind, Target

_OWN = "~"  # no key of a map begins so
_COUNTER = "~turn-"


class Staged:
    """A map with all own arguments of a flow sheet in it, none of them muted."""

    def __init__(self, sheet: Sheet) -> None:
        """Add what has no relation in the map; what has lost its own is left out."""
        self.sheet = sheet
        self.claims = dict(sheet.map.claims)
        self.relations = dict(sheet.map.relations)
        for move in sheet.arguments.values():
            if not sheet.is_gone(move.key):
                self._stage(move)

    @property
    def map(self) -> Map:
        """Give the copy."""
        return replace(self.sheet.map, claims=self.claims, relations=self.relations)

    def carried_by(self, key: str) -> list[str]:
        """List the relations that an argument brings in, of those there are."""
        move = self.sheet.arguments[key]
        keys = (relation_of(move), move.counter or f"{_COUNTER}{key}")
        return [each for each in keys if each in self.relations]

    def muted(self, sheet: Sheet) -> set[str]:
        """List the relations that do not count as a sheet, perhaps an earlier, is."""
        live = {
            relation
            for key in sheet.arguments
            if sheet.is_live(key)
            for relation in self.carried_by(key)
        }
        return self.relations.keys() - live

    def _stage(self, move: MadeMove) -> None:
        if move.relation is None:
            target, kind = self._aim(move)
            if not self._has(target):
                return
            key = own_claim(move)
            self.claims[key] = Claim(key=key, text=move.text or "")
            self._add(relation_of(move), kind, (key,), target)
        if move.action == "turn" and move.counter is None:
            premises = self.relations[relation_of(move)].premises
            turned = self.relations.get(self._on(move))
            if turned is not None and turned.target.claim not in premises:
                kind = opposite(turned)
                self._add(f"{_COUNTER}{move.key}", kind, premises, turned.target)

    def _aim(self, move: MadeMove) -> tuple[Target, RelationKind]:
        if move.action in ("answer", "turn"):
            if move.claim is not None:
                return Target(claim=move.claim), "rebut"
            return Target(relation=self._on(move)), "undercut"
        if move.on is not None:
            return Target(relation=self._on(move)), "support"
        return Target(claim=move.claim), "support" if move.side == "pro" else "rebut"

    def _on(self, move: MadeMove) -> str:
        return relation_of(self.sheet.arguments[move.on or ""])

    def _has(self, target: Target) -> bool:
        return target.claim in self.claims or target.relation in self.relations

    def _add(
        self, key: str, kind: RelationKind, premises: tuple[str, ...], target: Target
    ) -> None:
        self.relations[key] = Relation(
            key=key, kind=kind, premises=premises, target=target
        )


def relation_of(move: MadeMove) -> str:
    """Name an argument's relation, in the map or on the copy."""
    return move.relation or f"{_OWN}{move.key}"


def own_claim(move: MadeMove) -> str:
    """Name the claim of an own text on the copy."""
    return f"{_OWN}{move.key}"


def opposite(relation: Relation) -> RelationKind:
    """Say what speaks against what a relation speaks for, and the other way round."""
    if relation.kind != "support":
        return "support"
    return "rebut" if relation.target.claim is not None else "undercut"


def additions(sheet: Sheet, move: MadeMove) -> Iterator[Operation]:
    """Give the operations that put an own text into the map: claim, then relations."""
    staged = Staged(sheet)
    yield Add(claim=Claim(key="$own", text=move.text or ""))
    for place, key in enumerate(staged.carried_by(move.key)):
        own = staged.relations[key]
        yield Add(relation=replace(own, key=f"$relation-{place}", premises=("$own",)))
