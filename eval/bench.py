"""`make bench`: speed as ratios against a baseline in the same run, so that machines can be compared."""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from chatbot.answering.excerpts import choose_excerpts
from chatbot.answering.pipeline import find_evidence
from chatbot.bootstrap import Services, bootstrap
from config import environment
from config.settings import Settings, load_settings
from eval.corpus import apart_in
from eval.questions import load_questions
from eval.recording import recording_seconds, walk_seconds
from eval.scale import PASSAGES, search_seconds
from ingest.documents import Extraction, Passage, document_id
from ingest.index.filters import EVERYTHING
from ingest.index.passages import indexed_sentences, search_text
from ingest.sync.pipeline import ingest, plan

EXAMPLES = Path(__file__).parents[1] / "examples"
Row = tuple[str, str, str]
_COPIES = 20  # of each text document of the examples, each with words of its own
_UNCHANGED = 10_000
_WALKED = 20_000


def main() -> None:
    """Print the ratios; with arguments, run one measurement of memory in a process of its own."""
    environment.prepare()
    settings = load_settings()
    if sys.argv[1:]:
        _measured_apart(settings, sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
        return
    with tempfile.TemporaryDirectory() as folder:
        apart = settings.model_copy(update=apart_in(settings, Path(folder) / "data"))
        corpus = Path(folder) / "corpus"
        _write_corpus(corpus)
        rows = [*_ingestion(apart, corpus, Path(folder)), *_recheck(apart, Path(folder))]
        with bootstrap(apart) as services:
            list(ingest([EXAMPLES], "examples", services.ingestion()))
            rows += _questions(services)
            rows += _scale(services, Path(folder))
            rows += _recording(services, Path(folder))
    table = Table("measure", "ratio", "absolute")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def _write_corpus(folder: Path) -> None:
    """A text corpus: the examples' text files several times, each with a number in every paragraph."""
    folder.mkdir(parents=True)
    texts = [file for file in sorted(EXAMPLES.rglob("*")) if file.suffix in (".md", ".txt")]
    for copy in range(_COPIES):
        for file in texts:
            marked = file.read_text(encoding="utf-8").replace("\n\n", f" Blatt {copy}.\n\n")
            (folder / f"{copy}_{file.name}").write_text(marked, encoding="utf-8")


def _ingestion(settings: Settings, corpus: Path, folder: Path) -> list[Row]:
    """Ours and LlamaIndex's own pipeline, each against embedding its passages alone, in processes of their own."""
    ours = _apart("ours", corpus, folder / "ours")
    theirs = _apart("llama-index", corpus, folder / "theirs")
    pages = _apart("pages", EXAMPLES, folder / "pages")
    return [
        ("ingestion / embedding its passages and sentences alone", f"{ours[0] / ours[1]:.2f}",
         f"{ours[2] / ours[0]:.1f} passages/s"),
        ("LlamaIndex's pipeline / embedding its passages alone", f"{theirs[0] / theirs[1]:.2f}",
         f"{theirs[2] / theirs[0]:.1f} passages/s"),
        ("ingestion / LlamaIndex's pipeline, per character", f"{(ours[0] / ours[4]) / (theirs[0] / theirs[4]):.2f}",
         f"{ours[0]:.1f} s and {theirs[0]:.1f} s"),
        ("memory / LlamaIndex's pipeline", f"{ours[3] / theirs[3]:.2f}", f"{ours[3]:.0f} MB and {theirs[3]:.0f} MB"),
        ("reading PDF pages / embedding them", f"{pages[0] / pages[1]:.2f}", f"{pages[2] / pages[0]:.1f} pages/s"),
    ]  # fmt: skip


def _apart(kind: str, corpus: Path, place: Path) -> tuple[float, ...]:
    """Seconds, seconds of embedding alone, passages (or pages), peak megabytes and characters of one measurement."""
    command = [sys.executable, "-m", "eval.bench", kind, str(corpus), str(place)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return tuple(map(float, said.splitlines()[-1].split()))


def _measured_apart(settings: Settings, kind: str, corpus: Path, place: Path) -> None:
    measure = {"ours": _ours, "llama-index": _llama_index, "pages": _pages}[kind]
    with bootstrap(settings.model_copy(update=apart_in(settings, place))) as services:
        services.embedder.embed_question("warm")
        seconds, alone, count, characters = measure(services, corpus)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(seconds, alone, count, peak, characters)


def _ours(services: Services, corpus: Path) -> tuple[float, float, int, int]:
    seconds = _seconds(lambda: list(ingest([corpus], "bench", services.ingestion())))
    passages = _passages(services)
    # Passages and sentences, each text once, as the index has them.
    texts = [text for passage in passages for text in (search_text(passage), *indexed_sentences(passage))]
    alone = _seconds(lambda: services.embedder.embed_passages(list(dict.fromkeys(texts))))
    return seconds, alone, len(passages), sum(len(passage.text) for passage in passages)


def _llama_index(services: Services, corpus: Path) -> tuple[float, float, int, int]:
    from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.vector_stores.qdrant import QdrantVectorStore
    from qdrant_client import QdrantClient

    from ingest.embedding.embedded import EmbeddedE5

    model = EmbeddedE5.from_folder(services.settings.model_folder)
    model.get_text_embedding("warm")
    nodes = []

    def run() -> None:
        documents = SimpleDirectoryReader(str(corpus)).load_data()
        nodes.extend(SentenceSplitter(chunk_size=256, chunk_overlap=50).get_nodes_from_documents(documents))
        store = QdrantVectorStore("bench", client=QdrantClient(":memory:"))
        VectorStoreIndex(nodes, storage_context=StorageContext.from_defaults(vector_store=store), embed_model=model)

    seconds = _seconds(run)
    texts = [node.get_content(metadata_mode="embed") for node in nodes]
    alone = _seconds(lambda: services.embedder.embed_passages(texts))
    return seconds, alone, len(nodes), sum(len(node.get_content()) for node in nodes)


def _pages(services: Services, corpus: Path) -> tuple[float, float, int, int]:
    from ingest.partition import extract

    extractions: list[Extraction] = []
    files = sorted(corpus.rglob("*.pdf"))
    extract(files[0])  # loads the library
    seconds = _seconds(lambda: extractions.extend(extract(file) for file in files))
    paragraphs = [e.text[p.start : p.end] for e in extractions for p in e.parts]
    alone = _seconds(lambda: services.embedder.embed_passages(paragraphs))
    pages = sum(max(part.page or 0 for part in extraction.parts) for extraction in extractions)
    return seconds, alone, pages, sum(len(extraction.text) for extraction in extractions)


def _recheck(settings: Settings, folder: Path) -> list[Row]:
    """Planning a run over many unchanged files, against one stat of each."""
    many = folder / "many"
    for number in range(_UNCHANGED):
        file = many / str(number % 100) / f"{number}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# Blatt {number}\n")
    with bootstrap(settings) as services:
        parts = services.ingestion()
        _register_as_indexed(many, parts)
        alone = _seconds(lambda: [file.stat() for file in many.rglob("*.md")])
        whole = _seconds(lambda: plan([many], "many", parts))
        unchanged = plan([many], "many", parts).counts["unchanged"]
    return [(f"re-check of {unchanged} unchanged files / a stat of each", f"{whole / alone:.1f}", f"{whole:.2f} s")]


def _register_as_indexed(folder: Path, parts) -> None:  # type: ignore[no-untyped-def]
    from ingest.db.registry import IndexedDocument
    from ingest.partition import STATE
    from ingest.sync.discover import discover
    from ingest.sync.generations import current_generation

    known = [
        IndexedDocument(path=file.path, version="0" * 64, size=file.size, modified_ns=file.modified_ns,
              seen_ns=file.modified_ns + 10**10, passages=1, read_by=STATE)
        for file in discover([folder], ()).files
    ]  # fmt: skip
    parts.registry.put_documents(current_generation(parts).name, "many", [(entry, None) for entry in known])


def _questions(services: Services) -> list[Row]:
    person, answering = services.people.local_person(), services.answering()
    embedding, search, weighing, sent, full = [], [], [], 0, 0
    for question in load_questions(EXAMPLES / "questions.jsonl").questions:
        text = question.question
        embedding.append(_seconds(partial(services.embedder.embed_question, text)))
        start = time.perf_counter()
        nodes = answering.retriever(person, 5, EVERYTHING).retrieve(text)
        search.append(time.perf_counter() - start)
        found = [node.node.passage for node in nodes]  # type: ignore[attr-defined]
        start = time.perf_counter()
        known = answering.statistics(services.registry.everything())
        sources, evidence = find_evidence([(text, nodes)], len(nodes), known, answering.vectors, answering.judge)
        weighing.append(time.perf_counter() - start)
        excerpts = choose_excerpts(evidence, sources, 0)
        sent += sum(len(excerpt.text) for excerpt in excerpts)
        full += sum(len(passage.text) for passage in found)
    query, found_in = statistics.median(embedding), statistics.median(search)
    return [
        ("retrieval / embedding the question", f"{found_in / query:.2f}", f"{1000 * found_in:.0f} ms"),
        ("weighing sentences / embedding the question", f"{statistics.median(weighing) / query:.1f}",
         f"{1000 * statistics.median(weighing):.0f} ms"),
        ("source text sent / five whole passages", f"{sent / full:.2f}", f"{sent // len(search)} characters"),
    ]  # fmt: skip


def _scale(services: Services, folder: Path) -> list[Row]:
    alone = statistics.median(_seconds(partial(services.embedder.embed_question, f"Frage {n}?")) for n in range(20))
    median, slowest = search_seconds(services.embedder, folder / "scale")
    return [(f"retrieval of {PASSAGES} passages / embedding the question", f"{median / alone:.1f}",
             f"{1000 * median:.0f} ms, p90 {1000 * slowest:.0f} ms")]  # fmt: skip


def _recording(services: Services, folder: Path) -> list[Row]:
    """What the record costs an answer without a model, and how fast the chain is walked."""
    parts, whole = recording_seconds(services)
    walked = walk_seconds(services, folder, _WALKED)
    return [
        ("recording / whole answer without a model", f"{parts / whole:.2f}", f"{parts * 1000:.2f} ms"),
        ("walk of the chain", "", f"{_WALKED / walked:.0f} records/s"),
    ]


def _passages(services: Services) -> list[Passage]:
    generation = services.generation().name
    store, everything = services.open_store(generation), services.registry.everything()
    paths = services.registry.documents(generation, "bench")
    return [passage for path in paths for passage in store.passages_of(document_id("bench", path), everything)]


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
