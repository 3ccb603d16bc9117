"""Runs and their outcomes as the pages show them."""

from typing import NamedTuple

from chatbot.jobs.background import RunState
from chatbot.rendering.labels import local_clock
from chatbot.web.services import AdminServices
from config.errors import SettingsError
from config.messages import Language, message
from ingest.db.runs import Outcome, Run


class RunRow(NamedTuple):
    """A run of the history.

    Attributes:
        started: as this machine's clock shows it.
        state: running, done, stopped, failed, or left: under way for nobody that this process knows of.
        counts: what became of documents, in words.
        failed: documents that could not be read.
        why: it failed, in a sentence; empty where it did not.
    """

    id: str
    collection: str
    kind: str
    state: str
    started: str
    counts: str
    failed: int
    passages: int
    why: str


class OutcomeRow(NamedTuple):
    """What became of a document in a run, with the reason in a sentence."""

    collection: str
    path: str
    status: str
    passages: int
    seconds: float
    reason: str


def run_rows(
    services: AdminServices, language: Language, collection: str | None = None, limit: int = 50
) -> list[RunRow]:
    """The history, newest first.

    Args:
        services: that keep it.
        language: of the reader.
        collection: only of this one.
        limit: most of them.
    """
    state = services.runs.state
    return [run_row(run, state, language) for run in services.index.history.runs(collection, limit)]


def run_row(run: Run, state: RunState | None, language: Language) -> RunRow:
    """A run in words.

    Args:
        run: of the history.
        state: of the run that this process has under way.
        language: of the reader.
    """
    is_ours = state is not None and state.running and state.collection in ("", run.collection)
    shown = "left" if run.state == "running" and not is_ours else run.state
    said = [f"{count} {message(f'ingest.{status}', language)}" for status, count in run.counts.items()]
    return RunRow(
        run.id, run.collection, run.kind, shown, local_clock(run.started, language), ", ".join(said),
        run.counts.get("failed", 0), run.passages, _why(run, language),
    )  # fmt: skip


def _why(run: Run, language: Language) -> str:
    if not run.reason:
        return ""
    details = dict(run.reason)
    return SettingsError(details.pop("key"), **details).text(language)


def outcome_row(outcome: Outcome, language: Language) -> OutcomeRow:
    """What became of a document, in words."""
    return OutcomeRow(
        outcome.collection, outcome.path, outcome.status, outcome.passages, outcome.seconds,
        outcome.error.text(language) if outcome.error else "",
    )  # fmt: skip


def outcome_csv(outcomes: list[Outcome], language: Language) -> list[list[str]]:
    """Rows of a file: document, outcome, passages, seconds and reason."""
    rows = [outcome_row(outcome, language) for outcome in outcomes]
    return [
        [row.path, message(f"ingest.{row.status}", language), str(row.passages),
         message("admin.seconds", language, seconds=row.seconds), row.reason]
        for row in rows
    ]  # fmt: skip
