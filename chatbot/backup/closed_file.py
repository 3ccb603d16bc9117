"""A stream into a file that only the operator's key opens (age), and back; nothing of it is held in memory.

With a passphrase the stream is closed for a key of its own, which stands before it, closed by the passphrase: what age
does with a passphrase takes whole contents only. Both parts are plain age, so that its own program opens them, too.
"""

import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from os import fdopen, pipe
from pathlib import Path
from tarfile import TarError
from typing import IO, TYPE_CHECKING

from chatbot.backup.keys import ClosingKey, OpeningKey
from config.errors import SettingsError
from config.free_space import Room

if TYPE_CHECKING:
    from pyrage.x25519 import Identity, Recipient

_AGE = b"age-encryption.org/"
_BEFORE = b"fundstelle-backup passphrase "  # and how many bytes the closed key has, in a line
_LONGEST_LINE, _LONGEST_KEY = 64, 4096
_PIECE = 1 << 16


class _Tapped:
    """A file that is written to by a library, and keeps the error that the library does not hand on."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.error: OSError | None = None

    def write(self, content: bytes) -> int:
        try:
            return self._file.write(content)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        self._file.flush()


@contextmanager
def closing(target: IO[bytes], key: ClosingKey, room: Room) -> Iterator[IO[bytes]]:
    """A stream; what is written to it is in the file afterwards, encrypted.

    Args:
        target: to be written to.
        key: of the operator.
        room: of the target's disk.

    Raises:
        DiskFull: the target's disk is full.
    """
    from pyrage import encrypt_io

    tapped = _Tapped(target)
    recipients = list(key.recipients) or [_own_key(tapped, key.passphrase)]
    reading, writing = pipe()
    source = fdopen(reading, "rb", buffering=_PIECE)
    work = _Work(lambda: encrypt_io(source, tapped, recipients), source)
    try:
        with fdopen(writing, "wb", buffering=_PIECE) as stream:
            yield stream
    except BrokenPipeError:
        work.join()
        raise (_disk_error(tapped, room) or work.error or OSError("the stream has broken off")) from None
    except BaseException:
        work.join()
        if full := _disk_error(tapped, room):
            raise full from None
        raise
    work.join()
    if failed := _disk_error(tapped, room) or work.error:
        raise failed


@contextmanager
def opening(file: Path, key: OpeningKey) -> Iterator[IO[bytes]]:
    """A stream of what a file holds, decrypted; it has to be read to its end for the file to be proved whole.

    Raises:
        SettingsError: the file is no backup, the key is another one, or the file was changed or cut off.
    """
    from pyrage import decrypt_io

    with _opened(file) as source:
        identities = list(key.identities) or [_their_key(source, file, key.passphrase)]
        if not source.peek(len(_AGE)).startswith(_AGE):
            raise SettingsError("backup.wrong_key" if _is_behind_passphrase(source) else "backup.none", file=file)
        reading, writing = pipe()
        target = fdopen(writing, "wb", buffering=_PIECE)
        work = _Work(lambda: decrypt_io(source, target, identities), target)
        try:
            with fdopen(reading, "rb", buffering=_PIECE) as stream:
                yield stream
                while stream.read(_PIECE):  # only the last piece proves that nothing was cut off
                    pass
        except (OSError, EOFError, TarError, zlib.error) as error:
            work.join()
            raise _not_read(work.error, file) from error
        finally:
            work.join()
        if work.error:
            raise _not_read(work.error, file) from work.error


def _not_read(error: BaseException | None, file: Path) -> SettingsError:
    from pyrage import DecryptError

    return SettingsError("backup.wrong_key" if isinstance(error, DecryptError) else "backup.changed", file=file)


@contextmanager
def _opened(file: Path) -> Iterator[BufferedReader]:
    try:
        source = file.open("rb")
    except OSError as error:
        raise SettingsError("backup.unreadable", file=file, reason=error.strerror or error) from error
    with source:
        yield source


def _own_key(target: _Tapped, passphrase_: str) -> "Recipient":
    """A key for this one file, written before all else, closed by the passphrase."""
    from pyrage import passphrase
    from pyrage.x25519 import Identity

    identity = Identity.generate()
    closed = passphrase.encrypt(str(identity).encode(), passphrase_)
    target.write(_BEFORE + b"%d\n" % len(closed) + closed)
    return identity.to_public()


def _their_key(source: BufferedReader, file: Path, passphrase_: str) -> "Identity":
    from pyrage import DecryptError, IdentityError, passphrase
    from pyrage.x25519 import Identity

    if not _is_behind_passphrase(source):
        known = source.peek(len(_AGE)).startswith(_AGE)
        raise SettingsError("backup.wrong_key" if known else "backup.none", file=file)
    try:
        length = int(source.readline(_LONGEST_LINE).removeprefix(_BEFORE))
        return Identity.from_str(passphrase.decrypt(source.read(min(length, _LONGEST_KEY)), passphrase_).decode())
    except (ValueError, DecryptError, IdentityError) as error:
        raise SettingsError("backup.wrong_key", file=file) from error


def _is_behind_passphrase(source: BufferedReader) -> bool:
    return source.peek(len(_BEFORE)).startswith(_BEFORE)


class _Work:
    """Something that is done in a thread; whatever becomes of it, the other end of the pipe is told."""

    def __init__(self, do: Callable[[], None], end: IO[bytes]) -> None:
        self.error: BaseException | None = None
        self._do, self._end = do, end
        self._thread = threading.Thread(target=self._run, daemon=True, name="age")
        self._thread.start()

    def _run(self) -> None:
        try:
            self._do()
        except BaseException as error:  # it is raised by whoever joins
            self.error = error
        finally:
            with suppress(OSError):
                self._end.close()

    def join(self) -> None:
        self._thread.join()


def _disk_error(tapped: _Tapped, room: Room) -> Exception | None:
    return tapped.error and (room.failed(tapped.error) or tapped.error)
