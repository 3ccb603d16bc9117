"""When the page brings collections up to date: as an admin chose it there, else as the settings say."""

from typing import NamedTuple

from sqlalchemy import Engine, delete, select

from config.sections import IngestSettings
from ingest.db.tables import schedules

_ALL = "all"


class Schedule(NamedTuple):
    """When collections are due.

    Attributes:
        watch: at each change in their folders.
        every_minutes: after this time; 0 for never.
        is_chosen: whether an admin chose it on the page.
    """

    watch: bool
    every_minutes: float
    is_chosen: bool = False


class ChosenSchedule:
    """Reads and writes the schedule.

    Args:
        engine: from `ingest.db.database.open_database`.
        settings: say what counts while nobody has chosen.
    """

    def __init__(self, engine: Engine, settings: IngestSettings) -> None:
        self._engine, self._settings = engine, settings

    def get(self) -> Schedule:
        with self._engine.connect() as connection:
            row = connection.execute(select(schedules).where(schedules.c.name == _ALL)).one_or_none()
        if row is None:
            return Schedule(self._settings.watch, self._settings.every_minutes)
        return Schedule(row.watch, row.every_minutes, True)

    def choose(self, watch: bool, every_minutes: float) -> None:
        """Let this count from now on, whatever the settings say."""
        with self._engine.begin() as connection:
            connection.execute(delete(schedules).where(schedules.c.name == _ALL))
            row = {"name": _ALL, "watch": watch, "every_minutes": every_minutes}
            connection.execute(schedules.insert(), row)

    def forget(self) -> None:
        """Let the settings count again."""
        with self._engine.begin() as connection:
            connection.execute(delete(schedules).where(schedules.c.name == _ALL))
