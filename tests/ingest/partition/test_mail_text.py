"""Mails say all that they say, in the letters that were written."""

import io
from email.message import EmailMessage
from pathlib import Path

import pytest
from PIL import Image

from ingest.documents import Partitioned
from ingest.partition import partition

FEE = "Die Gebühr beträgt 7,20 €, täglich."


def read(folder: Path, content: bytes) -> Partitioned:
    file = folder / "mail.eml"
    file.write_bytes(content)
    return partition(file)


def text_of(found: Partitioned) -> str:
    return "\n".join(element.text for element in found.elements)


def raw(body: bytes, subject: bytes = b"Frist", kind: bytes = b"") -> bytes:
    head = b"From: Eva <eva@firma.example>\r\nSubject: " + subject + b"\r\nMIME-Version: 1.0\r\n"
    return head + (b"Content-Type: " + kind + b"\r\n" if kind else b"") + b"\r\n" + body


@pytest.mark.parametrize(
    ("written_as", "kind"),
    [
        ("cp1252", b"text/plain; charset=iso-8859-1"),
        ("cp1252", b"text/plain; charset=us-ascii"),
        ("utf-8", b"text/plain; charset=us-ascii"),
        ("utf-8", b""),
        ("utf-8", b"text/plain; charset=x-unbekannt"),
        ("iso-8859-15", b"text/plain; charset=iso-8859-15"),
        ("utf-16", b"text/plain; charset=utf-16"),
    ],
)
def test_letters_are_those_that_were_written(tmp_path: Path, written_as: str, kind: bytes) -> None:
    assert FEE in text_of(read(tmp_path, raw(FEE.encode(written_as), kind=kind)))


def test_a_subject_that_nobody_encoded_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, raw(b"Ja, gerne.", "Rückgabe Schlüssel".encode("cp1252")))
    assert found.elements[0].text == "Rückgabe Schlüssel"


def test_text_before_and_behind_an_attachment_is_all_text(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"] = "Zwei Teile"
    mail.set_content("Vorher.")
    mail.add_attachment(b"Name;Wert\nA;1\n", maintype="text", subtype="csv", filename="a.csv")
    behind = EmailMessage()
    behind.set_content("Nachtrag: die Frist endet am 9. Mai.")
    mail.attach(behind)
    found = read(tmp_path, mail.as_bytes())
    assert "Vorher." in text_of(found) and "9. Mai" in text_of(found)
    assert [member.name for member in found.members] == ["a.csv"]


def test_of_alternatives_one_is_read(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail.set_content("Der Termin ist am 4. Juni.")
    mail.add_alternative("<p>Der Termin ist am <b>4. Juni</b>.</p>", subtype="html")
    found = read(tmp_path, mail.as_bytes())
    assert text_of(found).count("4. Juni") == 1 and found.members == ()


@pytest.mark.parametrize(("size", "documents"), [((120, 40), 0), ((1200, 800), 1)])
def test_a_small_picture_in_the_text_is_a_logo_and_a_large_one_a_document(
    tmp_path: Path, size: tuple[int, int], documents: int
) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", size, "white").save(drawn, "PNG")
    mail = EmailMessage()
    mail.set_content("<p>Grüße</p><img src='cid:bild'>", subtype="html")
    mail.add_related(drawn.getvalue(), maintype="image", subtype="png", cid="<bild>", filename="bild.png")
    assert len(read(tmp_path, mail.as_bytes()).members) == documents


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        (b"format=flowed", "Der Satz läuft \r\nweiter.\r\nDas ist neu.", "Der Satz läuft weiter.\nDas ist neu."),
        (b"format=flowed; delsp=yes", "Donaudampf \r\nschiff  \r\nfährt", "Donaudampfschiff fährt"),
        (b"format=flowed", "> Zitat geht \r\n> weiter\r\nNeu \r\n-- \r\nEva", "Zitat geht weiter\nNeu\nEva"),
        (b"format=fixed", "Zeile eins \r\nZeile zwei", "Zeile eins\nZeile zwei"),
    ],
)  # fmt: skip
def test_lines_that_flow_are_whole(tmp_path: Path, kind: bytes, body: str, expected: str) -> None:
    found = read(tmp_path, raw(body.encode(), kind=b"text/plain; charset=utf-8; " + kind))
    assert "\n".join(element.text for element in found.elements[2:]) == expected
