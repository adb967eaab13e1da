"""A SAT solver that can be called off: CaDiCaL, in slices.

CaDiCaL cannot be interrupted, so it gets a few hundred conflicts at a time, some
milliseconds, and between slices whoever asked may stop it. It aborts the process if a
model is read after a clause was added, so models are read at once and handed out as
arrays.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pysat.solvers import Cadical195

from argmap.plugin import check_patience

Clause = list[int]
Model = NDArray[np.bool_]

# A slice: 10 to 50 ms on hard formulas (measured), and the interpreter waits for it.
_CONFLICTS: Final = 500
_CLAUSES: Final = 10_000  # that are added in about as long


class Oracle:
    """A formula over the variables 1 … n that grows and is asked for models.

    A literal is a variable, or its negative: that the variable is false.
    """

    def __init__(
        self, size: int, clauses: Iterable[Clause], likely: Sequence[int] = ()
    ) -> None:
        """Take *size* variables, *clauses*, and *likely*: literals to try first."""
        self._size = self._last = size
        self._solver = Cadical195()
        for number, clause in enumerate(clauses):
            if number % _CLAUSES == 0:
                check_patience()
            self._solver.add_clause(clause)
        if likely:
            self._solver.set_phases(likely)

    def add(self, clause: Clause) -> None:
        """Require one of the literals from now on."""
        self._solver.add_clause(clause)

    def switch(self, clause: Clause) -> int:
        """Require one of the literals wherever the literal given back is assumed."""
        self._last += 1
        self._solver.add_clause([-self._last, *clause])
        return self._last

    def solve(
        self, assumptions: Clause | None = None, one_of: Clause | None = None
    ) -> Model | None:
        """Find a model, for this once under assumptions and with one of *one_of*.

        Returns:
            Shape (n + 1,), the truth of each variable at its own place; None: no model.

        Raises:
            TooSlow: The time is up.
            Cancelled: The computation was called off.
        """
        assumed = list(assumptions or ())
        if one_of is None or len(one_of) == 1:
            return self._solve(assumed + (one_of or []))
        switch = self.switch(one_of)
        model = self._solve([*assumed, switch])
        self._solver.add_clause([-switch])  # never again: the solver may forget it
        return model

    def _solve(self, assumed: Clause) -> Model | None:
        found = None
        while found is None:
            check_patience()
            self._solver.conf_budget(_CONFLICTS)
            found = self._solver.solve_limited(assumptions=assumed)
        if not found:
            return None
        values = np.zeros(self._size + 1, dtype=np.bool_)
        model = np.array(self._solver.get_model()[: self._size])
        values[1 : len(model) + 1] = model > 0
        return values
