"""Copies of the index for a backup: the files of the engine in this house, or a snapshot that a Qdrant server makes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from config.errors import IndexUnavailable
from config.settings import Settings

_CONNECT_S, _TRANSFER_S = 30.0, 3600.0
_PIECE = 1 << 20


def embedded_files(settings: Settings, generation: str) -> Iterator[tuple[str, Path]]:
    """The files of a generation of the embedded index, by their names within it.

    Args:
        settings: name the data directory.
        generation: whose; nobody may write to it meanwhile, see `WriteHold.still`.
    """
    folder = settings.data_dir / "index" / generation
    if not folder.is_dir():
        raise IndexUnavailable("index.lost", name=generation)
    yield from ((file.relative_to(folder).as_posix(), file) for file in sorted(folder.rglob("*")) if file.is_file())


class ServerSnapshots:
    """Snapshots of a Qdrant server.

    Args:
        url: of the server.
        key: of the server, empty without one.
    """

    def __init__(self, url: str, key: str = "") -> None:
        self._url, self._key = url.rstrip("/"), key

    def take(self, generation: str) -> str:
        """Have the server make a snapshot of a generation; returns its name there.

        Raises:
            IndexUnavailable: the server cannot be reached, or refuses.
        """
        with self._request("POST", f"/collections/{generation}/snapshots", params={"wait": "true"}) as reply:
            reply.read()
            return str(reply.json()["result"]["name"])

    def fetch(self, generation: str, snapshot: str, target: Path) -> None:
        """Write a snapshot into a file, and let the server forget it.

        Raises:
            IndexUnavailable: the server cannot be reached, or refuses.
        """
        place = f"/collections/{generation}/snapshots/{snapshot}"
        try:
            with self._request("GET", place) as reply, target.open("wb") as file:
                for piece in reply.iter_bytes(_PIECE):
                    file.write(piece)
        finally:
            with self._request("DELETE", place, params={"wait": "true"}):
                pass

    def put_back(self, generation: str, file: Path) -> None:
        """Let the server have a generation as a snapshot has it; one of this name is replaced.

        Raises:
            IndexUnavailable: the server cannot be reached, or refuses.
        """
        place, how = f"/collections/{generation}/snapshots/upload", {"wait": "true", "priority": "snapshot"}
        with file.open("rb") as content, self._request("POST", place, params=how, files={"snapshot": content}):
            pass

    @contextmanager
    def _request(self, method: str, place: str, **what: Any) -> Iterator[Any]:
        import httpx

        headers: Mapping[str, str] = {"api-key": self._key} if self._key else {}
        timeout = httpx.Timeout(_TRANSFER_S, connect=_CONNECT_S)
        try:
            with httpx.stream(
                method, self._url + place, headers=headers, timeout=timeout, trust_env=False, **what
            ) as reply:
                if reply.is_error:
                    reason = reply.read().decode(errors="replace").strip()[:300] or reply.reason_phrase
                    raise IndexUnavailable("index.refused", where=self._url, reason=reason)
                yield reply
        except httpx.HTTPError as error:
            raise IndexUnavailable("index.unreachable", where=self._url) from error
