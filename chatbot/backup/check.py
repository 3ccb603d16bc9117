"""Whether what was restored is whole: database, chain, cited versions, and every document's passages."""

from collections.abc import Iterator
from itertools import islice

from sqlalchemy import Engine

from chatbot.audit.verify_chain import verify_chain
from chatbot.audit.verify_sources import check_versions
from chatbot.records.checkpoints import Checkpoints
from config.access import ALL
from config.errors import FundstelleError
from config.messages import Language, message
from ingest.db.copies import is_sound
from ingest.documents import document_id
from ingest.index.services import IndexServices

_MOST = 20  # of each kind


def faults(engine: Engine, index: IndexServices, known: Checkpoints, language: Language) -> list[str]:
    """What is not as it has to be, in sentences.

    Args:
        engine: of the restored database.
        index: as it was restored.
        known: heads that the chain has to fit.
        language: of the reader.
    """
    found = [] if is_sound(engine) else [message("restore.database_damaged", language)]
    broken = [*known.breaks(), *islice(verify_chain(engine, known.expected(), times=known.times()), _MOST)]
    broken += islice(check_versions(engine, index.vault), _MOST)
    return [*found, *(one.text(language) for one in broken), *islice(_index_faults(index, language), _MOST)]


def _index_faults(index: IndexServices, language: Language) -> Iterator[str]:
    """Documents that the registry shows, and of which not all passages can be found."""
    try:
        active = index.registry.active_generation()
        if active is None:
            return
        store = index.open_store(active.name)
        for collection in index.registry.collections():
            for path, known in index.registry.documents(active.name, collection).items():
                if not known.version or known.pending is not None:  # the next run mends what a run has begun
                    continue
                passages = store.passages_of(document_id(collection, path), ALL)
                there = {passage.number for passage in passages if passage.version == known.version}
                if there != set(range(known.passages)):
                    values = {"found": len(there), "count": known.passages}
                    yield message("restore.passages_missing", language, document=f"{collection}/{path}", **values)
    except FundstelleError as error:
        yield error.text(language)
