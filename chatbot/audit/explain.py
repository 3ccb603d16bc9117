"""How an answer came about: from the question to the statements, in plain words, out of its record."""

from collections.abc import Iterator

from chatbot.answering.cited_cells import cell_names, cells_within, words_of
from chatbot.audit.cited_texts import Texts
from chatbot.audit.marks import answer_writers, marked
from chatbot.audit.read import Record
from chatbot.domain import FoundPassage, written_by
from chatbot.records.schema import Cited, Sealed, Shown
from chatbot.rendering.labels import engine_label, named_cell, page_label, visible
from chatbot.rendering.report import Block, Heading, Items, Paragraph, Passage, Report, Table
from config.messages import Language, message, shown_date

_WIDTHS = (4, 34, 24, 10, 28)


def explain(record: Record, texts: Texts, language: Language) -> Report:
    """The path of an answer as a report for the person who asked.

    Args:
        record: of the question.
        texts: of the versions it cites.
        language: of the reader.
    """
    report = Report(
        title=message("explain.title", language),
        subtitle=message("explain.subtitle", language, at=local_time(record, language), record=record.id),
        language=language,
        blocks=tuple(path(record, texts, language)),
        footer=message("explain.footer", language),
    )
    return marked(report, answer_writers(record))


def path(record: Record, texts: Texts, language: Language) -> Iterator[Block]:
    """Question, search, writing, statements with their proof, outcome."""
    yield from _question(record, language)
    if record.sealed is None:
        yield Paragraph(text=message("explain.open", language))
        return
    yield from _search(record, record.sealed, language)
    yield from _writing(record.sealed, language)
    yield from _statements(record, record.sealed, texts, language)
    yield from _outcome(record, record.sealed, language)


def answered(record: Record, texts: Texts, language: Language) -> Iterator[Block]:
    """Question, statements with their proof, or why there are none: what whoever is to rely on the answer needs."""
    question = _question(record, language)
    yield from (block for block in question if not isinstance(block, Heading))
    if sealed := record.sealed:
        engine = engine_label(sealed.engine, sealed.model, language) if sealed.engine else "–"
        yield Paragraph(text=message("proof.answered", language, at=local_time(record, language), engine=engine))
        statements = _statements(record, sealed, texts, language)
        outcome = _outcome(record, sealed, language) if sealed.state != "answered" else ()
        yield from (block for block in (*statements, *outcome) if not isinstance(block, Heading))


def local_time(record: Record, language: Language) -> str:
    """When the question was asked, in the time zone of this machine."""
    return shown_date(record.at.astimezone(), language)


def place_of(item: FoundPassage | Cited, language: Language) -> str:
    """Page or slide, and section."""
    return " · ".join(filter(None, [page_label(item.document, item.page, item.page_label, language), item.section]))


def cited_place(citation: Cited, texts: Texts, language: Language) -> str:
    """Page or slide, section, and row and column in a table."""
    cells = cells_within(citation.start, citation.end, texts.table(citation))
    words = words_of(texts.of(citation) or "", citation.start)
    named = named_cell(*cell_names(cells, citation.cell, words), language)
    return " · ".join(filter(None, [place_of(citation, language), named]))


def _question(record: Record, language: Language) -> Iterator[Block]:
    yield Heading(text=message("explain.question", language), level=1)
    if record.asked is None:
        yield Paragraph(text=message("explain.erased", language))
        return
    yield Paragraph(text=f"„{record.asked.question}“", strong=True)
    understood = record.said.standalone if record.said else ""
    if understood and understood != record.asked.question:
        yield Paragraph(text=message("explain.understood", language, question=understood))


def _search(record: Record, sealed: Sealed, language: Language) -> Iterator[Block]:
    yield Heading(text=message("explain.search", language), level=1)
    filters = record.opened.filters
    allowed = "explain.one_document" if filters.documents else "explain.all_allowed"
    narrowed = ", ".join(filters.collections) or message(allowed, language)
    yield Paragraph(text=message("explain.searched", language, where=narrowed, count=len(sealed.found)))
    if not sealed.found:
        return
    head = ("#", *(message(f"explain.column.{name}", language) for name in ("document", "place", "score", "use")))
    rows = [
        (str(rank), f"{found.collection}/{found.document}", place_of(found, language), f"{found.score:.3f}",
         use_of(found, sealed, language))
        for rank, found in enumerate(sealed.found, start=1)
    ]  # fmt: skip
    yield Table(head=head, rows=tuple(rows), widths=_WIDTHS)
    yield Paragraph(text=message("explain.score", language), muted=True)


def use_of(found: FoundPassage, sealed: Sealed, language: Language) -> str:
    """What became of a passage: cited, read by the model, shown, or only found."""
    numbers = [source.number for source in sealed.sources if found.passage in source.passages]
    if not numbers:
        return message("explain.use.found", language)
    number = numbers[0]
    cited = any(
        c.source == number and c.use != "closest" and c.start < found.end and found.start < c.end
        for c in sealed.citations
    )
    key = "cited" if cited else "seen" if number in sealed.seen else "shown"
    return message(f"explain.use.{key}", language, number=number)


def _writing(sealed: Sealed, language: Language) -> Iterator[Block]:
    yield Heading(text=message("explain.writing", language), level=1)
    if sealed.refusal == "weak_evidence":
        yield Paragraph(text=message("explain.not_asked", language))
    elif sealed.engine == "outside":
        yield Paragraph(text=message("explain.checked_text", language))
    elif sealed.engine == "quote":
        yield Paragraph(text=message("explain.quoted", language))
    elif sealed.engine:
        seen = ", ".join(f"[{number}]" for number in sealed.seen)
        engine = engine_label(sealed.engine, sealed.model, language)
        yield Paragraph(text=message("explain.written", language, engine=engine, sources=seen))
    else:
        yield Paragraph(text=message("explain.not_written", language))


def _statements(record: Record, sealed: Sealed, texts: Texts, language: Language) -> Iterator[Block]:
    if not sealed.verdicts:
        return
    yield Heading(text=message("explain.statements", language), level=1)
    yield Paragraph(text=message("explain.checked", language), muted=True)
    said = record.said.statements if record.said else ()
    for index, verdict in enumerate(sealed.verdicts):
        text = said[index].text if index < len(said) else message("explain.erased_statement", language)
        named = visible(message(f"verdict.{verdict}", language))
        if index < len(said) and written_by(said[index], sealed.engine) == "model":
            named = f"{named} · {message('origin.by_model', language)}"
        yield Paragraph(text=f"{index + 1}. {text} — {named}", strong=True)
        for citation in sealed.citations:
            if citation.statement == index:
                yield cited_passage(citation, sealed, texts, language)


def cited_passage(citation: Cited, sealed: Sealed, texts: Texts, language: Language) -> Passage:
    """The passage of a citation with the cited words marked, as its version had them."""
    source = shown_source(citation, sealed)
    text = texts.of(source or citation)
    label = message(f"explain.cites.{citation.use}", language, number=citation.source)
    place = cited_place(citation, texts, language)
    caption = " · ".join(filter(None, [f"{label} {citation.collection}/{citation.document}", place]))
    if text is None:
        return Passage(text=message("explain.lost", language), caption=caption)
    return as_passage(citation, source or citation, text, texts).model_copy(update={"caption": caption})


def as_passage(citation: Cited, shown: Shown | Cited, text: str, texts: Texts) -> Passage:
    """The words that were shown with what is cited marked; its rows as tables.

    Args:
        citation: within them.
        shown: where they stand.
        text: these words.
        texts: of the versions that are cited.
    """
    mark = (citation.start - shown.start, citation.end - shown.start)
    cells = tuple(cell.shifted(-shown.start) for cell in texts.table(shown))
    meant = ((citation.cell[0] - shown.start, citation.cell[1] - shown.start),) if citation.cell else ()
    return Passage(text=text, marks=(mark,), cells=cells, meant=meant)


def shown_source(citation: Cited, sealed: Sealed) -> Shown | None:
    """The source that a citation is part of."""
    return next((source for source in sealed.sources if source.number == citation.source), None)


def _outcome(record: Record, sealed: Sealed, language: Language) -> Iterator[Block]:
    yield Heading(text=message("explain.outcome", language), level=1)
    yield Paragraph(text=message(f"audit.state.{sealed.state}", language))
    if sealed.refusal:
        yield Paragraph(text=message(f"refusal.{sealed.refusal}", language))
    if error := (record.said.error if record.said else "") or sealed.error:
        yield Paragraph(text=error, muted=True)
    notices = record.said.answer.notices if record.said and record.said.answer else ()
    if notices:
        yield Items(items=notices)
    if "finished" in sealed.timings:
        yield Paragraph(text=message("explain.seconds", language, seconds=sealed.timings["finished"]), muted=True)
