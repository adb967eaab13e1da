"""Figures for Prometheus."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from litestar import Controller, Response, get

from argmap.api.reply import Reply
from argmap.api.requests import StrictRequest
from argmap.errors import NotFound
from argmap.service import figures
from argmap.service.desk import Desk
from argmap.service.figures import Count, Spread
from argmap.service.views import VERSION

MEDIA_TYPE: Final = "text/plain"
_SIZES: Final = (1, 2, 4, 8, 16, 32, 64)


class MetricController(Controller):
    """Figures of the running server."""

    path = "/metrics"
    tags = ("server",)

    @get(
        operation_id="readMetrics",
        media_type=MEDIA_TYPE,
        errors=(NotFound,),
        needs="admin",
    )
    async def read(self, request: StrictRequest) -> Response[Any]:
        """Give what there is to graph, in the text format of Prometheus.

        Requests and how long their answers took to begin, evaluations by rule, the
        cache, faults of plugins, the queue of writes, listeners, and the process.
        """
        desk = request.desk
        if not desk.settings.metrics:
            raise NotFound("setting", "metrics = true")
        body = await desk.run(_exposed, desk)
        return Reply(content=body, media_type="text/plain; version=0.0.4")


def _exposed(desk: Desk) -> bytes:
    # Only now: most who start argmap never ask.
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.platform_collector import PlatformCollector
    from prometheus_client.process_collector import ProcessCollector

    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    registry.register(_Collector(desk))
    return generate_latest(registry)


class _Collector:
    """What is argmap's own, in Prometheus' words."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def collect(self) -> Iterator[Any]:
        """Give all families of figures as they are now."""
        from prometheus_client.metrics_core import (
            GaugeMetricFamily,
            InfoMetricFamily,
        )

        desk = self._desk
        waiting, groups = desk.store.writes
        yield InfoMetricFamily("argmap", "This server.", {"version": VERSION})
        yield _spread(
            "argmap_request_seconds",
            "Seconds until an answer began.",
            ("method", "route", "status"),
            figures.REQUESTS,
        )
        yield _spread(
            "argmap_evaluation_seconds",
            "Seconds that a rule took to evaluate a map.",
            ("rule",),
            figures.EVALUATIONS,
        )
        yield _count(
            "argmap_cache",
            "What was asked for, and whether it was at hand.",
            ("what", "result"),
            figures.CACHE,
        )
        yield _count(
            "argmap_plugin_faults",
            "Faults of plugins that clients were told of.",
            ("plugin", "code"),
            figures.PLUGIN_FAULTS,
        )
        yield _spread(
            "argmap_write_group_size",
            "Writes that were committed together.",
            (),
            _grouped(groups),
        )
        for name, about, value in (
            ("argmap_writes_waiting", "Writes that wait for their turn.", waiting),
            ("argmap_listeners", "Clients that listen.", desk.listeners.count),
            ("argmap_jobs", "Jobs that run or wait.", desk.jobs.count),
        ):
            yield GaugeMetricFamily(name, about, value)


def _grouped(groups: Mapping[int, int]) -> Spread:
    spread = Spread(*_SIZES)
    for size, times in groups.items():
        spread.add(size, times=times)
    return spread


def _spread(name: str, about: str, labels: tuple[str, ...], spread: Spread) -> Any:
    from prometheus_client.metrics_core import HistogramMetricFamily

    family = HistogramMetricFamily(name, about, labels=labels)
    for values, bins in spread.series().items():
        bounds = (*map(str, spread.bounds), "+Inf")
        buckets = list(zip(bounds, (*bins.up_to, bins.total), strict=True))
        family.add_metric(values, buckets, bins.sum)
    return family


def _count(name: str, about: str, labels: tuple[str, ...], count: Count) -> Any:
    from prometheus_client.metrics_core import CounterMetricFamily

    family = CounterMetricFamily(name, about, labels=labels)
    for values, number in count.series().items():
        family.add_metric(values, number)
    return family
