"""What host and worker say to each other: plain values, in msgpack.

A request has an answer of its own kind, or one of `Refused` (the caller's fault) and
`Failed` (the plugin's). Arrays travel as their bytes. What is decoded here has the
right types and nothing else: whether numbers make sense is checked at the seam, as for
every rule.
"""

from dataclasses import fields
from typing import Any, Final

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from argmap.engine import Graph, Label, Linked, Outcome, Stability, Strengths
from argmap.plugin.evaluation import EvaluationWarning
from argmap.plugin.format import Remark
from argmap.plugin.laws.findings import Findings
from argmap.plugin.rule import Feature, Scale
from argmap.plugin.scheme import Scheme

LABELS: Final[tuple[Label, ...]] = ("in", "out", "undecided")

_ARRAYS: Final = tuple(
    f.name for f in fields(Graph) if f.init and f.name not in ("linked",)
)


class Message(Struct, frozen=True, forbid_unknown_fields=True, tag=True):
    """Either side's words; the tag says which they are."""


class Column(Struct, frozen=True, array_like=True):
    """An array."""

    dtype: str
    shape: tuple[int, ...]
    data: bytes


class GraphColumns(Struct, frozen=True, array_like=True):
    """A graph: keys, and arrays by their names."""

    keys: dict[str, tuple[str, ...]]
    arrays: dict[str, Column]
    linked: Linked


class Plugin(Struct, frozen=True, array_like=True):
    """Where a plugin is: an entry point's value, or a file."""

    name: str
    distribution: str | None
    version: str
    entry: str | None
    file: str | None


class Load(Message, frozen=True):
    """Import plugins, in a process that may take so much."""

    path: tuple[str, ...]
    plugins: tuple[Plugin, ...]
    seconds: float
    memory: int


class Decode(Message, frozen=True):
    """Read parameters as a rule declares them."""

    plugin: str
    rule: str
    values: dict[str, Any]
    is_text: bool


class Evaluate(Message, frozen=True):
    """Run a rule; *relations*, a mask: then what it labels if only these decide."""

    plugin: str
    rule: str
    graph: GraphColumns
    parameters: dict[str, Any]
    relations: Column | None = None


class Vary(Message, frozen=True):
    """Run a modular rule on a batch of variants."""

    plugin: str
    rule: str
    graph: GraphColumns
    parameters: dict[str, Any]
    base_scores: Column | None
    weights: Column | None


class Sniff(Message, frozen=True):
    """Say how sure a format is that it is its own."""

    plugin: str
    format: str
    data: bytes


class Read(Message, frozen=True):
    """Read a file to a map."""

    plugin: str
    format: str
    data: bytes
    options: dict[str, Any] | None


class Write(Message, frozen=True):
    """Write an argmap/1 file in another format."""

    plugin: str
    format: str
    data: bytes
    options: dict[str, Any] | None


Request = Load | Decode | Evaluate | Vary | Sniff | Read | Write


class RuleDescribed(Struct, frozen=True, forbid_unknown_fields=True):
    """A rule, but for what it computes."""

    name: str
    title: str
    description: str
    version: str | None
    source: str
    scale: Scale
    laws: tuple[str, ...]
    reads: frozenset[Feature]
    default_base_score: float
    schema: dict[str, Any]
    digest: str | None
    findings: Findings | None
    is_batched: bool


class FormatDescribed(Struct, frozen=True, forbid_unknown_fields=True):
    """A format: its fields that are plain values, and what it can do."""

    fields: dict[str, Any]
    can_read: bool
    can_write: bool
    has_options: bool


class Described(Struct, frozen=True, forbid_unknown_fields=True):
    """What a plugin offers, or what is wrong with it."""

    plugin: str
    rules: tuple[RuleDescribed, ...] = ()
    formats: tuple[FormatDescribed, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    fault: str | None = None


class Loaded(Message, frozen=True):
    """What all plugins offer."""

    plugins: tuple[Described, ...]


class Decoded(Message, frozen=True):
    """Parameters, with all defaults."""

    values: dict[str, Any]


class Answered(Message, frozen=True):
    """An outcome: float64, one byte a label (see `LABELS`), one byte a truth."""

    strengths: bytes
    relations: bytes | None
    labels: bytes | None
    settled: bytes
    converged: bool
    stability: Stability
    iterations: int
    residual: float
    error_bound: float | None
    extensions: int | None
    truncated: bool
    warnings: tuple[EvaluationWarning, ...]
    can_relabel: bool


class Varied(Message, frozen=True):
    """Strengths of variants, float64, shape (n, B)."""

    strengths: bytes


class Sure(Message, frozen=True):
    """How sure a format is."""

    value: float


class Converted(Message, frozen=True):
    """What reading or writing came to: a file, and remarks."""

    data: bytes
    report: tuple[Remark, ...]


class Refused(Message, frozen=True):
    """What was sent is wrong: parameters, or a file, with a pointer into it."""

    detail: str
    pointer: str


class Failed(Message, frozen=True):
    """The plugin failed."""

    detail: str


Reply = Loaded | Decoded | Answered | Varied | Sure | Converted | Refused | Failed


def column(array: NDArray[Any]) -> Column:
    """Pack an array."""
    return Column(array.dtype.str, array.shape, array.tobytes())


def unpacked(packed: Column) -> NDArray[Any]:
    """Unpack an array that the host has sent; it is read-only."""
    flat = np.frombuffer(packed.data, dtype=np.dtype(packed.dtype))
    return flat.reshape(packed.shape)


def graph_columns(graph: Graph) -> GraphColumns:
    """Pack a graph."""
    values = {name: getattr(graph, name) for name in _ARRAYS}
    return GraphColumns(
        keys={k: v for k, v in values.items() if isinstance(v, tuple)},
        arrays={k: column(v) for k, v in values.items() if isinstance(v, np.ndarray)},
        linked=graph.linked,
    )


def graph_of(columns: GraphColumns) -> Graph:
    """Unpack a graph that the host has sent."""
    arrays: dict[str, Any] = {k: unpacked(v) for k, v in columns.arrays.items()}
    keys: dict[str, Any] = dict(columns.keys)
    return Graph(**keys, **arrays, linked=columns.linked)


def answered(outcome: Outcome) -> Answered:
    """Pack an outcome that has passed the seam."""
    assert outcome.settled is not None
    relations, labels = outcome.relations, outcome.labels
    return Answered(
        strengths=outcome.strengths.tobytes(),
        relations=None if relations is None else relations.tobytes(),
        labels=None if labels is None else bytes(map(LABELS.index, labels)),
        settled=outcome.settled.tobytes(),
        converged=outcome.converged,
        stability=outcome.stability,
        iterations=outcome.iterations,
        residual=outcome.residual,
        error_bound=outcome.error_bound,
        extensions=outcome.extensions,
        truncated=outcome.truncated,
        warnings=msgspec.convert(outcome.warnings, tuple[EvaluationWarning, ...]),
        can_relabel=outcome.relabel is not None,
    )


def outcome_of(answered: Answered) -> Outcome:
    """Unpack an outcome that a worker has sent, unchecked but for the types.

    Raises:
        ValueError, IndexError: Bytes that are no array, or no labels.
    """
    relations, labels = answered.relations, answered.labels
    return Outcome(
        strengths=floats(answered.strengths),
        relations=None if relations is None else floats(relations),
        labels=None if labels is None else tuple(LABELS[i] for i in labels),
        settled=np.frombuffer(answered.settled, dtype=np.uint8) != 0,
        converged=answered.converged,
        stability=answered.stability,
        iterations=answered.iterations,
        residual=answered.residual,
        error_bound=answered.error_bound,
        extensions=answered.extensions,
        truncated=answered.truncated,
        warnings=tuple(map(msgspec.structs.asdict, answered.warnings)),
    )


def floats(data: bytes) -> Strengths:
    """Unpack float64."""
    return np.frombuffer(data, dtype=np.float64)
