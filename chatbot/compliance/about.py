"""The page about this AI, for everybody who asks it: made from settings, index and evaluation when it is read."""

from datetime import UTC, datetime

from chatbot.compliance import sections
from chatbot.compliance.evaluation_figures import few_figures, latest
from chatbot.compliance.installation import Installation
from chatbot.domain import LOCAL, Person
from chatbot.rendering.report import Block, Heading, Items, Paragraph, Report, Table
from config.dossier import text
from config.messages import Language


def about_report(installation: Installation, person: Person, language: Language) -> Report:
    """What an employee should know of this AI; without folders or addresses of the server.

    Args:
        installation: its index may be empty.
        person: who reads it, and sees the collections of the own clearance.
        language: of the reader.

    Raises:
        SettingsError: the database cannot be opened.
    """
    blocks = (
        Paragraph(text=text("about.is_ai", language), strong=True),
        *_purpose(language),
        *sections.models(installation, language),
        *sections.sources(installation, person.clearance, language, folders=False),
        *sections.checks(installation, language),
        *sections.limits(language),
        *few_figures(latest(installation.settings), language),
        *_recorded(installation, language),
        *_complaints(installation, language),
    )
    return Report(
        title=text("about.title", language),
        subtitle=installation.settings.about.company,
        language=language,
        blocks=blocks,
        footer=footer(installation, language),
    )


def footer(installation: Installation, language: Language) -> str:
    """When a report was made, by which program, and from what."""
    now = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    return text("paper.footer", language, when=now, program=installation.records.records.program)


def _purpose(language: Language) -> list[Block]:
    does = (
        text("about.does.search", language),
        text("about.does.write", language),
        text("about.does.refuse", language),
        text("about.does.warn", language),
    )
    does_not = (
        text("about.does_not.decide", language),
        text("about.does_not.learn", language),
        text("about.does_not.know", language),
        text("about.does_not.send", language),
        text("about.does_not.advise", language),
    )
    return [
        Heading(text=text("about.purpose.heading", language), level=2),
        Paragraph(text=text("about.purpose", language)),
        Heading(text=text("about.does.heading", language), level=2),
        Items(items=does),
        Heading(text=text("about.does_not.heading", language), level=2),
        Items(items=does_not),
    ]


def _recorded(installation: Installation, language: Language) -> list[Block]:
    records = installation.records.policy.current().records
    who = text("records.named", language, local=LOCAL)
    if records.pseudonyms:
        who = text("records.pseudonyms", language)
    kept = text("records.for_good", language)
    if records.retention_days:
        kept = text("records.days", language, days=records.retention_days)
    said = (
        text("records.what", language),
        who,
        kept,
        text("records.erase", language),
        text("records.chain", language),
        text("records.readers", language),
        text("records.versions", language),
        text("records.rights", language),
    )
    return [Heading(text=text("records.heading", language), level=2, anchor="records"), Items(items=said)]


def _complaints(installation: Installation, language: Language) -> list[Block]:
    head = (text("operator.column.item", language), text("operator.column.value", language))
    return [
        Heading(text=text("about.complain.heading", language), level=2, anchor="complaints"),
        Table(head=head, rows=sections.operator(installation.settings, language), widths=(1, 3)),
        Paragraph(text=text("about.complain.how", language)),
    ]
