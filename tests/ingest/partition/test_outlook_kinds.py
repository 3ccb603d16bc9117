"""Meeting requests and secure mails in Outlook's files: time and place are read, signed mails opened, others named."""

import struct
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import pytest
from asn1crypto import cms
from extract_msg import OleWriter

from ingest.documents import Partitioned
from ingest.partition import partition

APPOINTMENTS = UUID("00062002-0000-0000-c000-000000000046").bytes_le
START, END, PLACE, ALL_DAY, PATTERN, ZONE = 0x820D, 0x820E, 0x8208, 0x8215, 0x8232, 0x8233
NAMED = (START, END, PLACE, ALL_DAY, PATTERN, ZONE)
BERLIN = struct.pack("<iii", -60, 0, -60) + struct.pack("<H8H", 0, 0, 10, 0, 5, 3, 0, 0, 0) + struct.pack(
    "<H8H", 0, 0, 3, 0, 5, 2, 0, 0, 0
)  # fmt: skip


def ticks(moment: datetime) -> int:
    return (moment - datetime(1601, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 10


def message(
    folder: Path, kind: str, texts: dict[str, str], fixed: dict[int, int], attached: bytes = b"", zone: bytes = b""
) -> Partitioned:
    """What is read of a file with these texts by their tags, and these values of fixed length by tag and type."""
    writer, file = OleWriter(), folder / "termin.msg"
    texts = {"001A": kind, "0037": "Abnahme Halle 3", "0C1A": "Köhler, Anna", "1000": "Bitte pünktlich.", **texts}
    for tag, text in texts.items():
        writer.addEntry(f"__substg1.0_{tag}001F", text.encode("utf-16-le"))
    sizes = {int(tag, 16) << 16 | 0x1F: 2 * len(text) + 2 for tag, text in texts.items()}
    listed = b"".join(struct.pack("<IIQ", tag, 6, value) for tag, value in {**sizes, **fixed}.items())
    writer.addEntry("__properties_version1.0", b"\0" * 8 + struct.pack("<IIII", 0, 1, 0, 1) + b"\0" * 8 + listed)
    if zone:
        writer.addEntry(f"__substg1.0_{0x8000 + NAMED.index(ZONE):04X}0102", zone)
    writer.addEntry("__nameid_version1.0", storage=True)
    entries = b"".join(struct.pack("<IHH", name, 3 << 1, at) for at, name in enumerate(NAMED))
    for stream, content in (("00020102", APPOINTMENTS), ("00030102", entries), ("00040102", b"")):
        writer.addEntry(["__nameid_version1.0", f"__substg1.0_{stream}"], content)
    if attached:
        storage = "__attach_version1.0_#00000000"
        writer.addEntry(storage, storage=True)
        writer.addEntry([storage, "__substg1.0_37010102"], attached)
        writer.addEntry([storage, "__substg1.0_3707001F"], "smime.p7m".encode("utf-16-le"))
        writer.addEntry([storage, "__properties_version1.0"], b"\0" * 8)
    writer.write(file)
    return partition(file)


def tag(name: int, kind: int) -> int:
    return (0x8000 + NAMED.index(name)) << 16 | kind


def text_tag(name: int) -> str:
    return f"{0x8000 + NAMED.index(name):04X}"


def times(start: datetime, end: datetime) -> dict[int, int]:
    return {tag(START, 0x40): ticks(start), tag(END, 0x40): ticks(end)}


SUMMER = times(datetime(2026, 7, 3, 7, 30, tzinfo=UTC), datetime(2026, 7, 3, 9, 0, tzinfo=UTC))
WINTER = times(datetime(2026, 1, 9, 7, 30, tzinfo=UTC), datetime(2026, 1, 9, 9, 0, tzinfo=UTC))
DAYS = times(datetime(2026, 7, 2, 22, 0, tzinfo=UTC), datetime(2026, 7, 4, 22, 0, tzinfo=UTC))
MEETINGS = {
    "in summer": (SUMMER, BERLIN, ["03.07.2026 09:30", "03.07.2026 11:00"]),
    "in winter": (WINTER, BERLIN, ["09.01.2026 08:30", "09.01.2026 10:00"]),
    "of no known zone": (SUMMER, b"", ["03.07.2026 07:30 UTC", "03.07.2026 09:00 UTC"]),
    "of whole days": ({**DAYS, tag(ALL_DAY, 0x0B): 1}, BERLIN, ["03.07.2026", "04.07.2026"]),
}


@pytest.mark.parametrize("kind", ["IPM.Schedule.Meeting.Request", "IPM.Appointment"])
@pytest.mark.parametrize(("fixed", "zone", "shown"), MEETINGS.values(), ids=list(MEETINGS))
def test_time_and_place_of_a_meeting_are_read(
    tmp_path: Path, kind: str, fixed: dict[int, int], zone: bytes, shown: list[str]
) -> None:
    texts = {text_tag(PLACE): "Raum 2, Werk Süd", text_tag(PATTERN): "jeden Freitag"}
    found = partition_texts(message(tmp_path, kind, texts, fixed, zone=zone))
    assert found[0] == "Abnahme Halle 3" and "Bitte pünktlich." in found
    assert all(one in found[-1] for one in ("Raum 2, Werk Süd", "jeden Freitag"))
    assert [line.partition(": ")[2] for line in found[-1].splitlines()[:2]] == shown


def partition_texts(found: Partitioned) -> list[str]:
    return [element.text for element in found.elements]


def test_a_mail_with_such_properties_that_is_no_meeting_has_no_time(tmp_path: Path) -> None:
    found = partition_texts(message(tmp_path, "IPM.Note", {text_tag(PLACE): "Raum 2"}, SUMMER))
    assert found[-1] == "Bitte pünktlich."


def inner() -> EmailMessage:
    mail = EmailMessage()
    mail.set_content("Der Preis ist 4 Euro.")
    mail.add_attachment(b"Teil;Menge\nRad;4\n", maintype="text", subtype="csv", filename="liste.csv")
    return mail


def test_a_signed_mail_is_read(tmp_path: Path) -> None:
    content = {"content_type": "data", "content": inner().as_bytes()}
    signed = cms.SignedData(
        {"version": "v1", "digest_algorithms": [], "encap_content_info": content, "signer_infos": []}
    )
    wrapped = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
    found = message(tmp_path, "IPM.Note.SMIME", {"1000": ""}, {}, wrapped)
    assert partition_texts(found)[-1] == "Der Preis ist 4 Euro."
    assert [(member.name, member.reason) for member in found.members] == [("liste.csv", None)]


def test_a_mail_that_is_signed_beside_its_text_is_read(tmp_path: Path) -> None:
    outer = EmailMessage()
    outer["Content-Type"] = 'multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256'
    signature = EmailMessage()
    signature["Content-Type"] = 'application/pkcs7-signature; name="smime.p7s"'
    signature.set_payload("AAAA")
    outer.set_payload([inner(), signature])
    found = message(tmp_path, "IPM.Note.SMIME.MultipartSigned", {"1000": ""}, {}, outer.as_bytes())
    assert partition_texts(found)[-1] == "Der Preis ist 4 Euro."
    assert [member.name for member in found.members] == ["liste.csv"]


def test_an_encrypted_mail_is_named(tmp_path: Path) -> None:
    (member,) = message(tmp_path, "IPM.Note.SMIME", {"1000": ""}, {}, b"0\x80\x06\x09*\x86H").members
    assert member.file is None and member.reason is not None
    assert member.reason["key"] == "document.encrypted_mail"
