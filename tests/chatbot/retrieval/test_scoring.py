"""Ranking: languages are comparable, words count, statistics follow the index."""

import time

import numpy
import pytest

from chatbot.retrieval.scoring import final_score, first_scores
from config.access import ALL, Clearance
from ingest.index.sparse import term_index
from ingest.index.statistics import IndexStatistics, Statistics
from ingest.index.store import Candidate

MEANS = {"de": numpy.array([0.8, 0.0]), "en": numpy.array([0.2, 0.0])}
SPREAD = {"de": 0.18, "en": 0.18}
STATS = Statistics(100, {term_index("urlaub"): 5}, MEANS)  # type: ignore[arg-type]


def test_a_passage_of_the_other_language_can_come_first() -> None:
    candidates = [Candidate("de", "de", 0.85, 0.0), Candidate("en", "en", 0.60, 0.0)]
    ranked = first_scores("Urlaub", [1.0, 0.0], candidates, STATS, SPREAD)
    assert [candidate.id for candidate in ranked] == ["en", "de"], "by how far it stands out of its language"
    assert ranked[0].score == pytest.approx(0.4)


def test_covered_words_lift_a_passage_and_ties_are_stable() -> None:
    candidates = [Candidate("b", "de", 0.8, 0.0), Candidate("a", "de", 0.8, 0.0), Candidate("c", "de", 0.8, 5.0)]
    assert [c.id for c in first_scores("Urlaub", [1.0, 0.0], candidates, STATS, SPREAD)] == ["c", "a", "b"]


def test_the_nearest_sentence_is_added_in_the_same_measure() -> None:
    (ranked,) = first_scores("Urlaub", [1.0, 0.0], [Candidate("a", "en", 0.6, 0.0)], STATS, SPREAD)
    assert final_score(ranked, 0.9) == pytest.approx(0.4 + 0.9 - 0.2)


def test_rare_words_weigh_more_and_absent_ones_most() -> None:
    stats = Statistics(100, {term_index("tag"): 60, term_index("urlaub"): 3}, {})
    assert stats.weight("tag") < stats.weight("urlaub") < stats.weight("nirgends")
    assert stats.containment({"tag", "urlaub"}, {"urlaub"}) > 0.5
    assert stats.containment(set(), {"tag"}) == 1.0
    assert stats.common("urlaub") and not stats.common("nirgends")


class Store:
    """A store that grows."""

    def __init__(self) -> None:
        self.passages, self.samples = 100, 0

    def count(self) -> int:
        return self.passages

    def sample(self, most: int, clearance: Clearance) -> list[tuple[str, list[float], list[int]]]:
        self.samples += 1
        return [("de", [1.0, 0.0], [1, 2]), ("en", [0.0, 1.0], [2])]


def test_statistics_are_taken_again_when_the_index_has_grown() -> None:
    store = Store()
    statistics = IndexStatistics(store)  # type: ignore[arg-type]
    first = statistics.of(ALL)
    assert first.frequency == {1: 1, 2: 2} and first.passages == 2
    assert float(first.means["de"][0]) > float(first.means["en"][0]), "each mean leans to its language"
    store.passages = 104
    statistics.of(ALL)
    assert store.samples == 1
    store.passages = 106
    statistics.of(ALL)  # begins the renewal, and does not wait for it
    for _ in range(200):
        if store.samples == 2 and statistics.of(ALL) is not first:
            break
        time.sleep(0.01)
    assert store.samples == 2 and statistics.of(ALL) is not first
    statistics.of(Clearance(labels=frozenset({"a"})))
    assert store.samples == 3, "each clearance has its own"


def test_an_index_without_passages_finds_nothing() -> None:
    assert first_scores("Urlaub", [1.0, 0.0], [], Statistics(0, {}, {"de": numpy.zeros(1)}), SPREAD) == []
