"""Where passages are kept: on a Qdrant server, or in Qdrant's engine in this process."""

from collections.abc import Callable
from typing import Any

from config.free_space import Room
from config.settings import Settings
from ingest.index.hold import WriteHold
from ingest.index.store import PassageStore


def write_hold(settings: Settings) -> WriteHold:
    """What those who write to the index and those who copy it hold, in all processes with this data directory."""
    return WriteHold(settings.data_dir / "index.lock")


def store_opener(settings: Settings) -> Callable[[str], PassageStore]:
    """A function that opens a generation by name, on the server the settings name or embedded."""
    writing = write_hold(settings).writing
    if settings.qdrant.url:
        from qdrant_client import QdrantClient

        key = settings.qdrant.api_key
        client: Any = QdrantClient(
            url=settings.qdrant.url,
            api_key=key.get_secret_value() if key else None,
            timeout=30,
            check_compatibility=False,
        )
        return lambda name: PassageStore(client, name, settings.qdrant.url or "", writing)
    from ingest.index.edge import EdgeClient

    folder = settings.data_dir / "index"
    client = EdgeClient(folder, Room(folder, settings.free_megabytes), writing)
    return lambda name: PassageStore(client, name, str(folder), writing)
