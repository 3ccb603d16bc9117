"""Documents as web pages and mails, and as Markdown."""

from email.message import EmailMessage
from itertools import groupby
from pathlib import Path
from typing import Any

from lxml import html
from lxml.html import builder as tag

from eval.reading.model import Block, Cell, Document, Form, Heading, ListItem, Paragraph, Table
from eval.reading.pen import Pen


def write_page(document: Document, path: Path) -> None:
    """Write an html file."""
    path.write_bytes(b"<!DOCTYPE html>\n" + _page(document))


def write_mail(document: Document, path: Path) -> None:
    """Write an eml file; what stands in its head is in `mail_head`."""
    mail = EmailMessage()
    for name, value in (*mail_head(document), ("Subject", document.title)):
        mail[name] = value
    mail.set_content("Bitte die HTML-Ansicht einschalten." if document.language == "de" else "Please view as HTML.")
    mail.add_alternative(_page(document).decode("utf-8"), subtype="html")
    path.write_bytes(bytes(mail))


def mail_head(document: Document) -> tuple[tuple[str, str], ...]:
    """Sender and receiver of the mail that brings a document."""
    pen = Pen(document.language, document.name)
    return (
        ("From", f"{pen.pick(pen.words['first'])} Beispiel <post{pen.small()}@beispiel.example>"),
        ("To", f"team{pen.small()}@beispiel.example"),
    )


def write_markdown(document: Document, path: Path) -> None:
    """Write an md file."""
    notes: list[str] = []
    parts = [_markdown(block, notes) for block in document.blocks]
    text = "".join(
        part + ("\n" if isinstance(block, ListItem) and isinstance(following, ListItem) else "\n\n")
        for part, block, following in zip(parts, document.blocks, (*document.blocks[1:], None), strict=True)
    )
    text += "".join(f"[^{number}]: {note}\n" for number, note in enumerate(notes, 1))
    path.write_text(text, encoding="utf-8")


def _page(document: Document) -> bytes:
    notes: list[str] = []
    body = tag.BODY()
    for form, blocks in groupby(document.blocks, _list_of):
        if form:
            items = [_item(block) for block in blocks if isinstance(block, ListItem)]
            body.append(tag.UL(*items) if form == "bullet" else tag.OL(*items, type=form))
        else:
            for block in blocks:
                body.extend(_elements(block, notes))
    for number, note in enumerate(notes, 1):
        body.append(tag.P(tag.SUP(str(number)), f" {note}"))
    head = tag.HEAD(tag.META(charset="utf-8"), tag.TITLE(document.title))
    return bytes(html.tostring(tag.HTML(head, body), encoding="utf-8", pretty_print=True))


def _list_of(block: Block) -> str:
    """The form of the list that a block belongs to, empty for any other block."""
    if not isinstance(block, ListItem):
        return ""
    return "bullet" if not block.number else "1" if block.number[0].isdigit() else "a"


def _item(item: ListItem) -> Any:
    return tag.LI(tag.B(item.lead_in), f" {item.text}") if item.lead_in else tag.LI(item.text)


def _elements(block: Block, notes: list[str]) -> list[Any]:
    match block:
        case Heading():
            heading = (tag.H1, tag.H2, tag.H3)[block.level]
            return [heading(f"{block.number} {block.text}".strip())]
        case Paragraph():
            if not block.footnote:
                return [tag.P(block.text)]
            notes.append(block.footnote)
            return [tag.P(block.text, tag.SUP(str(len(notes))))]
        case Form():
            return [_form(block)]
        case Table():
            return [_table(block), *([tag.P(block.note)] if block.note else [])]
    return []


def _form(form: Form) -> Any:
    if form.layout == "lines":
        lines = [piece for name, value in form.pairs for piece in (tag.B(name), f" {value}", tag.BR())]
        return tag.P(*lines)
    count = 2 if form.layout == "wide" else 1
    rows = [form.pairs[at : at + count] for at in range(0, len(form.pairs), count)]
    name_of = tag.B if form.bold else tag.SPAN
    return tag.TABLE(
        *(tag.TR(*(cell for name, value in row for cell in (tag.TD(name_of(name)), tag.TD(value)))) for row in rows)
    )


def _table(table: Table) -> Any:
    made = tag.TABLE(border="1")
    if table.title:
        made.append(tag.CAPTION(table.title))
    make = tag.TH if table.head == "marked" else tag.TD
    heads = [tag.TR(*(_cell(make, cell, table.head == "bold") for cell in row)) for row in table.heads]
    rows = [tag.TR(*(_cell(tag.TD, cell, cell.columns == table.width) for cell in row)) for row in table.rows]
    if table.head == "marked":
        made.append(tag.THEAD(*heads))
        made.append(tag.TBODY(*rows))
    else:
        made.extend([*heads, *rows])
    return made


def _cell(make: Any, cell: Cell, bold: bool) -> Any:
    spans = {name: str(count) for name, count in (("rowspan", cell.rows), ("colspan", cell.columns)) if count > 1}
    made = make(spans)
    inner = tag.B() if bold else tag.SPAN()
    first, *lines = cell.text.split("\n")
    inner.text = first
    for line in lines:
        following = tag.BR()
        following.tail = line
        inner.append(following)
    made.append(inner)
    return made


def _markdown(block: Block, notes: list[str]) -> str:
    match block:
        case Heading():
            return f"{'#' * (block.level + 1)} {block.number} {block.text}".replace("  ", " ")
        case Paragraph():
            if not block.footnote:
                return block.text
            notes.append(block.footnote)
            return f"{block.text}[^{len(notes)}]"
        case ListItem():
            lead_in = f"**{block.lead_in}** " if block.lead_in else ""
            return f"{block.number or '-'} {lead_in}{block.text}"
        case Form():
            return "  \n".join(
                f"**{name}** {value}" if block.bold else f"{name} {value}" for name, value in block.pairs
            )
        case Table():
            return _markdown_table(block)
    return ""


def _markdown_table(table: Table) -> str:
    rows = [
        [cell.text.replace("\n", "<br>").replace("|", "\\|") for cell in row] for row in (*table.heads, *table.rows)
    ]
    rows.insert(1, ["---"] * table.width)
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n\n".join(filter(None, (table.title, "\n".join(lines), table.note)))
