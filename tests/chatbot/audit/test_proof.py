"""What was given out can be checked by a stranger: no change of it passes, and nothing whole is doubted."""

import importlib.util
import io
import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from lxml import etree

from chatbot.audit.cited_texts import Texts
from chatbot.audit.explain import explain
from chatbot.audit.give_out import RECORD_FORMS, answer_file, records_file
from chatbot.audit.proof import FORMAT
from chatbot.audit.read import Record, read_record
from chatbot.audit.signed_files import signed_json
from chatbot.audit.verify_chain import verify_chain
from chatbot.bootstrap import Services, bootstrap
from chatbot.domain import Statement, written_by
from chatbot.records.checkpoints import Checkpoint
from chatbot.records.erasure import erase
from chatbot.records.signing import Signer
from chatbot.rendering.html import as_html
from chatbot.rendering.origin import GENERATED, MIXED, origin_notice, source_type
from config.access import ALL
from config.errors import RecordMissing, SettingsError
from config.settings import Settings
from ingest.documents import Extraction
from tests.chatbot.records.filled import TEXT, ask, version_of

ROOT = Path(__file__).parents[3]
CHECKER = ROOT / "docs" / "check_answer.py"
CHANGES = 2500  # of each file


def checker() -> Any:
    spec = importlib.util.spec_from_file_location("check_answer", CHECKER)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CHECK = checker()


@pytest.fixture
def house(settings: Settings, tmp_path: Path) -> Iterator[Services]:
    """An installation whose vault has the one document that its answers cite."""
    about = settings.about.model_copy(update={"company": "Nordwerk"})
    (tmp_path / "a.md").write_text(TEXT)
    with bootstrap(settings.model_copy(update={"about": about})) as services:
        services.vault.keep(version_of(), tmp_path / "a.md", Extraction(title="", text=TEXT, parts=()))
        yield services


def asked(house: Services, engine: str = "ollama") -> Record:
    return read_record(house.database, ask(house.records.records, engine=engine), ALL)


def changed(file: bytes, draw: random.Random) -> bytes:
    """The file with one byte another, one too many, or one missing."""
    place = draw.randrange(len(file))
    match draw.randrange(8):
        case 0:
            return file[:place] + file[place + 1 :]
        case 1:
            return file[:place] + bytes([draw.randrange(256)]) + file[place:]
        case _:
            return file[:place] + bytes([file[place] ^ draw.randrange(1, 256)]) + file[place + 1 :]


def holds(file: bytes, key: str) -> bool:
    try:
        CHECK.check(file, [key])
    except CHECK.Changed:
        return False
    return True


def test_each_of_ten_thousand_changes_is_found_and_no_whole_file_doubted(house: Services) -> None:
    record, draw = asked(house), random.Random(1)  # the same changes each time
    key = house.records.signer.public_key()
    files = [answer_file(form, record, house.records, "de") for form in ("json", "pdf")]
    files += [records_file(form, [record], 1, house.records, "en") for form in ("json", "pdf")]
    assert all(holds(file, key) for file in files)
    passed = []
    for file in files:
        for _ in range(CHANGES):
            one = changed(file, draw)
            if one != file and holds(one, key):  # a byte put in beside its like may leave the file as it was
                passed.append(one)
    assert CHANGES * len(files) == 10_000 and not passed


def test_other_words_on_a_page_are_found(house: Services) -> None:
    file, key = answer_file("pdf", asked(house), house.records, "de"), house.records.signer.public_key()
    end = file.rindex(b"%fundstelle-signature-1")
    document = pypdfium2.PdfDocument(file)
    document.del_page(0)
    document.new_page(595, 842)
    rewritten = io.BytesIO()
    document.save(rewritten)
    assert holds(file, key) and not holds(rewritten.getvalue() + b"\n" + file[end:], key)
    added = file + b"1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    assert not holds(added, key) and not holds(added + file[end:], key), "a later version of the file within it"
    assert not holds(file[:end], key), "the signature taken away"


def test_a_file_signed_by_somebody_else_is_not_this_house_s(house: Services, tmp_path: Path) -> None:
    key = house.records.signer.public_key()
    forged = signed_json({"format": FORMAT, "kind": "records", "records": []}, Signer(house.database, tmp_path / "k"))
    assert not holds(forged, key) and CHECK.check(forged, [])["signer"] != key
    with pytest.raises(CHECK.Changed):  # what is signed as a PDF is no JSON file
        CHECK.verify(
            b"fundstelle proof 1\nx", CHECK.PDF_END.search(answer_file("pdf", asked(house), house.records, "de")), []
        )


def test_a_proof_has_the_words_what_they_rest_on_and_the_place_in_the_chain(house: Services) -> None:
    record = asked(house)
    content = CHECK.check(answer_file("json", record, house.records, "de"), [])
    answer, (statement,) = content["answer"], content["answer"]["statements"]
    (cited,) = statement["citations"]
    assert (statement["text"], statement["verdict"], statement["written_by"]) == (TEXT, "supported", "model")
    assert TEXT[cited["start"] : cited["end"]] == cited["quote"] and cited["version"] == version_of()
    assert (content["issuer"], answer["engine"], answer["record"]) == ("Nordwerk", "ollama", record.id)
    assert content["chain"]["entries"][-1]["hash"] == record.links[-1].hash
    assert content["chain"]["head"]["number"] >= record.links[-1].number and content["chain"]["stamped"] is None
    assert not list(verify_chain(house.database, {})), "the chain has the key, and is whole"


def test_a_proof_of_an_answer_names_nobody_and_nothing_else_that_was_found(house: Services) -> None:
    text = answer_file("json", asked(house), house.records, "de").decode()
    assert "Ada" not in text and "Werk Nord" not in text and '"said"' not in text and '"body"' not in text


def test_the_time_stamp_of_a_head_behind_the_answer_goes_with_it(house: Services, tmp_path: Path) -> None:
    record = asked(house)
    head = Checkpoint(at="2026-01-01T00:00:00+00:00", number=record.links[-1].number, hash="0" * 64, token="dG9rZW4=")
    early = head.model_copy(update={"number": 1})
    house.records.checkpoints_file.write_text("\n".join(one.model_dump_json() for one in (early, head)) + "\n")
    content = CHECK.check(answer_file("json", record, house.records, "de"), [])
    assert content["chain"]["stamped"] == head.model_dump()
    CHECK.write_stamp(content, str(tmp_path / "stamp"))
    assert (tmp_path / "stamp.tsr").read_bytes() == b"token"
    house.records.checkpoints_file.write_text(early.model_dump_json() + "\n")
    content = CHECK.check(answer_file("json", record, house.records, "de"), [])
    assert content["chain"]["stamped"] is None, "a head before the answer proves nothing of it"


def test_an_answer_whose_words_were_erased_cannot_be_given_out_but_its_record_can(house: Services) -> None:
    record = asked(house)
    erase(house.database, ["Ada"])
    bare = read_record(house.database, record.id, ALL)
    with pytest.raises(RecordMissing):
        answer_file("json", bare, house.records, "de")
    key = house.records.signer.public_key()
    assert all(holds(records_file(form, [bare], 1, house.records, "de"), key) for form in ("json", "pdf"))


def test_words_of_a_record_that_were_changed_before_it_was_signed_are_found(house: Services) -> None:
    content = json.loads(records_file("json", [asked(house)], 1, house.records, "de"))["content"]
    content["records"][0]["answer"]["statements"][0]["text"] = "Es sind 92 Tage."
    with pytest.raises(CHECK.Changed, match="sealed"):
        CHECK.check(signed_json(content, house.records.signer), [])


def test_the_key_is_private_noted_once_and_old_ones_stay_good(house: Services) -> None:
    signer, record = house.records.signer, asked(house)
    assert signer.noted() == () and not (house.settings.data_dir / "signing.key").exists()
    old, before = signer.public_key(), answer_file("json", record, house.records, "de")
    file = house.settings.data_dir / "signing.key"
    assert (
        file.stat().st_mode & 0o777 == 0o600 and old == signer.public_key() == Signer(house.database, file).public_key()
    )
    new = signer.renew()
    assert [one.key for one in signer.noted()] == [old, new] and signer.noted()[0].until == signer.noted()[1].since
    after = answer_file("json", record, house.records, "de")
    assert holds(before, old) and not holds(before, new) and holds(after, new)
    assert file.stat().st_mode & 0o777 == 0o600 and not list(verify_chain(house.database, {}))


def test_a_key_that_cannot_be_read_is_said_to_be_and_not_replaced(house: Services) -> None:
    file = house.settings.data_dir / "signing.key"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("torn")
    with pytest.raises(SettingsError, match=r"signing\.key"):
        house.records.signer.public_key()
    assert file.read_text() == "torn"


@pytest.mark.integration
def test_the_checker_needs_nothing_of_the_product(house: Services, tmp_path: Path) -> None:
    file, key = tmp_path / "answer.pdf", house.records.signer.public_key()
    file.write_bytes(answer_file("pdf", asked(house), house.records, "de"))
    shown = re.search(r"^import .*|^from .*", CHECKER.read_text(), re.M)
    assert shown and not re.search(r"^(?:import|from) (?:chatbot|config|ingest|eval)\b", CHECKER.read_text(), re.M)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", str(CHECKER), str(file), *words]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    whole = run("--key", key, "--document", str(tmp_path / "a.md"))
    assert whole.returncode == 0 and TEXT in whole.stdout and "is a version that is cited" in whole.stdout
    assert run().returncode == 3 and run("--key", "0" * 64).returncode == 1
    file.write_bytes(file.read_bytes().replace(b"/Title", b"/Tit1e"))
    assert run("--key", key).returncode == 1


def packet_of(pdf: bytes) -> str:
    """The digital source type of a PDF, read by lxml from the packet that any reader of XMP looks for."""
    packets = re.findall(rb"<\?xpacket begin=.*?\?>(.*?)<\?xpacket end=", pdf, re.S)
    names = {"i": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"}
    found = [
        etree.fromstring(packet.strip()).xpath("//i:DigitalSourceType/text()", namespaces=names) for packet in packets
    ]
    return "".join(text for texts in found for text in texts)


def test_words_of_a_model_are_marked_in_every_form_and_quotations_are_not(house: Services) -> None:
    generated, quoted = asked(house), asked(house, engine="quote")
    for language in ("de", "en"):
        for record, mark in ((generated, MIXED), (quoted, "")):
            writers = {"model", "document"} if mark else {"document"}
            notice = origin_notice(writers, language)  # type: ignore[arg-type]
            pdf = answer_file("pdf", record, house.records, language)  # type: ignore[arg-type]
            assert packet_of(pdf) == packet_of(records_file("pdf", [record], 1, house.records, language)) == mark  # type: ignore[arg-type]
            document = pypdfium2.PdfDocument(pdf)
            shown = " ".join(page.get_textpage().get_text_range() for page in document)
            assert "".join(notice.split()) in "".join(shown.split())
            text = records_file("md", [record], 1, house.records, language).decode()  # type: ignore[arg-type]
            assert ("<!-- DigitalSourceType: " + MIXED in text) == bool(mark) and notice[:30] in text
            page = as_html(explain(record, Texts(house.vault), language), stylesheet="/s.css")  # type: ignore[arg-type]
            (*metas,) = etree.fromstring(page, etree.HTMLParser()).xpath("//meta[@name='DigitalSourceType']/@content")
            assert metas == ([mark] if mark else []) and notice in page
    answer = CHECK.check(answer_file("json", generated, house.records, "de"), [])["answer"]
    assert answer["digital_source_type"] == GENERATED, "the statements alone are all a model's"
    assert CHECK.check(answer_file("json", quoted, house.records, "de"), [])["answer"]["digital_source_type"] is None
    rows = records_file("csv", [generated, quoted], 2, house.records, "de").decode()
    assert rows.count(GENERATED) == 1 and "document" in rows


def test_whose_words_a_statement_has() -> None:
    def statement(**values: Any) -> Statement:
        return Statement(text="x", citations=(), **{"verdict": "supported", **values})

    assert written_by(statement(), "ollama") == "model" and written_by(statement(), "quote") == "document"
    assert (
        written_by(statement(verdict="quoted"), "ollama") == written_by(statement(quoted=True), "ollama") == "document"
    )
    assert written_by(statement(verdict="computed"), "ollama") == "program"
    assert source_type({"model"}) == GENERATED and source_type({"model", "program"}) == MIXED
    assert source_type({"document", "program"}) == source_type(set()) == ""


def test_the_attached_file_is_the_proof_as_another_reader_of_pdf_finds_it(house: Services) -> None:
    document = pypdfium2.PdfDocument(answer_file("pdf", asked(house), house.records, "de"))
    assert document.count_attachments() == 1
    attached = document.get_attachment(0)
    assert attached.get_name() == "fundstelle-proof.json"
    assert holds(bytes(attached.get_data()), house.records.signer.public_key())


def test_every_form_of_a_selection_can_be_written(house: Services) -> None:
    records = [asked(house), asked(house, engine="quote")]
    assert all(records_file(form, records, 2, house.records, "en") for form in RECORD_FORMS)
