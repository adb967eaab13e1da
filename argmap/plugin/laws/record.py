"""Findings on file: what a plugin's author found out, kept beside the plugin's code.

A plugin that is a package may hold ``laws.json``, which is what `argmap rules check …
--json` prints. It is read when the plugin is loaded, and says what was found when it
was written: nothing is tested again.
"""

from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Final

import msgspec

from argmap.plugin.laws.findings import Findings

FILE: Final = "laws.json"


def read_record(module: object) -> dict[str, Findings]:
    """Read what is on file for the rules of a plugin, by their names; often nothing.

    Raises:
        msgspec.ValidationError: The file is there and is something else.
    """
    if not isinstance(module, ModuleType) or not hasattr(module, "__path__"):
        return {}
    path = Path(str(module.__file__)).with_name(FILE)
    if not path.is_file():
        return {}
    return msgspec.json.decode(path.read_bytes(), type=dict[str, Findings])


def write_record(findings: Mapping[str, Findings]) -> bytes:
    """Write findings, by the names of rules, as JSON to be kept."""
    return msgspec.json.format(msgspec.json.encode(findings), indent=1) + b"\n"
