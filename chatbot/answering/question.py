"""Questions as they are typed: what is accepted, what leans on the conversation, what asks for two things."""

import re

from chatbot.answering.follow_ups.fragment import fragment_of
from config.errors import QuestionRejected
from config.sections import AnswerSettings
from ingest.text.languages import pattern_of, words_of
from ingest.text.words import as_written, detect_language, words

_FOLLOW_UP = re.compile(rf"^{pattern_of('questions.follow_up')}\b", re.I)
# Words for something that was named before.
_REFERRING = re.compile(
    rf"\b(?:{pattern_of('questions.pronouns')}|"
    rf"{pattern_of('questions.demonstratives')}(?i:(?! {pattern_of('questions.spans_of_time')}\b)))\b"
    rf"|\b{pattern_of('questions.demonstratives_before')}"
)
_REFERRING_LAST = re.compile(rf"\b{pattern_of('phrases.it')}\s*\?*$", re.I)
_OWNING = re.compile(pattern_of("questions.possessives"))
# "Gibt es ...", "Is there ...", "Is it true that ...": these stand for nothing.
_EMPTY = re.compile(pattern_of("questions.empty"), re.I)
# What is named in the question itself, so that "his" or "er" may stand for that.
_NAMED = re.compile(rf"\b{pattern_of('questions.articles')}\s+\w", re.I)
_CLAUSE = re.compile(rf",|\b{pattern_of('questions.joins_clauses')}\b", re.I)
_SHORT = 5  # words
_UNFINISHED = re.compile(rf"{pattern_of('questions.unfinished')}\b", re.I)
_ASKING = pattern_of("questions.asking")
_BETWEEN = re.compile(
    rf"\?\s+(?=\S)|,?\s{pattern_of('questions.joins_questions')}\s+"
    rf"(?=(?:{pattern_of('questions.before_asking')}\s)?{_ASKING}\b)",
    re.I,
)
_ASKS = re.compile(rf"{_ASKING}\b", re.I)
_SECOND = pattern_of("questions.leading")
_LEADING = re.compile(rf"^{_SECOND}\s+(?={_ASKING}\b)", re.I)
_CONTINUED = re.compile(r"(?P<asked>.+) \((?P<before>[^()\s]+(?:\s[^()\s]+){2,}\?)\)")
_BRACKETS = re.compile(r"[()]")
_BEHIND = "?: "  # between what a part keeps in front and itself
_PERIOD = re.compile(
    rf"\b(?:{pattern_of('designations.none_before')}[- ]?\d+|Q[1-4])\b"
    rf"|(?<![\w:.,/-])(?:19|20)\d\d(?![\w:,/-]|\.\d|\s?(?:%|€|EUR\b|{pattern_of('designations.none_behind')}))"
)
_PERSONS = frozenset(words_of("questions.persons"))
_MOST_PARTS = 3
_PART_WORDS = 3  # of which one must say what it is about


def check_question(question: str, settings: AnswerSettings) -> str:
    """The question without what no one typed on purpose.

    Raises:
        QuestionRejected: nothing is left, or it is longer than the settings allow.
    """
    question = " ".join(as_written(question).split())
    if not any(char.isalnum() for char in question):
        raise QuestionRejected("question.empty")
    if len(question) > settings.question_characters:
        raise QuestionRejected("question.too_long", length=len(question), most=settings.question_characters)
    return question


def without_period(question: str) -> str:
    """A question without the year, quarter or week that it names: few documents say when they hold.

    What no passage mentions is said beside the answer, and other editions count less; see `unmentioned.py`.
    """
    without = " ".join(_PERIOD.sub(" ", question).split())
    return without if len(words(without)) > 1 else question


def is_follow_up(question: str) -> bool:
    """Whether a question probably leans on the one before: it starts like one, refers back, or is no whole question."""
    is_tied = bool(_FOLLOW_UP.match(question)) or fragment_of(question, detect_language(question)).is_tied
    return is_tied or _refers_back(question) or _is_unfinished(question) or bool(_REFERRING_LAST.search(question))


def _refers_back(question: str) -> bool:
    """Whether a word stands for something that the question itself does not name."""
    plain = _EMPTY.sub(" ", question)
    owning, named = _OWNING.search(plain), _NAMED.search(plain)
    if owning and not (named and named.start() < owning.start()):
        return True
    for word in _REFERRING.finditer(plain):
        before = plain[: word.start()]
        if not (_NAMED.search(before) and _CLAUSE.search(before)):
            return True
    return False


def _is_unfinished(question: str) -> bool:
    """Whether a question of few words says only what is different: "Im zweiten Jahr?", "Wie lange?"."""
    found = words(question)
    if len(found) < 3:
        return question.endswith("?") or bool(_ASKS.match(question))
    return len(found) < _SHORT and bool(_UNFINISHED.match(question))


def parts_of(question: str) -> list[str]:
    """What a question asks for, one by one: the question itself, or each of its parts.

    "Wie viele Urlaubstage habe ich, und wer genehmigt sie?" asks two things, for which different passages
    are the best. A part that refers to the one before ("sie") keeps it in front.

    A follow-up with the question before in brackets is one thing: that question has had its answer.
    """
    if continued := _CONTINUED.fullmatch(question):
        return [_behind(continued["before"], continued["asked"])]
    parts = [_LEADING.sub("", part.strip()) for part in _BETWEEN.split(question) if part.strip()]
    if len(parts) < 2 or len(parts) > _MOST_PARTS or any(len(words(part)) < _PART_WORDS for part in parts):
        return [question]
    first = parts[0].rstrip("?.,")
    return [f"{first}?", *(_behind(first, part) if _refers(part) else part for part in parts[1:])]


def asked_alone(part: str) -> str:
    """A part of a question without what it keeps in front; empty where it keeps nothing there."""
    return part.partition(_BEHIND)[2]


def joined(before: str, question: str) -> str:
    """A follow-up with the question before it, so that passages about both are found."""
    before, mark, _ = before.partition("?")
    return f"{question} ({_BRACKETS.sub('', before)}{mark or '?'})"


def in_one(question: str) -> str:
    """A follow-up with the question before it in brackets as one question, which another follow-up can lean on."""
    continued = _CONTINUED.fullmatch(question)
    return f"{continued['before'].rstrip('?')} {continued['asked'].rstrip('?')}?" if continued else question


def _behind(before: str, part: str) -> str:
    return f"{before.rstrip('?.,')}{_BEHIND}{part}"


def _refers(part: str) -> bool:
    """Whether a part refers to the one before; in one sentence nobody needs to be named twice."""
    return bool(_FOLLOW_UP.match(part)) or _refers_back(part) or not _PERSONS.isdisjoint(words(part))
