"""The application: every controller by name, and what holds for all of them."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from litestar import Litestar, Router
from litestar.types import ControllerRouterHandler

from argmap.api import errors
from argmap.api.audit import AuditController
from argmap.api.briefs import BriefController
from argmap.api.changes import ChangeController
from argmap.api.claims import ClaimController
from argmap.api.debate import DebateController
from argmap.api.diffs import DiffController
from argmap.api.docs import DocsController
from argmap.api.evaluations import EvaluationController, EvaluationTableController
from argmap.api.events import EventController
from argmap.api.exchange import ExportController, ImportController
from argmap.api.explanations import ExplanationController
from argmap.api.flips import FlipController
from argmap.api.formats import FormatController
from argmap.api.front import Front, require_loopback
from argmap.api.graphs import GraphController
from argmap.api.health import HealthController, ReadyController
from argmap.api.jobs import JobController
from argmap.api.keys import KeyController
from argmap.api.maps import MapController
from argmap.api.members import MemberController
from argmap.api.merges import MergeController
from argmap.api.metrics import MetricController
from argmap.api.observed import Observed
from argmap.api.openapi import OpenapiController
from argmap.api.pages import PageController, StaticController
from argmap.api.parameters import BASE
from argmap.api.passages import PassageController
from argmap.api.pictures import PictureController
from argmap.api.quotes import QuoteController
from argmap.api.relations import RelationController
from argmap.api.requests import StrictRequest, check
from argmap.api.rounds import RoundController, RoundFormatController
from argmap.api.rules import RuleController
from argmap.api.schemes import SchemeController
from argmap.api.search import SearchController
from argmap.api.sources import SourceController
from argmap.api.texts import TextController
from argmap.api.trees import TreeController
from argmap.api.what_if import WhatIfController
from argmap.errors import Malformed, NotFound
from argmap.service.desk import Desk
from argmap.settings import Settings

CONTROLLERS: Final[tuple[ControllerRouterHandler, ...]] = (
    AuditController,
    BriefController,
    ChangeController,
    ClaimController,
    DebateController,
    DiffController,
    EvaluationController,
    EvaluationTableController,
    EventController,
    ExplanationController,
    ExportController,
    FlipController,
    FormatController,
    GraphController,
    JobController,
    KeyController,
    MapController,
    MemberController,
    MergeController,
    PassageController,
    PictureController,
    QuoteController,
    RelationController,
    RoundController,
    RoundFormatController,
    RuleController,
    SchemeController,
    SearchController,
    SourceController,
    TextController,
    TreeController,
    WhatIfController,
)
"""What is below ``/api/v1``, beside imports, whose bodies may be larger."""

BESIDE: Final[tuple[ControllerRouterHandler, ...]] = (
    DocsController,
    HealthController,
    MetricController,
    OpenapiController,
    PageController,
    ReadyController,
    StaticController,
)
"""What has the same path in every version of the API."""


YOUNG: Final = 50_000
"""Objects that are made before Python looks for rings among them.

Its own 700 are a few requests: the dicts of a large map would be looked through after
every few changes of it, not after a thousand.
"""


def _require_default(desk: Desk) -> None:
    # Told now, and not to whoever is the first to name no rule.
    try:
        desk.host.rule(desk.settings.default_rule)
    except NotFound as error:
        raise Malformed(f"default_rule: {error} (`argmap rules` lists all)") from error


def create_app(settings: Settings) -> Litestar:
    """Make the application that *settings* describe.

    The store is opened when the application starts and closed when it ends. It starts
    only if the rule that counts by default is there.

    Raises:
        Malformed: *settings* name an address that others than this machine can reach,
            and ask nobody for a key.
    """
    require_loopback(settings)

    @asynccontextmanager
    async def opened(app: Litestar) -> AsyncIterator[None]:
        desk = Desk.open(settings)
        app.state.desk = desk
        gc.freeze()  # what is here now, stays
        gc.set_threshold(YOUNG)
        try:
            _require_default(desk)
            yield
        finally:
            await desk.jobs.close()
            desk.close()

    app = Litestar(
        [
            Router(BASE, route_handlers=CONTROLLERS),
            Router(
                BASE,
                route_handlers=[ImportController],
                request_max_body_size=settings.max_import_bytes,
            ),
            *(
                each
                for each in BESIDE
                if settings.metrics or each is not MetricController
            ),
        ],
        before_request=check,
        exception_handlers=errors.HANDLERS,
        lifespan=[opened],
        logging_config=None,
        openapi_config=None,
        request_class=StrictRequest,
        request_max_body_size=settings.max_body_bytes,
    )
    front = Front(app.asgi_handler, settings)
    app.asgi_handler = Observed(front, settings.log_requests)
    return app
