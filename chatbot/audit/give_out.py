"""Answers and records as files to hand on: signed as JSON and PDF, marked where a language model wrote words."""

from collections.abc import Sequence

from chatbot.audit.cited_texts import Texts
from chatbot.audit.explain import answered
from chatbot.audit.export import as_report, as_table
from chatbot.audit.marks import answer_writers, marked, record_writers
from chatbot.audit.proof import answer_proof, records_proof
from chatbot.audit.read import Record
from chatbot.audit.signed_files import signed_json, signed_pdf
from chatbot.records.checkpoints import checkpoint_of
from chatbot.records.services import RecordServices
from chatbot.rendering.markdown import as_markdown
from chatbot.rendering.pdf_extras import Attachment
from chatbot.rendering.report import Block, Heading, Paragraph, Report, Table
from config.messages import Language, message

RECORD_FORMS, ANSWER_FORMS = ("json", "csv", "pdf", "md"), ("json", "pdf")
TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
}


def records_file(
    form: str, records: Sequence[Record], total: int, services: RecordServices, language: Language
) -> bytes:
    """Whole records in one of `RECORD_FORMS`.

    Args:
        form: of the file.
        records: to export.
        total: records that were asked for; more than these where there is a limit.
        services: that keep them.
        language: of the reader.

    Raises:
        SettingsError: the key that signs cannot be read.
    """
    texts = Texts(services.vault)
    if form == "csv":
        return as_table(records, texts).encode()
    services.signer.public_key()  # the first use adds an entry, which the head has to count
    if form == "json":
        return signed_json(records_proof(records, total, services, texts), services.signer)
    report = as_report(records, checkpoint_of(services.database), total, services.vault, services.drawings, language)
    report = marked(report, set().union(*map(record_writers, records)))
    if form == "md":
        return as_markdown(report).encode()
    return _pdf(report, signed_json(records_proof(records, total, services, texts), services.signer), services)


def answer_file(form: str, record: Record, services: RecordServices, language: Language) -> bytes:
    """One answer in one of `ANSWER_FORMS`, for whoever is to rely on it.

    Args:
        form: of the file.
        record: of the answer.
        services: that keep it.
        language: of the reader.

    Raises:
        RecordMissing: the answer is not finished, or its words were removed.
        SettingsError: the key that signs cannot be read.
    """
    texts, key = Texts(services.vault), services.signer.public_key()
    proof = signed_json(answer_proof(record, services, texts), services.signer)
    if form == "json":
        return proof
    head = checkpoint_of(services.database)
    rows = (
        (message("proof.issuer", language), services.issuer or "–"),
        (message("proof.key", language), key),
        (message("proof.record", language), record.id),
        (message("proof.entry", language), f"{record.links[-1].number} · {record.links[-1].hash}"),
        (message("proof.head", language), f"{head.number} · {head.hash}"),
    )
    report = Report(
        title=message("proof.title", language),
        subtitle=services.issuer,
        language=language,
        blocks=(
            *answered(record, texts, language),
            *_documents(record, language),
            Heading(text=message("proof.heading", language), level=1),
            Paragraph(text=message("proof.how", language)),
            Table(
                head=(message("operator.column.item", language), message("operator.column.value", language)),
                rows=rows,
                widths=(1, 4),
            ),
        ),
        footer=message("export.footer", language, hash=head.hash[:16]),
    )
    return _pdf(marked(report, answer_writers(record)), proof, services)


def _documents(record: Record, language: Language) -> tuple[Block, ...]:
    """The versions that are cited, each by the digest of its file."""
    cited = record.sealed.citations if record.sealed else ()
    rows = tuple(dict.fromkeys((f"{one.collection}/{one.document}", one.version) for one in cited))
    head = (message("proof.document", language), message("proof.digest", language))
    heading = Heading(text=message("proof.documents", language), level=1)
    return (heading, Table(head=head, rows=rows, widths=(1, 2))) if rows else ()


def _pdf(report: Report, proof: bytes, services: RecordServices) -> bytes:
    from chatbot.rendering.pdf import as_pdf

    attachment = Attachment("fundstelle-proof.json", TYPES["json"], proof)
    return signed_pdf(as_pdf(report, attachment), services.signer)
