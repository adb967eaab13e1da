"""Labellings as propositional formulas.

Of a framework of n arguments, the literal ``a + 1`` says that argument a is in, and
``n + a + 1`` that it is out; negative literals say that it is not. Stable labellings
leave nothing undecided, so theirs need one variable an argument.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from argmap.plugin import IN, OUT, UNDECIDED, Framework
from argmap_dung.oracle import Clause, Model

Labels = NDArray[np.int8]
Literals = NDArray[np.int64]
Truths = NDArray[np.bool_]


def literals(label: int, arguments: NDArray[np.int64], size: int) -> Literals:
    """Say of each argument that it is `IN`, or `OUT`, in a framework of *size*."""
    return arguments + 1 if label == IN else arguments + 1 + size


def opposite(wanted: Literals, size: int) -> Literals:
    """Say out where *wanted* says in, and in where it says out."""
    return np.where(wanted > size, wanted - size, wanted + size)


def satisfied(labels: Labels, wanted: Literals) -> Truths:
    """Say which of the literals a labelling satisfies."""
    size = len(labels)
    truth = np.empty(2 * size + 1, dtype=np.bool_)
    truth[1 : size + 1] = labels == IN
    truth[size + 1 :] = labels == OUT
    return np.asarray(truth[np.abs(wanted)] == (wanted > 0))


def labelling(model: Model) -> Labels:
    """Read the labels off a model of `complete_clauses`."""
    size = len(model) // 2
    labels = np.full(size, UNDECIDED, dtype=np.int8)
    labels[model[1 : size + 1]] = IN
    labels[model[size + 1 :]] = OUT
    return labels


def another(labels: Labels) -> Clause:
    """Require another labelling: no two of one semantics have the same arguments in."""
    is_in = np.arange(1, len(labels) + 1)
    clause: Clause = np.where(labels == IN, -is_in, is_in).tolist()
    return clause


def admissible_clauses(framework: Framework) -> Iterator[Clause]:
    """Require an admissible labelling. O(attacks) literals.

    In only if all attackers are out, out if and only if some attacker is in.
    """
    size = framework.size
    for argument, attackers in enumerate(attackers_of(framework)):
        is_in, is_out = argument + 1, size + argument + 1
        yield [-is_in, -is_out]
        yield [-is_out, *(b + 1 for b in attackers)]
        for b in attackers:
            yield [-(b + 1), is_out]
            yield [-is_in, size + b + 1]


def complete_clauses(framework: Framework) -> Iterator[Clause]:
    """Require a complete labelling: an admissible one that leaves out none it defends.

    Caminada, JELIA 2006: in if and only if all attackers are out, out if and only if
    some attacker is in. Besnard & Doutre, NMR 2004, encode the same by sets.
    """
    yield from admissible_clauses(framework)
    size = framework.size
    for argument, attackers in enumerate(attackers_of(framework)):
        yield [argument + 1, *(-(size + b + 1) for b in attackers)]


def stable_clauses(framework: Framework) -> Iterator[Clause]:
    """Require a stable extension: conflict-free, and attacking all the rest.

    Dung, AIJ 1995, Definition 13; Besnard & Doutre, NMR 2004.
    """
    for argument, attackers in enumerate(attackers_of(framework)):
        yield [argument + 1, *(b + 1 for b in attackers)]
        for b in attackers:
            yield [-(argument + 1), -(b + 1)]


def attackers_of(framework: Framework) -> Iterator[Sequence[int]]:
    """List the attackers of each argument, one argument after the other."""
    order = np.argsort(framework.targets, kind="stable")
    sources = framework.sources[order].tolist()
    counts = np.bincount(framework.targets, minlength=framework.size)
    end = 0
    for count in counts.tolist():
        start, end = end, end + count
        yield sources[start:end]
