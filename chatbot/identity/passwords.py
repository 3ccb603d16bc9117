"""Passwords: what is good enough, and how it is kept (argon2id, RFC 9106; rules after NIST SP 800-63B)."""

from functools import cache
from typing import TYPE_CHECKING

from config.errors import SignInRefused

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 256
_FEW = 5  # different characters


def check_password(password: str, name: str) -> None:
    """Make sure that a new password is good enough.

    Raises:
        SignInRefused: it is too short or too long, has the name in it, or hardly any different characters.
    """
    if len(password) < SHORTEST:
        raise SignInRefused("password.short", length=SHORTEST)
    if len(password) > LONGEST:
        raise SignInRefused("password.long", length=LONGEST)
    if name.lower() in password.lower() or len(set(password)) < _FEW:
        raise SignInRefused("password.simple")


def hash_password(password: str) -> str:
    """The password as it is kept."""
    return _hasher().hash(password)


def is_right(password: str, kept: str) -> bool:
    """Whether a password is the one that is kept; takes as long where there is none."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(kept or _nobodys(), password) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher().hash("nobody's password")
