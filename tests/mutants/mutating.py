"""Small mistakes in a module: each one a copy of it with one thing wrong.

Everything at the level of the module is tried too, such as queries, tables and regular
expressions: there argmap says what is escaped and who may read what. Annotations,
docstrings and the words of errors are left alone.
"""

import ast
import re
from collections.abc import Iterator
from types import CodeType
from typing import Any, Final, NamedTuple

_OPPOSITE: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.GtE, ast.LtE),
    ast.LtE: (ast.Gt, ast.Lt),
    ast.Gt: (ast.LtE, ast.GtE),
    ast.GtE: (ast.Lt, ast.Gt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_OTHER: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mod,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitAnd,
    ast.MatMult: ast.Mult,
}
_SWAPS: Final = {
    name: other
    for pair in (
        ("min", "max"),
        ("any", "all"),
        ("minimum", "maximum"),
        ("argmin", "argmax"),
        ("and_", "or_"),
        ("startswith", "endswith"),
        ("partition", "rpartition"),
        ("lstrip", "rstrip"),
    )
    for name, other in (pair, pair[::-1])
}
_NAMED: Final = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
ESCAPES: Final = {
    *("dot", "escape", "escaped", "html", "markdown", "mermaid", "quoted", "xml")
}
"""What texts are given to before they are written, by the names it has there."""
_TELLING: Final = 10  # characters
_QUERIES: Final = {"where", "order_by", "limit"}
_PLACE: Final = re.compile(
    r"\\x..|\\u....|\\[ux]?.|\(\?[:=!]|.", re.DOTALL
)  # of a regular expression


class Function(NamedTuple):
    """A function of a module or class: what its code is called, and its first line."""

    name: str
    line: int


class Where(NamedTuple):
    """Where in a module something is."""

    name: str = ""
    """Of the class or function, whose own defaults are in it."""
    function: Function | None = None
    """The outermost, if it is in one: the rest is run when the module is imported."""
    statement: tuple[int, int] = 0, 0
    """First and last line of the innermost that it is in."""
    expressions: tuple[ast.expr, ...] = ()
    """That it is in, in that statement, from without."""

    def within(self, node: ast.AST, field: str) -> "Where":
        """Say where that is which a node has in a field of it."""
        if not isinstance(node, _NAMED) or field == "decorator_list":
            return self
        name = f"{self.name}.{node.name}".strip(".")
        if self.function or isinstance(node, ast.ClassDef) or field != "body":
            return self._replace(name=name)
        line = min(each.lineno for each in (node, *node.decorator_list))
        return self._replace(name=name, function=Function(name, line))

    def at(self, node: ast.AST) -> "Where":
        """Say where a node is that is here."""
        match node:
            case ast.stmt(lineno=first, end_lineno=int() as last):
                return self._replace(statement=(first, last), expressions=())
            case ast.expr():
                return self._replace(expressions=(*self.expressions, node))
        return self


class Mutant(NamedTuple):
    """A module with one mistake in it."""

    line: int
    where: Where
    before: str
    after: str
    code: CodeType


def mutants(source: str, path: str) -> Iterator[Mutant]:
    """Give every mutant of a module, in the order of its lines.

    >>> [(each.before, each.after) for each in mutants("x = not y", "x.py")]
    [('not y', 'y')]
    """
    tree = ast.parse(source)
    places = sorted(_places(tree, Where()), key=lambda place: _line(place[2]))
    for holder, key, old, where in places:
        for new in _variants(old):
            ast.fix_missing_locations(ast.copy_location(new, old))
            round_it = _telling(where) if isinstance(old, ast.Constant) else None
            before = _told(round_it or old)
            _put(holder, key, new)
            after = _told(round_it or new)
            yield Mutant(_line(old), where, before, after, compile(tree, path, "exec"))
            _put(holder, key, old)


def _telling(where: Where) -> ast.expr | None:
    """Give the smallest expression round a constant by which one knows which it is."""
    for each in reversed(where.expressions[:-1]):
        if len(ast.unparse(each)) >= _TELLING:
            return each
    return None


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)


def _told(node: ast.AST) -> str:
    text = ast.unparse(node)
    return text if len(text) <= 100 else f"{text[:60]} … {text[-36:]}"


def _put(holder: Any, key: str | int, node: ast.AST) -> None:
    if isinstance(key, int):
        holder[key] = node
    else:
        setattr(holder, key, node)


def _places(
    node: ast.AST, where: Where
) -> Iterator[tuple[Any, str | int, ast.AST, Where]]:
    """Find what can be another: what holds it, by what, the node, and where it is."""
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "exc", "msg", "bases", "format_spec"}:
            continue
        if isinstance(node, ast.ClassDef) and field in {"keywords", "decorator_list"}:
            continue
        held: list[tuple[Any, str | int, object]] = [(node, field, value)]
        if isinstance(value, list):
            held = [(value, index, each) for index, each in enumerate(value)]
        for holder, key, child in held:
            if not isinstance(child, ast.AST) or _is_said_only(child):
                continue
            if isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant):
                continue
            here = where.within(node, field).at(child)
            yield holder, key, child, here
            if field != "decorator_list":
                yield from _places(child, here)


def _is_said_only(node: ast.AST) -> bool:
    """Say whether something is of no consequence: prose, types, imports."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Import() | ast.ImportFrom():
            return True
        case ast.Subscript(value=ast.Name(id="Literal" | "Annotated" | "Callable")):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")) | ast.Assert():
            return True
        case ast.AnnAssign(value=None):
            return True
    return False


def _variants(node: ast.AST) -> Iterator[ast.AST]:
    """Give what could stand in a node's place by mistake."""
    match node:
        case ast.Compare(left, ops, comparators):
            for index, each in enumerate(ops):
                for other in _OPPOSITE[type(each)]:
                    changed = [*ops[:index], other(), *ops[index + 1 :]]
                    yield ast.Compare(left, changed, comparators)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            for index in range(len(values)):
                rest = values[:index] + values[index + 1 :]
                yield rest[0] if len(rest) == 1 else ast.BoolOp(op, rest)
        case ast.UnaryOp(ast.Not() | ast.USub() | ast.Invert(), operand):
            yield operand
        case ast.BinOp(left, op, right):
            if not isinstance(left, ast.Constant | ast.JoinedStr) or isinstance(
                left.value if isinstance(left, ast.Constant) else "", int | float
            ):
                yield ast.BinOp(left, _OTHER[type(op)](), right)
        case ast.AugAssign(target, op, value):
            yield ast.AugAssign(target, _OTHER[type(op)](), value)
            yield ast.Pass()
        case ast.If(_, body, orelse):
            yield ast.If(ast.Constant(True), body, orelse)
            yield ast.If(ast.Constant(False), body, orelse)
        case ast.IfExp(_, body, orelse):
            yield body
            yield orelse
        case ast.While(_, body, orelse):
            yield ast.While(ast.Constant(False), body, orelse)
        case ast.comprehension(target, of, [_, *_], is_async):
            yield ast.comprehension(target, of, [], is_async)
        case ast.Match(subject, cases):
            for index in range(len(cases) if len(cases) > 1 else 0):
                yield ast.Match(subject, cases[:index] + cases[index + 1 :])
        case ast.Constant(value):
            yield from (ast.Constant(other) for other in _others(value))
        case ast.Return(ast.AST() as value) if not _is(value, None):
            yield ast.Return(ast.Constant(None))
        case ast.Expr(ast.Call() | ast.Await()) | ast.Raise() | ast.Continue():
            yield ast.Pass()
        case ast.Break():
            yield ast.Pass()
        case ast.Assign([ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()
        case ast.Dict(keys, values) if len(keys) > 1:
            for index in range(len(keys)):
                yield ast.Dict(
                    keys[:index] + keys[index + 1 :],
                    values[:index] + values[index + 1 :],
                )
        case ast.Set(items) | ast.Tuple(items, ast.Load()) if len(items) > 1:
            if all(isinstance(item, ast.Constant) for item in items):
                for index in range(len(items)):
                    fewer = items[:index] + items[index + 1 :]
                    is_set = isinstance(node, ast.Set)
                    yield ast.Set(fewer) if is_set else ast.Tuple(fewer, ast.Load())
        case ast.Call():
            yield from _calls(node)


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    func, items, named = node.func, node.args, node.keywords
    name = getattr(func, "attr", getattr(func, "id", ""))
    if isinstance(func, ast.Attribute):
        if name in _QUERIES and getattr(func.value, "id", "") != "np":
            yield func.value
        match items:
            case [ast.Constant(str() as pattern), *rest] if name == "compile":
                for fewer in _patterns(pattern):
                    yield ast.Call(func, [ast.Constant(fewer), *rest], named)
    if name in ESCAPES and items:
        yield items[0]
    if name in _SWAPS:
        if isinstance(func, ast.Attribute):
            swapped: ast.expr = ast.Attribute(func.value, _SWAPS[name], ast.Load())
        else:
            swapped = ast.Name(_SWAPS[name], ast.Load())
        yield ast.Call(swapped, items, named)
    if name in _QUERIES | {"and_", "or_"}:
        for index in range(len(items) if len(items) > 1 else 0):
            yield ast.Call(func, items[:index] + items[index + 1 :], named)
    names = [each.arg for each in named]
    for index, each in enumerate(names):
        # Of an endpoint it matters here who may call it.
        if each is not None and (each == "needs" or "operation_id" not in names):
            yield ast.Call(func, items, named[:index] + named[index + 1 :])


def _patterns(pattern: str) -> Iterator[str]:
    """Leave out of a regular expression one thing at a time."""
    for found in _PLACE.finditer(pattern):
        fewer = pattern[: found.start()] + pattern[found.end() :]
        try:
            re.compile(fewer)
        except (re.error, FutureWarning):
            continue
        yield fewer


def _others(value: object) -> Iterator[bool | float | str]:
    match value:
        case bool():
            yield not value
        case int() | float():
            yield value + 1
        case str() if value:
            yield ""


def _is(node: ast.AST, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value
