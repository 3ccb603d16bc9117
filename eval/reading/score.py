"""Compares what was read with what the document says.

Completeness: both texts are cut into words, numbers and single signs, in the form in which the product compares
words. A piece counts with its length, as often as it stands in the document, whatever the order. What is read more
often than it stands there (heads of tables are repeated in each line) earns nothing, but may hide that the same word
is missing elsewhere.

Cells: a value is right where a line of the reading holds what its row is about, and the value behind the heads of
its column, all of them in order, perhaps with others between them. It is wrong where it stands behind the head of
another column under which its row has something else, of another table, or behind a cell of another row that was
taken for a head. White space is no difference.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from eval.reading.model import Document
from eval.reading.truth import Expected, body_texts, expected_values, margin_texts, names_and_values
from ingest.documents import Frozen
from ingest.text.words import comparable

_PIECE = re.compile(r"\d+(?:[.,]\d+)*(?!\w)|\w+|[^\w\s]")
_RAISED = re.compile(r"[⁰¹²³⁴-⁹]+")  # marks of footnotes are no part of the word or number before them
_SPACE = re.compile(r"\s+")
Verdict = Literal["right", "lost", "wrong"]


class Share(Frozen):
    """So many of so many."""

    found: int
    all: int


class Failure(Frozen):
    """A value that was not read as it stands.

    Attributes:
        expected: what stands there.
        verdict: whether it is lost, or stands under a wrong name.
        line: of the reading, that comes nearest.
    """

    expected: Expected
    verdict: Verdict
    line: str


class Score(Frozen):
    """One file, compared.

    Attributes:
        body: characters found of those between header and footer.
        margins: characters found of header and footer.
        cells: values of tables that are right.
        pairs: values of forms that are right.
        wrong: values of tables behind a wrong head, of all.
        missing: pieces of text that were not found, with how often.
        failures: values that are not right.
        reason: why the file could not be read at all.
    """

    document: str
    body: Share
    margins: Share
    cells: Share
    pairs: Share
    wrong: Share
    missing: tuple[tuple[str, int], ...] = ()
    failures: tuple[Failure, ...] = ()
    reason: str = ""


def compared(document: Document, text: str, reason: str = "") -> Score:
    """Measure one reading.

    Args:
        document: as its format shows it.
        text: that was read, a row of a table on each line.
        reason: why nothing was read.
    """
    read = pieces([text])
    body, margins = pieces(body_texts(document)), pieces(margin_texts(document))
    lines = [Line(line) for line in text.split("\n") if line.strip()]
    names = frozenset(map(_dense, names_and_values(document)))
    judged = [(expected, *judge(expected, lines, names)) for expected in expected_values(document)]
    cells = [verdict for expected, verdict, _ in judged if expected.row]
    pairs = [verdict for expected, verdict, _ in judged if not expected.row]
    return Score(
        document=document.name,
        body=_share(body, read),
        margins=_share(margins, read - body),
        cells=Share(found=cells.count("right"), all=len(cells)),
        pairs=Share(found=pairs.count("right"), all=len(pairs)),
        wrong=Share(found=cells.count("wrong"), all=len(cells)),
        missing=tuple(sorted((body - read).items())),
        failures=tuple(Failure(expected=e, verdict=v, line=line) for e, v, line in judged if v != "right"),
        reason=reason,
    )


def pieces(texts: Iterable[str]) -> Counter[str]:
    """Words, numbers and signs of texts, as the product compares them."""
    return Counter(piece for text in texts for piece in _PIECE.findall(comparable(_RAISED.sub(r" \g<0> ", text))))


class Line:
    """A line of a reading, without its white space.

    Args:
        text: of the line.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.dense = _dense(text)

    def has(self, value: str) -> bool:
        """Whether the value stands in it between marks."""
        return any(True for _ in self.labels(value))

    def labels(self, value: str) -> Iterator[str]:
        """What stands before the value, each time that it stands there whole; empty where nothing does."""
        for match in re.finditer(rf"(?:^|[;:›])({re.escape(_dense(value))})(?=;|$)", self.dense):
            before = self.dense[: match.start(1)]
            yield before[:-1].rpartition(";")[2] if before.endswith(":") else ""


class _Nearest(NamedTuple):
    hits: int
    line: str


def judge(expected: Expected, lines: Sequence[Line], names: frozenset[str]) -> tuple[Verdict, str]:
    """Whether a value was read under its name, and the line by which that is told.

    Args:
        expected: the value.
        lines: of the reading.
        names: all that may have been taken for a head, without white space.
    """
    wrong = nearest = None
    others = names.difference(map(_dense, (*expected.same, *expected.row)))
    for line in lines:
        if not all(map(line.has, expected.row)):
            continue
        labels = list(line.labels(expected.value))
        if any(_is_label(label, expected.path) for label in labels):
            return "right", line.text
        if wrong is None and expected.row and any(others.intersection(label.split("›")) for label in labels):
            wrong = line.text
        if nearest is None or (labels and not nearest.hits):
            nearest = _Nearest(len(labels), line.text)
    if wrong is not None:
        return "wrong", wrong
    return "lost", nearest.line if nearest else ""


def _is_label(label: str, path: Sequence[str]) -> bool:
    """Whether a label ends with these heads: the last one at its end, the others before it in order."""
    wanted = [_dense(head).rstrip(":") for head in path]
    if not wanted:
        return True
    rest = label.rstrip(":")
    if label.rpartition("›")[2].rstrip(":") != wanted[-1] and rest != "".join(wanted):
        return False
    for head in reversed(wanted):
        if head not in rest:
            return False
        rest = rest[: rest.rindex(head)]
    return True


def _dense(text: str) -> str:
    return _SPACE.sub("", comparable(text))


def _share(wanted: Counter[str], read: Counter[str]) -> Share:
    return Share(found=_weight(wanted & read), all=_weight(wanted))


def _weight(counted: Counter[str]) -> int:
    return sum(len(piece) * count for piece, count in counted.items())
