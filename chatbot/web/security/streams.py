"""Answers that stay open: each open tab of a browser has one, and while it waits for something another.

A person who leaves hundreds of tabs open must not take the connections of the others, nor those by which people sign
in and the house's monitor asks for health. And a stream must not outlive the right to it: who is signed out, or has
another role, or no account any more, gets nothing more by one that was opened before.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

_WAITING = "/gradio_api/queue/data"  # for an answer
_OPEN = "/gradio_api/heartbeat/"  # for as long as the tab is open
_END_S = 5.0


class StreamLimits(NamedTuple):
    """How many answers may stay open.

    Attributes:
        of_one_person: at once, in all tabs.
        of_one_address: at once; 0 for any number, where all come from one proxy.
        in_all: at once; what is left of the connections is for everything else.
        for_waiting: of each of these, how many only those may have that wait for an answer: tabs that are merely open
            never keep anybody from asking.
        look_seconds: after which it is looked at again whether a stream may go on.
    """

    of_one_person: int = 64
    of_one_address: int = 256
    in_all: int = 384
    for_waiting: int = 16
    look_seconds: float = 10.0


def is_stream(path: str) -> bool:
    """Whether the answer to an address stays open."""
    return path.endswith(_WAITING) or _OPEN in path


class Streams:
    """Counts what is open.

    Args:
        limits: on that.
    """

    def __init__(self, limits: StreamLimits | None = None) -> None:
        self.limits = limits or StreamLimits()
        self._open: Counter[tuple[str, str]] = Counter()

    @contextmanager
    def opened(self, path: str, person: str, address: str) -> Iterator[bool]:
        """A place for a stream while it is open; False where there is none left.

        Args:
            path: of the request.
            person: who asks.
            address: from where.
        """
        spare = 0 if path.endswith(_WAITING) else self.limits.for_waiting
        wanted = (
            (("person", person), self.limits.of_one_person),
            (("address", address), self.limits.of_one_address),
            (("all", ""), self.limits.in_all),
        )
        if any(most and self._open[key] >= most - spare for key, most in wanted):
            yield False
            return
        self._open.update(key for key, _ in wanted)
        try:
            yield True
        finally:
            self._open.subtract(key for key, _ in wanted)
            for key, _ in wanted:
                if self._open[key] <= 0:
                    del self._open[key]

    def __len__(self) -> int:
        return self._open["all", ""]

    async def hold(
        self, app: Any, scope: Any, receive: Any, send: Any, may_go_on: Callable[[], Awaitable[bool]]
    ) -> None:
        """Answer a request for as long as it may go on.

        Args:
            app: that answers it.
            scope: of the request, as are `receive` and `send`.
            receive: of the request.
            send: takes the answer.
            may_go_on: is asked now and then.
        """
        begun = ended = False

        async def pass_on(message: Any) -> None:
            nonlocal begun, ended
            begun = True
            ended = message["type"] == "http.response.body" and not message.get("more_body")
            await send(message)

        answering = asyncio.ensure_future(app(scope, receive, pass_on))
        try:
            while not (await asyncio.wait({answering}, timeout=self.limits.look_seconds))[0]:
                if not await _still(may_go_on):
                    answering.cancel()
                    await asyncio.wait({answering}, timeout=_END_S)
                    if begun and not ended:
                        await send({"type": "http.response.body", "body": b"", "more_body": False})
                    return
            answering.result()
        finally:
            if not answering.done():
                answering.cancel()
                with suppress(asyncio.CancelledError, Exception):
                    await asyncio.wait({answering}, timeout=_END_S)


async def _still(may_go_on: Callable[[], Awaitable[bool]]) -> bool:
    try:
        return await may_go_on()
    except Exception:  # a database that restarts ends nobody's page; the next look is not far
        logging.getLogger(__name__).exception("whether a stream may go on could not be looked at")
        return True
