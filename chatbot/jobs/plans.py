"""Dry runs in the background of the page: what a run would do, worked out while the page stays free."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from chatbot.jobs.one_job import JobState, OneJob
from ingest.sync import pipeline
from ingest.sync.carry_out import IngestServices
from ingest.sync.plan import Plan


class Intent(NamedTuple):
    """The run that somebody has in mind."""

    collection: str
    folders: tuple[Path, ...]
    allow_deletions: bool = False


class Plans:
    """Works out plans, one at a time; the latest stays for whoever looks at it.

    Args:
        ingestion: what writes the index.
    """

    def __init__(self, ingestion: Callable[[], IngestServices]) -> None:
        self._ingestion = ingestion
        self._job: OneJob[Plan] = OneJob()
        self.intent: Intent | None = None  # None before the first

    @property
    def state(self) -> JobState[Plan] | None:
        """How the latest stands."""
        return self._job.state

    def begin(self, collection: str, folders: Sequence[Path], allow_deletions: bool = False) -> None:
        """Work out what a run would do; nothing is changed.

        Raises:
            SettingsError: another plan is being worked out.
        """
        services, chosen = self._ingestion(), Intent(collection, tuple(folders), allow_deletions)
        self._job.begin(collection, lambda: pipeline.plan(chosen.folders, collection, services, allow_deletions))
        self.intent = chosen
