"""The error that stops reading a signature."""

from __future__ import annotations

from typing import NoReturn

FORMAT_FAILURE = "FORMAT_FAILURE"
HASH_FAILURE = "HASH_FAILURE"
SIG_CRYPTO_FAILURE = "SIG_CRYPTO_FAILURE"
SIGNED_DATA_NOT_FOUND = "SIGNED_DATA_NOT_FOUND"
CRYPTO_CONSTRAINTS_FAILURE = "CRYPTO_CONSTRAINTS_FAILURE"
GENERIC = "GENERIC"
NO_SIGNING_CERTIFICATE_FOUND = "NO_SIGNING_CERTIFICATE_FOUND"


class MalformedSignatureError(Exception):
    """A file or signature is not what its format allows; about the submission, never about us."""

    def __init__(self, reason: str, failure: str = FORMAT_FAILURE) -> None:
        """Keep the sentence and the sub-indication of EN 319 102-1.

        Args:
            reason: a sentence for the submitter.
            failure: such as ``FORMAT_FAILURE``.
        """
        super().__init__(reason)
        self.reason = reason
        self.failure = failure


def refuse(reason: str, failure: str = FORMAT_FAILURE) -> NoReturn:
    """Raise the error with this sentence and sub-indication.

    Raises:
        RefusedError: always.
    """
    raise MalformedSignatureError(reason, failure)
