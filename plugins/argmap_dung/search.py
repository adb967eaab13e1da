"""Searching one framework for the extensions of one semantics.

All questions come down to one: is there an extension, not known yet, that keeps one of
these literals? What has been found is remembered, so the next question starts further
on. A semantics says how to find; how to ask is the same for all of them.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar, Final

import numpy as np

from argmap.plugin import Framework
from argmap_dung.encoding import Labels, Literals, Truths, another, labelling, satisfied
from argmap_dung.oracle import Clause, Model, Oracle

NOTHING: Final[Literals] = np.zeros(0, dtype=np.int64)


class Search(ABC):
    """The extensions of one framework, as far as they are known.

    The framework has no grounded arguments: `argmap_dung.reduction` sees to that.

    Attributes:
        is_directional: Whether an argument's status depends on nothing but what attacks
            it, directly or not (Baroni & Giacomin, AIJ 2007).
        always_exists: Whether every framework has an extension.
        known: What was found so far, as labellings.
        is_exhausted: Whether that is all.
    """

    is_directional: ClassVar[bool] = True
    always_exists: ClassVar[bool] = True

    def __init__(self, framework: Framework, scope: Truths) -> None:
        """Search *framework*; *scope* says which arguments count where ranges do."""
        self.framework = framework
        self.scope = scope
        self.known: list[Labels] = []
        self.is_exhausted = False

    @abstractmethod
    def find(self, wanted: Literals = NOTHING, /) -> Labels | None:
        """Find an extension that is not known yet and remember it, or give None.

        Args:
            wanted: Literals of which it has to keep one, and of which no known
                extension keeps any. Empty: any extension will do.
        """

    def all(self) -> Iterator[Labels]:
        """Enumerate the extensions, each once."""
        place = 0
        while place < len(self.known) or self._goes_on():
            yield self.known[place]
            place += 1

    def one(self) -> Labels | None:
        """Give some extension; None: there is none."""
        return next(self.all(), None)

    def held_in_some(self, wanted: Literals) -> Truths:
        """Say of each literal whether some extension keeps it."""
        is_held = np.zeros(len(wanted), dtype=np.bool_)
        for labels in self.known:
            is_held |= satisfied(labels, wanted)
        while not (self.is_exhausted or is_held.all()):
            labels_or_none = self.find(wanted[~is_held])
            if labels_or_none is None:
                break
            is_held |= satisfied(labels_or_none, wanted)
        return is_held

    def held_in_all(self, wanted: Literals) -> Truths:
        """Say of each literal whether every extension keeps it."""
        first = self.one()
        if first is None:
            return np.ones(len(wanted), dtype=np.bool_)
        is_held = satisfied(first, wanted)
        is_held[is_held] = ~self.held_in_some(-wanted[is_held])
        return is_held

    def keeping(self, literal: int) -> Labels | None:
        """Give an extension that keeps a literal, or an admissible part of one.

        A labelling: what it says is in is admissible, and out is what that attacks.
        None: no extension keeps it.
        """
        wanted = np.array([literal])
        if not self.held_in_some(wanted)[0]:
            return None
        return next(each for each in self.seen if satisfied(each, wanted)[0])

    @property
    def seen(self) -> list[Labels]:
        """Give the labellings that answers are read off."""
        return self.known

    def _goes_on(self) -> bool:
        self.is_exhausted = self.is_exhausted or self.find() is None
        return not self.is_exhausted


class ModelSearch(Search):
    """A search for the models of a formula, where each is an extension."""

    @abstractmethod
    def formula(self) -> Oracle:
        """Require an extension. Asked for once, where there is something to find."""

    @cached_property
    def oracle(self) -> Oracle:
        """Give the formula, less the extensions that are known."""
        oracle = self.formula()
        for labels in self.known:
            oracle.add(another(labels))
        return oracle

    def find(self, wanted: Literals = NOTHING, /) -> Labels | None:
        """Find a model that is not known yet."""
        model = self.oracle.solve(one_of=self.say(wanted) or None)
        if model is None:
            return None
        labels = self.read(model)
        self.known.append(labels)
        self.oracle.add(another(labels))
        return labels

    def say(self, wanted: Literals) -> Clause:
        """Put literals into the words of the formula."""
        clause: Clause = wanted.tolist()
        return clause

    def read(self, model: Model) -> Labels:
        """Turn a model into a labelling."""
        return labelling(model)


class OneSearch(Search):
    """A search under a semantics with exactly one extension."""

    @abstractmethod
    def only(self) -> Labels:
        """Compute the extension; asked for once."""

    def find(self, _: Literals = NOTHING, /) -> Labels | None:
        """Give the extension, the first time."""
        if self.known:
            return None
        self.known.append(self.only())
        return self.known[0]
