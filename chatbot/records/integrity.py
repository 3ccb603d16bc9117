"""What does not fit in the records, and how it is said."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from config.messages import Language, message

Fault = Literal[
    "missing", "edited", "link", "body", "personal", "cut", "head", "search", "twice", "version", "lost", "text",
    "stamp", "line", "time",
]  # fmt: skip


class IntegrityError(NamedTuple):
    """What does not fit.

    Attributes:
        number: of the entry where it shows, 0 where it is about no entry.
        record: that the entry belongs to, empty where it is about many.
        fault: missing: entries were removed before this one; edited: the entry is not what its hash says; link: it
            does not follow the one before; body, personal: its content or its words were changed, or removed without
            notice; cut: entries at the end were removed; head: another head was written out at this number; search:
            what auditors search says something else than the entries; twice: a record was opened or sealed twice;
            version, lost, text: a version in the vault is another one, missing, or reads differently; stamp: a
            time-stamp proves nothing; line: no head can be read there; time: it is dated before what it follows.
        details: of the message.
    """

    number: int
    record: str
    fault: Fault
    details: Mapping[str, object] = {}

    def text(self, language: Language) -> str:
        """The break in a sentence."""
        values = {"number": self.number, "record": self.record or "–", **self.details}
        return message(f"audit.fault.{self.fault}", language, **values)
