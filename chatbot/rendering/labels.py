"""How places, engines and verdicts are named to a reader, on the terminal and in the page alike."""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

from chatbot.domain import Answer, Citation, Source, Statement, Verdict, holds_up
from config.messages import Language, message, shown_date
from ingest.db.clock import utc
from ingest.documents import Metadata, Passage, Value
from ingest.partition.programs import missing_programs

_SHOWN = ("type", "author", "version", "stated", "valid_from", "valid_until", "created", "department")


_INVISIBLE = ("Cc", "Cf", "Cs")  # control, format (direction overrides), surrogates


def visible(text: str) -> str:
    """Text of a document or a model without what moves a terminal's cursor or turns its direction."""
    return "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char) not in _INVISIBLE
    )


def local_clock(moment: datetime, language: Language) -> str:
    """A time of the database, which is UTC, as this machine's clock shows it and the reader writes it."""
    return shown_date(utc(moment).astimezone(), language)


def part_label(passage: Passage, citation: Citation | None, language: Language) -> str:
    """Page, slide, section, clause or cells; of the cited words where there are any, else of the passage."""
    at = citation or passage
    page = page_label(passage.document, at.page, at.page_label, language)
    cells = message("source.cells", language, cells=at.cells) if at.cells else ""
    clause = citation.clause if citation else ""
    if clause in at.section:  # the heading has it already
        clause = ""
    named = named_cell(citation.row, citation.column, language) if citation else ""
    return " · ".join(filter(None, [page, at.section, clause, cells, named]))


def named_cell(row: str, column: str, language: Language) -> str:
    """`Zeile Ventile, Spalte Ist`, or the part of it that is known; empty outside tables.

    Args:
        row: what its row is called; empty in a form.
        column: the heads of the cell that is meant; in a form, the field's name.
        language: of the reader.
    """
    if not row:
        return message("source.field", language, name=column) if column else ""
    return message("source.in_column" if column else "source.row", language, row=row, column=column)


def class_label(source: Source, language: Language) -> str:
    """How confidential a source is; empty where the policy says nothing of it."""
    return message(f"policy.class.{source.data_class}", language) if source.data_class else ""


def standing(passage: Passage, today: date, language: Language) -> str:
    """Whether a document is superseded or not valid today, or a mail only quoted; empty where it is none of these."""
    said = []
    if passage.is_quotation:
        said.append(message("source.quotation", language))
    if passage.superseded_by:
        said.append(message("source.superseded", language, newer=passage.superseded_by))
    until, since = passage.about.valid_until, passage.about.valid_from
    if until and until.value < today.isoformat():
        said.append(message("source.expired", language, date=shown_date(until.value, language)))
    if since and since.value > today.isoformat():
        said.append(message("source.not_yet_valid", language, date=shown_date(since.value, language)))
    return " ".join(said)


def dated(passage: Passage, language: Language) -> str:
    """The date that says how current a document is, with what it is the date of."""
    for name in ("stated", "valid_from", "created", "modified"):
        value: Value | None = getattr(passage.about, name)
        if value:
            return f"{message(f'metadata.{name}', language)} {shown_date(value.value, language)}"
    return f"{message('metadata.modified', language)} {shown_date(passage.modified.date(), language)}"


def conflict_label(statement: Statement, other: Citation, sources: Sequence[Source], language: Language) -> str:
    """Another source's value for the same thing, with the dates of both."""
    cited = next((c for c in statement.citations if c.source != other.source), statement.citations[0])
    return message(
        "statement.conflict",
        language,
        number=other.source,
        document=other.document,
        date=dated(sources[other.source - 1].passage, language),
        quote=" ".join(other.quote.split()),
        cited=cited.source,
        own=dated(sources[cited.source - 1].passage, language),
    )


def refusal_lines(answer: Answer, language: Language) -> list[str]:
    """Why there is no answer, what was searched, and whom to ask; empty where there is an answer.

    A reply of the product itself says so, and proposes questions.
    """
    if answer.reply:
        proposed = [message("reply.examples", language), *(f"• {one}" for one in answer.examples)]
        return [message(f"reply.{answer.reply}", language), *(proposed if answer.examples else [])]
    if answer.refusal is None:
        return []
    everywhere = "refusal.in_one_document" if answer.refusal.in_one_document else "refusal.everywhere"
    where = ", ".join(answer.refusal.searched) or message(everywhere, language)
    lines = [
        message(f"refusal.{answer.refusal.reason}", language),
        message("refusal.searched", language, question=answer.standalone_question, where=where),
    ]
    if answer.refusal.ask:
        lines.append(message("refusal.ask", language, names=", ".join(answer.refusal.ask)))
    return lines


def about_label(about: Metadata, language: Language) -> str:
    """The metadata that helps to judge a source, each value with where it comes from."""
    shown = []
    for name in _SHOWN:
        value: Value | None = getattr(about, name)
        if value:
            text = message(f"type.{value.value}", language) if name == "type" else shown_date(value.value, language)
            origin = message(f"origin.{value.origin}", language)
            words = f": „{value.words}“" if value.origin == "text" else ""
            shown.append(f"{message(f'metadata.{name}', language)}: {text} ({origin}{words})")
    return " · ".join(shown)


def page_label(document: str, page: int | None, label: str, language: Language) -> str:
    """`Seite 3`, `Seite ii (3)` where another number is printed, or `Folie 3` for slides; empty without pages."""
    if page is None:
        return ""
    key = "source.slide" if document.lower().endswith((".pptx", ".ppt")) else "source.page"
    return message(key, language, page=page_number(page, label))


def page_number(page: int | None, label: str) -> str:
    """What is printed on a page with its place in the file: `ii (3)`; the latter alone where both are the same.

    Args:
        page: 1-based.
        label: that is printed; empty where it is the number.
    """
    return f"{label} ({page})" if label and label != str(page) else str(page)


def engine_label(engine: str, model: str, language: Language) -> str:
    """Which engine answered, with its model."""
    return message(f"answer.engine.{engine}", language, model=model)


def answered_by(answer: Answer, language: Language) -> str:
    """What answered: an engine, or the program itself where it worked something out or replied."""
    if answer.reply:
        return message("answer.engine.reply", language)
    if any(statement.computation for statement in answer.statements):
        return message("answer.engine.computed", language)
    return engine_label(answer.engine, answer.model, language)


def verdict_mark(verdict: Verdict, language: Language) -> str:
    """Nothing for a statement that holds up, the verdict in brackets for any other."""
    return "" if holds_up(verdict) else f" ({message(f'verdict.{verdict}', language)})"


def missing_program_texts(language: Language) -> list[str]:
    """What cannot be read for want of a program, in a sentence each."""
    return [
        message("ingest.missing_program", language, **program._asdict(), program=program.name)
        for program in missing_programs()
    ]
