"""A folder at an IMAP server: looked at, waited for, and left as it was unless marks are asked for."""

from __future__ import annotations

import time
from array import array
from collections.abc import Iterator, Sequence
from contextlib import suppress
from threading import Event
from typing import Any

import structlog

from intake.domain.message import Sighting
from intake.errors import UnreachableError
from intake.mailbox.base import Fetched, MailboxListing, WithheldError
from intake.mailbox.imap_answers import search
from intake.mailbox.imap_bodies import Bodies
from intake.mailbox.imap_errors import ANSWERS_NO, CONNECTION_LOST, NO_ANSWER, no_folder, no_numbers, unreachable
from intake.mailbox.imap_idle import idle
from intake.mailbox.imap_marks import NO_MARK, CannotMarkError, Mark, mark, remove
from intake.mailbox.imap_session import Account
from intake.mailbox.numbered import Numbered

_GOODBYE_SECONDS = 5
_BREATH_SECONDS = 0.2
"""Mail rarely comes alone: how long to wait for what follows."""
_AFTER_TROUBLE_SECONDS = 5.0
_AT_A_TIME = 50_000
"""UIDs that are asked for at once."""

log = structlog.get_logger()


class ImapMailbox:
    """One folder, one connection, one thread; a connection that fails is never used again."""

    def __init__(self, account: Account, folder: str = "INBOX", marks: Mark = NO_MARK) -> None:
        """Say which folder of which account; nothing is connected yet."""
        self.name = account.name
        self._account, self._folder, self._mark = account, folder, marks
        self.marks = marks.kind != "none"
        self._client: Any = None  # imapclient has no types
        self._epoch = ""
        self._there = self._next = 0
        """How many messages the folder had when it was last selected, and the UID that it would have given the next."""
        self._newest = 0
        """The highest UID that was looked at."""
        self._bodies = Bodies()

    def scan(self, since: str | None = None) -> MailboxListing:
        """List the messages in the folder by UID, which is the order of arrival; those after the cursor's.

        A message may become visible after one with a higher UID: only a whole look finds it.

        Raises:
            UnreachableError: the server did not answer, or not as it should.
        """
        try:
            self._select()
            epoch, last = _read_cursor(since)
            whole = epoch != self._epoch
            uids = self._everything() if whole else array("Q", sorted(self._after(last)))
            if whole and self._there and not uids:
                raise self._contradiction()
        except (UnreachableError, *NO_ANSWER) as error:
            raise self._failed(error) from error
        newest = self._newest = max(0 if whole else last, uids[-1] if uids else 0)
        sightings = Numbered(self.name, self._epoch, uids)
        return MailboxListing(sightings, whole=whole, cursor=f"{self._epoch}:{newest}", epoch=self._epoch)

    def fetch(self, wanted: Sequence[Sighting]) -> Iterator[Fetched]:
        """Fetch the messages' bytes and arrival times; one of another UIDVALIDITY has vanished.

        Raises:
            WithheldError: the server has some and would not give them; the others have been given.
            UnreachableError: the server did not answer.
        """
        client = None
        try:
            if self._client is None:
                self._select()
            client = self._client
            uids = [int(sighting.uid) for sighting in wanted if sighting.epoch == self._epoch]
            for body in self._bodies.of(client, uids):
                yield Fetched(Sighting(self.name, self._epoch, str(body.uid)), body.raw, body.arrived_at)
        except (UnreachableError, *NO_ANSWER) as error:
            raise self._failed(error) from error
        finally:
            if self._client is client and self._bodies.ahead is not None:  # nobody wants what it still has to give
                self.close()
        refused = [sighting for sighting in wanted if self._is_suspect(sighting)]
        if refused:
            first = f"UID {refused[0].uid}"
            message = f"mailbox {self.name}: the server would not give {len(refused)} messages, first: {first}"
            hint = "Open the message in a mail reader; move it away if it cannot be opened."
            raise WithheldError(message, hint, refused)

    def settle(self, taken: Sequence[Sighting]) -> None:
        """Set the keyword or move to the folder that the configuration names."""
        uids = [int(sighting.uid) for sighting in taken if sighting.epoch == self._epoch]
        if not (self.marks and uids):
            return
        try:
            if self._client is None:
                self._select()
            mark(self._client, self._folder, self._epoch, uids, self._mark)
        except CannotMarkError as error:
            log.warning("not_marked", mailbox=self.name, error=str(error), hint="Set mailbox.mark to another kind.")
            self.marks = False
        except (UnreachableError, *NO_ANSWER) as error:
            log.warning("not_marked", mailbox=self.name, error=str(error), hint="It is tried again now and then.")
            self.close()

    def wait(self, seconds: float, stopping: Event) -> None:
        """Wait by IDLE where the server supports it, which also notices a lost connection.

        What arrived while messages were fetched was announced then, and IDLE does not announce it again.
        """
        until = time.monotonic() + seconds
        try:
            if self._client is not None and self._client.has_capability("IDLE"):
                if self._after(self._newest) or idle(self._client, seconds, stopping):
                    stopping.wait(_BREATH_SECONDS)
                return
        except NO_ANSWER as error:
            log.info("connection_lost", mailbox=self.name, error=str(error))
            self.close()
            until = min(until, time.monotonic() + _AFTER_TROUBLE_SECONDS)
        stopping.wait(max(0.0, until - time.monotonic()))

    def close(self) -> None:
        """Sign off; a server that does not listen, or is still giving messages, is left."""
        client, self._client = self._client, None
        asked, self._bodies.ahead = self._bodies.ahead, None
        if client is None:
            return
        with suppress(*NO_ANSWER):
            client.socket().settimeout(_GOODBYE_SECONDS)
            if asked is None:
                client.logout()
        with suppress(*NO_ANSWER):
            client.shutdown()

    def _is_suspect(self, sighting: Sighting) -> bool:
        return sighting.epoch == self._epoch and int(sighting.uid) in self._bodies.suspects

    def _everything(self) -> array[int]:
        """Search all UIDs in order, of a large folder some at a time, for what the client makes of them is large.

        The pieces are ranges of UIDs, which stay what they are when a message is removed meanwhile.
        """
        if self._there <= _AT_A_TIME or not self._next:
            return array("Q", sorted(search(self._client, "ALL")))
        step = _AT_A_TIME * -(-self._next // self._there)
        uids = array("Q")
        for first in range(1, self._next, step):
            uids.extend(sorted(search(self._client, "UID", f"{first}:{min(first + step, self._next) - 1}")))
        uids.extend(sorted(self._after(self._next - 1)))
        return uids

    def _after(self, last: int) -> list[int]:
        """Search UIDs above this one; servers return the last message for a range beyond it, which is dropped."""
        return [uid for uid in search(self._client, "UID", f"{last + 1}:*") if uid > last]

    def _contradiction(self) -> UnreachableError:
        """Build the error for a list that would make everything seem gone."""
        message = f"mailbox {self.name}: the server counts {self._there} messages in {self._folder} and lists none"
        return UnreachableError(message, "It will be tried again. If it stays so, look into the mail server's log.")

    def _select(self) -> None:
        """Select the folder read-only, on a new connection if the old one is stale."""
        if self._bodies.ahead is not None:
            self.close()
        if self._client is not None:
            try:
                self._examine()
            except NO_ANSWER:
                self.close()
            else:
                return
        self._client = self._account.connect()
        self._examine()

    def _examine(self) -> None:
        try:
            answer = self._client.select_folder(self._folder, readonly=True)
        except CONNECTION_LOST:
            raise
        except ANSWERS_NO as error:
            raise no_folder(self.name, self._folder, self._client, error) from error
        self._there, self._next = int(answer.get(b"EXISTS", 0)), int(answer.get(b"UIDNEXT", 0))
        epoch = str(answer.get(b"UIDVALIDITY", ""))
        if not epoch or b"UIDNOTSTICKY" in answer:
            raise no_numbers(self.name, self._folder)
        if epoch != self._epoch:
            self._epoch = epoch
            self._bodies = Bodies()

    def _failed(self, error: Exception) -> UnreachableError:
        self.close()
        return error if isinstance(error, UnreachableError) else unreachable(self.name, *self._account.address, error)


class CheckImapMailbox(ImapMailbox):
    """The same for checks: its mail is deleted once it has been dealt with."""

    def discard(self, dealt_with: Sequence[Sighting]) -> None:
        """Delete these messages.

        Raises:
            UnreachableError: the server did not answer, or cannot delete single messages.
        """
        by_epoch: dict[str, list[int]] = {}
        for sighting in dealt_with:
            by_epoch.setdefault(sighting.epoch, []).append(int(sighting.uid))
        try:
            if self._client is None:
                self._select()
            for epoch, uids in by_epoch.items():
                remove(self._client, self._folder, epoch, uids)
        except CannotMarkError as error:
            message = f"mailbox {self.name}: {error}"
            raise UnreachableError(message, "A check mailbox needs a server that deletes single messages.") from error
        except (UnreachableError, *NO_ANSWER) as error:
            raise self._failed(error) from error


def _read_cursor(since: str | None) -> tuple[str | None, int]:
    """Parse a cursor into epoch and UID; no epoch where there is no cursor."""
    epoch, separator, last = (since or "").rpartition(":")
    return (epoch, int(last)) if separator and last.isascii() and last.isdigit() else (None, 0)
