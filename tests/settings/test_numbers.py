"""Numbers that may be set have bounds, so that none breaks the server later."""

from pathlib import Path
from typing import get_args

import msgspec
import pytest

from argmap.cli.settings import document
from argmap.errors import Malformed
from argmap.settings import Settings

NUMBERS = [
    (field.name, field.default, meta)
    for field in msgspec.structs.fields(Settings)
    for type_, *metas in [get_args(field.type)]
    for meta in metas
    if type_ in (int, float)
]


@pytest.mark.parametrize(
    ("name", "default", "meta"), NUMBERS, ids=[name for name, *_ in NUMBERS]
)
def test_every_number_has_a_smallest_and_a_largest(
    tmp_path: Path, name: str, default: float, meta: msgspec.Meta
) -> None:
    variable = f"ARGMAP_{name.upper()}"
    assert meta.ge is not None
    assert meta.le is not None
    assert meta.ge <= default <= meta.le
    for allowed in (meta.ge, meta.le):
        found = Settings.load({variable: str(allowed)}, tmp_path)
        assert getattr(found, name) == allowed
    for text in ("-1", "inf", "nan", "1e300", "1" + "0" * 400, "1" * 5000):
        with pytest.raises(Malformed, match=variable):
            Settings.load({variable: text}, tmp_path)


def test_the_document_says_how_far_a_number_may_go() -> None:
    assert "| `port` | `8000` | 1 to 65535 |" in document()
    assert "| `heartbeat_seconds` | `15` | 0.1 to 31536000 | seconds |" in document()
