"""How documents are ranked, over a retriever that only counts."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from config.errors import SettingsError
from eval.questions import Question
from eval.retrieval import measure_retrieval, ranked_documents
from tests.chatbot.passages import passage

QUESTION = Question(question="Wie viel?", document="d9.md", answer=("3",))


class Index:
    """Passages of these documents in this order, and how many were asked for each time."""

    def __init__(self, documents: Sequence[str]) -> None:
        self.found = [SimpleNamespace(node=SimpleNamespace(passage=passage("Text", name))) for name in documents]
        self.asked: list[int] = []

    def retriever(self, person: object, limit: int, filters: object) -> Any:
        self.asked.append(limit)
        return SimpleNamespace(retrieve=lambda question: self.found[:limit])

    def services(self) -> Any:
        people = SimpleNamespace(local_person=lambda: None)
        return SimpleNamespace(answering=lambda: SimpleNamespace(retriever=self.retriever), people=people)


def test_ten_documents_are_ranked_though_long_ones_fill_the_first_passages() -> None:
    index = Index([f"d{number}.md" for number in range(12) for _ in range(6)])
    assert ranked_documents(QUESTION, index.services()) == [f"d{number}.md" for number in range(10)]
    part = measure_retrieval("s", [QUESTION], index.services())
    assert {m.name: m.value for m in part.measures}["recall@10"] == 1.0


def test_documents_of_one_passage_are_asked_for_once() -> None:
    index = Index([f"d{number}.md" for number in range(100)])
    assert len(ranked_documents(QUESTION, index.services())) == 10 and index.asked == [20]


def test_no_more_is_asked_where_there_is_no_more() -> None:
    index = Index(["a.md", "b.md"])
    assert ranked_documents(QUESTION, index.services()) == ["a.md", "b.md"] and index.asked == [20]


def test_the_search_goes_no_deeper_than_its_bound() -> None:
    index = Index(["a.md"] * 5000)
    assert ranked_documents(QUESTION, index.services()) == ["a.md"]
    assert index.asked == sorted(set(index.asked)) and index.asked[-1] < 1000


def test_what_comes_first_is_what_a_search_by_the_product_brings_first() -> None:
    class Reordering(Index):
        """A deeper search compares more passages, and may order them otherwise."""

        def retriever(self, person: object, limit: int, filters: object) -> Any:
            self.asked.append(limit)
            found = self.found if limit == 20 else self.found[::-1]
            return SimpleNamespace(retrieve=lambda question: found[:limit])

    index = Reordering(["a.md"] * 20 + ["b.md"] * 20 + ["c.md"] * 20)
    assert ranked_documents(QUESTION, index.services()) == ["a.md", "c.md", "b.md"]


def test_unanswerable_questions_alone_have_no_rank() -> None:
    with pytest.raises(SettingsError, match="nur-unbeantwortbar"):
        measure_retrieval("nur-unbeantwortbar", [Question(question="Wer?", unanswerable=True)], Index([]).services())
