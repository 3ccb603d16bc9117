"""Questions about a collection, proposed by the model for a person to accept."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from chatbot.bootstrap import Services, bootstrap
from chatbot.llm.prompting import messages, stream
from config.errors import EngineFailed, FundstelleError, SettingsError
from config.messages import Language, message, message_language
from config.prompts import load_prompt
from config.settings import Settings
from eval.metrics import contains_answer
from eval.questions import Question
from eval.retrieval import ranked_documents
from ingest.documents import Passage, document_id

_LEAST = 200  # characters of a passage that is asked about
_TRIES = 3  # passages for each question wanted


def draft(
    settings: Settings, collection: str, questions: Path, count: int, console: Console, language: Language
) -> None:
    """Propose questions one by one and append those that the person accepts.

    Args:
        settings: of the product.
        collection: to ask about.
        questions: JSONL file to append to.
        count: questions to propose.
        console: to show on.
        language: of the reader.

    Raises:
        SettingsError: no such collection.
        EngineFailed: there is no language model to propose questions.
    """
    with bootstrap(settings) as services:
        if collection not in services.registry.collections():
            raise SettingsError("collection.unknown", collection=collection)
        accepted = 0
        for number, proposal in enumerate(proposals(collection, count, services), 1):
            console.print(f"\n[{number}/{count}] {proposal.document}", style="cyan", markup=False)
            console.print(f"{proposal.question}\n→ {proposal.answer[0]}", markup=False)
            if typer.confirm(message("eval.accept", language)):
                with questions.open("a", encoding="utf-8") as file:
                    file.write(proposal.model_dump_json(exclude_defaults=True) + "\n")
                accepted += 1
        console.print(message("eval.accepted", language, count=accepted, path=questions), markup=False)


def proposals(collection: str, count: int, services: Services) -> Iterator[Question]:
    """Questions whose answer stands in their passage word for word.

    Args:
        collection: to ask about.
        count: questions wanted; fewer come where the model's do not hold up.
        services: the product.
    """
    model = _model(services)
    found = 0
    for passage in _passages(collection, count, services):
        language = message_language(passage.language)
        asked = messages(load_prompt("draft", language).text, passage.text)
        try:
            written = json.loads("".join(stream(model, asked, _schema())))
        except ValueError:  # cut off at its limit: the next passage may do better
            continue
        proposal = Question(
            question=written["question"].strip() or "?",
            lang=language,
            document=passage.document,
            answer=(written["answer"].strip(),),
        )
        # A question that retrieval cannot place is mostly one that says too little ("What must be done?").
        if contains_answer(passage.text, proposal.answer) and passage.document in ranked_documents(proposal, services):
            found += 1
            yield proposal
        if found == count:
            return


def _model(services: Services) -> Any:
    for engine in services.engines:
        try:
            engine.prepare()
        except FundstelleError:
            continue
        if open_model := getattr(engine, "open_model", None):
            return open_model()
    raise EngineFailed("eval.no_model")


def _passages(collection: str, count: int, services: Services) -> list[Passage]:
    """Passages spread over the documents, in the same order for the same index."""
    generation = services.generation().name
    store, everything = services.open_store(generation), services.registry.everything()
    chance = random.Random(0)  # noqa: S311  nothing secret
    passages = [
        chance.choice(long)
        for path in sorted(services.registry.documents(generation, collection))
        for _ in range(_TRIES)
        if (long := [p for p in store.passages_of(document_id(collection, path), everything) if len(p.text) > _LEAST])
    ]
    chance.shuffle(passages)
    return list({passage.id: passage for passage in passages}.values())[: _TRIES * count]


def _schema() -> dict[str, Any]:
    text = {"type": "string", "minLength": 1, "maxLength": 200}
    return {
        "type": "object",
        "properties": {"question": text, "answer": text},
        "required": ["question", "answer"],
        "additionalProperties": False,
    }
