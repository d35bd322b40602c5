"""A mailbox over which our own program fails: it is told where one looks for it, and the others are read."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import mail

import intake.daemon
from intake.daemon import Daemon
from intake.mailbox.base import MailboxListing
from intake.mailbox.folder import FolderMailbox
from intake.mailbox.folder_postman import FolderPostman
from intake.pipeline.services import Services
from intake.store import mailboxes, queue


class Broken(FolderMailbox):
    """One that our code stumbles over."""

    def scan(self, since: str | None = None) -> MailboxListing:
        message = f"a stranger's words: {since}"
        raise ZeroDivisionError(message)


@pytest.mark.stumbles
def test_it_is_said_at_the_mailbox_and_the_others_are_read(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "1.eml").write_bytes(mail("Lunch", body="At one?\n"))
    monkeypatch.setattr(intake.daemon, "_TROUBLES_WHEN_ONCE", 1)
    both = [(Broken("broken", tmp_path), 1.0), (FolderMailbox("post", tmp_path / "mail"), 1.0)]
    assert Daemon(services, both, FolderPostman(tmp_path / "sent"), once=True).run() == 1
    with services.store.reading() as tx:
        polls = mailboxes.last_polls(tx)
        assert queue.count(tx) == 1
    said = "mailbox broken: a fault in this program keeps it from being read: ZeroDivisionError"
    assert polls["broken"] == (None, said)
    assert polls["post"][1] is None
