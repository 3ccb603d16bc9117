"""Words of a question that say nothing of which rows are meant, told by the table itself.

What a document is called holds for all its rows: "Inventur" in `Inventur_Lager.xlsx`, "getankt" over "Tankbelege". And
where a row and a column are named, what else stands in the question beside nouns says no more than that it is asked.
"""

from collections.abc import Iterable

from chatbot.computing.asked import Asked
from chatbot.computing.calculation import Calculation
from chatbot.computing.tables import Column, DataTable
from chatbot.computing.wording import Token, is_code, names, written
from ingest.text.words import detect_language

_SHORTEST = 4  # letters of a root
_PREFIX = "ge"  # of participles: getankt, eingekauft


def take_called(asked: Asked, table: DataTable) -> None:
    """Account for words that the document is called by, or that have a root in common with them.

    Args:
        asked: the question; the noun that is counted is not accounted for: it has to be what rows are.
        table: of the document.
    """
    for token in asked.open:
        is_noun = asked.noun is token and asked.operation in ("count", "list")
        if not is_noun and not is_code(token.text) and not token.text.isdigit() and _is_called(token, table):
            token.by = "subject"


def take_beside_cell(asked: Asked, calculation: Calculation | None, table: DataTable) -> None:
    """Account for verbs and the like beside the name of a row and the head of a column, in German.

    Args:
        asked: the question.
        calculation: that would be carried out if nothing else were asked.
        table: that it is for.
    """
    is_cell = calculation is not None and calculation.operation == "value" and _names_a_head(asked, calculation, table)
    if not is_cell or detect_language(asked.text) != "de":
        return
    for token in asked.open:
        is_lower = token.text[:1].islower() and token.text.isalpha()
        if is_lower and not stands_in(token, table, table.columns):
            token.by = "light"


def _is_called(token: Token, table: DataTable) -> bool:
    if stands_in(token, table, table.columns):
        return False
    root = _root(token.lower)
    return names(token.text, table.subject) or (
        len(root) >= _SHORTEST and any(word.startswith(root) or word.endswith(root) for word in written(table.subject))
    )


def _root(word: str) -> str:
    """What a participle is made of: "getankt" of "tank", "eingekauft" of "einkauf"; empty for another word."""
    if not word.endswith(("t", "en")):
        return ""
    before, prefix, behind = word.partition(_PREFIX)
    return before + behind.removesuffix("en").removesuffix("t") if prefix else ""


def _names_a_head(asked: Asked, calculation: Calculation, table: DataTable) -> bool:
    column = next((column for column in table.columns if column.number == calculation.column), None)
    return column is not None and any(token.by == "column" and names(token.text, column.head) for token in asked.tokens)


def stands_in(token: Token, table: DataTable, headed: Iterable[Column]) -> bool:
    """Whether a head or a cell has a word, so that it may tell rows or columns apart.

    Args:
        token: of the question.
        table: that it is about.
        headed: columns whose heads count.
    """
    texts = [column.head for column in headed]
    texts += [cell.text for column in table.columns for cell in table.values(column.number) if cell.span.type == "text"]
    return any(names(token.text, text) for text in texts)
