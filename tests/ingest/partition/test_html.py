"""HTML is read as a browser shows it."""

from pathlib import Path

import pytest
from lxml import html as parser

from ingest.partition import partition
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
        ("<dl><dt>Pause<dd>30 Minuten<dt>Ende<dd>17 Uhr</dl>", ["Pause: 30 Minuten\nEnde: 17 Uhr"]),
        ("<details><summary>Mehr</summary>Auch sonntags.</details>", ["Mehr", "Auch sonntags."]),
        ("<font><p>Altes</p><p>Programm</p></font>", ["Altes", "Programm"]),
        ("<body><nav>Start</nav><main><p>Inhalt</p></main><footer>Impressum</footer></body>",
         ["Inhalt", "Start", "Impressum"]),
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


@pytest.mark.parametrize(
    "page",
    [
        "<p style='opacity:0'>weg</p><p>da</p>",
        "<p style='visibility:collapse'>weg</p><p>da</p>",
        "<p style='position:absolute; left:-9999px'>weg</p><p>da</p>",
        "<p style='text-indent:-9999px'>weg</p><p>da</p>",
        "<div style='max-height:0;overflow:hidden'>weg</div><p>da</p>",
        "<p style='font-size:1px'>weg</p><p>da</p>",
        "<div style='font-size:0'>weg<span style='font-size:14px'>da</span></div>".replace("weg", ""),
        "<p style='color:#fff'>weg</p><p>da</p>",
        "<style>.w{color:white}</style><p class=w>weg</p><p>da</p>",
        "<div style='background:#003366'><p style='color:#036'>weg</p><p style='color:white'>da</p></div>",
        "<p style='color:white'>weg <b style='color:black'></b></p><p>da</p>",
        "<font color=white>weg</font><p>da</p>",
        "<dialog>weg</dialog><dialog open>da</dialog>",
        "<div popover>weg</div><p>da</p>",
        "<style>.sr{position:absolute;clip:rect(0 0 0 0)}</style><span class=sr>weg</span><p>da</p>",
        "<p>da</p><div style='mso-hide:all'>weg</div>",
        "<p style='color:rgba(0,0,0,0)'>weg</p><p>da</p>",
    ],
)
def test_what_is_not_seen_is_kept_apart(page: str) -> None:
    found = list(html_elements(parser.fromstring(f"<html><body>{page}</body></html>")))
    assert [(one.text, one.unseen) for one in found] == [("da", None)] + [("weg", "hidden")] * ("weg" in page)


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td bgcolor='#003366'><font color=white>da</font></td><td>neu</td></tr></table>",
        "<div style='background:url(a.png)'><p style='color:#fff'>da</p></div>",
        "<div style='background-image:linear-gradient(red,blue)'><p style='color:#fff'>da</p></div>",
        "<td background='a.png'><p style='color:#fff'>da</p></td>",
        "<link rel=stylesheet href=a.css><p style='color:#fff'>da</p>",
        "<div style='position:absolute'><p style='color:#fff'>da</p></div>",
        "<style>.d{background:#222}.l{color:#fff}</style><div class=d><p class=l>da</p></div>",
        "<details><summary>da</summary></details>",
        "<p style='opacity:0.5'>da</p>",
        "<p style='font-size:80%'>da</p>",
        "<p style='left:-9999px'>da</p>",
    ],
)
def test_what_is_seen_stays(page: str) -> None:
    assert "da" in texts(f"<html><body>{page}</body></html>")[0]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<label>Kunde: <input value='Meyer GmbH'></label>", ["Kunde: Meyer GmbH"]),
        ("<label for=k>Kunde</label> <input id=k value='Meyer GmbH'>", ["Kunde: Meyer GmbH"]),
        ("<p>Name <input value=Eva> Ort <select><option>Ulm<option selected>Kiel</select></p>",
         ["Name: Eva", "Ort: Kiel"]),
        ("<p>Menge <input value=12> Stück</p><p>Von <input value=7> Bis <input value=9></p>",
         ["Menge: 12 Stück", "Von: 7", "Bis: 9"]),
        ("<input aria-label=Betrag value='12,50'>", ["Betrag: 12,50"]),
        ("<label>Mangel<textarea>Pumpe defekt</textarea></label>", ["Mangel: Pumpe defekt"]),
        ("<label><input type=checkbox checked> ja</label><label><input type=checkbox> nein</label>", ["☒ ja ☐ nein"]),
        ("<input type=hidden value=x><input type=password value=y><input placeholder=z><p>da</p>", ["da"]),
        ("<table><tr><th>Teil<th>Geprüft</tr><tr><td>Rad<td><input type=checkbox checked></tr><tr><td>Maß<td>"
         "<input value='12,5'></tr><tr><td>Öl<td><img alt=ja></tr></table>",
         ["Teil: Rad; Geprüft: ☒\nTeil: Maß; Geprüft: 12,5\nTeil: Öl; Geprüft: ja"]),
    ],
)  # fmt: skip
def test_controls_say_what_is_filled_in(page: str, expected: list[str]) -> None:
    assert texts(f"<div>{page}</div>") == expected


def test_options_that_are_not_chosen_are_not_seen() -> None:
    page = "<div>Farbe <select><option>rot<option selected>blau</select></div>"
    found = list(html_elements(parser.fromstring(page)))
    assert [(one.kind, one.text, one.unseen) for one in found] == [
        ("form", "Farbe: blau", None), ("paragraph", "rot", "hidden"),
    ]  # fmt: skip
    (cell,) = found[0].table
    assert found[0].text[cell.start : cell.end] == "blau"
    assert found[0].text[cell.head_start : cell.head_end] == "Farbe"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<ol reversed><li>Gold<li>Silber<li>Bronze</ol>", ["3. Gold", "2. Silber", "1. Bronze"]),
        ("<ol start=0><li>null<li>eins</ol>", ["0. null", "1. eins"]),
        ("<ol><li><p>Speichern</p><p>Fertig?</p></li><li>Ende</ol>", ["1. Speichern", "Fertig?", "2. Ende"]),
        ("<ol><li>Starten<pre>apt update</pre></ol>", ["1. Starten", "apt update"]),
        ("<dl><dt>Gleitzeit<dt>Kernzeit<dd>9 bis 15 Uhr<dd>freitags bis 13 Uhr<dt>Pause</dl>",
         ["Gleitzeit / Kernzeit: 9 bis 15 Uhr", "Gleitzeit / Kernzeit: freitags bis 13 Uhr", "Pause"]),
        ("<h2>Titel<h3>Unter</h3><p>Text</p>", ["Titel", "Unter", "Text"]),
        ("<p>Hallo,<br><br>der Preis gilt.<br>\n<br>Gruß</p>", ["Hallo,", "der Preis gilt.", "Gruß"]),
        ("<svg><title>weg</title><g><text>Halle 2</text></g></svg>", ["Halle 2"]),
        ("<p>Status: <img src=ok.png alt=OK></p><p><img alt=Logo></p>", ["Status: OK"]),
        ("<ul class=inline-task-list><li class=checked>Sichern<li>Starten</ul>", ["☒ Sichern", "☐ Starten"]),
        ("<p>Es gilt <math><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math>.</p>",
         ["Es gilt E=mc²."]),
        ("<p>a</p><aside>Rand</aside><nav>Start</nav><p>b</p><footer>Fuß</footer><nav>Start</nav>",
         ["a", "Rand", "b", "Start", "Fuß"]),
    ],
)  # fmt: skip
def test_details_of_pages(page: str, expected: list[str]) -> None:
    assert texts(f"<div>{page}</div>") == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<table><tr><td><b>Aktion</b><br>Bohrer 49,90 €</td><td>Säge 99,00 €</td></tr></table>",
         ["Aktion Bohrer 49,90 €", "Säge 99,00 €"]),
        ("<table><tr><td><p>Bohrer</p><p>49 €</p></td><td><p>Säge</p><p>99 €</p></td></tr><tr><td><p>Axt</p><p>9 €</p>"
         "</td><td><p>Beil</p><p>8 €</p></td></tr></table>",
         ["Bohrer", "49 €", "Säge", "99 €", "Axt", "9 €", "Beil", "8 €"]),
        ("<table role=presentation><tr><td>Start</td><td>Shop</td></tr><tr><td>Hilfe</td><td>Kontakt</td></tr></table>",
         ["Start", "Shop", "Hilfe", "Kontakt"]),
    ],
    ids=["a row", "a grid", "said to be one"],
)  # fmt: skip
def test_layouts_are_no_data(page: str, expected: list[str]) -> None:
    assert texts(f"<div>{page}</div>") == expected


@pytest.mark.parametrize(
    "page",
    [
        "<table border=1><tr><td>Werk<br>Ulm</td><td>Halle 1<br>Halle 2</td></tr><tr><td>Werk<br>Kiel</td><td>Halle 3"
        "<br>a</td></tr></table>",
        "<table role=presentation><tr><td><b>Teil</b></td><td><b>Preis</b></td><td><b>Ort</b></td></tr><tr><td>Rad</td>"
        "<td>4</td><td>R1</td></tr></table>",
        "<table><tr><td>Name</td><td>Anschrift</td><td>Nr</td></tr><tr><td>Eva</td><td>Hafen 1<br>Kiel</td><td>7</td>"
        "</tr></table>",
        "<table><tr><td>Lieferung</td><td>Rechnung</td></tr><tr><td>Hafen 1<br>Kiel</td><td>Postfach 1<br>Ulm</td></tr>"
        "</table>",
    ],
    ids=["with borders", "with a bold head", "with one column of addresses", "with a head above addresses"],
)  # fmt: skip
def test_data_are_no_layout(page: str) -> None:
    (element,) = html_elements(parser.fromstring(f"<div>{page}</div>"))
    assert element.table


def test_an_archive_of_a_page_has_its_style_sheets(tmp_path: Path) -> None:
    file = tmp_path / "a.mhtml"
    file.write_text(
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="B"\n\n--B\nContent-Type: text/html\n'
        "Content-Location: http://wiki.example/s\n\n<html><head><link rel=stylesheet href='cid:css-1@mhtml.blink'>"
        "</head><body><p class=hid>Geheim</p><p>Text</p></body></html>\n--B\nContent-Type: text/css\n"
        "Content-Location: cid:css-1@mhtml.blink\n\n.hid{display:none}\n--B--\n"
    )
    assert [(one.text, one.unseen) for one in partition(file).elements] == [("Text", None), ("Geheim", "hidden")]


HEAD = "<tr><th>Kurs</th><th>Tage</th><th>Preis</th></tr>"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # A marked cell over all columns names the rows that follow.
        (f"<thead>{HEAD}</thead><tr><th colspan=3>Hafen</th></tr><tr><td>Segeln</td><td>3</td><td>210</td></tr>"
         "<tr><th colspan=3>See</th></tr><tr><td>Rudern</td><td>2</td><td>140</td></tr>",
         ["Hafen", "Kurs: Segeln; Tage: 3; Preis: 210", "See", "Kurs: Rudern; Tage: 2; Preis: 140"]),
        # Another head further below.
        (f"{HEAD}<tr><td>Segeln</td><td>3</td><td>210</td></tr><tr><th>Boot</th><th>Länge</th><th>Baujahr</th></tr>"
         "<tr><td>Möwe</td><td>7 m</td><td>1998</td></tr>",
         ["Kurs: Segeln; Tage: 3; Preis: 210", "Boot: Möwe; Länge: 7 m; Baujahr: 1998"]),
        # A second head may be marked by bold letters; a sum is none.
        (f"{HEAD}<tr><td>Segeln</td><td>3</td><td>210</td></tr><tr><td><b>Boot</b></td><td><b>Länge</b></td>"
         "<td><b>Art</b></td></tr><tr><td>Möwe</td><td>7 m</td><td>Jolle</td></tr>",
         ["Kurs: Segeln; Tage: 3; Preis: 210", "Boot: Möwe; Länge: 7 m; Art: Jolle"]),
        (f"{HEAD}<tr><td>Segeln</td><td>3</td><td>210</td></tr><tr><td><b>Summe</b></td><td><b>3</b></td>"
         "<td><b>210</b></td></tr><tr><td>Rabatt</td><td>0</td><td>10</td></tr>",
         ["Kurs: Segeln; Tage: 3; Preis: 210", "Kurs: Summe; Tage: 3; Preis: 210", "Kurs: Rabatt; Tage: 0; Preis: 10"]),
        # Marked cells at the left name rows; none of them is a head.
        ("<tr><th rowspan=2>Nord</th><th>Mai</th><td>40</td><td>52</td></tr>"
         "<tr><th>Juni</th><td>61</td><td>58</td></tr>",
         ["Nord; Mai; 40; 52", "Nord; Juni; 61; 58"]),
        ("<tr><th>Art</th><td>Eiche</td><td>Buche</td></tr><tr><th>Preis</th><td>90</td><td>70</td></tr>",
         ["Art: Preis; Eiche: 90; Buche: 70"]),
        (f"{HEAD}<tr><td rowspan=0>Segeln</td><td>3</td><td>210</td></tr><tr><td>5</td><td>330</td></tr>",
         ["Kurs: Segeln; Tage: 3; Preis: 210", "Kurs: Segeln; Tage: 5; Preis: 330"]),
    ],
)  # fmt: skip
def test_marked_cells_are_heads_of_what_is_beside_or_below_them(rows: str, expected: list[str]) -> None:
    (found,) = texts(f"<table border=1>{rows}</table>")
    assert found.split("\n") == expected


def test_columns_that_are_set_with_blanks_are_a_table() -> None:
    page = "<pre>Gast        Anreise     Zimmer\nWeber       3. Mai      12\nOtte        4. Mai      7</pre>"
    assert texts(page) == ["Gast: Weber; Anreise: 3. Mai; Zimmer: 12\nGast: Otte; Anreise: 4. Mai; Zimmer: 7"]
    assert texts("<pre>for guest in guests:\n    greet(guest)</pre>") == ["for guest in guests:\ngreet(guest)"]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<ol style='list-style-type:lower-roman' start=6><li>Ofen<li>Mühle</ol>", ["vi. Ofen", "vii. Mühle"]),
        ("<style>ol.z{list-style: inside upper-latin}</style><ol class=z><li>Ton<li>Sand</ol>", ["A. Ton", "B. Sand"]),
        ("<ol type=i style='list-style-type:decimal-leading-zero'><li>Kalk</ol>", ["01. Kalk"]),
        ("<ol style='list-style:none'><li>Gips<li>Lehm</ol>", ["Gips", "Lehm"]),
        ("<ol style='list-style-type:square'><li>Glas</ol>", ["Glas"]),
    ],
)  # fmt: skip
def test_items_are_counted_as_the_style_says(page: str, expected: list[str]) -> None:
    assert texts(f"<div>{page}</div>") == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<div style='display:flex'><span>Tara</span><span>38 kg</span></div>", "Tara 38 kg"),
        ("<p><b style='display:inline-block; width:9em'>Tara</b>38 kg</p>", "Tara 38 kg"),
        ("<style>i{margin-left:2em}</style><p>Tara<i>38 kg</i></p>", "Tara 38 kg"),
        ("<p>Tara<span style='float:right'>38 kg</span></p>", "Tara 38 kg"),
        ("<p>ab<code style='padding:2px 4px'>cd</code>ef</p>", "abcdef"),
        ("<p><span style='float:left; margin-right:9px'>D</span>ie Tara</p>", "Die Tara"),
    ],
)
def test_what_stands_apart_is_no_one_word(page: str, expected: str) -> None:
    assert texts(f"<div>{page}</div>") == [expected]


@pytest.mark.parametrize("title", ["<tr><th colspan=3>Kennwerte", "<tbody><tr><td colspan=3>Kennwerte"])
def test_the_first_row_below_a_title_is_no_head_where_each_row_has_its_name(title: str) -> None:
    rows = [("Biegung", "310", "N/mm²"), ("Schwund", "1,8", "%"), ("Dichte", "2,4", "g/cm³")]
    page = f"<table>{title}" + "".join(f"<tr><th>{a}<td>{b}<td>{c}" for a, b, c in rows) + "</table>"
    assert texts(page)[0].split("\n")[1:] == ["; ".join(row) for row in rows]


def test_lines_of_pages_without_headings_that_look_so_are_headings() -> None:
    page = (
        "<p class=MsoTitle><span style='font-size:20pt'>Leasingvertrag über Flurförderzeuge</span></p>"
        "<p class=MsoNormal><b>§ 1 Gegenstand</b></p><p>Überlassen werden vier <b>Hubwagen</b> der Baureihe HX.</p>"
        "<p style='font-weight:bold'>§ 2 Raten</p><table><tr><td>Rate</td><td>410,00 €</td></tr></table>"
        "<p><b>§ 3 Rückgabe</b></p><p>Die Geräte sind bis zum 31. März gereinigt zurückzugeben.</p>"
        "<p><b>Bitte beachten:</b></p><p>Der Zähler wird abgelesen.</p>"
    )
    found = list(html_elements(parser.fromstring(page)))
    assert [element.text for element in found if element.kind == "title"] == [
        "Leasingvertrag über Flurförderzeuge", "§ 1 Gegenstand", "§ 2 Raten", "§ 3 Rückgabe",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "page",
    [
        "<h1>Werk</h1><h2>Regeln</h2><p><b>Wichtig</b></p><p>Helme sind Pflicht.</p><p><b>Neu</b></p><p>Alle.</p>",
        "<p>Guten Tag,</p><p><b>der Termin entfällt.</b></p><p>Viele Grüße</p><p><b>Eva Stolz</b></p>",
        "<p>Alles ist offen.</p><ul><li><b>Tor 1</b></li><li><b>Tor 2</b></li></ul><p>Es bleibt so.</p>",
    ],
    ids=["a page with headings", "a mail", "items"],
)
def test_other_bold_lines_are_no_headings(page: str) -> None:
    found = html_elements(parser.fromstring(f"<body>{page}</body>"))
    assert [element.text for element in found if element.kind == "title"] in ([], ["Werk", "Regeln"])


def test_items_that_word_has_saved_are_items() -> None:
    page = (
        "<h1>Regeln</h1><p class=MsoListParagraph><span style='font-family:Symbol'>·&nbsp;&nbsp;</span>Helm tragen</p>"
        "<p class=MsoListParagraph>2.&nbsp; Tor schließen</p><p class=MsoListParagraph>§ 3 Ausnahmen</p>"
    )
    found = [(element.kind, element.text) for element in html_elements(parser.fromstring(f"<body>{page}</body>"))]
    assert found[1:] == [
        ("list_item", "Helm tragen"),
        ("list_item", "2. Tor schließen"),
        ("paragraph", "§ 3 Ausnahmen"),
    ]
