"""Bring one cyclic component to rest.

The definition is the limit of ds/dt = F(s) - s from s(0) = base scores, where F
evaluates every claim once. Where F contracts (L < 1) plain iteration reaches the same,
only, fixed point. Elsewhere the flow is followed until it is slow, and Newton's method
does the last digits; where the point it finds is not stable, the flow is followed
further first, for it may only have passed by. Claims are the state: relation nodes are
inlined in F.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from argmap.engine.modular import Values
from argmap.engine.outcome import Stability
from argmap.engine.patience import check_patience
from argmap.engine.plan import Enclave
from argmap.engine.step import Step

Floats = NDArray[np.float64]
Field = Callable[[Floats], Floats]

TOLERANCE: Final = 1e-11  # a larger residual is no rest
_EPSILON: Final = 2.0**-53  # half the distance from 1 to the next double
_ROUNDING: Final = 2e-15  # a residual that may get no smaller
BUDGET: Final = 20_000  # evaluations of F, over all phases
PATIENT: Final = 100  # iterations after which Newton's method takes over
SLOW: Final = 1e-5  # residual from which Newton's method is tried
_DENSE: Final = 300  # claims up to which Jacobians are built
_NEAR: Final = 0.05  # Newton's method may not go farther than this
_PROBE: Final = 1e-6  # step of finite differences
_KINK: Final = 1e-3  # one-sided slopes that differ by more meet at a kink
_MARGIN: Final = 1e-6  # real parts nearer to 0 decide nothing


@dataclass(frozen=True, eq=False)
class Rest:
    """Where a component came to rest: values of its relation nodes and claims."""

    values: Floats
    iterations: int
    residual: float
    contraction: float
    stability: Stability

    @property
    def converged(self) -> bool:
        """Say whether it is a rest at all."""
        return self.residual <= TOLERANCE

    @property
    def is_settled(self) -> bool:
        """Say whether the strengths may be relied on."""
        return self.converged and self.stability != "unstable"

    @staticmethod
    def worst(rests: list["Rest"]) -> "Rest":
        """Combine the worst that any of *rests* says; the values are the first's."""
        order: tuple[Stability, ...] = ("stable", "unknown", "unstable")
        return Rest(
            values=rests[0].values,
            iterations=sum(r.iterations for r in rests),
            residual=max(r.residual for r in rests),
            contraction=max(r.contraction for r in rests),
            stability=max((r.stability for r in rests), key=order.index),
        )


def come_to_rest(
    enclave: Enclave,
    step: Step,
    errors: Step | None,
    bases: Floats,
    outer: Floats,
    weights: Floats | None = None,
    passed: Floats | None = None,
) -> Rest:
    """Solve one component from its claims' base scores.

    Args:
        enclave: The component, k claims.
        step: Evaluates nodes.
        errors: Bounds how errors spread; None where the rule has no such bounds.
        bases: Shape (k,).
        outer: The final values of what flows in.
        weights: Shape (m,), instead of the graph's own.
        passed: Shape (k,), where the flow from *bases* gets slow, where that is known.

    Returns:
        The rest, with values for relation nodes, then claims.
    """
    evaluate = evaluator(enclave, step, bases, outer, weights)
    contraction = float(contractions(enclave, errors, bases, weights))
    search = _Search(evaluate)
    stability: Stability = "stable"
    if contraction < 1:
        state = search.iterate(bases)
    else:
        reached = search.follow(bases, SLOW, BUDGET // 2) if passed is None else passed
        state, stability = search.rest_near(reached)
    residual = float(abs(search.field(state)).max())
    return Rest(
        values=strengths_of(enclave, step, state, outer, weights),
        iterations=search.spent,
        residual=residual,
        contraction=contraction,
        stability=stability,
    )


def spread_in(
    enclave: Enclave,
    errors: Step,
    bases: Floats,
    outer: Floats,
    rest: Rest,
    weights: Floats | None = None,
) -> Floats:
    """Bound the errors in a component: ε = (residual + what flows in) / (1 - L).

    Args:
        enclave: The component.
        errors: Bounds how errors spread.
        bases: The base scores by position; relation nodes have none.
        outer: The errors of what flows in.
        rest: Where the component came to rest, L < 1.
        weights: Instead of the graph's own.

    Returns:
        One bound per relation node and claim of the component.
    """
    claims = bases[enclave.claims.start :]
    still = np.zeros_like(claims)
    entering = evaluator(enclave, errors, claims, outer, weights)(still)
    residual = max(rest.residual, _EPSILON)  # no smaller one can be told from 0
    bound = (residual + entering.max()) / (1 - rest.contraction)
    spread = np.full_like(claims, bound)
    return strengths_of(enclave, errors, spread, outer, weights)


def strengths_of(
    enclave: Enclave, step: Step, state: Floats, outer: Floats, weights: Floats | None
) -> Floats:
    """Give the values of a component's relation nodes, then its claims, in *state*."""
    values = _fill(enclave, step, state, outer, weights)
    return values[: len(values) - len(enclave.outer)]


def _fill(
    enclave: Enclave, step: Step, state: Floats, outer: Floats, weights: Floats | None
) -> Floats:
    """Lay out the values of a component, its relation nodes computed from *state*."""
    values = np.zeros((enclave.size, *state.shape[1:]))
    claims = slice(enclave.claims.start, enclave.claims.stop)
    values[claims] = state
    # Transposed twice: what flows in is the same for all columns.
    values[enclave.claims.stop :].T[...] = outer.T
    for part in enclave.relations:
        values[part.start : part.stop] = step.of(part, values, state[:0], weights)
    return values


def evaluator(
    enclave: Enclave, step: Step, bases: Floats, outer: Floats, weights: Floats | None
) -> Field:
    """Make F: from the claims' strengths, shape (k,) or (k, columns), to the next."""

    def evaluate(state: Floats) -> Floats:
        wide = state.ndim > bases.ndim
        given = weights[:, None] if wide and weights is not None else weights
        own = bases[:, None] if wide else bases
        values = _fill(enclave, step, state, outer, given)
        return step.of(enclave.claims, values, own, given)

    return evaluate


def contractions(
    enclave: Enclave, errors: Step | None, bases: Floats, weights: Floats | None
) -> Floats:
    """Bound F's Lipschitz constant in the maximum norm, relation nodes eliminated.

    Returns:
        One bound, or one per column of *bases*.
    """
    if errors is None:
        return np.full(bases.shape[1:], np.inf)
    still = np.zeros((len(enclave.outer), *bases.shape[1:]))
    ones = np.ones_like(bases)
    evaluate = evaluator(enclave, errors, bases, still, weights)
    return np.asarray(evaluate(ones).max(axis=0))


def advance(
    field: Field, state: Floats, slope: Floats, size: Values
) -> tuple[Floats, Floats, Values]:
    """Take one step along a field: Bogacki & Shampine 1989, order 3(2).

    Args:
        field: The slopes at a state.
        state: Shape (k,), or (k, B) of a batch.
        slope: The same, the slopes there.
        size: Of the step; of a batch one for each column.

    Returns:
        The next state, the slopes there, and how far off it may be.
    """
    k2 = field(state + size * 0.5 * slope)
    k3 = field(state + size * 0.75 * k2)
    ahead = state + size * (2 * slope + 3 * k2 + 4 * k3) / 9
    k4 = field(ahead)
    off = size * abs(-5 * slope / 72 + k2 / 12 + k3 / 9 - k4 / 8).max(axis=0)
    return ahead, k4, off


def allowed_error(speed: Values) -> Values:
    """Say how far off a step may be, of a flow that has a *speed*."""
    return np.minimum(1e-5, 1e-2 * speed)


def growth(allowed: Values, off: Values) -> Values:
    """Say by how much the next step may be longer, or has to be shorter."""
    return np.clip(0.9 * (allowed / np.maximum(off, 1e-300)) ** (1 / 3), 0.2, 5)


def is_still(residual: Values, last: Values) -> Values:
    """Say whether iteration is done: nothing moves, or rounding is all that does."""
    return (residual <= 1e-16) | ((residual <= TOLERANCE) & (residual >= last))


class _Search:
    """Follow a field to where it vanishes, counting evaluations."""

    def __init__(self, evaluate: Field) -> None:
        self.evaluate, self.spent = evaluate, 0

    def field(self, state: Floats) -> Floats:
        """Compute F(s) - s."""
        check_patience()
        self.spent += 1
        return self.evaluate(state) - state

    def iterate(self, state: Floats) -> Floats:
        """Repeat F, which contracts; end with Newton's method where that is slow."""
        residual = np.inf
        while self.spent < BUDGET:
            change = self.field(state)
            last, residual = residual, float(abs(change).max())
            if is_still(residual, last):
                return state
            state = state + change
            if self.spent > PATIENT and len(state) <= _DENSE:
                return self.newton(state)
        return state

    def rest_near(self, state: Floats) -> tuple[Floats, Stability]:
        """Find the limit of the flow, slow at *state*, and whether it is stable."""
        if len(state) > _DENSE:
            return self.follow(state, TOLERANCE / 10, BUDGET), "unknown"
        found = self.newton(state)
        if self.is_rest(found) and self.stability(found) == "stable":
            return found, "stable"
        state = self.follow(state, TOLERANCE / 10, self.spent + BUDGET // 4)
        found = self.newton(state)
        best = found if self.is_rest(found) else state
        return best, self.stability(best)

    def is_rest(self, state: Floats) -> bool:
        """Say whether the field vanishes at *state*."""
        return float(abs(self.field(state)).max()) <= TOLERANCE

    def follow(self, state: Floats, slow: float, budget: int) -> Floats:
        """Follow the flow until its speed is *slow*.

        In elementwise arithmetic only: equal claims stay equal, so that rounding does
        not push a symmetric map off its symmetry.
        """
        size, slope = 0.1, self.field(state)
        while (speed := float(abs(slope).max())) > slow and self.spent < budget:
            allowed = allowed_error(speed)
            ahead, next_slope, off = advance(self.field, state, slope, size)
            if off <= allowed:
                state = np.clip(ahead, 0.0, 1.0)
                is_inside = np.array_equal(state, ahead)
                slope = next_slope if is_inside else self.field(state)
            size *= float(growth(allowed, off))
        return state

    def newton(self, start: Floats) -> Floats:
        """Solve F(s) = s near *start*; give the best point found, *start* at worst."""
        state, best = start, start
        least = float(abs(self.field(start)).max())
        for _ in range(60):
            change = self.field(state)
            jacobian = self.jacobian(state) - np.eye(len(state))
            move = np.linalg.lstsq(jacobian, -change, rcond=None)[0]
            state = np.clip(state + move, 0.0, 1.0)
            if abs(state - start).max() > _NEAR:
                break
            # Along a curve of near-rests the residual grows before it falls.
            residual = float(abs(self.field(state)).max())
            if residual >= least and least <= _ROUNDING:
                break
            if residual < least:
                best, least = state, residual
        return best

    def jacobian(self, state: Floats, side: float = 0.0) -> Floats:
        """Differentiate F by finite differences: central, or to one *side*."""
        probe = _PROBE * np.eye(len(state))
        columns = state[:, None]
        up, down = (1.0, -1.0) if side == 0 else (max(side, 0), min(side, 0))
        self.spent += 2
        ahead = self.evaluate(columns + up * probe)
        behind = self.evaluate(columns + down * probe)
        return (ahead - behind) / ((up - down) * _PROBE)

    def stability(self, state: Floats) -> Stability:
        """Look whether a small push away from *state* dies out."""
        left, right = self.jacobian(state, -1.0), self.jacobian(state, 1.0)
        if abs(right - left).max() > _KINK:
            return "unknown"
        largest = float(np.linalg.eigvals((left + right) / 2).real.max()) - 1.0
        if abs(largest) <= _MARGIN:
            return "unknown"
        return "stable" if largest < 0 else "unstable"
