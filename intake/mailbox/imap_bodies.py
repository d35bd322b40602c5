"""Fetches messages over IMAP, in batches bounded by bytes, the very large ones in pieces; never sets a flag.

While a batch is worked on, the server is busy with the next: it is asked for as soon as one has come, and never sooner,
so that no server has two commands at a time. No more than a batch is on its way, and it waits in the connection.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from intake.mailbox.imap_answers import Answer, Asked, ask, read, search
from intake.mailbox.imap_errors import ANSWERS_NO, CONNECTION_LOST, NO_ANSWER

BATCH_BYTES = 8 * 1024 * 1024
"""Bodies asked for at a time; a larger message comes alone, in pieces of this size."""
BATCH_MESSAGES = 200
SIZES_AT_A_TIME = 500
_ABOUT = ("RFC822.SIZE", "INTERNALDATE")
_WHOLE = ("BODY.PEEK[]",)


@dataclass(frozen=True, slots=True)
class Body:
    """A message's bytes and when it arrived, as the server says."""

    uid: int
    raw: bytes
    arrived_at: datetime | None


@dataclass(slots=True)
class Bodies:
    """The messages of one folder; remembers across connections which ones made trouble."""

    suspects: Counter[int] = field(default_factory=Counter)
    """Messages that were being read when something failed: next time they come last and alone."""
    ahead: Asked | None = None
    """What the server was asked for ahead, and is wanted next; until it has been read, it can be asked nothing else."""

    def of(self, client: Any, uids: list[int]) -> Iterator[Body]:  # noqa: ANN401  # imapclient has no types
        """Fetch the bodies that the server gives; mark those withheld as suspects.

        Raises:
            one of `NO_ANSWER`: the connection is of no more use.
        """
        yield from self._batches(client, [uid for uid in uids if uid not in self.suspects])
        for uid in sorted((uid for uid in uids if uid in self.suspects), key=self.suspects.__getitem__):
            yield from self._alone(client, uid)

    def _batches(self, client: Any, uids: list[int]) -> Iterator[Body]:  # noqa: ANN401  # likewise
        missing = list[int]()
        for start in range(0, len(uids), SIZES_AT_A_TIME):
            some = uids[start : start + SIZES_AT_A_TIME]
            following = uids[start + SIZES_AT_A_TIME : start + 2 * SIZES_AT_A_TIME]
            about = self._ask(client, some, _ABOUT)
            missing += [uid for uid in some if uid not in about]
            batches = list(_by_bytes({uid: _size(about[uid]) for uid in some if uid in about}))
            for batch, then in zip(batches, [*batches[1:], []], strict=True):
                if _size(about[batch[0]]) > BATCH_BYTES:
                    yield from self._alone(client, batch[0])
                    continue
                answer = self._ask(client, batch, _WHOLE)
                if not then:
                    self._ask_ahead(client, following, _ABOUT)
                elif _size(about[then[0]]) <= BATCH_BYTES:
                    self._ask_ahead(client, then, _WHOLE)
                yield from self._given(batch, answer, about, missing)
        self._look_for(client, missing)

    def _alone(self, client: Any, uid: int) -> Iterator[Body]:  # noqa: ANN401  # likewise
        about, missing = self._ask(client, [uid], _ABOUT), list[int]()
        if _size(about.get(uid, {})) > BATCH_BYTES:
            answer = {uid: {b"BODY[]": self._in_pieces(client, uid, _size(about[uid]))}}
        else:
            answer = self._ask(client, [uid], _WHOLE)
        yield from self._given([uid], answer, about, missing)
        self._look_for(client, missing)

    def _in_pieces(self, client: Any, uid: int, size: int) -> bytes | None:  # noqa: ANN401  # likewise
        """Fetch a large message in pieces until a piece comes short, as servers may misstate its size.

        One that comes short before that size may be all that the server gives at a time: the end is where none comes.
        """
        whole = io.BytesIO()
        while True:
            offset = whole.tell()
            answer = self._ask(client, [uid], [f"BODY.PEEK[]<{offset}.{BATCH_BYTES}>"])
            given, item = answer.get(uid, {}), b"BODY[]<%d>" % offset
            piece = given.get(item)
            if piece is None and item in given and offset % BATCH_BYTES:
                piece = b""  # NIL, asked for what lies behind the end
            if not isinstance(piece, bytes):
                return None
            whole.write(piece)
            if not piece or (len(piece) < BATCH_BYTES and whole.tell() >= size):
                return whole.getvalue()

    def _ask(self, client: Any, uids: Sequence[int], items: Sequence[str]) -> Answer:  # noqa: ANN401  # likewise
        """Send one command, unless it was sent ahead; one for each message where the server refuses the batch."""
        try:
            sent, self.ahead = self.ahead or ask(client, uids, items), None
            return read(client, sent)
        except NO_ANSWER as error:
            if isinstance(error, CONNECTION_LOST) or not isinstance(error, ANSWERS_NO):
                self.suspects.update(uids)
                raise
            answer: Answer = {}
            for uid in uids if len(uids) > 1 else ():
                answer |= self._ask(client, [uid], items)
            return answer

    def _ask_ahead(self, client: Any, uids: Sequence[int], items: Sequence[str]) -> None:  # noqa: ANN401  # likewise
        """Send the command that is wanted next; where that fails, what has come is given before it fails again."""
        if uids:
            with suppress(*NO_ANSWER):
                self.ahead = ask(client, uids, items)

    def _given(self, uids: list[int], answer: Answer, about: Answer, missing: list[int]) -> Iterator[Body]:
        """Yield the bodies that the server gave, and add what it did not give to `missing`."""
        for uid in uids:
            raw, items = answer.pop(uid, {}).get(b"BODY[]"), about.get(uid, {})
            if isinstance(raw, bytes) and (raw or items.get(b"RFC822.SIZE") == 0):  # nothing is no message of 9 bytes
                del self.suspects[uid]
                yield Body(uid, raw, _arrival(items))
            else:
                missing.append(uid)

    def _look_for(self, client: Any, missing: list[int]) -> None:  # noqa: ANN401  # likewise
        """Tell whether messages that were not given have gone, or exist and were withheld."""
        if missing:
            client.noop()  # hear what others have removed
            there = set(search(client, "ALL"))
            for uid in missing:
                if uid in there:
                    self.suspects[uid] += 1
                else:
                    del self.suspects[uid]


def _by_bytes(sizes: dict[int, int]) -> Iterator[list[int]]:
    """Batch messages in order, at most `BATCH_BYTES` each unless a single message is larger."""
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
