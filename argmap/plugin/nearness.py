"""How far the items of a map are from a claim."""

from collections import defaultdict, deque

from argmap.model import Map, Relation


def steps_to(map: Map, claim: str) -> dict[str, int]:
    """Count the relations from each claim, and from each ``/relation``, to a claim.

    Those that do not lead there are left out. O(claims + relations).

    >>> steps_to(Map.of("abc", rebuts=[("a", "b")], undercuts=[("c", "r1")]), "b")
    {'b': 0, '/r1': 1, 'a': 1, '/r2': 2, 'c': 2}
    """
    onto = defaultdict[str, list[Relation]](list)
    for relation in map.relations.values():
        onto[relation.target.claim or f"/{relation.target.relation}"].append(relation)
    steps, waiting = {claim: 0}, deque([claim])
    while waiting:
        reached = waiting.popleft()
        for relation in onto[reached]:
            for each in (f"/{relation.key}", *relation.premises):
                if each not in steps:
                    steps[each] = steps[reached] + 1
                    waiting.append(each)
    return steps
