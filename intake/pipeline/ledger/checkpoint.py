"""Makes checkpoints: signed statements of how many events the ledger has and what root they give.

Whoever keeps one can show later that the ledger has been cut or rewritten. So the day's is sent to the auditors.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

import structlog

from intake.clock import LONDON
from intake.domain.letter import Heading, compose, message_id
from intake.domain.store_events import CheckpointMade
from intake.ledger.checkpoint import Checkpoint, Step, make
from intake.ledger.keys import SigningKey
from intake.ledger.note import Note
from intake.pipeline.ledger import tree
from intake.pipeline.ledger.ledger_key import signing_key
from intake.pipeline.outgoing.letters import tell_written
from intake.pipeline.services import Services
from intake.render.templates import letter
from intake.revocation.fetching import PORTS, Bounds, FetchError, Question, fetch
from intake.signing import timestamp
from intake.store import checkpoints, events, outbox
from intake.store.checkpoints import KeptCheckpoint
from intake.store.engine import Transaction
from intake.store.outbox import NewLetter

_ANSWER = Bounds(max_bytes=1 << 20, seconds=10)

log = structlog.get_logger()


def day_s_checkpoint(services: Services) -> KeptCheckpoint | None:
    """Make the checkpoint of today, by London's calendar, unless there is one or no key; None where none was made.

    Raises:
        UnreachableError: store or archive did not answer.
        ConfigurationError: the key cannot be used.
    """
    key = signing_key(services.config)
    if key is None:
        return None
    day = services.clock.now().astimezone(LONDON).date().isoformat()
    with services.store.reading() as tx:
        if checkpoints.of_day(tx, day) is not None:
            return None
    return make_checkpoint(services, key, day=day)


def make_checkpoint(services: Services, key: SigningKey, *, day: str | None = None) -> KeptCheckpoint | None:
    """Make a checkpoint of all events that there are; archived before it is recorded.

    Args:
        services: the edges.
        key: signs it.
        day: as ISO text, where it is this day's, which auditors are sent; None where a peer has made that meanwhile.

    Raises:
        UnreachableError: store or archive did not answer.
    """
    size = tree.catch_up(services.store)
    with services.store.reading() as tx:
        stated = Checkpoint(key.name, size, tree.root(tx, size))
    note = make(stated, key)
    content = str(note).encode()
    sha256 = services.archive.put(content)
    token_sha256, trouble = _stamped(services, content)
    now = services.clock.now()
    with services.store.transaction() as tx:
        if day is not None and checkpoints.of_day(tx, day, to_make=True) is not None:
            return None
        if day is not None:
            _write_to_auditors(services, tx, note, stated, day, now)
        checkpoints.record(
            tx, size=size, note=str(note), sha256=sha256, made_at=now, day=day, token_sha256=token_sha256
        )
        made = CheckpointMade(
            size=size,
            root=stated.root.hex(),
            checkpoint_sha256=sha256,
            key=str(key.verifier()),
            day=day,
            token_sha256=token_sha256,
            trouble=trouble,
        )
        events.append(tx, made, at=now)
        kept = checkpoints.newest(tx)
    log.info(CheckpointMade.name, size=size, day=day, trouble=trouble)
    return kept


def _stamped(services: Services, content: bytes) -> tuple[str | None, str | None]:
    """Archive a time-stamp authority's token on a checkpoint: its digest, or why there is none."""
    address = services.config.ledger.tsa
    if not address:
        return None, None
    where, asked = urlsplit(address), timestamp.question(content)
    bounds = Bounds(_ANSWER.max_bytes, _ANSWER.seconds, {f"{where.hostname}:{where.port or PORTS.get(where.scheme)}"})
    try:
        answer = fetch(address, bounds, Question(asked, timestamp.QUESTION_TYPE))
        made = timestamp.token(answer, asked)
    except (FetchError, timestamp.NoTokenError) as error:
        return None, str(error)  # the checkpoint counts without it, and tomorrow's covers this one
    return services.archive.put(made), None


def _write_to_auditors(
    services: Services, tx: Transaction, note: Note, stated: Checkpoint, day: str, now: datetime
) -> None:
    """Queue a letter to each auditor, with the proof that the ledger goes on from what that auditor was sent last."""
    letters = []
    for auditor in dict.fromkeys(services.config.ledger.auditors):
        before = checkpoints.last_sent_to(tx, auditor)
        old = before.size if before is not None else 0
        step = Step(old, tuple(tree.consistency(tx, old, stated.size)), note)
        letters.append(_letter(services, auditor, step, stated, day, now))
    outbox.queue(tx, letters, now)
    tell_written(tx, letters, now)


def _letter(services: Services, auditor: str, step: Step, stated: Checkpoint, day: str, now: datetime) -> NewLetter:
    outgoing = services.config.outgoing
    identity = message_id(checkpoints.LETTER, f"{step.note}{auditor}", outgoing.domain)
    subject = f"{checkpoints.LETTER} {day}"
    heading = Heading(
        kind=checkpoints.LETTER,
        message_id=identity,
        sender=outgoing.sender,
        recipient=auditor,
        date=now,
        automatic=True,
        subject=f"Ledger {subject}: {stated.size} events",
    )
    text = letter("checkpoint.txt", step=step, stated=stated, day=day, signer=step.note.signatures[0])
    content = compose(heading, None, text)
    return NewLetter(None, checkpoints.LETTER, identity, auditor, content, entry=subject)
