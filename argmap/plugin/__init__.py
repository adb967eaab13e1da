"""The public door for plugin authors: everything of argmap that a plugin may import.

A plugin is a module that offers values through hooks. The whole of one::

    from collections.abc import Iterator

    from argmap.plugin import Graph, Rule, Strengths, hookimpl


    def base_score(graph: Graph) -> Strengths:
        \"\"\"Return every claim's own base score.\"\"\"
        return graph.base_scores


    @hookimpl
    def argmap_rules() -> Iterator[Rule]:
        yield Rule("base-score", "Base score only", base_score)

It is found as a single file in the plugins directory, or installed with the entry point
``[project.entry-points.argmap]``. A rule is one of two things. A *function* takes a
`Graph` (and its parameters, a frozen msgspec Struct, where it declares ``params``) and
returns one strength per claim, as an array in the order of ``graph.ids``, as a dict, or
as an `Outcome`. A *modular* rule names an `Aggregation` and an `Influence`; `solve`
does the rest: cycles, convergence, linked premises and undercuts. For a function of
your own, `relation_strengths` gives relations their strengths by the same formula.
Arrays that a rule is given are read-only; what it returns is checked, and a rule that
raises is reported and left behind.

Try a rule without any plugin machinery: ``evaluate(Map.of(…), rule)``.
"""

from argmap.engine import (
    IN,
    OUT,
    PRODUCT,
    SUM,
    TOP,
    UNDECIDED,
    Aggregation,
    Framework,
    Graph,
    Inflow,
    Influence,
    Label,
    Outcome,
    Projection,
    Stability,
    Strengths,
    Support,
    check_patience,
    compile_map,
    euler,
    exp,
    grounded,
    grounded_together,
    labelled,
    linear,
    mlp,
    p_max,
    patience,
    project,
    relation_strengths,
    settle,
    solve,
    weigh_sides,
)
from argmap.engine.graph import KINDS, REBUT, REPHRASE, SUPPORT, UNDERCUT
from argmap.engine.modular import Values
from argmap.errors import (
    Cancelled,
    InvalidParameters,
    Malformed,
    NotFound,
    PluginFault,
    TooSlow,
)
from argmap.model import Claim, Map, Relation, Source, Target
from argmap.plugin.evaluate import decode_options, evaluate
from argmap.plugin.evaluation import (
    ClaimEvaluation,
    Evaluation,
    EvaluationWarning,
    Inputs,
    Options,
    Verdict,
)
from argmap.plugin.features import FEATURES, Holding, all_but, only
from argmap.plugin.format import Format, Place, Remark, Report
from argmap.plugin.hookspecs import hookimpl
from argmap.plugin.host import Host, Installed, Problem
from argmap.plugin.rule import Answer, Feature, Rule, Scale
from argmap.plugin.scheme import Question, Role, Scheme

__all__ = [
    "FEATURES",
    "IN",
    "KINDS",
    "OUT",
    "PRODUCT",
    "REBUT",
    "REPHRASE",
    "SUM",
    "SUPPORT",
    "TOP",
    "UNDECIDED",
    "UNDERCUT",
    "Aggregation",
    "Answer",
    "Cancelled",
    "Claim",
    "ClaimEvaluation",
    "Evaluation",
    "EvaluationWarning",
    "Feature",
    "Format",
    "Framework",
    "Graph",
    "Holding",
    "Host",
    "Inflow",
    "Influence",
    "Inputs",
    "Installed",
    "InvalidParameters",
    "Label",
    "Malformed",
    "Map",
    "NotFound",
    "Options",
    "Outcome",
    "Place",
    "PluginFault",
    "Problem",
    "Projection",
    "Question",
    "Relation",
    "Remark",
    "Report",
    "Role",
    "Rule",
    "Scale",
    "Scheme",
    "Source",
    "Stability",
    "Strengths",
    "Support",
    "Target",
    "TooSlow",
    "Values",
    "Verdict",
    "all_but",
    "check_patience",
    "compile_map",
    "decode_options",
    "euler",
    "evaluate",
    "exp",
    "grounded",
    "grounded_together",
    "hookimpl",
    "labelled",
    "linear",
    "mlp",
    "only",
    "p_max",
    "patience",
    "project",
    "relation_strengths",
    "settle",
    "solve",
    "weigh_sides",
]
