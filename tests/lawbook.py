"""What is known of the laws of the rules that ship, on file and in the guides.

`PYTHONPATH=tests python -m lawbook` writes laws and hooks into `plugins/README.md`, and
from the ``laws.json`` of each plugin the tables of `plugins/LAWS.md`; rules that are
named (or ``all``) are tested first, which takes some ten seconds for each.
"""

import inspect
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from argmap.plugin import Host, Rule, hookspecs
from argmap.plugin.laws import LAWS, Findings, Tested, check
from argmap.plugin.laws.record import FILE, write_record

PLUGINS: Final = Path(__file__).parents[1] / "plugins"
CASES: Final = 200
_MODULE: Final = re.compile(r"\b[a-z_.]+\.(?=[A-Z])")


def shipped() -> dict[str, Findings]:
    """Give what is on file for each rule that ships, by its name."""
    rules = Host.load(strict=True).rules
    return {
        name: installed.rule.findings or Findings(version=None, laws={})
        for name, installed in rules.items()
        if installed.is_shipped
    }


def record(names: Collection[str]) -> None:
    """Test some of the rules, and put on file what comes of it."""
    by_plugin: dict[str, dict[str, Findings]] = defaultdict(dict)
    for name, installed in Host.load(strict=True).rules.items():
        if installed.is_shipped:
            found = installed.rule.findings
            if found is None or name in names or "all" in names:
                print(name, flush=True)
                found = check(installed.rule, cases=CASES)
            by_plugin[installed.plugin][name] = _as_promised(installed.rule, found)
    for plugin, findings in by_plugin.items():
        (PLUGINS / plugin / FILE).write_bytes(write_record(findings))


def _as_promised(rule: Rule, findings: Findings) -> Findings:
    """Note what a rule promises now, which is no finding."""
    laws = {
        name: replace(tested, promised=LAWS[name].is_promised_by(rule))
        for name, tested in findings.laws.items()
    }
    return replace(findings, laws=laws)


def catalogue() -> str:
    """Write the laws as a table."""
    rows = ["| law | says | over | after |", "| --- | --- | --- | --- |"]
    for law in LAWS.values():
        name = f"*`{law.name}`*" if law.is_required else f"`{law.name}`"
        rows.append(f"| {name} | {law.statement} | {law.domain} | {law.source} |")
    return "".join(f"{row}\n" for row in rows)


def matrix() -> str:
    """Write who keeps what as a table, and what is broken as a list."""
    found = shipped()
    optional = [law for law in LAWS.values() if not law.is_required]
    lines = [
        "| rule | " + " | ".join(law.name for law in optional) + " |",
        "| --- " * (1 + len(optional)) + "|",
    ]
    for rule, findings in found.items():
        cells = (_cell(findings.laws[law.name]) for law in optional)
        lines.append(f"| `{rule}` | {' | '.join(cells)} |")
    lines.append("")
    for rule, findings in found.items():
        broken = {k: t.counterexample for k, t in findings.laws.items()}
        lines += [
            f"* `{rule}` breaks {law}: {example.detail}"
            for law, example in broken.items()
            if example is not None
        ]
    return "".join(f"{line}\n" for line in lines)


def _cell(tested: Tested) -> str:
    return {
        "no-counterexample": "**promised**" if tested.promised else "none found",
        "broken": "broken",
        "not-applicable": "–",
    }[tested.result]


def hooks() -> str:
    """Write what the hooks are, from their docstrings."""
    specified = [
        function
        for function in vars(hookspecs).values()
        if inspect.isfunction(function) and function.__name__.startswith("argmap_")
    ]
    return "".join(
        f"`{function.__name__}{_MODULE.sub('', str(inspect.signature(function)))}`\n\n"
        f"{_quoted(inspect.getdoc(function) or '')}\n"
        for function in specified
    )


def _quoted(text: str) -> str:
    return "".join(f"> {line}".rstrip() + "\n" for line in text.splitlines())


PARTS: Final = (
    (PLUGINS / "README.md", "laws", catalogue),
    (PLUGINS / "README.md", "hooks", hooks),
    (PLUGINS / "LAWS.md", "laws", matrix),
)


def written(page: Path, name: str, part: Callable[[], str]) -> str:
    """Give a page with a part of it written anew."""
    begin = f"<!-- {name}: written by tests/lawbook.py -->"
    end = f"<!-- end of {name} -->"
    before, _, rest = page.read_text("utf-8").partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n{part()}{end}{after}"


if __name__ == "__main__":
    record(sys.argv[1:])
    for page, name, part in PARTS:
        page.write_text(written(page, name, part), "utf-8")
