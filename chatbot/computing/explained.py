"""Words of a question that say nothing of which rows are meant, told by the table itself.

What a document is called holds for all its rows: "Inventur" in `Inventur_Lager.xlsx`, "getankt" over "Tankbelege". And
where a row and a column are named, a participle at the end says no more than that it is asked.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from chatbot.computing.asked import Asked
from chatbot.computing.calculation import Calculation
from chatbot.computing.tables import Column, DataTable
from chatbot.computing.wording import Token, has_form, is_code, names, written
from ingest.text.languages import pattern_of
from ingest.text.words import detect_language

_SHORTEST = 4  # letters of a root
_PARTICIPLE = "t"  # vereinbart, gearbeitet; "morgen" is none of those in -en
_PREFIX = "ge"  # of participles: getankt, eingekauft
_STATE, _PER, _WEEK = (re.compile(pattern_of(f"computing.{entry}")) for entry in ("state", "per", "week"))
_IN_CHARGE, _CHARGED = (re.compile(pattern_of(f"computing.{entry}")) for entry in ("in_charge", "in_charge_heads"))
_ENDINGS = re.compile(pattern_of("computing.verb_endings"))


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


def take_told(asked: Asked, used: Sequence[Column]) -> None:
    """Account for words that columns explain which have a part in the calculation.

    "Noch offen" says no more than "offen", "responsible for" no more than the head "Owner", "pro Liter" no more than
    "Preis je Liter", and "geschmiert" no more than "Schmierstelle".

    Args:
        asked: the question.
        used: columns of values and conditions, and those that name rows.
    """
    values = [token.start for token in asked.tokens if token.by == "value"]
    heads = [word for column in used for word in written(column.head)]
    is_charged = any(map(_CHARGED.fullmatch, heads))
    has_per = any(map(_PER.fullmatch, heads)) or any("/" in unit for column in used for unit in column.units)
    before_end = _before_end(asked)
    for token in asked.open:
        is_told = (
            token is before_end
            or (_STATE.fullmatch(token.lower) and any(token.start < start for start in values))
            or (is_charged and _IN_CHARGE.fullmatch(token.lower))
            or (has_per and _PER.fullmatch(token.lower))
            or _is_verb_of(token, heads)
        )
        if is_told:
            token.by = "light"


def _before_end(asked: Asked) -> Token | None:
    """The verb before the largest or smallest, which says only that a row has it: "zeigte die größte Abweichung"."""
    if asked.operation not in ("largest", "smallest"):
        return None
    tokens = [token for token in asked.tokens if token.by != "idle"]
    for before, token in pairwise(tokens):
        if token.by == "operation" and not before.by and before.text.isalpha() and before.text[0].islower():
            return before
    return None


def _is_verb_of(token: Token, heads: Iterable[str]) -> bool:
    """Whether a word is a verb's form of a root that a head begins with: "kalibriert" and "Kalibrierung"."""
    root = _root(token.lower) or _ENDINGS.sub("", token.lower)
    return root != token.lower and len(root) >= _SHORTEST and any(head.startswith(root) for head in heads)


def take_week(asked: Asked, table: DataTable) -> None:
    """Account for a week that the document's name has: "KW 45" and `Stunden_KW45.xlsx`."""
    called = "".join(written(table.called))
    for token, following in pairwise(asked.tokens):
        is_week = _WEEK.fullmatch(token.lower) and following.text.isdigit() and not following.by
        if is_week and re.search(rf"(?:{_WEEK.pattern})0?{following.text}(?!\d)", called):
            token.by = following.by = "subject"


def take_beside_cell(asked: Asked, calculation: Calculation | None, table: DataTable) -> None:
    """Account for the verb at the end beside the name of a row and the head of a column, in German.

    Args:
        asked: the question.
        calculation: that would be carried out if nothing else were asked.
        table: that it is for.
    """
    if calculation is None or calculation.operation != "value":
        return
    if not _names_a_head(asked, calculation, table) or detect_language(asked.text) != "de":
        return
    token = asked.tokens[-1]
    is_verb = token.text[:1].islower() and token.text.endswith(_PARTICIPLE)
    if not token.by and is_verb and not stands_in(token, table, table.columns):
        token.by = "light"


def _is_called(token: Token, table: DataTable) -> bool:
    if stands_in(token, table, table.columns):
        return False
    return any(
        len(root) >= _SHORTEST and (word.startswith(root) or word.endswith(root))
        for root in (token.lower, _root(token.lower))
        for word in written(table.subject)
    ) or has_form(token.text, table.subject)


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
