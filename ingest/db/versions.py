"""Which versions may be shown, while a run may be writing others."""

from collections.abc import Collection

from sqlalchemy import Engine, select, tuple_

from ingest.db.tables import documents


class GenerationVersions:
    """Which versions of a generation may be shown; read anew at every call.

    Args:
        engine: from `open_database`.
        generation: its name.
    """

    def __init__(self, engine: Engine, generation: str) -> None:
        self._engine, self._generation = engine, generation

    def visible(self, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """The version of each document that may be shown now.

        Args:
            keys: collection and path of documents; those without a visible version are left out.
        """
        key = tuple_(documents.c.collection, documents.c.path)
        chosen = select(documents.c.collection, documents.c.path, documents.c.version).where(
            documents.c.generation == self._generation, documents.c.version.is_not(None), key.in_(list(keys))
        )
        with self._engine.connect() as connection:
            return {(row.collection, row.path): row.version for row in connection.execute(chosen)}

    def unfinished(self) -> frozenset[str]:
        """Versions that are being written and not yet shown of any document."""
        shown = documents.alias()
        elsewhere = select(shown.c.path).where(
            shown.c.generation == self._generation, shown.c.version == documents.c.pending
        )
        chosen = select(documents.c.pending).where(
            documents.c.generation == self._generation, documents.c.pending > "", ~elsewhere.exists()
        )
        with self._engine.connect() as connection:
            return frozenset(connection.execute(chosen).scalars())
