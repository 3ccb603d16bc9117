"""Words as BM25 sees them: lower case, without stopwords, stemmed; and the language of a text."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from config.messages import Language

LANGUAGES: tuple[Language, ...] = ("de", "en")
CHARACTERS_A_TOKEN = 4  # rough, for budgets
_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_SNOWBALL = {"de": "german", "en": "english"}


def normalise(text: str) -> str:
    """NFKC, so that PDF ligatures become letters, without NUL and lone surrogates."""
    text = text.encode("utf-8", "ignore").decode("utf-8").replace("\0", "")
    return unicodedata.normalize("NFKC", text)


def words(text: str) -> list[str]:
    """Lower-case words and numbers in order; 1.249,00 is one."""
    return _WORD.findall(text.lower())


@cache
def stopwords(language: Language) -> frozenset[str]:
    """Function words that carry no meaning in a search."""
    file = Path(__file__).parent / "languages" / language / "stopwords.txt"
    return frozenset(file.read_text(encoding="utf-8").split())


@cache
def _stemmer(language: Language):  # type: ignore[no-untyped-def]
    import Stemmer

    return Stemmer.Stemmer(_SNOWBALL[language])


def stem(word: str, language: Language) -> str:
    """Snowball stem of one lower-case word."""
    return str(_stemmer(language).stemWord(word))


def stems(text: str, language: Language) -> list[str]:
    """Stems of the meaningful words of `text`, in order, repeats kept."""
    meaningful = [word for word in words(text) if word not in stopwords(language)]
    return [str(stem) for stem in _stemmer(language).stemWords(meaningful)]


def detect_language(text: str, default: Language = "de") -> Language:
    """German or English, by which language's function words are more frequent; umlauts count as German."""
    found = words(text[:4000])
    german = sum(word in stopwords("de") for word in found) + 2 * sum(c in "äöüß" for c in text[:4000].lower())
    english = sum(word in stopwords("en") for word in found)
    if german == english:
        return default
    return "de" if german > english else "en"
