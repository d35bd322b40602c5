"""A folder at an IMAP server, looked at and left as it was: nothing is flagged, moved or marked as read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from ssl import SSLContext
from typing import Any

from imapclient import IMAPClient, SocketTimeout

from intake.domain.message import Sighting
from intake.errors import UnreachableError
from intake.mailbox.base import Fetched
from intake.mailbox.connection import refuse_clear_password, verifying
from intake.mailbox.imap_errors import ANSWERS_NO, CONNECTION_LOST, NO_ANSWER, no_folder, signed_off, unreachable

BATCH_BYTES = 8 * 1024 * 1024
"""Bodies asked for at a time; a larger message comes alone."""
BATCH_MESSAGES = 200
SIZES_AT_A_TIME = 500
CONNECT_SECONDS = 10
ANSWER_SECONDS = 60
_GOODBYE_SECONDS = 5

Answer = dict[int, dict[bytes, Any]]
"""What a FETCH gave, by UID and item."""


class ImapMailbox:
    """One folder, one connection, one thread; a connection that fails is never used again."""

    def __init__(
        self,
        name: str,
        *,
        host: str,
        user: str,
        password: str,
        port: int = 0,
        tls: bool = True,
        folder: str = "INBOX",
        context: SSLContext | None = None,
    ) -> None:
        """Say where the mailbox is; nothing is connected yet. `port` 0 is 993, or 143 without TLS.

        Raises:
            ConfigurationError: no TLS to another machine.
        """
        if not tls:
            refuse_clear_password(f"mailbox {name}", host)
        self.name = name
        self._host, self._port = host, port or (993 if tls else 143)
        self._user, self._password = user, password
        self._context = (context or verifying()) if tls else None
        self._folder = folder
        self._client: Any = None  # imapclient has no types
        self._epoch = ""
        self._suspects: Counter[int] = Counter()
        """Messages that were being read when something failed: next time they come last and alone."""

    def sightings(self) -> Iterator[Sighting]:
        """Every message in the folder by its UID, which is the order of arrival.

        Raises:
            UnreachableError: the server did not answer, or not as it should.
        """
        try:
            self._select()
            uids = sorted(self._client.search(["ALL"]))
        except (UnreachableError, *NO_ANSWER) as error:
            raise self._failed(error) from error
        for uid in uids:
            yield Sighting(self.name, self._epoch, str(uid))

    def fetch(self, wanted: Sequence[Sighting]) -> Iterator[Fetched]:
        """The messages' bytes and arrival times; one of another UIDVALIDITY has vanished.

        Raises:
            UnreachableError: the server did not answer, or would not give some messages; the others have been given.
        """
        try:
            if self._client is None:
                self._select()
            uids = [int(sighting.uid) for sighting in wanted if sighting.epoch == self._epoch]
            yield from self._batches([uid for uid in uids if uid not in self._suspects])
            for uid in sorted((uid for uid in uids if uid in self._suspects), key=self._suspects.__getitem__):
                yield from self._alone(uid)
        except (UnreachableError, *NO_ANSWER) as error:
            raise self._failed(error) from error
        refused = [uid for uid in uids if uid in self._suspects]
        if refused:
            message = f"mailbox {self.name}: the server would not give {len(refused)} messages, first: UID {refused[0]}"
            raise UnreachableError(message, "Open the message in a mail reader; move it away if it cannot be opened.")

    def close(self) -> None:
        """Sign off; a server that does not listen is left."""
        client, self._client = self._client, None
        if client is None:
            return
        with suppress(*NO_ANSWER):
            client.socket().settimeout(_GOODBYE_SECONDS)
            client.logout()
        with suppress(*NO_ANSWER):
            client.shutdown()

    def _batches(self, uids: list[int]) -> Iterator[Fetched]:
        for start in range(0, len(uids), SIZES_AT_A_TIME):
            some = uids[start : start + SIZES_AT_A_TIME]
            about = self._ask(some, ["RFC822.SIZE", "INTERNALDATE"])
            for batch in _by_bytes({uid: _size(about[uid]) for uid in some if uid in about}):
                yield from self._given(batch, self._ask(batch, ["BODY.PEEK[]"]), about)
            self._look_for([uid for uid in some if uid not in about])

    def _alone(self, uid: int) -> Iterator[Fetched]:
        answer = self._ask([uid], ["INTERNALDATE", "BODY.PEEK[]"])
        yield from self._given([uid], answer, answer)

    def _ask(self, uids: list[int], items: list[str]) -> Answer:
        """One command; one for each message where the server refuses them together."""
        try:
            return self._client.fetch(uids, items)  # type: ignore[no-any-return] # an untyped library
        except CONNECTION_LOST:
            self._suspects.update(uids)
            raise
        except ANSWERS_NO:
            answer: Answer = {}
            for uid in uids if len(uids) > 1 else ():
                answer |= self._ask([uid], items)
            return answer

    def _given(self, uids: list[int], answer: Answer, about: Answer) -> Iterator[Fetched]:
        missing = []
        for uid in uids:
            raw = answer.get(uid, {}).get(b"BODY[]")
            if isinstance(raw, bytes):
                del self._suspects[uid]
                yield Fetched(Sighting(self.name, self._epoch, str(uid)), raw, arrived_at=_arrival(about.get(uid, {})))
            else:
                missing.append(uid)
        self._look_for(missing)

    def _look_for(self, missing: list[int]) -> None:
        """Messages that were not given have gone, or they are there and must not be passed over in silence."""
        if missing:
            self._client.noop()  # hear what others have removed
            there = set(self._client.search(["ALL"]))
            for uid in missing:
                if uid in there:
                    self._suspects[uid] += 1
                else:
                    del self._suspects[uid]

    def _select(self) -> None:
        """Look at the folder without the right to change it, on a new connection if the old one has gone stale."""
        if self._client is not None:
            try:
                self._examine()
            except NO_ANSWER:
                self.close()
            else:
                return
        self._connect()
        self._examine()

    def _connect(self) -> None:
        client: Any = IMAPClient(
            self._host,
            self._port,
            ssl=self._context is not None,
            ssl_context=self._context,
            timeout=SocketTimeout(CONNECT_SECONDS, ANSWER_SECONDS),
        )
        self._client = client
        client._imap.debug = 0  # noqa: SLF001 - imapclient sets 5: eight times slower, and bodies land in logs
        client.normalise_times = False  # keep the server's offset
        try:
            login = client.login if self._password.isascii() else client.plain_login  # LOGIN knows ASCII alone
            login(self._user, self._password)
        except ANSWERS_NO as error:
            raise signed_off(self.name, self._user, error) from error

    def _examine(self) -> None:
        try:
            answer = self._client.select_folder(self._folder, readonly=True)
        except CONNECTION_LOST:
            raise
        except ANSWERS_NO as error:
            raise no_folder(self.name, self._folder, self._client, error) from error
        epoch = str(answer.get(b"UIDVALIDITY", ""))
        if epoch != self._epoch:
            self._epoch = epoch
            self._suspects.clear()

    def _failed(self, error: Exception) -> UnreachableError:
        self.close()
        return error if isinstance(error, UnreachableError) else unreachable(self.name, self._host, self._port, error)


def _by_bytes(sizes: dict[int, int]) -> Iterator[list[int]]:
    """Batches, in order, each of at most `BATCH_BYTES` unless it is a single message."""
    batch: list[int] = []
    total = 0
    for uid, size in sizes.items():
        if batch and (total + size > BATCH_BYTES or len(batch) == BATCH_MESSAGES):
            yield batch
            batch, total = [], 0
        batch.append(uid)
        total += size
    if batch:
        yield batch


def _size(items: dict[bytes, Any]) -> int:
    size = items.get(b"RFC822.SIZE")
    return size if isinstance(size, int) else BATCH_BYTES


def _arrival(items: dict[bytes, Any]) -> datetime | None:
    arrival = items.get(b"INTERNALDATE")
    return arrival if isinstance(arrival, datetime) and arrival.tzinfo else None
