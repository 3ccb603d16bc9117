"""When a collection is due: at a change in its folders, or at fixed times."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from rich.console import Console

from config.messages import Language, message

_SETTLE_MS = 2_000  # a file that is being copied changes many times
_FOREVER_S = 3_600.0


class Stop(Protocol):
    """What ends a schedule; an event is one."""

    def is_set(self) -> bool: ...

    def wait(self, timeout: float) -> bool:
        """Whether it was set in so many seconds."""


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
    yield from due(lambda: collections, watch, minutes, threading.Event())


def due(
    collections: Callable[[], Mapping[str, Sequence[Path]]],
    watch: bool,
    minutes: float | None,
    stop: Stop,
) -> Iterator[str]:
    """Names of collections as they become due, until `stop` is set or their folders are others.

    Args:
        collections: gives the folders by name as they are now.
        watch: whether a change in a folder makes its collection due.
        minutes: after which all are due; None for never.
        stop: ends it.
    """
    seconds = minutes * 60 if minutes else _FOREVER_S
    if not watch:
        while not stop.wait(seconds):
            yield from collections()
        return
    import watchfiles

    watched = dict(collections())
    owner = {folder.resolve(): name for name, places in watched.items() for folder in places if folder.is_dir()}
    if not owner:
        return
    last, is_first = time.monotonic(), True
    for changes in watchfiles.watch(
        *owner, stop_event=stop, debounce=_SETTLE_MS, rust_timeout=1_000, yield_on_timeout=True, raise_interrupt=True
    ):
        if is_first or (minutes and time.monotonic() - last >= seconds):
            # At first, too: what changed before the watch stood was seen by nobody.
            last, is_first = time.monotonic(), False
            yield from watched
            continue
        changed = {name for _, path in changes for folder, name in owner.items() if Path(path).is_relative_to(folder)}
        yield from sorted(changed)
        if dict(collections()) != watched:
            return
