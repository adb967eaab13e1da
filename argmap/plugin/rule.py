"""Rule: a way to compute strengths and verdicts, as a value that plugins offer.

A rule is either a pure function of the compiled map, or a pair of aggregation and
influence that the engine solves. It never sees a claim's text, only the graph; it may
not change anything, and the arrays that it gets are read-only.
"""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any, Final, Literal, get_args

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from argmap.engine import Aggregation, Graph, Influence, Outcome, solve
from argmap.plugin.laws.catalogue import LAWS
from argmap.plugin.laws.findings import Findings
from argmap.plugin.parameters import read

Scale = Literal["gradual", "label", "ranking"]
Feature = Literal["support", "rebut", "undercut", "linked", "weight", "base_score"]
Answer = NDArray[Any] | Mapping[str, float] | Outcome

EVERYTHING: Final[frozenset[Feature]] = frozenset(get_args(Feature))

# Every rule has these options, so no rule may have a parameter of such a name.
RESERVED: Final = frozenset({"default_base_score", "linked", "threshold", "margin"})

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


class NoParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """The parameters of a rule that takes none."""


@dataclass(frozen=True)
class Rule:
    """An evaluation rule.

    Give either ``evaluate``, or ``aggregation`` and ``influence``: then the engine
    solves the rule, and batches, gradients and a report on convergence come for
    nothing.

    Attributes:
        name: A slug, unique among installed rules: ``quadratic-energy``.
        title: For people.
        evaluate: From a `Graph`, and the parameters where there are any, to one
            strength per claim: an array of shape (n,), a dict by claim key, or an
            `Outcome` where there is more to say. Strengths are in [0, 1] unless the
            scale is ranking.
        params: A frozen Struct that forbids unknown fields, with a default for every
            field. Its JSON Schema is served.
        version: Of the rule; left out, its distribution's.
        source: Where the rule is defined: author, venue, year.
        scale: ``gradual`` (strengths with a meaning between 0 and 1), ``label`` (1, ½
            and 0 for in, undecided and out) or ``ranking`` (only the order counts).
        laws: What the rule promises: names of `argmap.plugin.laws.LAWS`.
        reads: What of a map the rule takes into account; what it skips is named in the
            warnings of every evaluation.
        examples: Worked examples: dicts with ``graph`` (``arguments`` with base scores
            or ``votes``, for and against, by key; ``attacks`` and ``supports`` as pairs
            of keys), ``expected`` strengths by key, ``tolerance``, ``source``, and
            ``parameters`` where they are not the defaults.
        batch: Where ``evaluate`` can do many variants of a graph at once, which makes
            explanations fast: from the graph, base scores (n, B) and weights (m, B)
            instead of its own, and the parameters where there are any, to strengths
            (n, B), column by column what ``evaluate`` gives.
        aggregation: An `Aggregation`, or a function from the parameters to one.
        influence: An `Influence`, or a function from the parameters to one.
        default_base_score: What a claim without a base score counts: 0.5 suits rules
            that read supports, 1 those that read attacks alone.
        description: What the rule computes; left out, the docstring of ``evaluate``.
        plugin: Who offers the rule; filled in by the host.
        digest: A hash of the code behind the rule; filled in by the host.
        findings: What its author found out by testing laws; filled in by the host.

    Raises:
        ValueError: The rule contradicts itself; the message says how.
    """

    name: str
    title: str
    evaluate: Callable[..., Answer] | None = None
    _: KW_ONLY
    params: type[Struct] | None = None
    version: str | None = None
    source: str = ""
    scale: Scale = "gradual"
    laws: tuple[str, ...] = ()
    reads: frozenset[Feature] = EVERYTHING
    examples: tuple[Mapping[str, Any], ...] = ()
    batch: Callable[..., NDArray[Any]] | None = None
    aggregation: Aggregation | Callable[[Any], Aggregation] | None = None
    influence: Influence | Callable[[Any], Influence] | None = None
    default_base_score: float = 0.5
    description: str | None = None
    plugin: str | None = None
    digest: str | None = None
    findings: Findings | None = None

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(
                f"the rule's name {self.name!r} is no slug: a-z, 0-9 and -"
            )
        if self.scale not in get_args(Scale):
            raise ValueError(f"scale {self.scale!r} is none of {get_args(Scale)}")
        if unknown := set(self.reads) - EVERYTHING:
            raise ValueError(f"reads {sorted(unknown)}; there is {sorted(EVERYTHING)}")
        if strange := sorted(set(self.laws) - LAWS.keys()):
            raise ValueError(f"promises {strange}; the laws are {sorted(LAWS)}")
        if not 0 <= self.default_base_score <= 1:
            raise ValueError("default_base_score is outside [0, 1]")
        given = [part is not None for part in (self.aggregation, self.influence)]
        if given not in ([False] * 2, [True] * 2) or any(given) == bool(self.evaluate):
            raise ValueError("give either evaluate, or both aggregation and influence")
        if self.batch is not None and self.evaluate is None:
            raise ValueError("batch goes with evaluate; the engine has batches anyway")
        if self.params is not None:
            _check(self.params)
        elif callable(self.aggregation) or callable(self.influence):
            raise ValueError(
                "aggregation and influence are an Aggregation and an Influence; "
                "functions of the parameters are for rules that have some"
            )
        if self.description is None:
            description = inspect.getdoc(self.evaluate) if self.evaluate else None
            object.__setattr__(self, "description", description or "")

    def modules(self, params: Struct) -> tuple[Aggregation, Influence] | None:
        """Give the pair that a modular rule consists of, for batches and gradients."""
        if self.aggregation is None or self.influence is None:
            return None
        aggregation, influence = self.aggregation, self.influence
        return (
            aggregation
            if isinstance(aggregation, Aggregation)
            else aggregation(params),
            influence if isinstance(influence, Influence) else influence(params),
        )

    @property
    def is_batched(self) -> bool:
        """Say whether it computes many variants of a graph at once."""
        return self.aggregation is not None or self.batch is not None

    @property
    def lane(self) -> str | None:
        """Name what others wait for that is held up by this rule; None: nothing is."""
        return None

    def vary(
        self,
        graph: Graph,
        params: Struct,
        base_scores: NDArray[np.float64] | None,
        weights: NDArray[np.float64] | None,
    ) -> NDArray[np.float64] | None:
        """Compute a batch of variants, if the rule is modular: see `variants.vary`."""
        pair = self.modules(params)
        if pair is None:
            return None
        return solve(graph, *pair, base_scores=base_scores, weights=weights).strengths

    def run(self, graph: Graph, params: Struct) -> Answer:
        """Compute the rule, unchecked: `argmap.plugin.evaluate` is what to call."""
        if pair := self.modules(params):
            return solve(graph, *pair)
        assert self.evaluate is not None
        return (
            self.evaluate(graph)
            if self.params is None
            else self.evaluate(graph, params)
        )

    def accept(
        self, parameters: Mapping[str, Any] | None, *, is_text: bool = False
    ) -> Struct:
        """Read parameters as far as that takes no time: `evaluate` reads them anyway.

        Raises:
            InvalidParameters: As `decode`, though maybe not yet.
        """
        return self.decode(parameters, is_text=is_text)

    def decode(
        self, parameters: Mapping[str, Any] | Struct | None, *, is_text: bool = False
    ) -> Struct:
        """Turn parameters from JSON, Python or a query into the rule's own Struct.

        *is_text* says that all values are strings, as in a query, and are to be read as
        what the rule declares.

        Raises:
            InvalidParameters: An unknown name, a wrong type, or a value out of range;
                the pointer starts with ``/parameters``.
        """
        params = self.params or NoParameters
        return read(self.name, parameters, params, "/parameters", is_text=is_text)

    def schema(self) -> dict[str, Any]:
        """Describe the parameters as a JSON Schema of one object."""
        schema = msgspec.json.schema(self.params or NoParameters)
        definitions = schema.pop("$defs")
        top: dict[str, Any] = definitions.pop(schema["$ref"].removeprefix("#/$defs/"))
        return top | ({"$defs": definitions} if definitions else {})


def _check(params: type[Struct]) -> None:
    if not (isinstance(params, type) and issubclass(params, Struct)):
        raise ValueError("params is no msgspec Struct")
    if not params.__struct_config__.forbid_unknown_fields:
        raise ValueError(f"{params.__name__} must have forbid_unknown_fields=True")
    if taken := RESERVED & set(params.__struct_fields__):
        raise ValueError(
            f"{', '.join(sorted(taken))}: every rule has that as an option"
        )
    try:
        msgspec.convert({}, params)
    except msgspec.ValidationError:
        raise ValueError(f"every field of {params.__name__} needs a default") from None
