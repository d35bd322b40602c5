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
    """A mailbox, postman, store or archive did not answer; worth another try.

    `retry_after` is how many seconds it asked to be left alone, where it said so.
    """

    def __init__(self, message: str, hint: str = "", *, retry_after: float | None = None) -> None:
        """Say what did not answer, what to do, and when to try again."""
        super().__init__(message, hint)
        self.retry_after = retry_after


class DeferredError(IntakeError):
    """The other side answered, and will take this one thing later; it may take others now."""


class RefusedError(IntakeError):
    """The other side answered and said no for good; another try will not help."""
