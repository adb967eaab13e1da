"""From the words of Argdown to a document, by hand and without recursion.

What is refused is refused at the word where the language's own grammar ends: its line
and column, both from 1, are in the message.
"""

import re
from typing import Any, Final

from argmap.errors import Malformed
from argmap.formats.argdown import yamldata
from argmap.formats.argdown.document import (
    Block,
    Document,
    Element,
    Heading,
    Inference,
    ListItem,
    Step,
    Structure,
)
from argmap.formats.argdown.inline import Content, content, one_line
from argmap.formats.argdown.lexer import Lexer
from argmap.formats.argdown.places import Places
from argmap.formats.argdown.tokens import CONTENT, ENDS, FREE, Kind, Token

_BLOCK_YAML: Final = re.compile(r"\{[ \t]*\n")
_ITEMS: Final = (Kind.ITEM, Kind.NUMBERED_ITEM)
_SETTING: Final = re.compile(r'("(?:[^"\\]|\\.)*"|[A-Za-z_][\w.-]*): (.+)')

_UNEXPECTED: Final = {
    Kind.RELATION: "a relation may only stand, indented, right under a statement, an "
    "argument or another relation",
    Kind.INDENT: "a relation may only stand, indented, right under a statement, an "
    "argument or another relation",
    Kind.NUMBER: "a numbered statement begins a block, or goes on with one",
    Kind.INFERENCE_START: "an inference stands between two numbered statements",
    Kind.FRONTMATTER: "frontmatter may only stand at the very start; "
    r"write \=== for equal signs",
    Kind.STATEMENT: "a statement's title may only stand at the start; "
    r"write \[ for a bracket, @[…] to mention a statement",
    Kind.STATEMENT_REFERENCE: "a statement's title may only stand alone; "
    r"write \[ for a bracket, @[…] to mention a statement",
    Kind.ARGUMENT: "an argument's title may only stand at the start; "
    r"write \< for the sign, @<…> to mention an argument",
    Kind.ARGUMENT_REFERENCE: "an argument's title may only stand alone; "
    r"write \< for the sign, @<…> to mention an argument",
    Kind.DATA: r"braces may only stand after a text; write \{ for the sign",
    Kind.INCLUDE: "other files are not read; put their text here",
    Kind.TEXT: "text may not follow here; leave an empty line before it",
}


def parse(text: str) -> Document:
    """Read a document of Argdown.

    Linear in the length of the text, whatever it holds.

    Args:
        text: With LF as line break, without a byte order mark.

    Raises:
        Malformed: The text breaks the grammar; with its line and column.
    """
    return _Parser(text).document()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.places = Places(text)
        lexer = Lexer(text, self.places)
        self.tokens = lexer.run()
        self.comments = lexer.comments
        self.at = 0
        self.yaml_read = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def is_at(self, *kinds: Kind) -> bool:
        return self.tokens[self.at].kind in kinds

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def skip(self, *kinds: Kind) -> None:
        while self.tokens[self.at].kind in kinds:
            self.at += 1

    def fail(self, detail: str | None = None) -> Malformed:
        """Make the error for the word at hand; the end is told by the word before."""
        token = self.token
        kind = token.kind
        if kind is Kind.END and self.at:
            token = self.tokens[self.at - 1]
        if detail is None:
            detail = _UNEXPECTED.get(kind, "this may not stand here")
        return self.places.error(token.start, detail)

    # Blocks.

    def document(self) -> Document:
        document = Document(self.text, self.comments)
        self.skip(Kind.LINE_BREAK, Kind.EMPTY_LINE)
        if self.is_at(Kind.FRONTMATTER):
            document.frontmatter = self.frontmatter(self.take())
            if not self.is_at(Kind.EMPTY_LINE, Kind.LINE_BREAK, Kind.END):
                raise self.fail("an empty line must follow the frontmatter")
            self.skip(Kind.LINE_BREAK, Kind.EMPTY_LINE)
        while not self.is_at(Kind.END):
            document.blocks += self.block()
            if not self.is_at(Kind.EMPTY_LINE, Kind.END):
                raise self.fail()
            self.skip(Kind.EMPTY_LINE, Kind.LINE_BREAK)
        return document

    def block(self) -> list[Block]:
        match self.token.kind:
            case Kind.HEADING:
                return [self.heading()]
            case Kind.NUMBER:
                return [self.structure()]
            case Kind.INDENT if self.tokens[self.at + 1].kind in _ITEMS:
                return list(self.items())
            case Kind.RELATION | Kind.INDENT:
                raise self.fail(
                    "a block may not begin with a relation; take out the empty line "
                    "above, or begin with a title or text"
                )
        element = self.element()
        self.relations(element)
        return [element]

    def heading(self) -> Heading:
        mark = self.take()
        text = self.content()
        data = self.data()
        return Heading(mark.start, mark.end - mark.start - 1, text, data)

    def items(self) -> list[ListItem]:
        self.take()
        kind = self.token.kind
        items = []
        while self.is_at(kind):
            self.take()
            items.append(ListItem(self.element()))
            self.relations(items[-1].element)
        if not self.is_at(Kind.DEDENT):
            raise self.fail("this may not stand in a list of its kind")
        self.take()
        return items

    # Statements, arguments, what is indented under them.

    def element(self) -> Element:
        """Read a statement or an argument without its relations."""
        token = self.token
        kind, offset = token.kind, token.start
        is_argument = kind in (Kind.ARGUMENT, Kind.ARGUMENT_REFERENCE)
        element = Element("argument" if is_argument else "statement", offset)
        if kind in (Kind.STATEMENT_REFERENCE, Kind.ARGUMENT_REFERENCE):
            self.take()
            element.title = self.text[token.start + 1 : token.end - 1]
            element.is_reference = True
            start = self.at
            self.skip(Kind.TAG)
            element.content = content(self.text, self.tokens[start : self.at])
            if self.is_at(Kind.LINE_BREAK):
                self.take()
        else:
            if kind in (Kind.STATEMENT, Kind.ARGUMENT):
                self.take()
                element.title = self.text[token.start + 1 : token.end - 2]
            element.content = self.content()
        element.data = self.data()
        return element

    def content(self) -> Content:
        """Read a text; what is bold or italic closes in the order it opened."""
        tokens, start, at = self.tokens, self.at, self.at
        open_: list[Kind] = []
        while True:
            kind = tokens[at].kind
            if kind in ENDS:
                open_.append(ENDS[kind])
            elif kind not in CONTENT:
                if not open_ or kind is not open_[-1]:
                    break
                open_.pop()
            at += 1
        self.at = at
        if open_:
            what = "bold" if open_[-1] is Kind.BOLD_END else "italic"
            sign = "** or __" if what == "bold" else "* or _"
            raise self.fail(
                rf"{what} text must end, with {sign}; write \ before a sign itself"
            )
        if at == start:
            raise self.fail(self._no_text())
        return content(self.text, tokens[start:at])

    def _no_text(self) -> str | None:
        if self.is_at(Kind.EMPTY_LINE, Kind.END, Kind.DATA, Kind.DEDENT, Kind.INDENT):
            return "text is missing here; a title alone has no colon"
        return None

    def data(self) -> dict[str, Any] | None:
        if not self.is_at(Kind.DATA):
            return None
        token = self.take()
        text = self.text[token.start : token.end]
        if found := _BLOCK_YAML.match(text):
            value = self.yaml(text[found.end() : -1], token.start + found.end())
        else:
            value = self.yaml(text, token.start)
        if self.is_at(Kind.LINE_BREAK):
            self.take()
        return value

    def yaml(self, text: str, offset: int) -> dict[str, Any]:
        try:
            value = yamldata.load_json(text)
        except ValueError:
            self.yaml_read += len(text)
            try:
                value = yamldata.load(text, yamldata.SIZE - self.yaml_read + len(text))
            except yamldata.NoData as error:
                raise self.places.error(offset + error.offset, error.what) from None
        if value is not None and not isinstance(value, dict):
            raise self.places.error(offset, "data must have names: {name: value}")
        return value or {}

    def frontmatter(self, token: Token) -> dict[str, Any]:
        text = self.text[token.start : token.end]
        body = text.strip("=")
        offset = token.start + len(text) - len(text.lstrip("="))
        return _settings(body) or self.yaml(body, offset)

    def relations(self, parent: Element) -> None:
        """Read the tree of relations under an element, if there is one."""
        if not self.is_at(Kind.INDENT):
            return
        self.take()
        if not self.is_at(Kind.RELATION):
            raise self.fail()
        parents = [parent]
        while True:
            if self.is_at(Kind.RELATION):
                sign = self._sign()
                child = self.element()
                if sign == "><" and child.type == "argument":
                    raise self.places.error(
                        child.offset, "only statements can be contradictory"
                    )
                parents[-1].relations.append((sign, child))
                if self.is_at(Kind.INDENT):
                    self.take()
                    if not self.is_at(Kind.RELATION):
                        raise self.fail()
                    parents.append(child)
            elif self.is_at(Kind.DEDENT):
                self.take()
                parents.pop()
                if not parents:
                    return
            else:
                raise self.fail()

    def _sign(self) -> str:
        token = self.take()
        return self.text[token.start : token.end].strip(" \t")

    # Premises and conclusions.

    def structure(self) -> Structure:
        offset = self.token.start
        steps = [self.step(None)]
        is_complete = False
        while self.is_at(Kind.NUMBER, Kind.INFERENCE_START):
            if is_complete := self.is_at(Kind.INFERENCE_START):
                steps.append(self.step(self.inference()))
            else:
                steps.append(self.step(None))
        if not is_complete:
            raise self.fail(
                "an inference (----) and a conclusion are missing; between them and "
                "the premises may be no empty line"
            )
        return Structure(offset, steps)

    def step(self, inference: Inference | None) -> Step:
        if not self.is_at(Kind.NUMBER):
            raise self.fail("a conclusion is missing: a numbered statement")
        number = self.take()
        if self.is_at(Kind.ARGUMENT, Kind.ARGUMENT_REFERENCE):
            raise self.fail("a premise or conclusion is a statement, no argument")
        statement = self.element()
        self.relations(statement)
        digits = self.text[number.start : number.end].strip(" \t()")
        return Step(int(digits[-9:]), statement, inference)

    def inference(self) -> Inference:
        inference = Inference(self.take().start)
        self.skip(Kind.LINE_BREAK)
        while self.is_at(*FREE):
            start = self.at
            self.skip(*FREE)
            rule = content(self.text, self.tokens[start : self.at])
            inference.rules.append(one_line(rule.text))
            if not self.is_at(Kind.COMMA):
                break
            self.take()
            if not self.is_at(*FREE):
                raise self.fail("a rule's name is missing after the comma")
        self.skip(Kind.LINE_BREAK)
        inference.data = self.data()
        if not self.is_at(Kind.INFERENCE_END):
            raise self.fail("an inference must end in two hyphens")
        self.take()
        if not self.is_at(Kind.LINE_BREAK):
            raise self.fail("a conclusion must follow on the next line")
        self.take()
        if self.is_at(Kind.INDENT):
            self._undercuts(inference)
        return inference

    def _undercuts(self, inference: Inference) -> None:
        self.take()
        while self.is_at(Kind.RELATION):
            if (sign := self.text[self.token.start : self.token.end].strip()) not in (
                "_",
                "<_",
            ):
                raise self.fail("an inference can only be undercut: <_")
            self.take()
            child = self.element()
            self.relations(child)
            inference.undercuts.append((sign, child))
        if not self.is_at(Kind.DEDENT):
            raise self.fail()
        self.take()


def _settings(body: str) -> dict[str, Any] | None:
    """Read frontmatter that is one setting a line, in JSON; None if it is not so."""
    settings: dict[str, Any] = {}
    for line in body.strip().split("\n"):
        found = _SETTING.fullmatch(line)
        if found is None:
            return None
        try:
            quoted = found[1].startswith('"')
            name = yamldata.load_json(found[1]) if quoted else found[1]
            value = yamldata.load_json(found[2])
        except ValueError:
            return None
        if name in settings:
            return None
        settings[name] = value
    return settings
