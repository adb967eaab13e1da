"""The README tells the truth: its commands are run, and print what it says."""

import doctest
import os
import re
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from servers import free_port, serving

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "README.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.*(?:\n> .*)*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
LINK = re.compile(r"\]\((?!http)([^)#]+)\)")
PATH = re.compile(r"`((?:argmap|plugins|openapi|seeds|tests)/[\w/.]+)`")


def is_as_told(output: str, told: str) -> bool:
    """Compare, where … stands for anything."""
    pattern = ".*".join(re.escape(piece) for piece in told.rstrip("\n").split("…"))
    return bool(re.fullmatch(pattern, output.rstrip("\n"), re.DOTALL))


def test_the_tour_goes_as_it_is_told(tmp_path: Path) -> None:
    port = free_port()
    tools = Path(sys.executable).parent
    environment = os.environ | {
        "PATH": f"{tools}{os.pathsep}{curl(tmp_path)}{os.pathsep}{os.environ['PATH']}",
        "NO_PROXY": "*",
    }
    assignments, ran = "", 0
    with ExitStack() as stack:
        for language, file, body in BLOCK.findall(TEXT):
            if file:
                (tmp_path / file).parent.mkdir()
                (tmp_path / file).write_text(body, encoding="utf-8")
            if language != "console":
                continue
            for command, told in COMMAND.findall(body.replace("8000", str(port))):
                command = command.replace("\n> ", "\n")
                if command == "argmap serve":
                    stack.enter_context(serving("serve", port=port, folder=tmp_path))
                    continue
                if re.match(r"\w+=", command):
                    assignments += f"{command}\n"
                    continue
                done = subprocess.run(
                    ["bash", "-c", assignments + command],
                    cwd=tmp_path,
                    env=environment,
                    capture_output=True,
                    text=True,
                )
                assert done.returncode == 0, command + done.stderr
                assert is_as_told(done.stdout, told), f"{command}\n{done.stdout}"
                ran += 1
    assert ran >= 10


def test_the_library_does_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    examples = doctest.DocTestParser().get_doctest(TEXT, {}, "README.md", None, None)
    outcome = doctest.DocTestRunner().run(examples)

    assert outcome.failed == 0
    assert outcome.attempted >= 5


def test_a_rule_of_ones_own_takes_fifteen_lines() -> None:
    (rule,) = (body for _, file, body in BLOCK.findall(TEXT) if file.endswith(".py"))

    assert len(rule.splitlines()) <= 15


def test_what_the_page_points_to_is_there() -> None:
    named = {*LINK.findall(TEXT), *PATH.findall(TEXT)}

    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_the_page_lists_the_house_as_it_is() -> None:
    parts = {
        path.stem
        for path in (ROOT / "argmap").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    listed = set(re.findall(r"argmap/(\w+)\b", TEXT.split("## The house")[1]))

    assert parts - {"__init__"} <= listed


CURL = '''#!{python}
"""As much of curl as the page needs, where there is none."""
import sys, urllib.error, urllib.request
headers, data, method, url = {{}}, None, None, ""
words = iter(sys.argv[1:])
for word in words:
    if word == "-H":
        name, _, value = next(words).partition(": ")
        headers[name] = value
    elif word == "-d":
        data = next(words).encode()
    elif word == "-X":
        method = next(words)
    elif word != "-s":
        url = word
request = urllib.request.Request(url, data, headers, method=method)
try:
    print(urllib.request.urlopen(request).read().decode(), end="")
except urllib.error.HTTPError as error:
    print(error.read().decode(), end="")
'''


def curl(folder: Path) -> Path:
    """Make sure that there is a curl, and say in which directory."""
    if found := shutil.which("curl"):
        return Path(found).parent
    tools = folder / "tools"
    tools.mkdir()
    script = tools / "curl"
    script.write_text(CURL.format(python=sys.executable), encoding="utf-8")
    script.chmod(0o755)
    return tools
