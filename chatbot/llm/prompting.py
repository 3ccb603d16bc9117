"""What the engines with a language model share: the messages they send and the schema they enforce."""

import json
from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, get_args

from chatbot.domain import Call, Excerpt, Purpose, Turn
from chatbot.llm.engine import Task
from chatbot.llm.output_schema import answer_schema, rewrite_schema
from chatbot.llm.sanitize import plain_text
from config.messages import Language, message
from config.prompts import load_prompt

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage, ChatResponse

_TURNS = 3  # of the conversation that a rewrite sees
_ANSWER_CHARACTERS = 300  # of each earlier answer


def warm_up(llm: "LLM") -> None:
    """Have the model read the fixed beginning of every prompt once, so that its cache holds it."""
    for language in get_args(Language):
        task = Task("?", language, [Excerpt(1, "", "")], (), 1, [])
        next(draft(llm, task), None)


def draft(llm: "LLM", task: Task) -> Generator[str, None, None]:
    """Stream an answer in the schema's form from any LlamaIndex LLM that takes `format`."""
    schema = answer_schema([excerpt.number for excerpt in task.excerpts], task.statements)
    yield from recorded(llm, answer_messages(task), schema, "answer", task.calls)


def rewrite(llm: "LLM", question: str, history: Sequence[Turn], language: Language, calls: list[Call]) -> str:
    """Have a follow-up rewritten; the question itself where the model returns nothing usable."""
    turns = "\n".join(f"- {turn.question}\n  {turn.answer[:_ANSWER_CHARACTERS]}" for turn in history[-_TURNS:])
    asked = messages(load_prompt("rewrite", language).text, f"{turns}\n- {question}")
    text = "".join(recorded(llm, asked, rewrite_schema(), "rewrite", calls))
    try:
        return str(json.loads(text)["question"]).strip() or question
    except (ValueError, KeyError, TypeError):
        return question


def answer_messages(task: Task) -> "list[ChatMessage]":
    sources, question = message("prompt.sources", task.language), message("prompt.question", task.language)
    listed = "\n".join(f"[{e.number}] {e.heading}\n{e.text}" for e in task.excerpts)
    return messages(load_prompt("answer", task.language).text, f"{sources}:\n{listed}\n\n{question}: {task.question}")


def messages(system: str, user: str) -> "list[ChatMessage]":
    """A system prompt, always the same so that its reading is cached, and what changes behind it, as plain text."""
    from llama_index.core.llms import ChatMessage

    return [ChatMessage(role="system", content=system), ChatMessage(role="user", content=plain_text(user))]


def recorded(
    llm: "LLM", asked: "list[ChatMessage]", schema: dict[str, Any], purpose: Purpose, calls: list[Call]
) -> Iterator[str]:
    """The stream of a call that goes into the record, however it ends."""
    calls.append(call := new_call(llm, purpose, tuple((m.role.value, m.content or "") for m in asked)))
    yield from stream(llm, asked, schema, call)


def new_call(llm: "LLM", purpose: Purpose, messages: tuple[tuple[str, str], ...]) -> Call:
    """A call with the settings by which the model chooses its words."""
    limits = llm.metadata
    temperature = float(getattr(llm, "temperature", 0) or 0)
    longest = getattr(llm, "additional_kwargs", {}).get("num_predict", limits.num_output)
    sampling = {"temperature": temperature, "context": limits.context_window, "longest_output": longest}
    return Call(purpose=purpose, messages=messages, sampling=sampling, model=limits.model_name)


def stream(llm: "LLM", asked: "list[ChatMessage]", schema: dict[str, Any], call: Call | None = None) -> Iterator[str]:
    """Pieces of an answer under a schema; what came, and the model's count of tokens, go to `call`."""
    for response in llm.stream_chat(asked, format=schema):
        if call and (usage := _usage(response)):
            call.prompt_tokens = int(usage["prompt_tokens"])
            call.answer_tokens = int(usage.get("completion_tokens") or 0)
        if response.delta:
            if call:
                call.output += response.delta
            yield response.delta


def _usage(response: "ChatResponse") -> Mapping[str, Any]:
    """The model's count of tokens; LlamaIndex's Ollama class leaves it in what the server said."""
    raw = response.raw if isinstance(response.raw, Mapping) else {}
    usage = response.additional_kwargs if "prompt_tokens" in response.additional_kwargs else raw.get("usage") or {}
    return usage if usage.get("prompt_tokens") else {}
