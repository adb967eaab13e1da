"""Writes that are done once, however often their client sends them.

The draft of the IETF on the header Idempotency-Key: the same key and the same request
get the stored answer again, another request of that key is refused, and so is one that
comes while the first is still being carried out.
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from argmap.errors import KeyReused
from argmap.service.desk import Desk
from argmap.store import Answer, Receipt

T = TypeVar("T")


async def once(
    desk: Desk,
    key: str,
    request: str,
    act: Callable[[Desk], Awaitable[T]],
    answer: Callable[[T], Answer],
) -> tuple[Answer, bool]:
    """Do something, or give the answer that it had when it was done.

    Args:
        desk: Where it is done.
        key: The client's name for the request.
        request: A digest of all that it asks for.
        act: What is done. It writes at most once, through the desk that it is given.
        answer: What a client is told of that. It may be called in another thread.

    Returns:
        The answer, and whether it is one of before.

    Raises:
        KeyReused: The key has come with another request.
        UnderWay: A request of that key is being carried out.
    """
    with desk.under_way(key):
        found = await desk.run(desk.store.find_answer, key)
        if found is not None:
            asked, told = found
            if asked != request:
                raise KeyReused(key)
            return told, True

        def sign(then: Callable[[Any], T]) -> Receipt:
            return Receipt(
                key=key, request=request, answer=lambda done: answer(then(done))
            )

        return answer(await act(desk.signing(sign))), False
