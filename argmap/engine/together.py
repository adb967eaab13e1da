"""Bring one cyclic component to rest in many variants of a graph at once.

Every column takes the steps that it would take alone: in the limit that
`argmap.engine.cyclic` defines, and to the bit where it contracts. What is shared is the
work of asking for them.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from argmap.engine.cyclic import (
    BUDGET,
    PATIENT,
    SLOW,
    Field,
    Rest,
    advance,
    allowed_error,
    come_to_rest,
    contractions,
    evaluator,
    growth,
    is_still,
    strengths_of,
)
from argmap.engine.patience import check_patience
from argmap.engine.plan import Enclave
from argmap.engine.step import Step

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Places = NDArray[np.int64]


def come_to_rest_together(
    enclave: Enclave,
    step: Step,
    errors: Step | None,
    bases: Floats,
    outer: Floats,
    weights: Floats | None,
) -> Rest:
    """Solve one component in a batch of variants: arguments have a column for each.

    Columns that contract are iterated together, each until it is done by itself, so
    that it gets the bits that it would get alone; the others follow the flow together,
    each by its own steps, and come to rest one by one.
    """
    bounds = contractions(enclave, errors, bases, weights)

    def field_of(columns: Places) -> Field:
        own = None if weights is None else weights[:, columns]
        return evaluator(enclave, step, bases[:, columns], outer[:, columns], own)

    everyone = np.arange(bases.shape[1])
    state, spent, done = _iterate(field_of(everyone), bases, bounds < 1)
    values = strengths_of(enclave, step, state, outer, weights)
    rests = [Rest(values, spent, 0.0, float(bounds[done].max(initial=0)), "stable")]
    flowing = np.flatnonzero(bounds >= 1)
    passed = np.array(bases)
    passed[:, flowing] = _follow(field_of, bases, flowing)
    for b in np.flatnonzero(~done):
        rest = come_to_rest(
            enclave,
            step,
            errors,
            bases[:, b],
            outer[:, b],
            None if weights is None else weights[:, b],
            passed[:, b],
        )
        values[:, b] = rest.values
        rests.append(rest)
    return Rest.worst(rests)


def _iterate(evaluate: Field, state: Floats, active: Mask) -> tuple[Floats, int, Mask]:
    """Repeat F in the *active* columns; say which came to rest, and how soon."""
    last = np.full(state.shape[1], np.inf)
    done = np.zeros(state.shape[1], dtype=bool)
    for spent in range(PATIENT):
        if not active.any():
            return state, spent, done
        check_patience()
        change = evaluate(state) - state
        residual = abs(change).max(axis=0)
        rests = is_still(residual, last) & active
        done, active = done | rests, active & ~rests
        state = np.where(active, state + change, state)
        last = residual
    return state, PATIENT, done


def _follow(
    field_of: Callable[[Places], Field], bases: Floats, columns: Places
) -> Floats:
    """Follow the flow from *bases* in some columns until each is slow.

    Returns:
        Shape (k, columns).
    """
    reached, size = bases[:, columns], np.full(len(columns), 0.1)
    left, spent = np.arange(len(columns)), 0
    while len(left) and spent < BUDGET // 2:
        evaluate = field_of(columns[left])
        state, steps, rounds = _stretch(evaluate, reached[:, left], size[left])
        reached[:, left], size[left] = state, steps
        spent += rounds
        left = left[abs(evaluate(state) - state).max(axis=0) > SLOW]
    return reached


def _stretch(
    evaluate: Field, state: Floats, size: Floats
) -> tuple[Floats, Floats, int]:
    """Follow a flow until half of the columns are slow: `cyclic` does one at a time.

    Returns:
        The state and the next steps' sizes, and how often *evaluate* was asked.
    """

    def field(state: Floats) -> Floats:
        check_patience()
        return evaluate(state) - state

    slope, spent = field(state), 1
    while spent < BUDGET // 2:
        speed = abs(slope).max(axis=0)
        is_quick = speed > SLOW
        if 2 * is_quick.sum() <= len(is_quick):
            break
        allowed = allowed_error(speed)
        ahead, next_slope, off = advance(field, state, slope, size)
        is_taken = is_quick & (off <= allowed)
        inside = np.clip(ahead, 0.0, 1.0)
        state = np.where(is_taken, inside, state)
        slope = np.where(is_taken, next_slope, slope)
        spent += 3
        if (is_taken & (inside != ahead).any(axis=0)).any():
            slope, spent = field(state), spent + 1
        size = np.where(is_quick, size * growth(allowed, off), size)
    return state, size, spent
