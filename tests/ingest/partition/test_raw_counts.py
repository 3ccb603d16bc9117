"""The second count of old Office files, RTF, books and data: what a reader drops of them is noticed."""

import shutil
import zipfile
from pathlib import Path

import pytest

from ingest.documents import Completeness, Element, Partitioned
from ingest.partition import lay_out, partition
from ingest.partition.completeness import checked, completeness
from ingest.partition.formats import suffix_of
from ingest.partition.raw_text import raw_text

FORMATS = Path(__file__).parents[2] / "data" / "formats"
WORDS_RTF = (
    r"{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\fcharset0 Calibri;}"
    r"{\f3\fcharset2 Symbol;}{\f4\fcharset204 Arial;}}"
    r"{\stylesheet{\s1 heading 1;}}{\info{\title Titel}{\author M. Roth}}{\*\generator Riched20}"
    r"{\header \pard\plain Nordlicht AG\tab Anweisung 12\par}"
    r"{\footer \pard\plain Stand M\'e4rz \'96 Seite {\field{\*\fldinst { PAGE }}{\fldrslt 2}} von "
    r"{\field{\*\fldinst { NUMPAGES }}{\fldrslt 7}}\par}"
    r"\pard\plain {Die Ausgabe erfolgt\~{\b nur} durch Frau Ku\u269\'e8erov\u225\'e1"
    r"{\super \chftn {\footnote \pard\plain {\super \chftn } Vertretung: Herr Bl\'f6dorn}}.}\par"
    r"{\listtext\f3 \'b7\tab}\ls1 R\'fcckgabe binnen 3 Tagen\line an {\field{\*\fldinst {HYPERLINK "
    "tor"
    "}}"
    r"{\fldrslt {\ul tor@nordlicht.example}}}\par"
    r"\trowd\cellx3000\cellx6000\pard\intbl T\'fcr\cell Kennung\cell\row"
    r"{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt \pard Achtung Nacht\par}}"
    r"{\shprslt{\*\do{\dptxbxtext Nacht}}}}"
    r"{\pict\wmetafile8 0100}Vor{\pict\bin6 }}{{\\}dem Bild\par"
    r"{\f4 \'cf\'f0\'e8\'e2\'e5\'f2}\par {\v geheim} gilt {\deleted bis Mai}{\revised ab Juni}.\par"
    r"{\mmath{\*\moMath {\mr {\mscr0 Kraft}}}}{\*\annotation Bitte fragen}}"
)
SAID_BY_RTF = (
    "nordlicht ag anweisung 12 stand märz die ausgabe erfolgt nur durch frau kučerová vertretung herr blödorn rückgabe "
    "binnen 3 tagen an tor@nordlicht.example tür kennung achtung nacht vordem bild привет geheim gilt ab juni kraft "
    "bitte fragen"
)


def words(file: Path) -> list[str]:
    raw = raw_text(file, suffix_of(file))
    assert raw is not None
    return " ".join(raw.lines).lower().replace("–", "").replace(":", "").replace(".", "").split()


def written(folder: Path, name: str, content: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def test_rtf_says_its_words_and_nothing_that_is_of_programs(tmp_path: Path) -> None:
    file = written(tmp_path, "a.rtf", WORDS_RTF.encode("latin-1"))
    assert words(file) == SAID_BY_RTF.replace(".", "").split()


def test_rtf_of_a_mac_breaks_lines_by_backslashes(tmp_path: Path) -> None:
    said = "{\\rtf1\\ansi\\ansicpg1252\n{\\fonttbl\\f0 Arial;}\n\\f0 Liebe,\\\n\\\nab 4.\\'a0Mai \\uc0\\u8364 \\\n}"
    file = written(tmp_path, "a.rtf", said)
    raw = raw_text(file, ".rtf")
    assert raw is not None and [line for line in raw.lines if line.strip()] == ["Liebe,", "ab 4.\xa0Mai €"]


def test_headers_of_several_sections_of_rtf_are_counted_once(tmp_path: Path) -> None:
    section = r"{\header Stand Mai\par}\sectd Absatz\par\sect"
    assert words(written(tmp_path, "a.rtf", rf"{{\rtf1 {section}{section}}}")) == ["stand", "mai", "absatz", "absatz"]


CARD = "\r\n".join(
    (
        "BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "SUMMARY:Abnahme der Anlage",
        "LOCATION;LANGUAGE=de:Halle 3\\, T", " or 2", "DTSTART:20260601T080000Z",
        "ORGANIZER;CN=\"Eva Lenz\":MAILTO:lenz@x.example",
        "X-PROGRAM:nichts davon", "BEGIN:VALARM",
        "DESCRIPTION:Erinnerung", "END:VALARM", "END:VEVENT", "END:VCALENDAR", "",
    )
)  # fmt: skip


def test_cards_say_their_words_without_alarms(tmp_path: Path) -> None:
    file = written(tmp_path, "a.ics", CARD)
    raw = raw_text(file, ".ics")
    assert raw is not None
    assert [line.strip('"') for line in raw.lines] == [
        "Abnahme der Anlage",
        "Halle 3, Tor 2",
        "Eva Lenz",
        "lenz@x.example",
    ]


VALUES = (
    '{"Frist": "zwölf \\u0057ochen", "Menge": 2.50, "frei": false, "leer": null, "Teile": [["Welle"], {"x": "Rad"}]}'
)
XML = (
    "<?xml version='1.0' encoding='ISO-8859-1'?><!DOCTYPE a [<!ENTITY f 'x'>]><!-- nichts -->"
    "<a xmlns='urn:x' nr=\"4711\">für &f; hier<?p x?> und <b frist='3 Tage'/>dort<c>"
    "<![CDATA[<p>Eil<b>zuschlag</b></p>]]></c></a>"
).encode("latin-1")


def test_values_of_data_are_counted_and_names_are_not(tmp_path: Path) -> None:
    raw = raw_text(written(tmp_path, "a.json", VALUES), ".json")
    assert raw is not None and raw.lines == ["zwölf Wochen", "2.50", "false", "Welle", "Rad"]
    raw = raw_text(written(tmp_path, "a.xml", XML), ".xml")
    assert raw is not None
    assert [line.strip() for line in raw.lines if line.strip()] == [
        "4711",
        "3 Tage",
        "für &f; hier und",
        "dort",
        "Eilzuschlag",
    ]


def book(folder: Path) -> Path:
    """A book of two chapters, and a page with links to them that is none."""
    page = "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>nicht</title></head><body>{}</body></html>"
    items = "".join(
        f"<item id='{name}' href='{href}' media-type='application/xhtml+xml'/>"
        for name, href in (("a", "text/a%20b.xhtml"), ("c", "text/c.xhtml"), ("nav", "nav.xhtml"))
    )
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container' version='1.0'>"
        "<rootfiles><rootfile full-path='OPS/p.opf' media-type='application/oebps-package+xml'/></rootfiles>"
        "</container>",
        "OPS/p.opf": "<package xmlns='http://www.idpf.org/2007/opf' version='3.0'><metadata "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>Pumpe</dc:title></metadata>"
        f"<manifest>{items}</manifest><spine><itemref idref='a'/><itemref idref='c'/></spine></package>",
        "OPS/nav.xhtml": page.format("<p>Verzeichnis</p>"),
        "OPS/text/a b.xhtml": page.format("<h1>Einbau</h1><p>Die Welle mit 12 Nm anziehen.</p>"),
        "OPS/text/c.xhtml": page.format("<p>Filter alle drei Monate wechseln.</p>"),
    }  # fmt: skip
    with zipfile.ZipFile(folder / "a.epub", "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return folder / "a.epub"


def test_chapters_of_a_book_are_counted(tmp_path: Path) -> None:
    assert words(book(tmp_path)) == "einbau die welle mit 12 nm anziehen filter alle drei monate wechseln".split()


def sample(kind: str, folder: Path) -> Path:
    if kind in (".doc", ".ppt", ".rtf"):
        if shutil.which("soffice") is None:
            pytest.skip("LibreOffice is not installed")
        file = {".doc": "alt.doc", ".ppt": "alt.ppt", ".rtf": "brief.rtf"}[kind]
        return Path(shutil.copy(FORMATS / file, folder))
    made = {".json": VALUES, ".xml": XML, ".ics": CARD}
    return book(folder) if kind == ".epub" else written(folder, f"a{kind}", made[kind])


@pytest.mark.integration
@pytest.mark.parametrize("kind", [".doc", ".ppt", ".rtf", ".epub", ".json", ".xml", ".ics"])
def test_a_part_that_a_reader_drops_is_noticed(kind: str, tmp_path: Path) -> None:
    file = sample(kind, tmp_path)
    found = partition(file)
    assert checked(file, found).completeness == Completeness(share=1)
    longest = max(found.elements, key=lambda element: len(element.text))
    for at, element in enumerate(found.elements):
        if element.unseen or (element is not longest and len(element.text) < 40):
            continue
        spoilt = found.model_copy(update={"elements": found.elements[:at] + found.elements[at + 1 :]})
        said = completeness(file, spoilt, lay_out(spoilt))
        assert said is not None and said.share is not None and said.share < 1 and said.missing, element.text


def test_cells_of_a_binary_document_are_words_apart(tmp_path: Path) -> None:
    raw = raw_text(FORMATS / "alt.doc", ".doc")
    assert raw is not None
    said = lay_out(Partitioned(elements=(Element(kind="paragraph", text="\n".join(raw.lines)),))).text
    assert "Hydraulikfilter HF-22" in said and "\x07" not in said and "HYPERLINK" not in said
