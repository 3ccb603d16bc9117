"""Which rows a question means: by values of cells, by bounds, by the range that a cell names."""

import re
from collections.abc import Iterator, Sequence

from chatbot.computing.asked import Asked, Compared, is_idle
from chatbot.computing.calculation import Condition
from chatbot.computing.columns import by_kind, is_said
from chatbot.computing.ranges import are_ranges
from chatbot.computing.tables import Column, DataTable, TableCell
from chatbot.computing.wording import Token, has_form, is_code, is_value, names, tokens_of, written
from ingest.partition.cell_values import SHARE, read_value
from ingest.text.dates import is_month, is_weekday
from ingest.text.languages import pattern_of
from ingest.text.numbers import is_year
from ingest.text.units import unit_of
from ingest.text.words import detect_language, is_function_word

_LONGEST_VALUE = 8  # words of a cell that may stand in a question
_AFTER, _RELATIVE, _WITHIN, _DETERMINERS = (
    re.compile(pattern_of(f"computing.{entry}")) for entry in ("after", "relative", "within", "determiners")
)


def by_ranges(asked: Asked, table: DataTable) -> Iterator[Condition]:
    """A condition by a column whose cells name ranges: the row for the 12th year, the row for 30 pieces."""
    for column in table.columns:
        cells = table.values(column.number)
        if not are_ranges(column, table):
            continue
        nouns = f"{column.head} " + " ".join(cell.text for cell in cells)
        for at, token in enumerate(asked.tokens):
            number = read_value(token.text, ",")
            following = asked.tokens[at + 1] if at + 1 < len(asked.tokens) else None
            if number.type == "number" and following and has_form(following.text, nouns):
                if any(token in one.tokens and not _looks_up(one) for one in asked.compared):
                    return
                asked.compared = [compared for compared in asked.compared if token not in compared.tokens]
                asked.unit = ""
                for one in (*asked.tokens[max(0, at - 1) : at], token, following):
                    one.by = "range" if one in (token, following) or one.by == "compared" else one.by
                if not _are_of(following, column, cells):
                    asked.is_refused = True  # steps in kilograms, and a question in grams
                yield Condition(column=column.number, how="range", value=number.raw)
                return


def _are_of(noun: Token, column: Column, cells: Sequence[TableCell]) -> bool:
    """Whether all ranges of a column count what a number counts: by its head, or each cell for itself."""
    return has_form(noun.text, column.head) or all(has_form(noun.text, cell.text) for cell in cells)


def by_values(asked: Asked, table: DataTable) -> Iterator[Condition]:
    """Conditions by the values of cells that stand in the question, the longest first."""
    by_column: dict[int, list[str]] = {}
    options = sorted(_options(table), key=lambda option: (-len(option[0]), option[2], option[1]))
    for value, text, number in options:
        if not 0 < len(value) <= _LONGEST_VALUE:
            continue
        tokens, whole = _said(asked, value), written(text)
        beside = bool(tokens) and _beside_head(asked, tokens, table, number)
        is_placed = bool(tokens) and (beside or number in table.names or _is_placed(asked, tokens[0], text))
        if beside or (tokens and _tells(value) and _in_its_case(tokens, whole, table, number)):
            for token in tokens:
                token.by = "value"
            by_column.setdefault(number, []).append(" ".join(whole))
            if (
                _stands_elsewhere(whole, number, table, beside)
                or not (beside or _tells_kinds(number, table))
                or not is_placed
            ):
                asked.is_refused = True
    yield from (Condition(column=number, how="is", texts=tuple(texts)) for number, texts in by_column.items())


def _options(table: DataTable) -> set[tuple[tuple[str, ...], str, int]]:
    """For each cell what a question may say of it, its text, and its column: the code that it begins with is enough."""
    found = set()
    for column in table.columns:
        cells = [c.text for c in table.values(column.number) if c.span.type == "text" or column.is_code]
        words = [tuple(token.text for token in tokens_of(text)) for text in cells]
        found |= {(said, text, column.number) for said, text in zip(words, cells, strict=True)}
        firsts = [said[:1] for said in words]
        if all(first and is_code(first[0]) for first in firsts) and len(set(firsts)) == len(firsts):
            found |= {(first, text, column.number) for first, text in zip(firsts, cells, strict=True)}
    return found


def _in_its_case(tokens: Sequence[Token], value: Sequence[str], table: DataTable, number: int) -> bool:
    """Whether a single word is written as in its cells, where these begin with a capital: "essen" is not Essen."""
    if len(value) > 1:
        return True
    texts = [cell.text for cell in table.values(number) if written(cell.text) == tuple(value)]
    return any(text[:1].isupper() <= tokens[0].text[:1].isupper() for text in texts)


def _is_placed(asked: Asked, token: Token, text: str) -> bool:
    """Whether a value says where something is, or how: "in Ulm", "offen"; "from Ulm" may be the start or the goal."""
    before = asked.tokens[: asked.tokens.index(token)]
    while before and _DETERMINERS.fullmatch(before[-1].lower):
        before = before[:-1]
    return text[:1].islower() or bool(before and _WITHIN.fullmatch(before[-1].lower))


def _tells_kinds(number: int, table: DataTable) -> bool:
    """Whether a column names the rows or their kind, so that a value says enough without the column's head.

    "Which devices have a battery?" is not about those whose only remark is "battery", and "orders by Evers" may be
    those that Evers approved, or received: the head has to tell which.
    """
    column = next(column for column in table.columns if column.number == number)
    texts = [cell.text for cell in table.values(number)]
    is_whole = column.is_code or all(cell.span.type == "text" for cell in table.values(number))
    is_kind = len(set(texts)) < len(texts) and len(written(column.head)) == 1
    is_period = any(is_weekday(word) or is_month(word) for word in written(column.head))
    return is_whole and (number in table.names or column.is_code or (is_kind and not is_period))


def _stands_elsewhere(value: Sequence[str], number: int, table: DataTable, beside: bool) -> bool:
    """Whether other cells have the words of a value, too: "Halle 1, Regal 3", or the town as goal and as start.

    Args:
        value: of a cell.
        number: of its column.
        table: with both.
        beside: whether the column's head stands beside the value in the question, so that no other column is meant.
    """
    for column in table.columns:
        if column.number == number or not beside:
            for cell in table.values(column.number):
                is_same = column.number == number and written(cell.text) == tuple(value)
                if not is_same and _holds(cell.text, value):
                    return True
    return False


def _holds(text: str, value: Sequence[str]) -> bool:
    """Whether a cell has words that follow each other, whole or as parts of joined ones: "Köln-Deutz" has "Köln"."""
    parts = (written(text), written(re.sub(r"[-/]", " ", text)))
    return any(found[at : at + len(value)] == tuple(value) for found in parts for at in range(len(found)))


def _said(asked: Asked, value: Sequence[str]) -> list[Token]:
    """The words of the question that are those of a value, in its order."""
    for at in range(len(asked.tokens) - len(value) + 1):
        tokens = asked.tokens[at : at + len(value)]
        if all(not token.by and is_value(token.text, word) for token, word in zip(tokens, value, strict=True)):
            return tokens
    return []


def _tells(value: Sequence[str]) -> bool:
    """Whether a value is no mere letter or number, which may stand in a question for something else."""
    first = value[0]
    return len(value) > 1 or (len(first) > 1 and not first.isdigit()) or is_code(first)


def _beside_head(asked: Asked, tokens: Sequence[Token], table: DataTable, number: int) -> bool:
    head = next(column.head for column in table.columns if column.number == number)
    at = asked.tokens.index(tokens[0])
    near = [*asked.tokens[max(0, at - 1) : at], *asked.tokens[at + len(tokens) : at + len(tokens) + 1]]
    return any(names(token.text, head) and not is_function_word(token.lower) for token in near)


def hides_a_value(asked: Asked, table: DataTable) -> bool:
    """Whether a word that was passed over may be a value: "it" and the department IT."""
    passed = {token.lower for token in asked.tokens if token.by in ("idle", "light", "operation", "measure")}
    texts = (cell.text for column in table.columns for cell in table.values(column.number) if cell.span.type == "text")
    return any(len(words) == 1 and words[0] in passed for words in map(written, texts))


def _looks_up(compared: Compared) -> bool:
    """Whether a range is looked up for a number: "ab 51 Stück", "nach 12 Jahren", not "mehr als 50 Stück"."""
    return compared.how == "least" or bool(_AFTER.fullmatch(compared.tokens[0].lower))


def by_bounds(asked: Asked, table: DataTable, named: Sequence[Column]) -> list[Condition] | None:
    """Conditions by the bounds in the question; None where it is not certain which column one of them is for."""
    found, priced = [], by_kind(asked, table)
    for compared in asked.compared:
        if unit_of(compared.unit).kind == "time" and _RELATIVE.fullmatch(compared.tokens[0].lower):
            return None  # "10 days before" is counted from today
        columns = [column for column in table.columns if _comparable(column, compared)]
        # "Mehr als 5 Aufträge": a bare number is compared with nothing but what is named.
        if compared.noun and not is_idle(compared.noun):
            columns = [column for column in columns if has_form(compared.noun, column.head)]
        said = [column for column in columns if column in named and is_said(column, asked)]
        columns = said or [column for column in columns if compared.unit and column == priced]
        if len(columns) != 1:
            return None
        value = compared.value if compared.unit == "date" else _number(compared.value, asked.text)
        if not value:
            return None
        found.append(Condition(column=columns[0].number, how=compared.how, value=value))
    return found


def _comparable(column: Column, compared: Compared) -> bool:
    if compared.unit == "date":
        # "Bis zum 31. März" may mean that it is valid then: only before and after are certain.
        return column.type == "date" and compared.how in ("more", "less")
    if is_year(compared.value):
        return False
    if column.type != "number" or column.is_code:
        return False
    unit = unit_of(compared.unit).name if compared.unit else ""
    return column.units == {unit} if unit else column.units != {SHARE}


def _number(number: str, question: str) -> str:
    """A number in the notation of its question's language; empty where it is none in that."""
    return read_value(number, "." if detect_language(question) == "en" else ",").raw
