"""The keys that backups are closed and opened with: those of age, or a passphrase."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from config.errors import SettingsError

if TYPE_CHECKING:
    from pyrage.x25519 import Identity, Recipient

_LEAST = 12  # characters of a passphrase


class ClosingKey(NamedTuple):
    """What a backup is encrypted for: recipients, or a passphrase."""

    recipients: "tuple[Recipient, ...]" = ()
    passphrase: str = ""


class OpeningKey(NamedTuple):
    """What a backup is decrypted with: identities, or a passphrase."""

    identities: "tuple[Identity, ...]" = ()
    passphrase: str = ""


def closing_key(recipients: Iterable[str], passphrase_file: Path | None) -> ClosingKey:
    """The key that a backup is closed with.

    Args:
        recipients: public keys (age1…), or files with one a line.
        passphrase_file: file with a passphrase in its first line.

    Raises:
        SettingsError: there is none, there are both, or one is no key.
    """
    from pyrage import RecipientError
    from pyrage.x25519 import Recipient

    named = [line for one in recipients for line in _lines(one)]
    if bool(named) == bool(passphrase_file):
        raise SettingsError("backup.one_key")
    if passphrase_file:
        return ClosingKey(passphrase=_passphrase(passphrase_file))
    found = []
    for line in named:
        try:
            found.append(Recipient.from_str(line))
        except RecipientError as error:
            raise SettingsError("backup.no_recipient", text=line[:12]) from error
    return ClosingKey(recipients=tuple(found))


def opening_key(identity_files: Sequence[Path], passphrase_file: Path | None) -> OpeningKey:
    """The key that a backup is opened with.

    Args:
        identity_files: files with private keys (AGE-SECRET-KEY-1…), as age-keygen writes them.
        passphrase_file: file with a passphrase in its first line.

    Raises:
        SettingsError: there is none, there are both, or one is no key.
    """
    from pyrage import IdentityError
    from pyrage.x25519 import Identity

    if bool(identity_files) == bool(passphrase_file):
        raise SettingsError("backup.one_key")
    if passphrase_file:
        return OpeningKey(passphrase=_passphrase(passphrase_file))
    try:
        found = [Identity.from_str(line) for file in identity_files for line in _plain(_read(file))]
    except IdentityError as error:
        raise SettingsError("backup.no_identity", files=", ".join(map(str, identity_files))) from error
    if not found:
        raise SettingsError("backup.no_identity", files=", ".join(map(str, identity_files)))
    return OpeningKey(identities=tuple(found))


def _lines(recipient: str) -> list[str]:
    return [recipient] if recipient.startswith("age1") else _plain(_read(Path(recipient)))


def _passphrase(file: Path) -> str:
    first = next(iter(_read(file).splitlines()), "").strip()
    if len(first) < _LEAST:
        raise SettingsError("backup.short_password", file=file, least=_LEAST)
    return first


def _plain(text: str) -> list[str]:
    """Lines that are neither empty nor remarks."""
    return [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            "backup.key_unreadable", file=file, reason=getattr(error, "strerror", "") or error
        ) from error
