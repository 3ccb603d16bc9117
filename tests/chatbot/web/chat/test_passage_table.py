"""A row of a table is shown as a table, its cited cells marked."""

from chatbot.web.chat.render import passage_block
from ingest.partition.table_layout import element_of, laid_out
from ingest.partition.table_model import plain_table


def shown(rows: list[list[str]], cited: str = "", before: str = "") -> str:
    element = element_of(laid_out(plain_table(rows, headed=True)))
    text = before + element.text
    start = text.find(cited) if cited else -1
    spans = [(start, start + len(cited))] if cited else []
    return passage_block(text, spans, "de", [cell.shifted(len(before)) for cell in element.table])


def test_rows_have_their_heads_above() -> None:
    html = shown([["Ort", "Zeit"], ["Ulm", "8 Uhr"], ["Bonn", "9 Uhr"]], cited="9 Uhr", before="Öffnung\n")
    assert html.count("<tr>") == 3 and '<th scope="col">Ort</th><th scope="col">Zeit</th>' in html
    assert "<td>Bonn</td><td><mark>9 Uhr</mark></td>" in html
    assert '<p class="passage">Öffnung</p>' in html


def test_a_single_row_stands_upright() -> None:
    html = shown([["Ort", "Zeit"], ["Ulm", "8 Uhr"]], cited="Zeit: 8 Uhr")
    assert '<tr><th scope="row"><mark>Zeit</mark></th><td><mark>8 Uhr</mark></td></tr>' in html


def test_nothing_of_a_document_becomes_markup() -> None:
    html = shown([["Ort", "<b>Zeit"], ["<script>", "8 & 9"], ["x", "y"]])
    assert "<script>" not in html and "<b>" not in html and "8 &#38; 9" in html


def test_a_passage_without_tables_is_text() -> None:
    assert passage_block("Erste Zeile\nzweite", [(0, 5)], "de") == (
        '<p class="passage"><mark>Erste</mark> Zeile<br>zweite</p>'
    )
