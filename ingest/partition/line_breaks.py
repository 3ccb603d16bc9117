"""Words that a line break cut in two: what the hyphen at the end of a line means."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from ingest.partition.runs import Run
from ingest.text.languages import words_of

_ONE_LETTER = 2  # and its hyphen
_LETTER = 0.6  # width of one, in shares of its size
_HYPHENS = "-\u2010"
_PUNCTUATION = ".,;:!?()[]„“”\"'‚‘’»«"
_JOINS_WORDS = frozenset(words_of("sentences.joins_words"))


def known_words(runs: Iterable[Run]) -> frozenset[str]:
    """The words of a document that stand whole in a line, by which those cut at its end are told."""
    return known_among(word for run in runs for word, _ in run.words)


def known_among(words: Iterable[str]) -> frozenset[str]:
    """The words of a document that are whole.

    Args:
        words: of all its lines.
    """
    bare = map(_bare, words)
    return frozenset(word for word in bare if word and word[-1] not in _HYPHENS)


def joined(word: str, following: str, known: frozenset[str]) -> tuple[str, str]:
    """The last word of a line as it reads with the next line's first, and what stands between the two.

    The hyphen of a cut word goes ("Ver-/fügung"). That of a compound stays ("Kfz-/Pauschale", "A-/38", "IT-/gestützt"),
    and so does the one that stands for a part left out ("Ein-/und Ausgang"). A word that stands whole elsewhere in the
    document is written as it is there.

    Args:
        known: as of `known_words`.
    """
    start = _bare(following)
    cut = len(word) > 1 and word[-1] in _HYPHENS and word[-2].isalnum() and following[:1].isalnum()
    if not cut or start in _JOINS_WORDS:
        return word, " "
    if _bare(word + following) in known or len(_bare(word)) == _ONE_LETTER:  # "e-mail", "T-beam"
        return word, ""
    goes = _bare(word[:-1] + following) in known or (following[0].islower() and word[-2].islower())
    return (word[:-1] if goes else word), ""


def unbroken(runs: Iterable[Run], known: frozenset[str]) -> Iterator[Run]:
    """The lines of a paragraph or a cell, each knowing whether its last word goes on in the next."""
    lines = list(runs)
    for run, following in pairwise(lines):
        word, between = joined(run.words[-1][0], following.words[0][0], known)
        yield run._replace(words=(*run.words[:-1], (word, run.words[-1][1])), goes_on=not between)
    yield from lines[-1:]


def within(runs: Iterable[Run], left: float, right: float) -> Iterator[Run]:
    """The same for a cell of which the edges are known: a word that is wider than it is cut without a hyphen.

    Args:
        runs: lines that were made `unbroken`.
        left: edge of the cell.
        right: the other one.
    """
    lines = list(runs)
    for run, following in pairwise(lines):
        edge = right - max(0.0, run.left - left)  # as far from it as from the other
        is_full = len(run.words) == 1 and run.right + _LETTER * run.size > edge
        is_cut = is_full and run.text[-1].isalpha() and following.text[0].islower()
        yield run._replace(goes_on=True) if is_cut else run
    yield from lines[-1:]


def text_of(runs: Iterable[Run]) -> str:
    """Text of lines that were made `unbroken`."""
    return "".join(run.text + ("" if run.goes_on else " ") for run in runs).rstrip()


def _bare(word: str) -> str:
    return word.strip(_PUNCTUATION).casefold()
