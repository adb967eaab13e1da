"""Extensions by trying every set of arguments: slow, short, and by the definitions."""

from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations

Arguments = frozenset[int]


@dataclass(frozen=True)
class Brute:
    """A framework of arguments 0 … size - 1, and which sets of them are extensions."""

    size: int
    attacks: frozenset[tuple[int, int]]

    def beaten_by(self, some: Arguments) -> Arguments:
        """Give what *some* attack."""
        return frozenset(b for a, b in self.attacks if a in some)

    def defended_by(self, some: Arguments) -> Arguments:
        """Give the arguments all of whose attackers *some* attack."""
        beaten = self.beaten_by(some)
        undefended = {b for a, b in self.attacks if a not in beaten}
        return frozenset(range(self.size)) - undefended

    def range_of(self, some: Arguments, scope: Arguments) -> Arguments:
        """Give what of *scope* is among *some* or attacked by them."""
        return (some | self.beaten_by(some)) & scope

    @cached_property
    def admissible(self) -> list[Arguments]:
        """Give the sets without conflict that defend themselves."""
        arguments = range(self.size)
        sets = chain(*(combinations(arguments, k) for k in range(self.size + 1)))
        return [
            s
            for s in map(frozenset, sets)
            if not s & self.beaten_by(s) and s <= self.defended_by(s)
        ]

    @cached_property
    def complete(self) -> list[Arguments]:
        """Give the admissible sets that hold all that they defend."""
        return [s for s in self.admissible if s == self.defended_by(s)]

    @cached_property
    def grounded(self) -> list[Arguments]:
        """Give the complete set that is part of all others."""
        return [s for s in self.complete if all(s <= t for t in self.complete)]

    @cached_property
    def preferred(self) -> list[Arguments]:
        """Give the admissible sets that are part of no other."""
        return [s for s in self.admissible if not any(s < t for t in self.admissible)]

    @cached_property
    def stable(self) -> list[Arguments]:
        """Give the sets without conflict that attack all the rest."""
        everything = frozenset(range(self.size))
        return [s for s in self.admissible if s | self.beaten_by(s) == everything]

    @cached_property
    def ideal(self) -> list[Arguments]:
        """Give the largest admissible set that is part of all preferred ones."""
        shared = [s for s in self.admissible if all(s <= t for t in self.preferred)]
        return [s for s in shared if all(t <= s for t in shared)]

    def semi_stable(self, scope: Arguments | None = None) -> list[Arguments]:
        """Give the complete sets whose range within *scope* is part of no other's."""
        within = frozenset(range(self.size)) if scope is None else scope
        ranges = {s: self.range_of(s, within) for s in self.complete}
        return [s for s, r in ranges.items() if not any(r < q for q in ranges.values())]

    def extensions(
        self, semantics: str, scope: Arguments | None = None
    ) -> list[Arguments]:
        """Give the extensions under a semantics, by its name."""
        if semantics == "semi-stable":
            return self.semi_stable(scope)
        found: list[Arguments] = getattr(self, semantics)
        return found
