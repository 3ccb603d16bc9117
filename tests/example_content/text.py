"""HTML pages, plain text, Markdown, mails and CSV."""

import csv
import io
import textwrap
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import getaddresses
from html import escape

from example_content import markup
from example_content.document import COMPANY, CsvTable, Document, Mail

NAVIGATION = {
    "de": ("Startseite", "Personal", "IT", "Technik", "Vertrieb", "Einkauf", "Organisation", "Telefonbuch"),
    "en": ("Home", "HR", "IT", "Engineering", "Sales", "Purchasing", "Organisation", "Directory"),
}
STYLE = """\
  body { font: 16px/1.5 "Segoe UI", Arial, sans-serif; margin: 0; color: #222; }
  header, nav, main, footer { padding: 0.8rem 2rem; }
  header { background: #17365d; color: #fff; }
  nav { background: #e8eef5; }
  nav ul { margin: 0; padding: 0; list-style: none; display: flex; gap: 1.4rem; flex-wrap: wrap; }
  main { max-width: 56rem; }
  h1, h2, h3 { color: #17365d; }
  table { border-collapse: collapse; margin: 1rem 0; }
  th, td { border: 1px solid #a9b6c4; padding: 0.35rem 0.7rem; text-align: left; }
  th { background: #e8eef5; }
  .note { border-left: 4px solid #17365d; background: #e8eef5; padding: 0.5rem 1rem; }
  footer { color: #5a6570; font-size: 0.85rem; border-top: 1px solid #a9b6c4; }"""


def write_html(document: Document) -> bytes:
    names = NAVIGATION[document.lang]
    links = "\n".join(f'    <li><a href="/{name.lower()}/">{name}</a></li>' for name in names)
    blocks = markup.parse(document.text)
    headings = [block for block in blocks if isinstance(block, markup.Heading) and block.level == 1]
    jumps = "\n".join(
        f'    <li><a href="#a{number}">{escape(block.text)}</a></li>' for number, block in enumerate(headings, 1)
    )
    label = {"de": "Auf dieser Seite", "en": "On this page"}[document.lang]
    body = _html_blocks(blocks)
    return f"""<!DOCTYPE html>
<html lang="{document.lang}">
<head>
<meta charset="utf-8">
<meta name="author" content="{escape(document.author)}">
<title>{escape(document.title)} | Nordwerk Intranet</title>
<style>
{STYLE}
</style>
</head>
<body>
<header>Nordwerk Intranet</header>
<nav aria-label="Intranet">
  <ul>
{links}
  </ul>
</nav>
<main>
<h1>{escape(document.title)}</h1>
<p><em>{escape(document.edition)}</em></p>
<nav aria-label="{label}">
  <ul>
{jumps}
  </ul>
</nav>
{body}
</main>
<footer>{COMPANY}, Hellbrück · {escape(document.author)}</footer>
</body>
</html>
""".encode()


def _html_blocks(blocks: list[markup.Block]) -> str:
    pieces = []
    number = 0
    for block in blocks:
        match block:
            case markup.Heading(level, text):
                number += level == 1
                anchor = f' id="a{number}"' if level == 1 else ""
                pieces.append(f"<h{level + 1}{anchor}>{escape(text)}</h{level + 1}>")
            case markup.Paragraph(text):
                pieces.append(f"<p>{_inline(text)}</p>")
            case markup.Note(text):
                pieces.append(f'<p class="note">{_inline(text)}</p>')
            case markup.Items(entries, ordered):
                tag = "ol" if ordered else "ul"
                inner = "\n".join(f"  <li>{_inline(entry)}</li>" for entry in entries)
                pieces.append(f"<{tag}>\n{inner}\n</{tag}>")
            case markup.Table(header, rows, _):
                head = "".join(f"<th>{_inline(cell)}</th>" for cell in header)
                body = "\n".join(
                    "  <tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>" for row in rows
                )
                pieces.append(f"<table>\n<thead>\n  <tr>{head}</tr>\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>")
    return "\n".join(pieces)


def _inline(text: str) -> str:
    return "".join(f"<strong>{escape(piece)}</strong>" if bold else escape(piece) for piece, bold in markup.runs(text))


def write_txt(document: Document) -> bytes:
    title = f"{COMPANY}\n{document.title}\n{document.edition}\n"
    return f"{title}{'=' * 78}\n\n{_plain_blocks(document.text)}\n".encode()


def _plain_blocks(text: str) -> str:
    pieces = []
    for block in markup.parse(text):
        match block:
            case markup.Heading(level, title):
                pieces.append(f"{title}\n{('=' if level == 1 else '-') * len(title)}")
            case markup.Paragraph(content):
                pieces.append(textwrap.fill(markup.plain(content), 78))
            case markup.Note(content):
                pieces.append(textwrap.fill(markup.plain(content), 78, initial_indent="!  ", subsequent_indent="   "))
            case markup.Items(entries, ordered):
                pieces.append("\n".join(
                    textwrap.fill(
                        markup.plain(entry), 78, subsequent_indent="   ",
                        initial_indent=f"{number}. " if ordered else " - ",
                    )
                    for number, entry in enumerate(entries, 1)
                ))  # fmt: skip
            case markup.Table(header, rows, _):
                columns = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
                lines = [
                    "  ".join(cell.ljust(width) for cell, width in zip(row, columns, strict=True)).rstrip()
                    for row in (header, tuple("-" * width for width in columns), *rows)
                ]
                pieces.append("\n".join(lines))
    return "\n\n".join(pieces)


def write_md(document: Document) -> bytes:
    body = "\n\n".join(_markdown(block) for block in markup.parse(document.text))
    return f"# {document.title}\n\n*{document.edition}*\n\n{body}\n".encode()


def _markdown(block: markup.Block) -> str:
    match block:
        case markup.Heading(level, text):
            return f"{'#' * (level + 1)} {text}"
        case markup.Paragraph(text):
            return textwrap.fill(text, 100, break_long_words=False, break_on_hyphens=False)
        case markup.Note(text):
            return textwrap.fill(text, 100, initial_indent="> ", subsequent_indent="> ")
        case markup.Items(entries, ordered):
            return "\n".join(
                textwrap.fill(
                    entry, 100, initial_indent=f"{number}. " if ordered else "- ",
                    subsequent_indent="   " if ordered else "  ", break_on_hyphens=False,
                )
                for number, entry in enumerate(entries, 1)
            )  # fmt: skip
        case markup.Table(header, rows, _):
            lines = (header, tuple("---" for _ in header), *rows)
            return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write_eml(mail: Mail) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = _addresses(mail.sender)
    message["To"] = _addresses(mail.to)
    message["Cc"] = _addresses(mail.cc)
    message["Subject"] = mail.subject
    message["Date"] = mail.sent
    message["Message-ID"] = mail.message_id
    body = _html_blocks(markup.parse(mail.text))
    html = f'<html lang="de">\n<head><meta charset="utf-8"></head>\n<body>\n{body}\n</body>\n</html>\n'
    message.set_content(_plain_blocks(mail.text) + "\n", cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.set_boundary("=_nordwerk_" + mail.message_id.strip("<>").partition("@")[0])
    return message.as_bytes()


def _addresses(text: str) -> tuple[Address, ...]:
    return tuple(Address(name, addr_spec=address) for name, address in getaddresses([text]))


def write_csv(table: CsvTable) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(table.header)
    writer.writerows(table.rows)
    return target.getvalue().encode()
