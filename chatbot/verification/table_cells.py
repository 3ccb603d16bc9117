"""Is a value said of the cell in which it stands: of that row and that column, and not of the ones beside?"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from chatbot.verification.claims import Claim
from ingest.documents import CellSpan, Passage
from ingest.text.languages import words_of
from ingest.text.negation import negations
from ingest.text.numbers import compared_in, numbers_in
from ingest.text.words import stems, words

Reading = Literal["agrees", "contradicts", "silent"]
_YES, _NO = frozenset(words_of("negation.affirming_replies")), frozenset(words_of("negation.denying_replies"))


class _Cell(NamedTuple):
    """A cell with what names its column and its row, as stems."""

    text: str
    head: frozenset[str]
    row: int
    column: int


def read_cells(claim: Claim, passage: Passage, window: tuple[int, int]) -> Reading:
    """What the cells of a row say of a claim.

    A row as one string has all words and all figures of every false statement about it; only its cells tell which
    figure belongs to which head.

    Args:
        claim: one sentence of a statement, with its question.
        passage: that the row is in.
        window: span of the row in the passage's text.

    Returns:
        Whether the cell that is meant contradicts the claim, or says yes or no as it does; silent for all else.
    """
    start, end = passage.start + window[0], passage.start + window[1]
    row = [_cell(passage, cell) for cell in passage.table_cells(start, end)]
    if len(row) < 2:
        return "silent"
    said, asked = set(stems(claim.text, claim.language)), set(stems(claim.question, claim.language))
    if _names_another_row(said, row, passage, claim.language):
        return "contradicts"
    if any(_is_of_another(values, kind, row, said, asked) for kind, values in compared_in(claim.text)):
        return "contradicts"
    return _polarity(claim, row, said, asked)


def is_reply(text: str) -> bool:
    """Whether a text is a bare yes or no."""
    return set(words(text)) <= _YES | _NO


def _cell(passage: Passage, cell: CellSpan) -> _Cell:
    head = passage.between(cell.head_start, cell.head_end)
    value = passage.between(cell.start, cell.end)
    return _Cell(value, frozenset(stems(head, passage.language)), cell.row, cell.column)


def _is_of_another(values: frozenset[str], kind: str, row: Sequence[_Cell], said: set[str], asked: set[str]) -> bool:
    """Whether a figure stands under one head and the statement, or else its question, names another one."""
    own = [cell for cell in row if numbers_in(cell.text) & values]
    if not own or any(cell.column == row[0].column for cell in own):
        return False
    of_own = frozenset().union(*(cell.head for cell in own))
    for other in row[1:]:
        if other in own or not _is_alike(other, kind, own):
            continue
        named, meant = other.head - of_own, of_own - other.head
        for chosen in (said, asked):
            if chosen & named or chosen & meant:
                if not chosen & meant:
                    return True
                break
    return False


def _is_alike(other: _Cell, kind: str, own: Sequence[_Cell]) -> bool:
    """Whether another cell has a figure of the kind, so that the two could be taken for each other."""
    kinds = {unit for unit, _ in compared_in(other.text)}
    if kind in kinds:
        return True
    bare = not any(compared_in(cell.text) for cell in own)
    return bool(bare and not kinds and numbers_in(other.text))


def _names_another_row(said: set[str], row: Sequence[_Cell], passage: Passage, language: str) -> bool:
    """Whether the claim has what tells another row's name from this one's, and nothing that tells this one's."""
    own = set(stems(row[0].text, language))
    firsts = {cell.row: cell for cell in reversed(passage.table) if cell.column == row[0].column}
    others = (
        set(stems(passage.between(cell.start, cell.end), language)) for at, cell in firsts.items() if at != row[0].row
    )
    return any(other - own and (other - own) <= said and not (own - other) & said for other in others)


def _polarity(claim: Claim, row: Sequence[_Cell], said: set[str], asked: set[str]) -> Reading:
    """What the cells under the heads that a claim names say: yes or no, where all that are named say one of these."""
    reply, is_bare = set(words(claim.text)), is_reply(claim.text)
    meant = asked if is_bare else said
    answers = {_yes_or_no(cell.text) for cell in row[1:] if cell.head and cell.head <= meant} - {None}
    if len(answers) == 2 and not negations(claim.text):
        return "contradicts"
    if len(answers) != 1:
        return "silent"
    (there,) = answers
    denied = bool(reply & _NO) if is_bare else negations(claim.text) % 2 == 1
    return "agrees" if there is not denied else "contradicts"


def _yes_or_no(text: str) -> bool | None:
    value = set(words(text))
    if value and value <= _YES:
        return True
    return False if value and value <= _NO else None
