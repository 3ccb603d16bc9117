"""Write one small document per file format below `tests/data/formats/`, for the tests that read every format.

The documents belong to a fictional machine builder. `FACTS` names what their text must contain once it was read,
`PARTS` the same for what is inside mails and archives. Run it from the project's folder with
`python -m tests.make_formats`; it needs pandoc (brought along by pypandoc), LibreOffice and the DejaVu fonts.
Fixed dates, ids and noise keep the bytes equal from run to run, except where LibreOffice writes its own.
"""

from __future__ import annotations

import csv
import html
import io
import json
import os
import random
import re
import struct
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import docx
import pypandoc
from extract_msg import OleWriter
from olefile import OleFileIO
from openpyxl import Workbook
from openpyxl.styles import Font
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.util import Inches
from reportlab.lib import colors
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, Paragraph, Table, TableStyle

TARGET = Path(__file__).resolve().parent / "data" / "formats"
CREATED = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
AUTHOR = "Jana Petersen"
NO_PREVIEW = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
    '<item oor:path="/org.openoffice.Office.Common/Save/Document"><prop oor:name="GenerateThumbnail" oor:op="fuse">'
    "<value>false</value></prop></item>\n</oor:items>\n"
)
ZIP_DATE = (2026, 1, 15, 9, 30, 0)

Rows = tuple[tuple[str, ...], ...]
Block = tuple[str, str | Rows]


@dataclass(frozen=True)
class Section:
    heading: str
    text: str
    bullets: tuple[str, ...] = ()
    rows: Rows = ()


@dataclass(frozen=True)
class Doc:
    title: str
    validity: str
    sections: tuple[Section, ...]

    @property
    def lead(self) -> str:
        return f"Nordwerk GmbH – {self.validity}"

    def pages(self) -> list[list[Block]]:
        """Title and first section, then one page for each further section."""
        pages: list[list[Block]] = [[("title", self.title), ("text", self.lead)]]
        for number, section in enumerate(self.sections):
            page = pages[0] if number == 0 else []
            page += [("heading", section.heading), ("text", section.text)]
            page += [("bullet", bullet) for bullet in section.bullets]
            page += [("table", section.rows)] if section.rows else []
            pages += [page] if number else []
        return pages

    def blocks(self) -> list[Block]:
        return [block for page in self.pages() for block in page]


REPORT = Doc(
    "Wartungsbericht Presse NW-400",
    "Gültig ab 1. März 2026",
    (
        Section(
            "Befund",
            "Am 12. Februar 2026 wurde die Presse NW-400 in Halle 3 geprüft. Der Öldruck lag bei 182 bar, zulässig "
            "sind 160 bis 200 bar. Das vordere Führungslager zeigte ein Spiel von 0,35 mm und wurde getauscht.",
        ),
        Section(
            "Nächste Schritte",
            "Verantwortlich ist Henrik Vogtmann aus der Instandhaltung.",
            (
                "Hydraulikfilter HF-22 alle 500 Betriebsstunden wechseln",
                "Führungslager nach 40 Stunden nachmessen",
                "Prüfprotokoll bis 31. März 2026 ablegen",
            ),
        ),
        Section(
            "Ersatzteile",
            "Verbraucht wurden die folgenden Teile.",
            rows=(
                ("Teil", "Menge", "Preis"),
                ("Führungslager FL-7", "2", "148,50 €"),
                ("Hydraulikfilter HF-22", "1", "63,90 €"),
                ("Dichtungssatz DS-4", "3", "21,75 €"),
            ),
        ),
    ),
)
TRAVEL = Doc(
    "Richtlinie für Dienstreisen",
    "Stand: 15.01.2026",
    (
        Section(
            "Genehmigung",
            "Jede Dienstreise wird mindestens zehn Arbeitstage vorher beantragt. Reisen über 1.500 Euro genehmigt "
            "Ines Kallweit aus der Geschäftsführung. Flüge unter 400 km Entfernung werden nicht erstattet.",
        ),
        Section(
            "Abrechnung",
            "Belege gehen innerhalb von vier Wochen an die Buchhaltung.",
            (
                "Bahnfahrten in der zweiten Klasse",
                "Privatwagen mit 0,38 Euro je Kilometer",
                "Übernachtung bis 120 Euro ohne Rückfrage",
            ),
        ),
        Section(
            "Tagessätze",
            "Für Verpflegung gelten die folgenden Sätze.",
            rows=(
                ("Land", "Ganzer Tag", "Halber Tag"),
                ("Deutschland", "28 Euro", "14 Euro"),
                ("Österreich", "50 Euro", "33 Euro"),
                ("Dänemark", "75 Euro", "50 Euro"),
            ),
        ),
    ),
)
INSPECTION = Doc(
    "Prüfplan Wareneingang",
    "Version 2.3",
    (
        Section(
            "Umfang",
            "Jede Lieferung Blech wird vor dem Einlagern geprüft. Aus 50 Tafeln werden fünf gezogen und an drei "
            "Stellen gemessen. Die Dicke darf um höchstens 0,08 mm abweichen. Den Prüfplan verantwortet Tom Aldering.",
        ),
        Section(
            "Ablauf",
            "Gesperrte Ware steht auf dem roten Platz R7 und wird nach 48 Stunden zurückgeschickt.",
            (
                "Lieferschein mit der Bestellung vergleichen",
                "Oberfläche auf Kratzer prüfen",
                "Messwerte im Formular QS-114 eintragen",
            ),
        ),
        Section(
            "Grenzwerte",
            "Es gelten die folgenden Werte.",
            rows=(
                ("Werkstoff", "Dicke", "Toleranz"),
                ("Stahl S235", "3,00 mm", "0,08 mm"),
                ("Edelstahl", "2,00 mm", "0,05 mm"),
                ("Aluminium", "4,00 mm", "0,10 mm"),
            ),
        ),
    ),
)
MANUAL = Doc(
    "Handbuch Fräsmaschine NW-650",
    "Version 2.3",
    (
        Section(
            "Inbetriebnahme",
            "Die Fräsmaschine wiegt 3.850 kg und braucht einen Anschluss mit 400 Volt und 32 Ampere. Vor dem ersten "
            "Start läuft die Spindel 20 Minuten mit 600 Umdrehungen warm. Der Kühlmitteltank fasst 180 Liter.",
        ),
        Section(
            "Sicherheit",
            "Arbeiten an der Spindel sind nur bei verriegeltem Hauptschalter erlaubt.",
            (
                "Schutzbrille und enge Kleidung tragen",
                "Not-Halt jeden Montag auslösen und prüfen",
                "Späne nur mit dem Haken entfernen",
            ),
        ),
        Section(
            "Störungen",
            "Die Steuerung zeigt die folgenden Meldungen.",
            rows=(
                ("Meldung", "Ursache", "Abhilfe"),
                ("E-17", "Kühlmittel fehlt", "Tank auffüllen"),
                ("E-23", "Tür offen", "Tür schließen"),
                ("E-41", "Spindel zu heiß", "30 Minuten warten"),
            ),
        ),
    ),
)
SERVICE = Doc(
    "Service Levels for Packing Lines",
    "valid from 2026-04-01",
    (
        Section(
            "Response times",
            "Nordwerk answers every call about a stopped packing line within four hours. A technician is on site "
            "within two working days. The yearly fee is 4,200 euros for each line and is due on 30 June.",
        ),
        Section(
            "What is included",
            "Contact is Lena Marwitz of the service desk.",
            (
                "Two inspections a year",
                "Spare belts of type PB-90 at a discount of 15 percent",
                "Remote diagnosis on weekdays from 7 am to 6 pm",
            ),
        ),
        Section(
            "Service levels",
            "Customers choose one of the following levels.",
            rows=(
                ("Level", "Response", "Fee"),
                ("Basic", "24 hours", "1,900 euros"),
                ("Plus", "8 hours", "3,100 euros"),
                ("Premium", "4 hours", "4,200 euros"),
            ),
        ),
    ),
)
FIRE = Doc(
    "Brandschutz in Halle 3",
    "gültig bis 31.12.2027",
    (
        Section(
            "Grundsätze",
            "Die Halle hat sechs Notausgänge und 14 Feuerlöscher. Geübt wird am 5. Mai und am 10. November 2026. "
            "Brandschutzbeauftragte ist Maren Holtkamp, Telefon 4417.",
        ),
        Section(
            "Verhalten im Brandfall",
            "Sammelplatz ist der Parkplatz Nord.",
            (
                "Handmelder am Tor B drücken",
                "Maschinen über den Not-Halt abschalten",
                "Aufzüge nicht benutzen",
            ),
        ),
        Section(
            "Löschmittel",
            "Nicht jedes Mittel passt zu jedem Brand.",
            rows=(
                ("Bereich", "Löscher", "Anzahl"),
                ("Lackiererei", "Schaum 9 Liter", "5"),
                ("Schaltschränke", "Kohlendioxid 5 kg", "6"),
                ("Späneplatz", "Metallbrandpulver", "3"),
            ),
        ),
    ),
)
LETTER = Doc(
    "Lieferzusage Förderband FB-12",
    "gültig bis 31.12.2027",
    (
        Section(
            "Liefertermin",
            "Wir liefern das Förderband FB-12 am 22. Juni 2026 an Ihr Werk in Musterhafen. Das Band ist 24 Meter lang "
            "und trägt 85 kg je Meter. Bei Verzug zahlen wir 0,5 Prozent des Preises je Woche.",
        ),
        Section(
            "Vor der Montage",
            "Bitte bereiten Sie die Baustelle bis zum 15. Juni 2026 vor.",
            (
                "Ebener Boden mit 2 Tonnen Tragkraft",
                "Stromanschluss mit 16 Ampere",
                "Kran oder Stapler für 1.200 kg",
            ),
        ),
        Section(
            "Zahlung",
            "Der Preis von 38.600 Euro wird in drei Teilen fällig.",
            rows=(
                ("Teil", "Betrag", "Fällig"),
                ("Anzahlung", "11.580 Euro", "15.04.2026"),
                ("Lieferung", "19.300 Euro", "22.06.2026"),
                ("Abnahme", "7.720 Euro", "20.07.2026"),
            ),
        ),
    ),
)
NOTE = Doc(
    "Notiz zur Schichtübergabe",
    "Stand: 15.01.2026",
    (
        Section(
            "Verlauf",
            "Die Frühschicht hat 412 Gehäuse gefertigt, geplant waren 430. An der Säge S2 riss um 10:40 Uhr das "
            "Sägeblatt, der Wechsel dauerte 35 Minuten. Das Ersatzblatt kam aus dem Lagerfach L-208.",
        ),
        Section(
            "Offene Punkte",
            "Die Spätschicht unter Oskar Brandis übernimmt.",
            (
                "Sägeblatt SB-315 nachbestellen",
                "Restmenge von 18 Gehäusen fertigen",
                "Kühlmittel an der Säge S2 auf 6 Prozent einstellen",
            ),
        ),
        Section(
            "Stückzahlen",
            "So verteilt sich die Fertigung.",
            rows=(
                ("Linie", "Soll", "Ist"),
                ("Säge S1", "210", "214"),
                ("Säge S2", "220", "198"),
                ("Nacharbeit", "0", "7"),
            ),
        ),
    ),
)

SUPPLIERS: Rows = (
    ("Nummer", "Lieferant", "Ort", "Bemerkung"),
    ("L-1001", "Beispielstahl KG", "Lübeckstadt", "Stand: 15.01.2026\nnächste Prüfung im Juli"),
    ("L-1002", "Muster & Söhne", "Großmusterdorf", "Zahlung in 30 Tagen, Skonto 2 %"),
    ("L-1003", "Förderteile Muster GmbH", "Münsterbeispiel", "Rahmenvertrag über 48.000 €"),
)
SPARES: Rows = (
    ("Part", "Stock", "Remark"),
    ("Belt PB-90", "64", "valid from 2026-04-01"),
    ("Roller RL-12", "118", "minimum stock is 40 pieces"),
    ("Sensor SN-5", "9", "reorder before 12 May 2026"),
)
PRICES: Rows = (
    ("Artikel", "Bezeichnung", "Preis"),
    ("HF-22", "Hydraulikfilter für NW-400", "63,90"),
    ("FL-7", "Führungslager geschliffen", "148,50"),
    ("SB-315", "Sägeblatt 315 mm", "92,00"),
)
PRICE_TITLE = "Preisliste Ersatzteile 2026"
PRICE_NOTES = ("gültig bis 31.12.2027", "Preise in Euro ohne Umsatzsteuer", "Ab 25 Stück gelten 4 Prozent Rabatt")
MACHINES: dict[str, object] = {
    "titel": "Maschinenverzeichnis Werk Süd",
    "gueltigkeit": "Gültig ab 1. März 2026",
    "standort": {"name": "Werk Süd", "leitung": "Henrik Vogtmann", "flaeche": {"wert": 7400, "einheit": "m²"}},
    "hinweise": ["Prüfung alle zwölf Monate", "Änderungen meldet die Instandhaltung"],
    "maschinen": [
        {"nummer": "M-031", "name": "Presse NW-400", "baujahr": 2019, "prüfung": "2026-02-12"},
        {"nummer": "M-047", "name": "Fräsmaschine NW-650", "baujahr": 2022, "prüfung": "2026-04-08"},
        {"nummer": "M-052", "name": "Säge S2", "baujahr": 2016, "prüfung": "2026-05-19"},
    ],
}
MAIL_SUBJECT = "Neue Preise für Ersatzteile"
MAIL_BODY = (
    "Guten Tag Herr Aldering,\n\nanbei die neue Preisliste, Gültig ab 1. März 2026. Der Hydraulikfilter HF-22 "
    "kostet künftig 63,90 Euro.\nBitte bestellen Sie bis zum 27. Februar 2026 noch zu den alten Preisen.\n\n"
    "Wichtig für Sie:\n- Mindestmenge ist ein Karton mit zehn Stück\n- Versand am Dienstag und am Freitag\n\n"
    "Mit freundlichen Grüßen\nJana Petersen\n"
)
MAIL_TERMS = "Zahlungsziel sind 21 Tage. Version 2.3 der Lieferbedingungen gilt weiter.\n"
FORWARD_SUBJECT = "Anfrage Dichtungssatz DS-4"
FORWARD_BODY = "Hallo Jana,\n\nder Kunde braucht 75 Stück DS-4 bis zum 9. März 2026.\n\nViele Grüße\nOskar Brandis\n"
FORWARD_TEXT = "Lagerbestand am 20. Januar 2026: 31 Stück DS-4 im Fach L-114.\n"
MSG_SUBJECT = "Termin für die Abnahme der NW-820"
MSG_BODY = (
    "Guten Tag,\r\n\r\ndie Abnahme der NW-820 findet am 18. März 2026 um 9 Uhr in Halle 2 statt. Der Probelauf "
    "dauert sechs Stunden. Stand: 15.01.2026.\r\n\r\n- Prüfstücke bringt Ines Kallweit mit\r\n"
    "- Das Protokoll schreibt Tom Aldering\r\n\r\nJana Petersen\r\n"
)
MSG_FILE = "Ablaufplan Abnahme März 2026.txt"
MSG_TEXT = "Ablaufplan: 9 Uhr Einweisung, 10 Uhr Probelauf, 16 Uhr Unterschrift durch Maren Holtkamp.\n"
INNER_TEXT = "Prüfvermerk: Die Waage W-9 wurde am 3. Februar 2026 geeicht, gültig bis 31.12.2027.\n"

FACTS: dict[str, tuple[str, ...]] = {
    "text.pdf": ("Stand: 15.01.2026", "Reisen über 1.500 Euro", "Übernachtung bis 120 Euro"),
    "scan.pdf": ("Version 2.3", "höchstens 0,08 mm", "Oberfläche auf Kratzer prüfen"),
    "mixed.pdf": ("wiegt 3.850 kg", "Schutzbrille und enge Kleidung tragen", "Kühlmittel fehlt"),
    "bericht.docx": ("Gültig ab 1. März 2026", "Der Öldruck lag bei 182 bar", "Hydraulikfilter HF-22"),
    "alt.doc": ("Gültig ab 1. März 2026", "ein Spiel von 0,35 mm", "Dichtungssatz DS-4"),
    "folien.pptx": ("gültig bis 31.12.2027", "Handmelder am Tor B drücken", "Metallbrandpulver"),
    "alt.ppt": ("gültig bis 31.12.2027", "Aufzüge nicht benutzen", "Kohlendioxid 5 kg"),
    "preise.xlsx": (PRICE_TITLE, "Führungslager geschliffen", "gültig bis 31.12.2027"),
    "alt.xls": (PRICE_TITLE, "Sägeblatt 315 mm", "Ab 25 Stück gelten 4 Prozent Rabatt"),
    "liste.csv": ("Stand: 15.01.2026", "Muster & Söhne", "Rahmenvertrag über 48.000 €"),
    "liste.tsv": ("valid from 2026-04-01", "minimum stock is 40 pieces", "Sensor SN-5"),
    "brief.odt": ("gültig bis 31.12.2027", "am 22. Juni 2026", "Kran oder Stapler für 1.200 kg"),
    "tabelle.ods": (PRICE_TITLE, "Hydraulikfilter für NW-400", "Preise in Euro ohne Umsatzsteuer"),
    "brief.rtf": ("Lieferzusage Förderband FB-12", "85 kg je Meter", "11.580 Euro"),
    "handbuch.epub": ("Version 2.3", "Der Kühlmitteltank fasst 180 Liter", "Späne nur mit dem Haken entfernen"),
    "seite.html": ("valid from 2026-04-01", "within two working days", "Two inspections a year"),
    "notiz.md": ("Stand: 15.01.2026", "412 Gehäuse gefertigt", "Sägeblatt SB-315 nachbestellen"),
    "notiz.txt": ("Stand: 15.01.2026", "Lagerfach L-208", "Restmenge von 18 Gehäusen fertigen"),
    "anleitung.rst": ("Version 2.3", "400 Volt und 32 Ampere", "Späne nur mit dem Haken entfernen"),
    "notiz.org": ("Stand: 15.01.2026", "der Wechsel dauerte 35 Minuten", "Nacharbeit"),
    "daten.json": ("Gültig ab 1. März 2026", "Fräsmaschine NW-650", "Prüfung alle zwölf Monate"),
    "daten.xml": ("Gültig ab 1. März 2026", "Presse NW-400", "Änderungen meldet die Instandhaltung"),
    "mail.eml": (MAIL_SUBJECT, "Gültig ab 1. März 2026", "Mindestmenge ist ein Karton mit zehn Stück"),
    "outlook.msg": ("am 18. März 2026 um 9 Uhr", "dauert sechs Stunden", "Stand: 15.01.2026"),
    "foto.png": ("Stand: 15.01.2026", "geplant waren 430", "Oskar Brandis"),
    "scan.jpg": ("gültig bis 31.12.2027", "sechs Notausgänge", "Aufzüge nicht benutzen"),
    "fax.tiff": ("22. Juni 2026", "85 kg je Meter", "Stromanschluss mit 16 Ampere"),
    "archiv.zip": ("412 Gehäuse gefertigt", "Rahmenvertrag über 48.000 €", "Die Waage W-9 wurde am 3. Februar 2026"),
}
PARTS: dict[str, dict[str, str]] = {
    "mail.eml": {
        "Anlage Preise.pdf": "Sägeblatt 315 mm",
        "Bedingungen.txt": "Zahlungsziel sind 21 Tage",
        FORWARD_SUBJECT: "75 Stück DS-4 bis zum 9. März 2026",
        "Lagerbestand.txt": "31 Stück DS-4 im Fach L-114",
    },
    "outlook.msg": {MSG_FILE: "16 Uhr Unterschrift durch Maren Holtkamp"},
    "archiv.zip": {
        "unterlagen/notiz.md": "412 Gehäuse gefertigt",
        "unterlagen/liste.csv": "Rahmenvertrag über 48.000 €",
        "unterlagen/innen.zip/prüfvermerk.txt": "Die Waage W-9 wurde am 3. Februar 2026",
    },
}


# Pictures and PDF


@cache
def font_file(name: str) -> Path:
    found = sorted(Path("/usr/share/fonts").rglob(f"{name}.ttf"))
    if not found:
        raise FileNotFoundError(f"The font {name} is missing; on Debian: apt-get install fonts-dejavu-core")
    return found[0]


def wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            yield line
            longer = word
        line = longer
    yield line


def drawn(blocks: Iterable[Block], dpi: int = 150) -> Image.Image:
    """An A5 page with black text on white."""
    unit = dpi / 72
    page = Image.new("L", (round(A5[0] * unit), round(A5[1] * unit)), 255)
    pen, margin, y = ImageDraw.Draw(page), 40 * unit, 40 * unit
    width = page.width - 2 * margin
    for kind, content in blocks:
        size, face = {"title": (17, "DejaVuSans-Bold"), "heading": (13, "DejaVuSans-Bold")}.get(
            kind, (11, "DejaVuSans")
        )
        font = ImageFont.truetype(font_file(face), round(size * unit))
        step = size * unit * 1.4
        if isinstance(content, tuple):
            for row in content:
                for column, cell in enumerate(row):
                    pen.text((margin + column * width / len(row), y), cell, font=font, fill=0)
                y += step * 1.3
        else:
            for line in wrapped(f"• {content}" if kind == "bullet" else content, font, width):
                pen.text((margin, y), line, font=font, fill=0)
                y += step
        y += 6 * unit
    if y > page.height - margin:
        raise ValueError("The text does not fit on the page")
    return page


def scanned(blocks: Iterable[Block]) -> Image.Image:
    """The page as a scanner sees it: slightly soft, with specks."""
    page = drawn(blocks).filter(ImageFilter.GaussianBlur(0.4))
    dice = random.Random(7)
    for _ in range(2500):
        page.putpixel((dice.randrange(page.width), dice.randrange(page.height)), dice.randrange(150, 240))
    return page


def as_jpeg(page: Image.Image) -> bytes:
    stream = io.BytesIO()
    page.save(stream, "JPEG", quality=45, dpi=(150, 150), optimize=True)
    return stream.getvalue()


def flowable(block: Block) -> Flowable:
    kind, content = block
    if isinstance(content, tuple):
        grid = TableStyle([("FONT", (0, 0), (-1, -1), "DejaVuSans", 10), ("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
        return Table([list(row) for row in content], style=grid, hAlign="LEFT")
    size = {"title": 16, "heading": 13}.get(kind, 10)
    indent = 12 if kind == "bullet" else 0
    style = ParagraphStyle(kind, fontName="DejaVuSans", fontSize=size, leading=size * 1.4, spaceAfter=6)
    style.leftIndent = indent
    return Paragraph(escape(content), style, bulletText="•" if kind == "bullet" else None)


def pdf(title: str, pages: Iterable[list[Block] | Image.Image]) -> bytes:
    pdfmetrics.registerFont(TTFont("DejaVuSans", str(font_file("DejaVuSans"))))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A5, pageCompression=1)
    canvas.setTitle(title)
    canvas.setAuthor(AUTHOR)
    canvas.setCreator("Nordwerk GmbH")
    canvas.setSubject("")
    for page in pages:
        if isinstance(page, Image.Image):
            canvas.drawImage(ImageReader(io.BytesIO(as_jpeg(page))), 0, 0, *A5)
        else:
            story = [flowable(block) for block in page]
            Frame(30, 30, A5[0] - 60, A5[1] - 60).addFromList(story, canvas)
            if story:
                raise ValueError("The text does not fit on the page")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def text_pdf() -> bytes:
    first, *others = TRAVEL.pages()
    return pdf(TRAVEL.title, [first, [block for page in others for block in page]])


def scan_pdf() -> bytes:
    first, *others = INSPECTION.pages()
    return pdf(INSPECTION.title, [scanned(first), scanned(block for page in others for block in page)])


def mixed_pdf() -> bytes:
    first, second, third = MANUAL.pages()
    return pdf(MANUAL.title, [first, scanned(second), third])


def foto_png() -> bytes:
    page = drawn([("text", f"{NOTE.lead}. {NOTE.sections[0].text}"), ("text", NOTE.sections[1].text)])
    stream = io.BytesIO()
    page.crop((0, 0, page.width, page.height // 2)).save(stream, "PNG", dpi=(150, 150), optimize=True)
    return stream.getvalue()


def scan_jpg() -> bytes:
    return as_jpeg(scanned(FIRE.blocks()))


def fax_tiff() -> bytes:
    first, *others = LETTER.pages()
    pages = [drawn(first, 200), drawn([block for page in others for block in page], 200)]
    frames = [page.point(lambda level: 255 if level > 140 else 0).convert("1") for page in pages]
    stream = io.BytesIO()
    frames[0].save(stream, "TIFF", save_all=True, append_images=frames[1:], compression="group4", dpi=(200, 200))
    return stream.getvalue()


# Office


def repacked(data: bytes) -> bytes:
    """The same archive with one date on all members, and that date as the document's last change."""
    stream = io.BytesIO()
    stamp = CREATED.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename in ("docProps/core.xml", "meta.xml"):
                content = re.sub(rb"(<(?:dcterms:modified[^>]*|dc:date)>)[^<]*", rb"\g<1>" + stamp, content)
            if member.filename == "settings.xml":  # LibreOffice draws these numbers anew each time
                content = re.sub(rb'("Rsid(?:Root)?" config:type="int">)\d+', rb"\g<1>1", content)
            target.writestr(zipfile.ZipInfo(member.filename, ZIP_DATE), content, member.compress_type)
    return stream.getvalue()


def word(doc: Doc) -> bytes:
    document = docx.Document()
    core = document.core_properties
    core.title, core.author, core.created, core.modified = doc.title, AUTHOR, CREATED, CREATED
    core.last_modified_by, core.comments, core.language = AUTHOR, "", "de-DE"
    for kind, content in doc.blocks():
        if isinstance(content, tuple):
            table = document.add_table(len(content), len(content[0]), style="Table Grid")
            for cells, row in zip(table.rows, content, strict=True):
                for cell, value in zip(cells.cells, row, strict=True):
                    cell.text = value
        elif kind in ("title", "heading"):
            document.add_heading(content, 0 if kind == "title" else 1)
        else:
            document.add_paragraph(content, style="List Bullet" if kind == "bullet" else None)
    document.add_paragraph()  # as Word does: the old format loses a table that ends the document
    stream = io.BytesIO()
    document.save(stream)
    return repacked(stream.getvalue())


def add_slide(deck: Deck, layout: int, title: str, body: str, notes: str) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    slide.shapes.title.text = title
    slide.placeholders[1].text = body
    slide.notes_slide.notes_text_frame.text = notes


def slides(doc: Doc) -> bytes:
    deck = Presentation()
    core = deck.core_properties
    core.title, core.author, core.created, core.modified = doc.title, AUTHOR, CREATED, CREATED
    core.last_modified_by = AUTHOR
    first, second, third = doc.sections
    add_slide(deck, 0, doc.title, doc.lead, first.text)
    add_slide(deck, 1, second.heading, "\n".join(second.bullets), second.text)
    add_slide(deck, 1, third.heading, third.text, "Die Löscher prüft Maren Holtkamp alle zwei Jahre.")
    body = deck.slides[2].placeholders[1]
    body.left, body.top, body.width, body.height = Inches(0.5), Inches(1.5), Inches(9), Inches(1)
    shape = deck.slides[2].shapes.add_table(
        len(third.rows), len(third.rows[0]), Inches(0.5), Inches(2.8), Inches(9), Inches(2.4)
    )
    for number, row in enumerate(third.rows):
        for column, value in enumerate(row):
            shape.table.cell(number, column).text = value
    for layout in list(deck.slide_layouts)[2:]:  # unused ones make the old format fat
        deck.slide_layouts.remove(layout)
    stream = io.BytesIO()
    deck.save(stream)
    return repacked(stream.getvalue())


def sheets() -> bytes:
    """Two sheets: prices below a title at B1, from B3 on, and forty rows of stock."""
    book = Workbook()
    core = book.properties
    core.title, core.creator, core.lastModifiedBy = PRICE_TITLE, AUTHOR, AUTHOR
    core.created = core.modified = CREATED.replace(tzinfo=None)
    prices = book.active
    prices.title = "Preise"
    prices["B1"] = PRICE_TITLE
    prices["B1"].font = Font(bold=True, size=14)
    for number, row in enumerate(PRICES, start=3):
        for column, value in enumerate(row, start=2):
            amount = column == 4 and number > 3
            cell = prices.cell(number, column, float(value.replace(",", ".")) if amount else value)
            cell.number_format = "#,##0.00" if amount else "General"
            cell.font = Font(bold=number == 3)
    for number, note in enumerate(PRICE_NOTES, start=len(PRICES) + 4):
        prices.cell(number, 2, note)
    stock = book.create_sheet("Lagerbestand")
    stock.append(("Fach", "Artikel", "Stück"))
    for number in range(39):
        stock.append((f"L-{200 + number}", PRICES[1 + number % 3][0], 12 + number * 7 % 50))
    stream = io.BytesIO()
    book.save(stream)
    return repacked(stream.getvalue())


@cache
def profile() -> tempfile.TemporaryDirectory[str]:
    """A folder for LibreOffice and its settings: previews would be the larger part of small files."""
    folder = tempfile.TemporaryDirectory(prefix="formats-")
    user = Path(folder.name) / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(NO_PREVIEW)
    return folder


def without_preview(data: bytes) -> bytes:
    """An old slide deck without the picture of its first slide, which LibreOffice stores uncompressed."""
    name, section, writer = "\x05SummaryInformation", 48, OleWriter()
    with OleFileIO(data) as ole:
        old = ole.openstream(name).read()
        writer.fromOleFile(ole)
    count = struct.unpack_from("<4xI", old, section)[0]
    kind, start = struct.unpack_from("<II", old, section + 8 * count)
    if kind == 17:  # the preview is the last property: cut it off
        writer.editEntry(name, data=old[:section] + struct.pack("<II", start, count - 1) + old[56 : section + start])
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def converted(data: bytes, source: str, target: str) -> bytes:
    """What LibreOffice makes of a document, from one file extension to another."""
    folder = Path(profile().name)
    original = folder / f"source.{source}"
    original.write_bytes(data)
    command = ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", target, "--outdir", str(folder), str(original)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    result = original.with_suffix(f".{target}").read_bytes()
    if target == "ppt":
        return without_preview(result)
    return repacked(result) if target in ("odt", "ods") else result


# Text


def liste_csv() -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";").writerows(SUPPLIERS)
    return stream.getvalue().encode("cp1252")


def liste_tsv() -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter="\t", lineterminator="\n").writerows(SPARES)
    return stream.getvalue().encode()


def markdown(doc: Doc) -> str:
    lines = ["---", f"title: {doc.title}", f"author: {AUTHOR}", f"date: {CREATED:%Y-%m-%d}", "---", "", doc.lead, ""]
    for section in doc.sections:
        lines += [f"# {section.heading}", "", section.text, ""]
        lines += [f"- {bullet}" for bullet in section.bullets] + [""] * bool(section.bullets)
        for number, row in enumerate(section.rows):
            lines.append("| " + " | ".join(row) + " |")
            lines += ["|" + " --- |" * len(row)] * (number == 0)
    return "\n".join(lines).strip() + "\n"


def plain(doc: Doc) -> str:
    lines: list[str] = []
    for kind, content in doc.blocks():
        if isinstance(content, tuple):
            lines += ["", *("".join(f"{cell:<14}" for cell in row).rstrip() for row in content)]
        elif kind in ("title", "heading"):
            lines += ["", content, ("=" if kind == "title" else "-") * len(content), ""]
        else:
            lines.append(f"* {content}" if kind == "bullet" else content)
    return "\n".join(lines).strip() + "\n"


def pandoc(doc: Doc, target: str) -> bytes:
    return str(pypandoc.convert_text(markdown(doc), target, "markdown", extra_args=["--standalone"])).encode()


def handbuch_epub() -> bytes:
    first, _, third = MANUAL.sections
    source = markdown(MANUAL).replace(
        f"# {third.heading}", f"## {third.heading}"
    )  # two chapters, a table in the second
    source = source.replace("date:", "lang: de\nidentifier: nordwerk-nw-650\ndate:", 1)
    heading = f"# {first.heading}\n"
    source = source.replace(f"{MANUAL.lead}\n\n{heading}", f"{heading}\n{MANUAL.lead}\n", 1)  # no chapter of its own
    path = Path(profile().name) / "handbuch.epub"
    pypandoc.convert_text(source, "epub", "markdown", outputfile=str(path))
    return repacked(path.read_bytes())


def seite_html() -> bytes:
    def cells(row: tuple[str, ...], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row) + "</tr>"

    title, author = html.escape(SERVICE.title), html.escape(AUTHOR)
    lines = ['<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">', f"<title>{title}</title>"]
    lines += [f'<meta name="author" content="{author}">', f'<meta name="date" content="{CREATED:%Y-%m-%d}">']
    lines += ["<style>td, th { padding: 4px; }</style>\n</head>\n<body>", f"<h1>{title}</h1>\n<p>{SERVICE.lead}</p>"]
    for section in SERVICE.sections:
        lines += [f"<h2>{html.escape(section.heading)}</h2>", f"<p>{html.escape(section.text)}</p>"]
        if section.bullets:
            lines += ["<ul>", *(f"<li>{html.escape(bullet)}</li>" for bullet in section.bullets), "</ul>"]
        if section.rows:
            lines += [
                "<table>",
                cells(section.rows[0], "th"),
                *(cells(row, "td") for row in section.rows[1:]),
                "</table>",
            ]
    return "\n".join([*lines, "</body>\n</html>\n"]).encode()


def add_node(parent: ElementTree.Element, name: str, value: object) -> None:
    """Objects become elements, lists repeat one; numbers of records and units become attributes."""
    if isinstance(value, list):
        for item in value:
            add_node(parent, name, item)
        return
    node = ElementTree.SubElement(parent, name)
    if not isinstance(value, dict):
        node.text = str(value)
        return
    for key, item in value.items():
        if key in ("nummer", "einheit"):
            node.set(key, str(item))
        else:
            add_node(node, key, item)


def daten_xml() -> bytes:
    root = ElementTree.Element("verzeichnis", autor=AUTHOR, erstellt=f"{CREATED:%Y-%m-%d}")
    for name, value in MACHINES.items():
        add_node(root, {"maschinen": "maschine", "hinweise": "hinweis"}.get(name, name), value)
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def daten_json() -> bytes:
    return (json.dumps(MACHINES, ensure_ascii=False, indent=2) + "\n").encode()


# Mail and archive


def envelope(subject: str, sender: str, to: str, number: int, body: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["Subject"], mail["From"], mail["To"] = subject, sender, to
    mail["Date"] = format_datetime(CREATED + timedelta(days=number))
    mail["Message-ID"] = f"<{number}.formats@nordwerk.example>"
    mail.set_content(body)
    return mail


def mail_eml() -> bytes:
    jana, tom = f"{AUTHOR} <jana.petersen@nordwerk.example>", "Tom Aldering <tom.aldering@nordwerk.example>"
    forwarded = envelope(FORWARD_SUBJECT, "Oskar Brandis <oskar.brandis@nordwerk.example>", jana, 5, FORWARD_BODY)
    forwarded.add_attachment(FORWARD_TEXT, filename="Lagerbestand.txt")
    mail = envelope(MAIL_SUBJECT, jana, tom, 6, MAIL_BODY)
    paragraphs = "".join(f"<p>{html.escape(part)}</p>\n" for part in MAIL_BODY.strip().split("\n\n"))
    mail.add_alternative(f"<html><body>\n{paragraphs}</body></html>\n", subtype="html")
    prices: list[Block] = [("title", PRICE_TITLE), ("text", PRICE_NOTES[0]), ("table", PRICES)]
    attached = pdf(PRICE_TITLE, [prices])
    mail.add_attachment(attached, maintype="application", subtype="pdf", filename="Anlage Preise.pdf")
    mail.add_attachment(MAIL_TERMS, filename="Bedingungen.txt")
    mail.add_attachment(forwarded)
    for number, part in enumerate(mail.walk()):
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            part.set_boundary(f"=_nordwerk_{number}")
    return mail.as_bytes()


def add_properties(ole: OleWriter, folder: str, header: bytes, properties: dict[int, str | bytes | int]) -> None:
    """One storage of an Outlook message: a stream for each long value, and the list of all (MS-OXMSG 2.4)."""
    entries = header
    for tag, value in properties.items():
        if isinstance(value, int):
            entries += struct.pack("<IIQ", tag, 6, value)
            continue
        data = value.encode("utf-16-le") if isinstance(value, str) else value
        ole.addEntry(f"{folder}__substg1.0_{tag:08X}", data)
        entries += struct.pack("<IIII", tag, 6, len(data) + 2 * isinstance(value, str), 0)
    ole.addEntry(f"{folder}__properties_version1.0", entries)


def outlook_msg() -> bytes:
    ole, sender, receiver = OleWriter(), "jana.petersen@nordwerk.example", "tom.aldering@nordwerk.example"
    sent = (CREATED - datetime(1601, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 10
    message: dict[int, str | bytes | int] = {
        0x001A001F: "IPM.Note",  # message class
        0x0037001F: MSG_SUBJECT,
        0x00390040: sent,
        0x0E060040: sent,
        0x0C1A001F: AUTHOR,  # sender: name, address type, address
        0x0C1E001F: "SMTP",
        0x0C1F001F: sender,
        0x0E04001F: "Tom Aldering",  # display to
        0x0E070003: 0x11,  # flags: read, has attachments
        0x1000001F: MSG_BODY,
        0x340D0003: 0x00040000,  # strings are Unicode
    }
    recipient: dict[int, str | bytes | int] = {
        0x0C150003: 1,  # To
        0x30000003: 0,
        0x3001001F: "Tom Aldering",
        0x3002001F: "SMTP",
        0x3003001F: receiver,
        0x39FE001F: receiver,
    }
    attachment: dict[int, str | bytes | int] = {
        0x0E210003: 0,
        0x37010102: MSG_TEXT.encode(),
        0x3703001F: ".txt",
        0x3704001F: "ABLAUF~1.TXT",
        0x37050003: 1,  # by value
        0x3707001F: MSG_FILE,
        0x370E001F: "text/plain",
    }
    add_properties(ole, "", struct.pack("<8x4I8x", 1, 1, 1, 1), message)
    add_properties(ole, "__recip_version1.0_#00000000/", bytes(8), recipient)
    add_properties(ole, "__attach_version1.0_#00000000/", bytes(8), attachment)
    for stream in ("00020102", "00030102", "00040102"):  # no named properties
        ole.addEntry(f"__nameid_version1.0/__substg1.0_{stream}", b"")
    result = io.BytesIO()
    ole.write(result)
    return result.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, ZIP_DATE), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def archiv_zip() -> bytes:
    return zipped(
        {
            "unterlagen/notiz.md": markdown(NOTE).encode(),
            "unterlagen/liste.csv": liste_csv(),
            "unterlagen/innen.zip": zipped({"prüfvermerk.txt": INNER_TEXT.encode()}),
        }
    )


WRITERS: dict[str, Callable[[], bytes]] = {
    "text.pdf": text_pdf,
    "scan.pdf": scan_pdf,
    "mixed.pdf": mixed_pdf,
    "bericht.docx": lambda: word(REPORT),
    "alt.doc": lambda: converted(word(REPORT), "docx", "doc"),
    "folien.pptx": lambda: slides(FIRE),
    "alt.ppt": lambda: converted(slides(FIRE), "pptx", "ppt"),
    "preise.xlsx": sheets,
    "alt.xls": lambda: converted(sheets(), "xlsx", "xls"),
    "liste.csv": liste_csv,
    "liste.tsv": liste_tsv,
    "brief.odt": lambda: converted(word(LETTER), "docx", "odt"),
    "tabelle.ods": lambda: converted(sheets(), "xlsx", "ods"),
    "brief.rtf": lambda: converted(word(LETTER), "docx", "rtf"),
    "handbuch.epub": handbuch_epub,
    "seite.html": seite_html,
    "notiz.md": lambda: markdown(NOTE).encode(),
    "notiz.txt": lambda: plain(NOTE).encode(),
    "anleitung.rst": lambda: pandoc(MANUAL, "rst"),
    "notiz.org": lambda: pandoc(NOTE, "org"),
    "daten.json": daten_json,
    "daten.xml": daten_xml,
    "mail.eml": mail_eml,
    "outlook.msg": outlook_msg,
    "foto.png": foto_png,
    "scan.jpg": scan_jpg,
    "fax.tiff": fax_tiff,
    "archiv.zip": archiv_zip,
}


def main() -> None:
    os.environ["SOURCE_DATE_EPOCH"] = str(int(CREATED.timestamp()))
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, write in WRITERS.items():
        (TARGET / name).write_bytes(write())
    profile().cleanup()


if __name__ == "__main__":
    main()
