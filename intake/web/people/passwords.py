"""Passwords: argon2id, at most a few at a time, and the same work for a name that nobody has."""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 1024
"""Bytes; more would only be work for us."""
_TELLING = 3
"""Characters of a name, below which any password may happen to contain it."""

_hasher = PasswordHasher()
_at_once = BoundedSemaphore(2)
"""Each takes 64 MB while it runs, and a stranger can ask for one."""


def fault(password: str, name: str = "") -> str | None:
    """Explain why a new password is refused; None where it is accepted.

    Args:
        password: as it was typed.
        name: whose it is to be; their name is no part of it.
    """
    if len(password) < SHORTEST:
        return f"A password needs at least {SHORTEST} characters."
    if len(password.encode()) > LONGEST:
        return f"A password may take up {LONGEST} bytes at most."
    if len(name) >= _TELLING and name.casefold() in password.casefold():
        return "A password must not contain the name of its owner."
    return None


def hash_password(password: str) -> str:
    """Hash a password for the store."""
    with _at_once:
        return _hasher.hash(password)


@cache
def _nobodys() -> str:
    return _hasher.hash("a password that nobody has")


def matches(password_hash: str | None, password: str) -> bool:
    """Check the password; takes the same time for an unknown name."""
    if len(password.encode()) > LONGEST:
        return False
    with _at_once:
        try:
            _hasher.verify(password_hash or _nobodys(), password)
        except (VerificationError, InvalidHashError):
            return False
    return bool(password_hash)
