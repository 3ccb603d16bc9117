"""Access labels: what a document is called in the policy, and which of these labels a person holds."""

import unicodedata
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

EVERY = ""  # the label of all there is


def label(collection: str, path: str = "") -> str:
    """What the policy and the index call a collection, or a folder or document in it.

    Upper and lower case, and the ways to write an umlaut, are the same: file systems disagree about them.

    Args:
        collection: its name.
        path: of a folder or document in it, with forward slashes.
    """
    whole = f"{collection}/{path.strip('/')}" if path.strip("/") else collection
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", whole).lower())


def plain_account(name: str) -> str:
    """An account's name as it is kept and compared: lower case, without space around it."""
    return name.strip().lower()


def labels_of(collection: str, path: str) -> tuple[str, ...]:
    """The labels that a document bears: that of everything, its collection's, its folders' and its own."""
    return tuple(_around(label(collection, path)))


class Clearance(BaseModel):
    """What one person may see; every search takes one.

    Of the labels that a document bears, the innermost that the clearance knows decides.

    Attributes:
        labels: open to the person.
        closed: within those, and not open.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    labels: frozenset[str]
    closed: frozenset[str] = frozenset()

    def covers(self, collection: str, path: str = "") -> bool:
        """Whether the person may see a document; without a path, one that lies in the collection itself."""
        return self._opens(label(collection, path))

    def touches(self, collection: str) -> bool:
        """Whether the person may see anything of a collection."""
        whole = label(collection)
        return self._opens(whole) or any(within(opened, whole) for opened in self.labels)

    def has_closed_in(self, collection: str, path: str) -> bool:
        """Whether something inside a document, such as an attachment of a mail, is closed to the person."""
        return any(within(one, label(collection, path)) for one in self.closed)

    def is_within(self, other: "Clearance") -> bool:
        """Whether the other covers all that this one covers."""
        return all(other._opens(known) for known in self._known | other._known if self._opens(known))

    def and_also(self, other: "Clearance") -> "Clearance":
        """What both cover."""
        known = self._known | other._known
        opened = frozenset(one for one in known if self._opens(one) and other._opens(one))
        return Clearance(labels=opened, closed=known - opened)

    def rules(self) -> Iterable[tuple[str, frozenset[str]]]:
        """Each open label with the closed ones inside it: a document that bears it and none of these is covered."""
        for opened in sorted(self.labels):
            yield opened, frozenset(one for one in self.closed if within(one, opened))

    @property
    def _known(self) -> frozenset[str]:
        return self.labels | self.closed

    def _opens(self, whole: str) -> bool:
        known = self._known
        return next((one in self.labels for one in reversed(_around(whole)) if one in known), False)


ALL = Clearance(labels=frozenset({EVERY}))  # of whoever has the machine itself


def within(inner: str, outer: str) -> bool:
    """Whether a label lies in another, or is the same."""
    return outer == EVERY or inner == outer or inner.startswith(f"{outer}/")


def _around(whole: str) -> list[str]:
    """A label with those it lies in, outermost first."""
    parts = whole.split("/")
    return [EVERY, *("/".join(parts[:count]) for count in range(1, len(parts) + 1))]
