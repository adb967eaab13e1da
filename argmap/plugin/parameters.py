"""Parameters and options, read strictly, whoever sends them and however."""

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from argmap.errors import InvalidParameters, Malformed
from argmap.model.codec import convert
from argmap.plugin.canonical import canonical_json

S = TypeVar("S", bound=Struct)


def read(
    rule: str,
    given: Mapping[str, Any] | Struct | None,
    type: type[S],  # noqa: A002 # as in the codec
    pointer: str,
    *,
    is_text: bool,
) -> S:
    """Read parameters as *type*: its limits hold, however they were made.

    Of zeros there is one, 0.0: no rule tells it from -0.0.

    Raises:
        InvalidParameters: An unknown name, a wrong type, a value out of range or one
            that no JSON can hold; the pointer begins with *pointer*.
    """
    plain = (
        msgspec.to_builtins(given) if isinstance(given, Struct) else dict(given or {})
    )
    try:
        result = convert(plain, type, pointer, is_text=is_text)
        canonical_json(msgspec.to_builtins(result))
    except Malformed as error:
        detail = error.detail
        is_outermost = error.pointer.count("/") == pointer.count("/") + 1
        if is_outermost and detail.startswith("unknown member"):
            detail += f"; there is {', '.join(type.__struct_encode_fields__) or 'none'}"
        raise InvalidParameters(rule, detail, error.pointer) from None
    except ValueError as error:
        raise InvalidParameters(rule, str(error), pointer) from None
    zeros = {name: 0.0 for name, value in asdict(result).items() if _is_zero(value)}
    return replace(result, **zeros) if zeros else result


def _is_zero(value: Any) -> bool:
    return isinstance(value, float) and value == 0.0
