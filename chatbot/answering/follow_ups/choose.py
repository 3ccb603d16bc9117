"""Which of the complete questions that a follow-up may stand for is meant: the one that has evidence."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from chatbot.answering.follow_ups.rewrites import Rewrite
from ingest.documents import Passage
from ingest.index.passages import in_context
from ingest.index.statistics import Statistics
from ingest.text.number_words import number_word
from ingest.text.words import all_stems, words

_COVERED = 0.6  # weighted share of the new words that evidence has to have
_KEPT = 0.3  # of what is taken from the turn before
_PART = 4  # letters from which a word may be a part of a joined one: "Teilzeit" of "Teilzeitkraft"


class Tried(NamedTuple):
    """What the documents give for a question.

    Attributes:
        chance: how probable it is that the best fact answers it, from 0 to 1.
        whole: words of that fact with its headings.
        values: the same without the heads of columns.
    """

    chance: float
    whole: str = ""
    values: str = ""


class Chosen(NamedTuple):
    """A complete question, and whether its best evidence has the words that are new."""

    text: str
    has_words: bool


def best_rewrite(
    rewrites: Sequence[Rewrite],
    tried: Callable[[str], Tried],
    enough: float,
    statistics: Statistics,
    is_follow_up: bool,
) -> Chosen | None:
    """The first rewrite that has an answer, else the one that most probably has; None where the question stands alone.

    A rewrite counts only if the fact that answers it has the words that are new, so that "and in Spain?" is never
    answered by the row for Sweden.

    Args:
        rewrites: the likeliest first.
        tried: looks for the evidence of a question.
        enough: chance from which a fact is an answer.
        statistics: of the index, by which words are weighed.
        is_follow_up: whether the question leans on the one before by its form; else only an answer tells that it does.
    """
    best, most = "", 0.0
    for rewrite in rewrites:
        given = tried(rewrite.text)
        if not _has_words(rewrite, given, statistics):
            continue
        if given.chance >= enough:
            return Chosen(rewrite.text, True)
        if given.chance > most and not rewrite.is_alone:
            best, most = rewrite.text, given.chance
    if not is_follow_up:
        return None
    if best:
        return Chosen(best, True)
    return next((Chosen(rewrite.text, False) for rewrite in rewrites if rewrite.is_sure), None)


def _has_words(rewrite: Rewrite, given: Tried, statistics: Statistics) -> bool:
    there = _stems(given.values if rewrite.is_of_values else given.whole)
    if _share(_stems(rewrite.about), _stems(given.whole), statistics) < _KEPT:
        return False
    return all(_share(_stems(said), there, statistics) >= _COVERED for said in rewrite.said)


def _stems(text: str) -> frozenset[str]:
    """Stems of words, and numbers in digits: "im zweiten Jahr" has the 2 of "2. Jahr"."""
    numbers = {str(number) for word in words(text) if (number := number_word(word)) is not None}
    return all_stems(" ".join(word for word in words(text) if number_word(word) is None)) | numbers


def _share(wanted: frozenset[str], there: frozenset[str], statistics: Statistics) -> float:
    found = {stem for stem in wanted if stem in there or any(_is_part(stem, word) for word in there)}
    return statistics.containment(set(wanted), found)


def _is_part(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _PART and (long.startswith(short) or long.endswith(short))


def words_of_fact(passage: Passage, start: int, end: int) -> tuple[str, str]:
    """The words of a fact with its headings, whole, and without the heads of its columns.

    Args:
        passage: that it is in.
        start: of the sentence or row, in the version's text.
        end: of it.
    """
    text = passage.text[start - passage.start : end - passage.start]
    values = text
    for head in {(cell.head_start, cell.head_end) for cell in passage.table_cells(start, end)}:
        first, last = head[0] - start, head[1] - start
        if 0 <= first < last <= len(values):
            values = values[:first] + " " * (last - first) + values[last:]
    headings = in_context(passage, start - passage.start, end - passage.start).removesuffix(text)
    about = f"{passage.document} {headings}"
    return f"{about} {text}", f"{about} {values}"
