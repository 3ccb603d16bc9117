"""Which rows a question means by the values of their cells."""

import re
from collections.abc import Iterator, Sequence

from chatbot.computing.asked import Asked, is_light
from chatbot.computing.calculation import Condition
from chatbot.computing.tables import DataTable
from chatbot.computing.wording import Token, is_code, is_form, is_value, names, tokens_of, written
from ingest.text.dates import is_month, is_weekday
from ingest.text.languages import pattern_of
from ingest.text.words import is_function_word

_SPECIFIED = re.compile(r"\s(?:[A-ZÄÖÜ]{1,3}\s)?\d.*$")  # behind the name of a thing: "8 m", "DX 300"
_NAME = 3  # words of a name at most
_LONGEST_VALUE = 8  # words of a cell that may stand in a question
_WITHIN, _DETERMINERS = (re.compile(pattern_of(f"computing.{entry}")) for entry in ("within", "determiners"))


def by_values(asked: Asked, table: DataTable) -> Iterator[Condition]:
    """Conditions by the values of cells that stand in the question, the longest first."""
    by_column: dict[int, list[str]] = {}
    options = sorted(_options(table), key=lambda option: (-len(option[0]), option[2], option[1]))
    for value, text, number in options:
        if not 0 < len(value) <= _LONGEST_VALUE:
            continue
        tokens, whole = _said(asked, value), written(text)
        beside = bool(tokens) and _beside_head(asked, tokens, table, number)
        if beside or (tokens and _tells(value) and _in_its_case(asked, tokens, whole, table, number)):
            for token in tokens:
                token.by = "value"
            by_column.setdefault(number, []).append(" ".join(whole))
            is_certain = beside or (_tells_kinds(number, table) and _is_meant(asked, tokens[0], text, number, table))
            if not is_certain or _stands_elsewhere(whole, number, table, beside):
                asked.is_refused = True
    yield from (Condition(column=number, how="is", texts=tuple(texts)) for number, texts in by_column.items())


def _options(table: DataTable) -> set[tuple[tuple[str, ...], str, int]]:
    """For each cell what a question may say of it, its text, and its column: the code that it begins with is enough."""
    found = set()
    for column in table.columns:
        cells = [c.text for c in table.values(column.number) if c.span.type == "text" or column.is_code]
        words = [tuple(token.text for token in tokens_of(text)) for text in cells]
        found |= {(said, text, column.number) for said, text in zip(words, cells, strict=True)}
        found |= {(short, text, column.number) for text in cells for short in _short_of(text, cells)}
        firsts = [said[:1] for said in words]
        if all(first and is_code(first[0]) for first in firsts) and len(set(firsts)) == len(firsts):
            found |= {(first, text, column.number) for first, text in zip(firsts, cells, strict=True)}
    return found


def _short_of(text: str, cells: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """What is said of a cell in other order or in part: "Adam Gorski", "Gorski", "Scherenbühne" of one of 8 m.

    Args:
        text: of the cell.
        cells: all of its column: a part that others begin with, too, says too little.
    """
    last, comma, first = text.partition(", ")
    if comma and ", " not in first:
        yield tuple(token.text for token in tokens_of(f"{first} {last}"))
    begin = last if comma else _SPECIFIED.sub("", text)
    others = (other for other in cells if other != text)
    if begin and begin != text and not any(written(other)[: len(written(begin))] == written(begin) for other in others):
        yield tuple(token.text for token in tokens_of(begin))


def _in_its_case(asked: Asked, tokens: Sequence[Token], value: Sequence[str], table: DataTable, number: int) -> bool:
    """Whether a single word is written as in its cells, where these begin with a capital: "essen" is not Essen.

    Of a question all in small letters its case says nothing.
    """
    if len(value) > 1 or not asked.is_cased:
        return True
    texts = [cell.text for cell in table.values(number) if written(cell.text) == tuple(value)]
    return any(text[:1].isupper() <= tokens[0].text[:1].isupper() for text in texts)


def _is_meant(asked: Asked, token: Token, text: str, number: int, table: DataTable) -> bool:
    """Whether a value can be of no other column than its own: a name, one said to be there, or one without a twin."""
    return number in table.names or _is_placed(asked, token, text) or not _has_twin(number, table)


def _is_placed(asked: Asked, token: Token, text: str) -> bool:
    """Whether a value says where something is, or how: "in Ulm", "offen"; "from Ulm" may be the start or the goal."""
    before = asked.tokens[: asked.tokens.index(token)]
    while before and _DETERMINERS.fullmatch(before[-1].lower):
        before = before[:-1]
    return text[:1].islower() or bool(before and _WITHIN.fullmatch(before[-1].lower))


def _has_twin(number: int, table: DataTable) -> bool:
    """Whether another column has some of the same values: start and goal, or who ordered and who approved."""
    own = {written(cell.text) for cell in table.values(number)}
    others = (column for column in table.columns if column.number != number)
    return any(written(cell.text) in own for column in others for cell in table.values(column.number))


def _tells_kinds(number: int, table: DataTable) -> bool:
    """Whether a column names the rows or their kind, so that a value says enough without the column's head.

    "Which devices have a battery?" is not about those whose only remark is "battery", and "orders by Evers" may be
    those that Evers approved, or received: the head has to tell which.
    """
    column = next(column for column in table.columns if column.number == number)
    texts = [cell.text for cell in table.values(number)]
    is_whole = column.is_code or all(cell.span.type == "text" for cell in table.values(number))
    is_kind = len(set(texts)) < len(texts)
    is_period = any(is_weekday(word) or is_month(word) for word in written(column.head))
    return is_whole and (number in table.names or column.is_code or (is_kind and not is_period))


def by_kinds(asked: Asked, table: DataTable) -> Iterator[Condition]:
    """A condition by the noun that is counted or listed, where it is a value that tells kinds: "Katzen" and "Katze"."""
    noun = asked.noun
    if noun is None or noun.by:
        return
    meant = {
        (column.number, cell.text)
        for column in table.columns
        for cell in table.values(column.number)
        if cell.span.type == "text" and is_form(noun.text, cell.text) and _tells_kinds(column.number, table)
    }
    if len(meant) == 1:
        ((number, text),) = meant
        if number not in table.names and not _stands_elsewhere(written(text), number, table, False):
            noun.by = "value"
            yield Condition(column=number, how="is", texts=(" ".join(written(text)),))


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
    is_it = bool(near) and written(head) == (near[0].lower,)  # "von" under "Von"
    return is_it or any(names(token.text, head) and not is_function_word(token.lower) for token in near)


def hides_a_value(asked: Asked, table: DataTable) -> bool:
    """Whether a word that was passed over may be a value, or a name in one: "it" and the department IT, "Lange"."""
    passed = [token for token in asked.tokens if token.by in ("idle", "light", "operation", "measure")]
    texts = [cell.text for column in table.columns for cell in table.values(column.number) if cell.span.type == "text"]
    whole = {words[0] for words in map(written, texts) if len(words) == 1}
    if any(token.lower in whole for token in passed):
        return True
    if any(map(is_light, whole)) and any(token.by == "light" for token in passed):
        return True  # "stehen" says where something is, and is a status here
    parts = {word for text in texts if len(text.split()) <= _NAME for word in written(text)}
    return any(token.lower in parts for token in passed if _may_be_name(token, asked))


def _may_be_name(token: Token, asked: Asked) -> bool:
    """Whether a word may be a name by its capital, behind the first; without capitals any may but one like "and"."""
    if asked.is_cased:
        return token.text[:1].isupper() and token.start > 0
    return not is_function_word(token.lower)
