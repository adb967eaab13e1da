"""What holds for every test: the same on every machine, whatever is set on it."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "argmap",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("argmap")

# What is set for argmap here must not reach what is tested, least of all a variable
# that is there for the tests and no setting at all.
_SET = {
    name: os.environ.pop(name)
    for name in list(os.environ)
    if name.startswith("ARGMAP_")
}


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the directory ``ARGMAP_SHARED``: what tests may see and nobody may ship."""
    if "ARGMAP_SHARED" not in _SET:
        pytest.skip("ARGMAP_SHARED is not set: what it holds may not be shipped")
    return Path(_SET["ARGMAP_SHARED"])
