"""Who has read a person's records, for that person."""

from collections.abc import Sequence

from chatbot.records.inspections import Inspection
from chatbot.rendering.labels import local_clock
from chatbot.rendering.report import Paragraph, Report, Table
from config.messages import Language, message

_MOST = 500  # rows on a page


def inspections_report(inspections: Sequence[Inspection], language: Language) -> Report:
    """A page of inspections, the newest first.

    Args:
        inspections: of one person's records.
        language: of the reader.
    """
    head = tuple(message(f"inspections.column.{name}", language) for name in ("at", "reader", "how", "record"))
    rows = tuple(
        (local_clock(one.at, language), one.reader, message(f"inspections.how.{one.how}", language), one.record)
        for one in inspections[:_MOST]
    )
    none = Paragraph(text=message("inspections.none", language))
    return Report(
        title=message("inspections.title", language),
        language=language,
        blocks=(
            Paragraph(text=message("inspections.what", language)),
            Table(head=head, rows=rows, widths=(2, 2, 3, 4)) if rows else none,
        ),
    )
