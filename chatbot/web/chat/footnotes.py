"""An answer to take along: its text with its sources as footnotes, as HTML, as plain text, and as a report."""

from collections.abc import Iterator
from urllib.parse import quote

from chatbot.domain import Answer, Source, Statement, Writer, holds_up, written_by
from chatbot.rendering.labels import local_clock, part_label, refusal_lines, verdict_mark
from chatbot.rendering.origin import origin_notice, source_type
from chatbot.rendering.report import Block, Heading, Items, Paragraph, Passage, Report
from chatbot.rendering.viewer_address import cited_address
from chatbot.web.shell.html import escape
from config.messages import Language, message

_LONGEST_MAIL = 1300  # characters of an answer in an address, of which mail programs take some 2,000


def as_text(answer: Answer, language: Language) -> str:
    """Plain text: the statements with numbers behind them, then what the numbers stand for.

    Args:
        answer: with its sources in reading order.
        language: of the reader.
    """
    said = [f"{_said(one, language)} {_marks(one)}".rstrip() for one in answer.statements]
    notes = [f"[{source.number}] {_note(answer, source, language)}" for source in cited(answer)]
    return "\n".join([*said, "", f"{message('source.sources', language)}:", *notes, "", made_by(answer, language)])


def as_html(answer: Answer, language: Language) -> str:
    """The same as HTML that word processors and mail programs take over, with marks that machines read.

    Word, Outlook and Teams leave attributes and `meta` away, so a sentence says the same.
    """
    said = "".join(
        f"<p>{escape(_said(one, language))} <sup>{escape(_marks(one))}</sup></p>" for one in answer.statements
    )
    notes = "<br>".join(_linked_note(answer, source, language) for source in cited(answer))
    kind = escape(source_type(_writers(answer)))
    marks = f'data-ai-system="Fundstelle" data-record="{escape(answer.record)}" data-digital-source-type="{kind}"'
    metas = '<meta name="generator" content="Fundstelle">' + (
        f'<meta name="digital-source-type" content="{kind}">' if kind else ""
    )
    return (
        f"{metas}<div {marks}>{said}<p><b>{escape(message('source.sources', language))}</b><br>{notes}</p>"
        f"<p><i>{escape(made_by(answer, language))}</i></p></div>"
    )


def mail_link(answer: Answer, language: Language) -> str:
    """A link that begins a mail with the answer; one that is too long for an address ends where a sentence says so."""
    label = escape(message("chat.mail", language))
    text = as_text(answer, language).replace("\n", "\r\n")
    kept = text
    while len(quote(kept, safe="")) > _LONGEST_MAIL:
        kept = kept[: len(kept) * 9 // 10]
    if kept != text:
        made, cut = message("chat.made_by", language, **_made(answer, language)), message("chat.mail_cut", language)
        kept = f"{kept} …\r\n\r\n{cut}\r\n{made}"
    fields = {"subject": answer.standalone_question[:100], "body": kept}
    address = "&".join(f"{name}={quote(value, safe='')}" for name, value in fields.items())
    return f'<a class="act" href="{escape(f"mailto:?{address}")}" title="{label}">{label}</a>'


def made_by(answer: Answer, language: Language) -> str:
    """By what an answer was made, when, and who has written its words, in two sentences."""
    made = message("chat.made_by", language, **_made(answer, language))
    return f"{made} {origin_notice(_writers(answer), language)}".rstrip()


def _made(answer: Answer, language: Language) -> dict[str, str]:
    return {"at": local_clock(answer.asked, language), "record": answer.record[:8]}


def _writers(answer: Answer) -> set[Writer]:
    return {written_by(one, answer.engine) for one in answer.statements}


def as_report(question: str, answer: Answer, language: Language) -> Report:
    """An answer on paper: the question, the statements, and the cited passages with their marks.

    Args:
        question: as typed.
        answer: with its sources in reading order.
        language: of the reader.
    """
    return Report(
        title=question,
        subtitle=message("chat.paper.asked", language, at=local_clock(answer.asked, language)),
        language=language,
        blocks=tuple(_blocks(answer, language)),
        footer=message("chat.paper.footer", language, record=answer.record),
    )


def cited(answer: Answer) -> list[Source]:
    """The sources that statements rest on or that say otherwise, in their order."""
    numbers = {c.source for one in answer.statements for c in (*one.citations, *one.conflicts)}
    return [source for source in answer.sources if source.number in numbers]


def _blocks(answer: Answer, language: Language) -> Iterator[Block]:
    if answer.standalone_question != answer.question:
        yield Paragraph(text=message("answer.understood", language, question=answer.standalone_question), muted=True)
    for one in answer.statements:
        yield Paragraph(text=f"{_said(one, language)} {_marks(one)}".rstrip(), strong=holds_up(one.verdict))
    for line in refusal_lines(answer, language):
        yield Paragraph(text=line)
    if answer.notices:
        yield Items(items=answer.notices)
    sources = cited(answer)
    if sources:
        yield Heading(text=message("source.sources", language), level=1)
    for source in sources:
        passage = source.passage
        spans = [
            (c.start - passage.start, c.end - passage.start)
            for one in answer.statements
            for c in (*one.citations, *one.conflicts)
            if c.source == source.number
        ]
        yield Heading(text=f"[{source.number}] {_note(answer, source, language)}", level=2)
        yield Passage(
            text=passage.text, marks=tuple(spans), cells=tuple(cell.shifted(-passage.start) for cell in passage.table)
        )


def _said(statement: Statement, language: Language) -> str:
    text = message("chat.quoted", language, text=statement.text) if statement.quoted else statement.text
    return f"{text}{verdict_mark(statement.verdict, language)}"


def _marks(statement: Statement) -> str:
    return "".join(f"[{number}]" for number in dict.fromkeys(c.source for c in statement.citations))


def _linked_note(answer: Answer, source: Source, language: Language) -> str:
    """The note as a link to the place in the document, for whoever may open it."""
    cited_here = [c for one in answer.statements for c in (*one.citations, *one.conflicts) if c.source == source.number]
    address = escape(cited_address(cited_here))
    return f'[{source.number}] <a href="{address}">{escape(_note(answer, source, language))}</a>'


def _note(answer: Answer, source: Source, language: Language) -> str:
    """Document and place, of the first words that are cited from it."""
    citations = (c for one in answer.statements for c in (*one.citations, *one.conflicts))
    first = next((c for c in citations if c.source == source.number), None)
    place = part_label(source.passage, first, language)
    return ", ".join(filter(None, [source.passage.document, place]))
