"""Changing a map by operations: all of them or none, and every fault listed.

What comes back is a new map, and the operations *resolved*: keys derived, ``$names``
replaced, cascades spelled out, so that replaying them needs no decisions. Only the map
that results must be valid; between two operations it need not be. The map to begin with
is taken to be valid: what no operation touches is not looked at again.
"""

from collections.abc import Sequence

from msgspec import Struct

from argmap.errors import InvalidMap
from argmap.model.batch import Batch
from argmap.model.draft import Draft
from argmap.model.items import ItemKind, Map
from argmap.model.operations import Operation


class Change(Struct, frozen=True):
    """A map after operations, what they amount to, and what they touched.

    ``operations`` give the same map again. ``touched`` holds kind and key of every item
    added, replaced, removed or moved; a passage is ``source/passage``, and touches its
    source.
    """

    map: Map
    operations: tuple[Operation, ...]
    touched: frozenset[tuple[ItemKind, str]]


def change(map: Map, operations: Sequence[Operation]) -> Change:
    """Apply operations to a valid map; it stays as it is, a new one comes back.

    ``if`` is not looked at: who keeps revisions checks it. O(operations), and one copy
    of each dict that more than a few of them change.

    Raises:
        InvalidMap: The result would be wrong, or an operation names what is not there;
            every fault is listed, with pointers such as ``/operations/0/claim/text``.
        Malformed: A value in a ``set`` is of a wrong type, or its member unknown.

    >>> from argmap.model import Add, Claim
    >>> new = change(Map.of(["tram"]), [Add(claim=Claim(text="It is quiet."))])
    >>> new.touched, list(new.map.claims)
    (frozenset({('claim', 'it-is-quiet')}), ['tram', 'it-is-quiet'])
    """
    draft, made = _run(map, operations)
    return Change(made, tuple(draft.done), frozenset(draft.touched))


def apply(map: Map, operations: Sequence[Operation]) -> Map:
    """Return the map that operations make of a map; see `change`."""
    return change(map, operations).map


def invert(map: Map, operations: Sequence[Operation]) -> tuple[Operation, ...]:
    """Return the operations that undo operations, keys and order included.

    Raises what `change` does: what cannot be done cannot be undone.

    >>> from argmap.model import Add, Claim
    >>> invert(Map.of(["tram"]), [Add(claim=Claim(key="cost", text="It costs."))])
    (Remove(claim='cost'),)
    """
    draft, _ = _run(map, operations)
    return tuple(reversed(draft.undo))


def _run(map: Map, operations: Sequence[Operation]) -> tuple[Draft, Map]:
    batch = Batch(map, operations)
    for index, operation in enumerate(operations):
        batch.do(index, operation)
    made = batch.draft.map()
    if faults := batch.faults(made):
        raise InvalidMap(faults)
    return batch.draft, made
