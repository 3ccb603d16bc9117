"""What several documents state word for word is one answer: copies make it no less probable, and it is quoted once."""

from pathlib import Path

import pytest

from chatbot.judge.cross_encoder import Judge
from config.settings import load_settings
from ingest.embedding import open_embedder
from ingest.embedding.sentence_vectors import SentenceVectors
from tests.chatbot.answering.weighed import evidence_for
from tests.chatbot.passages import passage, sources_of, statistics_of

pytestmark = pytest.mark.integration
FACTS = {
    "Wie hoch ist der zulässige Betriebsdruck?": "Der zulässige Betriebsdruck beträgt 10 bar.",
    "Wie lange dauert die Probezeit?": "Die Probezeit dauert sechs Monate.",
    "How long is the warranty?": "The warranty is 24 months.",
}
OTHERS = ["Der Parkplatz liegt hinter Halle 3.", "Das Büro ist am Freitag ab 13 Uhr geschlossen."]


@pytest.fixture(scope="module")
def vectors(models_dir: Path) -> SentenceVectors:
    return SentenceVectors(open_embedder(load_settings(models_dir=models_dir)))


@pytest.mark.parametrize("question", FACTS)
@pytest.mark.parametrize("copies", [1, 3])
def test_copies_do_not_rival_each_other(question: str, copies: int, vectors: SentenceVectors, judge: Judge) -> None:
    fact = FACTS[question]
    others = [passage(text, f"other-{number}.md") for number, text in enumerate(OTHERS)]
    once = [passage(fact, "a.md"), *others]
    # Scans of one sheet differ in a word here and there.
    again = [passage(f"{fact} Stand {number}.", f"copy-{number}.md") for number in range(copies)]
    found = []
    for passages in (once, [*once[:1], *again, *others]):
        sources = sources_of(*passages)
        found.append(evidence_for([question], sources, statistics_of(sources), vectors, judge))
    alone, with_copies = found
    assert alone.quotable() and with_copies.quotable()
    assert with_copies.chances[0] >= 0.75 * alone.chances[0]
    assert [sentence.text for sentence in with_copies.quotable()[0]] == [fact]
