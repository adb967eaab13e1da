"""Abstract argumentation frameworks (Dung, AIJ 1995) and their grounded labelling."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from argmap.engine.patience import check_patience

Indices = NDArray[np.int64]

UNDECIDED, IN, OUT = range(3)

# Fronts smaller than this are walked by a plain loop (measured).
_SMALL_FRONT: Final = 64


@dataclass(frozen=True, eq=False)
class Framework:
    """Arguments 0 … size - 1 and attacks between them; duplicates do no harm."""

    size: int
    sources: Indices
    targets: Indices

    @cached_property
    def starts(self) -> Indices:
        """Give where each argument's attacks start in `attacked`."""
        counts = np.bincount(self.sources, minlength=self.size)
        return np.concatenate([[0], np.cumsum(counts)])

    @cached_property
    def attacked(self) -> Indices:
        """List what each argument attacks, argument by argument."""
        return self.targets[np.argsort(self.sources, kind="stable")]

    def grounded(self, acting: "Framework | None" = None) -> NDArray[np.int8]:
        """Label what is in or out without any choice, O(arguments + attacks).

        Dung, AIJ 1995; as a labelling Caminada, JELIA 2006: the least complete one. In
        are those all of whose attackers are out, out those with an attacker in.

        Args:
            acting: The same arguments with some of the attacks: only these put anything
                out; all of them have to be answered. The more act, the more is labelled
                in and out. None: all.

        Returns:
            Shape (size,): `IN`, `OUT` or `UNDECIDED`.

        >>> chain = Framework(3, np.array([0, 1]), np.array([1, 2]))
        >>> chain.grounded().tolist()  # in, out, in
        [1, 2, 1]
        """
        labels = np.zeros(self.size, dtype=np.int8)
        missing = np.bincount(self.targets, minlength=self.size)
        front = np.flatnonzero(missing == 0)
        while len(front):
            labels[front] = IN
            if len(front) < _SMALL_FRONT:
                front = self._few(front, labels, missing, acting or self)
            else:
                front = self._many(front, labels, missing, acting or self)
        return labels

    def grounded_together(self, acts: NDArray[np.bool_]) -> NDArray[np.int8]:
        """Label several frameworks that have some of the attacks each, as `grounded`.

        Eight at once, a bit for each. Only what a change can reach is looked at again.

        Args:
            acts: Shape (attacks, B): which attacks each framework has.

        Returns:
            Shape (size, B).

        >>> chain = Framework(3, np.array([0, 1]), np.array([1, 2]))
        >>> chain.grounded_together(np.array([[True, False], [True, True]])).tolist()
        [[1, 1], [2, 1], [1, 2]]
        """
        order = np.argsort(self.targets, kind="stable")
        attackers, present = self.sources[order], np.packbits(acts[order], axis=1)
        counts = np.bincount(self.targets, minlength=self.size)
        starts = np.concatenate([[0], np.cumsum(counts)])
        shape = (self.size, present.shape[1])
        is_in = np.zeros(shape, dtype=np.uint8)
        is_in[counts == 0] = 255
        is_out = np.zeros(shape, dtype=np.uint8)
        left = np.flatnonzero(counts)
        while len(left):
            check_patience()
            places, bounds = _ranges(starts, left)
            acting, by = present[places], attackers[places]
            ins = np.bitwise_and.reduceat(is_out[by] | ~acting, bounds, axis=0)
            outs = np.bitwise_or.reduceat(is_in[by] & acting, bounds, axis=0)
            is_new = ((ins != is_in[left]) | (outs != is_out[left])).any(axis=1)
            is_in[left], is_out[left] = ins, outs
            left = np.unique(self._attacked_by(left[is_new]))
        width = acts.shape[1]
        accepted, rejected = (
            np.unpackbits(bits, axis=1, count=width).astype(np.int8)
            for bits in (is_in, is_out)
        )
        return accepted * np.int8(IN) + rejected * np.int8(OUT)

    def _few(
        self,
        front: Indices,
        labels: NDArray[np.int8],
        missing: Indices,
        acting: "Framework",
    ) -> Indices:
        """Carry *front*, newly in, one round further, argument by argument."""
        starts, attacked = self.starts.data, self.attacked.data
        bounds, hit = acting.starts.data, acting.attacked.data
        labels_, missing_ = labels.data, missing.data
        ready = []
        for argument in map(int, front):
            for i in range(bounds[argument], bounds[argument + 1]):
                out = hit[i]
                if labels_[out] == OUT:
                    continue
                labels_[out] = OUT
                for j in range(starts[out], starts[out + 1]):
                    missing_[attacked[j]] -= 1
                    if missing_[attacked[j]] == 0 and not labels_[attacked[j]]:
                        ready.append(attacked[j])
        return np.array(ready, dtype=np.int64)

    def _many(
        self,
        front: Indices,
        labels: NDArray[np.int8],
        missing: Indices,
        acting: "Framework",
    ) -> Indices:
        """Carry *front*, newly in, one round further, by array operations."""
        out = np.unique(acting._attacked_by(front))
        out = out[labels[out] != OUT]
        labels[out] = OUT
        freed, times = np.unique(self._attacked_by(out), return_counts=True)
        missing[freed] -= times
        is_ready = (missing[freed] == 0) & (labels[freed] == UNDECIDED)
        return np.asarray(freed[is_ready])

    def _attacked_by(self, arguments: Indices) -> Indices:
        return np.asarray(self.attacked[_ranges(self.starts, arguments)[0]])


def _ranges(starts: Indices, arguments: Indices) -> tuple[Indices, Indices]:
    """Give the places of all that is filed under arguments, and where each begins."""
    widths = starts[arguments + 1] - starts[arguments]
    bounds = np.cumsum(widths) - widths
    places = np.repeat(starts[arguments] - bounds, widths) + np.arange(widths.sum())
    return places, bounds
