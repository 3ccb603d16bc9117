"""Documents change and go after an answer: the record still shows what it rested on, and what became of it."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest

from chatbot.audit.cited_texts import Texts
from chatbot.audit.explain import explain
from chatbot.audit.export import as_report, as_table
from chatbot.audit.find import Query, find
from chatbot.audit.give_out import records_file
from chatbot.audit.inspect import evidence, retrieved
from chatbot.audit.read import Record, read_record
from chatbot.audit.replay import replay, verify_again
from chatbot.audit.statistics import statistics
from chatbot.audit.verify_chain import verify_chain
from chatbot.audit.verify_sources import check_versions
from chatbot.bootstrap import Services, bootstrap
from chatbot.records.checkpoints import checkpoint_of
from chatbot.records.retention import apply, due
from chatbot.rendering.html import as_html
from chatbot.rendering.page_image import Wanted
from chatbot.rendering.pdf import as_pdf
from config.access import ALL
from config.errors import IndexUnavailable
from tests.chatbot.records.company import LEAVE, RATE, ask, index, settings_of, travel_policy, write_documents

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[tuple[Services, str, str]]:
    """Two answers; then the PDF changed, and the Markdown file was deleted."""
    folder = tmp_path_factory.mktemp("audited")
    documents = write_documents(folder)
    with bootstrap(settings_of(folder, models_dir)) as services:
        index(services, documents)
        rate, leave = ask(services, RATE), ask(services, LEAVE)
        (documents / "Reise.pdf").write_bytes(travel_policy(40))
        (documents / "Urlaub.md").unlink()
        index(services, documents)
        yield services, rate.record, leave.record


def record_of(services: Services, identity: str) -> Record:
    return read_record(services.database, identity, ALL)


def test_the_page_of_then_is_shown_and_the_difference_named(audited: tuple[Services, str, str]) -> None:
    services, rate, _ = audited
    record = record_of(services, rate)
    assert record.said and record.said.answer and "0,36 EUR" in record.said.answer.statements[0].text
    (proof, *_) = evidence(record, 0, services.database, services.vault, ALL, "de")
    assert proof.passage and "0,36 EUR" in proof.passage.text
    marked = "".join(piece.text for line in proof.passage.lines() for piece in line if piece.marked)
    assert "0,36 EUR je Kilometer" in marked
    assert (proof.citation.page, proof.page) == (2, "ii (2)") and proof.place.startswith("Seite ii (2)")
    start, end = map(int, proof.marks.split("-"))
    wanted = Wanted(proof.citation.version, ((start, end),), True, proof.citation.extraction_id)
    then = services.drawings.picture(wanted).result()
    assert then and yellow(then) > 500
    assert proof.comparison.state == "changed"
    gone = "".join(piece.text for piece in proof.comparison.pieces if piece.kind == "gone")
    new = "".join(piece.text for piece in proof.comparison.pieces if piece.kind == "new")
    assert "36" in gone and "40" in new


def yellow(png: bytes) -> int:
    from PIL import Image

    colours = Image.open(io.BytesIO(png)).convert("RGB").getcolors(1 << 24)
    return sum(count for count, colour in colours if colour == (255, 214, 0))


def test_a_deleted_document_is_named_and_its_words_are_kept(audited: tuple[Services, str, str]) -> None:
    services, _, leave = audited
    (proof, *_) = evidence(record_of(services, leave), 0, services.database, services.vault, ALL, "de")
    assert proof.comparison.state == "gone"
    assert proof.passage and "29 Urlaubstage" in proof.passage.text
    assert b"29 Urlaubstage" in services.vault.original(proof.citation.version).content


def test_what_was_found_and_not_cited_is_there(audited: tuple[Services, str, str]) -> None:
    services, rate, _ = audited
    found = retrieved(record_of(services, rate), services.vault, "de")
    assert {one.document for one in found} == {"c/Reise.pdf", "c/Urlaub.md", "c/Parken.txt"}
    assert {one.place.partition(" ·")[0] for one in found if one.document == "c/Reise.pdf"} <= {
        "Seite i (1)",
        "Seite ii (2)",
    }
    assert found[0].use == "zitiert als [1]" and all(one.text for one in found)
    assert found[0].score == max(one.score for one in found) and found[0].bm25 > 0


def test_chain_and_versions_hold(audited: tuple[Services, str, str]) -> None:
    services, _, _ = audited
    assert list(verify_chain(services.database, {})) == []
    assert list(check_versions(services.database, services.vault)) == []


def test_old_answers_are_judged_and_asked_again(audited: tuple[Services, str, str]) -> None:
    services, rate, _ = audited
    record = record_of(services, rate)
    judged = verify_again(record, services.answering())
    assert judged and all(one.same for one in judged), "the same rules on the sources of then"
    fresh = replay(record, "Carla", ALL, services.answering())
    assert "0,40 EUR" in fresh.statements[0].text
    again = record_of(services, fresh.record)
    assert again.opened.replays == rate and again.asked and again.asked.person == "Carla"
    assert again.opened.clearance == record.opened.clearance
    assert [line.replays for line in find(services.database, Query(people=("Carla",)), ALL, 5).lines] == [rate]


def test_which_answers_cite_a_file_or_a_version(audited: tuple[Services, str, str]) -> None:
    services, rate, leave = audited
    version = record_of(services, leave).sealed.citations[0].version  # type: ignore[union-attr]
    by_file = find(services.database, Query(document="Urlaub.md", used="cited"), ALL, 5).lines
    by_version = find(services.database, Query(version=version, used="cited"), ALL, 5).lines
    assert [line.id for line in by_file] == [line.id for line in by_version] == [leave]
    assert rate in [line.id for line in find(services.database, Query(document="Urlaub.md"), ALL, 5).lines], (
        "found, not cited"
    )


def test_statistics_count_what_happened(audited: tuple[Services, str, str]) -> None:
    services, _, _ = audited
    ask(services, "Wer hat 2014 die Fußball-Weltmeisterschaft gewonnen?")
    found = statistics(services.database, ALL, "de")
    (week,) = found.weeks
    assert week.row
    counted = week.row.counted
    assert (counted.answered, counted.unsupported, counted.refused) == (2, 0, 1), "what auditors ask does not count"
    assert sum(bar.length for bar in week.row.bars) == pytest.approx(100, abs=0.1)
    for outcome, narrowed in (
        (counted.answered, Query(state="answered", verdict="supported")),
        (counted.unsupported, Query(state="answered", verdict="unsupported")),
        (counted.refused, Query(state="refused")),
        (counted.total, Query()),
    ):
        days = {"since": week.monday, "until": week.sunday, "replays": "none"}
        assert find(services.database, narrowed.model_copy(update=days), ALL, 9).count == outcome, "where it leads"
    assert {(cited.document, cited.records) for cited in found.most} >= {("Urlaub.md", 1)}
    assert [cited.document for cited in found.never] == ["Parken.txt"]


def test_exports_hold_answer_pages_and_hashes(audited: tuple[Services, str, str]) -> None:
    services, rate, leave = audited
    chosen = [record_of(services, identity) for identity in (rate, leave)]
    head = checkpoint_of(services.database)
    exported = json.loads(records_file("json", chosen, 2, services.records, "de"))["content"]
    head = checkpoint_of(services.database)  # with the entry of the key
    assert exported["head"]["hash"] == head.hash
    assert [r["links"][1]["hash"] for r in exported["records"]] == [r.links[1].hash for r in chosen]
    rows = list(csv.DictReader(io.StringIO(as_table(chosen, Texts(services.vault)).lstrip("\ufeff")), delimiter=";"))
    assert {(row["document"], row["page"], row["page_label"]) for row in rows} == {
        ("Reise.pdf", "2", "ii"),
        ("Urlaub.md", "", ""),
    }
    assert any("0,36 EUR" in row["quote"] for row in rows) and all(len(row["hash"]) == 64 for row in rows)
    pdf = pypdfium2.PdfDocument(as_pdf(as_report(chosen, head, 7, services.vault, services.drawings, "de")))
    text = " ".join(pdf[page].get_textpage().get_text_range() for page in range(len(pdf)))
    flat = "".join(text.split())
    assert "".join(RATE.split()) in flat and head.hash[:16] in flat and chosen[0].links[1].hash in flat
    pictures = [o for page in range(len(pdf)) for o in pdf[page].get_objects() if o.type == 3]
    assert len(pictures) == 1, "the one cited page of a PDF"
    assert "2von7gefundenen" in flat and "Reise.pdf,Seiteii(2)derFassung" in flat


def test_an_export_can_be_checked_by_itself(audited: tuple[Services, str, str]) -> None:
    """With nothing of the product: the hashes of an exported record, made anew from what stands in the file."""
    import hashlib
    import hmac

    services, rate, _ = audited
    exported = json.loads(records_file("json", [record_of(services, rate)], 1, services.records, "de"))["content"]
    for link in exported["records"][0]["links"]:
        fields = {name: link[name] for name in ("number", "kind", "record", "at", "content", "personal", "previous")}
        text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert hashlib.sha256(text.encode()).hexdigest() == link["hash"]
        assert hashlib.sha256(link["body"].encode()).hexdigest() == link["content"]
        sealed = hmac.new(bytes.fromhex(link["key"]), link["said"].encode(), hashlib.sha256).hexdigest()
        assert sealed == link["personal"]


def test_everyone_can_read_how_an_answer_came_about(audited: tuple[Services, str, str]) -> None:
    services, rate, _ = audited
    for language, words in (
        ("de", ("Die Suche", "zitiert als [1]", "wörtlich zitiert")),
        ("en", ("The search", "cited as [1]")),
    ):
        page = as_html(explain(record_of(services, rate), Texts(services.vault), language), stylesheet="/s.css")  # type: ignore[arg-type]
        assert all(word in page for word in words)
        assert re.search(r"<mark>[^<]*Elektroautos beträgt 0,36 EUR je Kilometer\.</mark>", page)


def test_a_swapped_version_is_found_and_named(
    audited: tuple[Services, str, str], tmp_path: Path, models_dir: Path
) -> None:
    services, rate, _ = audited
    shutil.copytree(services.settings.data_dir / "vault", tmp_path / "data/vault")
    with bootstrap(settings_of(tmp_path, models_dir)) as other:
        citation = record_of(services, rate).sealed.citations[0]  # type: ignore[union-attr]
        place = tmp_path / "data/vault" / citation.version[:2] / citation.version
        original, extraction = next(place.glob("original*")), next(place.glob("extraction*"))
        kept = original.read_bytes(), extraction.read_bytes()
        original.write_bytes(travel_policy(40))
        if original.suffix == ".gz":
            import gzip

            original.write_bytes(gzip.compress(travel_policy(40)))
        assert [b.fault for b in check_versions(services.database, other.vault)] == ["version"]
        original.write_bytes(b"")
        assert [b.fault for b in check_versions(services.database, other.vault)] in (["version"], ["lost"])
        original.write_bytes(kept[0])
        swapped = other.vault.extraction(citation.version, ".pdf")
        changed = swapped.model_copy(update={"text": swapped.text.replace("0,36", "0,63")})
        other.vault.keep(citation.version, Path("x.pdf"), changed)
        assert list(check_versions(services.database, other.vault)) == [], (
            "a later reading does not hide the one of then"
        )
        for file in place.glob("extraction.pdf.*.json.gz"):
            if file.name.count(".") == 4:
                file.unlink()
        assert {b.fault for b in check_versions(services.database, other.vault)} == {"text"}


def test_retention_removes_what_nothing_needs(tmp_path: Path, models_dir: Path) -> None:
    documents = write_documents(tmp_path)
    with bootstrap(settings_of(tmp_path, models_dir)) as services:
        index(services, documents)
        answered = ask(services, LEAVE)
        cited = answered.statements[0].citations[0].version
        (documents / "Urlaub.md").unlink()
        (documents / "Parken.txt").unlink()
        index(services, documents)
        database, vault = services.database, services.vault
        later = datetime.now(UTC) + timedelta(days=40)
        assert due(database, vault, 0, later).waiting == (), "every version found is needed by the record"
        assert due(database, vault, 60, later).records == ()
        drawn = services.drawings.cache
        drawn.put(cited, "page", b"png")
        first = apply(database, vault, drawn, 30, later)
        assert first.records == (answered.record,) and cited in first.waiting and first.versions == ()
        assert vault.original(cited).content, "kept for another day"
        past = time.time() - 25 * 3600
        for version in first.waiting:
            os.utime(next(vault._folder.glob(f"*/{version}/unused")), (past, past))
        assert drawn.get(cited, "page") == b"png"
        second = apply(database, vault, drawn, 30, later)
        assert drawn.get(cited, "page") is None
        assert cited in second.versions and second.freed > 0
        with pytest.raises(IndexUnavailable):
            vault.original(cited)
        assert vault.original(
            next(iter(services.registry.documents(services.generation().name, "c").values())).version or ""
        )
        assert list(verify_chain(database, {})) == [], "the chain notes what went"
        assert find(database, Query(), ALL, 5).count == 0


@pytest.fixture(scope="module")
def unasked(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Path:
    """A company's index that nobody has asked yet."""
    folder = tmp_path_factory.mktemp("unasked")
    with bootstrap(settings_of(folder, models_dir)) as services:
        index(services, write_documents(folder))
    return folder


STAGES = ("opened", "retrieved", "judged", "finishing")


@pytest.mark.parametrize("stage", STAGES)
def test_a_crash_at_any_stage_leaves_a_record_that_says_so(
    stage: str, unasked: Path, tmp_path: Path, models_dir: Path
) -> None:
    shutil.copytree(unasked / "data", tmp_path / "data")
    call = f"die({str(tmp_path)!r}, {str(models_dir)!r}, {stage!r})"
    code = f"from tests.chatbot.audit.test_after_the_change import die; {call}"
    died = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3], check=False)
    assert died.returncode == 9
    with bootstrap(settings_of(tmp_path, models_dir)) as services:
        assert [line.state for line in find(services.database, Query(), ALL, 5).lines] == ["open"]
        _ = services.answering()  # whoever answers next notices
        assert [line.state for line in find(services.database, Query(), ALL, 5).lines] == ["lost"]
        assert list(verify_chain(services.database, {})) == []


def die(folder: str, models_dir: str, stage: str) -> None:
    """Answer, and end the process without any farewell at a stage."""
    from chatbot.answering import pipeline as flow
    from chatbot.domain import Judged, Retrieved

    with bootstrap(settings_of(Path(folder), Path(models_dir))) as services:
        parts = services.answering()
        if stage == "opened":
            parts = parts._replace(retriever=lambda *_: os._exit(9))  # type: ignore[arg-type]
        if stage == "finishing":
            flow.finish = lambda *_: os._exit(9)  # type: ignore[assignment]
        kinds = {"retrieved": Retrieved, "judged": Judged}
        for event in flow.answer(RATE, [], services.people.local_person(), parts):
            if stage in kinds and isinstance(event, kinds[stage]):
                os._exit(9)
