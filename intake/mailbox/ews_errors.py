"""What goes wrong between us and an Exchange on one's own premises, and what a person can do about it."""

from __future__ import annotations

from exchangelib import errors as ews

from intake.errors import ThrottledError, UnreachableError
from intake.mailbox.connection import endpoint_hint, why_no_connection

NO_ANSWER = (ews.EWSError, OSError, ValueError, LookupError, AttributeError, TypeError, SyntaxError, RecursionError)
"""All that exchangelib, requests and the XML reader are known to raise when a server dies or talks nonsense."""
VANISHED = (ews.ErrorItemNotFound,)
LOST_ITS_PLACE = (ews.ErrorInvalidSyncStateData,)
"""The sync state is of no use any more; everything has to be listed anew."""
_ABOUT_THE_ONE = (
    ews.ErrorItemCorrupt,
    ews.ErrorCorruptData,
    ews.ErrorContentConversionFailed,
    ews.ErrorMimeContentConversionFailed,
    ews.ErrorMimeContentInvalid,
    ews.ErrorMimeContentInvalidBase64String,
    ews.ErrorUnsupportedMimeConversion,
    ews.ErrorMessageSizeExceeded,
)
"""What Exchange says of one message, whatever it thinks of the others."""
_NO_SUCH_ACCESS = (ews.ErrorAccessDenied, ews.ErrorNonExistentMailbox, ews.ErrorFolderNotFound)
_LONGEST_TEXT = 300


def about_the_one(error: Exception) -> bool:
    """Tell whether an error is about the message that was asked for, and the server lives."""
    return isinstance(error, _ABOUT_THE_ONE)


def unreachable(name: str, error: Exception) -> UnreachableError:
    """Convert a failure to an error with a sentence and a hint."""
    if isinstance(error, UnreachableError):
        return error
    cause = why_no_connection(error)
    words = f"{cause}" if cause else f"{type(error).__name__}: {error}"
    message = f"mailbox {name}: Exchange cannot be read: {' '.join(words.split())[:_LONGEST_TEXT]}"
    seconds = getattr(error, "back_off", None) or getattr(error, "wait", None)
    if seconds:
        return ThrottledError(
            message, "Exchange limits how much is asked of it; it goes on by itself.", seconds=seconds
        )
    return UnreachableError(message, endpoint_hint(cause, "mailbox.endpoint") if cause else _hint(error))


def _hint(error: Exception) -> str:
    if isinstance(error, ews.UnauthorizedError):
        return "Check mailbox.user, the password file and mailbox.auth (ntlm or basic)."
    if isinstance(error, _NO_SUCH_ACCESS):
        return "Check mailbox.address, and that the account has full access to that mailbox."
    if isinstance(error, ews.RedirectError):
        return "Check mailbox.endpoint: the server sends us elsewhere, which is not followed."
    if isinstance(error, ews.ResponseMessageError):
        return "It will be tried again. If it stays so, look into the Exchange server's log."
    return "Check mailbox.endpoint. If it stays so, look into the Exchange server's log."
