"""HTML is read as a browser shows it."""

import pytest
from lxml import html as parser

from ingest.partition.html import html_elements


def texts(page: str) -> list[str]:
    return [element.text for element in html_elements(parser.fromstring(page)) if not element.unseen]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>Die Miete <b>beträgt</b>\n900<br>Euro.</p>", ["Die Miete beträgt 900 Euro."]),
        ("<p>Erster Satz.<br>Zweiter Satz.</p>", ["Erster Satz.\nZweiter Satz."]),
        ("<div>Vor<p>Mitte</p>Nach</div>", ["Vor", "Mitte", "Nach"]),
        ("<p>gilt <del>80</del> <ins>95</ins> Euro</p>", ["gilt 95 Euro"]),
        ("<p>gilt</p><p hidden>weg</p><p style='color:red; display: none'>weg</p>", ["gilt"]),
        ("<p style='visibility:hidden'>weg</p><p>da</p><script>var weg</script>", ["da"]),
        ("<p>20 m<sup>3</sup>, 10<sup>7</sup>, H<sub>2</sub>O, 5<sup>a</sup></p>", ["20 m³, 10⁷, H₂O, 5a"]),
        ("<ol start=4><li>vier<li>fünf<ol type=a><li>innen</ol></ol>", ["4. vier", "5. fünf", "a. innen"]),
        ("<ol><li value=7>sieben<li>acht</ol><ul><li>Punkt</ul>", ["7. sieben", "8. acht", "Punkt"]),
        ("<dl><dt>Pause<dd>30 Minuten<dt>Ende<dd>17 Uhr</dl>", ["Pause: 30 Minuten", "Ende: 17 Uhr"]),
        ("<details><summary>Mehr</summary>Auch sonntags.</details>", ["Mehr", "Auch sonntags."]),
        ("<font><p>Altes</p><p>Programm</p></font>", ["Altes", "Programm"]),
        ("<body><nav>Start</nav><main><p>Inhalt</p></main><footer>Impressum</footer></body>", ["Inhalt", "Impressum"]),
        ("<table><tr><td><p>Nur</p><p>Anordnung</p></td></tr></table>", ["Nur", "Anordnung"]),
    ],
)  # fmt: skip
def test_a_page_is_read_as_it_is_shown(page: str, expected: list[str]) -> None:
    assert texts(f"<div>{page}</div>" if not page.startswith("<body") else page) == expected


def test_spans_of_cells_keep_values_under_their_heads() -> None:
    page = (
        "<table><tr><th rowspan=2>Linie</th><th colspan=2>Takt</th></tr><tr><th>werktags</th><th>sonntags</th></tr>"
        "<tr><td rowspan=2>L1</td><td>10</td><td>30</td></tr><tr><td>12</td><td>35</td></tr></table>"
    )
    assert texts(page) == [
        "Linie: L1; Takt › werktags: 10; Takt › sonntags: 30\nLinie: L1; Takt › werktags: 12; Takt › sonntags: 35"
    ]


def test_headings_have_their_depth() -> None:
    found = list(html_elements(parser.fromstring("<div><h1>A</h1><h3>B</h3><p>c</p></div>")))
    assert [(one.kind, one.level) for one in found] == [("title", 0), ("title", 2), ("paragraph", 0)]


HOURS = "<table><tr><th>Tag<th>Uhr</tr><tr><td>Mo<td>8</tr><tr><td>Di<td>9</tr></table>"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (  # text before and behind the inner table stays in its cell
            f"<table><tr><th>Halle<th>Zeiten</tr><tr><td>H 2<td>Nur mit Ausweis.{HOURS}Feiertags zu.</tr></table>",
            ["Halle: H 2; Zeiten: Nur mit Ausweis. Feiertags zu.", "H 2: Tag: Mo; Uhr: 8\nH 2: Tag: Di; Uhr: 9"],
        ),
        (  # as Outlook and Word write it: bold within paragraphs
            "<table class=MsoNormalTable><tr><td><p><b>Posten</b></p></td><td><p><span style='font-weight:bold'>Inhalt"
            f"</span></p></td></tr><tr><td><p>Miete</p></td><td><p>Es gilt:</p>{HOURS}<p>ohne Strom</p></td></tr>"
            "</table>",
            ["Posten: Miete; Inhalt: Es gilt: ohne Strom", "Miete: Tag: Mo; Uhr: 8\nMiete: Tag: Di; Uhr: 9"],
        ),
        (  # three levels
            "<table><tr><th>Werk<th>Anlage</tr><tr><td>Ulm<td>alle<table><tr><th>Linie<th>Takt</tr><tr><td>L1<td>kurz"
            f"{HOURS}</tr></table></tr></table>",
            ["Werk: Ulm; Anlage: alle", "Ulm: Linie: L1; Takt: kurz",
             "Ulm: L1: Tag: Mo; Uhr: 8\nUlm: L1: Tag: Di; Uhr: 9"],
        ),
        (  # lists and paragraphs
            "<table><tr><th>Thema<th>Regeln</tr><tr><td>Brand<td><p>Erst melden.</p><ol><li>Rufen<li>Retten</ol>"
            f"{HOURS}<ul><li>Ruhe</ul></tr></table>",
            ["Thema: Brand; Regeln: Erst melden. 1. Rufen 2. Retten Ruhe",
             "Brand: Tag: Mo; Uhr: 8\nBrand: Tag: Di; Uhr: 9"],
        ),
        (  # a table of one column within a cell only lays it out
            "<table><tr><th>Raum<th>Geräte</tr><tr><td><table><tr><td>R 12</td></tr></table><td><table><tr><td>"
            "Beamer</td></tr><tr><td>Tafel</td></tr></table></tr><tr><td>R 13<td>Tafel</tr></table>",
            ["Raum: R 12; Geräte: Beamer Tafel\nRaum: R 13; Geräte: Tafel"],
        ),
        (  # the name of several rows
            f"<table><tr><th>Ort<th>Art<th>Zeit</tr><tr><td rowspan=2>Kiel<td>Sand<td>nie</tr><tr><td>Kies<td>{HOURS}"
            "</tr></table>",
            ["Ort: Kiel; Art: Sand; Zeit: nie\nOrt: Kiel; Art: Kies", "Kiel: Tag: Mo; Uhr: 8\nKiel: Tag: Di; Uhr: 9"],
        ),
        (
            "<table><caption>Fleet</caption><tr><th>Van<th>Service</tr><tr><td>V1<td>due<table><caption>Dates</caption>"
            "<tr><th>Job<th>Date</tr><tr><td>Oil<td>1 May</tr></table></tr></table>",
            ["Fleet", "Van: V1; Service: due", "V1: Dates", "V1: Job: Oil; Date: 1 May"],
        ),
        (
            "<table><tr><th>A<th>B</tr><tr><td>x<td>y<table style='display:none'><tr><td>alt<td>weg</tr></table></tr>"
            "</table>",
            ["A: x; B: y"],
        ),
    ],
)  # fmt: skip
def test_a_table_in_a_cell_follows_and_the_cell_keeps_its_own_text(page: str, expected: list[str]) -> None:
    assert texts(f"<div>{page}</div>") == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "<table><tr><td colspan=2><h1>Rundbrief</h1></td></tr><tr><td><table><tr><td>Start</td></tr><tr><td>Kontakt"
            f"</td></tr></table></td><td><p>Guten Tag.</p>{HOURS}<p>Gruß</p></td></tr></table>",
            ["Rundbrief", "Start", "Kontakt", "Guten Tag.", "Tag: Mo; Uhr: 8\nTag: Di; Uhr: 9", "Gruß"],
        ),
        (
            "<table role=presentation><tr><td>&nbsp;</td><td><table role=presentation><tr><td>Bestellung 4711</td></tr>"
            f"<tr><td>{HOURS}</td></tr></table></td><td></td></tr></table>",
            ["Bestellung 4711", "Tag: Mo; Uhr: 8\nTag: Di; Uhr: 9"],
        ),
        (
            f"<table><tr><td>{HOURS}</td><td>Siehe auch:{HOURS.replace('Tag', 'Site')}</td></tr></table>",
            ["Tag: Mo; Uhr: 8\nTag: Di; Uhr: 9", "Siehe auch:", "Site: Mo; Uhr: 8\nSite: Di; Uhr: 9"],
        ),
    ],
)
def test_tables_that_lay_out_a_page_are_read_in_order(page: str, expected: list[str]) -> None:
    assert texts(f"<div>{page}</div>") == expected


def test_cells_of_inner_tables_keep_their_places() -> None:
    page = f"<div><table><tr><th>Halle<th>Zeiten</tr><tr><td>H 2<td>nie{HOURS}</tr></table></div>"
    for element in html_elements(parser.fromstring(page)):
        values = [element.text[cell.start : cell.end] for cell in element.table]
        assert values in (["H 2", "nie"], ["Mo", "8", "Di", "9"])
