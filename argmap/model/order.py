"""Items that can be put to and taken from any place, each in O(1)."""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from argmap.model.shelf import laid, whole

T = TypeVar("T")

_END = ""
"""Follows the last key and precedes the first: no item has the empty key."""


class Ordered(Generic[T]):
    """Items by key, in an order of their own. What it was made from never changes.

    That is copied when more than a few items are put over it, or one is taken from it;
    links from key to key are made when an order is asked for that a dict cannot give.
    """

    def __init__(self, items: Mapping[str, T]) -> None:
        self._items: Mapping[str, T] = items
        self._own: dict[str, T] = {}
        self._next: dict[str, str] = {}
        self._previous: dict[str, str] = {}

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __getitem__(self, key: str) -> T:
        return self._items[key]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T]:
        return iter(self.in_order().values())

    def find(self, key: str) -> T | None:
        """Find the item of a key."""
        return self._items.get(key)

    def put(self, key: str, item: T, before: str | None = None) -> None:
        """Add a new item before that of another key, else at the end."""
        if before is not None:
            self._link()
        self.replace(key, item)
        if self._next:
            self._insert(key, before or _END)

    def replace(self, key: str, item: T) -> None:
        """Put another item in the place of the one of that key."""
        if self._items is not self._own:
            self._take_over(laid(self._items, key, item))
        else:
            self._own[key] = item

    def take(self, key: str) -> T:
        """Remove an item."""
        if self._next:
            self._unlink(key)
        if self._items is not self._own:
            self._take_over(dict(whole(self._items)))
        return self._own.pop(key)

    def move(self, key: str, before: str | None) -> None:
        """Put an item before that of another key, else at the end."""
        self._link()
        self._unlink(key)
        self._insert(key, before or _END)

    def after(self, key: str) -> str | None:
        """Find the key that follows another."""
        self._link()
        return self._next[key] or None

    def in_order(self) -> Mapping[str, T]:
        """Return the items in order: what it was made from, if nothing changed."""
        if self._next:
            keys, key = [], self._next[_END]
            while key:
                keys.append(key)
                key = self._next[key]
            self._take_over({key: self._items[key] for key in keys})
            self._next, self._previous = {}, {}
        return self._items

    def _take_over(self, items: Mapping[str, T]) -> None:
        """Go on with these items; a dict is nobody else's."""
        self._items = items
        if isinstance(items, dict):
            self._own = items

    def _link(self) -> None:
        if not self._next:
            keys = [_END, *self._items]
            followers = [*self._items, _END]
            self._next = dict(zip(keys, followers, strict=True))
            self._previous = dict(zip(followers, keys, strict=True))

    def _insert(self, key: str, before: str) -> None:
        previous = self._previous[before]
        self._next[previous] = self._previous[before] = key
        self._previous[key], self._next[key] = previous, before

    def _unlink(self, key: str) -> None:
        previous, following = self._previous.pop(key), self._next.pop(key)
        self._next[previous], self._previous[following] = following, previous
