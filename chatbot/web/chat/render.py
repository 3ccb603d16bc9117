"""Statements and sources as HTML. Text of documents and models is inert in it: nothing of it is markup.

Each piece is one HTML block without a blank line, which the page's markdown renderer passes on untouched.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from chatbot.domain import Answer, Citation, Source, Statement
from chatbot.rendering.labels import (
    about_label,
    answered_by,
    class_label,
    conflict_label,
    page_number,
    part_label,
    refusal_lines,
    standing,
)
from chatbot.rendering.page_image import WITH_PAGES
from chatbot.web.chat.passage_table import with_tables
from chatbot.web.shell.html import escape, notice_block
from config.messages import Language, message
from ingest.documents import CellSpan

_LONG, _AROUND = 900, 150  # characters
_CUT = '<p class="passage">…</p>'
_MOST_SHOWN = 0.8  # of a passage; more, and it is shown whole


def question_block(question: str) -> str:
    """The question as the person typed it."""
    return f'<div class="question">{escape(question)}</div>'


def understood_block(question: str, language: Language) -> str:
    """How a follow-up was understood."""
    return f'<p class="understood">{escape(message("answer.understood", language, question=question))}</p>'


def draft_block(text: str) -> str:
    """A statement that is still being written or not yet verified."""
    return f'<p class="statement draft">{escape(text)} …</p>'


def statement_block(statement: Statement, sources: Sequence[Source], answer: str, language: Language) -> str:
    """A judged statement with a link for each source it cites.

    Args:
        statement: with verdict and citations.
        sources: that were shown.
        answer: prefix of the cards' anchors, unique on the page.
        language: of the reader.
    """
    numbers = dict.fromkeys(citation.source for citation in statement.citations)
    chips = "".join(_chip(answer, number, language) for number in numbers)
    verdict = ""
    if not statement.holds:
        verdict = f' <strong class="verdict">{escape(message(f"verdict.{statement.verdict}", language))}</strong>'
    if statement.corrected:
        verdict += f' <em class="corrected">{escape(message("statement.corrected", language))}</em>'
    text = f"<q>{escape(statement.text)}</q>" if statement.quoted else escape(statement.text)
    conflicts = "".join(
        f'<br><strong class="conflict">{escape(conflict_label(statement, conflict, sources, language))}'
        f"</strong> {_chip(answer, conflict.source, language)}"
        for conflict in statement.conflicts
    )
    return f'<p class="statement {statement.verdict}">{text} {chips}{verdict}{conflicts}</p>'


def outcome_block(answer: Answer, language: Language) -> str:
    """Who answered in what time, and what the person should know."""
    by = message(
        "answer.by",
        language,
        engine=answered_by(answer, language),
        seconds=answer.timings.get("finished", 0),
        record=answer.record,
    )
    notices = "".join(map(notice_block, answer.notices))
    how = escape(message("answer.how", language))
    link = f'<a href="/how/{escape(answer.record)}" target="_blank">{how}</a>'
    return f'{notices}<p class="by">{escape(by)} · {link}</p>'


def refusal_block(answer: Answer, anchor: str, language: Language) -> str:
    """Why there is no answer, what was searched, what came closest and whom to ask; empty for an answer."""
    if answer.refusal is None and answer.reply is None:
        return ""
    first, *further = refusal_lines(answer, language)
    if answer.reply:
        return "".join(f"<p>{escape(line)}</p>" for line in (first, *further))
    html = f'<div class="refusal"><p><strong>{escape(first)}</strong></p>'
    html += "".join(f"<p>{escape(line)}</p>" for line in further)
    if answer.refusal and answer.refusal.closest:
        closest = "".join(
            f"<li><q>{escape(c.quote)}</q> {_chip(anchor, c.source, language)}</li>" for c in answer.refusal.closest
        )
        html += f"<p>{escape(message('refusal.closest', language))}</p><ul>{closest}</ul>"
    return html + "</div>"


def source_cards(sources: Iterable[Source], citations: Sequence[Citation], answer: str, language: Language) -> str:
    """One card a source, the cited spans marked; cited sources come first once citations are known."""
    cited = {citation.source for citation in citations}
    ordered = sorted(sources, key=lambda source: (source.number not in cited, source.number))
    return "\n\n".join(_card(source, _of(source, citations), answer, language) for source in ordered)


def _chip(answer: str, number: int, language: Language) -> str:
    title = escape(message("page.source_number", language, number=number))
    return f'<a class="chip" href="#{answer}-{number}" title="{title}" aria-label="{title}">{number}</a>'


def _of(source: Source, citations: Sequence[Citation]) -> list[Citation]:
    return sorted((c for c in citations if c.source == source.number), key=lambda citation: citation.start)


def _card(source: Source, citations: list[Citation], answer: str, language: Language) -> str:
    passage = source.passage
    place = part_label(passage, citations[0] if citations else None, language)
    where = " · ".join(filter(None, [place, class_label(source, language)]))
    warning = standing(passage, date.today(), language)
    warned = f'<p class="notice">{escape(warning)}</p>' if warning else ""
    about = about_label(passage.about, language)
    described = f'<p class="about">{escape(about)}</p>' if about else ""
    spans = [(c.start - passage.start, c.end - passage.start) for c in citations]
    cells = [cell.shifted(-passage.start) for cell in passage.table]
    meant = [(c.cell[0] - passage.start, c.cell[1] - passage.start) for c in citations if c.cell]
    also = message("source.also_in", language, documents=", ".join(source.also_in)) if source.also_in else ""
    copies = f'<p class="about">{escape(also)}</p>' if also else ""
    return (
        f'<div class="card" id="{answer}-{source.number}" tabindex="-1">'
        f"<h3>[{source.number}] {escape(passage.document)}</h3>"
        f'<p class="where">{escape(where)}</p>{warned}'
        f"{passage_block(passage.text, spans, language, cells, meant)}"
        f"{copies}{described}{_picture(source, citations, language)}</div>"
    )


def passage_block(
    text: str,
    spans: list[tuple[int, int]],
    language: Language,
    cells: Sequence[CellSpan] = (),
    meant: Sequence[tuple[int, int]] = (),
) -> str:
    """The passage with its spans marked; of a long one what is around them, and the whole on demand.

    Args:
        text: of the passage.
        spans: that are cited, from its beginning.
        language: of the page.
        cells: of tables in it, which are shown as such.
        meant: values of cells that the answer is about.
    """

    def part(first: int, last: int) -> str:
        within = [(max(start, first) - first, min(end, last) - first) for start, end in spans]
        return _marked(text[first:last], [(start, end) for start, end in within if start < end])

    whole = with_tables(text, cells, part, meant)
    if len(text) <= _LONG or not spans:
        return whole
    first = text.rfind("\n", 0, max(0, min(start for start, _ in spans) - _AROUND)) + 1
    end = text.find("\n", max(end for _, end in spans) + _AROUND)
    last = len(text) if end < 0 else end
    if last - first > _MOST_SHOWN * len(text):
        return whole
    within = [cell.shifted(-first) for cell in cells if first <= min(cell.head_start, cell.start) and cell.end <= last]
    values = [(start - first, end - first) for start, end in meant]
    near = with_tables(text[first:last], within, lambda start, end: part(first + start, first + end), values)
    more = escape(message("source.whole", language))
    around = f"{_CUT if first else ''}{near}{_CUT if last < len(text) else ''}"
    return f"{around}<details><summary>{more}</summary>{whole}</details>"


def _marked(text: str, spans: list[tuple[int, int]]) -> str:
    html, last = "", 0
    for start, end in _merged(spans):
        html += f"{_lines(text[last:start])}<mark>{_lines(text[start:end])}</mark>"
        last = end
    return html + _lines(text[last:])


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _lines(text: str) -> str:
    return "<br>".join(_padded(line) for line in text.split("\n"))


def _padded(line: str) -> str:
    # `escape` trims; the space between a marked span and its neighbours has to stay.
    lead, tail = (" " if line[:1].isspace() else ""), (" " if line[-1:].isspace() else "")
    return f"{lead}{escape(line)}{tail}"


def _picture(source: Source, citations: list[Citation], language: Language) -> str:
    passage = source.passage
    if passage.page is None or not passage.document.lower().endswith(WITH_PAGES):
        return ""
    spans = [(c.start, c.end) for c in citations] or [(passage.start, passage.end)]
    marks = ",".join(f"{start}-{end}" for start, end in spans)
    at = citations[0] if citations else passage
    label = escape(message("page.picture", language, page=page_number(at.page, at.page_label)))
    opened = " open" if citations else ""
    address = f"/pages/{passage.version}.png?marks={marks}"
    return (
        f'<details{opened}><summary>{label}</summary><a href="{address}&amp;whole=1" target="_blank">'
        f'<img src="{address}" loading="lazy" alt="{label}, {escape(passage.document)}"></a></details>'
    )
