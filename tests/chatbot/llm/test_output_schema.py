"""The answer's form: nothing else validates, and a streamed answer reads like a whole one."""

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.llm.output_schema import answer_schema, as_json, read_drafts

STATEMENTS = st.lists(
    st.tuples(st.text(min_size=1, max_size=60).filter(str.strip), st.lists(st.integers(1, 9), min_size=1, max_size=3)),
    min_size=1,
    max_size=4,
)


def whole(statements: list[tuple[str, list[int]]]) -> str:
    listed = [{"text": text, "sources": sources} for text, sources in statements]
    return json.dumps({"answerable": True, "statements": listed})


@given(STATEMENTS, st.lists(st.integers(0, 400), max_size=30))
def test_any_cutting_of_the_stream_gives_the_same_statements(
    statements: list[tuple[str, list[int]]], cuts: list[int]
) -> None:
    text = whole(statements)
    edges = sorted({0, len(text), *(cut % len(text) for cut in cuts)})
    pieces = [text[a:b] for a, b in itertools.pairwise(edges)]
    complete = [draft for draft in read_drafts(pieces) if draft.complete]
    assert [(d.text, d.sources) for d in complete] == [
        (text.strip(), tuple(dict.fromkeys(sources))) for text, sources in statements
    ]


def test_statements_come_while_they_grow() -> None:
    drafts = list(read_drafts(list(whole([("Der Urlaub beträgt 28 Tage.", [1]), ("Ende.", [2])]))))
    first = [d.text for d in drafts if d.index == 0 and not d.complete]
    assert len(first) > 5 and first[0] == "D" and first == sorted(first, key=len)
    assert [d.index for d in drafts if d.complete] == [0, 1]


@pytest.mark.parametrize("text", ['{"answerable": false}', "", "{", "null", "[1]", '{"answerable": tr'])
def test_refusals_and_rubbish_give_no_statement(text: str) -> None:
    assert list(read_drafts([text])) == []


def test_a_statement_cut_off_before_its_sources_does_not_count() -> None:
    drafts = list(read_drafts(['{"answerable": true, "statements": [{"text": "Halb']))
    assert drafts and not any(draft.complete for draft in drafts)


@pytest.mark.parametrize("order", [("text", "sources"), ("sources", "text")])
def test_a_statement_that_is_cut_off_does_not_count_whichever_comes_first(order: tuple[str, str]) -> None:
    entry = {"text": "Der Urlaub beträgt 28 Tage, es sei denn", "sources": [1, 2]}
    listed = [{"text": "Es gibt Urlaub.", "sources": [1]}, {name: entry[name] for name in order}]
    text = json.dumps({"answerable": True, "statements": listed})
    end = text.rindex("denn") + 2 if order[0] == "sources" else text.rindex("[1") + 1
    assert [draft.text for draft in read_drafts([text[:end]]) if draft.complete] == ["Es gibt Urlaub."]
    assert len([draft for draft in read_drafts([text]) if draft.complete]) == 2


def test_schema_allows_only_shown_sources() -> None:
    schema = answer_schema([1, 3], 4)
    statement = schema["anyOf"][0]["properties"]["statements"]["items"]
    assert statement["properties"]["sources"]["items"] == {"enum": [1, 3]}
    assert schema["anyOf"][0]["properties"]["statements"]["minItems"] == 1


def test_quotes_take_the_same_form() -> None:
    (draft,) = [d for d in read_drafts([as_json([('Er sagt "ja".', 2)])]) if d.complete]
    assert (draft.text, draft.sources) == ('Er sagt "ja".', (2,))
    assert as_json([]) == '{"answerable": false}'
