"""What goes wrong between us and an IMAP server, and what a person can do about it."""

from __future__ import annotations

import ast
import re
from contextlib import suppress
from imaplib import IMAP4
from typing import Any

from intake.errors import ThrottledError, UnreachableError
from intake.mailbox.connection import connection_hint

CONNECTION_LOST = (IMAP4.abort, OSError)
"""The connection cannot be used any more."""
ANSWERS_NO = (IMAP4.error,)
"""The server said no or bad, or what it said could not be read; includes the lost connection's `abort`."""
NO_ANSWER = (
    IMAP4.error, OSError, EOFError, ValueError, LookupError, AttributeError, TypeError,
    RecursionError, MemoryError, OverflowError,
)  # fmt: skip
"""All that imaplib and imapclient are known to raise when a server dies or talks nonsense: brackets without end, a
literal larger than any memory, a number that is none."""
_MOST_FOLDERS = 20
_LOST = re.compile(r"socket error: EOF\b")
_AS_BYTES = re.compile(r"""b(['"]).*\1""", re.DOTALL)
_BUSY = re.compile(r"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\b")
"""Of RFC 5530's codes those that are not about who signs in."""
_SIGN_IN_SECONDS = 300.0
"""A password that was refused is refused again; servers lock accounts that try it again and again."""
_SIGN_IN_HINT = (
    "Check mailbox.user and the password file, and that the account may use IMAP with a password; "
    "Microsoft 365 wants oauth instead."
)
_OAUTH_HINT = (
    "The token was given but does not open this mailbox. At Microsoft 365: grant the application IMAP.AccessAsApp, "
    "make its service principal known (New-ServicePrincipal) and give it the mailbox (Add-MailboxPermission); "
    "mailbox.user is the shared mailbox's address. Else check oauth.scope."
)


def server_words(error: BaseException) -> str:
    """Give what a server said as it would be read; imaplib tells it as Python writes bytes, and a lost line as EOF."""
    text = str(error) or type(error).__name__
    if _LOST.search(text):
        return "the server hung up"
    if _AS_BYTES.fullmatch(text):
        with suppress(ValueError, SyntaxError):
            text = ast.literal_eval(text).decode("utf-8", "replace")
    return " ".join(text.split())


def unreachable(name: str, host: str, port: int, error: Exception) -> UnreachableError:
    """Convert a failure to an error with a sentence and a hint."""
    message = f"mailbox {name} at {host}:{port} cannot be read: {server_words(error)}"
    return UnreachableError(message, connection_hint(error, "mailbox"))


def signed_off(name: str, user: str, error: Exception, *, by_token: bool = False) -> UnreachableError:
    """Build the error for a refused sign-in."""
    words = server_words(error)
    message = f"mailbox {name}: the server did not let {user} in: {words}"
    if by_token or _BUSY.search(words):
        return UnreachableError(message, _OAUTH_HINT if by_token else "It will be tried again.")
    return ThrottledError(message, _SIGN_IN_HINT, seconds=_SIGN_IN_SECONDS)


def no_folder(name: str, folder: str, client: Any, error: Exception) -> UnreachableError:  # noqa: ANN401  # untyped library
    """Build the error for a folder that cannot be opened; the hint names the existing ones."""
    there: list[str] = []
    with suppress(*NO_ANSWER):
        names = [str(path) for _, _, path in client.list_folders()]
        there = sorted(names, key=lambda path: (path.upper() != "INBOX", path))[:_MOST_FOLDERS]
    hint = f"Check mailbox.folder; the server has: {', '.join(there)}." if there else "Check mailbox.folder."
    return UnreachableError(f"mailbox {name}: the folder {folder} cannot be opened: {server_words(error)}", hint)


def no_numbers(name: str, folder: str) -> UnreachableError:
    """Build the error for a folder whose messages have no numbers that last (RFC 9051, 2.3.1.1).

    A number that means one message today and another tomorrow would make the other one seem known.
    """
    message = f"mailbox {name}: the server gives the messages in {folder} no lasting numbers (UIDVALIDITY)"
    return UnreachableError(message, "It cannot be told there what is new: use another folder, or another server.")
