"""What is stored of whom, where, how long, and who reads it: input for the record of processing (GDPR, article 30)."""

from chatbot.compliance.about import footer
from chatbot.compliance.installation import Installation
from chatbot.compliance.sections import operator
from chatbot.compliance.settings_shown import without_password
from chatbot.identity import tables as identity_tables
from chatbot.records import tables as record_tables
from chatbot.rendering.report import Block, Heading, Items, Paragraph, Report, Table
from config.messages import Language, catalogue, message
from config.personal_data import PERSONAL, About, TableData, personal_data
from config.settings import Settings
from ingest.db import tables as index_tables
from ingest.db.metadata import METADATA

TABLES = (identity_tables, record_tables, index_tables)  # together they declare the whole schema
_PLACES = ("vault", "index", "heads", "keys", "evaluation")  # beside the database
_READERS: dict[About, str] = {
    "account": "privacy.readers.account",
    "asker": "privacy.readers.asker",
    "auditor": "privacy.readers.auditor",
    "documents": "privacy.readers.documents",
    "nobody": "privacy.readers.nobody",
}


def inventory_report(installation: Installation, language: Language) -> Report:
    """What an officer for data protection needs; names folders and hosts, but no secret.

    Args:
        installation: that is described.
        language: of the reader.

    Raises:
        SettingsError: the database or the policy cannot be read.
    """
    head = (message("operator.column.item", language), message("operator.column.value", language))
    blocks: tuple[Block, ...] = (
        Paragraph(text=message("privacy.no_advice", language), strong=True),
        Heading(text=message("privacy.operator", language), level=1),
        Table(head=head, rows=operator(installation.settings, language), widths=(1, 3)),
        Heading(text=message("privacy.purposes", language), level=1),
        Items(items=_all_of("purpose", language)),
        Heading(text=message("privacy.tables", language), level=1),
        Paragraph(text=message("privacy.kinds", language)),
        stored_table(installation, language),
        Heading(text=message("privacy.files", language), level=1),
        _files(installation, language),
        Heading(text=message("privacy.recipients", language), level=1),
        Items(items=_recipients(installation.settings, language)),
        Heading(text=message("privacy.rights", language), level=1),
        Items(items=_all_of("right", language)),
        Heading(text=message("privacy.risks", language), level=1),
        Items(items=(*_all_of("risk", language), _named(installation, language))),
    )
    return Report(
        title=message("privacy.title", language),
        subtitle=installation.settings.about.company,
        language=language,
        blocks=blocks,
        footer=footer(installation, language),
    )


def stored_table(installation: Installation, language: Language) -> Table:
    """Every table that holds something of people, with its columns, how long they stay, and who reads them."""
    head = tuple(message(f"privacy.column.{name}", language) for name in ("table", "about", "what", "kept", "readers"))
    rows = tuple(
        (
            name,
            message(f"privacy.about.{found.about}", language),
            _columns(found, language),
            how_long(found, installation, language),
            message(_READERS[found.about], language),
        )
        for name in sorted(METADATA.tables)
        if any((found := personal_data()[name]).of_kind(*PERSONAL)) and found.about != "nobody"
    )
    return Table(head=head, rows=rows, widths=(3, 3, 6, 5, 5))


def how_long(table: TableData, installation: Installation, language: Language) -> str:
    """How long rows of a table stay, by the settings and the policy of now."""
    days = installation.records.policy.current().records.retention_days
    if table.kept in ("retention", "chain", "erased") and not days:
        return message("privacy.kept.no_retention", language)
    hours = f"{installation.settings.server.session_hours:g}"
    return message(f"privacy.kept.{table.kept}", language, days=days, hours=hours)


def _columns(table: TableData, language: Language) -> str:
    said = []
    for kind in PERSONAL:
        if names := ", ".join(table.of_kind(kind)):
            said.append(f"{message(f'privacy.kind.{kind}', language)}: {names}")
    return "\n".join(said)


def _files(installation: Installation, language: Language) -> Table:
    folder = installation.settings.data_dir
    head = tuple(message(f"privacy.column.{name}", language) for name in ("place", "what", "kept"))
    rows = tuple(
        (
            message(f"privacy.place.{name}", language, folder=folder, heads=installation.records.checkpoints_file),
            message(f"privacy.held.{name}", language),
            message(f"privacy.stays.{name}", language),
        )
        for name in _PLACES
    )
    return Table(head=head, rows=rows, widths=(4, 5, 4))


def _recipients(settings: Settings, language: Language) -> tuple[str, ...]:
    """Servers that are told something, as the settings name them."""
    told = [
        (settings.answer.engine in ("auto", "ollama") or settings.embedding.engine == "ollama", "ollama",
         settings.ollama.url),
        (settings.qdrant.url is not None, "qdrant", settings.qdrant.url or ""),
        (settings.database.url is not None, "database", settings.database_url),
        (settings.audit.timestamp_url is not None, "timestamp", settings.audit.timestamp_url or ""),
        (settings.server.sign_in == "oidc", "oidc", settings.oidc.issuer or ""),
    ]  # fmt: skip
    said = [
        message(f"privacy.told.{name}", language, url=without_password(url)) for is_told, name, url in told if is_told
    ]
    return (*said, message("privacy.told.nobody", language))


def _named(installation: Installation, language: Language) -> str:
    pseudonyms = installation.records.policy.current().records.pseudonyms
    return message("article26.pseudonyms" if pseudonyms else "article26.names", language)


def _all_of(part: str, language: Language) -> tuple[str, ...]:
    """The sentences of a part, in their order."""
    return tuple(message(key, language) for key in catalogue() if key.startswith(f"privacy.{part}."))
