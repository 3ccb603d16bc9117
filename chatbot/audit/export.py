"""Records to file away: CSV with a line a citation, and a report with the cited pages."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from chatbot.audit.cited_texts import Texts
from chatbot.audit.explain import local_time, path
from chatbot.audit.read import Record
from chatbot.domain import written_by
from chatbot.records.checkpoints import Checkpoint
from chatbot.rendering.drawings import Drawings
from chatbot.rendering.labels import page_number
from chatbot.rendering.origin import source_type
from chatbot.rendering.page_image import Wanted
from chatbot.rendering.report import Block, Code, Divider, Heading, Paragraph, Picture, Report, Table
from chatbot.rendering.spreadsheet import as_csv
from config.errors import FundstelleError
from config.messages import Language, message, shown_date
from ingest.vault import Vault

if TYPE_CHECKING:
    from chatbot.records.schema import Cited

_COLUMNS = ("record", "at", "person", "question", "state", "engine", "model", "statement", "text", "verdict",
            "written_by", "digital_source_type", "use", "collection", "document", "version", "page", "page_label",
            "section", "clause", "quote", "entry", "hash")  # fmt: skip


_PLACE = {"use", "collection", "document", "version", "page", "page_label", "section", "clause"}


def as_table(records: Sequence[Record], texts: Texts) -> str:
    """A line a citation, and a line for each statement or record without one; for spreadsheets.

    Args:
        records: to export.
        texts: of the versions they cite.
    """
    rows = (row for record in records for row in _rows(record, texts))
    return as_csv([_COLUMNS, *([row.get(name, "") for name in _COLUMNS] for row in rows)])


def as_report(
    records: Sequence[Record], head: Checkpoint, total: int, vault: Vault, drawings: Drawings, language: Language
) -> Report:
    """A report with the path of each answer, the cited pages and the links of the chain.

    Args:
        records: to report on.
        head: of the chain at the time of the report.
        total: records that were asked for.
        vault: where versions are kept.
        drawings: pictures of their pages.
        language: of the reader.
    """
    texts = Texts(vault)
    blocks: list[Block] = [Paragraph(text=message("export.head", language, number=head.number, hash=head.hash))]
    blocks.append(Paragraph(text=message("export.of", language, count=len(records), total=total)))
    for record in records:
        blocks += [Divider(), Heading(text=message("export.record", language, record=record.id), level=1)]
        blocks += [Paragraph(text=text) for text in _about(record, language)]
        blocks += _deeper(path(record, texts, language))
        blocks += _pages(record, drawings, language)
        blocks += _prompts(record, language)
        blocks += _opinions(record, language)
        blocks += _proof(record, language)
    title = message("export.title", language)
    footer = message("export.footer", language, hash=head.hash[:16])
    return Report(
        title=title,
        subtitle=message("export.made", language, at=shown_date(datetime.fromisoformat(head.at), language)),
        language=language,
        blocks=tuple(blocks),
        footer=footer,
    )


def _deeper(blocks: Iterator[Block]) -> list[Block]:
    """The same blocks with their headings one level further down."""
    return [Heading(text=b.text, level=2) if isinstance(b, Heading) else b for b in blocks]


def _about(record: Record, language: Language) -> Iterator[str]:
    person = record.asked.person if record.asked else message("audit.erased", language)
    yield message("export.asked", language, person=person, at=local_time(record, language))
    yield message("export.clearance", language, labels=", ".join(record.opened.clearance) or "–")
    if record.opened.replays:
        yield message("export.replays", language, record=record.opened.replays)
    if sealed := record.sealed:
        yield message(
            "export.model", language, engine=sealed.engine, model=sealed.model or "–",
            digest=sealed.model_digest[:16] or "–", prompt=sealed.prompt_digest[:16] or "–",
            generation=sealed.generation, program=sealed.program,
        )  # fmt: skip


def _pages(record: Record, drawings: Drawings, language: Language) -> list[Block]:
    """Pictures of the cited pages of the versions of then, each page once with all its marks."""
    pages: dict[tuple[str, int], list[Cited]] = {}
    for citation in record.sealed.citations if record.sealed else ():
        if citation.page is not None:
            pages.setdefault((citation.version, citation.page), []).append(citation)
    blocks: list[Block] = []
    for (version, page), citations in pages.items():
        spans = tuple((citation.start, citation.end) for citation in citations)
        named = page_number(page, citations[0].page_label)
        caption = message("export.page", language, document=citations[0].document, page=named, version=version[:16])
        try:
            png = drawings.picture(Wanted(version, spans, extraction_id=citations[0].extraction_id)).result()
        except FundstelleError as error:
            blocks.append(Paragraph(text=f"{caption}: {error.text(language)}"))
            continue
        if png:
            blocks.append(Picture(png=png, caption=caption))
    return [Heading(text=message("export.pages", language), level=2), *blocks] if blocks else []


def _prompts(record: Record, language: Language) -> Iterator[Block]:
    calls = record.said.calls if record.said else ()
    if calls:
        yield Heading(text=message("export.prompts", language), level=2)
    for call in calls:
        sampling = ", ".join(f"{name} {value:g}" for name, value in call.sampling.items())
        yield Paragraph(text=f"{call.engine} · {call.model} · {sampling}", muted=True)
        for role, text in call.messages:
            yield Code(text=text, caption=message("export.prompt", language, role=role))
        yield Code(text=call.output, caption=message("export.output", language))


def _opinions(record: Record, language: Language) -> Iterator[Block]:
    given = [*record.feedback, *record.reviews]
    if not given:
        return
    yield Heading(text=message("export.opinions", language), level=2)
    rows = tuple(
        (shown_date(opinion.at.astimezone(), language), opinion.who,
         message(f"audit.opinion.{opinion.value}", language), opinion.text)
        for opinion in given
    )  # fmt: skip
    head = tuple(message(f"audit.column.{name}", language) for name in ("opened", "person", "opinion", "note"))
    yield Table(head=head, rows=rows)


def _proof(record: Record, language: Language) -> Iterator[Block]:
    yield Heading(text=message("export.proof", language), level=2)
    rows = tuple((str(link.number), link.kind, link.at, link.hash, link.previous) for link in record.links)
    head = tuple(message(f"audit.column.{name}", language) for name in ("number", "kind", "at", "hash", "previous"))
    yield Table(head=head, rows=rows, widths=(8, 12, 20, 30, 30))


def _rows(record: Record, texts: Texts) -> Iterator[dict[str, Any]]:
    last = record.links[-1]
    base: dict[str, Any] = {"record": record.id, "at": record.at.isoformat(), "entry": last.number, "hash": last.hash}
    base["person"] = record.asked.person if record.asked else ""
    base["question"] = record.asked.question if record.asked else ""
    sealed = record.sealed
    if sealed is None:
        yield base | {"state": "open"}
        return
    base |= {"state": sealed.state, "engine": sealed.engine, "model": sealed.model}
    said = record.said.statements if record.said else ()
    if not sealed.verdicts:
        yield base
    for index, verdict in enumerate(sealed.verdicts):
        row = base | {"statement": index + 1, "verdict": verdict, "text": said[index].text if said else ""}
        if said:
            writer = written_by(said[index], sealed.engine)
            row |= {"written_by": writer, "digital_source_type": source_type({writer})}
        cited = [citation for citation in sealed.citations if citation.statement == index]
        for citation in cited:
            place = citation.model_dump(include=_PLACE)
            yield row | place | {"quote": texts.of(citation) or ""}
        if not cited:
            yield row
