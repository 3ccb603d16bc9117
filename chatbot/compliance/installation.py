"""What the reports about this installation are made from."""

from typing import NamedTuple

from chatbot.records.services import RecordServices
from config.settings import Settings
from ingest.db.registry import Registry
from ingest.db.runs import History


class Installation(NamedTuple):
    """This installation as its reports describe it.

    Attributes:
        settings: what the operator decided.
        registry: of what is indexed.
        history: of its runs.
        records: of what was asked.
        checks_by_model: whether a model checks statements on top of the rules.
    """

    settings: Settings
    registry: Registry
    history: History
    records: RecordServices
    checks_by_model: bool
