"""A company's own questions choose when a passage counts as the answer."""

import json
from pathlib import Path

import pytest
from rich.console import Console

from chatbot.answering.calibration import FILE, Calibration, model_date, read_calibration
from chatbot.answering.evidence_model import Limits
from chatbot.answering.pipeline import answer
from chatbot.bootstrap import bootstrap
from chatbot.domain import Finished
from config.errors import SettingsError
from config.settings import Settings
from eval.calibrate import Tried, calibrate, cost
from ingest.sync.pipeline import ingest

pytestmark = pytest.mark.integration

ASKED = "Wie viele Tage Urlaub gibt es im ersten Jahr?"
TEXT = (
    "# Urlaub\n\nIm ersten Jahr haben alle 28 Tage Urlaub. Resturlaub verfällt am 31. März 2026.\n\n"
    "# Reisen\n\nDas Kilometergeld beträgt 0,38 EUR je Kilometer. Abgerechnet wird binnen 20 Tagen.\n"
)
FOREIGN = ("Wer gewann 2014 die Weltmeisterschaft?", "Wie hoch ist der Mount Everest?", "Wann starb Goethe?")


@pytest.fixture
def company(settings: Settings, tmp_path: Path) -> Settings:
    """The product in quote mode over one document."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "regeln.md").write_text(TEXT, encoding="utf-8")
    quoting = settings.model_copy(update={"answer": settings.answer.model_copy(update={"engine": "quote"})})
    with bootstrap(quoting) as services:
        list(ingest([folder], "papers", services.ingestion()))
    return quoting


def questions(path: Path, wrongly_known: int = 0) -> Path:
    """Questions with an answer, some of which are said to have none, and foreign ones."""
    known = [{"question": ASKED, "document": "regeln.md", "answer": ["28 Tage"]}] * (20 - wrongly_known)
    known += [{"question": ASKED, "unanswerable": True}] * wrongly_known
    foreign = [{"question": question, "unanswerable": True} for question in FOREIGN]
    path.write_text("\n".join(json.dumps(one) for one in (*known, *foreign)), encoding="utf-8")
    return path


def answerable(settings: Settings) -> bool:
    """Whether the product answers the question."""
    with bootstrap(settings) as services:
        *_, last = answer(ASKED, [], services.people.local_person(), services.answering())
    assert isinstance(last, Finished)
    return last.answer.answerable


def test_the_limit_is_kept_with_the_index_and_counts(company: Settings, tmp_path: Path) -> None:
    assert answerable(company)
    found = calibrate(company, questions(tmp_path / "q.jsonl"), 0.05, Console(quiet=True), "de")
    assert found and found.wrong == 0.05 and found.questions == 23 and answerable(company)
    # Where nearly every answer of this chance is wrong, there is none any more.
    strict = calibrate(company, questions(tmp_path / "q.jsonl", wrongly_known=15), 0.05, Console(quiet=True), "de")
    assert strict and strict.answer > found.answer and not answerable(company)
    (company.data_dir / FILE).unlink()
    assert answerable(company)


def test_what_each_share_costs_is_shown_and_nothing_kept_without_one(
    company: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert calibrate(company, questions(tmp_path / "q.jsonl"), None, Console(width=160), "en") is None
    said = capsys.readouterr().out
    assert "refused though there is an answer" in said and "5%" in said and "1%" not in said, "23 cannot promise 1 %"
    assert not (company.data_dir / FILE).exists()


def test_too_few_questions_promise_nothing(company: Settings, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="at least 99"):
        calibrate(company, questions(tmp_path / "q.jsonl"), 0.01, Console(quiet=True), "en")


def test_a_calibration_counts_for_its_index_and_its_weights_only(tmp_path: Path) -> None:
    made = {"answer": 0.4, "wrong": 0.05, "questions": 30, "generation": "g1", "made": "2026-01-01T00:00:00Z"}
    (tmp_path / FILE).write_text(json.dumps({**made, "model": model_date()}))
    assert read_calibration(tmp_path, "g1") and read_calibration(tmp_path, "g2") is None
    (tmp_path / FILE).write_text(json.dumps({**made, "model": "1999-01-01"}))
    assert read_calibration(tmp_path, "g1") is None
    (tmp_path / FILE).write_text("{")
    assert read_calibration(tmp_path, "g1") is None


def test_limits_keep_their_order() -> None:
    given = Limits(ask=0.2, answer=0.3, against_model=0.5, second=0.4)
    one = {"wrong": 0.05, "questions": 30, "generation": "g", "model": "", "made": "2026-01-01T00:00:00Z"}
    low, high = (Calibration.model_validate({**one, "answer": answer}).limits(given) for answer in (0.1, 0.7))
    assert (low.ask, low.answer, low.against_model) == (0.2, 0.2, 0.5)
    assert (high.ask, high.answer, high.against_model) == (0.2, 0.7, 0.7)


def test_the_cost_of_a_limit_is_a_share_of_all_questions() -> None:
    tried = [Tried(True, 0.9, True), Tried(True, 0.8, False), Tried(True, 0.2, True), Tried(False, 0.1, False)]
    assert cost(tried, 0.5) == (0.5, 0.25, 0.25, 0.25)
