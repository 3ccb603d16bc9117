"""Which column a question means: by the words of its head, all of them, or by what it measures.

"Urlaub" is not "Resturlaub", "Kosten" are not "Reparaturkosten", and what is "geprüft bis" a day was tested on another.
"""

import re
from collections.abc import Sequence

from chatbot.computing.asked import Asked
from chatbot.computing.tables import Column, DataTable
from chatbot.computing.wording import has_form, written
from ingest.text.languages import pattern_of
from ingest.text.units import unit_of

_OF_UNIT = {"currency": "currency", "mass": "mass", "time": "span", "length": "span"}
_HEADS = {
    "currency": re.compile(pattern_of("computing.prices")),
    "mass": re.compile(pattern_of("computing.weights")),
}
_PLAIN = {  # "kostet" is the price, and not what a repair costs
    "currency": re.compile(pattern_of("computing.price")),
    "mass": re.compile(pattern_of("computing.weight")),
}
_AMOUNT = re.compile(f"{pattern_of('computing.price')}|{pattern_of('computing.amount_heads')}")
_CURRENCY = re.compile(r"[€$£]|EUR|USD|GBP|CHF")
_IN_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_UNSAID = re.compile(pattern_of("computing.unsaid"))


def named_columns(asked: Asked, table: DataTable) -> list[Column]:
    """The columns whose heads the question has words of; of those that share a word the ones it has most of."""
    counts = {
        column: [
            token for token in asked.tokens if token.by in ("", "measure", "unit") and has_form(token.text, column.head)
        ]
        for column in table.columns
        if column.head
    }
    named = {column: tokens for column, tokens in counts.items() if tokens}
    for tokens in named.values():
        for token in tokens:
            token.by = "column"
    return [
        column
        for column, tokens in named.items()
        if not any(len(other) > len(tokens) and set(tokens) <= set(other) for other in named.values())
    ]


def column_of(asked: Asked, table: DataTable, free: Sequence[Column]) -> Column | None:
    """The column whose values are meant: the one that is named, else the only one that measures what is asked for.

    Args:
        asked: the question.
        table: that it is about.
        free: columns that it names and that no condition is about.
    """
    named = [column for column in free if column.number not in table.names and is_said(column, asked)]
    if asked.operation != "value":
        named = [column for column in named if column.type != "text" and not column.is_code]
    if asked.operation in ("sum", "mean"):
        named = [column for column in named if column.type == "number"]
    if asked.unit:
        named = [column for column in named if column.units in ({asked.unit}, {""})]
    if len(named) == 1:
        return named[0] if _may_measure(named[0], asked.measure) else None
    if named:
        fitting = [column for column in named if _measures(column, asked.measure)]
        return fitting[0] if len(fitting) == 1 else None
    return by_kind(asked, table)


def by_kind(asked: Asked, table: DataTable) -> Column | None:
    """The only column that measures what is asked for and whose head says no more than that: a price, a weight.

    Args:
        asked: the question.
        table: that it is about.
    """
    if asked.from_today:
        dated = [column for column in table.columns if column.type == "date"]
        return dated[0] if len(dated) == 1 else None
    if asked.unit and (of_unit := [column for column in table.columns if column.units == {asked.unit}]):
        return of_unit[0] if len(of_unit) == 1 else None
    heads = _PLAIN.get(asked.measure)
    fitting = [column for column in table.columns if _measures(column, asked.measure)]
    if len(fitting) != 1 or heads is None or (asked.unit and fitting[0].units != {asked.unit}):
        return None
    said = _to_be_said(fitting[0], fitting[0].head)
    plain = _AMOUNT if asked.operation in ("largest", "smallest") and asked.measure == "currency" else heads
    return fitting[0] if len(said) == 1 and plain.fullmatch(said[0]) else None


def is_currency(unit: str) -> bool:
    """Whether a unit is an amount of money, scaled or not: EUR, T€, k$."""
    return _CURRENCY.search(unit) is not None


def is_said(column: Column, asked: Asked) -> bool:
    """Whether a question has every word of a column's head that tells it from another."""
    return any(
        all(_has_word_of(asked, word) for word in _to_be_said(column, head))
        for head in column.head.split(" / ")  # in two languages
        if head.strip()
    )


def _has_word_of(asked: Asked, word: str) -> bool:
    """Whether a question has a word of a head, or asks for what it measures: "kostet" and "Kosten"."""
    heads = _HEADS.get(asked.measure)
    return any(has_form(token.text, word) for token in asked.tokens) or bool(heads and heads.fullmatch(word))


def _to_be_said(column: Column, head: str) -> list[str]:
    """The words of a head but units, and those that any date or figure may have."""
    found = written(_IN_BRACKETS.sub(" ", head))
    rest = [
        word for word in found if not _UNSAID.fullmatch(word) and word not in column.units and not unit_of(word).kind
    ]
    return rest or list(found[:1])


def _may_measure(column: Column, measure: str) -> bool:
    """Whether a column may be meant by what is asked for; one of bare numbers if its head says what they are."""
    if measure in ("", "any"):
        return True
    heads = _HEADS.get(measure)
    says_so = heads is None or any(map(heads.fullmatch, written(column.head)))
    return says_so and (_measures(column, measure) or (column.units == {""} and heads is not None))


def _measures(column: Column, measure: str) -> bool:
    if measure == "date":
        return column.type in ("date", "time")
    kinds = {"currency" if is_currency(unit) else unit_of(unit).kind for unit in column.units}
    return {_OF_UNIT.get(kind, "") for kind in kinds} == {measure} or (measure == "span" and column.type == "duration")
