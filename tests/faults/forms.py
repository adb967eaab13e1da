"""One test in two forms: a short one beside every change, a full one by hand."""

from typing import Any

import pytest


def forms(ci: Any, full: Any) -> list[Any]:
    """Parametrize a test by the value that it has in CI and in full."""
    return [
        pytest.param(*_several(ci), marks=pytest.mark.faults, id="ci"),
        pytest.param(*_several(full), marks=pytest.mark.full, id="full"),
    ]


def _several(values: Any) -> tuple[Any, ...]:
    return values if isinstance(values, tuple) else (values,)
