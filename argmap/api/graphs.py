"""Whole maps as graphs, for clients that lay them out themselves."""

from typing import Any, Final

from litestar import Controller, Response, get

from argmap.api import answers
from argmap.api.evaluations import OPTION, PARAMETER, chosen
from argmap.api.parameters import At, Expanded, IfNoneMatch, MapKey, Rule
from argmap.api.requests import StrictRequest
from argmap.errors import InvalidParameters, PluginFault, PluginTooSlow, TooSlow
from argmap.formats.graphml import GRAPHML
from argmap.render.graph import Graph
from argmap.service import graphs

_FAILURES: Final = (InvalidParameters, PluginFault, PluginTooSlow, TooSlow)


class GraphController(Controller):
    """Whole maps as nodes and edges."""

    path = "/maps/{map:str}"
    tags = ("trees",)

    @get(
        "/graph",
        operation_id="getGraph",
        errors=_FAILURES,
        open_query=(PARAMETER, OPTION),
    )
    async def read(
        self,
        request: StrictRequest,
        map_key: MapKey,
        rule: Rule = None,
        at: At = None,
        expand: Expanded = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[Graph]:
        """Give a map as nodes and edges, as Cytoscape.js takes them.

        Claims and relations are nodes; an edge leads from each premise to its relation,
        and one from there to the target. Nodes have what the rule makes of them.
        """
        asked = chosen(request, rule, expand)
        view = await graphs.one(request.desk, map_key, asked, "json", at)
        return await answers.derived(request, view, if_none_match)

    @get(
        "/graph.graphml",
        operation_id="getGraphAsGraphml",
        media_type=GRAPHML.media_type,
        errors=_FAILURES,
        open_query=(PARAMETER, OPTION),
    )
    async def written(
        self,
        request: StrictRequest,
        map_key: MapKey,
        rule: Rule = None,
        at: At = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response[Any]:
        """Give a map as nodes and edges, as GraphML."""
        asked = chosen(request, rule)
        view = await graphs.one(request.desk, map_key, asked, "graphml", at)
        return await answers.derived(request, view, if_none_match, GRAPHML.media_type)
