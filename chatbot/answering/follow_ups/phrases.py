"""The phrases of a question: words of meaning with the preposition and the article in front of them.

Told by function words alone, so that it works without capitals, too: "wie hoch ist die zulage außerhalb europas" has
"die zulage" and "außerhalb europas".
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from ingest.text.dates import is_month, is_weekday
from ingest.text.languages import groups_of, profile, words_of
from ingest.text.numbers import is_year
from ingest.text.words import is_function_word

Shape = Literal["code", "time", "number", "noun"]
_TOKEN = re.compile(r"[^\W_][\w./&%€§-]*[\w%€]|[^\W_]|[%€§]")
# Such as NW-400, K2, E120, TK 250.
CODE = re.compile(r"\b(?=[\w.-]*\d)(?=[\w.-]*[^\W\d_])[\w.-]+\b|\b[A-ZÄÖÜ]{1,6} \d+\b")


class Phrase(NamedTuple):
    """Words of meaning that belong together.

    Attributes:
        start: in the text, with what leads it.
        content: where its words of meaning begin.
        end: behind its last word.
        preposition: without what is contracted with it; empty for none.
        has_article: whether a determiner leads it.
        words: as written.
    """

    start: int
    content: int
    end: int
    preposition: str
    has_article: bool
    words: tuple[str, ...]

    @property
    def is_led(self) -> bool:
        """Whether a preposition or a determiner leads it, so that it is no verb."""
        return bool(self.preposition or self.has_article)

    @property
    def shape(self) -> Shape:
        """What kind of thing it names."""
        text = " ".join(self.words)
        if any(is_year(word) or is_month(word) or is_weekday(word) for word in self.words):
            return "time"
        if CODE.search(text):
            return "code"
        return "number" if self.words[0][:1].isdigit() else "noun"


def phrases_of(text: str, language: str) -> list[Phrase]:
    """The phrases of a text in order.

    Args:
        text: a question, or a part of one.
        language: of the text; decides which words are prepositions.
    """
    prepositions, determiners = _prepositions(language), frozenset(words_of("phrases.determiners", language))
    nouns_are_capital = has_capital_nouns(text, language)
    found: list[Phrase] = []
    opened = _Opened()
    for token in _TOKEN.finditer(text):
        word = token.group().lower()
        if word in prepositions:
            found += opened.closed()
            opened = _Opened(token.start(), prepositions[word])
        elif word in determiners:
            if opened.words:
                found += opened.closed()
                opened = _Opened()
            opened = opened.with_article(token.start())
        elif is_function_word(word):
            found += opened.closed()
            opened = _Opened()
        else:
            is_verb = nouns_are_capital and opened.has_noun and token.group()[0].islower()
            if opened.words and (is_verb or is_weekday(word) or is_month(word)):
                found += opened.closed()  # a verb stands behind its noun, and "Filiale Ulm Sonntag" are two things
                opened = _Opened()
            opened = opened.with_word(token)
    return [*found, *opened.closed()]


def has_capital_nouns(text: str, language: str) -> bool:
    """Whether a capital tells nouns from verbs: in some languages, and unless all of it is typed small."""
    return profile(language).capitalised_nouns and any(map(str.isupper, text[1:]))


class _Opened(NamedTuple):
    """A phrase that may go on."""

    start: int = -1
    preposition: str = ""
    has_article: bool = False
    content: int = -1
    end: int = -1
    words: tuple[str, ...] = ()

    @property
    def has_noun(self) -> bool:
        return any(word[0].isupper() or word[0].isdigit() for word in self.words)

    def with_article(self, at: int) -> "_Opened":
        return self._replace(start=at if self.start < 0 else self.start, has_article=True)

    def with_word(self, token: re.Match[str]) -> "_Opened":
        start = token.start() if self.start < 0 else self.start
        content = self.content if self.words else token.start()
        return self._replace(start=start, content=content, end=token.end(), words=(*self.words, token.group()))

    def closed(self) -> list[Phrase]:
        if not self.words:
            return []
        return [Phrase(self.start, self.content, self.end, self.preposition, self.has_article, self.words)]


@cache
def _prepositions(language: str) -> Mapping[str, str]:
    """Each form of a preposition, with the preposition."""
    return {
        form: name
        for name in groups_of("phrases.prepositions")
        for form in words_of(f"phrases.prepositions.{name}", language)
    }
