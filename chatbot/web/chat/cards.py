"""The sources of an answer as HTML: a card each, with the cited words marked.

Text of documents is inert in it: nothing of it is markup. Each card is one HTML block without a blank line, which the
page's markdown renderer passes on untouched.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from chatbot.domain import Citation, Source, Statement
from chatbot.rendering.labels import about_label, class_label, page_number, part_label, standing
from chatbot.rendering.page_image import WITH_PAGES
from chatbot.rendering.viewer_address import cited_address, marks_text, passage_address
from chatbot.web.chat.passage_table import with_tables
from chatbot.web.shell.html import escape
from config.messages import Language, message
from ingest.documents import CellSpan

_LONG, _AROUND = 900, 150  # characters
_CUT = '<p class="passage">…</p>'
_MOST_SHOWN = 0.8  # of a passage; more, and it is shown whole


def source_cards(sources: Iterable[Source], citations: Sequence[Citation], answer: str, language: Language) -> str:
    """One card a source, the cited spans marked; cited sources come first and are open, once citations are known."""
    cited = {citation.source for citation in citations}
    ordered = sorted(sources, key=lambda source: (source.number not in cited, source.number))
    return "\n\n".join(_card(source, _of(source, citations), answer, language) for source in ordered)


def statement_cards(statements: Iterable[Statement], sources: Iterable[Source], answer: str, language: Language) -> str:
    """The cards of what statements cite, and of what contradicts them."""
    shown = [citation for one in statements for citation in (*one.citations, *one.conflicts)]
    return source_cards(sources, shown, answer, language)


def quote_cards(citations: Iterable[Citation], answer: str, language: Language) -> str:
    """The cited words alone, where no more is kept: of an answer that did not come to its end."""
    first = {citation.source: citation for citation in citations}
    return "\n\n".join(
        f'<details class="card cited" id="{answer}-{number}" open>{_summary(number, one.document, "")}'
        f'<p class="passage"><mark>{escape(one.quote)}</mark></p>'
        f"{_view(escape(cited_address([one])), language)}</details>"
        for number, one in sorted(first.items())
    )


def _summary(number: int, document: str, where: str) -> str:
    folder, _, name = document.rpartition("/")
    above = f'<span class="folder">{escape(folder)}/</span>' if folder else ""
    place = f'<span class="where">{escape(where)}</span>' if where else ""
    return f'<summary><span class="number">{number}</span> <h3>{above}{escape(name)}</h3>{place}</summary>'


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
    kind, opened = ("card cited", " open") if citations else ("card", "")
    address = escape(cited_address(citations) if citations else passage_address(passage))
    return (
        f'<details class="{kind}" id="{answer}-{source.number}"{opened}>'
        f"{_summary(source.number, passage.document, where)}{warned}"
        f"{passage_block(passage.text, spans, language, cells, meant)}"
        f"{copies}{described}{_picture(source, citations, address, language)}{_view(address, language)}</details>"
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


def _view(address: str, language: Language) -> str:
    return f'<p><a class="view" href="{address}">{escape(message("source.view", language))}</a></p>'


def _picture(source: Source, citations: list[Citation], viewer: str, language: Language) -> str:
    passage = source.passage
    if passage.page is None or not passage.document.lower().endswith(WITH_PAGES):
        return ""
    marks = marks_text([(c.start, c.end) for c in citations] or [(passage.start, passage.end)])
    at = citations[0] if citations else passage
    label = escape(message("page.picture", language, page=page_number(at.page, at.page_label)))
    opened = " open" if citations else ""
    address = f"/pages/{passage.version}.png?marks={marks}"
    return (
        f'<details{opened}><summary>{label}</summary><a class="view" href="{viewer}">'
        f'<img src="{address}" loading="lazy" alt="{label}, {escape(passage.document)}"></a></details>'
    )
