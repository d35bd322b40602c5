"""How many acknowledgements were written of late, to one recipient and to all: what loops are recognised by."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, func, select

from intake.store.engine import Transaction
from intake.store.outbox import ACKNOWLEDGEMENT, LetterState
from intake.store.schema import message, outbox

LATELY = timedelta(days=7)
"""So far back a loop is looked for."""
_LATELY = and_(
    outbox.c.kind == ACKNOWLEDGEMENT,
    outbox.c.state.in_((LetterState.QUEUED, LetterState.SENT)),
    outbox.c.queued_at >= bindparam("since"),
)
_SINCE = select(func.count()).where(_LATELY)
_WITHOUT_DOCUMENTS = (
    select(message.c.reply_address, func.count())
    .join(outbox, outbox.c.message == message.c.id)
    .where(
        message.c.reply_address.in_(bindparam("recipients", expanding=True)),
        message.c.documents == 0,
        message.c.recorded_at >= bindparam("since"),
        message.c.id != bindparam("but"),
        outbox.c.kind == ACKNOWLEDGEMENT,
        outbox.c.state.in_((LetterState.QUEUED, LetterState.SENT)),
    )
    .group_by(message.c.reply_address)
)
_SINCE_TO = (
    select(outbox.c.recipient, func.count())
    .where(_LATELY, outbox.c.recipient.in_(bindparam("recipients", expanding=True)))
    .group_by(outbox.c.recipient)
)


@dataclass(slots=True)
class AckQuota:
    """Counts of recent acknowledgements, read once a commit and kept up to date within it."""

    tx: Transaction
    now: datetime
    recipients: Collection[str] = ()
    """Whoever may be asked about, so that they are counted together."""
    counts: dict[str | None, int] = field(default_factory=dict)
    """By recipient; None is everybody."""
    empty: dict[str, int] | None = None

    def within_a_day(self, recipient: str) -> int:
        """Count those of the last day to one recipient."""
        if recipient not in self.counts:
            every, since = {recipient, *self.recipients}, self.now - timedelta(days=1)
            self.counts |= dict.fromkeys(every, 0) | _to_each_since(self.tx, since, every) | self.counts
        return self.counts[recipient]

    def without_documents(self, recipient: str) -> int:
        """Count those to one recipient, for messages that were read and brought no document, within `LATELY`."""
        if self.empty is None:
            self.empty = acknowledged_without_documents(self.tx, {recipient, *self.recipients}, self.now)
        return self.empty.get(recipient, 0)

    def within_an_hour(self) -> int:
        """Count those of the last hour to all recipients."""
        if None not in self.counts:
            self.counts[None] = sent_or_queued_since(self.tx, self.now - timedelta(hours=1))
        return self.counts[None]

    def record(self, recipient: str) -> None:
        """Count an acknowledgement that has been queued."""
        for key in {None, recipient} & self.counts.keys():
            self.counts[key] += 1


def acknowledged_without_documents(
    tx: Transaction, recipients: Collection[str], now: datetime, *, but: int = 0
) -> dict[str, int]:
    """Count by recipient late acknowledgements for messages that were read and brought no document; not this one."""
    asked = {"recipients": sorted(recipients), "since": now - LATELY, "but": but}
    return {row[0]: row[1] for row in tx.execute(_WITHOUT_DOCUMENTS, asked)}


def _to_each_since(tx: Transaction, since: datetime, recipients: Collection[str]) -> dict[str | None, int]:
    rows = tx.execute(_SINCE_TO, {"since": since, "recipients": list(recipients)})
    return {row[0]: row[1] for row in rows}


def sent_or_queued_since(tx: Transaction, since: datetime) -> int:
    """Count the acknowledgements written since then."""
    return tx.scalar(_SINCE, {"since": since}) or 0
