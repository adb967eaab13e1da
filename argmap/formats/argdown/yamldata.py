"""YAML in frontmatter and braces: safe, small, and JSON's types only.

Read from the parser's events, without composing or constructing: no tags, anchors or
aliases, no member twice, at most `DEPTH` levels and `SIZE` characters. Plain scalars
mean what they mean in YAML 1.2's core schema: ``yes`` is a text, and so is a date.
"""

import json
import re
from typing import Any, Final

import yaml

from argmap.model.limits import DATA_DEPTH, LARGEST_INTEGER
from argmap.model.text import forbidden

DEPTH: Final = 60
"""Levels that YAML may nest; free data of a map may nest a little deeper."""

SIZE: Final = 1_000_000
"""Characters of YAML that are no JSON in one file: reading costs a microsecond each."""

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER: Final = re.compile(r"[-+]?[0-9]+")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class NoData(Exception):  # errors are bare nouns
    """What stands there cannot be read; the offset is in characters."""

    def __init__(self, what: str, offset: int = 0) -> None:
        self.what, self.offset = what, offset
        super().__init__(what)


def load(text: str, most: int = SIZE) -> Any:
    """Read one document of YAML, of at most so many characters.

    Raises:
        NoData: With the offset of what cannot be read, or may not stand there.

    >>> load("{k: 1, when: 2024-05-02, l: [yes, ~]}")
    {'k': 1, 'when': '2024-05-02', 'l': ['yes', None]}
    """
    if len(text) > most:
        raise NoData(f"at most {SIZE} characters of YAML are read; write JSON for more")
    _check_nesting(text)
    try:
        return _Builder().run(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "no YAML"
        raise NoData(f"no YAML: {problem}", mark.index if mark else 0) from None


def load_json(text: str) -> Any:
    """Read JSON as strictly.

    Raises:
        ValueError: It is none, or holds what is refused here.
    """
    try:
        value = json.loads(
            text,
            object_pairs_hook=_members,
            parse_constant=_refused,
            parse_int=_integer,
        )
    except RecursionError:
        raise ValueError("deep") from None
    if "\\" in text or text.count("{") + text.count("[") > DEPTH:
        _check(value)
    return value


def _check(value: Any) -> None:
    """Refuse what JSON may spell and no map may hold.

    Raises:
        ValueError: There is such a thing.
    """
    waiting = [(value, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DATA_DEPTH + 8:  # it may be what is carried for a map
            raise ValueError("deep")
        if isinstance(value, str):
            if forbidden(value) is not None:
                raise ValueError("character")
        elif isinstance(value, dict):
            waiting += [(each, depth + 1) for each in (*value, *value.values())]
        elif isinstance(value, list):
            waiting += [(each, depth + 1) for each in value]


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("twice")
    return members


def _refused(name: str) -> None:
    raise ValueError(name)


def _integer(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > LARGEST_INTEGER:
        raise ValueError("large")
    return int(digits)


def _check_nesting(text: str) -> None:
    """Refuse brackets that nest deep before a parser sees them: it would be slow."""
    depth = 0
    for found in re.finditer(r"[\[{]|[\]}]", text):
        depth = depth + 1 if found[0] in "[{" else max(depth - 1, 0)
        if depth > DEPTH:
            raise NoData(f"nests deeper than {DEPTH} levels", found.start())


class _Builder:
    """Values from events, the open ones on a stack."""

    def __init__(self) -> None:
        self.stack: list[Any] = []
        self.names: list[Any] = []
        self.result: Any = None

    def run(self, text: str) -> Any:
        for event in yaml.parse(text, Loader=_LOADER):
            offset = event.start_mark.index
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise NoData("anchors and aliases are not read", offset)
            if isinstance(event, yaml.DocumentStartEvent) and offset and event.explicit:
                if self.result is not None:
                    raise NoData("there is more than one document", offset)
            elif isinstance(event, yaml.ScalarEvent):
                self.scalar(event, offset)
            elif isinstance(event, yaml.CollectionStartEvent):
                self.check_tag(event.tag, offset)
                is_map = isinstance(event, yaml.MappingStartEvent)
                self.put({} if is_map else [], offset, is_open=True)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.stack.pop()
                self.names.pop()
        return self.result

    def scalar(self, event: Any, offset: int) -> None:
        self.check_tag(event.tag, offset)
        is_plain = event.style is None or event.style == ""
        self.put(_scalar(event.value) if is_plain else event.value, offset)

    def put(self, value: Any, offset: int, *, is_open: bool = False) -> None:
        if isinstance(value, str) and forbidden(value) is not None:
            raise NoData("holds a character that no text may hold", offset)
        if not self.stack:
            self.result = value
        elif isinstance(self.stack[-1], list):
            self.stack[-1].append(value)
        elif self.names[-1] is None:
            if is_open:
                raise NoData("a name must be a text", offset)
            name = value if isinstance(value, str) else json.dumps(value)
            if name in self.stack[-1]:
                raise NoData(f"{name!r} is given twice", offset)
            self.names[-1] = name
        else:
            self.stack[-1][self.names[-1]] = value
            self.names[-1] = None
        if is_open:
            self.stack.append(value)
            self.names.append(None)
            if len(self.stack) > DEPTH:
                raise NoData(f"nests deeper than {DEPTH} levels", offset)

    def check_tag(self, tag: str | None, offset: int) -> None:
        if tag not in (None, "!", "tag:yaml.org,2002:str"):
            raise NoData(f"the tag {tag} is not read", offset)


def _scalar(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if len(text) <= 17 and _INTEGER.fullmatch(text):
        number = int(text)
        return number if abs(number) <= LARGEST_INTEGER else text
    if len(text) <= 40 and _FLOAT.fullmatch(text):
        value = float(text)
        return value if abs(value) < float("inf") and not text.isdigit() else text
    return text
