"""Reads what a question wants of a table: the operation, what it measures, and the words to be accounted for."""

import re
from datetime import date

from chatbot.computing.asked import Asked, alone, is_light, says_nothing, take, within
from chatbot.computing.periods import in_digits, name_periods, take_comparisons, take_dates
from chatbot.computing.wording import Token, tokens_of
from chatbot.domain import Operation
from ingest.text.languages import groups_of, pattern_of
from ingest.text.units import unit_of

_ENDS: tuple[tuple[Operation, str, re.Pattern[str]], ...] = tuple(
    (operation, measure, alone("|".join(patterns)))
    for operation in ("largest", "smallest")
    for measure, patterns in groups_of(f"computing.{operation}").items()
)  # type: ignore[assignment]
_OPERATIONS: tuple[tuple[Operation, re.Pattern[str]], ...] = tuple(
    (operation, alone(pattern_of(f"computing.{operation}")))
    for operation in ("difference", "mean", "sum", "count", "list")
)  # type: ignore[assignment]
_NEXT, _NEXT_ONE = alone(pattern_of("computing.next")), re.compile(pattern_of("computing.next_one"))
_MEASURED = {measure: alone("|".join(patterns)) for measure, patterns in groups_of("computing.measured").items()}
_COMPARATIVES = re.compile(pattern_of("computing.comparatives"))
_OFTEN, _AMOUNT = (alone(pattern_of(f"computing.{entry}")) for entry in ("often", "amount"))
_REFUSED, _NOW, _BEFORE_HOW_MANY, _CLOSED, _MOST = (
    re.compile(pattern_of(f"computing.{entry}")) for entry in ("refused", "now", "before_how_many", "closed", "most")
)
_OWN, _MODAL, _APART = (re.compile(pattern_of(f"computing.{entry}")) for entry in ("own", "modal", "apart"))
_ALL_OF = alone(pattern_of("computing.all_of"))
_BELOW_ZERO = re.compile(r"(?<!\w)[-−–]\s?\d")
_WHO, _PAST = (re.compile(pattern_of(f"computing.{entry}")) for entry in ("who", "past"))


def read_question(question: str, today: date) -> Asked:
    """What a question wants.

    Args:
        question: one part of it, standalone.
        today: which year "this year" is.
    """
    is_cased = any(char.isupper() for char in question[1:])
    asked = Asked(text=question, tokens=tokens_of(question), is_cased=is_cased, today=today)
    take_dates(asked)
    if take(asked, asked.text.lower(), _NEXT, "operation"):
        asked.from_today, asked.operation, asked.measure = True, "smallest", "date"
    in_digits(asked)
    name_periods(asked)
    lower = asked.text.lower()
    take_comparisons(asked, lower)
    take(asked, lower, _ALL_OF, "operation")
    _take_operation(asked, lower)
    _take_measures(asked, lower)
    asked.is_refused = asked.is_refused or _is_refused(asked, question)
    asked.is_own = any(_OWN.fullmatch(token.lower) for token in asked.tokens)
    asked.is_past = any(_PAST.fullmatch(token.lower) for token in asked.tokens[1:])  # "Was" asks in German
    asked.who = any(_WHO.fullmatch(token.lower) for token in asked.open)
    for token in asked.open:
        if says_nothing(token):
            token.by = "idle"
    return asked


def _is_refused(asked: Asked, question: str) -> bool:
    """Whether something else is meant than what is named, a number below zero, or yes or no is wanted."""
    is_closed = bool(asked.tokens) and _CLOSED.fullmatch(asked.tokens[0].lower) is not None
    return (
        is_closed
        or any(_REFUSED.fullmatch(token.lower) for token in _but_parts_of_verbs(asked))
        or bool(_BELOW_ZERO.search(question))
    )


def _but_parts_of_verbs(asked: Asked) -> list[Token]:
    """The words but one at the end that a German verb leaves there: "finden … statt"."""
    return asked.tokens[:-1] if asked.tokens and _APART.fullmatch(asked.tokens[-1].lower) else asked.tokens


def take_next(asked: Asked) -> None:
    """Take "the next" for what is still to come, where it names no column."""
    for token in asked.open:
        if _NEXT_ONE.fullmatch(token.lower) and asked.operation in ("value", "list"):
            token.by, asked.from_today, asked.operation, asked.measure = "operation", True, "smallest", "date"


def pass_over_light(asked: Asked) -> None:
    """Account for verbs that say nothing of which rows are meant, and for comparatives beside a difference."""
    for token in asked.open:
        is_as_of = asked.from_today and (_NOW.fullmatch(token.lower) or _MODAL.fullmatch(token.lower))
        if (
            is_as_of
            or is_light(token.lower)
            or (token is asked.tokens[-1] and _APART.fullmatch(token.lower))
            or (asked.operation == "difference" and _COMPARATIVES.fullmatch(token.lower))
        ):
            token.by = "light"


def _take_operation(asked: Asked, lower: str) -> None:
    found: list[Operation] = []
    for operation, measure, pattern in _ENDS:
        if not asked.from_today and (match := take(asked, lower, pattern, "operation")):
            asked.is_refused = asked.is_refused or bool(found)  # the largest and the smallest
            found.append(operation)
            asked.measure = measure
            _take_number(asked, match)
            if _MOST.fullmatch(match.group()):
                asked.follows_most = next((token for token in asked.tokens if token.start >= match.end()), None)
                asked.is_refused = asked.is_refused or asked.follows_most is None
    ends = list(found)
    if not found and take(asked, lower, _OFTEN, "operation"):
        asked.often = True
        found.append("count")
    for name, pattern in _OPERATIONS:
        if match := take(asked, lower, pattern, "operation"):
            found.append(name)
            if name in ("count", "list", "difference"):
                asked.noun = asked.behind(match.end())
    asked.is_refused = asked.is_refused or bool(ends and {"mean", "sum", "difference"} & set(found))
    if not asked.noun and (match := take(asked, lower, _AMOUNT, "operation")):
        asked.noun, asked.is_amount = asked.behind(match.end()), True
    if not asked.from_today:
        asked.operation = "count" if found == ["sum", "count"] else next(iter(found), asked.operation)
    if asked.noun and unit_of(asked.noun.text).kind and "list" not in found:
        asked.unit, asked.noun.by = unit_of(asked.noun.text).name, "unit"
        if asked.operation == "count":
            asked.operation, asked.is_amount = ("sum" if "sum" in found else "value"), True


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
            for token in within(asked, match):
                token.by = token.by or "measure"
