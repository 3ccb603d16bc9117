"""What a question wants of a table: the operation, what it measures, and the words to be accounted for."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from chatbot.computing.calculation import Comparison
from chatbot.computing.wording import Token, tokens_of
from chatbot.domain import Operation
from ingest.text.dates import dates_in
from ingest.text.languages import groups_of, pattern_of
from ingest.text.number_words import number_word
from ingest.text.numbers import with_plain_figures
from ingest.text.units import unit_of
from ingest.text.words import comparable


def _alone(pattern: str) -> re.Pattern[str]:
    """A pattern that matches whole words."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


_ENDS: tuple[tuple[Operation, str, re.Pattern[str]], ...] = tuple(
    (operation, measure, _alone("|".join(patterns)))
    for operation in ("largest", "smallest")
    for measure, patterns in groups_of(f"computing.{operation}").items()
)  # type: ignore[assignment]
_OPERATIONS: tuple[tuple[Operation, re.Pattern[str]], ...] = tuple(
    (operation, _alone(pattern_of(f"computing.{operation}")))
    for operation in ("difference", "mean", "sum", "count", "list")
)  # type: ignore[assignment]
_NEXT, _NEXT_ONE = _alone(pattern_of("computing.next")), re.compile(pattern_of("computing.next_one"))
_MEASURED = {measure: _alone("|".join(patterns)) for measure, patterns in groups_of("computing.measured").items()}
_IDLE, _LIGHT, _COMPARATIVES = (
    re.compile(pattern_of(f"computing.{entry}")) for entry in ("idle", "light", "comparatives")
)
_ARTICLE = pattern_of("computing.articles")
_MONTH = re.compile(r"\d{1,2}[/.]\d{4}")
_NUMBER = r"(?P<number>\d+(?:[.,]\d+)*)\s?(?P<unit>%|[€$£]|[^\W\d_]+)?"
_COMPARED = tuple(
    (how, re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})\s(?:{_ARTICLE}\s)?{_NUMBER}"))
    for how, patterns in groups_of("computing.compared").items()
)
_BEFORE_DATE = tuple(
    (how, re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})\s(?:\w+ )?$"))
    for how, patterns in groups_of("computing.compared").items()
)
_OFTEN, _AMOUNT = (_alone(pattern_of(f"computing.{entry}")) for entry in ("often", "amount"))
_REFUSED, _NOW, _BEFORE_HOW_MANY, _CLOSED, _MOST = (
    re.compile(pattern_of(f"computing.{entry}")) for entry in ("refused", "now", "before_how_many", "closed", "most")
)
_BELOW_ZERO = re.compile(r"(?<!\w)[-−–]\s?\d")
_CAPITALS = re.compile(pattern_of("computing.capitals"))
_WHO, _PAST = (re.compile(pattern_of(f"computing.{entry}")) for entry in ("who", "past"))
_YEARS = tuple(
    (years, _alone(pattern_of(f"computing.periods.{name}")))
    for years, name in ((0, "this_year"), (-1, "last_year"), (1, "next_year"))
)
_ORDINAL = re.compile(pattern_of("computing.ordinals"))
_QUARTER = re.compile(pattern_of("computing.periods.quarter"))


class Compared(NamedTuple):
    """A number or date that values are compared with; the unit of a date is `date`."""

    how: Comparison
    value: str
    unit: str
    tokens: tuple[Token, ...]
    noun: str = ""  # that is counted: "mehr als 5 Aufträge"


@dataclass
class Asked:
    """A question as far as a table matters.

    Attributes:
        text: with number words in digits.
        operation: that is wanted.
        measure: what the column of its values has to measure: currency, mass, span, date; "any" or empty.
        tokens: its words.
        compared: numbers and dates that rows are compared with.
        most: how many rows are wanted.
        from_today: only what is still to come.
        unit: that a number is asked for in: "wie viel Liter".
        noun: the first word behind "how many" and "which".
        who: whether it asks for persons or firms.
        often: whether it asks how often something was written down.
        follows_most: the word behind "most": what there is most of.
        is_past: whether it asks what was.
        is_refused: whether it has a word by which something else is meant than what is named, or a negative number.
    """

    text: str
    operation: Operation = "value"
    measure: str = ""
    tokens: list[Token] = field(default_factory=list)
    compared: list[Compared] = field(default_factory=list)
    most: int = 1
    from_today: bool = False
    unit: str = ""
    noun: Token | None = None
    who: bool = False
    often: bool = False
    follows_most: Token | None = None
    is_past: bool = False
    is_refused: bool = False

    @property
    def open(self) -> list[Token]:
        """The words that nothing accounts for yet."""
        return [token for token in self.tokens if not token.by]

    def behind(self, end: int) -> Token | None:
        """The first word from a place on that nothing accounts for and that says something."""
        return next((token for token in self.open if token.start >= end and not _says_nothing(token)), None)


def read_question(question: str, today: date) -> Asked:
    """What a question wants.

    Args:
        question: one part of it, standalone.
        today: which year "this year" is.
    """
    asked = Asked(text=question, tokens=tokens_of(question))
    _take_dates(asked, today)
    if _take(asked, asked.text.lower(), _NEXT, "operation"):
        asked.from_today, asked.operation, asked.measure = True, "smallest", "date"
    _in_digits(asked)
    _name_periods(asked, today)
    lower = asked.text.lower()
    _take_comparisons(asked, lower)
    _take_operation(asked, lower)
    _take_measures(asked, lower)
    asked.is_refused = asked.is_refused or _is_refused(asked, question)
    asked.is_past = any(_PAST.fullmatch(token.lower) for token in asked.tokens[1:])  # "Was" asks in German
    asked.who = any(_WHO.fullmatch(token.lower) for token in asked.open)
    for token in asked.open:
        if _says_nothing(token):
            token.by = "idle"
    return asked


def _is_refused(asked: Asked, question: str) -> bool:
    """Whether something else is meant than what is named, a number below zero, or yes or no is wanted."""
    is_closed = bool(asked.tokens) and _CLOSED.fullmatch(asked.tokens[0].lower) is not None
    return (
        is_closed
        or any(_REFUSED.fullmatch(token.lower) for token in asked.tokens)
        or bool(_BELOW_ZERO.search(question))
    )


def take_next(asked: Asked) -> None:
    """Take "the next" for what is still to come, where it names no column."""
    for token in asked.open:
        if _NEXT_ONE.fullmatch(token.lower) and asked.operation in ("value", "list"):
            token.by, asked.from_today, asked.operation, asked.measure = "operation", True, "smallest", "date"


def has_word(asked: Asked, entry: str) -> bool:
    """Whether a question has a word of a list.

    Args:
        asked: the question.
        entry: of the languages' files for this, such as `joins`.
    """
    pattern = re.compile(pattern_of(f"computing.{entry}"))
    return any(pattern.fullmatch(token.lower) for token in asked.tokens)


def pass_over_light(asked: Asked) -> None:
    """Account for verbs that say nothing of which rows are meant, and for comparatives beside a difference."""
    for token in asked.open:
        is_as_of = asked.from_today and _NOW.fullmatch(token.lower)
        if (
            is_as_of
            or _LIGHT.fullmatch(token.lower)
            or (asked.operation == "difference" and _COMPARATIVES.fullmatch(token.lower))
        ):
            token.by = "light"


def is_idle(word: str) -> bool:
    """Whether a word says nothing by itself."""
    return _IDLE.fullmatch(comparable(word)) is not None


def _says_nothing(token: Token) -> bool:
    if token.text.isupper() and not _CAPITALS.fullmatch(
        token.text
    ):  # a class, a hall, a department: "Bewertung A", "IT"
        return False
    return _IDLE.fullmatch(token.lower) is not None


def _take_dates(asked: Asked, today: date) -> None:
    """Days with what stands before them; today's, beside "today", says only as of when. A month is no day."""
    is_now = any(_NOW.fullmatch(token.lower) for token in asked.tokens)
    for found in dates_in(asked.text):
        written = asked.text[found.start : found.end]
        before = asked.text[: found.start].lower()
        how = next((how for how, pattern in _BEFORE_DATE if pattern.search(before)), "is")
        tokens = tuple(token for token in asked.tokens if found.start <= token.start < found.end)
        if sum(map(str.isdigit, written)) > len("2026") and not _MONTH.fullmatch(written) and tokens:
            for token in tokens:
                token.by = "date"
            if found.date != today or not is_now:
                asked.compared.append(Compared(how, found.date.isoformat(), "date", tokens))  # type: ignore[arg-type]


def _in_digits(asked: Asked) -> None:
    """Number words as digits, word by word, so that places stay those of the tokens."""
    for token, following in zip(asked.tokens, [*asked.tokens[1:], None], strict=True):
        if token.by or token.text.isdigit():
            continue
        value = number_word(token.lower)
        token.is_ordinal = value is not None and _ORDINAL.search(token.lower) is not None
        if value is None and following and unit_of(following.text).kind == "time":
            plain = with_plain_figures(f"{token.text} {following.text}").split()[0]
            value = int(plain) if plain.isdigit() else None
        if value is not None:
            token.text = str(value)
    _renew(asked)


def _renew(asked: Asked) -> None:
    asked.text = " ".join(token.text for token in asked.tokens)
    at = 0
    for token in asked.tokens:
        token.start, at = at, at + len(token.text) + 1


def _name_periods(asked: Asked, today: date) -> None:
    """This, the last and the next year by their number, and the third quarter as Q3."""
    for years, pattern in _YEARS:
        while match := _take(asked, asked.text.lower(), pattern, "year"):
            first, *others = _within(asked, match)
            first.text, first.by = str(today.year + years), ""
            asked.tokens = [token for token in asked.tokens if token not in others]
            _renew(asked)
    for token, following in zip(asked.tokens, asked.tokens[1:], strict=False):
        if token.text in "1234" and _QUARTER.fullmatch(following.lower):
            token.text, following.by = f"Q{token.text}", "idle"
    _renew(asked)


def _within(asked: Asked, match: re.Match[str]) -> list[Token]:
    return [token for token in asked.tokens if match.start() <= token.start < match.end()]


def _take(asked: Asked, lower: str, pattern: re.Pattern[str], by: str) -> re.Match[str] | None:
    """The first match whose words are all open; they are accounted for."""
    for match in pattern.finditer(lower):
        within = _within(asked, match)
        if within and not any(token.by for token in within):
            for token in within:
                token.by = by
            return match
    return None


def _take_comparisons(asked: Asked, lower: str) -> None:
    for how, pattern in _COMPARED:
        while match := _take(asked, lower, pattern, "compared"):
            within, unit, noun = _within(asked, match), match["unit"] or "", ""
            if unit and not unit_of(unit).kind:
                within[-1].by, unit, noun = "", "", within[-1].text
                within = within[:-1]
            asked.compared.append(Compared(how, match["number"], unit, tuple(within), noun))  # type: ignore[arg-type]


def _take_operation(asked: Asked, lower: str) -> None:
    found: list[Operation] = []
    for operation, measure, pattern in _ENDS:
        if not asked.from_today and (match := _take(asked, lower, pattern, "operation")):
            asked.is_refused = asked.is_refused or bool(found)  # the largest and the smallest
            found.append(operation)
            asked.measure = measure
            _take_number(asked, match)
            if _MOST.fullmatch(match.group()):
                asked.follows_most = next((token for token in asked.tokens if token.start >= match.end()), None)
                asked.is_refused = asked.is_refused or asked.follows_most is None
    ends = list(found)
    if not found and _take(asked, lower, _OFTEN, "operation"):
        asked.often = True
        found.append("count")
    for name, pattern in _OPERATIONS:
        if match := _take(asked, lower, pattern, "operation"):
            found.append(name)
            if name in ("count", "list", "difference"):
                asked.noun = asked.behind(match.end())
    asked.is_refused = asked.is_refused or bool(ends and {"mean", "sum", "difference"} & set(found))
    if not asked.noun and (match := _take(asked, lower, _AMOUNT, "operation")):
        asked.noun = asked.behind(match.end())
    if not asked.from_today:
        asked.operation = "count" if found == ["sum", "count"] else next(iter(found), asked.operation)
    if asked.noun and unit_of(asked.noun.text).kind and "list" not in found:
        asked.unit, asked.noun.by = unit_of(asked.noun.text).name, "unit"
        asked.operation = "value" if asked.operation == "count" else asked.operation


def _take_number(asked: Asked, match: re.Match[str]) -> None:
    """How many of the largest are wanted: "die 3 teuersten", "the 3 machines with the highest"; not "in Halle 3"."""
    for before, token in zip(asked.tokens, asked.tokens[1:], strict=False):
        is_number = (
            token.text.isdigit()
            and len(token.text) < 3
            and not token.by
            and token.start < match.start()
            and not token.is_ordinal
        )
        if is_number and _BEFORE_HOW_MANY.fullmatch(before.lower):
            asked.most, token.by = int(token.text), "operation"


def _take_measures(asked: Asked, lower: str) -> None:
    for measure, pattern in _MEASURED.items():
        if match := pattern.search(lower):
            asked.measure = asked.measure if asked.measure not in ("", "any") else measure
            for token in _within(asked, match):
                token.by = token.by or "measure"
