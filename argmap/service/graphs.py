"""Whole maps as graphs, with what a rule makes of them."""

from collections.abc import Callable
from typing import Final, Literal

import msgspec

from argmap.formats import graphml
from argmap.model import Map
from argmap.render.graph import Graph, graph
from argmap.service.desk import Desk
from argmap.service.evaluations import Asked, run
from argmap.service.views import View, view

Form = Literal["json", "graphml"]

FORMS: Final[dict[Form, Callable[[Map, Graph], bytes]]] = {
    "json": lambda _, made: msgspec.json.encode(made),
    "graphml": graphml.judged,
}


async def one(
    desk: Desk, map: str, asked: Asked, form: Form, at: int | None = None
) -> View:
    """View a map as a graph, as Cytoscape JSON or as GraphML.

    Raises:
        NotFound: There is no such map or revision.
    """
    snapshot = await desk.snapshot(map, at)

    def make() -> bytes:
        made = graph(snapshot.map, run(snapshot, asked), snapshot.revs.whole())
        return FORMS[form](snapshot.map, made)

    return view(desk, snapshot, ("graph", form, *asked.key), make, asked.rule)
