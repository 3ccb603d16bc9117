"""What people think of an answer: thumbs under it, and a word on what is wrong."""

from typing import Any

import gradio as gr

from chatbot.web.conversation import Exchange
from chatbot.wiring import Product
from config.errors import RecordMissing
from config.messages import message, reader_language

_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def add_feedback(built: Product, text: gr.I18n, chat: gr.Chatbot, past: gr.State) -> None:
    """Put the field for a remark where it is called, and listen to the thumbs of the chat.

    Args:
        built: keeps the records that feedback is added to.
        text: translations, also given to the mount.
        chat: shows the answers.
        past: the exchanges of the conversation.
    """
    rated = gr.State("")
    thanks = gr.Markdown("", elem_id="thanks")
    remark = gr.Textbox(label=text("page.remark"), visible=False, max_length=1000, elem_id="remark")

    def rate(given: gr.LikeData, exchanges: list[Exchange], request: gr.Request) -> list[Any]:
        record = rated_record(exchanges, given.index)
        if not record:
            return [gr.skip()] * 3
        value = "helpful" if given.liked else "wrong"
        return [record, _give(built, record, value, "", request), gr.update(visible=value == "wrong", value="")]

    def explain(record: str, words: str, request: gr.Request) -> list[Any]:
        return [_give(built, record, "wrong", words, request), gr.update(visible=False, value="")]

    chat.like(rate, past, [rated, thanks, remark], **_QUIET)
    remark.submit(explain, [rated, remark], [thanks, remark], **_QUIET)


def rated_record(exchanges: list[Exchange], index: int | tuple[int, int]) -> str:
    """The record of the answer that stands at a place of the chat, empty where there is none.

    Args:
        exchanges: of the conversation.
        index: of a message; questions and answers count.
    """
    place = index if isinstance(index, int) else index[0]
    for exchange in exchanges:
        place -= 2 if exchange.answer else 1
        if place < 0:
            return exchange.turn.record if exchange.turn else ""
    return ""


def _give(built: Product, record: str, value: str, comment: str, request: gr.Request) -> str:
    language = reader_language(request.headers.get("accept-language", ""))
    try:
        built.records.give_feedback(record, built.person(request.state.person).name, value, comment)
    except RecordMissing as error:
        return error.text(language)
    return message("page.thanks", language)
