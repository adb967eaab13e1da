"""The files of a new plugin: a whole package, or one file for the plugins directory.

The templates beside this file are complete texts in which ``${name}`` (the rule's),
``${title}``, ``${module}`` and ``${constant}`` stand for what they say.
"""

import re
from pathlib import Path
from string import Template
from typing import Final

from argmap.errors import Malformed

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST: Final = 50

_PACKAGE: Final = {
    "README.md": "readme.txt",
    "pyproject.toml": "pyproject.txt",
    "argmap_${module}/__init__.py": "init.txt",
    "argmap_${module}/py.typed": "",
    "argmap_${module}/rule.py": "rule.txt",
    "tests/test_${module}.py": "test.txt",
}


def package(name: str) -> dict[str, str]:
    """Write a package that offers a rule of this name: texts by their paths.

    Raises:
        Malformed: *name* is no slug that begins with a letter.
    """
    names = _names(name)
    return {
        Template(path).substitute(names): _filled(template, names)
        for path, template in _PACKAGE.items()
    }


def single_file(name: str) -> dict[str, str]:
    """Write one file that offers a rule of this name, for the plugins directory.

    Raises:
        Malformed: *name* is no slug that begins with a letter.
    """
    names = _names(name)
    rule, hook = _filled("rule.txt", names), _filled("init.txt", names)
    _, _, offer = hook.partition("\n\n\n")
    text = rule.replace(
        "from typing", "from collections.abc import Iterator\nfrom typing"
    )
    text = text.replace("Rule, Values", "Rule, Values, hookimpl")
    return {f"{names['module']}.py": f"{text}\n\n{offer}"}


def _names(name: str) -> dict[str, str]:
    if not _NAME.fullmatch(name) or len(name) > _LONGEST:
        raise Malformed(
            f"{name!r} cannot be a rule's name: use a-z, 0-9 and single -, begin with "
            f"a letter, at most {_LONGEST} in all"
        )
    return {
        "name": name,
        "title": name.replace("-", " ").capitalize(),
        "module": name.replace("-", "_"),
        "constant": name.replace("-", "_").upper(),
    }


def _filled(template: str, names: dict[str, str]) -> str:
    if not template:
        return ""
    text = Path(__file__).with_name(template).read_text("utf-8")
    return Template(text).substitute(names)
