"""What a restored installation does not take over from the moment of its backup, and the entry that says what it is."""

from sqlalchemy import Engine, delete, update

from chatbot.identity.tables import begun_sign_ins, sessions
from chatbot.records.checkpoints import Checkpoints
from chatbot.records.record import Records
from chatbot.records.restores import Restore, note_restore
from ingest.db.registry import Registry
from ingest.db.tables import leases, runs


def settle(engine: Engine, registry: Registry, records: Records, taken: str, ended: str, known: Checkpoints) -> Restore:
    """End what was under way when the backup was made, and note the restore in the chain.

    Nobody stays signed in: sessions that have ended since would begin again. No process has a lease.

    Args:
        engine: of the restored database.
        registry: in it; a generation that was being built is forgotten, since backups have the finished one alone.
        records: in it; those that were open are sealed as lost.
        taken: when the backup was made.
        ended: the latest time that the chain knew then.
        known: heads that were written out, in the backup or since.
    """
    with engine.begin() as connection:
        for table in (sessions, begun_sign_ins, leases):
            connection.execute(delete(table))
        connection.execute(update(runs).where(runs.c.state == "running").values(state="stopped"))
    if building := registry.building_generation():
        registry.forget_generation(building.name)
    restore = note_restore(engine, taken, ended, known)
    records.close_lost(all_are=True)
    return restore
