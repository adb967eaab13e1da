"""Claims that nobody has made yet, each of which rebuts one that is in the map."""

from collections.abc import Sequence
from itertools import count

from argmap.model import Claim, Map, Relation, Target


def rebuttals_of(map_: Map, keys: Sequence[str]) -> dict[str, tuple[Claim, Relation]]:
    """Make a claim that rebuts each of some, and its relation, of keys of their own.

    >>> claim, relation = rebuttals_of(Map.of("ab"), ["a"])["a"]
    >>> claim.key, relation.premises, relation.target.claim
    ('rebuttal-of-a', ('rebuttal-of-a',), 'a')
    """
    taken = {*map_.claims, *map_.relations}
    found = {}
    for key in keys:
        stem = own = f"rebuttal-of-{key}"[:64].rstrip("-")
        endings = ("-x" if n == 1 else f"-x{n}" for n in count(1))
        while own in taken:
            ending = next(endings)
            own = stem[: 64 - len(ending)] + ending
        taken.add(own)
        claim = Claim(key=own, text=f"A rebuttal of “{key}”.", base_score=1.0)
        found[key] = (
            claim,
            Relation(key=own, kind="rebut", premises=(own,), target=Target(claim=key)),
        )
    return found
