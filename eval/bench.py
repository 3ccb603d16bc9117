"""`make bench`: speed as ratios against a baseline in the same run, so that machines can be compared."""

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from chatbot.evidence import TermWeights, choose_excerpts, weigh_sentences
from chatbot.types import Source
from chatbot.wiring import Product, product
from config import environment
from config.settings import load_settings
from eval.command import apart_in
from eval.questions import load_questions
from ingest.documents import Passage, document_id
from ingest.passages import search_text
from ingest.pipeline import ingest

EXAMPLES = Path(__file__).parents[1] / "examples"


def main() -> None:
    """Print the ratios."""
    environment.prepare()
    settings = load_settings()
    with tempfile.TemporaryDirectory() as folder:
        apart = settings.model_copy(update=apart_in(settings, Path(folder)))
        with product(apart) as built:
            built.embedder.embed_question("warm")
            whole = _seconds(lambda: list(ingest(EXAMPLES, "bench", built.ingestion())))
            passages = _passages(built)
            alone = _seconds(lambda: built.embedder.embed_passages([search_text(p) for p in passages]))
            rows = [
                ("ingestion / embedding alone", f"{whole / alone:.2f}", f"{len(passages) / whole:.1f} passages/s"),
                *_questions(built),
            ]
    table = Table("measure", "ratio", "absolute")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def _questions(built: Product) -> list[tuple[str, str, str]]:
    person, answering = built.local_person(), built.answering
    embedding, search, weighing, sent, full = [], [], [], 0, 0
    for question in load_questions(EXAMPLES / "questions.jsonl").questions:
        text = question.question
        embedding.append(_seconds(partial(built.embedder.embed_question, text)))
        start = time.perf_counter()
        nodes = answering.retriever(person, 5).retrieve(text)
        search.append(time.perf_counter() - start)
        found = [node.node.passage for node in nodes]  # type: ignore[attr-defined]
        sources = [Source(number=n, passage=p, score=0) for n, p in enumerate(found, 1)]
        start = time.perf_counter()
        evidence = weigh_sentences(text, sources, TermWeights(found), answering.vectors)
        weighing.append(time.perf_counter() - start)
        excerpts = choose_excerpts(evidence, sources, built.settings.answer.source_tokens)
        sent += sum(len(excerpt.text) for excerpt in excerpts)
        full += sum(len(passage.text) for passage in found)
    query, found_in = statistics.median(embedding), statistics.median(search)
    return [
        ("retrieval / embedding the question", f"{found_in / query:.2f}", f"{1000 * found_in:.0f} ms"),
        ("weighing sentences / embedding the question", f"{statistics.median(weighing) / query:.1f}",
         f"{1000 * statistics.median(weighing):.0f} ms"),
        ("source text sent / five whole passages", f"{sent / full:.2f}", f"{sent // len(search)} characters"),
    ]  # fmt: skip


def _passages(built: Product) -> list[Passage]:
    generation = built.generation().name
    store, everything = built.open_store(generation), built.registry.everything()
    paths = built.registry.documents(generation, "bench")
    return [passage for path in paths for passage in store.passages_of(document_id("bench", path), everything)]


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
