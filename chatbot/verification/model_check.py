"""A model's judgement on top of the rules: does this passage support this statement?"""

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from chatbot.domain import Call
from chatbot.llm.embedded import EmbeddedEngine
from chatbot.llm.engine import Engine
from chatbot.llm.ollama import OllamaEngine
from chatbot.llm.prompting import messages, new_call, recorded
from chatbot.llm.sanitize import plain_text
from config.errors import EngineFailed
from config.messages import message_language
from config.prompts import load_prompt
from config.settings import Settings
from ingest.text.words import detect_language

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


_YES = "yes"
_SCHEMA = {
    "type": "object",
    "properties": {"supported": {"type": "boolean"}},
    "required": ["supported"],
    "additionalProperties": False,
}


class Verifier(Protocol):
    """Something that reads a statement beside its evidence."""

    def supports(self, statement: str, evidence: str, question: str, calls: list[Call]) -> bool:
        """Whether the evidence says what the statement says; the call of the model is added to `calls`.

        Raises:
            EngineFailed: it stopped in the middle.
        """


class ModelVerifier:
    """Any language model that answers yes or no under a schema.

    Args:
        open_model: returns the model, at the first use.
    """

    def __init__(self, open_model: "Callable[[], LLM]") -> None:
        self._open = open_model

    def supports(self, statement: str, evidence: str, question: str, calls: list[Call]) -> bool:
        language = message_language(detect_language(statement, detect_language(question)))
        asked = messages(load_prompt("verify", language).text, f"{evidence}\n\n→ {statement}")
        text = "".join(recorded(self._open(), asked, _SCHEMA, "verify", calls))
        try:
            return bool(json.loads(text)["supported"])
        except (ValueError, KeyError, TypeError) as error:
            raise EngineFailed("verifier.unreadable", text=text[:100]) from error


class MiniCheck:
    """A model trained for this one question, such as bespoke-minicheck (Tang et al. 2024, "MiniCheck").

    Args:
        open_model: returns the model, at the first use.
    """

    def __init__(self, open_model: "Callable[[], LLM]") -> None:
        self._open = open_model

    def supports(self, statement: str, evidence: str, question: str, calls: list[Call]) -> bool:
        text = ""
        llm, prompt = self._open(), plain_text(f"Document: {evidence}\nClaim: {statement}")
        calls.append(call := new_call(llm, "verify", (("user", prompt),)))
        answered = llm.stream_complete(prompt)
        for piece in answered:
            text += piece.delta or ""
            call.output = text
            if len(text.strip()) >= len(_YES):  # the rest does not matter; closing the stream stops the model
                answered.close()
                break
        return text.strip().lower().startswith(_YES)


class OllamaVerifier:
    """A verifier whose model is on an Ollama server: what that reports is put into words, and it must run there.

    Args:
        verifier: asks the model.
        engine: knows the server.
    """

    def __init__(self, verifier: Verifier, engine: OllamaEngine) -> None:
        self._verifier, self._engine = verifier, engine

    def supports(self, statement: str, evidence: str, question: str, calls: list[Call]) -> bool:
        self._engine.refuse_outside()
        with self._engine.reporting():
            return self._verifier.supports(statement, evidence, question, calls)


class PermittedVerifier:
    """A verifier whose model the policy has to allow at each statement.

    Args:
        verifier: asks the model.
        model: its name.
        permit: raises `ModelUnavailable` where the policy of now does not allow a model.
    """

    def __init__(self, verifier: Verifier, model: str, permit: Callable[[str], None]) -> None:
        self._verifier, self._model, self._permit = verifier, model, permit

    def supports(self, statement: str, evidence: str, question: str, calls: list[Call]) -> bool:
        self._permit(self._model)
        return self._verifier.supports(statement, evidence, question, calls)


def open_verifier(settings: Settings, engines: Sequence[Engine], permit: Callable[[str], None]) -> Verifier | None:
    """The model that checks statements on top of the rules, None where the settings name none.

    Args:
        settings: name it.
        engines: that answer; one of them may check, too.
        permit: raises `ModelUnavailable` where the policy of now does not allow a model.
    """
    chosen = settings.answer
    if chosen.verifier == "rules":
        return None
    if chosen.verifier == "engine" and chosen.engine in ("embedded", "quote"):
        embedded = next((engine for engine in engines if isinstance(engine, EmbeddedEngine)), None)
        return PermittedVerifier(ModelVerifier(embedded.open_model), embedded.model, permit) if embedded else None
    name = chosen.verifier_model if chosen.verifier == "ollama" else settings.ollama.model
    ollama = OllamaEngine(settings.ollama.model_copy(update={"model": name}))
    kind = MiniCheck if "minicheck" in name else ModelVerifier
    return PermittedVerifier(OllamaVerifier(kind(ollama.open_model), ollama), name, permit)
