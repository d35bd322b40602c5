"""A seeded sample of `crash.notification`: killed while it writes and sends, every notice leaves once."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

from crash.notification import Faults, campaign, certificates_in, look, notify_once

from intake.cli.installation import opened
from intake.pipeline.list.expiry import EXPIRY, today
from intake.store import outbox


def test_killed_while_it_notifies_every_notice_leaves_once(tmp_path: Path, store_url: str) -> None:
    with certificates_in(tmp_path / "place", store_url, 40) as config:
        left, faults = campaign(config, 6, random.Random(5))
    assert left >= faults.before_the_end > 0
    assert str(faults) == "half 0, doubled 0, lost 0"


def test_a_fault_is_found(tmp_path: Path) -> None:
    with certificates_in(tmp_path / "place", "sqlite:///store.db", 8) as config, opened(config) as services:
        day = today(services) + timedelta(days=5)
        notify_once(services, day)
        sent = config.path("sent")
        next(sent.glob("*.eml")).write_bytes(b"half of it")
        with services.store.transaction() as tx:
            letter = outbox.of_kind(tx, EXPIRY)[0]
            outbox.queue(
                tx,
                [outbox.NewLetter(None, EXPIRY, "<another@x>", "a@b.example", b"", entry=letter.entry)],
                services.clock.now(),
            )
        faults = Faults()
        look(services, day, faults)
    assert len(faults.doubled) == 1
    assert len(faults.half) == 2
    assert len(faults.lost) == 0
