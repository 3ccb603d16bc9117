"""Passages: nothing lost, nothing too long, overlap only where it must be."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from ingest.index.splitter import PassageSplitter
from ingest.text.words import CHARACTERS_A_TOKEN

KINDS = st.sampled_from(["title", "paragraph", "list_item", "table"])
ELEMENTS = st.lists(st.tuples(st.text("abcä .\n", min_size=1, max_size=1500), KINDS), max_size=12)


def lay(elements: list[tuple[str, str]]) -> tuple[str, list[tuple[int, int, str, str | None]]]:
    text, parts = "", []
    for content, kind in elements:
        if content.strip():
            start = len(text) + 2 if text else 0
            text += ("\n\n" if text else "") + content
            parts.append((start, len(text), kind, None))
    return text, parts


@given(ELEMENTS)
def test_passages_cover_the_text_in_order_and_fit(elements: list[tuple[str, str]]) -> None:
    text, parts = lay(elements)
    splitter = PassageSplitter()
    spans = splitter.spans(text, parts)
    covered = {i for start, end in spans for i in range(start, end)}
    assert all(char.isspace() for i, char in enumerate(text) if i not in covered)
    assert all(end - start <= splitter.most * CHARACTERS_A_TOKEN for start, end in spans)
    assert all(a.start < b.start and a.end <= b.end for a, b in itertools.pairwise(spans))


def test_headings_start_passages_and_small_paragraphs_are_merged() -> None:
    long = "Ein Satz mit etwas Inhalt. " * 12
    text, parts = lay(
        [
            ("Titel", "title"),
            (long, "paragraph"),
            ("Zwei", "title"),
            ("Kurz.", "paragraph"),
            ("Auch kurz.", "paragraph"),
        ]
    )
    spans = PassageSplitter().spans(text, parts)
    assert [text[s:e][:5] for s, e in spans] == ["Titel", "Zwei\n"]


def test_long_paragraphs_overlap_by_sentences() -> None:
    text, parts = lay([("".join(f"Satz Nummer {i} steht hier und sagt etwas. " for i in range(60)), "paragraph")])
    spans = PassageSplitter().spans(text, parts)
    assert len(spans) > 1
    for left, right in itertools.pairwise(spans):
        shared = left.end - right.start
        assert 0 < shared <= 0.2 * (left.end - left.start)
        assert text[right.start :].startswith("Satz Nummer")


def test_it_is_a_node_parser() -> None:
    from llama_index.core import Document

    nodes = PassageSplitter().get_nodes_from_documents([Document(text="Eins.\n\nZwei.")])
    assert [(n.start_char_idx, n.end_char_idx, n.text) for n in nodes] == [(0, 12, "Eins.\n\nZwei.")]
