"""Mails as programs write them: what is NEW is the sender's own, what is OLD is of an earlier mail, in their order."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.documents import Metadata
from ingest.index.passages import Source, cut_passages
from ingest.index.splitter import PassageSplitter
from ingest.partition import extract, partition

OUTLOOK = "Von: Köhler, Anna <a@k.example>\nGesendet: Montag, 4. März 2024 09:12\nAn: Jörg\nBetreff: Rohre\n\nOLD {n}"

PLAIN = {
    "outlook, german": "NEW 1\n\nGruß NEW 2\n\n-----Ursprüngliche Nachricht-----\n" + OUTLOOK,
    "outlook, a line drawn": "NEW 1\n________________________________\n" + OUTLOOK + "\n\nOLD 5",
    "outlook, english, receivers over lines": (
        "NEW 1\n\n-----Original Message-----\nFrom: Anna [mailto:a@k.example]\nSent: Monday, March 4, 2024 9:12 AM\n"
        "To: Joe; Maja Lindqvist;\n Bob\nCc: Store\nSubject: Racks\n\nOLD 1\n\nOLD 2"
    ),
    "outlook, french": (
        "NEW 1\n\n________________________________\nDe : Bo <b@y.example>\nEnvoyé : jeudi 5 mars 2026 15:14\n"
        "À : Ana\nObjet : Prix\n\nOLD 1"
    ),
    "outlook, dutch": (
        "NEW 1\n\nVan: Bo <b@y.example>\nVerzonden: donderdag 5 maart 2026 15:14\nAan: Ana\nOnderwerp: Prijs\n\nOLD 1"
    ),
    "a booking, which is the mail's own": (
        "NEW 1\n\nName: Eva Lenz\nMail: eva@x.example\nTermin: 5. März 2026, 15:14 Uhr\nRaum: NEW 2\n\nNEW 3"
    ),
    "gmail, wrapped": (
        "NEW 1\n\nOn Mon, Mar 4, 2024 at 9:12 AM Anna Koehler <\nanna.koehler@k.example> wrote:\n\n> OLD "
        "1\n>\n>> OLD 2\n"
    ),
    "gmail, german, wrapped behind the name": (
        "NEW 1\n\nAm Mo., 4. März 2024 um 09:12 Uhr schrieb Anna Köhler\n<a@k.example>:\n\n> OLD 1\n\nNEW 2"
    ),
    "thunderbird, answers between": (
        "Am 04.03.24 um 09:12 schrieb Anna Köhler:\n> OLD 1\n\nNEW 1\n\n> OLD 2\nNEW 2\n\n-- \nNEW 3"
    ),
    "apple, without marks": "NEW 1\n\nAm 04.03.2024 um 09:12 schrieb Anna <a@k.example>:\n\nOLD 1\n\nOLD 2",
    "apple, forwarded": (
        "NEW 1\n\nAnfang der weitergeleiteten Nachricht:\n\nVon: Anna <a@k.example>\nBetreff: Rohre\n"
        "Datum: 4. März 2024 um 09:12:00 MEZ\nAn: Jörg\n\nOLD 1"
    ),
    "gmail, forwarded": (
        "NEW 1\n\n---------- Forwarded message ---------\nVon: Anna <a@k.example>\nDate: Mo., 4. März 2024 um "
        "09:12 Uhr\n"
        "Subject: Rohre\nTo: Jörg\n\n\nOLD 1"
    ),
    "web.de": (
        "NEW 1\n\nGesendet: Montag, 04. März 2024 um 09:12 Uhr\nVon: \"Anna Köhler\" <a@k.example>\nAn: j@f.example\n"
        "Betreff: Rohre\n\nOLD 1"
    ),
    "a telephone": (
        "NEW 1\n\n-------- Ursprüngliche Nachricht --------\nVon: Anna <a@k.example> \nDatum: 04.03.24  09:12  "
        "(GMT+01:00) \n"
        "An: Jörg <j@f.example> \nBetreff: Rohre \n\nOLD 1"
    ),
    "name before the verb": "NEW 1\n\nAnna Köhler schrieb am 04.03.2024 um 09:12:\n> OLD 1\n",
    "two mails, nested": (
        "NEW 1\n\n" + OUTLOOK + "\n\nFrom: Bob\nSent: Friday, March 1, 2024 3:00 PM\nTo: Anna\n\nOLD "
        "4"
    ),
    "nothing is quoted": "NEW 1\n\nVon Montag an: NEW 2\nGesendet wurde es am 3. März an: NEW 3",
    "somebody's words are told": "NEW 1\n\nAm 3. März schrieb mir der Kunde:\n\nNEW 2",
    "bars": "NEW 1\n\nAm 04.03.2024 um 09:12 schrieb Anna:\n| OLD 1\n| OLD 2\n\nNEW 2",
}  # fmt: skip

FURTHER = {
    "fields in bold": "NEW 1\n\n*Von:* Anna <a@k.example>\n*Gesendet:* Montag, 4. März 2024 09:12\n*An:* Jörg\n\nOLD 1",
    "notes": "NEW 1\n\nAnna Köhler/Werk/DE schrieb am 04.03.2024 09:12:12:\n\nOLD 1",
    "k-9": "NEW 1\n\nAm 4. März 2024 09:12:33 MEZ schrieb Anna <a@k.example>:\n>OLD 1\n>OLD 2\n-- \nNEW 2",
    "proton": (
        "NEW 1\n\n------- Original Message -------\nOn Monday, March 4th, 2024 at 9:12, Anna <a@k.example> wrote:\n\n"
        "> OLD 1"
    ),
    "yahoo": (
        "NEW 1\n\n    On Monday, March 4, 2024, 09:12:00 AM GMT+1, Anna <a@k.example> wrote:  \n \n OLD 1\n\n OLD 2"
    ),
    "marks with a blank before": "NEW 1\n\nAm 04.03.24 um 09:12 schrieb Anna:\n > OLD 1\n >\n > > OLD 2\nNEW 2",
    "fields within a quotation": (
        "NEW 1\n\nAm 04.03.24 um 09:12 schrieb Anna:\n> OLD 1\n>\n> Von: Bob\n> Gesendet: Freitag, 1. März 2024 15:00\n"
        "> An: Anna\n>\n> OLD 2"
    ),
    "wrapped in the middle of the day": (
        "NEW 1\n\nOn Mon, Mar 4, 2024 at 9:12 AM, Anna Koehler, Head of Purchasing at the Works\nin Goole "
        "<a@k.example> wrote:\n> OLD 1\nNEW 2"
    ),
    "a forwarded mail alone": (
        "---------- Forwarded message ---------\nFrom: Anna <a@k.example>\nDate: Mon, Mar 4, 2024 at 9:12 AM\n"
        "Subject: Racks\nTo: Joe <j@f.example>\n\nOLD 1"
    ),
    "a list of things with fields": "NEW 1\n\nVon: Kiel\nAn: Halle 2\nBetreff: Umzug\n\nNEW 2",
    "a time table": "NEW 1\n\nDatum: 3. März 2024\nOrt: Kiel\nAn: alle\n\nNEW 2",
    "a comparison": "NEW 1\n\nEs gilt: a > b\nNEW 2",
}


HEAD = "<b>Von:</b> Anna<br><b>Gesendet:</b> Montag, 4. März 2024 09:12<br><b>An:</b> Jörg<br><b>Betreff:</b> Rohre"
TABLE = "<table><tr><td>Teil</td><td>Menge</td><td>Ort</td></tr><tr><td>Rad</td><td>{0}</td><td>R1</td></tr></table>"

PAGES = {
    "outlook": f"<p>NEW 1</p>{TABLE.format('NEW 2')}<div style='border-top:solid'><p>{HEAD}</p></div><p>OLD 1</p>"
    + TABLE.format("OLD 2"),
    "outlook, all in one paragraph": (
        "<p>NEW 1<br>\n<br>\n-----Ursprüngliche Nachricht-----<br>\nVon: Anna<br>\nGesendet: Montag, 4. März 2024 09:12"
        "<br>\nAn: Jörg<br>\nBetreff: Rohre<br>\n<br>\nOLD 1<br>\nOLD 2</p>"
    ),
    "gmail": (
        "<div dir=ltr>NEW 1</div><br><div class='gmail_quote gmail_quote_container'><div class=gmail_attr>Am "
        "Mo., 4. März "
        "2024 um 09:12 Uhr schrieb Anna &lt;a@k.example&gt;:<br></div><blockquote class=gmail_quote>OLD 1"
        f"{TABLE.format('OLD 2')}</blockquote></div>"
    ),
    "thunderbird, answers between": (
        "<div class='moz-cite-prefix'>Am 04.03.24 um 09:12 schrieb Anna:<br></div><blockquote type=cite><p>OLD 1</p>"
        "</blockquote><p>NEW 1</p><blockquote type=cite><ul><li>OLD 2</ul></blockquote><p>NEW 2</p>"
    ),
    "thunderbird, forwarded": (
        "<p>NEW 1</p><div class=moz-forward-container>-------- Weitergeleitete Nachricht --------<table "
        "class=moz-email-headers-table><tr><th>Betreff: </th><td>Rohre</td></tr><tr><th>Datum: </th><td>Mon, 4 "
        "Mar 2024 "
        "09:12:00 +0100</td></tr><tr><th>Von: </th><td>Anna</td></tr><tr><th>An: "
        "</th><td>Jörg</td></tr></table><br>OLD 1"
        "</div>"
    ),
    "apple": (
        "NEW 1<div><br><blockquote type=cite><div>On 4. Mar 2024, at 09:12, Anna &lt;a@k.example&gt; wrote:</div><br>"
        "<div>OLD 1</div></blockquote></div>"
    ),
    "web.de": (
        "<div>NEW 1<div name=quote><div><b>Gesendet:</b>&nbsp;Montag, 04. März 2024 um 09:12 "
        "Uhr<br/><b>Von:</b>&nbsp;Anna"
        "<br/><b>An:</b>&nbsp;Jörg<br/><b>Betreff:</b>&nbsp;Rohre</div><div>OLD 1</div></div></div>"
    ),
    "the line and what it quotes in one paragraph": (
        "<p>NEW 1</p><p>Am 04.03.2024 um 09:12 schrieb Anna Köhler &lt;a@k.example&gt;:<br>OLD 1</p><p>OLD 2</p>"
    ),
    "a block quotation that is nobody's mail": "<p>NEW 1</p><p>Es gilt:</p><blockquote>OLD 1</blockquote><p>NEW 2</p>",
}


@pytest.mark.parametrize("text", (PLAIN | FURTHER).values(), ids=PLAIN | FURTHER)
def test_plain_mails(tmp_path: Path, text: str) -> None:
    assert_told_apart(tmp_path, text, "plain")


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_mails_in_html(tmp_path: Path, page: str) -> None:
    assert_told_apart(tmp_path, page, "html")


def assert_told_apart(folder: Path, body: str, subtype: str) -> None:
    body = body.replace("{n}", "3")
    head = f"From: a@b.example\nSubject: Test\nMIME-Version: 1.0\nContent-Type: text/{subtype}; charset=utf-8\n\n"
    file = folder / "mail.eml"
    file.write_text(head + body, encoding="utf-8")
    found = [
        (mark, element.kind == "quotation" or element.label is not None)
        for element in partition(file).elements
        for mark in re.findall(r"(?:NEW|OLD) \d", element.text)
    ]
    assert found == [(mark, mark.startswith("OLD")) for mark in re.findall(r"(?:NEW|OLD) \d", body)]


def test_a_table_of_an_earlier_mail_is_quoted_in_its_passage(tmp_path: Path) -> None:
    file = tmp_path / "mail.eml"
    head = "From: a@b.example\nSubject: Test\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    file.write_text(head + PAGES["outlook"], encoding="utf-8")
    day = datetime(2026, 1, 1, tzinfo=UTC)
    source = Source(collection="a", path=file.name, version="1", modified=day, labels=(), about=Metadata())
    passages = cut_passages(extract(file), source, PassageSplitter())
    told = {mark: one.is_quotation for one in passages for mark in re.findall(r"(?:NEW|OLD) \d", one.text)}
    assert told == {"NEW 1": False, "NEW 2": False, "OLD 1": True, "OLD 2": True}
