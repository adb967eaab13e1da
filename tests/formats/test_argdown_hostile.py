"""No file of Argdown takes long, whatever is in it: it is read, or its place told."""

import time
from contextlib import suppress

import pytest

from argmap.errors import InvalidMap, Malformed
from argmap.formats.exchange import read
from argmap.plugin import Host

HOST = Host.load(strict=True)
MANY = 30_000

BOMB = "\n".join(
    ["===", "a: &a [x, x, x, x, x, x, x, x, x]"]
    + [f"{b}: &{b} [*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a}]"
       for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    + ["===", "", "[A]: a"]
)  # fmt: skip

REFUSED = {
    "yaml-bomb": (BOMB, "line 2, column 4: anchors and aliases are not read"),
    "yaml-tag": ("[A]: a {k: !!python/object:os.system x}", "column 12: the tag"),
    "yaml-brackets": ("[A]: a {k: " + "[" * MANY + "}", "line 1, column 71: nests"),
    "yaml-steps": (
        "===\n" + "".join("  " * i + "a:\n" for i in range(99)) + "===\n\n[A]: a",
        "nests deeper than 60 levels",
    ),
    "yaml-dashes": ("[A]: a {\n" + "- " * 9_999 + "\n}", "line 2, column 121: nests"),
    "yaml-twice": ("[A]: a {k: 1, k: 2}", "'k' is given twice"),
    "yaml-large": ("[A]: a {k: '" + "x" * 2_000_000 + "'}", "at most 1000000 char"),
    "bold": ("[A]: " + "**a _b " * MANY, "text must end"),
    "latin-1": ("[A]: caf\xe9".encode("latin-1"), "line 1, column 9: this byte"),
    "nul": ("[A]: a\0b", "line 1, column 7"),
    "utf-16": ("[A]: a".encode("utf-16"), "line 1, column 1"),
    "include": ("@include(/etc/passwd)", "line 1, column 1: other files are not read"),
    "marks": ("*a*\n" * 200_000, "there are more than 500000 words"),
    "signs": ("[" * 1_000_000, "there are more than 500000 words"),
    "carried": ('[A]: a {"argmap": {"kind": "x"}}', "line 1, column 1: argmap.kind"),
    "carried-key": (
        '[A]: a {"argmap": {"key": "b"}}\n\n[B]: b {"argmap": {"key": "b"}}',
        "line 3, column 1: the key 'b' is taken",
    ),
}  # fmt: skip

READ = {
    "brackets": "[" * MANY,
    "braces": "a " + "{" * MANY,
    "closing-braces": "a {" + "} , " * MANY,
    "titles": "[a" * MANY,
    "links": "[a](" * MANY,
    "tags": "#(" * MANY,
    "mentions": "@[@<" * MANY,
    "comments": "/* <!-- " * MANY,
    "dots": "." * MANY + ":" * MANY,
    "equals": "a, === b " * MANY,
    "escapes": "\\" * MANY,
    "spaces": "a" + " " * MANY + "b" + "\t" * MANY,
    "lines": "a\n" * MANY,
    "words-in-marks": "*a* " * MANY,
    "long-line": "[A]: " + "x" * 5_000,
    "headings": "# a\n\n" * 20_000,
    "one-title": "".join(f"[A] #t{i} {{k{i}: 1}}\n\n" for i in range(10_000)),
    "deep": "[A]: a\n" + "".join(" " * i + f"+ [c{i}]\n" for i in range(1, 2_000)),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_file_is_refused_soon_and_by_its_place(case: str) -> None:
    text, why = REFUSED[case]
    start = time.process_time()

    with pytest.raises((Malformed, InvalidMap)) as caught:
        read(HOST, text if isinstance(text, bytes) else text.encode(), "argdown")

    assert why in str(caught.value)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("case", READ)
def test_a_file_without_end_of_signs_is_read_soon(case: str) -> None:
    start = time.process_time()
    with suppress(Malformed):  # that it has no sense is no matter here
        read(HOST, READ[case].encode(), "argdown")

    assert time.process_time() - start < 5


def test_lines_may_be_indented_as_deep_as_they_like() -> None:
    map_, _ = read(HOST, READ["deep"].encode(), "argdown")

    assert len(map_.relations) == 1_999
