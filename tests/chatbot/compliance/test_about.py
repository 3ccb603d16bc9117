"""The page about this AI and the technical documentation: made from what is there, in both languages, no secrets."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest
from rich.console import Console

from chatbot.bootstrap import Services, bootstrap
from chatbot.compliance.about import about_report
from chatbot.compliance.dossier import dossier_report
from chatbot.compliance.legal_basis import general_scope, high_risk_scope
from chatbot.compliance.measurements import Figure, Kind, measured
from chatbot.compliance.settings_shown import without_password
from chatbot.domain import Person
from chatbot.records.checkpoints import checkpoint_of, write_checkpoint
from chatbot.rendering.report import Report
from config.access import Clearance
from config.catalogue import embedded_models
from config.messages import Language
from config.messages import message as text
from config.settings import Settings, load_settings, setting_names
from eval.command import evaluate, keep_report
from eval.report import Measure, Part, read_report
from eval.report import Report as EvaluationReport

ROOT = Path(__file__).parents[3]
LANGUAGES: tuple[Language, ...] = get_args(Language)
NOWHERE = {"url": "http://127.0.0.1:9"}  # nothing listens there
SECRET = "hunter2-geheim"


def words(report: Report) -> str:
    """All that a reader of the report would see."""
    return "\n".join(_strings(report.model_dump()))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, str):
        yield value


def evaluation(kind: Kind, value: float, made: datetime, name: str = "recall@5") -> EvaluationReport:
    part = Part(kind=kind, set="own.jsonl", measures=(Measure(name=name, value=value, low=0.1, high=0.9, count=17),))
    return EvaluationReport(name="own", made=made, settings={"engine": "quote"}, parts=(part,))


@pytest.fixture
def empty(settings: Settings) -> Iterator[Services]:
    with bootstrap(settings.model_copy(update={"ollama": settings.ollama.model_copy(update=NOWHERE)})) as services:
        yield services


@pytest.fixture(scope="module")
def indexed(indexed_dir: Path, models_dir: Path) -> Iterator[Services]:
    with bootstrap(Settings(data_dir=indexed_dir, models_dir=models_dir, ollama=NOWHERE)) as services:
        yield services


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_papers_work_over_an_empty_index(empty: Services, language: Language) -> None:
    about, dossier = (
        about_report(empty.installation(), empty.people.local_person(), language),
        dossier_report(empty.installation(), language),
    )
    for report in (about, dossier):
        assert report.language == language and "fundstelle " in report.footer
        assert text("sources.none", language) in words(report)
        assert words(report).count(text("operator.unnamed", language)) == 3
        assert text("models.state.unreachable", language) in words(report)
        model, unused = embedded_models()["embeddings"], embedded_models()["answers"]
        assert model.sha256 in words(report) and model.licence in words(report) and model.origin in words(report)
        assert unused.sha256 not in words(report)
    assert text("dossier.system.no_index", language) in words(dossier)
    assert "0" * 64 in words(dossier)
    assert "{" not in words(about)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_article_is_named_and_says_to_whom_it_applies(empty: Services, language: Language) -> None:
    blocks = dossier_report(empty.installation(), language).blocks
    headings = {block.anchor: place for place, block in enumerate(blocks) if hasattr(block, "anchor")}
    for number in (4, 12, 13, 26, 50):
        place = headings[f"article-{number}"]
        assert f" {number}:" in blocks[place].text  # type: ignore[union-attr]
        scope = high_risk_scope(language) if number in (12, 13, 26) else general_scope(number, language)
        assert blocks[place + 1].text == scope  # type: ignore[union-attr]
        kinds = [type(block).__name__ for block in blocks[place + 2 : place + 8]]
        assert kinds == ["Heading", "Paragraph", "Heading", "Items", "Heading", "Items"]
    assert blocks[0].text == text("dossier.no_advice", language)  # type: ignore[union-attr]


@pytest.mark.parametrize("language", LANGUAGES)
def test_secrets_never_appear(settings: Settings, language: Language) -> None:
    changed = load_settings(
        data_dir=settings.data_dir,
        models_dir=settings.models_dir,
        database={"url": f"postgresql://me:{SECRET}@db.example/x?sslpassword={SECRET}"},
        qdrant={"url": f"http://me:{SECRET}@127.0.0.1:6333/?api_key={SECRET}", "api_key": SECRET},
        ollama={"url": f"http://me:{SECRET}@127.0.0.1:9"},
        audit={"timestamp_url": f"https://me:{SECRET}@stamps.example/tsa?key={SECRET}"},
        server={"names": [f"https://me:{SECRET}@x/"]},
        answer={"owners": {"a": f"https://me:{SECRET}@x/"}},
    )
    opened = Services(changed)  # over a database that is there, beside settings that name another
    opened.__dict__["database"] = Services(settings).database
    for report in (
        about_report(opened.installation(), opened.people.local_person(), language),
        dossier_report(opened.installation(), language),
    ):
        assert SECRET not in words(report)
    said = words(dossier_report(opened.installation(), language))
    assert "127.0.0.1, db.example, stamps.example" in said and text("settings.secret", language) in said
    opened.close()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("http://me:pass@host:1/x", "http://…@host:1/x"),
        ("http://me:p@ss@host", "http://…@host"),
        ("http://me:p/a?s s@host", "http://…@host"),
        ("bei https://me:pass@host/x?key=1 fragen", "bei https://…@host/x?… fragen"),
        ("postgresql+psycopg://me:pass@host/db?sslkey=x", "postgresql+psycopg://…@host/db?…"),
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434"),
        ("Jana Weber, jana@firma.de?", "Jana Weber, jana@firma.de?"),
    ],
)
def test_addresses_lose_user_password_and_query(given: str, shown: str) -> None:
    assert without_password(given) == shown


def test_every_setting_is_listed(empty: Services) -> None:
    said = words(dossier_report(empty.installation(), "en")).splitlines()
    assert set(setting_names()) <= set(said)


@pytest.mark.integration
@pytest.mark.parametrize("language", LANGUAGES)
def test_indexed_collections_with_folders_only_for_the_operator(indexed: Services, language: Language) -> None:
    generation = indexed.generation()
    documents, passages, _ = indexed.registry.count_documents(generation.name)["beispiele"]
    assert documents > 5 and passages > documents
    ended = indexed.history.runs("beispiele")[0].ended
    about, dossier = (
        words(about_report(indexed.installation(), indexed.people.local_person(), language)),
        words(dossier_report(indexed.installation(), language)),
    )
    stranger = Person(name="x", clearance=Clearance(labels=frozenset()))
    assert "beispiele" in about and "beispiele" not in words(about_report(indexed.installation(), stranger, language))
    for said in (about, dossier):
        assert f"beispiele\n{documents}\n{passages}\n0\n{ended:%Y-%m-%d %H:%M}" in said
    (folder,) = indexed.registry.collections()["beispiele"]
    assert str(folder) in dossier and generation.name in dossier and generation.embedding in dossier
    for path in (folder, indexed.settings.data_dir, indexed.settings.model_folder):
        assert str(path) not in about
    assert not re.search(r"(?<![\w:/])/(?:\w+/)+\w+", about)
    assert "127.0.0.1" not in about


def test_figures_come_from_the_report_and_change_with_it(empty: Services) -> None:
    assert (
        "measured by the makers on the example documents"
        in words(about_report(empty.installation(), empty.people.local_person(), "en")).lower()
    )
    assert text("article13.not_measured", "en") in words(dossier_report(empty.installation(), "en"))
    folder = empty.settings.data_dir / "evaluation"
    keep_report(evaluation("retrieval", 0.4321, datetime(2026, 1, 2, tzinfo=UTC)), folder, "retrieval")
    assert [file.name for file in folder.iterdir()] == ["retrieval.json"]
    for report in (
        about_report(empty.installation(), empty.people.local_person(), "en"),
        dossier_report(empty.installation(), "en"),
    ):
        assert "43.2 %" in words(report) and "Measured here, on 2026-01-02." in words(report)
    assert "43,2 %" in words(about_report(empty.installation(), empty.people.local_person(), "de"))
    assert "own.jsonl" in words(dossier_report(empty.installation(), "en")) and "17 questions or statements" in words(
        about_report(empty.installation(), empty.people.local_person(), "en")
    )
    assert text("article13.not_measured", "en") not in words(dossier_report(empty.installation(), "en"))
    keep_report(evaluation("retrieval", 0.567, datetime(2026, 1, 3, tzinfo=UTC)), folder, "retrieval")
    assert "56.7 % (10.0 % to 90.0 %)" in words(
        about_report(empty.installation(), empty.people.local_person(), "en")
    ) and "43.2 %" not in words(about_report(empty.installation(), empty.people.local_person(), "en"))


@pytest.mark.integration
def test_an_evaluation_leaves_its_figures_for_the_papers(indexed: Services) -> None:
    folder = indexed.settings.data_dir / "evaluation"
    try:
        questions = ROOT / "examples" / "questions.jsonl"
        made = evaluate("retrieval", indexed.settings, questions, Console(quiet=True), "en", limit=3)
        assert read_report(folder / "retrieval.json") == made
        said = words(about_report(indexed.installation(), indexed.people.local_person(), "en"))
        assert "3 questions or statements" in said and f"Measured here, on {made.made:%Y-%m-%d}." in said
        assert "examples/" not in said
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # other tests see the same data directory


def test_the_newest_report_of_each_kind_counts_and_the_makers_fill_the_gaps(tmp_path: Path) -> None:
    for name, value, day in (("a", 0.1, 3), ("b", 0.2, 5), ("c", 0.3, 4)):
        made = evaluation("answers", value, datetime(2026, 1, day, tzinfo=UTC))
        (tmp_path / f"{name}.json").write_text(made.model_dump_json())
    found = {one.kind: one for one in measured(tmp_path).found}
    assert found["answers"].here and found["answers"].parts[0].measures[0].value == 0.2
    assert not found["retrieval"].here and not found["verification"].here
    assert set(found) == set(get_args(Kind)) == set(get_args(Part.model_fields["kind"].annotation))


def test_reports_of_another_version_are_read(tmp_path: Path) -> None:
    made = evaluation("answers", 0.25, datetime(2026, 1, 2, tzinfo=UTC)).model_dump(mode="json")
    made["parts"][0]["measures"][0]["later"] = made["later"] = 1
    (tmp_path / "x.json").write_text(json.dumps(made))
    found = next(one for one in measured(tmp_path).found if one.kind == "answers")
    assert found.parts[0].measures == (Figure(name="recall@5", value=0.25, low=0.1, high=0.9, count=17),)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"[1]", b'{"made": "2026-01-01T00:00:00", "parts": []}'])
def test_what_is_no_report_is_named(empty: Services, content: bytes) -> None:
    folder = empty.settings.data_dir / "evaluation"
    folder.mkdir(parents=True)
    (folder / "broken.json").write_bytes(content)
    (folder / "folder.json").mkdir()
    assert measured(folder).unreadable == ("broken.json", "folder.json")
    assert "broken.json, folder.json" in words(about_report(empty.installation(), empty.people.local_person(), "en"))
    assert str(folder) not in words(about_report(empty.installation(), empty.people.local_person(), "en"))


def test_settings_and_policy_decide_what_is_said_of_records(settings: Settings, tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text("[records]\npseudonyms = true\nretention_days = 30\n")
    audit = settings.audit.model_copy(update={"heads_hours": 0})
    about = settings.about.model_copy(update={"company": "Muster GmbH", "complaints": "Jana Weber, Zimmer 3"})
    changed = settings.model_copy(update={"audit": audit, "about": about, "policy": policy})
    with bootstrap(changed) as services:
        page, dossier = (
            about_report(services.installation(), services.people.local_person(), "de"),
            words(dossier_report(services.installation(), "de")),
        )
        assert page.subtitle == "Muster GmbH" and "Jana Weber, Zimmer 3" in words(page)
        assert text("records.pseudonyms", "de") in words(page)
        assert text("records.days", "de", days=30) in words(page)
        assert words(page).count(text("operator.unnamed", "de")) == 1
        assert text("article26.keep_short", "de", days=30) in dossier
        assert text("article12.heads_never", "de") in dossier
        policy.write_text("[records]\nretention_days = 400\n")
        assert text("article26.keep_days", "de", days=400) in words(dossier_report(services.installation(), "de"))


@pytest.mark.parametrize("engine", ["auto", "ollama", "embedded", "quote"])
@pytest.mark.parametrize("verifier", ["rules", "engine", "ollama"])
def test_models_and_checks_are_the_ones_in_use(settings: Settings, engine: str, verifier: str) -> None:
    changed = load_settings(
        data_dir=settings.data_dir,
        ollama=NOWHERE,
        answer={"engine": engine, "verifier": verifier, "verifier_model": "checker:8b", "unsupported": "drop"},
    )
    with bootstrap(changed) as services:
        said = words(about_report(services.installation(), services.people.local_person(), "en"))
        uses_model = services.verifier is not None
    assert (changed.ollama.model in said) == (engine in ("auto", "ollama"))
    assert (changed.answer.verifier_model in said) == (verifier == "ollama")
    assert (text("models.task.checks", "en") in said) == uses_model
    assert (text("checks.no_model", "en") in said) != uses_model
    assert text("checks.drop", "en") in said and text("checks.mark", "en") not in said
    small = embedded_models()["answers"].label
    assert (small in said) == (engine == "embedded")


def test_the_state_of_the_chain_is_shown(empty: Services) -> None:
    from chatbot.records.schema import Asked

    with empty.records.records.opened(
        Asked(question="?", person=Person(name="x", clearance=Clearance(labels=frozenset())))
    ):
        pass
    head = checkpoint_of(empty.database)
    said = words(dossier_report(empty.installation(), "en"))
    assert head.number > 0 and text("article12.chain", "en", number=head.number, hash=head.hash) in said
    assert text("article12.heads_none", "en") in said and text("article12.todo_heads", "en") in said
    written = write_checkpoint(empty.database, empty.settings.audit, empty.records.checkpoints_file)
    assert text("article12.heads_last", "en", count=1, at=written.at, number=head.number) in words(
        dossier_report(empty.installation(), "en")
    )
    empty.records.checkpoints_file.write_text("no head\n")
    assert text("article12.heads_unreadable", "en", file=empty.records.checkpoints_file) in words(
        dossier_report(empty.installation(), "en")
    )
