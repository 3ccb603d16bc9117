"""Appointments and address cards say what calendar programs show of them."""

from pathlib import Path

import pytest

from ingest.partition import partition


def said(folder: Path, name: str, lines: str) -> str:
    file = folder / name
    file.write_text(lines, encoding="utf-8")
    return "\n".join(element.text for element in partition(file).elements)


def event(*lines: str) -> str:
    return "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("DTSTART;VALUE=DATE:20240501", "DTEND;VALUE=DATE:20240503"), "Beginn: 01.05.2024\nEnde: 02.05.2024"),
        (("DTSTART;VALUE=DATE:20240501", "DTEND;VALUE=DATE:20240502"), "Beginn: 01.05.2024\nEnde: 01.05.2024"),
        (("DTSTART:20240501T080000Z", "DTEND:20240501T093000Z"),
         "Beginn: 01.05.2024 08:00 UTC\nEnde: 01.05.2024 09:30 UTC"),
        (("DTSTART;TZID=W. Europe Standard Time:20240320T140000",), "Beginn: 20.03.2024 14:00 W. Europe Standard Time"),
        (("DTSTART;TZID=Europe/Berlin:20240320T140000",), "Beginn: 20.03.2024 14:00 CET"),
        (("DTSTART:20240320T140000",), "Beginn: 20.03.2024 14:00"),
        (("RRULE:FREQ=DAILY", "EXDATE;VALUE=DATE:20240805,20240806"),
         "Wiederholung: FREQ=DAILY\nAusgenommen: 05.08.2024, 06.08.2024"),
    ],
    ids=["two days", "one day", "UTC", "a zone of Windows", "a known zone", "no zone", "days left out"],
)  # fmt: skip
def test_when_an_appointment_is(tmp_path: Path, lines: tuple[str, ...], expected: str) -> None:
    text = said(tmp_path, "a.ics", event("SUMMARY:Die Abnahme der neuen Halle und der Anlage", *lines))
    assert text.partition("\n")[2] == expected


def test_a_card_keeps_its_own_names(tmp_path: Path) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Anna\nitem1.TEL:+49 30 1\nitem1.X-ABLabel:Zentrale\nTEL:+49 30 2\nEND:VCARD\n"
    assert said(tmp_path, "a.vcf", card).split("\n")[1:] == ["Zentrale: +49 30 1", "Telefon: +49 30 2"]


def test_a_text_goes_on_behind_commas_that_its_program_has_not_escaped(tmp_path: Path) -> None:
    lines = ("SUMMARY:Abnahme, Halle 3", "LOCATION;LANGUAGE=de:Tor 2, bei der Waage\\, links", "RESOURCES:Kran, Waage")
    text = said(tmp_path, "a.ics", event(*lines))
    assert text == "Abnahme, Halle 3\nOrt: Tor 2, bei der Waage, links\nMittel: Kran, Waage"


def test_a_line_in_quoted_printable_goes_on_in_the_next(tmp_path: Path) -> None:
    note = "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Schl=C3=BCssel liegt beim Pf=C3=B6r=\ntner"
    card = f"BEGIN:VCARD\nVERSION:2.1\nFN:Anna Lenz und die Werkstatt\n{note}\nEND:VCARD\n"
    assert said(tmp_path, "a.vcf", card).endswith("Notiz: Schlüssel liegt beim Pförtner")


def test_what_a_calendar_says_of_itself_is_read(tmp_path: Path) -> None:
    text = said(
        tmp_path, "a.ics", event("SUMMARY:Start").replace("BEGIN:VEVENT", "X-WR-CALDESC:Nur Halle 3\nBEGIN:VEVENT")
    )
    assert text == "Nur Halle 3\nStart"


def test_kinds_of_numbers_are_told_apart(tmp_path: Path) -> None:
    lines = ("VERSION:3.0", "FN:Ina Voss", "NOTE:The office of the firm is open on weekdays.")
    numbers = ("TEL;TYPE=WORK,VOICE:040 1", "TEL;TYPE=fax:040 2", "TEL:040 3")
    card = "\n".join(("BEGIN:VCARD", *lines, *numbers, "END:VCARD", ""))
    assert said(tmp_path, "a.vcf", card).split("\n")[1:4] == [
        "Telephone (WORK): 040 1",
        "Telephone (FAX): 040 2",
        "Telephone: 040 3",
    ]
