"""What people think of an answer: helpful or wrong, and a word on what is wrong."""

from typing import Any

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from chatbot.web.services import ChatServices
from chatbot.web.shell.failures import sentence
from config.errors import FundstelleError, QuestionRejected
from config.messages import message, reader_language

_A_MINUTE = RateLimitItemPerMinute(20)  # of one person


class Opinions:
    """Takes what people think of answers, so much of one person in a minute.

    Args:
        services: that keep the records that feedback is added to.
    """

    def __init__(self, services: ChatServices) -> None:
        self._services, self._limiter = services, MovingWindowRateLimiter(MemoryStorage())

    def give(self, record: str, value: str, comment: str, request: Any) -> tuple[str, bool]:
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
