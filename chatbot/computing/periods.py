"""Dates, numbers and periods in a question: as digits and years, and what rows are compared with."""

import re

from chatbot.computing.asked import Asked, Compared, alone, take, within
from ingest.text.dates import dates_in
from ingest.text.languages import groups_of, numbers_of, pattern_of
from ingest.text.number_words import number_word
from ingest.text.numbers import with_plain_figures
from ingest.text.units import unit_of

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
_BEFORE_NOW = re.compile(rf"(?<!\w)(?:{pattern_of('computing.as_of')})\W*(?:{_ARTICLE}\s)?$")
_BEHIND_NOW = re.compile(rf"\W*(?:{pattern_of('computing.now')})(?!\w)")
_YEARS = tuple(
    (years, alone(pattern_of(f"computing.periods.{name}")))
    for years, name in ((0, "this_year"), (-1, "last_year"), (1, "next_year"))
)
_ORDINAL = re.compile(pattern_of("computing.ordinals"))
_FIRST_ONES = numbers_of("computing.first_ones")
_QUARTER = re.compile(pattern_of("computing.periods.quarter"))


def take_dates(asked: Asked) -> None:
    """Days with what stands before them; one beside "today" or "as of" is the day that is asked for. A month is no day.

    Args:
        asked: the question, with the day on which it is asked.
    """
    for found in dates_in(asked.text):
        written = asked.text[found.start : found.end]
        before = asked.text[: found.start].lower()
        how = next((how for how, pattern in _BEFORE_DATE if pattern.search(before)), "is")
        tokens = tuple(token for token in asked.tokens if found.start <= token.start < found.end)
        if sum(map(str.isdigit, written)) > len("2026") and not _MONTH.fullmatch(written) and tokens:
            for token in tokens:
                token.by = "date"
            if how == "is" and _is_now(before, asked.text[found.end :].lower()):
                asked.today, asked.is_from_a_day = found.date, True
            else:
                asked.compared.append(Compared(how, found.date.isoformat(), "date", tokens))  # type: ignore[arg-type]


def _is_now(before: str, behind: str) -> bool:
    """Whether a date says as of when: "heute, den 1. März", "Stand 1.3.", "today (March 1)"."""
    return _BEFORE_NOW.search(before) is not None or _BEHIND_NOW.match(behind) is not None


def in_digits(asked: Asked) -> None:
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


def name_periods(asked: Asked) -> None:
    """This, the last and the next year by their number, and the third quarter as Q3."""
    for years, pattern in _YEARS:
        while match := take(asked, asked.text.lower(), pattern, "year"):
            first, *others = within(asked, match)
            first.text, first.by = str(asked.today.year + years), ""
            asked.tokens = [token for token in asked.tokens if token not in others]
            _renew(asked)
    for token, following in zip(asked.tokens, asked.tokens[1:], strict=False):
        number = _FIRST_ONES.get(token.lower, token.text)
        if str(number) in "1234" and _QUARTER.fullmatch(following.lower):
            token.text, token.by, following.by = f"Q{number}", "", "idle"
    _renew(asked)


def take_comparisons(asked: Asked, lower: str) -> None:
    """Take the numbers that rows are compared with, and the words before them: "mehr als 200 Euro".

    Args:
        asked: the question.
        lower: its text in small letters.
    """
    for how, pattern in _COMPARED:
        while match := take(asked, lower, pattern, "compared"):
            found, unit, noun = within(asked, match), match["unit"] or "", ""
            if unit and not unit_of(unit).kind:
                found[-1].by, unit, noun = "", "", found[-1].text
                found = found[:-1]
            asked.compared.append(Compared(how, match["number"], unit, tuple(found), noun))  # type: ignore[arg-type]
