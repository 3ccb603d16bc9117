"""`fundstelle eval reading`: makes documents, writes them in each format, reads them and reports what was lost."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from rich.console import Console
from rich.progress import track

from config.errors import DocumentFailed, SettingsError
from config.messages import Language, message
from eval.command import show
from eval.reading.documents import make_documents
from eval.reading.measure import is_read, measured_format, score_file
from eval.reading.model import Document
from eval.reading.rendering.formats import FORMATS, Format, write_all
from eval.reading.score import Score
from eval.report import Part, Report, write_report
from ingest.partition import STATE


def measure_reading(
    folder: Path,
    console: Console,
    language: Language,
    seed: int = 1,
    count: int = 66,
    formats: Sequence[str] = (),
    save: Path | None = None,
) -> Report:
    """Measure how completely documents are read, format by format.

    Args:
        folder: for the documents, and for what was lost of them: one JSON line a file in `losses`. Files that this
            state of the program has made there are used again.
        console: to show on.
        language: of the reader.
        seed: the same seed makes the same documents.
        count: of documents.
        formats: to measure; all where it is empty.
        save: JSON to write the report to.

    Raises:
        SettingsError: there is no such format.
    """
    known = [form.name for form in FORMATS if is_read(form)]
    if unknown := [name for name in formats if name not in known]:
        raise SettingsError("eval.reading.unknown_format", name=unknown[0], known=", ".join(known))
    target = folder / f"seed-{seed}-{_state_of_the_makers()}"
    chosen = [form for form in FORMATS if form.name in (formats or known)]
    parts = tuple(_measured(make_documents(seed, count), chosen, target, console, language))
    show(parts, console, language)
    console.print(message("eval.reading.losses", language, folder=target / "losses"), markup=False)
    about = {"seed": str(seed), "documents": str(count), "state of the readers": STATE}
    report = Report(name=f"reading {seed}", made=datetime.now(UTC), settings=about, parts=parts)
    if save:
        write_report(report, save)
    return report


def _measured(
    documents: Sequence[Document], forms: Sequence[Format], folder: Path, console: Console, language: Language
) -> Iterator[Part]:
    for form in forms:
        try:
            files = list(write_all(documents, form, folder))
        except DocumentFailed as failed:  # without LibreOffice, what needs no other program is measured
            console.print(failed.text(language), markup=False)
            continue
        if not files:
            continue
        scores = [score_file(written) for written in track(files, console=console, description=form.name)]
        _keep_losses(folder, form, scores)
        yield measured_format(form.name, scores)


def _state_of_the_makers() -> str:
    """Names the state of the code and wording that make documents: files of another state say something else."""
    package = Path(__file__).parent
    content = b"".join(file.read_bytes() for kind in ("*.py", "*.toml") for file in sorted(package.rglob(kind)))
    return sha256(content).hexdigest()[:8]


def _keep_losses(folder: Path, form: Format, scores: Sequence[Score]) -> None:
    losses = folder / "losses" / f"{form.name}.jsonl"
    losses.parent.mkdir(parents=True, exist_ok=True)
    lines = [score.model_dump_json() for score in scores if score.missing or score.failures or score.reason]
    losses.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
