"""The daemon with a mailbox for checks: a folder or a real Dovecot, killed at any moment, beside the intake's own."""

from __future__ import annotations

import email
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from crash.checks import STAMP, USER, answered_while_killed, at, configured, happened, lie_in, questions
from helpers import a_submission, mail
from peers.dovecot import NO_DOVECOT, Dovecot, dovecot, has_dovecot
from peers.peers import require
from warm import cpl_intake


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    require(has_dovecot(), NO_DOVECOT)
    with dovecot() as running:
        yield running


def sent(folder: Path) -> list[str]:
    """Message-IDs of the answers, one a file."""
    letters = [email.message_from_bytes(path.read_bytes()) for path in sorted((folder / "sent").glob("check.*.eml"))]
    assert all("[check, not submitted]" in letter["Subject"] for letter in letters)
    return [str(letter["Message-ID"]) for letter in letters]


def test_a_folder_of_checks_beside_the_intake(tmp_path: Path) -> None:
    config = configured(tmp_path, 'kind = "folder"\npath = "checks"')
    (tmp_path / "mail" / "1.eml").write_bytes(a_submission())
    (tmp_path / "checks" / "1.eml").write_bytes(STAMP + a_submission(serial=2))
    (tmp_path / "checks" / "2.eml").write_bytes(mail("Lunch?", body="At one?\n", headers={"Precedence": "bulk"}))
    done = cpl_intake("run", "--once", "--config", config)
    assert done.code == 0
    rows = cpl_intake("queue", "--all", "--config", config, "--format", "json").json
    assert len(rows) == 1
    assert rows[0]["entries"] == 1
    assert len(sent(tmp_path)) == 1
    assert [path.name for path in (tmp_path / "mail").iterdir()] == ["1.eml"]
    assert list((tmp_path / "checks").iterdir()) == []
    assert cpl_intake("status", "--config", config, "--format", "json").json["messages"] == {"in_review": 1}


def test_a_dovecot_of_checks_is_emptied_and_answers_are_written_once(tmp_path: Path, server: Dovecot) -> None:
    config = configured(tmp_path, at(server, tmp_path))
    server.deliver(USER, [STAMP + a_submission(serial=number, subject="Would this do?") for number in range(1, 8)])
    for _ in range(2):
        assert cpl_intake("run", "--once", "--config", config).code == 0
    letters = sent(tmp_path)
    assert len(letters) == 7
    (one, *_) = (tmp_path / "sent").glob("check.*.eml")
    assert email.message_from_bytes(one.read_bytes())["Reply-To"] == USER
    box = server.maildir(USER)
    assert [path for part in ("cur", "new") for path in (box / part).iterdir()] == []
    assert happened(tmp_path, "check_answered") == 7


def test_killed_at_any_moment_every_check_is_answered_once(tmp_path: Path) -> None:
    config = configured(tmp_path, 'kind = "folder"\npath = "checks"')
    for number, raw in enumerate(questions(30)):
        (tmp_path / "checks" / f"{number:03}.eml").write_bytes(raw)
    toll = answered_while_killed(tmp_path, config, kills=3, seed=16)
    assert toll.faults(30) == []
    assert toll.kills == 3
    assert json.loads(cpl_intake("queue", "--all", "--config", config, "--format", "json").out) == []


def test_killed_over_a_dovecot_likewise(tmp_path: Path, server: Dovecot) -> None:
    config = configured(tmp_path, at(server, tmp_path))
    server.deliver(USER, list(questions(20)))
    toll = answered_while_killed(tmp_path, config, kills=2, seed=61)
    assert toll.faults(20) == []
    assert lie_in(server) == 0
