"""Errors about the world and about how we were set up; each says what to do.

Errors about a submission are findings, never exceptions.
"""

from __future__ import annotations


class IntakeError(Exception):
    """Something outside a submission went wrong.

    The message says what; `hint` says what a person can do about it.
    """

    hint = ""

    def __init__(self, message: str, hint: str = "") -> None:
        """Say what went wrong and, if known, what to do."""
        super().__init__(message)
        self.hint = hint or self.hint


class ConfigurationError(IntakeError):
    """The configuration cannot be used; the program exits with 2."""


class UnreachableError(IntakeError):
    """A mailbox, postman, store or archive did not answer; worth another try."""


class DeferredError(IntakeError):
    """The other side answered, and will take this one thing later; it may take others now."""


class ThrottledError(UnreachableError):
    """The other side asked us to wait; another try before that is in vain."""

    def __init__(self, message: str, hint: str = "", *, seconds: float) -> None:
        """Say also how long it wants us to wait."""
        super().__init__(message, hint)
        self.seconds = seconds


class PermanentFailureError(IntakeError):
    """The other side answered and said no for good; another try will not help."""


def reason(error: BaseException, of: object = "") -> str:
    """Give the system's own words for a failed call, and the path where it is not the one spoken `of`.

    Of an error that is not the system's it is the error's own message.
    """
    if not isinstance(error, OSError) or not error.strerror:
        return str(error)
    named = {str(file) for file in (error.filename, error.filename2) if file is not None}
    elsewhere = bool(named) and str(of) not in named  # of two, as of a copy, either may be the one at fault
    return f"{error.strerror}: {error.filename}" if elsewhere else error.strerror


def sentence(error: BaseException) -> str:
    """Give the error's message as a sentence: its first letter in upper case, everything else as it is, full stop."""
    message = str(error)
    return f"{message[:1].upper()}{message[1:]}."


def safe_message(error: BaseException) -> str:
    """Describe an error safely for the log: one of ours by its message, any other by its type alone.

    A library's sentence may quote the very bytes it stumbled over.
    """
    return str(error) if isinstance(error, IntakeError) else type(error).__name__


def source_location(error: BaseException) -> str:
    """Give file and line where the error was raised; empty where it was not raised."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else ""
