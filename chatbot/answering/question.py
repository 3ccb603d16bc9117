"""Questions as they are typed: what is accepted, what leans on the conversation, what asks for two things."""

import re

from config.errors import QuestionRejected
from config.sections import AnswerSettings
from ingest.text.words import normalise, words

_FOLLOW_UP = re.compile(
    r"^(und|aber|oder|was ist mit|wie ist es|gilt das|and|but|or|what about|how about|does that|is that)\b", re.I
)
_DATES = r"(?! (?:jahr|monat|quartal|woche|halbjahr|year|month|quarter|week|time)\b)"
# Words for something that was named before. "Sie" with a capital is the person who reads, "IT" a department.
_REFERRING = re.compile(
    r"\b(?:[Ee]r|[Ee]s|[Ii]hn|[Ii]hm|[Dd]ort|[Dd]avon|[Dd]afür|[Dd]azu|[Ii]t|[Tt]here|[Tt]hey|[Tt]hem|[Hh]e|[Ss]he|"
    rf"(?<!können )(?<!könnten )(?<!würden )(?<!haben )sie|"
    rf"(?:[Dd]ies(?:e[rsmn]?)?|[Tt]his|[Tt]hose|[Tt]hese)(?i:{_DATES}))\b"
    r"|\b[Dd]as(?=\s*\?|\s(?:auch|noch|für|bei|von|in|wenn|denn|genau)\b)"
    r"|\b[Tt]hat(?=\s*\?|\s(?:for|in|at|to|by|on|when|if|also|too|with|as|count|include|apply|cost|mean)\b)"
)
_OWNING = re.compile(
    r"\b[Ss]ein(?= [A-ZÄÖÜ])|\b[Ss]eine[rsmn]?\b|\b(?:[Hh]is|[Hh]er|[Tt]heir)\b|"
    r"(?<!habt )(?<!könnt )(?<!seid )(?<!macht )\b[Ii]hr(?:e[rsmn]?)?(?= [A-ZÄÖÜ])"
)
# "Gibt es ...", "Is there ...", "Is it true that ...": these stand for nothing.
_EMPTY = re.compile(
    r"\b(?:gibt|gäbe|geht|regnet|schneit|bedeutet|heißt|kommt|handelt|lohnt) es\b|\bes (?:gibt|geht|regnet|kommt)\b|"
    r"\b(?:ist|war|wäre) es\b(?=.*(?:\bzu\b|\bdass\b|\bwenn\b))|"
    r"\b(?:is|was|would) it\b(?= \w+ (?:to|that|if|for|when)\b)|\b(?:does|will|did) it (?:take|matter|rain|make)\b|"
    r"\b(?:is|are|was|were|will) there\b|\bthere (?:is|are|was|were)\b",
    re.I,
)
# What is named in the question itself, so that "his" or "er" may stand for that.
_NAMED = re.compile(r"\b(?:ein|eine[rsmn]?|der|die|jede[rsmn]?|an?|the|every|each)\s+\w", re.I)
_CLAUSE = re.compile(r",|\b(?:und|oder|wenn|falls|bevor|dass|and|or|if|when|before|after|that)\b", re.I)
_SHORT = 5  # words
_UNFINISHED = re.compile(
    r"(?:auch|nur|nicht|sogar|im|in|am|an|bei|für|mit|ohne|ab|bis|nach|vor|der|die|das|den|dem|warum|wieso|"
    r"also|only|even|not|for|at|on|with|without|after|before|from|the|why)\b",
    re.I,
)
_ASKING = (
    r"wer|wen|wem|wessen|was|wie|wo|wohin|woher|wann|warum|weshalb|wofür|wodurch|woran|welche[rsmn]?|ob|"
    r"who|whom|whose|what|how|where|when|why|which|whether"
)
_BETWEEN = re.compile(
    rf"\?\s+(?=\S)|,?\s(?:und|sowie|and)\s+(?=(?:(?:in|bis|ab|für|von|by|for|at|to)\s)?(?:{_ASKING})\b)", re.I
)
_ASKS = re.compile(rf"(?:{_ASKING})\b", re.I)
_LEADING = re.compile(rf"^(?:und|and)\s+(?=(?:{_ASKING})\b)", re.I)  # of a second question
_CONTINUED = re.compile(r"(?P<asked>.+) \((?P<before>[^()\s]+(?:\s[^()\s]+){2,}\?)\)")
_BRACKETS = re.compile(r"[()]")
_BEHIND = "?: "  # between what a part keeps in front and itself
_PERSONS = frozenset("sie ihr ihre he she".split())
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
    """Whether a question probably leans on the one before: it starts like one, refers back, or is no whole question."""
    return bool(_FOLLOW_UP.match(question)) or _refers_back(question) or _is_unfinished(question)


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
    if re.match(r"(?:und|and)\b", question, re.I) and len(words(question)) < _SHORT:
        return f"{before}{mark} {question}"
    return f"{question} ({_BRACKETS.sub('', before)}{mark or '?'})"


def _behind(before: str, part: str) -> str:
    return f"{before.rstrip('?.,')}{_BEHIND}{part}"


def _refers(part: str) -> bool:
    """Whether a part refers to the one before; in one sentence nobody needs to be named twice."""
    return bool(_FOLLOW_UP.match(part)) or _refers_back(part) or not _PERSONS.isdisjoint(words(part))
