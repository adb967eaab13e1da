"""What can be asked of a framework under a semantics.

Grounded arguments are settled first, in linear time; what is left is searched part by
part, and for a question about one argument only among what that depends on. Deciding is
NP-hard, under most semantics harder: limit it with `argmap.plugin.patience`. Verdicts
never rest on an enumeration, so cutting one short changes none.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise, product
from math import prod

import numpy as np

from argmap.plugin import IN, OUT, UNDECIDED, Framework, check_patience
from argmap_dung.encoding import Labels, Literals, Truths, literals
from argmap_dung.reduction import Indices, Reduction, cone, reduce
from argmap_dung.search import Search


@dataclass(frozen=True, eq=False)
class Extensions:
    """Extensions, as labellings, and whether there are more."""

    labellings: tuple[Labels, ...]
    truncated: bool


class Reasoner:
    """Answers questions about one framework under one semantics.

    It keeps what it finds: further questions cost less. Every method can raise
    `TooSlow` and `Cancelled` where `patience` says so, and may be asked again
    afterwards.
    """

    def __init__(
        self,
        semantics: type[Search],
        framework: Framework,
        scope: Truths | None = None,
    ) -> None:
        """Ask *framework* under *semantics*.

        Args:
            semantics: Such as `argmap_dung.preferred.Preferred`.
            framework: n arguments.
            scope: Shape (n,), the arguments that count where a semantics compares
                ranges; None: all of them.
        """
        self.semantics = semantics
        self.framework = framework
        self.scope = np.ones(framework.size, np.bool_) if scope is None else scope
        self._searches: dict[int, Search] = {}

    @cached_property
    def reduction(self) -> Reduction:
        """Give what is grounded, and the parts of the rest."""
        return reduce(self.framework)

    def exists(self) -> bool:
        """Say whether there is an extension: only stable ones may be missing."""
        return self.semantics.always_exists or self.one() is not None

    def one(self) -> Labels | None:
        """Give some extension, as a labelling; None: there is none."""
        choice = []
        for number in range(len(self.reduction.parts)):
            labels = self._search(number).one()
            if labels is None:
                return None
            choice.append(labels)
        return self._joined(choice)

    def extensions(self, limit: int | None = None) -> Extensions:
        """Enumerate up to *limit* extensions, each once, in no particular order."""
        choices = self._choices(limit)
        chosen = islice(product(*choices), limit)
        return Extensions(
            labellings=tuple(self._joined(each) for each in chosen),
            truncated=limit is not None and prod(map(len, choices)) > limit,
        )

    def count(self, limit: int | None = None) -> int:
        """Count the extensions; beyond *limit*, give *limit* + 1 and count no further.

        Parts are counted one by one and multiplied, so many do not take long.
        """
        number = prod(map(len, self._choices(limit)))
        return number if limit is None else min(number, limit + 1)

    def is_credulous(self, argument: int) -> bool:
        """Say whether an argument is in some extension."""
        label = self.reduction.labels[argument]
        if label != UNDECIDED:
            return bool(label == IN) and self.exists()
        search, wanted = self._about(argument)
        return bool(search.held_in_some(wanted)[0]) and self.exists()

    def is_sceptical(self, argument: int) -> bool:
        """Say whether an argument is in every extension: true where there is none."""
        label = self.reduction.labels[argument]
        if label != UNDECIDED:
            return bool(label == IN) or not self.exists()
        search, wanted = self._about(argument)
        return bool(search.held_in_all(wanted)[0]) or not self.exists()

    def keeping(self, argument: int, label: int) -> Labels | None:
        """Give part of an extension that has an argument `IN`, or attacks it (`OUT`).

        Returns:
            A labelling: what it says is in is admissible, and lies in an extension; out
            is what that attacks. None: there is no such extension.
        """
        if not self.exists():
            return None
        labels = self.reduction.labels.copy()
        if labels[argument] != UNDECIDED:
            return labels if labels[argument] == label else None
        number = int(self.reduction.part_of[argument])
        search, place = self._search(number), self.reduction.place[[argument]]
        found = search.keeping(int(literals(label, place, search.framework.size)[0]))
        if found is None:
            return None
        labels[self.reduction.parts[number].members] = found
        return labels

    def in_some(self, arguments: Indices) -> Truths:
        """Say of each argument whether some extension has it in."""
        if not self.exists():
            return np.zeros(len(arguments), dtype=np.bool_)
        return self._ask(arguments, IN, self.semantics.held_in_some)

    def in_all(self, arguments: Indices) -> Truths:
        """Say of each argument whether every extension has it in."""
        return self._in_all(arguments, IN)

    def out_in_all(self, arguments: Indices) -> Truths:
        """Say of each argument whether every extension attacks it."""
        return self._in_all(arguments, OUT)

    def _in_all(self, arguments: Indices, label: int) -> Truths:
        if not self.exists():
            return np.ones(len(arguments), dtype=np.bool_)
        return self._ask(arguments, label, self.semantics.held_in_all)

    def _ask(
        self,
        arguments: Indices,
        label: int,
        question: Callable[[Search, Literals], Truths],
    ) -> Truths:
        """Answer for grounded arguments at once, and part by part for the rest."""
        answers = self.reduction.labels[arguments] == label
        part_of = self.reduction.part_of[arguments]
        order = np.argsort(part_of, kind="stable")
        numbers = np.arange(len(self.reduction.parts) + 1)
        bounds = np.searchsorted(part_of[order], numbers).tolist()
        for number, (start, end) in enumerate(pairwise(bounds)):
            if start < end:
                asked = order[start:end]
                search = self._search(number)
                places = self.reduction.place[arguments[asked]]
                size = search.framework.size
                answers[asked] = question(search, literals(label, places, size))
        return np.asarray(answers)

    def _about(self, argument: int) -> tuple[Search, Literals]:
        """Find what an argument depends on, and how to say there that it is in."""
        number = int(self.reduction.part_of[argument])
        place = self.reduction.place[[argument]]
        part = self.reduction.parts[number]
        if self.semantics.is_directional:
            near = cone(part.framework, int(place[0]))
            if len(near.members) < len(part.members):
                scope = self.scope[part.members[near.members]]
                search = self.semantics(near.framework, scope)
                return search, np.searchsorted(near.members, place) + 1
        return self._search(number), place + 1

    def _search(self, number: int) -> Search:
        if number not in self._searches:
            part = self.reduction.parts[number]
            scope = self.scope[part.members]
            self._searches[number] = self.semantics(part.framework, scope)
        return self._searches[number]

    def _choices(self, limit: int | None) -> list[list[Labels]]:
        """Enumerate the extensions of each part, one more than *limit* at most."""
        more = None if limit is None else limit + 1
        choices = []
        for number in range(len(self.reduction.parts)):
            choices.append(list(islice(self._search(number).all(), more)))
            if not choices[-1]:
                break
        return choices

    def _joined(self, choice: Iterable[Labels]) -> Labels:
        check_patience()
        labels = self.reduction.labels.copy()
        for part, chosen in zip(self.reduction.parts, choice, strict=True):
            labels[part.members] = chosen
        return labels
