"""The technical documentation for the operator: made from settings, index and evaluation when it is read."""

from chatbot.compliance import sections
from chatbot.compliance.about import footer
from chatbot.compliance.articles import articles
from chatbot.compliance.components import component_rows
from chatbot.compliance.evaluation_figures import all_figures, latest
from chatbot.compliance.installation import Installation
from chatbot.compliance.settings_shown import setting_rows
from chatbot.rendering.report import Block, Heading, Items, Paragraph, Report, Table
from config.dossier import text
from config.messages import Language
from config.settings import Settings


def dossier_report(installation: Installation, language: Language) -> Report:
    """What an operator needs for the EU AI Act; names folders and hosts, but no secret.

    Args:
        installation: its index may be empty.
        language: of the reader.

    Raises:
        SettingsError: the database cannot be opened.
    """
    blocks = (
        Paragraph(text=text("dossier.no_advice", language), strong=True),
        Paragraph(text=text("dossier.basis", language)),
        *_system(installation, language),
        *_classification(language),
        *articles(installation, language),
        *sections.models(installation, language),
        *sections.sources(installation, installation.registry.everything(), language, folders=True),
        *sections.checks(installation, language),
        *sections.limits(language),
        *all_figures(latest(installation.settings), language),
        *_security(installation.settings, language),
        *_components(language),
        *_settings(installation.settings, language),
    )
    return Report(
        title=text("dossier.title", language),
        subtitle=" · ".join(filter(None, ("Fundstelle", installation.settings.about.company))),
        language=language,
        blocks=blocks,
        footer=footer(installation, language),
    )


def _system(installation: Installation, language: Language) -> list[Block]:
    generation = installation.registry.active_generation()
    index = text("dossier.system.no_index", language)
    if generation:
        index = text("dossier.system.index", language, generation=generation.name, embedding=generation.embedding)
    program = text(
        "dossier.system.program",
        language,
        program=installation.records.records.program,
        database=installation.records.database.dialect.name,
        records=installation.records.records.count(),
    )
    said = (
        text("dossier.system.purpose", language),
        text("dossier.system.reading", language),
        text("dossier.system.answering", language),
        index,
        program,
    )
    head = (text("operator.column.item", language), text("operator.column.value", language))
    return [
        Heading(text=text("dossier.system.heading", language), level=2, anchor="system"),
        Items(items=said),
        Heading(text=text("dossier.system.operator", language), level=3),
        Table(head=head, rows=sections.operator(installation.settings, language), widths=(1, 3)),
    ]


def _classification(language: Language) -> list[Block]:
    todo = (
        text("dossier.classify.use", language),
        text("dossier.classify.role", language),
        text("dossier.classify.forbidden", language),
    )
    return [Heading(text=text("dossier.classify.heading", language), level=2, anchor="class"), Items(items=todo)]


def _security(settings: Settings, language: Language) -> list[Block]:
    named = sorted(settings.configured_hosts())
    hosts = text("security.no_hosts", language)
    if named:
        hosts = text("security.hosts", language, hosts=", ".join(named))
    ingest, server = settings.ingest, settings.server
    said = (
        hosts,
        text("security.native", language),
        text("security.page", language, host=server.host, port=server.port),
        _accounts(settings, language),
        text("security.workers", language, megabytes=ingest.worker_megabytes, seconds=f"{ingest.file_seconds:g}"),
        text("security.injection", language),
        text("security.models", language),
        text("security.personal", language),
    )
    return [Heading(text=text("security.heading", language), level=2, anchor="security"), Items(items=said)]


def _components(language: Language) -> list[Block]:
    head = (
        text("components.column.name", language),
        text("components.column.version", language),
        text("components.column.licence", language),
    )
    return [
        Heading(text=text("components.heading", language), level=2, anchor="components"),
        Table(head=head, rows=component_rows(), widths=(3, 2, 4)),
    ]


def _settings(settings: Settings, language: Language) -> list[Block]:
    head = (text("settings.column.name", language), text("settings.column.value", language))
    return [
        Heading(text=text("settings.heading", language), level=2, anchor="settings"),
        Table(head=head, rows=setting_rows(settings, language), widths=(2, 5)),
    ]


def _accounts(settings: Settings, language: Language) -> str:
    """Who gets in."""
    if settings.server.sign_in == "none":
        return text("security.no_accounts", language)
    keys = {"accounts": "security.accounts", "oidc": "security.oidc", "proxy": "security.proxy"}
    return text(keys[settings.server.sign_in], language, policy=settings.policy or "–")
