"""Telling whoever listens that a map has changed, or is gone.

A wake says which map and no more: what has become of it is read from the store, by
whoever wants to know and when there is time. So a wake that comes twice does no harm,
and many may count as one.
"""

from collections.abc import Callable

Wake = Callable[[str | None], None]
"""Takes the key of a map: from any thread, at once, and without raising.

None stands for all maps: nobody knows which have changed while news did not come.
"""


class Wakes:
    """Hands on that a map has changed, once that is committed."""

    def __init__(self) -> None:
        self._listening: tuple[Wake, ...] = ()
        self._following: tuple[Callable[[], None], ...] = ()

    def listen(self, wake: Wake) -> None:
        """Have *wake* called from now on."""
        self._listening = (*self._listening, wake)

    def wake(self, key: str | None) -> None:
        """Say that a map has changed, or any, in this process or in another."""
        for wake in self._listening:
            wake(key)

    def follow(self, call: Callable[[], None]) -> None:
        """Have *call* called, from now on, when futures of writes are resolved."""
        self._following = (*self._following, call)

    def resolved(self) -> None:
        """Say that the futures of writes that were done together are resolved."""
        for call in self._following:
            call()
