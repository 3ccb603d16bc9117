"""Whether all that is written in a file reached its text: two counts of its words are compared.

The one is `raw_text`, the other what the reader made of the file, with what it found and kept back as unseen. Words
are compared as a multiset, so that order and layout do not matter; a word that the reader joined ("Ver-" and
"fügung") counts as found where its letters stand in the text.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from config.errors import FundstelleError
from ingest.documents import Completeness, Extraction, Partitioned
from ingest.partition import lay_out
from ingest.partition.formats import suffix_of
from ingest.partition.raw_parts import Raw
from ingest.partition.raw_text import raw_text
from ingest.partition.tick_boxes import TICKED
from ingest.text.words import comparable

_WORD = re.compile(r"[^\W_]+")
_RAISED = re.compile(r"(?<=\w)([⁰¹²³⁴-⁹]+)")  # the mark of a note is no part of its word
_NUMBER = re.compile(r"\d[\d.,'’\u00a0\u202f]*")
_FRACTION = re.compile(r"(?<![\d/])(?:(\d{1,6}) )?(\d{1,6})/(\d{1,6})(?![\d/])")
_DIGITS = 2  # of a number that are compared: how many are shown is a matter of format
_EXAMPLES = 12


def checked(path: Path, found: Partitioned) -> Extraction:
    """What a reader made of a file as a text, with how much of the file that is, or that nobody could count it.

    Args:
        path: of the file.
        found: as from `partition`.
    """
    extraction = lay_out(found)
    try:
        said = completeness(path, found, extraction)
    except (FundstelleError, MemoryError):
        raise
    except Exception:  # the second count must not cost a document that was read
        logging.getLogger(__name__).exception("counting the words of %s failed", path.name)
        said = Completeness(share=None)
    return extraction.model_copy(update={"completeness": said})


def completeness(path: Path, found: Partitioned, extraction: Extraction) -> Completeness | None:
    """The share of a file's words and numbers that were read; None where nothing tells.

    Args:
        path: of the file.
        found: what its reader made of it.
        extraction: the same as a text.
    """
    margins = [element.text for element in found.elements if element.kind == "margin"]
    raw = raw_text(path, suffix_of(path), found.pages_by_ocr, margins)
    if raw is None:
        return None
    text = "\n".join([extraction.text, *(unseen.text for unseen in extraction.unseen)])
    return compare(raw, text)


def compare(raw: Raw, text: str) -> Completeness | None:
    """Compare what is written in a file with what was read.

    Args:
        raw: of the file.
        text: that was read, with what is not seen.
    """
    wanted = Counter(word for line in raw.lines for word in _words(line))
    there = Counter(_words(text))
    there["x"] += text.count(TICKED)  # many tick with a letter
    squeezed = _squeezed(text)
    missing = {
        word: count - there[word]
        for word, count in wanted.items()
        if there[word] < count
        and not (there[word] == 0 and (word in squeezed or _is_several(word, there) or _is_letters(word, there)))
    }
    shown = {_significant(number) for number in _NUMBER.findall(text)} | set(_fractions(text))
    lost = [number for number in raw.numbers if number and _prefix(number) not in shown and number not in (0, 1)]
    everything = sum(len(word) * count for word, count in wanted.items()) + _DIGITS * len(raw.numbers)
    gone = sum(len(word) * count for word, count in missing.items()) + _DIGITS * len(lost)
    if not everything:
        return None
    examples = sorted(missing, key=lambda word: (-len(word), word)) + [f"{number:g}" for number in lost]
    return Completeness(share=round(1 - gone / everything, 5), missing=tuple(examples[:_EXAMPLES]))


def _is_several(word: str, there: Counter[str], most: int = 3) -> bool:
    """Whether a word is two or three that stand apart in the text.

    Nothing parts what is hidden from what is not in a file, nor a cell from the one that cuts off its last letter.
    """
    return any(
        there[word[:cut]] and (there[word[cut:]] or (most > 2 and _is_several(word[cut:], there, most - 1)))
        for cut in range(1, len(word))
    )


def _is_letters(word: str, there: Counter[str]) -> bool:
    """Whether a word is letters that stand apart in the text, as those of a plan of shifts do in their columns."""
    return len(word) > 2 and all(there[letter] >= count for letter, count in Counter(word).items())


def _words(text: str) -> list[str]:
    return _WORD.findall(comparable(_RAISED.sub(r" \1", text)))


def _squeezed(text: str) -> str:
    """All letters and figures of a text without what stands between them."""
    return "".join(_words(text))


def _significant(number: str) -> str:
    return re.sub(r"\D", "", number).strip("0")[:_DIGITS]


def _fractions(text: str) -> Iterator[str]:
    """Numbers that are shown as fractions: 2 1/4 is 2.25."""
    for whole, top, bottom in _FRACTION.findall(text):
        if int(bottom):
            yield _prefix(int(whole or 0) + int(top) / int(bottom))


def _prefix(number: float) -> str:
    digits = "".join(map(str, Decimal(repr(abs(number))).as_tuple().digits)).strip("0")
    return digits[:_DIGITS]
