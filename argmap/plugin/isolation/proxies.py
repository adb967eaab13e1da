"""Rules and formats that look like any other, and ask a worker."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, get_type_hints

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from argmap.engine import Graph, Outcome, Strengths
from argmap.errors import InvalidParameters, Malformed, PluginFault
from argmap.model import Map, codec
from argmap.plugin.canonical import canonical_json
from argmap.plugin.format import Format, Report
from argmap.plugin.isolation import wire
from argmap.plugin.isolation.worker import Refusal, Worker
from argmap.plugin.rule import Rule

Floats = NDArray[np.float64]

_BATCH: Final = 1_000_000  # strengths of variants in one answer

_SNIFF_SECONDS: Final = 1.0


PLAIN: Final = msgspec.defstruct(
    "PlainFields",
    [
        (name, kind)
        for name, kind in get_type_hints(Format).items()
        if name not in ("_", "sniff", "read", "write", "options")
    ],
)
"""The fields of a format that are values and no functions, with their types."""


class Unread(Struct, frozen=True):
    """Parameters as they came, for the worker to read."""

    values: dict[str, Any]
    is_text: bool


@dataclass(frozen=True, kw_only=True)
class IsolatedRule(Rule):
    """A stranger's rule. Its parameters are read where it is.

    Attributes:
        worker: Who is asked.
        described: What it says of itself.
    """

    worker: Worker
    described: wire.RuleDescribed

    @property
    def is_batched(self) -> bool:
        """Say whether the rule behind it computes many variants at once."""
        return self.described.is_batched

    @property
    def lane(self) -> str:
        """Name whom others would wait for that ask the same worker."""
        return self.worker.owner

    def accept(
        self, parameters: Mapping[str, Any] | None, *, is_text: bool = False
    ) -> Unread:
        """Keep parameters for the worker to read."""
        values = dict(parameters or {})
        try:
            canonical_json(values)
        except ValueError as error:
            raise InvalidParameters(self.name, str(error), "/parameters") from None
        return Unread(values, is_text)

    def decode(
        self,
        parameters: Mapping[str, Any] | Struct | None,
        *,
        is_text: bool = False,
    ) -> Struct:
        """Have the worker turn parameters into the rule's own, and give those."""
        if isinstance(parameters, Unread):
            given = parameters
        elif isinstance(parameters, Struct):
            given = self.accept(msgspec.to_builtins(parameters))
        else:
            given = self.accept(parameters, is_text=is_text)
        if not given.values and not self.described.schema.get("properties"):
            return _struct({})
        request = wire.Decode(self._plugin, self.name, given.values, given.is_text)
        try:
            return _struct(_as_json(self._ask(request, wire.Decoded).values))
        except Malformed as error:
            raise self._fault(f"reads parameters to no JSON: {error}") from None

    def schema(self) -> dict[str, Any]:
        """Describe the parameters as a JSON Schema of one object."""
        return self.described.schema

    def run(self, graph: Graph, params: Struct) -> Outcome:
        """Have the worker compute the rule."""
        answered = self._ask(self._request(graph, params), wire.Answered)
        outcome = wire.outcome_of(answered)
        if answered.can_relabel:
            relabel = partial(self._relabel, graph, params)
            object.__setattr__(outcome, "relabel", relabel)
        return outcome

    def vary(
        self,
        graph: Graph,
        params: Struct,
        base_scores: Floats | None,
        weights: Floats | None,
    ) -> Floats | None:
        """Have the worker compute a batch, if the rule has batches."""
        given = base_scores if weights is None else weights
        if not self.is_batched or given is None:
            return None
        size = max(1, _BATCH // max(1, graph.size, len(graph.relation_ids)))
        pieces = [
            self._varied(
                graph,
                params,
                None if base_scores is None else base_scores[:, start : start + size],
                None if weights is None else weights[:, start : start + size],
            )
            for start in range(0, given.shape[1], size)
        ]
        return np.concatenate([np.zeros((graph.size, 0)), *pieces], axis=1)

    def _varied(
        self,
        graph: Graph,
        params: Struct,
        base_scores: Floats | None,
        weights: Floats | None,
    ) -> Floats:
        given = base_scores if weights is None else weights
        assert given is not None
        request = wire.Vary(
            self._plugin,
            self.name,
            wire.graph_columns(graph),
            msgspec.to_builtins(params),
            None if base_scores is None else wire.column(base_scores),
            None if weights is None else wire.column(weights),
        )
        found = self._strengths(request, graph.size * given.shape[1])
        return found.reshape(graph.size, given.shape[1])

    def _relabel(
        self, graph: Graph, params: Struct, relations: NDArray[np.bool_]
    ) -> Strengths:
        request = msgspec.structs.replace(
            self._request(graph, params), relations=wire.column(relations)
        )
        return self._strengths(request, graph.size)

    def _strengths(self, request: wire.Vary | wire.Evaluate, count: int) -> Floats:
        data = self._ask(request, wire.Varied).strengths
        if len(data) != count * 8:
            raise self._fault(f"gives {len(data)} bytes for {count} strengths")
        found = wire.floats(data)
        inside = (found >= 0) & (found <= 1) | (self.scale == "ranking")
        if not (np.isfinite(found) & inside).all():
            raise self._fault("gives strengths outside [0, 1]")
        return found

    @property
    def _plugin(self) -> str:
        return self.plugin or ""

    def _request(self, graph: Graph, params: Struct) -> wire.Evaluate:
        columns, values = wire.graph_columns(graph), msgspec.to_builtins(params)
        return wire.Evaluate(self._plugin, self.name, columns, values)

    def _ask(self, request: wire.Request, reply: Any) -> Any:
        try:
            what = f"rule {self.name!r}"
            return self.worker.ask(self._plugin, what, request, reply)
        except Refusal as refusal:
            raise InvalidParameters(
                self.name, refusal.detail, refusal.pointer
            ) from None

    def _fault(self, detail: str) -> PluginFault:
        return PluginFault(self._plugin, f"rule {self.name!r} {detail}")


def _struct(values: dict[str, Any]) -> Struct:
    """Make a Struct that holds these values, whatever their names are."""
    places = {f"p{i}": name for i, name in enumerate(values)}
    shape = msgspec.defstruct(
        "Parameters", [(place, Any) for place in places], rename=places, frozen=True
    )
    return shape(*values.values())


def _as_json(values: dict[str, Any]) -> dict[str, Any]:
    """See that what a worker says can be told to others: no more than JSON may hold."""
    return codec.decode(msgspec.json.encode(values), dict[str, Any])


def isolated_rule(
    worker: Worker, plugin: str, described: wire.RuleDescribed
) -> IsolatedRule:
    """Make the rule that stands for what a worker has described.

    Raises:
        ValueError: What is described contradicts itself.
        Malformed: It holds what is no JSON, or nests without end.
    """
    _as_json(msgspec.to_builtins(described))
    return IsolatedRule(
        described.name,
        described.title,
        _elsewhere,
        description=described.description,
        version=described.version,
        source=described.source,
        scale=described.scale,
        laws=described.laws,
        reads=described.reads,
        default_base_score=described.default_base_score,
        digest=described.digest,
        findings=described.findings,
        plugin=plugin,
        worker=worker,
        described=described,
    )


def _elsewhere(*_: object) -> Outcome:
    raise NotImplementedError("the rule is in a worker: call run")


def isolated_format(
    worker: Worker, plugin: str, described: wire.FormatDescribed
) -> Format:
    """Make the format that stands for what a worker has described.

    Raises:
        ValueError, TypeError: What is described contradicts itself.
    """
    plain = msgspec.structs.asdict(msgspec.convert(described.fields, PLAIN))
    name, what = plain["name"], f"format {plain['name']!r}"

    def ask(request: wire.Request, reply: Any, seconds: float | None = None) -> Any:
        try:
            return worker.ask(plugin, what, request, reply, seconds)
        except Refusal as refusal:
            raise Malformed(refusal.detail, refusal.pointer) from None

    def sniff(data: bytes) -> float:
        sure: wire.Sure = ask(wire.Sniff(plugin, name, data), wire.Sure, _SNIFF_SECONDS)
        return sure.value

    def read(data: bytes, options: dict[str, Any] | None = None) -> tuple[Map, Report]:
        found: wire.Converted = ask(
            wire.Read(plugin, name, data, options), wire.Converted
        )
        return codec.read(found.data), found.report

    def write(map_: Map, options: dict[str, Any] | None = None) -> tuple[bytes, Report]:
        found: wire.Converted = ask(
            wire.Write(plugin, name, codec.write(map_), options), wire.Converted
        )
        return found.data, found.report

    if described.can_read:
        plain |= {"sniff": sniff, "read": read}
    if described.can_write:
        plain["write"] = write
    if described.has_options:  # they are read where the format is
        plain["options"] = dict
    return Format(**plain)
