"""What holds for every test: properties are tried alike on every machine."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "argmap",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("argmap")
