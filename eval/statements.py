"""Statements that a passage supports, and the same statements spoilt in one way each, to measure verification by.

Made by rule from paragraphs with questions (SQuAD's form): the sentence with the answer, shortened, is
supported; the others are changed in a figure, a name or a negation, joined with something from elsewhere, or
held against another paragraph. The same seed makes the same statements.
"""

import random
import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from config.messages import Language
from eval.questions import QuestionSet
from ingest.text.sentences import sentences

Kind = Literal[
    "supported", "number", "name", "negation", "opposite", "swapped", "wrong passage", "half supported",
    "half in one sentence",
]  # fmt: skip
KINDS: tuple[Kind, ...] = (
    "number", "name", "negation", "opposite", "swapped", "wrong passage", "half supported", "half in one sentence"
)  # fmt: skip
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ASIDE = re.compile(r"\s*\([^)]*\)|\s*\[[^\]]*\]")
_LAST_CLAUSE = re.compile(r",\s[^,]{10,}(?=[.!?]$)")
_NAME = re.compile(r"(?<=[a-zäöüß,] )[A-ZÄÖÜ][a-zäöüß]{3,}\b")
_VERBS: dict[Language, str] = {
    "de": "ist war sind waren wurde wurden wird werden hat hatte haben kann können konnte muss müssen gilt",
    "en": "is was are were has had can could will would must did may should",
}
_NO: dict[Language, str] = {"de": "nicht", "en": "not"}
_AND: dict[Language, str] = {"de": "und", "en": "and"}
# Chosen apart from the pairs in chatbot/claims.py, so that a list is not measured by itself.
_OPPOSITES = (
    ("viele", "wenige"), ("große", "kleine"), ("großen", "kleinen"), ("meisten", "wenigsten"), ("neue", "alte"),
    ("ersten", "letzten"), ("vor", "nach"), ("über", "unter"), ("Norden", "Süden"), ("Osten", "Westen"),
    ("many", "few"), ("large", "small"), ("most", "least"), ("new", "old"), ("before", "after"), ("over", "under"),
    ("north", "south"), ("east", "west"), ("major", "minor"), ("early", "late"), ("increase", "decrease"),
)  # fmt: skip
_DROPPED = re.compile(r"\s(nicht|not)\b")


class LabelledStatement(NamedTuple):
    """A statement, the paragraph it is held against, and whether that supports it."""

    text: str
    question: str
    document: str
    kind: Kind
    language: Language

    @property
    def supported(self) -> bool:
        return self.kind == "supported"


def make_statements(chosen: QuestionSet, count: int, seed: int = 0) -> list[LabelledStatement]:
    """Labelled statements of about `count` questions spread over the set.

    Args:
        chosen: with its own corpus, in which neighbouring files are about neighbouring things.
        count: questions taken.
        seed: of the random choices.
    """
    chance = random.Random(seed)  # noqa: S311  nothing secret
    names = _names(list(chosen.corpus.values()))
    files = list(chosen.corpus)
    made: list[LabelledStatement] = []
    for question in chosen.evenly(count).questions:
        if question.unanswerable:
            continue
        document = question.document or ""
        text = next((s for s in sentences(chosen.corpus[document]) if any(a in s for a in question.answer)), None)
        if text is None or not 40 <= len(text) <= 300:
            continue
        position = files.index(document)
        neighbour = files[position + 1] if position % 5 < 4 and position + 1 < len(files) else files[position - 1]
        base = shortened(text)
        variants = spoilt(base, sentences(chosen.corpus[neighbour]), names, question.lang, chance)
        made.append(LabelledStatement(base, question.question, document, "supported", question.lang))
        made += [LabelledStatement(t, question.question, document, kind, question.lang) for kind, t in variants]
        made.append(LabelledStatement(base, question.question, neighbour, "wrong passage", question.lang))
    return made


def shortened(sentence: str) -> str:
    """The sentence without asides and, where enough is left, without its last clause; still true."""
    text = _ASIDE.sub("", sentence)
    shorter = _LAST_CLAUSE.sub("", text)
    return shorter if len(shorter) >= 0.6 * len(sentence) else text


def spoilt(
    text: str, elsewhere: Sequence[str], names: Sequence[str], language: Language, chance: random.Random
) -> Iterator[tuple[Kind, str]]:
    """The statement changed in one way each, where it has something to change.

    Args:
        text: supported.
        elsewhere: sentences of another paragraph.
        names: of the whole corpus.
        language: of the statement.
        chance: makes the choices.
    """
    if numbers := list(_NUMBER.finditer(text)):
        match = chance.choice(numbers)
        yield "number", text[: match.start()] + _other_number(match.group(), chance) + text[match.end() :]
    own = [match for match in _NAME.finditer(text) if match.group() in names]
    others = [name for name in names if name not in text]
    if own and others:
        match = chance.choice(own)
        yield "name", text[: match.start()] + chance.choice(others) + text[match.end() :]
    if denied := _denied(text, language):
        yield "negation", denied
    if opposite := _opposite(text):
        yield "opposite", opposite
    if len(own) > 1:
        first, second = own[0], own[-1]
        between = text[first.end() : second.start()]
        if first.group() != second.group():
            head, tail = text[: first.start()], text[second.end() :]
            yield "swapped", f"{head}{second.group()}{between}{first.group()}{tail}"
    if long := [s for s in elsewhere if 40 <= len(s) <= 200]:
        other = chance.choice(long)
        yield "half supported", f"{text} {other}"
        joined = other[0].lower() + other[1:]
        yield "half in one sentence", f"{text.rstrip('.!?')} {_AND[language]} {joined}"


def _names(paragraphs: Sequence[str]) -> list[str]:
    """Capitalised words inside sentences that stand in one or two paragraphs only, so hardly common nouns."""
    found: dict[str, int] = {}
    for text in paragraphs:
        for word in {match.group() for match in _NAME.finditer(text)}:
            found[word] = found.get(word, 0) + 1
    return sorted(word for word, count in found.items() if count <= 2)


def _other_number(number: str, chance: random.Random) -> str:
    digits = [i for i, c in enumerate(number) if c.isdigit()]
    at = chance.choice(digits[-2:])
    other = str((int(number[at]) + chance.randint(1, 8)) % 10)
    changed = number[:at] + other + number[at + 1 :]
    return changed if changed.lstrip("0") else "7"


def _opposite(text: str) -> str | None:
    """The text with one word turned into its opposite; the pairs are not those that verification knows."""
    for one, other in (*_OPPOSITES, *((b, a) for a, b in _OPPOSITES)):
        if found := re.search(rf"\b{one}\b", text):
            return text[: found.start()] + other + text[found.end() :]
    return None


def _denied(text: str, language: Language) -> str | None:
    if _DROPPED.search(text):
        return _DROPPED.sub("", text, count=1)
    verb = re.search(rf"\b({'|'.join(_VERBS[language].split())})\b", text)
    return f"{text[: verb.end()]} {_NO[language]}{text[verb.end() :]}" if verb else None
