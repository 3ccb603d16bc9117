"""Fetching missing models in the background of the page, with the share that is there."""

from chatbot.jobs.one_job import JobState, OneJob
from chatbot.llm.needed_models import fetch_needed, needed_models
from config.catalogue import CatalogueModel
from config.settings import Settings


class Fetching:
    """Fetches what the settings need, one time after the other.

    Args:
        settings: name the models and where they come from.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings, self._job = settings, OneJob[int]()
        self.bytes = 0  # in place so far

    @property
    def state(self) -> JobState[int] | None:
        """How the latest stands."""
        return self._job.state

    @property
    def total(self) -> int:
        """Bytes of all models that are needed."""
        return sum(entry.bytes for entry in needed_models(self._settings).values())

    def begin(self) -> None:
        """Fetch what is missing.

        Raises:
            SettingsError: that is going on already.
        """
        self._job.begin("models", self._fetch)

    def _fetch(self) -> int:
        self.bytes = 0
        return fetch_needed(self._settings, self._note)

    def _note(self, model: CatalogueModel, done: int) -> None:
        self.bytes += done
