"""Keys made of a text, for what gets its key where no snapshot says which are taken."""

from collections.abc import Callable, Iterator

from argmap.model import slug


def names(
    text: str, is_taken: Callable[[str], bool], *, fallback: str
) -> Iterator[str]:
    """Give keys to try one after the other, until one proves free.

    The first is given unasked, as mostly it is free. Each other one is free by what
    *is_taken* says, of O(log taken) keys, unless somebody has just been faster.

    >>> tries = names("Trams?", {"trams", "trams-2"}.__contains__, fallback="map")
    >>> next(tries), next(tries)
    ('trams', 'trams-3')
    """
    key = slug(text, (), fallback=fallback)
    taken = _Taken(is_taken)
    while True:
        yield key
        taken.lost.add(key)
        key = slug(text, taken, fallback=fallback)


class _Taken:
    """The keys that are taken: those that just proved so, and those told to be."""

    def __init__(self, is_taken: Callable[[str], bool]) -> None:
        self.lost: set[str] = set()
        self._is_taken = is_taken

    def __contains__(self, key: object) -> bool:
        return key in self.lost or self._is_taken(str(key))
