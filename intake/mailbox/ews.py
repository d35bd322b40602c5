"""A folder of a mailbox at an Exchange on one's own premises, read by EWS and left as it was. Needs exchangelib.

A look goes on from where the last one ended, by EWS' sync state. An id changes when its message is moved, so one that
was moved away and back is another sighting of the same bytes.

Exchange keeps no message as it came: the bytes are written anew whenever they are asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from threading import Event
from typing import Any

from exchangelib import ItemId
from exchangelib.items import HARD_DELETE

from intake.domain.message import Sighting
from intake.errors import UnreachableError
from intake.mailbox.base import Fetched, MailboxListing, WithheldError
from intake.mailbox.ews_account import EwsAccount, forget
from intake.mailbox.ews_errors import LOST_ITS_PLACE, NO_ANSWER, VANISHED, about_the_one, unreachable
from intake.mailbox.singly import fetch_singly

EPOCH = "ews"
OBTAINED_FROM = "Exchange, EWS MimeContent"
_CHANGES_AT_A_TIME = 512


class EwsMailbox:
    """One folder, one connection, one thread."""

    marks = False

    def __init__(self, account: EwsAccount, folder: str = "inbox") -> None:
        """Remember the mailbox; connects later."""
        self.name = account.name
        self._whose = account
        self._path = folder
        self._account: Any = None  # exchangelib has no types
        self._folder: Any = None
        self._suspects: Counter[str] = Counter()
        """Messages that could not be fetched: next time they come last."""

    def scan(self, since: str | None = None) -> MailboxListing:
        """List messages new or changed since a cursor; all where it is None or Exchange has dropped it.

        Raises:
            UnreachableError: the server did not answer, or not as it should.
        """
        try:
            return self._look(since)
        except (UnreachableError, *NO_ANSWER) as error:
            raise self._failed(error) from error

    def fetch(self, wanted: Sequence[Sighting]) -> Iterator[Fetched]:
        """Fetch the messages' bytes as Exchange writes them, one in memory at a time.

        Raises:
            WithheldError: the server would not give some messages; all others have been given.
            UnreachableError: the server did not answer.
        """
        uids = [sighting.uid for sighting in wanted if sighting.epoch == EPOCH]
        uids.sort(key=self._suspects.__getitem__)
        attempts = ((uid, partial(self._tried, uid)) for uid in uids)
        in_words = partial(unreachable, self.name)
        try:
            transient = (UnreachableError, *NO_ANSWER)
            yield from fetch_singly(self.name, EPOCH, attempts, transient, in_words, about_the_one)
        except WithheldError:
            raise
        except UnreachableError:
            self.close()
            raise

    def settle(self, taken: Sequence[Sighting]) -> None:
        """Do nothing: the mailbox is never changed."""

    def wait(self, seconds: float, stopping: Event) -> None:
        """Wait; notifications are not used, as they need a second connection and lose events between two."""
        stopping.wait(seconds)

    def close(self) -> None:
        """Close every connection."""
        account, self._account, self._folder = self._account, None, None
        if account is not None:
            forget(account)

    def _opened(self) -> Any:  # noqa: ANN401  # exchangelib has no types
        self._account = self._account or self._whose.opened()
        return self._account

    def _look(self, since: str | None) -> MailboxListing:
        if since is None or self._folder is None:  # another folder may have its name now
            self._folder = self._whose.folder(self._opened(), self._path)
        folder, _, state = (since or "").partition(" ")
        if state and folder == self._folder.id:
            try:
                return self._round(state)
            except LOST_ITS_PLACE:
                pass
        return self._round(None)

    def _round(self, state: str | None) -> MailboxListing:
        """Read all changes up to the new sync state."""
        arrivals: dict[str, datetime | None] = {}
        self._folder.item_sync_state = None  # exchangelib would go on from there
        changes = self._folder.sync_items(
            sync_state=state, only_fields=["datetime_received"], max_changes_returned=_CHANGES_AT_A_TIME
        )
        for change in changes:
            if isinstance(change, Exception):
                raise change
            kind, item = change
            if kind == "delete":
                arrivals.pop(item.id, None)
            elif kind in {"create", "update"}:
                arrivals[item.id] = _arrival(item)
        end = self._folder.item_sync_state
        if not end:
            message = f"mailbox {self.name}: Exchange's list broke off before its end"
            raise UnreachableError(message, "It will be tried again.")
        latest = datetime.max.replace(tzinfo=UTC)
        uids = sorted(arrivals, key=lambda uid: arrivals[uid] or latest)
        sightings = [Sighting(self.name, EPOCH, uid) for uid in uids]
        return MailboxListing(sightings, whole=state is None, cursor=f"{self._folder.id} {end}", epoch=EPOCH)

    def _tried(self, uid: str) -> Fetched | None:
        """Fetch one message; one that would not come is asked for last the next time."""
        self._suspects[uid] += 1
        fetched = self._one(uid)
        del self._suspects[uid]
        return fetched

    def _one(self, uid: str) -> Fetched | None:
        """Fetch one message; None where it has vanished."""
        account = self._opened()
        (item,) = account.fetch([ItemId(id=uid)], only_fields=["mime_content", "datetime_received"])
        if isinstance(item, VANISHED):
            return None
        if isinstance(item, Exception):
            raise item
        if not (isinstance(item.mime_content, bytes) and item.mime_content):
            message = f"mailbox {self.name}: Exchange gave a message without its content"
            raise UnreachableError(message, "Open the message in a mail reader; move it away if it cannot be opened.")
        sighting = Sighting(self.name, EPOCH, uid)
        return Fetched(sighting, item.mime_content, arrived_at=_arrival(item), obtained_from=OBTAINED_FROM)

    def _failed(self, error: Exception) -> UnreachableError:
        self.close()
        return unreachable(self.name, error)


class CheckEwsMailbox(EwsMailbox):
    """The same for checks: its mail is deleted once it has been dealt with."""

    def discard(self, dealt_with: Sequence[Sighting]) -> None:
        """Delete these messages for good, past the deleted items.

        Raises:
            UnreachableError: the server did not answer, or will not delete them.
        """
        ids = [ItemId(id=sighting.uid) for sighting in dealt_with if sighting.epoch == EPOCH]
        try:
            deleted = self._opened().bulk_delete(ids, delete_type=HARD_DELETE) if ids else []
            for answer in deleted:
                if isinstance(answer, Exception) and not isinstance(answer, VANISHED):
                    raise answer
        except (UnreachableError, *NO_ANSWER) as error:
            raise self._failed(error) from error


def _arrival(item: Any) -> datetime | None:  # noqa: ANN401  # exchangelib has no types
    moment = getattr(item, "datetime_received", None)
    return datetime.fromtimestamp(moment.timestamp(), UTC) if isinstance(moment, datetime) else None
