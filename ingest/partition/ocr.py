"""Reading pictures of text with tesseract: words with their boxes, as runs that the page layout understands.

Tesseract is driven directly and not through unstructured's OCR, which keeps neither the box nor the confidence
of a word: the highlight needs the one, the quality report the other.
"""

import statistics
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from config.errors import DocumentFailed
from ingest.partition.pdf_rules import Rules
from ingest.partition.picture_ink import despeckled, is_specked, unread_share
from ingest.partition.picture_rules import without_rules
from ingest.partition.picture_turns import Turn, has_ink, turned
from ingest.partition.programs import OCR_LANGUAGES, TESSERACT, require
from ingest.partition.runs import Box, Run
from ingest.text.words import as_written

DPI = 300
_TABLE = "--psm 4"  # one column of text of several sizes: with the pages' usual way single figures in cells are lost
_SECONDS = 90  # a page
_HEAD = 1.4  # lines this much higher than the usual keep their size: headings
_LONG = 4  # letters of a word that is clearly longer than it is high
_GAP = 1.2  # of the line's height between words: another column
_POOR, _CLEARLY = 65.0, 10.0  # mean confidence of words that are no words, and by how much another way must be better
_GOOD = 90.0  # mean confidence from which specks have done no harm
_PARTLY = 0.2  # share of a page's writing, from which on it counts as read in part only
_LEAST_CONFIDENCE = 25  # below this tesseract is guessing at specks


class ReadPage(NamedTuple):
    """What OCR found on a page that it may have turned.

    Attributes:
        runs: with boxes on the turned page.
        height: of that.
        confidences: of each word, 0 to 100.
        rules: lines of tables on that.
        turn: how it was turned.
        unread: share of what looks like writing that lies in no word.
    """

    runs: list[Run]
    height: float
    confidences: list[float]
    rules: Rules = Rules((), ())
    turn: Turn = Turn(0, 0.0, 0.0, 0.0)
    unread: float = 0.0

    @property
    def confidence(self) -> float:
        """The mean over all words, 0 to 100; 0 without any."""
        return statistics.fmean(self.confidences) if self.confidences else 0.0

    @property
    def is_partly_read(self) -> bool:
        """Whether a good part of what is written was not read."""
        return self.unread > _PARTLY

    @property
    def sureness(self) -> float:
        """How much was read, each word by its confidence; signs alone are no words."""
        texts = (text for run in self.runs for text, _ in run.words)
        told = zip(texts, self.confidences, strict=True)
        return sum(confidence for text, confidence in told if any(map(str.isalnum, text)))


def read_picture(picture: Any, page: int, scale: float, document: str) -> ReadPage:
    """Read one picture.

    Args:
        picture: of PIL.
        page: its number, 1-based.
        scale: pixels a unit of the page; boxes are given in units.
        document: for messages.

    Raises:
        DocumentFailed: tesseract is missing, fails, or takes too long.
    """
    require(TESSERACT, document)
    read = _upright(picture, page, scale, document)
    if read.confidence >= _GOOD or not is_specked(picture, cleaned := despeckled(picture)):
        return read
    again = _read(cleaned, read.turn.quarters, page, scale, document)
    return max(read, again, key=lambda one: one.sureness)


def _upright(picture: Any, page: int, scale: float, document: str) -> ReadPage:
    """Read a picture the way up in which it is read best."""
    read = _read(picture, 0, page, scale, document)
    lies = _lies_on_side(read.runs)
    if (read.confidence >= _POOR and not lies) or not (read.runs or has_ink(picture)):
        return read
    # It may be upside down, or lie on its side.
    others = (_read(picture, quarters, page, scale, document) for quarters in ((1, 3) if lies else (2, 1, 3)))
    best = max(others, key=lambda other: other.confidence)
    return best if lies or best.confidence > read.confidence + _CLEARLY else read


def _lies_on_side(runs: Sequence[Run]) -> bool:
    """Whether most words run upwards or downwards, which tesseract reads, too, but for tables."""
    boxes = [box for run in runs for word, box in run.words if len(word) >= _LONG]
    return 2 * sum(bottom - top > right - left for left, top, right, bottom in boxes) > len(boxes)


def _read(original: Any, quarters: int, page: int, scale: float, document: str) -> ReadPage:
    """Read a picture that is turned by quarters to the left."""
    import pytesseract

    picture, turn = turned(original, quarters, scale)
    ruled = without_rules(picture, scale)
    try:
        found = pytesseract.image_to_data(
            ruled.picture,
            lang="+".join(OCR_LANGUAGES),
            config=_TABLE if ruled.rules.level else "",
            timeout=_SECONDS,
            output_type=pytesseract.Output.DICT,
        )
    except RuntimeError as error:  # pytesseract's way to say both a time-out and a failure
        if "timeout" in str(error).lower():
            raise DocumentFailed("document.too_slow", document=document, seconds=_SECONDS) from error
        raise DocumentFailed("document.damaged", document=document, reason=str(error)[:200]) from error
    words = list(_words(found, scale))
    lines = [list(line) for _, line in groupby(words, key=lambda word: word.line)]
    heights = [_height(line) for line in lines]
    usual = statistics.median(heights) if heights else 0.0
    runs = [run for line, height in zip(lines, heights, strict=True) for run in _runs(line, height, usual, page)]
    boxes = [(box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale) for _, _, box, _ in words]
    unread = unread_share(ruled.picture, boxes)
    return ReadPage(runs, picture.height / scale, [word.confidence for word in words], ruled.rules, turn, unread)


class _Read(NamedTuple):
    line: tuple[int, int, int]
    text: str
    box: Box
    confidence: float


def _words(found: dict[str, list[Any]], scale: float) -> Iterator[_Read]:
    for index, text in enumerate(found["text"]):
        confidence = float(found["conf"][index])
        if not text.strip() or confidence < _LEAST_CONFIDENCE:
            continue
        left, top = found["left"][index] / scale, found["top"][index] / scale
        box = (left, top, left + found["width"][index] / scale, top + found["height"][index] / scale)
        line = (found["block_num"][index], found["par_num"][index], found["line_num"][index])
        yield _Read(line, "".join(as_written(text).split()), box, confidence)


def _height(line: list[_Read]) -> float:
    return max(word.box[3] for word in line) - min(word.box[1] for word in line)


def _runs(line: list[_Read], height: float, usual: float, page: int) -> Iterator[Run]:
    # Line boxes differ with the letters in them; only clearly larger ones are another size.
    size = height if height > _HEAD * usual else usual
    top, bottom = min(word.box[1] for word in line), max(word.box[3] for word in line)
    run: list[tuple[str, Box]] = []
    for word in line:
        if run and word.box[0] - run[-1][1][2] > _GAP * usual:
            yield Run(tuple(run), size, False, page)
            run = []
        run.append((word.text, (word.box[0], top, word.box[2], bottom)))
    if run:
        yield Run(tuple(run), size, False, page)
