"""Small files of every format: each is to be known as what it is, and to come back."""

import json
from pathlib import Path
from typing import Any, Final

SAMPLES: Final = Path(__file__).parent / "formats" / "samples"

FILES: Final = {
    f"{path.parent.name}/{path.name}": path.read_bytes()
    for path in sorted(SAMPLES.glob("*/*"))
    if path.parent.name != "argdown"  # which has tests of its own
    if path.suffix != ".txt" or path.parent.name != "brat"
}


def format_of(sample: str) -> str:
    """Say which format a sample is in."""
    return sample.partition("/")[0]


def content(sample: str, data: bytes) -> Any:
    """Take of a file what is no matter of spelling.

    Of JSON what it says, whatever the order of members; of facts the facts, whatever
    their order and layout; of Kialo the lines, whatever ends them.
    """
    match format_of(sample):
        case "apx" | "bag":
            lines = [line.partition("%")[0] for line in data.decode().split("\n")]
            return sorted("".join("".join(lines).split()).split(")."))
        case "af" | "tgf":
            return [
                line
                for line in data.decode().splitlines()
                if not line.startswith(("# ", "c "))
            ]
        case "kialo":
            return data.decode("utf-8-sig").replace("\r\n", "\n").rstrip("\n")
    return json.loads(data)
