"""Bounds on what a client may cost: time for the head and the body of a request, their size, and connections."""

import asyncio
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from chatbot.web.security.headers import HEADERS
from chatbot.web.security.networks import network

_PHRASES = {400: "Bad Request", 408: "Request Timeout", 413: "Content Too Large"}
_PIECE = 8192
_GRACE_S = 5.0  # so that the answer 408 comes before the connection is closed


class Limits(NamedTuple):
    """What a client may cost.

    Attributes:
        head_seconds: for a request's head, from the connection's opening or from its first byte.
        body_seconds: for a request's body.
        body_bytes: of a request, counted as they arrive.
        unread_seconds: for which a client may leave an answer unread that no buffer holds any more.
        connections: at once; one more is answered 503.
        of_one_address: connections at once of one address, 0 for any number; one more is closed.
    """

    head_seconds: float = 15.0
    body_seconds: float = 30.0
    body_bytes: int = 1_000_000
    unread_seconds: float = 60.0
    connections: int = 512
    of_one_address: int = 64


def bounded_protocol(limits: Limits) -> Callable[..., H11Protocol]:
    """uvicorn's HTTP protocol, which has no time limits of its own but the one between two requests.

    Args:
        limits: for every connection.
    """
    return partial(_Bounded, limits, Counter())


class _Bounded(H11Protocol):
    """A connection whose client is timed; connections of one address are counted together."""

    _timer: asyncio.TimerHandle | None = None
    _waits_for: object = None
    _unread: asyncio.TimerHandle | None = None

    def __init__(self, limits: Limits, opened: Counter[str], **of_uvicorn: Any) -> None:
        super().__init__(**of_uvicorn)
        self._limits, self._opened = limits, opened

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        address = network(self.client[0]) if self.client else ""
        self._opened[address] += 1
        if self._limits.of_one_address and self._opened[address] > self._limits.of_one_address:
            transport.abort()
            return
        self._wait(h11.IDLE, self._limits.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        address = network(self.client[0]) if self.client else ""
        self._opened[address] -= 1
        if self._opened[address] <= 0:
            del self._opened[address]
        self._wait(None, 0)
        self._read_again()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        # In pieces: the limit of 16 kB for a head is looked at only where a head is not complete.
        for start in range(0, len(data), _PIECE):
            super().data_received(data[start : start + _PIECE])
            if self.transport.is_closing():
                break
        self._follow()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._follow()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._read_again()
        self._unread = self.loop.call_later(self._limits.unread_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        self._read_again()
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """uvicorn's own, with the headers that every answer has, and none amid another answer."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close"), *HEADERS.items()]
            start = h11.Response(status_code=400, headers=headers, reason=b"Bad Request")
            for event in (start, h11.Data(data=msg.encode("ascii")), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _follow(self) -> None:
        """Time what the client is sending now; what was timed before keeps its time."""
        state = self.conn.their_state
        if self.transport.is_closing():
            self._wait(None, 0)
        elif state is h11.IDLE and self.conn.trailing_data[0]:
            self._wait(state, self._limits.head_seconds)
        elif state is h11.SEND_BODY:
            self._wait(state, self._limits.body_seconds + _GRACE_S)
        elif state is not h11.IDLE or self.cycle is not None:  # between two requests uvicorn's own limit holds
            self._wait(None, 0)

    def _wait(self, state: object, seconds: float) -> None:
        if state is self._waits_for:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._waits_for = state
        self._timer = None if state is None else self.loop.call_later(seconds, self.transport.abort)

    def _read_again(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None


class BoundedBodies:
    """ASGI middleware that answers 413 to too large a body, 408 to one that does not arrive, 400 to two lengths.

    Only the request is timed: an answer may take as long as it likes.

    Args:
        app: the application inside.
        limits: for every request.
    """

    def __init__(self, app: Any, limits: Limits) -> None:
        self._app, self._limits = app, limits

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = _Request(self._limits, receive, send)
        given = dict(scope["headers"])
        length = given.get(b"content-length", b"")
        if length and b"transfer-encoding" in given:  # a proxy in front may see the request end elsewhere
            await request.refuse(400)
            return
        if length.isdigit() and int(length) > self._limits.body_bytes:
            await request.refuse(413)
            return
        try:
            await self._app(scope, request.receive, request.send)
        except Exception:
            if not request.refused:  # what was reading the body may fail as it likes
                raise


class _Request:
    """The two ends of one request, with what has come of its body."""

    def __init__(self, limits: Limits, receive: Any, send: Any) -> None:
        self._limits, self._receive, self._send = limits, receive, send
        self._until = asyncio.get_running_loop().time() + limits.body_seconds
        self._bytes, self._complete, self._started, self.refused = 0, False, False, False

    async def receive(self) -> Any:
        if self.refused:
            return {"type": "http.disconnect"}
        if self._complete:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            return await self.refuse(408)
        self._bytes += len(message.get("body", b""))
        if self._bytes > self._limits.body_bytes:
            return await self.refuse(413)
        self._complete = not message.get("more_body")
        return message

    async def send(self, message: Any) -> None:
        if not self.refused:
            self._started = True
            await self._send(message)

    async def refuse(self, status: int) -> Any:
        """Answer in the application's place; it sees that the client has gone."""
        self.refused = True
        if not self._started:
            text = _PHRASES[status].encode()
            headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(text)).encode())]
            # After 413 the rest is read and thrown away: closed at once, many clients would not see the answer.
            closing = [(b"connection", b"close")] if status != 413 else []
            start = {"type": "http.response.start", "status": status, "headers": headers + closing}
            await self._send(start)
            await self._send({"type": "http.response.body", "body": text})
        return {"type": "http.disconnect"}
