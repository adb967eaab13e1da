"""What is left of a framework when all that needs no search is done.

Every extension of the semantics here contains the grounded one, so what that decides is
settled first; the undecided rest falls apart into parts that no attack connects, and
each part is searched by itself. An extension of the whole is one of each part. Parts
are not taken apart further, into strongly connected components: where 40 of them hang
together, the solver finds an extension within 30 ms as it is.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from argmap.plugin import UNDECIDED, Framework
from argmap_dung.encoding import Labels, attackers_of

Indices = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Part:
    """Some arguments of a framework, and the attacks among them as one of their own.

    Attributes:
        members: Argument i of the part is argument ``members[i]`` of the whole.
        framework: The attacks among the members.
    """

    members: Indices
    framework: Framework


@dataclass(frozen=True, eq=False)
class Reduction:
    """A framework of n arguments after grounded reduction.

    Attributes:
        labels: Shape (n,), the grounded labelling.
        parts: The undecided arguments by connected component, smallest part first: if
            one has no stable extension, that is seen before the larger ones are
            searched.
        part_of: Shape (n,), each argument's part, -1 where the label is settled.
        place: Shape (n,), its place among the part's members.
    """

    labels: Labels
    parts: tuple[Part, ...]
    part_of: Indices
    place: Indices


def reduce(framework: Framework) -> Reduction:
    """Label what is grounded and take the rest apart. O(arguments + attacks)."""
    labels = framework.grounded()
    rest = restrict(framework, np.flatnonzero(labels == UNDECIDED))
    part_of = np.full(framework.size, -1)
    place = np.zeros(framework.size, dtype=np.int64)
    if not len(rest.members):
        return Reduction(labels, (), part_of, place)
    parts = _split(rest, *_ranked(_components(rest.framework)))
    for i, part in enumerate(parts):
        part_of[part.members] = i
        place[part.members] = np.arange(len(part.members))
    return Reduction(labels, parts, part_of, place)


def restrict(framework: Framework, members: Indices) -> Part:
    """Keep some arguments, given in order, and the attacks among them."""
    place = np.full(framework.size, -1)
    place[members] = np.arange(len(members))
    sources, targets = place[framework.sources], place[framework.targets]
    is_inside = (sources >= 0) & (targets >= 0)
    return Part(
        members, Framework(len(members), sources[is_inside], targets[is_inside])
    )


def cone(framework: Framework, argument: int) -> Part:
    """Keep an argument and all that it depends on: its direct and indirect attackers.

    Under a directional semantics its status there is its status in the whole: Baroni &
    Giacomin, AIJ 2007.
    """
    attackers = list(attackers_of(framework))
    is_near = np.zeros(framework.size, dtype=np.bool_)
    is_near[argument] = True
    seen, front = is_near.data, [argument]
    while front:
        for attacker in attackers[front.pop()]:
            if not seen[attacker]:
                seen[attacker] = True
                front.append(attacker)
    return restrict(framework, np.flatnonzero(is_near))


def _components(framework: Framework) -> Indices:
    """Give each argument the first one that attacks connect it with, in any direction.

    In every round, whoever touches a smaller name takes it on, and so does all that has
    its name: a logarithmic number of rounds.
    """
    names = np.arange(framework.size)
    while True:
        one, other = names[framework.sources], names[framework.targets]
        smaller = np.minimum(one, other)
        renamed = np.arange(framework.size)
        np.minimum.at(renamed, one, smaller)
        np.minimum.at(renamed, other, smaller)
        while not np.array_equal(renamed, further := renamed[renamed]):
            renamed = further
        if np.array_equal(names, found := renamed[names]):
            return names
        names = found


def _ranked(names: Indices) -> tuple[Indices, Indices]:
    """Give each argument the number of its component, by size, and the sizes."""
    _, component, sizes = np.unique(names, return_inverse=True, return_counts=True)
    order = np.argsort(sizes, kind="stable")
    numbers = np.empty_like(order)
    numbers[order] = np.arange(len(order))
    return numbers[component], sizes[order]


def _split(rest: Part, rank: Indices, sizes: Indices) -> tuple[Part, ...]:
    """Take a framework apart, given the number of each argument's part."""
    order = np.argsort(rank, kind="stable")
    starts = np.concatenate([[0], np.cumsum(sizes)])
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order)) - starts[rank[order]]
    whole = rest.framework
    rank_of = rank[whole.sources]
    by_part = np.argsort(rank_of, kind="stable")
    sources, targets = place[whole.sources[by_part]], place[whole.targets[by_part]]
    members = rest.members[order]
    ends = np.searchsorted(rank_of[by_part], np.arange(len(sizes) + 1)).tolist()
    return tuple(
        Part(members[a:b], Framework(b - a, sources[c:d], targets[c:d]))
        for (a, b), (c, d) in zip(
            pairwise(starts.tolist()), pairwise(ends), strict=True
        )
    )
