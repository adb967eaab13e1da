"""What each format holds of a map, as the table of `argmap/formats/README.md`.

`PYTHONPATH=tests python -m formats_table` writes it.
"""

from pathlib import Path
from typing import Final

from argmap.formats import argmap_formats
from argmap.plugin import FEATURES
from argmap.plugin.features import TITLES

README: Final = Path(__file__).parents[1] / "argmap" / "formats" / "README.md"
BEGIN: Final = "<!-- formats: written by tests/formats_table.py -->"
END: Final = "<!-- end of formats -->"
_MARKS: Final = {"held": "held", "residue": "kept", "lost": "**lost**"}


def tables() -> str:
    """List the formats, and then feature by feature what those written hold."""
    formats = sorted(argmap_formats(), key=lambda each: each.name)
    rows = [["format", "name", "files", "read", "written"], ["---"] * 5]
    rows += [
        [
            each.title,
            f"`{each.name}`",
            " ".join(f"`{suffix}`" for suffix in each.suffixes),
            "yes" if each.read else "",
            "yes" if each.write else "",
        ]
        for each in formats
    ]
    written = [each for each in formats if each.write]
    features = [
        ["", *(f"`{each.name}`" for each in written)],
        ["---"] * (1 + len(written)),
    ]
    features += [
        [TITLES[feature], *(_MARKS[each.features[feature]] for each in written)]
        for feature in FEATURES
    ]
    return f"{_table(rows)}\n{_table(features)}"


def _table(rows: list[list[str]]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def written(readme: str) -> str:
    """Put the tables where they belong."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{tables()}{END}{after}"


if __name__ == "__main__":
    README.write_text(written(README.read_text("utf-8")), "utf-8")
