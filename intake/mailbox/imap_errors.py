"""What goes wrong between us and an IMAP server, and what a person can do about it."""

from __future__ import annotations

from contextlib import suppress
from imaplib import IMAP4
from typing import Any

from intake.errors import UnreachableError
from intake.mailbox.connection import connection_hint

CONNECTION_LOST = (IMAP4.abort, OSError)
"""The connection cannot be used any more."""
ANSWERS_NO = (IMAP4.error,)
"""The server said no or bad, or what it said could not be read; includes the lost connection's `abort`."""
NO_ANSWER = (IMAP4.error, OSError, EOFError, ValueError, LookupError, AttributeError, TypeError)
"""All that imaplib and imapclient are known to raise when a server dies or talks nonsense."""
_MOST_FOLDERS = 20
_SIGN_IN_HINT = (
    "Check mailbox.user and the password file, and that the account may use IMAP with a password; "
    "Microsoft 365 wants oauth instead."
)
_OAUTH_HINT = (
    "The token was given but does not open this mailbox. At Microsoft 365: grant the application IMAP.AccessAsApp, "
    "make its service principal known (New-ServicePrincipal) and give it the mailbox (Add-MailboxPermission); "
    "mailbox.user is the shared mailbox's address. Else check oauth.scope."
)


def unreachable(name: str, host: str, port: int, error: Exception) -> UnreachableError:
    """Convert a failure to an error with a sentence and a hint."""
    words = str(error) or type(error).__name__
    return UnreachableError(
        f"mailbox {name} at {host}:{port} cannot be read: {words}", connection_hint(error, "mailbox")
    )


def signed_off(name: str, user: str, error: Exception, *, by_token: bool = False) -> UnreachableError:
    """Build the error for a refused sign-in."""
    hint = _OAUTH_HINT if by_token else _SIGN_IN_HINT
    return UnreachableError(f"mailbox {name}: the server did not let {user} in: {error}", hint)


def no_folder(name: str, folder: str, client: Any, error: Exception) -> UnreachableError:  # noqa: ANN401  # untyped library
    """Build the error for a folder that cannot be opened; the hint names the existing ones."""
    there: list[str] = []
    with suppress(*NO_ANSWER):
        names = [str(path) for _, _, path in client.list_folders()]
        there = sorted(names, key=lambda path: (path.upper() != "INBOX", path))[:_MOST_FOLDERS]
    hint = f"Check mailbox.folder; the server has: {', '.join(there)}." if there else "Check mailbox.folder."
    return UnreachableError(f"mailbox {name}: the folder {folder} cannot be opened: {error}", hint)
