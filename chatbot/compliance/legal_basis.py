"""What law the papers rest on, as of when; past the day of review they say so themselves."""

from datetime import date

from chatbot.rendering.report import Block, Heading, Paragraph, Table
from config.law import overdue, provision, provisions
from config.messages import Language, message, shown_date


def review_notice(today: date, language: Language) -> list[Block]:
    """That texts of law should have been looked at again; nothing where none is due.

    Args:
        today: of the reader.
        language: of the reader.
    """
    late = overdue(today)
    if not late:
        return []
    since = shown_date(min(one.review for one in late), language)
    names = "; ".join(one.name(language) for one in late)
    return [Paragraph(text=message("law.overdue", language, since=since, names=names), strong=True)]


def legal_basis(language: Language) -> list[Block]:
    """Every text with the dates from which it applies, when it was looked at, and where it stands."""
    head = tuple(message(f"law.column.{name}", language) for name in ("text", "applies", "note", "checked", "source"))
    rows = tuple(
        (
            one.name(language),
            "\n".join(shown_date(day, language) for day in one.applies) or "–",
            one.note(language),
            message(
                f"law.read.{one.read}",
                language,
                checked=shown_date(one.checked, language),
                review=shown_date(one.review, language),
            ),
            one.source,
        )
        for one in provisions()
    )
    return [
        Heading(text=message("law.heading", language), level=2, anchor="law"),
        Paragraph(text=message("law.no_lawyer", language)),
        Table(head=head, rows=rows, widths=(4, 2, 5, 3, 4)),
    ]


def high_risk_scope(language: Language) -> str:
    """To what the articles on high-risk systems apply, and from when."""
    annex_iii, annex_i = (shown_date(day, language) for day in provision("high_risk").applies)
    return message("article.high_risk", language, annex_iii=annex_iii, annex_i=annex_i)


def general_scope(number: int, language: Language) -> str:
    """From when an article applies to every system."""
    since = shown_date(provision(f"article{number}").applies[0], language)
    return message("article.any", language, since=since)


def marking_dates(language: Language) -> str:
    """From when generated words have to be marked."""
    since, before = (shown_date(day, language) for day in provision("article50_2").applies)
    return message("article50.todo_mark", language, since=since, before=before)
