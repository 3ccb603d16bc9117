"""What reads the index: its registry, the store behind it, and the documents it was made from."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from ingest.db.registry import Generation, Registry
from ingest.db.runs import History
from ingest.db.shown_documents import ShownDocuments
from ingest.db.versions import GenerationVersions
from ingest.vault import Vault

if TYPE_CHECKING:
    from ingest.index.store import PassageStore


class IndexServices(NamedTuple):
    """The parts that read the index; built in one place and passed down.

    Attributes:
        registry: of what is indexed.
        history: of the runs that made it.
        vault: keeps every version with its text.
        generation: the one that is searched; raises `IndexUnavailable` while there is none.
        versions: tells which versions of a generation may be shown now.
        open_store: opens the passages of a generation by its name.
        shown: documents that people may see.
    """

    registry: Registry
    history: History
    vault: Vault
    generation: Callable[[], Generation]
    versions: Callable[[str], GenerationVersions]
    open_store: "Callable[[str], PassageStore]"
    shown: ShownDocuments
