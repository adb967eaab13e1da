"""The normal form of a whole map: texts tidied, sources with their hash and length."""

from msgspec.structs import replace

from argmap.model.items import Header, Map
from argmap.model.passages import measured
from argmap.model.text import tidied


def normal(map: Map, *, is_tidy: bool = False) -> Map:
    r"""Put a map into the form in which it is kept; one that is in it stays as it is.

    *is_tidy* says that its texts are in normal form already.

    >>> normal(Map(key="tram", title="A tram?\r\n")).title
    'A tram?\n'
    """
    if is_tidy:
        if not any(each.text for each in map.sources.values()):
            return map
        sources = {key: measured(each) for key, each in map.sources.items()}
        return replace(map, sources=sources)
    header = Header(**{name: getattr(map, name) for name in Header.__struct_fields__})
    tidy = tidied(header)
    return Map(
        **{name: getattr(tidy, name) for name in Header.__struct_fields__},
        sources={key: measured(tidied(each)) for key, each in map.sources.items()},
        claims={key: tidied(each) for key, each in map.claims.items()},
        relations={key: tidied(each) for key, each in map.relations.items()},
    )
