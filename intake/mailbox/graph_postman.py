"""A postman who hands letters to Microsoft Graph, as the very bytes we wrote.

Exchange takes Auto-Submitted out of them and puts a Return-Path of its own in; Message-ID, X-Auto-Response-Suppress and
our own mark stay. So that a letter of ours is never answered does not rest on Auto-Submitted.
"""

from __future__ import annotations

import base64

from intake.errors import PermanentFailureError
from intake.mailbox.base import Letter
from intake.mailbox.graph_client import GraphClient
from intake.mailbox.graph_errors import NO_ANSWER, FaultError, unreachable
from intake.mailbox.pace import Pace

_LETTERS_AT_ONCE, _LETTERS_PER_SECOND = 10, 20 / 60
"""Exchange Online takes 30 a minute from a mailbox."""
_FORBIDDEN, _TOO_LARGE = 403, 413
_ABOUT_THE_LETTER = frozenset(
    {
        "errorinvalidrecipients",
        "errormessagesizeexceeded",
        "errormimecontentinvalid",
        "errormimecontentinvalidbase64string",
        "errormimecontentconversionfailed",
    }
)
"""What is wrong with the one letter and will be so for ever; anything else may be mended and is tried again."""


class GraphPostman:
    """Sends from one mailbox; each letter is kept in its Sent Items."""

    def __init__(self, client: GraphClient) -> None:
        """Say at whose mailbox; nothing is connected yet."""
        self._client = client
        self._pace = Pace(at_once=_LETTERS_AT_ONCE, per_second=_LETTERS_PER_SECOND)

    def send(self, letter: Letter) -> None:
        """Hand the letter over.

        Raises:
            UnreachableError: no answer, or not now; it may have been taken all the same.
            RefusedError: Graph will never take this letter.
        """
        self._pace.wait()
        try:
            self._client.post(self._client.url("sendMail"), base64.b64encode(letter.content), "text/plain")
        except FaultError as error:
            if error.fault.status == _TOO_LARGE or error.fault.code.lower() in _ABOUT_THE_LETTER:
                message = f"Microsoft Graph does not take a letter to {letter.recipient}: {error}"
                hint = "Check the address and what is attached; answer the submitter another way."
                raise PermanentFailureError(message, hint) from error
            raise unreachable(self._client.what, error) from error
        except NO_ANSWER as error:
            raise unreachable(self._client.what, error) from error

    def answer(self) -> None:
        """Sign in and see that the mailbox is there; whether we may send from it only a letter can tell.

        Raises:
            UnreachableError: no letter could be sent.
        """
        try:
            self._client.get(f"{self._client.url('mailFolders', 'sentitems')}?$select=id")
        except FaultError as error:
            if error.fault.status != _FORBIDDEN:  # the right to send is not the right to look
                raise unreachable(self._client.what, error) from error
        except NO_ANSWER as error:
            raise unreachable(self._client.what, error) from error

    def close(self) -> None:
        """Close every connection."""
        self._client.close()
