"""The page about this AI, for everybody who asks it: made from settings, index and evaluation when it is read."""

from datetime import UTC, date, datetime

from chatbot.compliance import sections
from chatbot.compliance.evaluation_figures import few_figures, latest
from chatbot.compliance.installation import Installation
from chatbot.compliance.legal_basis import review_notice
from chatbot.domain import LOCAL, Person
from chatbot.rendering.report import Block, Heading, Items, Paragraph, Report, Table
from config.messages import Language, message


def about_report(installation: Installation, person: Person, language: Language, today: date | None = None) -> Report:
    """What an employee should know of this AI; without folders or addresses of the server.

    Args:
        installation: its index may be empty.
        person: who reads it, and sees the collections of the own clearance.
        language: of the reader.
        today: by which texts of law are due for a review; without it the day it is.

    Raises:
        SettingsError: the database cannot be opened.
    """
    blocks = (
        Paragraph(text=message("about.is_ai", language), strong=True),
        *review_notice(today or date.today(), language),
        *_purpose(language),
        *sections.models(installation, language),
        *sections.sources(installation, person.clearance, language, folders=False),
        *sections.checks(installation, language),
        *sections.limits(language),
        *few_figures(latest(installation.settings), language),
        *_recorded(installation, language),
        *_keys(installation, language),
        *_complaints(installation, language),
    )
    return Report(
        title=message("about.title", language),
        subtitle=installation.settings.about.company,
        language=language,
        blocks=blocks,
        footer=footer(installation, language),
    )


def footer(installation: Installation, language: Language) -> str:
    """When a report was made, by which program, and from what."""
    now = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    return message("report.footer", language, when=now, program=installation.records.records.program)


def _purpose(language: Language) -> list[Block]:
    does = (
        message("about.does.search", language),
        message("about.does.write", language),
        message("about.does.refuse", language),
        message("about.does.warn", language),
    )
    does_not = (
        message("about.does_not.decide", language),
        message("about.does_not.learn", language),
        message("about.does_not.know", language),
        message("about.does_not.send", language),
        message("about.does_not.advise", language),
    )
    return [
        Heading(text=message("about.purpose.heading", language), level=2),
        Paragraph(text=message("about.purpose", language)),
        Heading(text=message("about.does.heading", language), level=2),
        Items(items=does),
        Heading(text=message("about.does_not.heading", language), level=2),
        Items(items=does_not),
    ]


def _recorded(installation: Installation, language: Language) -> list[Block]:
    records = installation.records.policy.current().records
    who = message("records.named", language, local=LOCAL)
    if records.pseudonyms:
        who = message("records.pseudonyms", language)
    kept = message("records.for_good", language)
    if records.retention_days:
        kept = message("records.days", language, days=records.retention_days)
    said = (
        message("records.what", language),
        who,
        kept,
        message("records.erase", language),
        message("records.chain", language),
        message("records.readers", language),
        message("records.versions", language),
        message("records.rights", language),
    )
    return [Heading(text=message("records.heading", language), level=2, anchor="records"), Items(items=said)]


def _keys(installation: Installation, language: Language) -> list[Block]:
    """The public keys by which what was given out is checked."""
    heading = Heading(text=message("keys.heading", language), level=2, anchor="keys")
    how = Paragraph(text=message("keys.how", language))
    rows = tuple((one.key, one.since, one.until or "–") for one in installation.records.signer.noted())
    if not rows:
        return [heading, how, Paragraph(text=message("keys.none", language))]
    head = tuple(message(f"keys.column.{name}", language) for name in ("key", "since", "until"))
    return [heading, how, Table(head=head, rows=rows, widths=(5, 3, 3))]


def _complaints(installation: Installation, language: Language) -> list[Block]:
    head = (message("operator.column.item", language), message("operator.column.value", language))
    return [
        Heading(text=message("about.complain.heading", language), level=2, anchor="complaints"),
        Table(head=head, rows=sections.operator(installation.settings, language), widths=(1, 3)),
        Paragraph(text=message("about.complain.how", language)),
    ]
