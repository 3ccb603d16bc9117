"""Earlier mails that a mail quotes: they are older than its own words, and are told apart from them.

Programs mark them in four ways: by `>` before each line (RFC 3676), by a block quotation (HTML), by the fields of the
earlier mail ("From: ... Sent: ... To: ..."), or by a line that says who wrote. From the fields on all that follows is
older, as people answer above.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from ingest.documents import WITH_CELLS, Element
from ingest.text.languages import pattern_of

_MARK = re.compile(r"\s{0,3}>\s?")
_LINES = 5  # of the fields before a quoted mail, where they are read as paragraphs of their own
_RULE = re.compile(r"^[-_ ]{2,}[^-_]{3,40}[-_ ]{2,}$|^[-_]{8,}$")  # "-----Original Message-----"
_LONGEST = 300  # characters of a line that says who wrote


class Stretch(NamedTuple):
    """Lines of a mail: the sender's own, or quoted ones without their marks."""

    text: str
    quoted: bool


def stretches(text: str) -> list[Stretch]:
    """A text by its lines that begin with `>` and those that do not.

    Args:
        text: of a mail without markup.
    """
    found: list[Stretch] = []
    for line in text.split("\n"):
        mark = _MARK.match(line)
        said = line
        while mark:
            said = said[mark.end() :]
            mark = _MARK.match(said)
        quoted = said is not line
        if found and (found[-1].quoted == quoted or (not said.strip() and not quoted)):
            found[-1] = Stretch(f"{found[-1].text}\n{said}", found[-1].quoted)
        else:
            found.append(Stretch(said, quoted))
    return found


def with_quotations(elements: Iterable[Element]) -> Iterator[Element]:
    """Elements of which those that belong to an earlier mail are quotations; these name whose it was.

    Args:
        elements: of a mail's text in order; those that markup quotes are quotations already.
    """
    held = list(elements)
    label, older = "", False
    for at, element in enumerate(held):
        following = held[at + 1 : at + _LINES]
        if said := _said_by(element, following):
            label, older = said, older or bool(_fields(element, following))
            yield _quotation(element, label)
        elif _RULE.match(element.text) and any(_said_by(one, held[at + 2 :]) for one in held[at + 1 : at + 2]):
            continue
        elif older or element.kind == "quotation":
            yield _quotation(element, label)
        else:
            label = ""
            yield element


def _quotation(element: Element, label: str) -> Element:
    kind = element.kind if element.kind in WITH_CELLS else "quotation"
    return element.model_copy(update={"kind": kind, "label": label or ">"})


def _said_by(element: Element, following: list[Element]) -> str:
    """What a quotation says of its own mail, empty where none begins here."""
    if fields := _fields(element, following):
        return fields
    text = element.text
    introduces = len(text) < _LONGEST and text.rstrip().endswith(":") and bool(_wrote().search(text))
    quoted = any(one.kind == "quotation" for one in (element, *following[:1]))
    return " ".join(text.split()) if introduces and (quoted or any(map(str.isdigit, text))) else ""


def _fields(element: Element, following: list[Element]) -> str:
    """Sender and time of an earlier mail whose fields stand here."""
    text = "\n".join(one.text for one in (element, *following))[:2000]
    match = _head().match(text)
    if match is None:
        return ""
    return " · ".join(" ".join(match[name].split()) for name in ("sender", "sent"))[:200]


@cache
def _head() -> re.Pattern[str]:
    def named(entry: str) -> str:
        return rf"(?<!\w){pattern_of(entry)}\s?:\s*\*?"

    sender, sent, to = named("mails.from"), named("mails.sent"), named("mails.to")
    # Some programs put the receiver between the sender and the time.
    return re.compile(
        rf"\s*(?:\w[\w ]{{0,40}} )?\*?{sender}(?P<sender>[^\n]{{1,200}}?)\s+\*?(?:{to}[^\n]{{1,300}}?\s+\*?)?"
        rf"{sent}(?P<sent>[^\n]{{1,80}}?)\s+\*?(?:{to})",
        re.I,
    )


@cache
def _wrote() -> re.Pattern[str]:
    return re.compile(rf"\b{pattern_of('mails.wrote')}\b", re.I)
