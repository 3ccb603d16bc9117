"""The harness end to end, in quote mode over a small corpus of its own: real index, real embedder."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

from chatbot.bootstrap import Services, bootstrap
from chatbot.rendering.labels import engine_label
from config.catalogue import embedded_models
from config.errors import SettingsError
from config.sections import AnswerSettings
from config.settings import Settings
from eval.command import evaluate, write_page
from eval.draft import proposals
from eval.engines import compare_engines
from eval.report import Measure, Report, read_report
from ingest.sync.pipeline import ingest

pytestmark = pytest.mark.integration

TEXTS = {
    "urlaub.md": "# Urlaub\n\nIm ersten Jahr haben alle 28 Tage Urlaub. Resturlaub verfällt am 31. März 2026.\n",
    "reisen.md": "# Reisen\n\nDas Kilometergeld beträgt 0,38 EUR je Kilometer. Abgerechnet wird binnen 20 Tagen.\n",
    "kantine.md": "# Kantine\n\nDie Kantine öffnet um 11 Uhr. Das Tagesgericht kostet 4,90 EUR, und Kaffee 1,20 EUR.\n",
}
QUESTIONS: list[dict[str, Any]] = [
    {"question": "Wie viele Tage Urlaub gibt es im ersten Jahr?", "document": "urlaub.md", "answer": ["28 Tage"],
     "kind": "plain", "topic": ["urlaub.md"], "forbidden": ["99 Tage"]},
    {"question": "Wie hoch ist das Kilometergeld?", "document": "reisen.md", "answer": ["0,38 EUR"], "kind": "plain",
     "topic": ["reisen.md"]},
    {"question": "Wer gewann 2014 die Weltmeisterschaft?", "unanswerable": True},
]  # fmt: skip


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    folder = tmp_path / "satz" / "documents"
    folder.mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    file = tmp_path / "satz" / "fragen.jsonl"
    file.write_text("\n".join(json.dumps(question) for question in QUESTIONS), encoding="utf-8")
    return file


@pytest.fixture
def quoting(settings: Settings) -> Settings:
    return settings.model_copy(update={"answer": AnswerSettings(engine="quote")})


def measures(report: Report) -> dict[str, Measure]:
    (part,) = report.parts
    return {measure.name: measure for measure in part.measures}


def test_answers_are_measured_and_reported(questions: Path, quoting: Settings, tmp_path: Path) -> None:
    console = Console(quiet=True)
    report = evaluate("answers", quoting, questions, console, "de", missing=True, save=tmp_path / "a.json")
    found = measures(report)
    assert found["answer has the gold answer"].value == 1.0 and found["answer has the gold answer"].count == 2
    assert found["plain: right"].value == 1.0 and found["forbidden said"].value == 0.0
    assert found["citation recall (ALCE, the product's own verification)"].value == 1.0
    assert found["cites the expected document"].value > 0
    assert found["refusal recall"].value == 1.0
    assert {"refusal, topic missing, F1", "refusal, paragraph missing, F1", "time to sources, p90"} <= set(found)
    assert read_report(tmp_path / "a.json") == report
    assert report.settings["engine"] == "quote"
    write_page([tmp_path / "a.json"], tmp_path / "a.html", "de")
    assert "satz/fragen.jsonl" in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_every_engine_that_is_there_gets_the_same_questions(
    questions: Path, quoting: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = quoting.ollama.model_copy(update={"url": "http://127.0.0.1:9", "model": "gross:70b"})
    settings = quoting.model_copy(update={"ollama": nowhere})
    report = compare_engines(settings, questions, Console(width=200), "en", limit=1, save=tmp_path / "engines.json")
    said = capsys.readouterr().out
    assert [part.set for part in report.parts] == [
        engine_label("quote", "", "en"),
        engine_label("embedded", embedded_models()["answers"].label, "en"),
    ]
    quotes, embedded = ({measure.name: measure for measure in part.measures} for part in report.parts)
    assert quotes["right"].count == embedded["right"].count == 1 and quotes["right"].value == 1.0
    assert quotes["time to end"].value < embedded["time to end"].value
    assert "gross:70b" in said and "127.0.0.1:9" in said, "what cannot answer is named with the reason"
    assert "wrong but cited" in said
    assert read_report(tmp_path / "engines.json") == report


def test_retrieval_is_measured(questions: Path, quoting: Settings) -> None:
    found = measures(evaluate("retrieval", quoting, questions, Console(quiet=True), "en"))
    assert found["recall@1"].value == found["MRR@10"].value == found["nDCG@10"].value == 1.0
    assert found["recall@1"].count == 2, "unanswerable questions have no rank"


def test_verification_is_measured_by_kind(quoting: Settings, tmp_path: Path) -> None:
    paragraphs = [
        {"context": text.split("\n\n")[1], "qas": [{"question": q["question"], "answers": [{"text": q["answer"][0]}]}]}
        for text, q in zip(TEXTS.values(), QUESTIONS[:2], strict=False)
    ]
    file = tmp_path / "klein.de.json"
    file.write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}), encoding="utf-8")
    found = measures(evaluate("verification", quoting, file, Console(quiet=True), "de"))
    assert found["accuracy, supported"].value == 1.0 and found["accuracy, number"].value == 1.0
    assert found["AUROC, number"].value == 1.0


@pytest.mark.parametrize("kind", ["retrieval", "verification", "answers"])
def test_a_set_that_cannot_be_measured_so_is_refused(kind: str, quoting: Settings, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"question": "Wer?", "unanswerable": true}' if kind != "answers" else "")
    with pytest.raises(SettingsError, match=r"a\.jsonl has no question"):
        evaluate(kind, quoting, file, Console(quiet=True), "de")


def test_a_set_without_a_sentence_to_judge_is_refused(quoting: Settings, tmp_path: Path) -> None:
    asked = [{"question": "Wann?", "answers": [{"text": "1987"}]}, {"question": "Wer?", "is_impossible": True}]
    for name, entry in zip(("kurz.json", "unbeantwortbar.json"), asked, strict=True):
        paragraphs = [{"context": "Gegründet 1987.", "qas": [entry]}]
        (tmp_path / name).write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}), encoding="utf-8")
        with pytest.raises(SettingsError, match=rf"{name} has no question"):
            evaluate("verification", quoting, tmp_path / name, Console(quiet=True), "de")


class Writer:
    """A model that proposes one good question, one with an invented answer, and one cut-off text."""

    def __init__(self) -> None:
        self.said = [
            '{"question": "Wann öffnet die Kantine?", "answer": "11 Uhr"}',
            '{"question": "Wann schließt die Kantine?", "answer": "23 Uhr"}',
            '{"question": "Wann',
        ]

    def stream_chat(self, messages: object, **kwargs: object) -> Any:
        yield SimpleNamespace(delta=self.said.pop(0) if self.said else "", additional_kwargs={})


def test_only_questions_whose_answer_stands_in_the_passage_are_proposed(quoting: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "kantine"
    folder.mkdir()
    (folder / "kantine.md").write_text(TEXTS["kantine.md"] + "Sie liegt in Halle 2. " * 12, encoding="utf-8")
    with bootstrap(quoting) as services:
        list(ingest([folder], "k", services.ingestion()))
        writer = Writer()
        engine = SimpleNamespace(prepare=lambda: None, open_model=lambda: writer)
        asked = SimpleNamespace(
            engines=(engine,), generation=services.generation, open_store=services.open_store,
            registry=services.registry, answering=services.answering, people=services.people,
        )  # fmt: skip
        proposed = list(proposals("k", 3, asked))  # type: ignore[arg-type]
        assert [p.question for p in proposed] == ["Wann öffnet die Kantine?"]
        assert proposed[0].document == "kantine.md" and proposed[0].answer == ("11 Uhr",)
        assert isinstance(services, Services)
