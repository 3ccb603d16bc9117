"""Attachments of Outlook's mails, and the mails in them."""

import io
import struct
from email import message_from_bytes, policy
from pathlib import Path

from oxmsg.storage import Storage, Stream
from PIL import Image

from ingest.partition import partition
from ingest.partition.outlook import attached_to, html_of

SENT = struct.pack("<IIQ", 0x00390040, 6, 133_540_398_000_000_000)


def storage(path: str, texts: dict[str, str | bytes], *inner: Storage) -> Storage:
    streams = [
        Stream(f"{path}/__substg1.0_{tag}{'0102' if isinstance(said, bytes) else '001F'}",
               said if isinstance(said, bytes) else said.encode("utf-16-le"))
        for tag, said in texts.items()
    ]  # fmt: skip
    properties = Stream(f"{path}/__properties_version1.0", b"\0" * 24 + SENT)
    return Storage(path, (*streams, properties), inner)


def test_a_mail_within_is_a_mail_with_its_attachments(tmp_path: Path) -> None:
    file = storage("a/b/__attach_version1.0_#00000000", {"3707": "liste.csv", "3701": b"Teil;Menge\nRad;4\n"})
    receiver = storage("a/b/__recip_version1.0_#00000000", {"3001": "Jörg", "39FE": "j@f.example"})
    texts = {"001A": "IPM.Note", "0037": "Größe", "0C1A": "Köhler, Anna", "5D01": "a@k.example", "1000": "Es sind 4."}
    within = storage("a/__substg1.0_3701000D", {**texts, "1013": b"<p>Es sind <b>4</b>.</p>"}, file, receiver)
    outer = storage("", {"0037": "WG"}, storage("__attach_version1.0_#00000000", {"3001": "Größe"}, within))
    (found,) = attached_to(outer)
    assert found.name == "Größe.eml" and found.content is not None
    mail = message_from_bytes(found.content, policy=policy.default)
    assert (mail["From"], mail["To"]) == ('"Köhler, Anna" <a@k.example>', "Jörg <j@f.example>")
    assert "2024" in mail["Date"]
    path = tmp_path / "a.eml"
    path.write_bytes(found.content)
    read = partition(path)
    assert [element.text for element in read.elements][2:] == ["Es sind 4."]
    assert [member.name for member in read.members] == ["liste.csv"]


def test_what_is_no_file_and_no_mail_has_no_content() -> None:
    drawing = storage("__attach_version1.0_#00000000", {"3707": "a.ole"}, storage("x/__substg1.0_3701000D", {}))
    assert [one.content for one in attached_to(storage("", {}, drawing))] == [None]


def test_a_picture_that_the_text_shows_is_told() -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (90, 30)).save(drawn, "PNG")
    texts: dict[str, str | bytes] = {"3707": "image001.png", "370E": "image/png", "3701": drawn.getvalue()}
    shown = storage("__attach_version1.0_#00000000", {**texts, "3712": "image001@x"})
    other = storage("__attach_version1.0_#00000001", texts)
    assert [one.is_picture_in_text for one in attached_to(storage("", {}, shown, other))] == [True, False]


def test_a_page_is_decoded_by_its_bytes() -> None:
    assert html_of(storage("", {"1013": "<p>7,20 €</p>".encode("cp1252")})) == "<p>7,20 €</p>"
