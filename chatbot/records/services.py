"""What writes and keeps the records."""

from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine

from chatbot.records.checkpoints import Checkpoints, read_checkpoints
from chatbot.records.inspections import Inspections
from chatbot.records.pseudonyms import Pseudonyms
from chatbot.records.record import Records
from chatbot.records.restores import restores, still_held
from chatbot.records.signing import Signer
from chatbot.rendering.drawings import Drawings
from config.policy_file import PolicyFile
from config.sections import AuditSettings
from ingest.vault import Vault


class RecordServices(NamedTuple):
    """The parts that keep records; built in one place and passed down.

    Attributes:
        database: that the chain is in.
        records: opens and seals them.
        pseudonyms: what people are called in them.
        vault: keeps the versions that they cite.
        drawings: pictures of their pages.
        policy: says how long they are kept.
        settings: when and where checkpoints are written.
        checkpoints_file: that they are written to.
        signer: signs what is given out.
        inspections: note who reads them.
        check_file: says when the chain was last checked.
        issuer: who gives it out, as the settings name the company.
    """

    database: Engine
    records: Records
    pseudonyms: Pseudonyms
    vault: Vault
    drawings: Drawings
    policy: PolicyFile
    settings: AuditSettings
    checkpoints_file: Path
    signer: Signer
    inspections: Inspections
    check_file: Path
    issuer: str = ""

    def checkpoints(self) -> Checkpoints:
        """Those that were written out so far."""
        return read_checkpoints(self.checkpoints_file)

    def held_checkpoints(self) -> Checkpoints:
        """Those that the chain has to fit: all but those of entries that a restore has lost."""
        with self.database.connect() as connection:
            return still_held(self.checkpoints(), restores(connection))
