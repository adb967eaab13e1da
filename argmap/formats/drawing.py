"""What formats that draw a map have in common."""

from argmap.model import Map, Relation


def nodes_of(map: Map) -> set[str]:
    """Name the relations that no arrow can show: linked ones, and those aimed at."""
    return {
        *(key for key, relation in map.relations.items() if len(relation.premises) > 1),
        *(r.target.relation for r in map.relations.values() if r.target.relation),
    }


def tag(relation: Relation) -> str:
    """Say in a word or two what a relation is.

    >>> from argmap.model import Target
    >>> tag(Relation(kind="rebut", premises=("a",), target=Target(claim="b")))
    'rebuts'
    """
    words = [f"{relation.kind}s"]
    if relation.scheme:
        words.append(f"({relation.scheme.name})")
    if relation.weight != 1.0:
        words.append(f"{relation.weight:g}")
    return " ".join(words)
