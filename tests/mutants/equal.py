"""Mistakes in the engine that change no answer, and why they do not."""

from typing import Final

Mistake = tuple[str, str, str]
"""Where it is, what is there, and what is there by mistake."""

DEFAULT: Final = "it is so unless something else is said"
_ALONE = "who is said to share with nobody has the same, of as many roots"
_AT_ONCE = "how much is done at once, which changes no answer"
_BEGINS = "it is only where a column's own search begins"
_BOUND = "a bound, of which one more or less is as good"
_EITHER = "at 1 either way leads to the rest"
_EVIDENTIAL = "supports are read so unless something else is said"
_NAME = "what it is called, for people"
_NARROW = (
    "if block.kind == 'narrow':\n    super().acyclic(block)\n    se"
    " … (block.start, block.stop)\n    return"
)
_NO_CLAIM = (
    "what undercuts a relation that is backed is no claim, and others are not asked"
)
_OF_ITS_OWN = "what is undercut is an argument of its own, and no claim"
_NOT_ZERO = "where something is not 0 is the same"
_ONE_BY_ONE = """
    super().acyclic(block)
    self._aggregate(block.start, block.stop)
    return"""
_ORDER = "only the order of ranks counts"
_BY_ITSELF = "a column that is not done together is done by itself"
_SLOWER = "it is the same, and slower"
_STRIDE = "how far numbers of rows are apart: further does as well"
_SUM = "Aggregation('sum', lambda inflow: inflow.energy(), 'sum', sum_slopes)"
_PRODUCT = (
    "Aggregation('product', lambda inflow: inflow.unattacked() - "
    " … nsupported(), 'sum', product_slopes)"
)
_GAIN = "what is no largest is a sum"

SOLVERS: Final[dict[str, dict[Mistake, str]]] = {
    "argmap.engine.grounded": {
        ("grounded", "'evidential'", "''"): _EVIDENTIAL,
        ("grounded_together", "'evidential'", "''"): _EVIDENTIAL,
        (
            "grounded_together",
            "(1, weights.shape[1])",
            "(2, weights.shape[1])",
        ): "a row more, of which nobody asks",
    },
    "argmap.engine.attribution": {
        ("", "4000000", "4000001"): _AT_ONCE,
        (
            "intrinsic_removal",
            "np.where(enters, 0.0, left)",
            "np.where(enters, 1.0, left)",
        ): ("what enters a claim that is absent changes nothing"),
        (
            "_sampled.absent",
            "np.arange(count + 1)",
            "np.arange(count + 2)",
        ): "more than is asked for",
        (
            "_each_alone",
            "np.zeros((count, len(players)), dtype=bool)",
            "np.zeros((count, len(players)))",
        ): _NOT_ZERO,
        ("_batches", "max(1, height)", "max(2, height)"): _AT_ONCE,
        (
            "_batches",
            "max(1, min(_COLUMNS, _CELLS // max(1, height)))",
            "max(2, min(_COLUMNS, _CELLS // max(1, height)))",
        ): _AT_ONCE,
        ("_batches", "max(1, height)", "min(1, height)"): _AT_ONCE,
        (
            "_batches",
            "_CELLS // max(1, height)",
            "_CELLS % max(1, height)",
        ): _AT_ONCE,
    },
    "argmap.engine.flips": {
        ("", "256", "257"): _AT_ONCE,
        ("_batches", "min(2 * size, _AT_ONCE)", "max(2 * size, _AT_ONCE)"): _AT_ONCE,
        ("", "12", "13"): _BOUND,
        ("find_flips", "100", "101"): _BOUND,
        (
            "_Search.by_size",
            "comb(len(left), size) > 20000",
            "comb(len(left), size) >= 20000",
        ): _BOUND,
    },
    "argmap.engine.gradient": {
        ("_Recording.acyclic", _NARROW, f"if True:{_ONE_BY_ONE}"): _SLOWER,
        ("_Recording.acyclic", _NARROW, f"if False:{_ONE_BY_ONE}"): _SLOWER,
        (
            "_Recording._aggregate",
            "if self.by_value is self.plan.whole.signs:\n"
            "    self.by_value = self.by_value.copy()",
            "if True:\n    self.by_value = self.by_value.copy()",
        ): _SLOWER,
        (
            "_slopes",
            "np.where(is_node, plan.weights[wiring.relations], 0.0)",
            "np.where(is_node, plan.weights[wiring.relations], 1.0)",
        ): "only relation nodes are asked for it",
        ("_slopes", "whole.signs < 0", "whole.signs < 1"): "signs are -1 and 1",
        (
            "_Backward._one_by_one",
            "start:stop + 1",
            "start:stop + 2",
        ): "more than is asked for",
        (
            "_Backward._component",
            "block.start + size",
            "block.start - size",
        ): "of twice as many places it is the same, counted from the end",
    },
    "argmap.engine.groups": {
        (
            "shared_sources",
            "max(len(graph.source_ids), 1)",
            "max(len(graph.source_ids), 2)",
        ): _STRIDE,
        (
            "Shares.__init__",
            "members.max(initial=0)",
            "members.max(initial=1)",
        ): _STRIDE,
        (
            "Shares.__init__",
            "int(members.max(initial=0)) + 1",
            "int(members.max(initial=0)) + 2",
        ): _STRIDE,
        (
            "Shares.__init__",
            "rows[owners] * span + members",
            "rows[owners] * span - members",
        ): _ALONE,
        ("Shares.__init__", "rows[owners] * span", "rows[owners] / span"): _ALONE,
        ("Shares.__init__", "times[which] > 1", "times[which] >= 1"): _ALONE,
        (
            "Shares.__init__",
            "np.ones(len(row), dtype=bool)",
            "np.ones(len(row))",
        ): _NOT_ZERO,
        (
            "Shares.combine",
            "np.multiply.reduceat(least, self.row_bounds, axis=0)",
            "np.multiply.reduceat(least, self.row_bounds)",
        ): DEFAULT,
    },
    "argmap.engine.flatten": {
        ("_Flattening.connect", "standing[r] >= 0", "standing[r] > 0"): _NO_CLAIM,
        ("_Flattening.connect", "standing[r] >= 0", "standing[r] >= 1"): _NO_CLAIM,
        (
            "_Flattening.connect",
            "standing[target] >= 0",
            "standing[target] > 0",
        ): _OF_ITS_OWN,
        (
            "_Flattening.connect",
            "standing[target] >= 0",
            "standing[target] >= 1",
        ): _OF_ITS_OWN,
        ("project", "'evidential'", "''"): _EVIDENTIAL,
    },
    "argmap.engine.levels": {
        (
            "read_nodes",
            "np.full(m, -1, dtype=np.int64)",
            "np.full(m, -1)",
        ): DEFAULT,
        (
            "read_nodes",
            "np.full(m, -1, dtype=np.int64)",
            "np.full(m, -2, dtype=np.int64)",
        ): "what is no node is not asked for its number",
        (
            "read_nodes",
            "np.full(n, -1, dtype=np.int64)",
            "np.full(n, -1)",
        ): DEFAULT,
        (
            "_ranks",
            "np.where(relations < 0, CLAIM_RANK, 0)",
            "np.where(relations < 0, CLAIM_RANK, 1)",
        ): _ORDER,
        ("_ranks", "ranks[node] + 1", "ranks[node] + 2"): _ORDER,
        (
            "_peel",
            "len(front) < _SMALL_FRONT",
            "len(front) >= _SMALL_FRONT",
        ): _SLOWER,
    },
    "argmap.engine.solve": {
        (
            "Pass.acyclic",
            "block.kind == 'narrow'",
            "block.kind != 'narrow'",
        ): _SLOWER,
        (
            "_error_bound",
            "errors is None or any((rest.contraction >= 1 for _, rest in rests))",
            "any((rest.contraction >= 1 for _, rest in rests))",
        ): "what has no bounds contracts nowhere",
    },
    "argmap.engine.inflow": {
        (
            "BlockInflow.energy",
            "if self._weights is None:\n"
            "    return np.asarray(self.part.matrix @ self._strengths)",
            "if False:\n    return np.asarray(self.part.matrix @ self._strengths)",
        ): _SLOWER,
    },
    "argmap.engine.together": {
        (
            "_follow",
            "np.full(len(columns), 0.1)",
            "np.full(len(columns), 1.1)",
        ): "a first step that is too long is made shorter",
        ("_follow", "spent < BUDGET // 2", "spent <= BUDGET // 2"): _BOUND,
        ("_follow", "BUDGET // 2", "BUDGET // 3"): _BEGINS,
        ("_follow", "BUDGET // 2", "BUDGET % 2"): _BEGINS,
        ("_stretch", "3", "4"): _BOUND,
        ("_stretch", "(field(state), 1)", "(field(state), 2)"): _BOUND,
        ("_stretch", "spent < BUDGET // 2", "spent <= BUDGET // 2"): _BOUND,
        ("_stretch", "BUDGET // 2", "BUDGET // 3"): _BEGINS,
        ("_stretch", "break", "pass"): _BEGINS,
        (
            "_stretch",
            "if 2 * is_quick.sum() <= len(is_quick):\n    break",
            "if False:\n    break",
        ): _BEGINS,
        ("_stretch", "off <= allowed", "off < allowed"): _BEGINS,
        ("_stretch", "off <= allowed", "off > allowed"): _BEGINS,
        (
            "_stretch",
            "is_taken & (inside != ahead).any(axis=0)",
            "is_taken | (inside != ahead).any(axis=0)",
        ): _SLOWER,
        (
            "_stretch",
            "(inside != ahead).any(axis=0)",
            "(inside != ahead).all(axis=0)",
        ): _BEGINS,
        (
            "_stretch",
            "(inside != ahead).any(axis=0)",
            "(inside != ahead).any()",
        ): _SLOWER,
        ("come_to_rest_together", "bounds < 1", "bounds <= 1"): _EITHER,
        ("come_to_rest_together", "bounds < 1", "bounds < 2"): _BY_ITSELF,
        ("come_to_rest_together", "bounds < 1", "bounds >= 1"): _BY_ITSELF,
        ("come_to_rest_together", "bounds >= 1", "bounds >= 2"): _BY_ITSELF,
        ("_iterate", "active.any()", "active.all()"): _BY_ITSELF,
        (
            "_iterate",
            "if not active.any():\n    return (state, spent, done)",
            "if True:\n    return (state, spent, done)",
        ): _BY_ITSELF,
        (
            "_iterate",
            "if not active.any():\n    return (state, spent, done)",
            "if False:\n    return (state, spent, done)",
        ): _SLOWER,
        ("_iterate", "done | rests", "done & rests"): (
            "what is done is done once more, alone"
        ),
    },
    "argmap.engine.modular": {
        ("", _SUM, _SUM.replace("'sum'", "''", 1)): _NAME,
        ("", _SUM, _SUM.replace(" 'sum'", " ''")): _GAIN,
        (
            "",
            _PRODUCT,
            "Aggregation('product', lambda inflow: inflow.unattacked() - "
            " … w.unsupported(), '', product_slopes)",
        ): _GAIN,
        (
            "",
            _PRODUCT,
            "Aggregation('', lambda inflow: inflow.unattacked() - "
            "inflow.unsupported(), 'sum', product_slopes)",
        ): _NAME,
        (
            "euler",
            "Influence('euler', apply, lambda w: 0.25 + 0.0 * w)",
            "Influence('', apply, lambda w: 0.25 + 0.0 * w)",
        ): _NAME,
    },
    "argmap.engine.cyclic": {
        (
            "come_to_rest",
            "search.follow(bases, SLOW, BUDGET // 2) if passed is None else passed",
            "search.follow(bases, SLOW, BUDGET // 2)",
        ): _SLOWER,
        (
            "_Search.is_rest",
            "float(abs(self.field(state)).max()) <= TOLERANCE",
            "float(abs(self.field(state)).max()) < TOLERANCE",
        ): _BOUND,
        ("come_to_rest", "contraction < 1", "contraction <= 1"): _EITHER,
        (
            "_Search.follow",
            "(speed := float(abs(slope).max())) > slow",
            "(speed := float(abs(slope).max())) >= slow",
        ): "one step more",
        ("_Search.newton", "residual >= least", "residual < least"): (
            "other steps lead to the same point"
        ),
        ("_Search.stability", "largest < 0", "largest <= 0"): (
            "what is as near to 0 has been called unknown"
        ),
    },
}
