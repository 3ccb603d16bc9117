"""What people think of an answer: thumbs under it, and a word on what is wrong."""

from typing import Any

import gradio as gr
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from chatbot.records.record import LONGEST_COMMENT
from chatbot.web.chat.conversation import Exchange
from chatbot.web.services import ChatServices
from chatbot.web.shell.failures import sentence
from config.errors import FundstelleError, QuestionRejected
from config.messages import message, reader_language

_A_MINUTE = RateLimitItemPerMinute(20)  # of one person
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


class Opinions:
    """Takes what people think of answers, so much of one person in a minute.

    Args:
        services: that keep the records that feedback is added to.
    """

    def __init__(self, services: ChatServices) -> None:
        self._services, self._limiter = services, MovingWindowRateLimiter(MemoryStorage())

    def give(self, record: str, value: str, comment: str, request: gr.Request) -> tuple[str, bool]:
        """Add feedback to a record; gives what the page says then, and whether it was taken.

        Args:
            record: its id.
            value: helpful or wrong.
            comment: in the person's own words.
            request: of the person.
        """
        language = reader_language(request.headers.get("accept-language", ""))
        try:
            name = self._services.people.person(request.state.person).name
            if not self._limiter.hit(_A_MINUTE, name):
                raise QuestionRejected("feedback.too_often", most=_A_MINUTE.amount)
            self._services.records.give_feedback(record, name, value, comment)
        except FundstelleError as error:
            return sentence(error, language), False
        return message("page.thanks", language), True


def add_feedback(services: ChatServices, text: gr.I18n, chat: gr.Chatbot, past: gr.State) -> None:
    """Put the field for a remark where it is called, and listen to the thumbs of the chat.

    Args:
        services: that keep the records that feedback is added to.
        text: translations, also given to the mount.
        chat: shows the answers.
        past: the exchanges of the conversation.
    """
    opinions = Opinions(services)
    rated = gr.State("")
    thanks = gr.Markdown("", elem_id="thanks")
    remark = gr.Textbox(label=text("page.remark"), visible=False, max_length=LONGEST_COMMENT, elem_id="remark")

    def rate(given: gr.LikeData, exchanges: list[Exchange], request: gr.Request) -> list[Any]:
        record = rated_record(exchanges, given.index)
        if not record:
            return [gr.skip()] * 3
        value = "helpful" if given.liked else "wrong"
        said, taken = opinions.give(record, value, "", request)
        return [record, said, gr.update(visible=value == "wrong", value="") if taken else gr.skip()]

    def explain(record: str, words: str, request: gr.Request) -> list[Any]:
        said, taken = opinions.give(record, "wrong", words, request)
        return [said, gr.update(visible=False, value="") if taken else gr.skip()]  # what was not taken stays

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
