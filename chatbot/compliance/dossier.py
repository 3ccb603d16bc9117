"""The technical documentation for the operator: made from settings, index and evaluation when it is read."""

from datetime import date

from chatbot.compliance import sections
from chatbot.compliance.about import footer
from chatbot.compliance.articles import articles
from chatbot.compliance.components import component_rows
from chatbot.compliance.evaluation_figures import all_figures, latest
from chatbot.compliance.installation import Installation
from chatbot.compliance.legal_basis import legal_basis, review_notice
from chatbot.compliance.settings_shown import setting_rows
from chatbot.rendering.report import Block, Heading, Items, Paragraph, Report, Table
from config.messages import Language, message
from config.settings import Settings


def dossier_report(installation: Installation, language: Language, today: date | None = None) -> Report:
    """What an operator needs for the EU AI Act; names folders and hosts, but no secret.

    Args:
        installation: its index may be empty.
        language: of the reader.
        today: by which texts of law are due for a review; without it the day it is.

    Raises:
        SettingsError: the database cannot be opened.
    """
    blocks = (
        Paragraph(text=message("dossier.no_advice", language), strong=True),
        *review_notice(today or date.today(), language),
        Paragraph(text=message("dossier.basis", language)),
        *_system(installation, language),
        *_classification(language),
        *legal_basis(language),
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
        title=message("dossier.title", language),
        subtitle=" · ".join(filter(None, ("Fundstelle", installation.settings.about.company))),
        language=language,
        blocks=blocks,
        footer=footer(installation, language),
    )


def _system(installation: Installation, language: Language) -> list[Block]:
    generation = installation.registry.active_generation()
    index = message("dossier.system.no_index", language)
    if generation:
        index = message("dossier.system.index", language, generation=generation.name, embedding=generation.embedding)
    program = message(
        "dossier.system.program",
        language,
        program=installation.records.records.program,
        database=installation.records.database.dialect.name,
        records=installation.records.records.count(),
    )
    said = (
        message("dossier.system.purpose", language),
        message("dossier.system.reading", language),
        message("dossier.system.answering", language),
        index,
        program,
    )
    head = (message("operator.column.item", language), message("operator.column.value", language))
    return [
        Heading(text=message("dossier.system.heading", language), level=2, anchor="system"),
        Items(items=said),
        Heading(text=message("dossier.system.operator", language), level=3),
        Table(head=head, rows=sections.operator(installation.settings, language), widths=(1, 3)),
    ]


def _classification(language: Language) -> list[Block]:
    todo = (
        message("dossier.classify.use", language),
        message("dossier.classify.role", language),
        message("dossier.classify.forbidden", language),
    )
    return [Heading(text=message("dossier.classify.heading", language), level=2, anchor="class"), Items(items=todo)]


def _security(settings: Settings, language: Language) -> list[Block]:
    named = sorted(settings.configured_hosts())
    hosts = message("security.no_hosts", language)
    if named:
        hosts = message("security.hosts", language, hosts=", ".join(named))
    ingest, server = settings.ingest, settings.server
    said = (
        hosts,
        message("security.native", language),
        message("security.page", language, host=server.host, port=server.port),
        _accounts(settings, language),
        message("security.workers", language, megabytes=ingest.worker_megabytes, seconds=f"{ingest.file_seconds:g}"),
        message("security.injection", language),
        message("security.models", language),
        message("security.personal", language),
    )
    return [Heading(text=message("security.heading", language), level=2, anchor="security"), Items(items=said)]


def _components(language: Language) -> list[Block]:
    head = (
        message("components.column.name", language),
        message("components.column.version", language),
        message("components.column.licence", language),
    )
    return [
        Heading(text=message("components.heading", language), level=2, anchor="components"),
        Table(head=head, rows=component_rows(), widths=(3, 2, 4)),
    ]


def _settings(settings: Settings, language: Language) -> list[Block]:
    head = (message("settings.column.name", language), message("settings.column.value", language))
    return [
        Heading(text=message("settings.heading", language), level=2, anchor="settings"),
        Table(head=head, rows=setting_rows(settings, language), widths=(2, 5)),
    ]


def _accounts(settings: Settings, language: Language) -> str:
    """Who gets in."""
    if settings.server.sign_in == "none":
        return message("security.no_accounts", language)
    keys = {"accounts": "security.accounts", "oidc": "security.oidc", "proxy": "security.proxy"}
    return message(keys[settings.server.sign_in], language, policy=settings.policy or "–")
