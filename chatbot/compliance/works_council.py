"""What a works council asks of a system that records: fields, readers, reports with names, and limits of statistics."""

from chatbot.audit.statistics import FEWEST_PEOPLE
from chatbot.compliance.about import footer
from chatbot.compliance.data_inventory import stored_table
from chatbot.compliance.installation import Installation
from chatbot.rendering.report import Block, Heading, Items, Paragraph, Report, Table
from config.logging_changes import changes
from config.messages import Language, catalogue, message


def works_council_report(installation: Installation, language: Language) -> Report:
    """What is recorded of whom, who can read it, and what names a person.

    Args:
        installation: that is described.
        language: of the reader.

    Raises:
        SettingsError: the database or the policy cannot be read.
    """
    blocks: tuple[Block, ...] = (
        Paragraph(text=message("council.no_advice", language), strong=True),
        Heading(text=message("council.fields", language), level=1),
        Items(items=_all_of("field", language)),
        stored_table(installation, language),
        Heading(text=message("council.readers", language), level=1),
        Items(items=_readers(installation, language)),
        Heading(text=message("council.named", language), level=1),
        Paragraph(text=message("council.named_by", language)),
        _reports(language),
        Heading(text=message("council.statistics", language), level=1),
        Items(items=_statistics(language)),
        Heading(text=message("council.seen", language), level=1),
        Items(items=_all_of("inspection", language)),
        Heading(text=message("council.changes", language), level=1),
        _changes(language),
    )
    return Report(
        title=message("council.title", language),
        subtitle=installation.settings.about.company,
        language=language,
        blocks=blocks,
        footer=footer(installation, language),
    )


def _readers(installation: Installation, language: Language) -> tuple[str, ...]:
    settings = installation.settings
    said = [message("council.reader.self", language), message("council.reader.machine", language)]
    if settings.server.sign_in == "none":
        return (*said, message("council.reader.everybody", language))
    policy = installation.records.policy.current()
    groups = sorted({group for one in policy.collections.values() for group in one.audited_by})
    said.append(message("council.reader.auditors", language, groups=", ".join(groups) or "–"))
    said.append(message("council.reader.admins", language))
    named = "article26.pseudonyms" if policy.records.pseudonyms else "article26.names"
    return (*said, message(named, language))


def _reports(language: Language) -> Table:
    """Every page, file and command that can name a person."""
    names = ("list", "record", "export", "proof", "find", "subject", "accounts", "terms", "what_can_see", "database")
    head = tuple(message(f"council.column.{name}", language) for name in ("report", "names", "for"))
    rows = tuple(
        tuple(message(f"council.report.{name}.{part}", language) for part in ("what", "whom", "who")) for name in names
    )
    return Table(head=head, rows=rows, widths=(4, 4, 3))


def _statistics(language: Language) -> tuple[str, ...]:
    keys = [key for key in catalogue() if key.startswith("council.limit.")]
    return tuple(message(key, language, fewest=FEWEST_PEOPLE) for key in keys)


def _changes(language: Language) -> Table:
    head = tuple(message(f"council.column.{name}", language) for name in ("release", "change"))
    return Table(head=head, rows=tuple((one.release, one.text(language)) for one in changes()), widths=(1, 5))


def _all_of(part: str, language: Language) -> tuple[str, ...]:
    """The sentences of a part, in their order."""
    return tuple(message(key, language) for key in catalogue() if key.startswith(f"council.{part}."))
