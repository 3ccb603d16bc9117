"""How fast a model reads on this machine, measured once: what it is shown is what it can read in time."""

import time
from contextlib import closing
from typing import TYPE_CHECKING
from uuid import uuid4

from chatbot.domain import Excerpt
from chatbot.llm import prompting
from chatbot.llm.engine import Task
from ingest.text.words import CHARACTERS_A_TOKEN

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

_TOKENS = 300  # that are read while it is measured
_WINDOW = 0.5  # share of a model's window that sources may fill; the rest is for instructions and the answer
_SENTENCE = "Der Prüfstand {number} wird nach {number} Betriebsstunden gereinigt. "


class ReadingSpeed:
    """The speed of one model, unknown until it is measured."""

    def __init__(self) -> None:
        self._tokens_a_second = 0.0

    def measure(self, llm: "LLM") -> None:
        """Have the model read a text that it cannot have read before, and take the time until its first words.

        Args:
            llm: loaded, and with the fixed beginning of every prompt read.
        """
        text, number = f"{uuid4()} ", 0
        while len(text) < _TOKENS * CHARACTERS_A_TOKEN:
            number += 1
            text += _SENTENCE.format(number=number)
        started = time.perf_counter()
        with closing(prompting.draft(llm, Task("?", "de", [Excerpt(1, "", text)], (), 1, []))) as pieces:
            next(pieces, None)
        self._tokens_a_second = _TOKENS / max(time.perf_counter() - started, 1e-3)

    def tokens(self, seconds: float, window: int) -> int:
        """Rough tokens that the model reads in a time; 0 where its speed is not known.

        Args:
            seconds: that may pass.
            window: of the model, in tokens.
        """
        return int(min(self._tokens_a_second * seconds, window * _WINDOW))
