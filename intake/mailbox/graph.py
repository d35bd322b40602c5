"""A folder of a mailbox at Microsoft 365, read by Microsoft Graph and left as it was.

A look goes on where the last one ended, by Graph's delta link. With immutable ids a delta says of a message that was
moved away and back between two looks that it is gone, or nothing (microsoft-graph-docs #21752). So what is gone is
asked for all the same, and now and then everything must be listed anew, which is what a look without a cursor does.

Exchange keeps no message as it came: the bytes are written anew whenever they are asked for.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from functools import partial
from threading import Event
from typing import Any

from intake.domain.message import Sighting
from intake.errors import UnreachableError
from intake.mailbox.base import Fetched, MailboxListing
from intake.mailbox.graph_client import GraphClient
from intake.mailbox.graph_errors import NO_ANSWER, FaultError, about_the_one, unreachable
from intake.mailbox.graph_folder import folder_url
from intake.mailbox.singly import fetch_singly

EPOCH = "immutable"
"""Ids that last as long as the message stays in the mailbox, whatever folder it is moved to."""
OBTAINED_FROM = "Microsoft Graph, $value"
AT_ONCE = 3
"""Four are allowed for an application and a mailbox; the fourth is left to our letters."""
_TRANSIENT = (UnreachableError, FaultError, *NO_ANSWER)
_SELECTED = "$select=id,receivedDateTime"


class GraphMailbox:
    """One folder; bytes are fetched by a few threads, everything else happens in the caller's."""

    marks = False

    def __init__(self, name: str, client: GraphClient, *, folder: str = "inbox") -> None:
        """Name the mailbox and its folder, a well-known name or a path; nothing is connected yet."""
        self.name = name
        self._client = client
        self._path = folder
        self._folder = ""
        """The folder's address once it has been found."""
        self._arrivals: dict[str, datetime] = {}
        """What the last look has said already."""
        self._suspects: Counter[str] = Counter()
        """Messages that could not be fetched: next time they come last."""

    def scan(self, since: str | None = None) -> MailboxListing:
        """List messages new or changed since a cursor; all where it is None or Graph has dropped it.

        Raises:
            UnreachableError: Graph did not answer, or not as it should.
        """
        try:
            return self._look(since)
        except (FaultError, *NO_ANSWER) as error:
            raise unreachable(self._client.what, error) from error

    def fetch(self, wanted: Sequence[Sighting]) -> Iterator[Fetched]:
        """Fetch the messages' bytes as Graph writes them, moved messages included.

        Raises:
            WithheldError: Graph would not give some messages; all others have been given.
            UnreachableError: Graph did not answer.
        """
        uids = [sighting.uid for sighting in wanted if sighting.epoch == EPOCH]
        uids.sort(key=self._suspects.__getitem__)
        in_words = partial(unreachable, self._client.what)
        with closing(self._fetched(uids)) as answers:
            attempts = ((uid, partial(self._awaited, uid, answer)) for uid, answer in answers)
            yield from fetch_singly(self.name, EPOCH, attempts, _TRANSIENT, in_words, about_the_one)

    def settle(self, taken: Sequence[Sighting]) -> None:
        """Do nothing: the mailbox is never changed."""

    def wait(self, seconds: float, stopping: Event) -> None:
        """Return at once: Graph's change notifications need a public address, which we have not."""
        stopping.wait(seconds)

    def close(self) -> None:
        """Close every connection."""
        self._client.close()

    def _look(self, since: str | None) -> MailboxListing:
        if since is None:
            self._folder = ""  # another folder may have its name now
        self._folder = self._folder or folder_url(self._client, self._path)
        folder, _, link = (since or "").partition(" ")
        if folder == self._folder and self._client.ours(link):
            try:
                return self._round(link, whole=False)
            except FaultError as error:
                if not error.fault.lost_its_place:
                    raise
        return self._round(f"{self._folder}/messages/delta?{_SELECTED}", whole=True)

    def _round(self, link: str, *, whole: bool) -> MailboxListing:
        """Read all pages up to the delta link, which comes with the last one."""
        arrivals: dict[str, datetime | None] = {}
        end = ""
        for page in self._client.pages(link):
            for item in page["value"]:
                if "@removed" not in item:
                    arrivals[item["id"]] = _arrival(item)
                elif whole:
                    arrivals.pop(item["id"], None)
                else:  # it may have come and gone since the last look, or have come back: its id still leads to it
                    arrivals.setdefault(item["id"], None)
            end = str(page.get("@odata.deltaLink") or "")
        if not end:
            message = f"{self._client.what}: Microsoft Graph's list broke off before its end"
            raise UnreachableError(message, "It will be tried again.")
        self._arrivals = {uid: arrival for uid, arrival in arrivals.items() if arrival is not None}
        known_uids, unknown = (
            sorted(self._arrivals, key=self._arrivals.__getitem__),
            arrivals.keys() - self._arrivals.keys(),
        )
        sightings = [Sighting(self.name, EPOCH, uid) for uid in (*known_uids, *sorted(unknown))]
        return MailboxListing(sightings, whole=whole, cursor=f"{self._folder} {end}", epoch=EPOCH)

    def _fetched(self, uids: list[str]) -> Generator[tuple[str, Future[Fetched | None]], None, None]:
        """Fetch in order, a few at a time, which bounds memory."""
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix=f"fetch {self.name}") as pool:
            waiting: deque[tuple[str, Future[Fetched | None]]] = deque()
            for uid in uids:
                waiting.append((uid, pool.submit(self._one, uid)))
                if len(waiting) == AT_ONCE:
                    yield waiting.popleft()
            yield from waiting

    def _awaited(self, uid: str, answer: Future[Fetched | None]) -> Fetched | None:
        """The message of an answer; one that would not come is asked for last the next time."""
        try:
            fetched = answer.result()
        except _TRANSIENT:
            self._suspects[uid] += 1
            raise
        del self._suspects[uid]
        return fetched

    def _one(self, uid: str) -> Fetched | None:
        """Fetch one message; None where it has vanished."""
        link = self._client.url("messages", uid)
        try:
            arrival = self._arrivals.get(uid) or _arrival(self._client.get(f"{link}?{_SELECTED}"))
            raw = self._client.content(f"{link}/$value")
        except FaultError as error:
            if error.fault.vanished:
                return None
            raise
        return Fetched(Sighting(self.name, EPOCH, uid), raw, arrived_at=arrival, obtained_from=OBTAINED_FROM)


class CheckGraphMailbox(GraphMailbox):
    """The same for checks: its mail is deleted once it has been dealt with."""

    def discard(self, dealt_with: Sequence[Sighting]) -> None:
        """Delete these messages for good, past the deleted items.

        Raises:
            UnreachableError: Graph did not answer, or will not delete them.
        """
        for sighting in dealt_with:
            if sighting.epoch != EPOCH:
                continue
            try:
                self._client.post(
                    self._client.url("messages", sighting.uid, "permanentDelete"), b"", "application/json"
                )
            except FaultError as error:
                if not error.fault.vanished:
                    raise unreachable(self._client.what, error) from error
            except NO_ANSWER as error:
                raise unreachable(self._client.what, error) from error


def _arrival(item: dict[str, Any]) -> datetime | None:
    try:
        moment = datetime.fromisoformat(item["receivedDateTime"])
    except (LookupError, TypeError, ValueError):
        return None
    return moment if moment.tzinfo else None
