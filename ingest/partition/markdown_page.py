"""Markdown made into HTML by CommonMark's rules, with what others add: tables, struck text, tasks, notes, definitions.

Nothing is lost that a renderer would drop: alternative texts of pictures, cells that a row has more than the head, the
numbers of lists as they were written, and a list whose first number is not 1 behind a line of text.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from ingest.partition.html_inline import MARK
from ingest.partition.named_lines import STRONG, WEAK, named_values
from ingest.partition.scripts import superscript
from ingest.partition.tick_boxes import tick_box

_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]:\s*(.*)")
_REFERENCE = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_INDENT = 2  # of lines that a footnote goes on in
_TASK = re.compile(r"\[([ xX])\]\s+")
_NUMBERED = re.compile(r"\s*(\d{1,3})([.)])\s")
_DEFINITION = re.compile(r":\s+")
_CODE = re.compile(r"(`+)(.+?)\1")


def page_of(text: str) -> str:
    """The HTML of a text in Markdown.

    Args:
        text: without front matter.
    """
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    markdown.block.ruler.before("reference", "footnote", _footnote, {"alt": ["paragraph", "reference"]})
    markdown.core.ruler.push("additions", _add)
    labels = list(dict.fromkeys(_REFERENCE.findall(text)))
    is_numbered = all(map(str.isdecimal, labels))
    env: dict[str, Any] = {"marks": {label: label if is_numbered else str(at) for at, label in enumerate(labels, 1)}}
    return str(markdown.render(_repaired(text, markdown.parse(text, dict(env))), env))


def _footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A rule of the parser: the text of a footnote."""
    match = None if state.is_code_block(start) else _FOOTNOTE.match(_line(state, start))
    if match is None or silent:
        return match is not None
    lines, at = [match[2]], start + 1
    while at < end:
        is_indented = state.sCount[at] - state.blkIndent >= _INDENT
        if state.isEmpty(at):
            if at + 1 >= end or state.isEmpty(at + 1) or state.sCount[at + 1] - state.blkIndent < _INDENT:
                break
        elif not is_indented and (not lines[-1] or _FOOTNOTE.match(_line(state, at))):
            break
        lines.append(_line(state, at))
        at += 1
    inner = state.md.render("\n".join([f"{_mark(state.env, match[1])} {lines[0]}", *lines[1:]]), state.env)
    token = state.push("html_block", "", 0)
    token.content, token.map = f'<div role="doc-footnote">{inner}</div>\n', [start, at]
    state.line = at
    return True


def _mark(env: Any, label: str) -> str:
    return superscript(env.get("marks", {}).get(label, label))


def _line(state: StateBlock, at: int) -> str:
    return state.src[state.bMarks[at] + state.tShift[at] : state.eMarks[at]]


def _add(state: StateCore) -> None:
    """A rule of the parser, behind all others: marks of lists and tasks, alternative texts, footnotes, definitions."""
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "image":
                child.type, child.content, child.children = "text", _said(child), None
            elif child.type == "text":
                child.content = _REFERENCE.sub(lambda match: _mark(state.env, match[1]), child.content)
    for at in range(2, len(state.tokens)):
        if state.tokens[at].type == "inline" and state.tokens[at - 2].type == "list_item_open":
            _mark_task(state.tokens[at])
    for at in range(1, len(state.tokens)):
        if state.tokens[at].type == "inline" and state.tokens[at - 1].type == "paragraph_open":
            _break_form(state.tokens[at].children or [])
    for opening in (at for at, token in enumerate(state.tokens) if token.type == "ordered_list_open"):
        _mark_numbers(state.tokens[opening:])
    if not state.inlineMode:
        state.tokens = list(_with_definitions(state))


def _break_form(children: Sequence[Token]) -> None:
    """Keep the lines of a paragraph apart that are names with their values: writers see them so."""
    lines = [""]
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            lines.append("")
        else:
            lines[-1] += {"strong_open": STRONG, "strong_close": WEAK}.get(child.type, child.content)
    if named_values(lines):
        for child in children:
            child.type = "hardbreak" if child.type == "softbreak" else child.type


def _said(image: Token) -> str:
    return "".join(child.content for child in image.children or ()) or image.content


def _mark_task(inline: Token) -> None:
    first = next(iter(inline.children or ()), None)
    if first is not None and first.type == "text" and (match := _TASK.match(first.content)):
        first.content = f"{tick_box(match[1] != ' ')} {first.content[match.end() :]}"


def _mark_numbers(tokens: Sequence[Token]) -> None:
    """Number the items of a list as they are written, or one by one where the writer left that to the program.

    Args:
        tokens: from the list's first on.
    """
    level = tokens[0].level
    end = next(at for at, one in enumerate(tokens) if one.type == "ordered_list_close" and one.level == level)
    items = [one for one in tokens[:end] if one.type == "list_item_open" and one.level == level + 1]
    written = [int(item.info) for item in items]
    if not all(before < after for before, after in pairwise(written)):
        written = list(range(written[0], written[0] + len(written)))
    for item, number in zip(items, written, strict=True):
        item.attrSet(MARK, f"{number}{item.markup}")


def _with_definitions(state: StateCore) -> Iterator[Token]:
    """Tokens in which a paragraph with lines that begin with a colon is a list of names and what they mean."""
    held: list[Token] = []  # a paragraph that may be a name
    at = 0
    while at < len(state.tokens):
        piece = state.tokens[at : at + 3]
        at += 1
        if piece[0].type != "paragraph_open" or piece[0].hidden:
            yield from held
            held = []
            yield piece[0]
            continue
        at += 2
        lines = piece[1].content.split("\n")
        if not any(_DEFINITION.match(line) for line in lines):
            yield from held
            held = piece
            continue
        if _DEFINITION.match(lines[0]) and held and "\n" not in held[1].content:
            lines, held = [held[1].content, *lines], []
        yield from held
        held = []
        yield Token("html_block", "", 0, content=_definitions(lines, state))
    yield from held


def _definitions(lines: Sequence[str], state: StateCore) -> str:
    pieces: list[list[str]] = []
    for number, line in enumerate(lines):
        following = lines[number + 1 : number + 2]
        if _DEFINITION.match(line):
            pieces.append(["dd", line[1:].strip()])
        elif not pieces or any(_DEFINITION.match(one) for one in following):
            pieces.append(["dt", line])
        else:
            pieces[-1][1] += f"\n{line}"
    said = "".join(f"<{tag}>{state.md.renderInline(text, state.env)}</{tag}>" for tag, text in pieces)
    return f"<dl>{said}</dl>\n"


def _repaired(text: str, tokens: Sequence[Token]) -> str:
    """A text of which nothing is lost: lists begin behind an empty line, and heads have a cell for each of a row.

    Args:
        tokens: of the text.
    """
    lines = text.split("\n")
    begins: set[int] = set()
    for token in tokens:
        if token.type == "paragraph_open" and token.map:
            begins |= set(_list_begins(lines, *token.map))
        elif token.type == "table_open" and token.map:
            _widen(lines, *token.map)
    return "\n".join(f"\n{line}" if at in begins else line for at, line in enumerate(lines))


def _list_begins(lines: Sequence[str], start: int, end: int) -> Iterator[int]:
    """The line of a paragraph in which a list begins that does not begin with 1."""
    numbers = [(at, int(match[1]), match[2]) for at in range(start, end) if (match := _NUMBERED.match(lines[at]))]
    for (at, number, mark), (_, following, same) in pairwise(numbers):
        if at > start and following == number + 1 and mark == same:
            yield at
            return


def _widen(lines: list[str], start: int, end: int) -> None:
    """Give the head of a table as many cells as its widest row has; bars within code part none."""
    for at in range(start + 2, end):
        if _width(lines[at]) > _width(lines[start]):
            lines[at] = _CODE.sub(lambda code: re.sub(r"(?<!\\)\|", r"\\|", code[0]), lines[at])
    more = max((_width(line) for line in lines[start + 2 : end]), default=0) - _width(lines[start])
    if more > 0:
        lines[start] = f"{lines[start].rstrip().removesuffix('|')}|{' |' * more}"
        lines[start + 1] = f"{lines[start + 1].rstrip().removesuffix('|')}|{'---|' * more}"


def _width(line: str) -> int:
    cells = escapedSplit(line.strip())
    return len(cells) - (cells[:1] == [""]) - (len(cells) > 1 and cells[-1:] == [""])
