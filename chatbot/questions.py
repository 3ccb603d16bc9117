"""Questions as they are typed: what is accepted, what leans on the conversation, what asks for two things."""

import re

from config.errors import QuestionRejected
from config.sections import AnswerSettings
from ingest.analysis import normalise, words

_FOLLOW_UP = re.compile(
    r"^(und|aber|oder|was ist mit|wie ist es|gilt das|and|but|or|what about|how about|does that|is that)\b", re.I
)
_REFERRING = frozenset("er es ihn ihm dies dieser dieses davon dafür dazu dort it this they them".split())
_SHORT = 5  # words
_ASKING = (
    r"wer|wen|wem|wessen|was|wie|wo|wohin|woher|wann|warum|weshalb|wofür|wodurch|woran|welche[rsmn]?|ob|"
    r"who|whom|whose|what|how|where|when|why|which|whether"
)
_BETWEEN = re.compile(
    rf"\?\s+(?=\S)|,?\s(?:und|sowie|and)\s+(?=(?:(?:in|bis|ab|für|von|by|for|at|to)\s)?(?:{_ASKING})\b)", re.I
)
_MOST_PARTS = 3
_PART_WORDS = 3  # of which one must say what it is about


def check_question(question: str, settings: AnswerSettings) -> str:
    """The question without what no one typed on purpose.

    Raises:
        QuestionRejected: nothing is left, or it is longer than the settings allow.
    """
    question = " ".join(normalise(question).split())
    if not any(char.isalnum() for char in question):
        raise QuestionRejected("question.empty")
    if len(question) > settings.question_characters:
        raise QuestionRejected("question.too_long", length=len(question), most=settings.question_characters)
    return question


def is_follow_up(question: str) -> bool:
    """Whether a question probably leans on the one before: it starts like one, refers back, or is short."""
    found = words(question)
    return bool(_FOLLOW_UP.match(question)) or not _REFERRING.isdisjoint(found) or len(found) < _SHORT


def parts_of(question: str) -> list[str]:
    """What a question asks for, one by one: the question itself, or each of its parts.

    "Wie viele Urlaubstage habe ich, und wer genehmigt sie?" asks two things, for which different passages
    are the best. A part that refers to the one before ("sie") keeps it in front.
    """
    parts = [part.strip() for part in _BETWEEN.split(question) if part.strip()]
    if len(parts) < 2 or len(parts) > _MOST_PARTS or any(len(words(part)) < _PART_WORDS for part in parts):
        return [question]
    first = parts[0].rstrip("?.,")
    return [f"{first}?", *(f"{first}: {part}" if _refers(part) else part for part in parts[1:])]


def _refers(part: str) -> bool:
    return is_follow_up(part) or not {"sie", "ihr", "ihre", "he", "she"}.isdisjoint(words(part))
