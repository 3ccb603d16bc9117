"""An embedding model on another scale of cosines gives the same answers: nothing is measured in cosines as such."""

import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from chatbot.bootstrap import bootstrap
from chatbot.domain import Answer
from config.settings import Settings
from eval.questions import load_questions
from eval.stated import COMPANIES
from ingest.embedding import Embedder, open_embedder
from ingest.sync.pipeline import ingest
from tests.chatbot.answering.test_pipeline import ask, last

pytestmark = pytest.mark.integration
HOSPITAL = COMPANIES / "hospital"


class Rescaled(Embedder):
    """Vectors of another embedder with a common part: every cosine c becomes share + (1 - share) · c."""

    def __init__(self, inner: Embedder, share: float) -> None:
        super().__init__(f"{inner.signature} rescaled", lambda: None)  # type: ignore[arg-type, return-value]
        self.inner, self.share = inner, share

    def embed_question(self, question: str) -> list[float]:
        return self.with_common_part(self.inner.embed_question(question))

    def embed_passages(self, texts: Sequence[str]) -> list[list[float]]:
        return [self.with_common_part(vector) for vector in self.inner.embed_passages(texts)]

    def with_common_part(self, vector: Sequence[float]) -> list[float]:
        return [math.sqrt(self.share), *(math.sqrt(1 - self.share) * number for number in vector)]


def answers(folder: Path, models_dir: Path, share: float) -> list[Answer]:
    settings = Settings(data_dir=folder, models_dir=models_dir, answer={"engine": "quote"})
    with bootstrap(settings) as services:
        if share:
            services.__dict__["embedder"] = Rescaled(open_embedder(settings), share)
        list(ingest([HOSPITAL / "documents"], "hospital", services.ingestion()))
        questions = load_questions(HOSPITAL / "questions.jsonl").questions[::3]
        return [last(ask(services, question.question)) for question in questions]


def test_the_same_answers_on_another_scale(tmp_path: Path, models_dir: Path) -> None:
    plain = answers(tmp_path / "plain", models_dir, 0.0)
    rescaled = answers(tmp_path / "rescaled", models_dir, 0.6)
    same = [
        (one.outcome, [s.text for s in one.statements]) == (other.outcome, [s.text for s in other.statements])
        for one, other in zip(plain, rescaled, strict=True)
    ]
    assert any(answer.answerable for answer in plain) and not all(answer.answerable for answer in plain)
    assert sum(same) >= 0.97 * len(same)
