"""A row of a table is shown as a table, its cited cells marked."""

from chatbot.web.chat.cards import passage_block
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


def test_the_cell_that_an_answer_is_about_stands_out() -> None:
    element = element_of(laid_out(plain_table([["Ort", "Zeit"], ["Ulm", "8 Uhr"], ["Bonn", "9 Uhr"]], headed=True)))
    start = element.text.index("9 Uhr")
    html = passage_block(element.text, [(start, start + 5)], "de", element.table, [(start, start + 5)])
    assert html.count("meant") == 1 and '<td class="meant"><mark>9 Uhr</mark></td>' in html


def test_what_is_shown_of_a_long_table_is_a_table_too() -> None:
    rows = [["Ort", "Zeit"], *([f"Ort {number}", f"{number} Uhr"] for number in range(200))]
    near, whole = shown(rows, cited="100 Uhr").split("<details>")
    assert near.count("<tr>") < 40 and "<td>Ort 100</td><td><mark>100 Uhr</mark></td>" in near
    assert near.startswith('<p class="passage">…</p>') and near.endswith('<p class="passage">…</p>')
    assert whole.count("<tr>") == 201


def test_a_row_with_an_empty_cell_stays_in_its_table() -> None:
    html = shown([["Konto", "Ist", "Plan"], ["4110", "12", "14"], ["4120", "", "9"], ["4130", "8", ""]])
    assert html.count("<table") == 1 and html.count("<tr>") == 4
    assert "<td>4120</td><td></td><td>9</td>" in html and "<td>4130</td><td>8</td><td></td>" in html


def test_a_column_that_only_later_rows_have_has_its_head() -> None:
    html = shown([["Konto", "Ist", "Plan"], ["4120", "", "9"], ["4110", "12", "14"]])
    assert html.count("<table") == 1 and '<th scope="col">Ist</th><th scope="col">Plan</th>' in html
    assert "<td>4120</td><td></td><td>9</td>" in html


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
