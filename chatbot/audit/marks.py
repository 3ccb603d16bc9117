"""Whose words an answer has, and the mark that a report with it bears."""

from chatbot.audit.read import Record
from chatbot.domain import Writer, written_by
from chatbot.rendering.origin import origin_notice, source_type
from chatbot.rendering.report import Paragraph, Report


def answer_writers(record: Record) -> set[Writer]:
    """Whose words an answer has, with those of the passages that it cites."""
    if record.sealed is None or record.said is None:
        return set()
    found: set[Writer] = {written_by(one, record.sealed.engine) for one in record.said.statements}
    return found | {"document"} if record.sealed.citations else found


def record_writers(record: Record) -> set[Writer]:
    """Whose words a whole record has: those of its answer, and what a model wrote on the way."""
    outputs = any(call.output for call in record.said.calls) if record.said else False
    return answer_writers(record) | {"model"} if outputs else answer_writers(record)


def marked(report: Report, wrote: set[Writer]) -> Report:
    """A report that says whose words it has, to machines and in its first sentence.

    Args:
        report: with answers.
        wrote: whose words these are.
    """
    notice = origin_notice(wrote, report.language)
    first = (Paragraph(text=notice, strong=True),) if notice else ()
    return report.model_copy(update={"source_type": source_type(wrote), "blocks": (*first, *report.blocks)})
