"""A map as a valid tree of nodes, whole or in pages.

Where everything has its place is said in `argmap.render.places`, and what of it is
shown in `argmap.render.view`. A nested tree ends where JSON gets too deep for many
readers; in the flat form each node names its parent, and there is no such end.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Unpack

from msgspec import Struct

from argmap.errors import TooDeep
from argmap.model import Map
from argmap.plugin import Verdict
from argmap.render.boxes import arrange
from argmap.render.nodes import (
    FACTS,
    PLACE,
    Facts,
    FlatNode,
    FlatTree,
    Node,
    SomeFlatNode,
    SomeFlatTree,
    SomeNode,
    SomeTree,
    Tree,
    Via,
)
from argmap.render.places import DEEPEST
from argmap.render.view import Shown, View


def tree(map: Map, root: str, **shown: Unpack[Shown]) -> Tree:
    """Unfold a map from one claim as a tree, however it is knotted.

    Cost: O(relations of the map + places down to one level below what is shown).

    Args:
        map: The map.
        root: The key of the claim to start from.
        shown: See `argmap.render.view.Shown`.

    Raises:
        NotFound: There is no such root or place.
        Malformed: *cursor* is none, or belongs to another place or order; *focus* is
            not below the place that is shown first.
        Stale: *cursor* was made at another revision.
        TooDeep: More than 248 levels would be shown; `flat_tree` has no such limit.

    >>> m = Map.of(["tram", "cost"], rebuts=[("cost", "tram")])
    >>> node = tree(m, "tram").root.children[0]
    >>> node.id, node.side, node.child_count
    ('tram_r1_cost', 'con', 0)
    """
    view = View(map, root, **shown)
    return Tree(**_header(view), root=_nested(view, Node))


def some_tree(
    map: Map, root: str, fields: Collection[str], **shown: Unpack[Shown]
) -> SomeTree:
    """Unfold a map as `tree` does, with those members of nodes that *fields* name."""
    view = View(map, root, **shown)
    return SomeTree(**_header(view), root=_nested(view, SomeNode, fields))


def flat_tree(map: Map, root: str, **shown: Unpack[Shown]) -> FlatTree:
    """Unfold a map as `tree` does, into a list: parents first, level by level.

    >>> m = Map.of(["tram", "cost"], rebuts=[("cost", "tram")])
    >>> [(node.claim, node.parent) for node in flat_tree(m, "tram").nodes]
    [('tram', None), ('cost', 'tram')]
    """
    view = View(map, root, **shown)
    return FlatTree(**_header(view), nodes=_flat(view, FlatNode))


def some_flat_tree(
    map: Map, root: str, fields: Collection[str], **shown: Unpack[Shown]
) -> SomeFlatTree:
    """Unfold a map as `flat_tree` does, with some members of nodes."""
    view = View(map, root, **shown)
    return SomeFlatTree(**_header(view), nodes=_flat(view, SomeFlatNode, fields))


Columns = dict[str, Sequence[Any]]
"""Members of nodes by name, each as a list: of the places that are shown, in order."""


def _header(view: View) -> dict[str, Any]:
    rule = view.evaluation.rule if view.evaluation else None
    return {
        "map": view.map.key,
        "revision": view.revision,
        "rule": rule,
        "language": view.map.language,
    }


def _nested(
    view: View, kind: type[Struct], fields: Collection[str] | None = None
) -> Any:
    level, below = view.places.level, view.below
    if level[view.shown[-1]] - level[view.start] > DEEPEST:
        raise TooDeep(DEEPEST)
    made: list[Any] = []

    def children() -> Iterator[tuple[Any, ...]]:
        """Give those of each place from the last on: the first made and not taken."""
        taken = 0
        for place in reversed(view.shown):
            count = len(below.get(place, ()))
            yield tuple(made[taken : taken + count][::-1]) if count else ()
            taken += count

    columns = {name: column[::-1] for name, column in _columns(view, fields).items()}
    for node in _nodes(kind, columns, "children", children()):
        made.append(node)  # at once: the one above is made of it
    return made[-1]


def _flat(
    view: View, kind: type[Struct], fields: Collection[str] | None = None
) -> tuple[Any, ...]:
    columns = _columns(view, fields)
    ids = columns["id"]
    parents = [None if above < 0 else ids[above] for above in view.above()]
    return tuple(_nodes(kind, columns, "parent", parents))


def _nodes(
    kind: type[Struct], columns: Columns, last: str, beside: Iterable[Any]
) -> Iterator[Any]:
    """Make nodes, in the order of columns, with what their kind has *beside*."""
    if tuple(columns) == FACTS and issubclass(kind, Facts):  # by place: that is quick
        return map(kind, *columns.values(), beside)
    names = (*columns, last)
    rows = zip(*columns.values(), beside, strict=True)
    return (kind(**dict(zip(names, row, strict=True))) for row in rows)


def _columns(view: View, fields: Collection[str] | None) -> Columns:
    """Say what nodes say: all facts, or those of *fields*; and where, if asked for."""
    columns = dict(zip(FACTS, _facts(view), strict=True))
    if fields is not None:
        columns = {
            name: column
            for name, column in columns.items()
            if name == "id" or name in fields
        }
    return columns | (_boxes(view) if view.has_layout else {})


def _facts(view: View) -> tuple[Sequence[Any], ...]:
    """List what `argmap.render.nodes.Facts` lists, in its order, column by column.

    Lists are made and read by what is written in C: trees are large.
    """
    shown, below, following = view.shown, view.below, view.next
    told = view.places.columns(shown)
    ids, keys, revs, texts, sides, counts, references, *lead = told
    first = not view.start  # nothing leads to the root
    lead = [column[first:] for column in lead]
    strengths: Sequence[float | None] = [None] * len(shown)
    verdicts: Sequence[Verdict | None] = [None] * len(shown)
    carried = strengths[first:]
    if view.evaluation:
        strengths, verdicts = view.evaluation.worth(keys)
        carried = view.evaluation.carried(lead[0])
    return (
        ids,
        keys,
        revs,
        texts,
        strengths,
        verdicts,
        sides,
        [None] * first + list(map(Via, *lead, carried)),
        counts,
        [n and n - len(below.get(p, ())) for p, n in zip(shown, counts, strict=True)],
        [view.cursor(place) if place in following else None for place in shown],
        references,
    )


def _boxes(view: View) -> Columns:
    """Say where the boxes of the places that are shown are."""
    claims, claim = view.map.claims, view.places.claim
    texts = [claims[claim[place]].text for place in view.shown]
    boxes = arrange(view.above(), texts)
    return {name: [getattr(box, name) for box in boxes] for name in PLACE}
