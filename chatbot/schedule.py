"""When a collection is due: at a change in its folders, or at fixed times."""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rich.console import Console

from config.messages import Language, message

_SETTLE_MS = 2_000  # a file that is being copied changes many times
_FOREVER_S = 3_600.0


def when_due(
    collections: Mapping[str, Sequence[Path]],
    watch: bool,
    minutes: float | None,
    console: Console,
    language: Language,
) -> Iterator[str]:
    """Names of collections as they become due, for as long as the caller goes on; at once none.

    Args:
        collections: folders by name.
        watch: whether a change in a folder makes its collection due.
        minutes: after which all are due; None for never.
        console: where it says that it watches.
        language: of the reader.
    """
    if not watch and minutes is None:
        return
    folders = ", ".join(str(folder) for places in collections.values() for folder in places)
    console.print(message("ingest.watching", language, folders=folders), markup=False)
    yield from due(collections, watch, minutes, threading.Event())


def due(
    collections: Mapping[str, Sequence[Path]], watch: bool, minutes: float | None, stop: threading.Event
) -> Iterator[str]:
    """Names of collections as they become due, until `stop` is set."""
    seconds = minutes * 60 if minutes else _FOREVER_S
    if not watch:
        while not stop.wait(seconds):
            yield from collections
        return
    import watchfiles

    owner = {folder.resolve(): name for name, places in collections.items() for folder in places}
    last, is_first = time.monotonic(), True
    for changes in watchfiles.watch(
        *owner, stop_event=stop, debounce=_SETTLE_MS, rust_timeout=1_000, yield_on_timeout=True, raise_interrupt=True
    ):
        if is_first:  # what changed before the watch stood was seen by nobody
            is_first = False
            yield from collections
            continue
        if minutes and time.monotonic() - last >= seconds:
            last = time.monotonic()
            yield from collections
            continue
        changed = {name for _, path in changes for folder, name in owner.items() if Path(path).is_relative_to(folder)}
        yield from sorted(changed)
