"""What an earlier mail said does not stand beside what the mail itself says."""

from typing import Any, NamedTuple

import pytest

from chatbot.answering.quotes import without_quoted_mails
from chatbot.domain import Sentence


class Passage(NamedTuple):
    document: str
    is_quotation: bool


class Source(NamedTuple):
    passage: Passage


NEW, OLD, OTHER = Passage("a.eml", False), Passage("a.eml", True), Passage("b.eml", True)


@pytest.mark.parametrize(
    ("passages", "kept"),
    [([NEW, OLD], [1]), ([OLD, NEW], [2]), ([OLD], [1]), ([NEW, OTHER], [1, 2]), ([OLD, OLD], [1, 2])],
)
def test_only_older_words_of_the_same_mail_go(passages: list[Passage], kept: list[int]) -> None:
    sources: Any = [Source(passage) for passage in passages]
    sentences = [Sentence(number, 0, 5, "Preis", 1.0) for number, _ in enumerate(passages, 1)]
    assert [sentence.source for sentence in without_quoted_mails(sentences, sources)] == kept
