"""A first look at an old mailbox: what a person is told before any of it is answered."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import Event

import pytest
from helpers import mail

from intake.mailbox.folder import FolderMailbox
from intake.pipeline.arrival.backlog import MANY, backlog
from intake.pipeline.arrival.poll import poll
from intake.pipeline.services import Services


def filled(folder: Path, count: int) -> FolderMailbox:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number}.eml").write_bytes(mail("Lunch", body="At one?\n"))
    return FolderMailbox("post", folder)


def test_how_much_lies_there_and_what_to_do_is_said(tmp_path: Path) -> None:
    mailbox = filled(tmp_path / "mail", 3)
    told = backlog(mailbox, mailbox.scan(), None) or ""
    assert told.startswith("3 messages lie in it and have not been taken in, the oldest of ")
    assert "answer_from" in told
    assert backlog(mailbox, mailbox.scan(), date(2026, 11, 23)) is None


def test_an_empty_mailbox_is_nothing_to_warn_of(tmp_path: Path) -> None:
    mailbox = filled(tmp_path / "mail", 0)
    assert backlog(mailbox, mailbox.scan(), None) is None


@pytest.mark.parametrize(("count", "warnings"), [(MANY - 1, 0), (MANY, 1)])
def test_the_daemon_warns_at_its_first_look_alone(
    services: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str], count: int, warnings: int
) -> None:
    mailbox = filled(tmp_path / "mail", count)
    for _ in range(2):
        poll(services, mailbox, Event())
    assert capsys.readouterr().out.count("answer_from") == warnings
