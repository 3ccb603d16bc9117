"""Words as BM25 sees them: lower case, without stopwords, stemmed; and the language of a text."""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from typing import Protocol

from ingest.text.languages import LANGUAGES, profile, stopwords

CHARACTERS_A_TOKEN = 4  # rough, for budgets
_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)} | dict.fromkeys(
    (0x00, 0xAD, 0x200B, 0x2060, 0xFEFF), ""
)
_AFTER_FIGURE = re.compile(r"(?<=\d)([⁰¹²³⁴-⁹⁺⁻½¼¾⅐-⅞]+)")
# The mark of a note behind a word; short words are units, as in m².
_NOTE_MARK = re.compile(r"(?<=[^\W\d_]{4})[⁰¹²³⁴-⁹]{1,2}(?![\w/])")
_SPACED = re.compile(r"(?<![\w.])(?:[A-ZÄÖÜ] ){4,}[A-ZÄÖÜ](?![\w.])|(?<![\w.])(?:[a-zäöüß] ){4,}[a-zäöüß](?![\w.])")
_SEEN = 4000  # characters by which a language is told


class _Stemmer(Protocol):
    def stemWords(self, words: list[str]) -> list[str]: ...


def as_written(text: str) -> str:
    """Text as a reader sees it: composed letters, ligatures of a font taken apart, nothing invisible in it.

    Raised figures, fractions and the width of characters stay: 10⁶ is not 106, and 1½ not 11⁄2. Halves of characters,
    as PDFium and old Windows programs hand them out, are put together, and left out where one is missing.
    """
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return unicodedata.normalize("NFC", text).translate(_LIGATURES)


def comparable(text: str) -> str:
    """Text in the form in which words are compared (NFKC, lower case), without marks of notes behind words.

    What is raised stays apart from its figure; letters that are set apart, as those of a head may be, are one word.
    """
    written = _SPACED.sub(_closed, _NOTE_MARK.sub("", as_written(text)))
    return unicodedata.normalize("NFKC", _AFTER_FIGURE.sub(r" \1", written)).lower()


def _closed(match: re.Match[str]) -> str:
    """Letters without the spaces between them; the letters of an alphabet in order are a list of these."""
    letters = match[0].split()
    is_list = all(ord(second) - ord(first) == 1 for first, second in pairwise(letters))
    return match[0] if is_list else "".join(letters)


def words(text: str) -> list[str]:
    """Lower-case words and numbers in order; 1.249,00 is one."""
    return _WORD.findall(comparable(text))


def is_function_word(word: str) -> bool:
    """Whether a lower-case word carries no meaning in any language."""
    return any(word in stopwords(language) for language in LANGUAGES)


def stem(word: str, language: str) -> str:
    """Snowball stem of one lower-case word; the word itself where its language has no stemmer."""
    return _stemmed([word], language)[0]


def stems(text: str, language: str) -> list[str]:
    """Stems of the meaningful words of `text`, in order, repeats kept."""
    ignored = stopwords(language)
    return _stemmed([word for word in words(text) if word not in ignored], language)


@lru_cache(maxsize=20_000)
def all_stems(text: str) -> frozenset[str]:
    """Stems of the meaningful words of a text under every language's rules."""
    return frozenset(stem for language in LANGUAGES for stem in stems(text, language))


def detect_language(text: str, default: str = "de") -> str:
    """The language whose function words are most frequent; a letter that only one language has counts as two.

    Args:
        text: of which the beginning counts.
        default: where no language leads.
    """
    seen = text[:_SEEN]
    found, letters = words(seen), seen.lower()
    points = {
        language: sum(word in stopwords(language) for word in found)
        + 2 * sum(map(letters.count, profile(language).letters))
        for language in LANGUAGES
    }
    most = max(points.values())
    leading = [language for language in LANGUAGES if points[language] == most]
    return leading[0] if len(leading) == 1 else default


def _stemmed(found: list[str], language: str) -> list[str]:
    stemmer = _stemmer(language)
    return stemmer.stemWords(found) if stemmer else found


@cache
def _stemmer(language: str) -> _Stemmer | None:
    if not (name := profile(language).stemmer):
        return None
    import Stemmer

    stemmer: _Stemmer = Stemmer.Stemmer(name)
    return stemmer
