"""A report as Markdown (CommonMark with GitHub's tables) that shows its text and nothing else."""

import re
from collections.abc import Sequence
from itertools import zip_longest

from chatbot.rendering.report import (
    Block,
    Code,
    Divider,
    Grid,
    Heading,
    Items,
    Paragraph,
    Passage,
    Picture,
    Piece,
    Report,
    Table,
    one_line,
    printable,
)

# A pipe as an entity: a backslash before it is taken away where a table is cut into cells.
_ESCAPES = {ord(c): f"\\{c}" for c in "\\`*_{}[]()<>#+-.!~&:@$=^"} | {ord("|"): "&#124;"}
# Invisible, and neither a space nor a sign: next to it ** always begins or ends bold text.
_JOINER = "\u2060"


def as_markdown(report: Report) -> str:
    """Write a report as Markdown.

    Args:
        report: its text is escaped; of a picture only the caption remains.
    """
    mark = f"<!-- DigitalSourceType: {report.source_type} -->" if report.source_type else ""
    parts = [mark, f"# {_escaped(report.title)}".rstrip(), _lines(report.subtitle)]
    parts += [_block(block) for block in report.blocks]
    if footer := _lines(report.footer):
        parts += ["---", footer]
    return "\n\n".join(filter(None, parts)) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * (block.level + 1)} {_escaped(block.text)}".rstrip()
        case Paragraph():
            return _lines(block.text, bold=block.strong)
        case Items():
            return "\n".join(f"- {item}" for item in map(_escaped, block.items) if item)
        case Table():
            return _table(block)
        case Passage():
            return _with_caption(_passage(block), block.caption)
        case Code():
            return _with_caption(_code(block), block.caption)
        case Picture():
            return _lines(block.caption)
        case Divider():
            return "---"


def _escaped(text: str) -> str:
    return one_line(text).translate(_ESCAPES)


def _lines(text: str, bold: bool = False) -> str:
    escaped = map(_escaped, printable(text).split("\n"))
    return "\\\n".join(f"**{line}**" if bold else line for line in escaped if line)


def _with_caption(body: str, caption: str) -> str:
    return "\n\n".join(filter(None, (body, _lines(caption))))


def _table(table: Table) -> str:
    return "\n".join(_rows([list(map(_escaped, row)) for row in table.grid()]))


def _rows(rows: Sequence[Sequence[str]]) -> list[str]:
    if not rows:
        return []
    head, *further = (f"| {' | '.join(row)} |" for row in rows)
    return [head, "|" + " --- |" * len(rows[0]), *further]


def _passage(passage: Passage) -> str:
    quoted = []
    for part in passage.parts():
        if isinstance(part, Grid):
            quoted.append([f"> {row}" for row in _rows([list(map(_pieces, row)) for row in part.rows])])
        elif any(lines := list(map(_pieces, part))):
            quoted.append(
                [
                    f"> {line}{chr(92) if following else ''}" if line else ">"
                    for line, following in zip(lines, [*lines[1:], ""], strict=True)
                ]
            )
    return "\n>\n".join("\n".join(lines) for lines in quoted)


def _pieces(line: tuple[Piece, ...]) -> str:
    written = ""
    for piece, following in zip_longest(line, line[1:]):
        lead, tail = (" " if edge.isspace() else "" for edge in (piece.text[0], piece.text[-1]))
        text = _escaped(piece.text)
        if text and piece.marked:
            after = tail or (following.text[0] if following else "")
            text = _bold(text, piece.text.strip(), written[-1:] + lead, after)
        written += f"{lead}{text}{tail}" if text else lead
    return written.strip()


def _bold(escaped: str, text: str, before: str, after: str) -> str:
    """Bold text inside a line. Beside a word, ** does not count where a sign follows or precedes it within."""
    start = _JOINER if before.strip() == before != "" and not text[0].isalnum() else ""
    end = _JOINER if after.strip() == after != "" and not text[-1].isalnum() else ""
    return f"**{start}{escaped}{end}**"


def _code(code: Code) -> str:
    text = printable(code.text)
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"
