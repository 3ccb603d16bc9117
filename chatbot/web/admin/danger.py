"""Acts of the admin page that take something away: each asks about itself, and its question is gone when it is done."""

from typing import Any

import gradio as gr

from chatbot.web.admin.events import QUIET, language_of, name_of, said
from chatbot.web.services import AdminServices
from config.errors import SettingsError
from config.messages import message
from ingest.sync import pipeline


def danger_zone(services: AdminServices, text: gr.I18n, name: gr.Textbox, told: gr.Markdown) -> None:
    """Put the buttons of a rebuild and of a removal where it is called, apart from the others.

    Args:
        services: that read and write the index.
        text: translations, also given to the mount.
        name: of the chosen collection.
        told: where the page says what happened.
    """
    with gr.Accordion(text("admin.danger"), open=False, elem_id="danger"):
        _rebuild(services, text, told)
        _remove(services, text, name, told)


def _rebuild(services: AdminServices, text: gr.I18n, told: gr.Markdown) -> None:
    ask = gr.Button(text("admin.rebuild"), elem_id="rebuild")
    with gr.Column(visible=False, elem_id="rebuild-question") as question:
        gr.Markdown(text("admin.rebuild_question"))
        yes = gr.Button(text("admin.rebuild_yes"), variant="stop", elem_id="rebuild-yes")
        no = gr.Button(text("admin.cancel"), elem_id="rebuild-no")

    def begin(request: gr.Request) -> str:
        services.runs.rebuild()
        return message("admin.started", language_of(request))

    ask.click(_shown, None, question, **QUIET)
    no.click(_hidden, None, question, **QUIET)
    yes.click(said(begin), None, told, **QUIET).then(_hidden, None, question, **QUIET)


def _remove(services: AdminServices, text: gr.I18n, name: gr.Textbox, told: gr.Markdown) -> None:
    ask = gr.Button(text("admin.remove"), elem_id="remove")
    with gr.Column(visible=False, elem_id="remove-question") as question:
        gr.Markdown(text("admin.remove_question"))
        typed = gr.Textbox(label=text("admin.typed_name"), elem_id="typed-name")
        yes = gr.Button(text("admin.remove_yes"), variant="stop", elem_id="remove-yes")
        no = gr.Button(text("admin.cancel"), elem_id="remove-no")

    def take_out(chosen: str, again: str, request: gr.Request) -> str:
        collection, language = name_of(chosen), language_of(request)
        if again.strip() != collection:
            raise SettingsError("admin.other_name", collection=collection)
        if services.runs.state and services.runs.state.running:
            raise SettingsError("run.busy")
        count = pipeline.remove_collection(collection, services.ingestion())
        return message("remove.done", language, collection=collection, count=count)

    def closed() -> list[Any]:
        return [gr.update(visible=False), ""]

    ask.click(_shown, None, question, **QUIET)
    no.click(closed, None, [question, typed], **QUIET)
    yes.click(said(take_out), [name, typed], told, **QUIET).then(closed, None, [question, typed], **QUIET)


def _shown() -> Any:
    return gr.update(visible=True)


def _hidden() -> Any:
    return gr.update(visible=False)
