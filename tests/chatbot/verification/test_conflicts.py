"""Two documents that state another value for the same thing are both shown; two things are no conflict."""

from pathlib import Path

import pytest

from chatbot.judge.cross_encoder import Judge
from chatbot.verification.conflicts import find_conflicts
from chatbot.verification.verify import verify
from config.settings import Settings
from ingest.embedding import open_embedder
from ingest.embedding.sentence_vectors import SentenceVectors
from tests.chatbot.passages import passage, sources_of, statistics_of

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def vectors(models_dir: Path) -> SentenceVectors:
    return SentenceVectors(open_embedder(Settings(models_dir=models_dir)))


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ("Der Resturlaub verfällt am 31.03.2026.", "Der Resturlaub verfällt am 30.06.2026.", True),
        ("The contract ends on March 31, 2026.", "The contract ends on 30 June 2026.", True),
        ("Die Kernzeit beginnt um 9:00 Uhr.", "Die Kernzeit beginnt um 10 Uhr.", True),
        ("Die Durchwahl des Empfangs lautet 214.", "Die Durchwahl des Empfangs lautet 215.", True),
        ("Die Kündigungsfrist beträgt einen Monat.", "Die Kündigungsfrist beträgt drei Monate.", True),
        ("Der Zuschlag beträgt 25 Prozent.", "Der Zuschlag beträgt 30 %.", True),
        ("Das Tagegeld beträgt 28 Euro.", "Das Tagegeld beträgt EUR 24.", True),
        ("Der Drehmoment der Schraube M8 beträgt 27 Nm.", "Der Drehmoment der Schraube M10 beträgt 54 Nm.", False),
        ("Im Werk Hanau gilt eine Kernzeit von 6 Stunden.", "Im Werk Fulda gilt eine Kernzeit von 5 Stunden.", False),
        ("Der Urlaub beträgt im ersten Jahr 28 Tage.", "Der Urlaub beträgt im zweiten Jahr 29 Tage.", False),
        ("Version 2.1 unterstützt 50 Nutzer.", "Version 2.2 unterstützt 80 Nutzer.", False),
        ("Seit 2023 gilt eine Kernzeit von 6 Stunden.", "Seit 2024 gilt eine Kernzeit von 6 Stunden.", False),
        ("Das Budget beträgt 1,2 Mio. Euro.", "Das Budget beträgt 1.200.000 Euro.", False),
    ],
)
def test_another_value_for_the_same_thing(
    one: str, other: str, conflict: bool, vectors: SentenceVectors, judge: Judge
) -> None:
    sources = sources_of(passage(one, document="1.md"), passage(other, document="2.md"))
    known = statistics_of(sources)
    statement = verify(one, "Was gilt?", (1,), sources, known, vectors, judge)
    found = find_conflicts(statement, sources, known, vectors)
    assert [citation.quote for citation in found] == ([other] if conflict else [])
