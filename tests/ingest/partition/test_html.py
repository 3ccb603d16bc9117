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
