"""How a partitioner says that it is getting on; who times it listens, everyone else hears nothing."""

from collections.abc import Callable
from contextvars import ContextVar

_LISTENER: ContextVar[Callable[[], None] | None] = ContextVar("listener", default=None)


def listen(listener: Callable[[], None]) -> None:
    """Call `listener` at each step from now on in this context."""
    _LISTENER.set(listener)


def step() -> None:
    """One page more is done."""
    if listener := _LISTENER.get():
        listener()
