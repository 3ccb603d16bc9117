"""Measures retrieval and answers through the product's own front door."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from chatbot.answer import answer
from chatbot.types import Answer, Finished
from chatbot.wiring import Product, product
from config.errors import SettingsError
from config.messages import Language, message
from config.settings import DatabaseSettings, QdrantSettings, Settings
from eval import metrics
from eval.questions import Question, QuestionSet, load_questions
from ingest.filters import EVERYTHING
from ingest.pipeline import ingest
from ingest.runs import Outcome

Report = dict[str, float | int | str]
_DEPTH = 10


def evaluate_retrieval(
    settings: Settings, questions: Path, limit: int | None, report: Path | None, console: Console, language: Language
) -> Report:
    """Rank of the expected document for each answerable question, as recall@1, @5, @10 and MRR@10."""
    chosen = load_questions(questions).evenly(limit)
    with _prepared(settings, chosen, console) as built:
        asked = [q for q in chosen.questions if not q.unanswerable]
        ranks = [_rank(q, built) for q in track(asked, console=console, description=chosen.name)]
    measured: Report = {
        "set": chosen.name,
        "questions": len(ranks),
        "recall@1": metrics.recall_at(ranks, 1),
        "recall@5": metrics.recall_at(ranks, 5),
        "recall@10": metrics.recall_at(ranks, _DEPTH),
        "MRR@10": metrics.mean_reciprocal_rank(ranks, _DEPTH),
    }
    return _show(measured, report, console, language)


def evaluate_answers(
    settings: Settings, questions: Path, limit: int | None, report: Path | None, console: Console, language: Language
) -> Report:
    """Ask every question and compare the answers with what was expected."""
    chosen = load_questions(questions).evenly(limit)
    if not chosen.questions:
        raise SettingsError("eval.bad_file", path=questions, reason="-")
    with _prepared(settings, chosen, console) as built:
        asked = track(chosen.questions, console=console, description=chosen.name)
        answers = [(question, _answer(question, built)) for question in asked]
    return _show(_measure(chosen.name, answers), report, console, language)


def _measure(name: str, answers: list[tuple[Question, Answer]]) -> Report:
    answerable = [(q, a) for q, a in answers if not q.unanswerable]
    statements = [s for _, a in answers for s in a.statements]
    cited = [(q, c) for q, a in answerable for s in a.statements for c in s.citations]
    precision, recall = metrics.precision_recall(
        [not a.answerable for _, a in answers], [q.unanswerable for q, _ in answers]
    )
    measured: Report = {
        "set": name,
        "questions": len(answers),
        "engine": answers[0][1].engine,
        "model": answers[0][1].model,
        "answer hit": metrics.share([_hit(q, a) for q, a in answerable]),
        "answered": metrics.share([a.answerable for _, a in answerable]),
        "statement support": metrics.share([s.verdict == "supported" for s in statements]),
        "right document cited": metrics.share([_is_expected(c.document, q) for q, c in cited]),
        "refusal precision": precision,
        "refusal recall": recall,
    }
    for mark, label in (("retrieved", "sources"), ("first_statement", "first statement"), ("finished", "end")):
        seconds = [a.timings[mark] for _, a in answers if mark in a.timings]
        measured[f"{label} p50 s"] = metrics.percentile(seconds, 0.5)
        measured[f"{label} p90 s"] = metrics.percentile(seconds, 0.9)
    return measured


@contextmanager
def _prepared(settings: Settings, chosen: QuestionSet, console: Console) -> Iterator[Product]:
    """The product over its own index, or over the set's corpus in an index apart."""
    if not chosen.corpus:
        with product(settings) as built:
            yield built
        return
    digest = hashlib.sha256(json.dumps(chosen.corpus).encode()).hexdigest()[:12]
    place = settings.data_dir / "eval" / digest
    folder = place / "corpus"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in chosen.corpus.items():
        if not (folder / name).exists():
            (folder / name).write_text(text, encoding="utf-8")
    apart = settings.model_copy(update=apart_in(settings, place))
    with product(apart) as built:
        events = ingest([folder], "corpus", built.ingestion(), allow_deletions=True)
        outcomes = (event for event in events if isinstance(event, Outcome))
        for _ in track(outcomes, console=console, description="corpus", total=len(chosen.corpus)):
            pass
        yield built


def apart_in(settings: Settings, place: Path) -> dict[str, object]:
    """Changes to the settings that keep an evaluation out of the company's own index and database."""
    return {
        "data_dir": place,
        "models_dir": settings.model_folder,
        "qdrant": QdrantSettings(),
        "database": DatabaseSettings(),
    }


def _rank(question: Question, built: Product) -> int | None:
    nodes = built.answering.retriever(built.local_person(), _DEPTH, EVERYTHING).retrieve(question.question)
    documents = [node.node.passage.document for node in nodes]  # type: ignore[attr-defined]
    return next((rank for rank, found in enumerate(documents, 1) if _is_expected(found, question)), None)


def _is_expected(document: str, question: Question) -> bool:
    return question.document is not None and (
        document == question.document or document.endswith("/" + question.document)
    )


def _answer(question: Question, built: Product) -> Answer:
    *_, last = answer(question.question, [], built.local_person(), built.answering)
    assert isinstance(last, Finished)
    return last.answer


def _hit(question: Question, given: Answer) -> bool:
    return metrics.contains_answer(" ".join(s.text for s in given.statements), question.answer)


def _show(measured: Report, report: Path | None, console: Console, language: Language) -> Report:
    table = Table(message("eval.measure", language), message("eval.value", language))
    for name, value in measured.items():
        table.add_row(name, f"{value:.3f}" if isinstance(value, float) else str(value))
    console.print(table)
    if report:
        report.write_text(json.dumps(measured, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return measured
