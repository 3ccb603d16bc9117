"""From a question and a table to a calculation, by rules; one that leaves a word of the question open is none.

What stands in the question has to be the operation, the head of a column, a value of a cell, a bound, or what the
table is about. Anything else may be a condition that the table cannot fulfil, so that no number is stated then.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from chatbot.computing.asked import Asked, Compared, pass_over_light, read_question, take_next
from chatbot.computing.calculation import Calculation, Condition
from chatbot.computing.execute import fulfils
from chatbot.computing.ranges import range_in
from chatbot.computing.tables import Column, DataTable
from chatbot.computing.wording import Token, is_form, is_named, names, written
from chatbot.domain import Operation
from ingest.partition.cell_values import read_value
from ingest.text.languages import pattern_of
from ingest.text.negation import negations
from ingest.text.units import unit_of

_ROWS = re.compile(pattern_of("computing.rows"))
_QUANTITIES = re.compile(pattern_of("computing.quantities"))
_LONGEST_VALUE = 8  # words of a cell that may stand in a question
_LONGEST_STEM = 5  # letters of a value from which a compound may begin with it
_RANGES = 0.6  # share of a column's cells that name ranges
_OF_UNIT = {"currency": "currency", "mass": "mass", "time": "span", "length": "span"}
_CLOSE = ("value", "column", "word", "compared", "date", "range", "unit")
_ADD_UP = ("volume", "mass", "energy", "time", "area", "length")
_PER = re.compile(rf"\b{pattern_of('numbers.per')}\b|/")
_SCALED = re.compile(r"[€$£]|EUR|USD|GBP|CHF")


class Formulated(NamedTuple):
    """A calculation for one table, and by how many words of the question its cells and heads are meant."""

    table: DataTable
    calculation: Calculation
    close: int


class _Found(NamedTuple):
    """What of a table a question names."""

    asked: Asked
    table: DataTable
    columns: Sequence[Column]
    conditions: Sequence[Condition]

    @property
    def free(self) -> list[Column]:
        """The named columns that no condition is about."""
        used = {condition.column for condition in self.conditions}
        return [column for column in self.columns if column.number not in used]


def calculation_for(question: str, table: DataTable, today: date) -> Formulated | None:
    """A calculation that accounts for every word of a question; None where there is none.

    Args:
        question: one part of it, standalone.
        table: of a document that was found for it.
        today: which year "this year" is.
    """
    if negations(question) or table.divided:
        return None
    asked = read_question(question, today)
    conditions = [*_ranges(asked, table), *_values(asked, table)]
    columns = _named_columns(asked, table)
    take_next(asked)
    if (bounds := _bounds(asked, table, columns)) is None:
        return None
    conditions += bounds
    for token in asked.open:
        if names(token.text, table.subject) or _ROWS.fullmatch(token.lower):
            token.by = "subject"
    conditions += [*_words_in_cells(asked, table), *_in_compounds(asked, table)]
    pass_over_light(asked)
    if asked.open:
        return None
    calculation = _calculation(_Found(asked, table, columns, conditions), today)
    if calculation and not _uses_all_columns(calculation, asked, table):
        return None
    return Formulated(table, calculation, sum(token.by in _CLOSE for token in asked.tokens)) if calculation else None


def _uses_all_columns(calculation: Calculation, asked: Asked, table: DataTable) -> bool:
    """Whether each head that the question names has a part in it: else it may be a condition that was not read."""
    used = {calculation.column, *(condition.column for condition in calculation.conditions), *table.names}
    heads = " ".join(column.head for column in table.columns if column.number in used)
    named = (token for token in asked.tokens if token.by == "column")
    return all(names(token.text, f"{heads} {table.subject}") for token in named)


def _calculation(found: _Found, today: date) -> Calculation | None:
    asked = found.asked
    match asked.operation:
        case "count":
            return _count(found)
        case "list":
            return _list(found)
        case "value":
            return _value(found)
    if asked.from_today:
        found = found._replace(columns=[one for one in found.columns if _is_to_come(one, found.table, today)])
    column = _column_of(found)
    if column is None or column.type == "text" or column.is_code:
        return None
    if asked.operation in ("sum", "mean") and column.type != "number":
        return None
    return Calculation(
        operation=asked.operation, column=column.number, conditions=tuple(found.conditions), most=asked.most,
        from_today=asked.from_today,
    )  # fmt: skip


def _is_to_come(column: Column, table: DataTable, today: date) -> bool:
    return column.type == "date" and any(cell.span.raw >= today.isoformat() for cell in table.values(column.number))


def _count(found: _Found) -> Calculation | None:
    """How many rows; where a cell may say how many there are, it is not certain that rows are meant."""
    noun, table = found.asked.noun, found.table
    meant = [column for column in found.free if noun and names(noun.text, column.head) and column.type == "number"]
    meant = [column for column in meant if not column.is_code]
    if meant:  # "wie viele Lizenzen": how many a cell says
        if len(meant) > 1 or not found.conditions:
            return None
        return Calculation(operation="value", column=meant[0].number, conditions=tuple(found.conditions))
    of_key = {condition.column for condition in found.conditions} & set(table.names)
    if found.asked.often and (of_key or all(column.type != "date" for column in table.columns)):
        return None  # "how often" is a cell of a schedule, and only in a log a number of rows
    kinds = " ".join(column.head for column in table.columns if column.number in table.names)
    if noun and noun.by == "column" and not names(noun.text, f"{kinds} {table.subject}"):
        return None  # what another column is about is no kind of row
    quantities = {column.number for column in table.columns if _is_quantity(column)}
    if quantities and not quantities & {condition.column for condition in found.conditions}:
        return None
    return Calculation(operation="count", conditions=tuple(found.conditions))


def _list(found: _Found) -> Calculation | None:
    """The names of the rows, or the value of the column that stands behind "which"."""
    noun, table = found.asked.noun, found.table
    wanted = [
        column for column in found.free if noun and names(noun.text, column.head) and column.number not in table.names
    ]
    if len(wanted) == 1 and found.conditions:
        return Calculation(operation="value", column=wanted[0].number, conditions=tuple(found.conditions))
    if found.asked.measure:
        return _value(found)
    others = [column for column in found.free if column.number not in table.names and column.type != "text"]
    is_whole = noun is None or noun.by in ("column", "subject")
    is_named = noun is not None and any(names(noun.text, c.head) for c in table.columns if c.number in table.names)
    if not found.conditions or not is_whole or (others and not is_named):
        return None
    return Calculation(operation="list", conditions=tuple(found.conditions))


def _value(found: _Found) -> Calculation | None:
    column = _column_of(found)
    if not found.conditions:
        return None
    if column is not None:
        adds_up = unit_of(found.asked.unit).kind in _ADD_UP and not _PER.search(column.head.lower())
        operation: Operation = "sum" if adds_up and not _is_one(found) else "value"
        return Calculation(operation=operation, column=column.number, conditions=tuple(found.conditions))
    others = [column for column in found.free if column.number not in found.table.names and not column.is_code]
    if found.asked.measure or found.asked.unit or others or not (found.asked.operation == "list" or found.asked.who):
        return None
    return Calculation(operation="list", conditions=tuple(found.conditions))


def _is_one(found: _Found) -> bool:
    return sum(all(fulfils(row, condition) for condition in found.conditions) for row in found.table.rows) == 1


def _is_quantity(column: Column) -> bool:
    return column.type == "number" and any(_QUANTITIES.fullmatch(word) for word in written(column.head))


def _column_of(found: _Found) -> Column | None:
    """The column whose values are meant: the one that is named, else the only one that measures what is asked for."""
    asked, table = found.asked, found.table
    named = [column for column in found.free if column.number not in table.names and _is_meant(column, asked)]
    if asked.operation != "value":
        named = [column for column in named if column.type != "text" and not column.is_code]
    if asked.operation in ("sum", "mean"):
        named = [column for column in named if column.type == "number"]
    if asked.unit:
        bare = [column for column in named if column.units == {""}]
        named = [column for column in named or table.columns if column.units == {asked.unit}] or bare
    if len(named) == 1:
        return named[0] if _may_measure(named[0], asked.measure) else None
    if named or asked.measure not in ("", "any"):
        fitting = [column for column in named or table.columns if _measures(column, asked.measure)]
        return fitting[0] if len(fitting) == 1 else None
    return None


def _is_meant(column: Column, asked: Asked) -> bool:
    return any(is_named(token.text, column.head) for token in asked.tokens)


def _may_measure(column: Column, measure: str) -> bool:
    """Whether a column may be meant by what is asked for: one of bare numbers says nothing of what it measures."""
    return measure in ("", "any") or column.type == "text" or column.units == {""} or _measures(column, measure)


def _measures(column: Column, measure: str) -> bool:
    if measure == "date":
        return column.type == "date"
    kinds = {"currency" if _SCALED.search(unit) else unit_of(unit).kind for unit in column.units}
    return {_OF_UNIT.get(kind, "") for kind in kinds} == {measure} or (measure == "span" and column.type == "duration")


def _named_columns(asked: Asked, table: DataTable) -> list[Column]:
    """The columns whose heads the question has words of; of those that share a word the ones it has most of."""
    counts = {
        column: [
            token for token in asked.tokens if token.by in ("", "measure", "unit") and names(token.text, column.head)
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


def _values(asked: Asked, table: DataTable) -> Iterator[Condition]:
    """Conditions by the values of cells that stand in the question, the longest first."""
    by_column: dict[int, list[str]] = {}
    options = sorted(
        {(written(cell.text), column.number) for column in table.columns for cell in table.values(column.number)
         if cell.span.type == "text" or column.is_code},
        key=lambda option: (-len(option[0]), option[1]),
    )  # fmt: skip
    for value, number in options:
        if not 0 < len(value) <= _LONGEST_VALUE:
            continue
        tokens = _said(asked, value)
        if tokens and (_tells(value) or _beside_head(asked, tokens, table, number)):
            for token in tokens:
                token.by = "value"
            by_column.setdefault(number, []).append(" ".join(value))
    yield from (Condition(column=number, how="is", texts=tuple(texts)) for number, texts in by_column.items())


def _said(asked: Asked, value: Sequence[str]) -> list[Token]:
    """The words of the question that are those of a value, in its order."""
    for at in range(len(asked.tokens) - len(value) + 1):
        tokens = asked.tokens[at : at + len(value)]
        if all(not token.by and is_form(token.text, word) for token, word in zip(tokens, value, strict=True)):
            return tokens
    return []


def _tells(value: Sequence[str]) -> bool:
    """Whether a value is no mere letter or number, which may stand in a question for something else."""
    first = value[0]
    is_code = any(map(str.isdigit, first)) and any(map(str.isalpha, first))
    return len(value) > 1 or (len(first) > 1 and not first.isdigit()) or is_code


def _beside_head(asked: Asked, tokens: Sequence[Token], table: DataTable, number: int) -> bool:
    head = next(column.head for column in table.columns if column.number == number)
    at = asked.tokens.index(tokens[0])
    near = [*asked.tokens[max(0, at - 1) : at], *asked.tokens[at + len(tokens) : at + len(tokens) + 1]]
    return any(names(token.text, head) for token in near)


def _words_in_cells(asked: Asked, table: DataTable) -> Iterator[Condition]:
    """Conditions by words that stand within the cells of one column: a type in the name of a machine."""
    for token in asked.open:
        columns = [
            column.number for column in table.columns
            if column.type == "text"
            and any(is_form(token.text, word) for cell in table.values(column.number) for word in written(cell.text))
        ]  # fmt: skip
        if len(columns) == 1:
            token.by = "word"
            yield Condition(column=columns[0], how="has", texts=(token.lower,))


def _in_compounds(asked: Asked, table: DataTable) -> Iterator[Condition]:
    """Conditions by a value that a word of the question begins with, where it is the only one: Elektro-teile."""
    for token in asked.open:
        values = {
            (column.number, " ".join(written(cell.text)))
            for column in table.columns if column.type == "text" and not column.is_code
            for cell in table.values(column.number)
            if len(cell.text) >= _LONGEST_STEM and token.lower.startswith(cell.text.lower())
        }  # fmt: skip
        if len(values) == 1:
            ((number, text),) = values
            token.by = "word"
            yield Condition(column=number, how="is", texts=(text,))


def _ranges(asked: Asked, table: DataTable) -> Iterator[Condition]:
    """A condition by a column whose cells name ranges: the row for the 12th year, the row for 30 pieces."""
    for column in table.columns:
        cells = table.values(column.number)
        ranges = [found for cell in cells if (found := range_in(cell.text))]
        is_of_ranges = column.type == "text" and len(ranges) >= max(2, _RANGES * len(cells))
        if not is_of_ranges or all(found.low == found.high for found in ranges):
            continue
        nouns = f"{column.head} " + " ".join(cell.text for cell in cells)
        for at, token in enumerate(asked.tokens):
            number = read_value(token.text, ",")
            following = asked.tokens[at + 1] if at + 1 < len(asked.tokens) else None
            if number.type == "number" and following and names(following.text, nouns):
                asked.compared = [compared for compared in asked.compared if token not in compared.tokens]
                asked.unit = ""
                for one in (*asked.tokens[max(0, at - 1) : at], token, following):
                    one.by = "range" if one in (token, following) or one.by == "compared" else one.by
                yield Condition(column=column.number, how="range", value=number.raw)
                return


def _bounds(asked: Asked, table: DataTable, named: Sequence[Column]) -> list[Condition] | None:
    """Conditions by the bounds in the question; None where it is not certain which column one of them is for."""
    found = []
    for compared in asked.compared:
        columns = [column for column in table.columns if _comparable(column, compared)]
        columns = [column for column in columns if column in named] or columns
        if len(columns) != 1:
            return None
        value = compared.value if compared.unit == "date" else _number(compared.value)
        found.append(Condition(column=columns[0].number, how=compared.how, value=value))
    return found


def _comparable(column: Column, compared: Compared) -> bool:
    if compared.unit == "date":
        return column.type == "date"
    if column.type != "number" or column.is_code:
        return False
    unit = unit_of(compared.unit).name if compared.unit else ""
    return not unit or column.units == {unit}


def _number(number: str) -> str:
    value = read_value(number, "." if re.fullmatch(r"\d+\.\d{1,2}", number) else ",")
    return value.raw or str(Decimal(number.replace(",", ".")))
