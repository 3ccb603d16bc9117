"""A passage as HTML: its rows as the table that they come from, with the cited cell marked."""

from collections.abc import Callable, Sequence

from chatbot.rendering.passage_rows import Rows, Span, rows_and_text
from ingest.documents import CellSpan

Marked = Callable[[int, int], str]  # HTML of a piece of the passage's text


def with_tables(text: str, cells: Sequence[CellSpan], marked: Marked, meant: Sequence[Span] = ()) -> str:
    """HTML of a passage: its rows as tables, all else as text.

    Args:
        text: of the passage.
        cells: of the tables in it; spans count from its beginning.
        marked: makes HTML of a piece of the text, from one character to another, with what is cited marked.
        meant: the values that the answer is about, within what is cited.
    """
    pieces = []
    for part in rows_and_text(text, cells):
        if isinstance(part, Rows):
            pieces.append(_table(part, marked, meant))
        else:
            pieces.append(f'<p class="passage">{marked(part.start, part.end)}</p>')
    return "".join(pieces)


def _table(rows: Rows, marked: Marked, meant: Sequence[Span]) -> str:
    """A table with the heads of its columns; a single row stands upright, a name and a value a line."""

    def value(span: Span) -> str:
        kind = ' class="meant"' if span in meant else ""
        return f"<td{kind}>{marked(*span)}</td>"

    if len(rows.values) == 1:
        pairs = zip(rows.heads, rows.values[0], strict=True)
        lines = "".join(f'<tr><th scope="row">{marked(*head)}</th>{value(span)}</tr>' for head, span in pairs)
        return f'<table class="cells">{lines}</table>'
    head = "".join(f'<th scope="col">{marked(*span)}</th>' for span in rows.heads)
    body = "".join(f"<tr>{''.join(map(value, row))}</tr>" for row in rows.values)
    table = f'<table class="cells"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="wide" tabindex="0">{table}</div>'  # it scrolls, by the keyboard too
