"""What is particular to a language, as data: a folder for each language, and in it a file for each concern.

A folder with a `language.toml` adds a language. Every other file, and every entry, may come later: what is missing
counts as "no such words". An entry has the name of its file and its key, as in `sentences.abbreviations`. Its words
are regular expressions where the file says so.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

_NOTHING = "(?!)"  # matches nowhere


class Profile(NamedTuple):
    """A language as a whole; the defaults are those of a language that nothing is known of.

    Attributes:
        code: of ISO 639-1.
        stemmer: the name of its Snowball stemmer; empty for none.
        tesseract: the name of its data for tesseract; empty where pictures are not read in it.
        letters: that no other language here has, in lower case.
        spelled_out: letters that may be written as several others.
        capitalised_nouns: whether every noun begins with a capital.
    """

    code: str
    stemmer: str = ""
    tesseract: str = ""
    letters: str = ""
    spelled_out: Mapping[str, str] = MappingProxyType({})
    capitalised_nouns: bool = False


class Languages:
    """The languages of one folder.

    Args:
        folder: with a folder for each language, named by the language's code.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        profiles = [Profile(**_read(file)) for file in folder.glob("*/language.toml")]
        self._profiles = {profile.code: profile for profile in sorted(profiles, key=lambda profile: profile.code)}
        self.codes: tuple[str, ...] = tuple(self._profiles)
        self._stopwords: dict[str, frozenset[str]] = {}

    def profile(self, language: str) -> Profile:
        """The language as a whole; a neutral one for a code without a folder."""
        return self._profiles.get(language) or Profile(language)

    def stopwords(self, language: str) -> frozenset[str]:
        """Function words that carry no meaning in a search; none for a code without a folder."""
        if language not in self._stopwords:  # asked for every word of a text
            self._stopwords[language] = _read_words(self._folder / language / "stopwords.txt")
        return self._stopwords[language]

    def words_of(self, entry: str, language: str | None = None) -> tuple[str, ...]:
        """The words of a list in the order of the files, each once.

        Args:
            entry: file and key.
            language: the only one that counts; else all do.
        """
        return tuple(dict.fromkeys(word for words in self._values(entry, language) for word in words))

    def pattern_of(self, entry: str, language: str | None = None) -> str:
        """A regular expression, in brackets, for any word of a list; one that matches nowhere for an empty list.

        Args:
            entry: file and key.
            language: the only one that counts; else all do.
        """
        return f"(?:{'|'.join(self.words_of(entry, language)) or _NOTHING})"

    def numbers_of(self, entry: str) -> dict[str, int]:
        """The words of a table with their numbers, of all languages together."""
        return {word: number for numbers in self._values(entry) for word, number in numbers.items()}

    def groups_of(self, entry: str) -> dict[str, tuple[str, ...]]:
        """The lists of a table by their keys; lists of several languages under one key become one."""
        keys = dict.fromkeys(key for groups in self._values(entry) for key in groups)
        return {key: self.words_of(f"{entry}.{key}") for key in keys}

    def pairs_of(self, entry: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """The pairs of lists of a table; halves of several languages under one key become one half."""
        pairs: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        for table in self._values(entry):
            for key, (one, other) in table.items():
                ones, others = pairs.get(key, ((), ()))
                pairs[key] = (*ones, *one), (*others, *other)
        return list(pairs.values())

    def _values(self, entry: str, language: str | None = None) -> Iterator[Any]:
        """What each language has under an entry, but for those that have nothing there."""
        file, *keys = entry.split(".")
        for code in [language] if language else self.codes:
            value: Any = _read(self._folder / code / f"{file}.toml")
            for key in keys:
                value = value.get(key, {})
            if value:
                yield value


@cache
def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def _read_words(file: Path) -> frozenset[str]:
    return frozenset(file.read_text(encoding="utf-8").split() if file.exists() else ())


_OURS = Languages(Path(__file__).parent)
LANGUAGES = _OURS.codes
# The capital letters of all languages, for a class of characters.
CAPITALS = "A-Z" + "".join(
    letter.upper() for code in LANGUAGES for letter in _OURS.profile(code).letters if len(letter.upper()) == 1
)
profile, stopwords = _OURS.profile, _OURS.stopwords
words_of, pattern_of, numbers_of = _OURS.words_of, _OURS.pattern_of, _OURS.numbers_of
groups_of, pairs_of = _OURS.groups_of, _OURS.pairs_of
