"""llama.cpp as a LlamaIndex LLM that takes a JSON schema as `format`, as LlamaIndex's Ollama class does."""

import queue
import re
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import xllamacpp
from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
)
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.llms.callbacks import llm_chat_callback, llm_completion_callback
from llama_index.core.llms.custom import CustomLLM

from chatbot.llm.output_schema import MOST_TOKENS
from config.errors import EngineFailed
from ingest.embedding.llama_server import LlamaServer

# White space between JSON tokens costs a small model a third of its answer's tokens: allow one space at most.
_SPACE_RULE = re.compile(r"^space ::= .*$", re.MULTILINE)


class LlamaCpp(CustomLLM):
    """A GGUF model in this process.

    Attributes:
        model_name: shown in records.
        context: window in tokens.
    """

    model_name: str
    context: int
    _server: LlamaServer = PrivateAttr()

    @classmethod
    def load(cls, model: Path, context: int, threads: int) -> "LlamaCpp":
        """Load a model file.

        Args:
            model: GGUF file, its digest checked.
            context: tokens.
            threads: processor threads.

        Raises:
            EngineFailed: llama.cpp refuses the file, or memory is short.
        """
        llm = cls(model_name=model.name, context=context)
        llm._server = LlamaServer(model, threads, n_ctx=context, n_parallel=1)
        return llm

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(
            context_window=self.context, num_output=MOST_TOKENS, model_name=self.model_name, is_chat_model=True
        )

    @llm_chat_callback()
    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        def responses() -> ChatResponseGen:
            text = ""
            usage: dict[str, int] = {}
            for piece in self._pieces(messages, kwargs.get("format"), usage):
                text += piece
                yield ChatResponse(message=ChatMessage(role="assistant", content=text), delta=piece)
            yield ChatResponse(message=ChatMessage(role="assistant", content=text), delta="", additional_kwargs=usage)

        return responses()

    @llm_chat_callback()
    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        text = "".join(self._pieces(messages, kwargs.get("format")))
        return ChatResponse(message=ChatMessage(role="assistant", content=text))

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        return CompletionResponse(text=self.chat([ChatMessage(role="user", content=prompt)], **kwargs).message.content)

    @llm_completion_callback()
    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:
        for response in self.stream_chat([ChatMessage(role="user", content=prompt)], **kwargs):
            yield CompletionResponse(text=response.message.content or "", delta=response.delta)

    def _pieces(
        self, messages: Sequence[ChatMessage], schema: dict[str, Any] | None, usage: dict[str, int] | None = None
    ) -> Iterator[str]:
        request: dict[str, Any] = {
            "messages": [{"role": m.role.value, "content": m.content} for m in messages],
            "stream": True,
            "temperature": 0,
            "max_tokens": MOST_TOKENS,
            "cache_prompt": True,
            "stream_options": {"include_usage": True},
        }
        if schema is not None:
            grammar = xllamacpp.json_schema_to_grammar(schema)
            request["grammar"] = _SPACE_RULE.sub('space ::= | " "', grammar)
        arrived: queue.SimpleQueue[str | Exception | None] = queue.SimpleQueue()
        stopped = threading.Event()

        def take(chunk: dict[str, Any]) -> bool:
            if "error" in chunk or "choices" not in chunk:
                arrived.put(EngineFailed("embedded.failed", reason=str(chunk.get("error", chunk))[:300]))
                return True
            if usage is not None and chunk.get("usage"):
                usage.update({name: chunk["usage"][name] for name in ("prompt_tokens", "completion_tokens")})
            for choice in chunk["choices"]:
                if content := choice.get("delta", {}).get("content"):
                    arrived.put(content)
            return stopped.is_set()  # true ends the generation

        def run() -> None:
            try:
                self._server.calls.handle_chat_completions(request, take)
            except Exception as error:  # hand it over to the thread that waits
                arrived.put(EngineFailed("embedded.failed", reason=str(error)[:300]))
            arrived.put(None)

        threading.Thread(target=run, daemon=True, name="llama.cpp").start()
        try:
            while (item := arrived.get()) is not None:
                if isinstance(item, Exception):
                    raise item
                yield item
        finally:
            stopped.set()
