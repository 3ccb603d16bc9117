"""Earlier mails that a mail quotes: they are older than its own words, and are told apart from them.

Programs mark them in four ways: by `>` before each line (RFC 3676), by a block quotation (HTML), by the fields of the
earlier mail ("From: ... Sent: ... To: ..."), or by a line that says who wrote. From the fields on all that follows is
older, as people answer above; so it is behind the line of a program, where nothing else marks what it quotes.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ingest.documents import WITH_CELLS, Element
from ingest.partition.mail_heads import Head, head_at, introduction_at, is_above_head, is_by_program, names_a_day

_MARK = re.compile(r"\s{0,3}>\s?")
_BAR = re.compile(r"\s{0,3}\|\s?")  # of some programs, instead of `>`
_LINES = 5  # of the fields before a quoted mail, where they are read as paragraphs of their own
_HEAD_LINES = 10  # that the fields may take
_HEAD_LETTERS = 2000
_IN_LINES = 3  # a program breaks its line into, at most


class Stretch(NamedTuple):
    """Lines of a mail: the sender's own, or quoted ones without their marks."""

    text: str
    quoted: bool


def stretches(text: str) -> list[Stretch]:
    """A text by its lines that begin with `>` and those that do not; what says that a mail begins is a paragraph.

    Args:
        text: of a mail without markup.
    """
    found: list[tuple[bool, list[str]]] = []  # whether they are quoted, and lines
    introduced, last_depth = False, 0
    for line in _with_whole_introductions(text.split("\n")):
        said, depth = _without_marks(line, _BAR if introduced else _MARK)
        quoted = depth > 0
        introduced = bool(introduction_at(said)) or (introduced and (quoted or not said.strip()))
        if quoted and last_depth not in (0, depth):  # whose mail it is changes
            said = f"\n{said}"
        last_depth = depth
        if found and (found[-1][0] == quoted or (not said.strip() and not quoted)):
            found[-1][1].append(said)
        else:
            found.append((quoted, [said]))
    return [Stretch(_with_heads_apart("\n".join(lines)), quoted) for quoted, lines in found]


def with_quotations(elements: Iterable[Element]) -> Iterator[Element]:
    """Elements of which those that belong to an earlier mail are quotations; these name whose it was.

    Args:
        elements: of a mail's text in order; those that markup quotes are quotations already.
    """
    held = [piece for element in elements for piece in _parted(element)]
    label, older, own = "", False, False
    for at, element in enumerate(held):
        following = held[at + 1 : at + _LINES]
        marked = any(_is_quoted(one) for one in (element, *following[:1]))
        if head := _head(element, following):
            label, older = head.said, True
        elif (said := introduction_at(element.text)) and (marked or names_a_day(said)):
            label = said
            older = older or (own and not marked and is_by_program(said))
        elif is_above_head(element.text) and following and _head(following[0], held[at + 2 : at + 1 + _LINES]):
            older = True
        elif not older and not _is_quoted(element):
            label, own = "", True
            yield element
            continue
        yield _quotation(element, label)


def _is_quoted(element: Element) -> bool:
    return element.kind == "quotation" or (element.kind in WITH_CELLS and element.label is not None)


def _quotation(element: Element, label: str) -> Element:
    kind = element.kind if element.kind in WITH_CELLS else "quotation"
    return element.model_copy(update={"kind": kind, "label": label or ">"})


def _head(element: Element, following: list[Element]) -> Head | None:
    """The fields of an earlier mail that stand here, maybe in several paragraphs."""
    return head_at("\n".join(one.text[:_HEAD_LETTERS] for one in (element, *following)))


def _parted(element: Element) -> Iterator[Element]:
    """An element, parted before a line with which an earlier mail begins."""
    lines = element.text.split("\n")
    starts = [at for at in range(1, len(lines)) if _begins(lines, at)] if element.kind not in WITH_CELLS else []
    for start, end in zip([0, *starts], [*starts, len(lines)], strict=True):
        yield element.model_copy(update={"text": "\n".join(lines[start:end])}) if starts else element


def _begins(lines: list[str], at: int) -> bool:
    """Whether the head of an earlier mail begins in a line, or the line says who wrote what follows."""
    above = "\n".join(lines[at - 1 : at + _HEAD_LINES])
    is_head = bool(head_at("\n".join(lines[at : at + _HEAD_LINES]))) and not head_at(above)
    return is_head or is_by_program(introduction_at(lines[at]))


def _without_marks(line: str, other: re.Pattern[str]) -> tuple[str, int]:
    """A line without the marks of quotations, and how many there were."""
    depth = 0
    while mark := _MARK.match(line) or other.match(line):
        line, depth = line[mark.end() :], depth + 1
    return line, depth


def _with_whole_introductions(lines: list[str]) -> Iterator[str]:
    """Lines of which those that say who wrote are whole: programs break them, even within an address."""
    at = 0
    while at < len(lines):
        count = next((n for n in range(1, _IN_LINES + 1) if _is_introduction(lines[at : at + n])), 1)
        if count > 1 and any(is_by_program(introduction_at(line)) for line in lines[at + 1 : at + count]):
            count = 1
        yield _joined(lines[at : at + count])
        at += count


def _is_introduction(lines: list[str]) -> bool:
    whole = all(line.strip() for line in lines) and not any(_ends(line) for line in lines[:-1])
    said = introduction_at(_joined(lines)) if whole else ""
    return bool(said) and (len(lines) == 1 or is_by_program(said))


def _ends(line: str) -> bool:
    return line.rstrip().endswith((".", "!", "?", ":"))


def _joined(lines: list[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        # "<eva@firma.example" and ">:" in the next line
        within = text.count("<") > text.count(">")
        text = text.rstrip() + ("" if within and line.startswith(">") else " ") + line.lstrip()
    return text


def _with_heads_apart(text: str) -> str:
    """A text with the heads of earlier mails as paragraphs of their own."""
    lines = list(_with_whole_introductions(text.split("\n")))
    found: list[str] = []
    for at, line in enumerate(lines):
        if introduction_at(line):
            found += ["", line, ""]
        elif line.strip() and at and _begins(lines, at):
            found += ["", line]
        else:
            found.append(line)
    return "\n".join(found)
