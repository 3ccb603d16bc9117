"""The admin's page: collections, runs, documents, quality."""

from typing import Any, NamedTuple
from urllib.parse import quote

import gradio as gr

from chatbot.jobs.folders import check_folders
from chatbot.web.admin import tables
from chatbot.web.admin.danger import danger_zone
from chatbot.web.admin.events import QUIET, folders_of, language_of, name_of, said
from chatbot.web.services import AdminServices
from config.access import Clearance
from config.errors import SettingsError
from config.free_space import Room
from config.messages import Language, message
from ingest.sync import pipeline

_TICK_S = 1.0
# Columns of each table with their widths.
_COLUMNS = {
    "collections": {"name": "20%", "folders": "44%", "documents": "12%", "passages": "12%", "failed": "12%"},
    "runs": {"started": "14%", "collection": "14%", "kind": "8%", "state": "9%", "counts": "25%", "passages": "8%",
             "run": "22%"},
    "outcomes": {"document": "34%", "outcome": "12%", "passages": "9%", "seconds": "9%", "reason": "36%"},
    "documents": {"document": "28%", "title": "18%", "type": "8%", "stated": "8%", "valid_from": "8%",
                  "valid_until": "8%", "language": "6%", "passages": "6%", "reason": "10%"},
    "findings": {"collection": "12%", "document": "26%", "score": "6%", "finding": "28%", "advice": "28%"},
}  # fmt: skip


class _Collections(NamedTuple):
    """The parts of the first tab."""

    table: gr.Dataframe
    name: gr.Textbox
    folders: gr.Textbox
    deletions: gr.Checkbox
    told: gr.Markdown
    state: gr.Markdown


def build_admin_page(services: AdminServices, text: gr.I18n) -> gr.Blocks:
    """Lay out the page and connect its events.

    Args:
        services: that read and write the index.
        text: translations, also given to the mount.
    """
    settings = services.folders.settings
    space = Room(settings.data_dir, settings.free_megabytes)
    with gr.Blocks(title="Fundstelle – Admin", analytics_enabled=False, fill_width=True) as blocks:
        gr.Markdown(text("admin.heading"), elem_id="heading")
        programs = gr.Markdown("", elem_id="programs")
        with gr.Tab(text("admin.tab.collections")):
            collections = _collections_tab(services, text)
        with gr.Tab(text("admin.tab.runs")):
            history = _runs_tab(services, text)
        with gr.Tab(text("admin.tab.documents")) as tab:
            documents = _documents_tab(services, text, tab)
        with gr.Tab(text("admin.tab.quality")):
            quality = _quality_tab(services, text)

        def fill(request: gr.Request) -> list[Any]:
            language = language_of(request)
            names = list(services.index.registry.collections())
            return [
                tables.programs_block(language) + tables.space_block(space, language),
                _filled("collections", tables.collection_rows(services.index, language), language),
                tables.state_block(services.runs.state, language),
                _filled("runs", tables.run_rows(services.index, language), language),
                gr.update(choices=names, value=names[0] if names else None),
                gr.update(choices=["", *names], value=""),
                names,
            ]

        choices = [documents, quality, gr.State([])]  # the last of them the collections that they offer
        blocks.load(fill, None, [programs, collections.table, collections.state, history, *choices], **QUIET)
        _follow(services, collections, choices)
    return blocks


def _follow(services: AdminServices, parts: _Collections, choices: list[Any]) -> None:
    """Keep up with what happens: the run under way, and collections that came or went, whoever did it."""

    def follow(document: str | None, quality: str | None, known: list[str], request: gr.Request) -> list[Any]:
        language, names = language_of(request), list(services.index.registry.collections())
        shown = _filled("collections", tables.collection_rows(services.index, language), language)
        state = tables.state_block(services.runs.state, language)
        if names == known:  # an update would close a list that somebody has open
            return [state, shown, gr.skip(), gr.skip(), gr.skip()]
        kept = document if document in names else next(iter(names), None)
        narrowed = quality if quality in names else ""
        of_quality = gr.update(choices=["", *names], value=narrowed)
        return [state, shown, gr.update(choices=names, value=kept), of_quality, names]

    gr.Timer(_TICK_S).tick(follow, choices, [parts.state, parts.table, *choices], queue=False, **QUIET)


def _collections_tab(services: AdminServices, text: gr.I18n) -> _Collections:
    table = _table("collections")
    with gr.Row():
        name = gr.Textbox(label=text("admin.name"), elem_id="name")
        folders = gr.Textbox(label=text("admin.folders"), lines=2, elem_id="folders")
    deletions = gr.Checkbox(label=text("admin.allow_deletions"), elem_id="deletions")
    with gr.Row():
        dry = gr.Button(text("admin.dry_run"), elem_id="dry")
        start = gr.Button(text("admin.start"), variant="primary", elem_id="start")
        stop = gr.Button(text("admin.stop"), elem_id="stop")
    told, state = gr.Markdown("", elem_id="said"), gr.Markdown("", elem_id="state")
    danger_zone(services, text, name, told)
    parts = _Collections(table, name, folders, deletions, told, state)

    def choose(event: gr.SelectData) -> list[str]:
        row = event.row_value
        return [row[0], row[1]]

    def plan(chosen: str, places: str, allow: bool, request: gr.Request) -> str:
        check_folders(services.folders, name_of(chosen), folders_of(places), on_page=True)
        made = pipeline.plan(folders_of(places), name_of(chosen), services.ingestion(), allow)
        return tables.plan_block(made, language_of(request))

    def begin(chosen: str, places: str, allow: bool, request: gr.Request) -> str:
        check_folders(services.folders, name_of(chosen), folders_of(places), on_page=True)
        services.runs.start(name_of(chosen), folders_of(places), allow_deletions=allow)
        return message("admin.started", language_of(request))

    table.select(choose, None, [name, folders], **QUIET)
    dry.click(said(plan), [name, folders, deletions], told, **QUIET)
    # What one run was allowed, the next one is not.
    start.click(said(begin), [name, folders, deletions], told, **QUIET).then(lambda: False, None, deletions, **QUIET)
    stop.click(lambda: services.runs.stop(), None, None, queue=False, **QUIET)
    return parts


def _runs_tab(services: AdminServices, text: gr.I18n) -> gr.Dataframe:
    history = _table("runs")
    refresh = gr.Button(text("admin.refresh"), elem_id="refresh")
    link = gr.Markdown("", elem_id="outcomes-link")
    outcomes = _table("outcomes")

    def show(event: gr.SelectData, request: gr.Request) -> list[Any]:
        run, language = event.row_value[-1], language_of(request)
        rows = _filled("outcomes", tables.outcome_rows(services.index, run, language), language)
        links = {"admin.download": f"/admin/outcomes/{run}.csv", "admin.run_quality": f"/admin/quality.csv?run={run}"}
        return [rows, " · ".join(f"[{message(key, language)}]({href})" for key, href in links.items())]

    def list_runs(request: gr.Request) -> dict[str, Any]:
        language = language_of(request)
        return _filled("runs", tables.run_rows(services.index, language), language)

    history.select(show, None, [outcomes, link], **QUIET)
    refresh.click(list_runs, None, history, **QUIET)
    return history


def _documents_tab(services: AdminServices, text: gr.I18n, tab: gr.Tab) -> gr.Dropdown:
    # A name that is gone meanwhile is shown as empty, and is no error of the page.
    collection = gr.Dropdown([], label=text("admin.collection"), elem_id="collection", allow_custom_value=True)
    documents = _table("documents")
    chosen = gr.Textbox(label=text("admin.document"), interactive=False, elem_id="document")
    again = gr.Button(text("admin.again"), elem_id="again")
    passages = gr.Markdown("", elem_id="passages", latex_delimiters=[], sanitize_html=True)

    def list_documents(name: str | None, request: gr.Request) -> dict[str, Any]:
        language = language_of(request)
        rows = tables.document_rows(services.index, name, _clearance(services, request), language) if name else []
        return _filled("documents", rows, language)

    def show(name: str, event: gr.SelectData, request: gr.Request) -> list[str]:
        path = event.row_value[0]
        return [
            path,
            tables.passages_block(services.index, name, path, _clearance(services, request), language_of(request)),
        ]

    def read_again(name: str | None, path: str, request: gr.Request) -> str:
        if not name or not path:
            raise SettingsError("admin.no_document")
        folders = services.index.registry.collections().get(name)
        if folders is None:
            raise SettingsError("admin.gone", collection=name)
        known = services.index.registry.documents(services.index.generation().name, name)
        if path not in known:
            raise SettingsError("admin.no_document")
        while path in known and (container := known[path].container):  # an attachment is read with its mail
            path = container
        services.runs.start(name, folders, again=[path])
        return message("admin.started", language_of(request))

    # Also when the tab is opened: a run may have read what the table does not show yet.
    gr.on([collection.change, tab.select], list_documents, collection, documents, **QUIET)
    documents.select(show, collection, [chosen, passages], **QUIET)
    again.click(said(read_again), [collection, chosen], passages, **QUIET)
    return collection


def _quality_tab(services: AdminServices, text: gr.I18n) -> gr.Dropdown:
    collection = gr.Dropdown([], label=text("admin.collection"), elem_id="quality-collection", allow_custom_value=True)
    link = gr.Markdown("", elem_id="quality-link")
    findings = _table("findings")

    def show(name: str | None, request: gr.Request) -> list[Any]:
        language = language_of(request)
        href = f"[{message('admin.download', language)}](/admin/quality.csv?collection={quote(name or '')})"
        rows = tables.quality_table(services, name or "", _clearance(services, request), language)
        return [_filled("findings", rows, language), href]

    collection.change(show, collection, [findings, link], **QUIET)
    shown = gr.Button(text("admin.refresh"), elem_id="quality-refresh")
    shown.click(show, collection, [findings, link], **QUIET)
    return collection


def _table(name: str) -> gr.Dataframe:
    return gr.Dataframe(
        headers=_heads(name, "de"),
        datatype="str",
        type="array",
        interactive=False,
        wrap=True,
        column_widths=list(_COLUMNS[name].values()),
        show_search="filter",
        elem_id=name,
        max_height=420,
    )


def _filled(name: str, rows: list[list[str]], language: Language) -> dict[str, Any]:
    """A table's content with its heads in the reader's language."""
    return {"headers": _heads(name, language), "data": rows}


def _heads(name: str, language: Language) -> list[str]:
    return [message(f"admin.column.{column}", language) for column in _COLUMNS[name]]


def _clearance(services: AdminServices, request: gr.Request) -> Clearance:
    return services.people.person(request.state.person).clearance
