"""Forms on sheets and in Markdown are names with values; tables with a head stay tables."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font

from ingest.partition import partition
from ingest.partition.sheet_tables import sheet_elements, spread
from ingest.partition.table_model import Cell

ODF = ("office", "table", "text", "style")


def sheet(path: Path, rows: Sequence[str]) -> Path:
    """A workbook: cells parted by bars, `*` before bold ones, `>` for a place that the cell to the left covers."""
    book = openpyxl.Workbook()
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row.split("|"), 1):
            if text == ">":
                merged = next((one for one in book.active.merged_cells.ranges if one.max_row == number), None)
                first = merged.min_col if merged else column - 1
                if merged:
                    book.active.unmerge_cells(str(merged))
                book.active.merge_cells(start_row=number, end_row=number, start_column=first, end_column=column)
            elif text:
                value = text.removeprefix("*")
                cell = book.active.cell(number, column, int(value) if value.isdecimal() else value)
                cell.font = Font(bold=text.startswith("*"))
    book.save(path)
    return path


def lines(file: Path) -> list[str]:
    return [line for element in partition(file).elements for line in element.text.split("\n")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["Auftraggeber:|Müller GmbH", "Telefon:|0731 2281"], ["Auftraggeber: Müller GmbH", "Telefon: 0731 2281"]),
        (["*Machine|Press P4", "*Built|1998", "*Hall|North"], ["Machine: Press P4", "Built: 1998", "Hall: North"]),
        (["Kunde|Müller GmbH", "Datum|3.4.2026", "Kostenstelle|4711", "Fahrer|Behr"],
         ["Kunde: Müller GmbH", "Datum: 3.4.2026", "Kostenstelle: 4711", "Fahrer: Behr"]),
        (["*Order form|>|>|>", "Date|3 Apr 2026|Cost centre|4711", "Client|Miller Ltd|Order|A-17"],
         ["Order form", "Date: 3 Apr 2026; Cost centre: 4711", "Client: Miller Ltd; Order: A-17"]),
        (["Kunde|Müller GmbH||Datum|3.4.2026", "Lager|Ulm||Fahrer|Behr"],
         ["Kunde: Müller GmbH; Datum: 3.4.2026", "Lager: Ulm; Fahrer: Behr"]),
        (["Customer|Miller Ltd|>|>", "Date|3 Apr 2026|>|>", "Agent|Ann Reed|>|>", "Stock|4711|>|>"],
         ["Customer: Miller Ltd", "Date: 3 Apr 2026", "Agent: Ann Reed", "Stock: 4711"]),
        (["*Person|>", "Name:|Eva Lenz", "Ort:|Ulm", "*Bank|>", "IBAN:|DE12 3456"],
         ["Person", "Name: Eva Lenz", "Ort: Ulm", "Bank", "IBAN: DE12 3456"]),
        (["Nettobetrag|100", "Umsatzsteuer|19", "Summe|119"], ["Nettobetrag: 100", "Umsatzsteuer: 19", "Summe: 119"]),
        (["Spannung:|400|V", "Strom:|16|A"], ["Spannung: 400; V", "Strom: 16; A"]),
        (["Customer|*Miller Ltd", "Visited on|3 Apr 2026"], ["Customer: Miller Ltd", "Visited on: 3 Apr 2026"]),
        (["Name:|", "Vorname:|Eva", "Ort:|Ulm"], ["Name", "Vorname: Eva", "Ort: Ulm"]),
        (["Steckbrief", "*Kühlung|>", "Fabrikat|Nordkalt", "Inhalt|40 l", "Gewicht|85 kg", "*Normen|>", "EN 378|ja"],
         ["Steckbrief", "Kühlung", "Fabrikat: Nordkalt", "Inhalt: 40 l", "Gewicht: 85 kg", "Normen", "EN 378: ja"]),
        (["*Rechnung an|Müller GmbH", "|Hauptstr. 5", "*Ziel|30 Tage"],
         ["Rechnung an: Müller GmbH", "Rechnung an: Hauptstr. 5", "Ziel: 30 Tage"]),
    ],
)  # fmt: skip
def test_a_form_on_a_sheet_has_no_head(rows: list[str], expected: list[str], tmp_path: Path) -> None:
    assert lines(sheet(tmp_path / "a.xlsx", rows)) == expected


@pytest.mark.parametrize(
    ("form", "table"),
    [
        (["Kunde|Müller GmbH", "Datum|3.4.2026", ""], ["Pos|Artikel|Menge", "1|Ventil|3", "2|Rohr|5"]),
        (["Kunde:|Müller GmbH", "Datum:|3.4.2026"], ["Pos|Artikel|Menge", "1|Ventil|3", "2|Rohr|5"]),
        (["Kunde|Müller GmbH|Datum|3.4.2026", ""], ["*Pos|*Artikel|*Menge", "1|Ventil|3", "2|Rohr|5"]),
        (["Kunde|Müller GmbH", "Nummer|A-17", "Datum|3.4.2026"], ["Pos|Artikel|Menge", "1|Ventil|3", "2|Rohr|5"]),
    ],
)
def test_a_form_above_a_table_is_none_of_it(form: list[str], table: list[str], tmp_path: Path) -> None:
    found = lines(sheet(tmp_path / "a.xlsx", [*form, *table]))
    assert found[-2:] == ["Pos: 1; Artikel: Ventil; Menge: 3", "Pos: 2; Artikel: Rohr; Menge: 5"]
    said = "; ".join(found[:-2])
    assert said.startswith("Kunde: Müller GmbH; ") and said.endswith("Datum: 3.4.2026")


def test_a_form_below_a_table_is_none_of_it(tmp_path: Path) -> None:
    rows = ["*Pos|*Artikel|*Menge", "1|Ventil|3", "2|Rohr|5", "", "Zahlbar bis:|3.4.2026", "Konto:|DE12 3456"]
    file = sheet(tmp_path / "a.xlsx", rows)
    assert lines(file)[1:] == ["Pos: 2; Artikel: Rohr; Menge: 5", "Zahlbar bis: 3.4.2026", "Konto: DE12 3456"]
    assert [element.cells for element in partition(file).elements][2:] == ["B5:B5", "B6:B6"]


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        (["Artikel|Preis", "Ventil|9", "Rohr|7", "Nabe|12"], "Artikel: Nabe; Preis: 12"),
        (["*Punkt|*Wert", "Leiter|Jan Voss", "Plätze|40", "Lage|Hof 2"], "Punkt: Lage; Wert: Hof 2"),
        (["*Part|*Weight", "*Axle|4 kg", "*Hub|2 kg"], "Part: Hub; Weight: 2 kg"),
        (["Land|Hauptstadt", "Italien|Rom", "Norwegen|Oslo"], "Land: Norwegen; Hauptstadt: Oslo"),
        (["Artikel|Preis ab 50 Stück", "Ventil|9", "Rohr|anfragen"], "Artikel: Rohr; Preis ab 50 Stück: anfragen"),
        (["Bereich|2025", "Vertrieb|5", "Einkauf|7"], "Bereich: Einkauf; 2025: 7"),
        (["Task|Due|Who|Hours", "Paint|3 Apr 2026|Koch|5", "Sweep|4 Apr 2026|Lang|2"],
         "Task: Sweep; Due: 4 Apr 2026; Who: Lang; Hours: 2"),
        (["Item|Price", "Nut|4", "Bolt|6", "", "Client|City|Sales", "Reed|Leeds|50", "Hall|York|70"],
         "Client: Hall; City: York; Sales: 70"),
        (["Item|Price||Store|Rack", "Nut|4||Leeds|12", "Bolt|6||York|14"], "Store: York; Rack: 14"),
    ],
)  # fmt: skip
def test_a_table_with_a_head_stays_one(rows: list[str], last: str, tmp_path: Path) -> None:
    assert lines(sheet(tmp_path / "a.xlsx", rows))[-1] == last


def test_cells_of_a_form_keep_their_places_on_the_sheet(tmp_path: Path) -> None:
    file = sheet(tmp_path / "a.xlsx", ["", "|Kunde:|Müller GmbH|>", "|Datum:|3.4.2026|>"])
    for row, element in enumerate(partition(file).elements, 1):
        (cell,) = element.table
        assert (cell.row, cell.column, cell.columns) == (row, 2, 2)
        assert element.text[cell.start : cell.end] in ("Müller GmbH", "3.4.2026")
        assert element.text[cell.head_start : cell.head_end] in ("Kunde", "Datum")


def test_a_form_of_another_program_is_read_alike(tmp_path: Path) -> None:
    pairs = (("Kunde", "Müller GmbH"), ("Datum", "3.4.2026"), ("Kostenstelle", "4711"), ("Fahrer", "Behr"))
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(f"<table:table-row>{''.join(map(cell.format, pair))}</table:table-row>" for pair in pairs)
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ODF)
    body = f'<office:spreadsheet><table:table table:name="Blatt">{rows}</table:table></office:spreadsheet>'
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", f"<office:document-content {names}><office:body>{body}</office:body>"
                                        "</office:document-content>")  # fmt: skip
        package.writestr("styles.xml", f"<office:document-styles {names}/>")
    assert lines(tmp_path / "a.ods") == ["Kunde: Müller GmbH", "Datum: 3.4.2026", "Kostenstelle: 4711", "Fahrer: Behr"]


def unlike(text: str, row: int, column: int) -> str:
    """A text of the same kind that stands nowhere else."""
    number = f"{row + 1}{column + 1}"
    named = f"{'abcdefghi'[row]}{'vwxyz'[column]}"
    return text.format(number=number, row=row + 1, column=column + 1, named=named)


TEXTS = st.sampled_from(
    [
        "",
        "",
        "Ort {named}:",
        "Ulm {named}",
        "Datum {named}",
        "{row}.{column}.2026",
        "47{number}",
        "A-{number}",
        "ab {number}0",
    ]
)


@given(st.lists(st.lists(TEXTS, min_size=5, max_size=5), min_size=1, max_size=9), st.integers(2, 5))
def test_no_cell_of_a_sheet_is_lost_and_each_has_its_place(rows: list[list[str]], width: int) -> None:
    filled = [(row, column, text) for row, line in enumerate(rows) for column, text in enumerate(line[:width]) if text]
    texts = {(row, column): unlike(text, row, column) for row, column, text in filled}
    cells = [Cell(*place, text, strong=place[1] == 0 and len(rows) % 2 == 0) for place, text in texts.items()]
    found = list(sheet_elements(spread(cells), "Blatt"))
    said = "\n".join(element.text for element in found)
    assert all(text.rstrip(": ") in said for text in texts.values())
    for element in found:
        for cell in element.table:
            value = element.text[cell.start : cell.end]
            assert value in (texts[cell.row, cell.column], texts[cell.row, cell.column].rstrip(": "))


def test_long_lists_of_two_columns_take_little_time(tmp_path: Path) -> None:
    file = sheet(tmp_path / "a.xlsx", [f"Name {number % 7}:|Wert {number}" for number in range(5_000)])
    before = monotonic()
    assert len(lines(file)) == 5_000
    assert monotonic() - before < 20


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("| | |\n|--|--|\n| Netto | 100 |\n| Steuer | 19 |\n| Brutto | **119** |",
         ["Netto: 100", "Steuer: 19", "Brutto: 119"]),
        ("| | |\n|--|--|\n| **Client** | Miller |\n| **Site** | Leeds |", ["Client: Miller", "Site: Leeds"]),
        ("| | | | |\n|--|--|--|--|\n| **Client** | Miller | **Agent** | Reed |\n| **Site** | Leeds | **Month** | May |",
         ["Client: Miller; Agent: Reed", "Site: Leeds; Month: May"]),
        ("| Kunde: | Müller |\n|--|--|\n| Datum: | 3.4.2026 |", ["Kunde: Müller", "Datum: 3.4.2026"]),
        ("| | |\n|--|--|\n| **Part** | **Qty** |\n| Nut | 4 |\n| Bolt | 6 |",
         ["Part: Nut; Qty: 4", "Part: Bolt; Qty: 6"]),
        ("| | Preis |\n|--|--|\n| Ventil | 9 |\n| Rohr | 7 |", ["Ventil; Preis: 9", "Rohr; Preis: 7"]),
        ("| Frage: | Antwort: |\n|--|--|\n| Wer? | Koch |\n| Wann? | heute |",
         ["Frage: Wer?; Antwort: Koch", "Frage: Wann?; Antwort: heute"]),
        ("| Artikel | Preis |\n|--|--|\n| Ventil | 9 |", ["Artikel: Ventil; Preis: 9"]),
    ],
)  # fmt: skip
def test_a_form_in_markdown_has_an_empty_head_or_a_pair_as_head(rows: str, expected: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"{rows}\n", encoding="utf-8")
    assert lines(tmp_path / "a.md") == expected


# Two columns without marks: rows parted by slashes, names and values by bars.
TABLES = [
    "Speise|Preis / Suppe|4,50 / Salat|6,00 / Kaffee|2,80",
    "Lieferant|Kunde / Stahl AG, Essen|Bau KG, Köln",
    "Mitarbeiter|Stunden / Anna|40 / Bernd|35",
    "Zeichen|Bedeutung / U|Urlaub / K|krank / F|frei",
    "Monat|Satz / Mai|45,00 / Juni|47,00",
    "Name|Ort / Meyer|Ulm / Kunz|Bonn / Hahn|Köln",
    "Artikel|Bestand / Rohr|12 / Blech|7",
    "Country|Capital / France|Paris / Spain|Madrid / Italy|Rome",
    "Nr.|Aufgabe / 1|Pumpe prüfen / 2|Öl wechseln",
    "Tag|Öffnungszeit / Montag|8–12 Uhr / Dienstag|geschlossen / Mittwoch|8–16 Uhr",
    "Code|Meaning / E01|Motor overheated / E02|Door open / E03|No signal",
    "Kennzahl|Wert / Umsatz|1,2 Mio. € / Mitarbeiter|45 / Gründung|1987",
    "Datum|Ereignis / 01.02.2024|Beginn / 15.03.2024|Abnahme",
    "Raum|Verantwortlich / Lager|Fr. Koch / Büro|Hr. Behr / Halle|Hr. Abel",
    "Grade|Students / A|12 / B|20 / C|7",
    "Parameter|Value / Speed|1200 rpm / Voltage|400 V / Weight|85 kg",
    "Teil|Preis / Welle|12,00 € / Nabe|8,50 € / Keil|0,40 €",
    "Land|Vorwahl / Österreich|+43 / Schweiz|+41",
    "Sprache|Niveau / Englisch|C1 / Französisch|B2",
    "Schicht|Leiter / Früh|Anna Klein / Spät|Bernd Koch / Nacht|Carl Hahn",
    "Frage|Antwort / Wer zahlt den Versand?|Der Kunde. / Wie lange gilt die Garantie?|Zwei Jahre.",
    "Projekt|Budget / Neubau|120.000 € / Umbau|35.000 € / Park|8.000 €",
    "Key|Action / F1|Help / F2|Rename / F5|Refresh",
    "Einheit|Faktor / kg|1 / t|1000 / g|0,001",
    "Gericht|Allergene / Pizza|A, G / Suppe|L / Eis|G",
    "Von|Nach / Ulm|Bonn / Köln|Hamburg",
    "Bauteil|Drehmoment / M8|25 Nm / M10|49 Nm / M12|85 Nm",
    "Kategorie|Anteil / Material|45 % / Lohn|35 % / Sonstiges|20 %",
]  # fmt: skip
FORMS = [
    "Kunde|Meyer GmbH / Datum|03.04.2024 / Auftrag|A-7788",
    "Ansprechpartner|Anna Klein / Abteilung|Einkauf / Standort|Ulm",
    "Länge|1200 / Breite|800 / Höhe|145 / Gewicht|25",
    "Datum|25. April 2025, 09:00 / Ort|Köthen (Anhalt) / Leitung|Zoë Grünwald"
    " / Protokoll|Özlem Dr. Faßbinder / Entschuldigt|Günther Jäger",
    "Maschine|Fräse DMG 50 / Baujahr|2014 / Leistung|5,5 kW / Standort|Halle 2",
    "Name|Petra Lang / Personalnr.|00471 / Ziel|Hamburg / Reisetag|06.05.2024",
    "Product|Pump P-4 / Colour|blue / Material|stainless steel / Origin|Italy",
    "Firma|Stahlbau Nord GmbH / Straße|Hafenweg 3 / PLZ Ort|28195 Bremen / Telefon|0421 1234",
    "Miete|450,00 € / Nebenkosten|120,00 € / Kaution|1.350,00 €",
    "Montag|8–12 Uhr / Dienstag|geschlossen / Mittwoch|8–16 Uhr",
    "Status|offen / Priorität|hoch / Bearbeiter|Kunz / Frist|12.05.2024",
    "Order date|3 Apr 2026 / Customer|Miller Ltd / Ship to|Leeds",
    "Titel|Wartungsvertrag / Version|2.1 / Verfasser|H. Graf / Freigabe|ja",
    "Vorname|Jörg / Nachname|Müller / Geburtsort|Ulm / Nationalität|deutsch",
    "Name|Zoë / Alter|34 / Beruf|Schlosserin",
    "Speed|1200 rpm / Voltage|400 V / Weight|85 kg",
    "Kontoinhaber|Anna Klein / IBAN|DE12 5001 0517 0648 4898 90 / BIC|INGDDEFF",
    "Beginn|01.01.2024 / Ende|31.12.2024 / Dauer|12 Monate",
    "Netto|100,00 / MwSt|19,00 / Brutto|119,00",
    "Betreff|Reklamation Pumpe / Eingang|per E-Mail / Grund|Undicht am Flansch / Entscheidung|Ersatz liefern",
    "Contact|Ann Reed / Department|Sales / Phone|+44 20 1234",
    "Gerät|Bohrmaschine / Seriennummer|S-1200 / Prüfdatum|02.02.2024 / Ergebnis|bestanden",
    "Farbe|rot / Größe|XL / Stoff|Baumwolle",
    "Absender|Meyer GmbH, Ulm / Empfänger|Bau KG, Köln / Frachtführer|Spedition Lang",
    "Verein|TSV Ulm / Gegründet|1905 / Vorsitz|Carl Hahn / Mitglieder|412",
    "Room|Aurora / Seats|24 / Floor|2nd / Projector|yes",
    "Prüfer|Hr. Graf / Prüfmittel|Messschieber / Umgebung|20 °C / Befund|ohne Mangel",
    "Materialanteil|45 % / Lohnanteil|35 % / Sonstiges|20 %",
    "Veranstaltung|Sommerfest / Treffpunkt|Parkplatz Nord / Verpflegung|Grillen / Anmeldung|bei Frau Koch",
    "Hersteller|Bosch / Modell|GSR 18 / Akku|Li-Ionen / Zubehör|Koffer",
    "Tierart|Hund / Rasse|Dackel / Rufname|Waldi / Fell|rauhaarig",
    "Patient|Jane Doe / Ward|B2 / Allergies|penicillin / Diet|vegetarian",
    "Arbeitgeber|Stahl AG / Eintritt|01.04.2019 / Vertrag|unbefristet / Tarif|IG Metall",
    "Objekt|Mehrfamilienhaus / Lage|Ulm Mitte / Heizung|Fernwärme / Zustand|renoviert",
    "Farbe|RAL 3000 / Oberfläche|matt / Träger|Stahl",
    "Event|Board meeting / Venue|Room Aurora / Host|Ann Reed / Catering|none",
    "Rolle|Admin / Rechte|Lesen, Schreiben / Gültig|bis Jahresende",
    "Team|Reds / Coach|A. Smith / Home ground|North Park",
    "Schule|Gymnasium Nord / Klasse|7b / Klassenlehrer|Hr. Graf / Schüler|28",
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "docx"])
@pytest.mark.parametrize("text", TABLES)
def test_two_columns_with_a_head_are_a_table(tmp_path: Path, text: str, suffix: str) -> None:
    head, *rows = (row.split("|") for row in text.split(" / "))
    found = lines(two_columns(tmp_path / f"a.{suffix}", [head, *rows]))
    assert found == [f"{head[0]}: {name}; {head[1]}: {value}" for name, value in rows]


@pytest.mark.parametrize("suffix", ["csv", "docx"])
@pytest.mark.parametrize("text", FORMS)
def test_names_beside_their_values_are_a_form(tmp_path: Path, text: str, suffix: str) -> None:
    rows = [row.split("|") for row in text.split(" / ")]
    assert lines(two_columns(tmp_path / f"a.{suffix}", rows)) == [": ".join(row) for row in rows]


def two_columns(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    if path.suffix == ".csv":
        path.write_text("\n".join(map(";".join, rows)))
        return path
    document = docx.Document()
    table = document.add_table(len(rows), 2)
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    document.save(str(path))
    return path


def test_a_legend_below_a_table_names_what_its_values_mean(tmp_path: Path) -> None:
    rows = ["Station|Mo|Di|Mi", "Ost|R|T|R", "West|T|T|–", "", "R|Reinigung", "T|Test der Pumpen"]
    assert lines(sheet(tmp_path / "a.xlsx", rows)) == [
        "Station: Ost; Mo: R; Di: T; Mi: R", "Station: West; Mo: T; Di: T; Mi: –",
        "R: Reinigung", "T: Test der Pumpen",
    ]  # fmt: skip


def test_pairs_of_another_kind_far_below_a_table_are_none_of_its_rows(tmp_path: Path) -> None:
    rows = ["Strecke|Nord|Süd", "Lastzug|140|95", "Kurier|60|44", "", "", "Zuschlag|7 %", "Stand|03.05.2026"]
    assert lines(sheet(tmp_path / "a.xlsx", rows))[2:] == ["Zuschlag: 7 %", "Stand: 03.05.2026"]


def test_a_sum_below_an_empty_row_stays_in_its_column(tmp_path: Path) -> None:
    rows = ["Strecke|Nord|Süd", "Lastzug|140|95", "Kurier|60|44", "", "Summe|200"]
    assert lines(sheet(tmp_path / "a.xlsx", rows))[2] == "Strecke: Summe; Nord: 200"


@pytest.mark.parametrize("suffix", [".docx", ".html"])
def test_bold_titles_over_all_columns_are_no_names_of_a_form(tmp_path: Path, suffix: str) -> None:
    rows = [("Antrieb",), ("Bauart", "Stirnrad"), ("Drehzahl", "1450/min"), ("Schutz",), ("Klasse", "F"), ("Art", "IP")]
    expected = ["Antrieb", "Bauart: Stirnrad", "Drehzahl: 1450/min", "Schutz", "Klasse: F", "Art: IP"]
    if suffix == ".html":
        cells = "".join(
            f"<tr><td colspan=2><b>{row[0]}</b>" if len(row) == 1 else f"<tr><td>{row[0]}<td>{row[1]}" for row in rows
        )
        (tmp_path / "a.html").write_text(f"<meta charset=utf-8><table>{cells}</table>", encoding="utf-8")
    else:
        document = docx.Document()
        table = document.add_table(len(rows), 2)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(number, column).text = text
            if len(row) == 1:
                table.cell(number, 0).merge(table.cell(number, 1)).paragraphs[0].runs[0].bold = True
        document.save(str(tmp_path / "a.docx"))
    assert lines(tmp_path / f"a{suffix}") == expected
