"""Answers while they arrive: the steps of a blocking answer as lines of server-sent events, until the client leaves."""

import asyncio
import json
from collections.abc import AsyncIterator, Generator
from typing import Any, TypeVar

Item = TypeVar("Item")
_END = object()
HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}  # a proxy that collects lines would hold them back


async def stepped(items: Generator[Item, None, None]) -> AsyncIterator[Item]:
    """Items of a blocking generator, each step in a thread; left early, it is closed, which stops the engine.

    Args:
        items: that are waited for.
    """
    step: asyncio.Future[Any] | None = None
    try:
        while True:
            step = asyncio.ensure_future(asyncio.to_thread(next, items, _END))
            if (item := await asyncio.shield(step)) is _END:
                return
            yield item
    finally:
        if step is None or step.done():
            items.close()
        else:  # it is closed when the step it is in has ended; that marks the record
            step.add_done_callback(lambda done: _close(done, items))


def _close(step: "asyncio.Future[Any]", items: Generator[Any, None, None]) -> None:
    if not step.cancelled():
        step.exception()  # the client has gone: nobody is there to be told
    items.close()


def begun(items: Generator[Item, None, None]) -> Generator[Item, None, None]:
    """The same items, of which the first one is there already: what is refused has a status of its own.

    Args:
        items: that have not begun.
    """
    first = next(items)

    def all_of_them() -> Generator[Item, None, None]:
        try:
            yield first
            yield from items
        finally:
            items.close()

    return all_of_them()


def event_line(name: str, data: str) -> str:
    """One server-sent event.

    Args:
        name: of the event; without one it is a plain message.
        data: JSON, on one line.
    """
    return f"event: {name}\ndata: {data}\n\n" if name else f"data: {data}\n\n"


def compact(value: Any) -> str:
    """JSON on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
