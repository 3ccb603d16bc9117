"""Who wants to know how questions go, without what is in them."""

from typing import Protocol

from chatbot.records.schema import Sealed


class Watcher(Protocol):
    """Counts questions of this process."""

    def began(self, door: str) -> None:
        """A question came in, by this door."""

    def left(self) -> None:
        """It is not being answered any more, however it ended."""

    def ended(self, sealed: Sealed) -> None:
        """A record was sealed; it has no words of anybody."""


class Unwatched:
    """Nobody wants to know."""

    def began(self, door: str) -> None:
        """Nothing to count."""

    def left(self) -> None:
        """Nothing to count."""

    def ended(self, sealed: Sealed) -> None:
        """Nothing to count."""
