"""The daemon with a mailbox for checks: a folder or a real Dovecot, killed at any moment, beside the intake's own."""

from __future__ import annotations

import email
import json
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import a_submission, mail
from peers.dovecot import NO_DOVECOT, Dovecot, dovecot, has_dovecot
from peers.peers import require
from programs import arguments, cpl_intake, environment

from intake.store import events
from intake.store.engine import Store

STAMP = b"Authentication-Results: mx.example.test; dmarc=pass header.from=ashdown.example\r\n"
USER = "check@example.test"


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    require(has_dovecot(), NO_DOVECOT)
    with dovecot() as running:
        yield running


def configured(folder: Path, checks: str) -> Path:
    (folder / "mail").mkdir()
    (folder / "checks").mkdir()
    (folder / "secret").write_text("secret")
    config = folder / "config.toml"
    config.write_text(
        '[[mailbox]]\nname = "post"\nkind = "folder"\npath = "mail"\n'
        f'[[mailbox]]\nname = "checks"\npurpose = "check"\n{checks}\n'
        '[outgoing]\nkind = "folder"\npath = "sent"\nfrom = "SECAS <secas@example.test>"\n'
        '[authentication]\ntrusted_servers = ["mx.example.test"]\n'
        "[check]\nper_sender_per_day = 1000\nanswers_per_hour = 1000\n"
    )
    return config


def sent(folder: Path) -> list[str]:
    """Message-IDs of the answers, one a file."""
    letters = [email.message_from_bytes(path.read_bytes()) for path in sorted((folder / "sent").glob("check.*.eml"))]
    assert all("[check, not submitted]" in letter["Subject"] for letter in letters)
    return [str(letter["Message-ID"]) for letter in letters]


def happened(folder: Path, name: str) -> int:
    store = Store(f"sqlite:///{folder}/var/cpl-intake.db").open()
    with store.reading() as tx:
        every = [event.name for event in events.chain(tx)]
        assert events.first_fault(tx) is None
    store.close()
    return every.count(name)


def test_a_folder_of_checks_beside_the_intake(tmp_path: Path) -> None:
    config = configured(tmp_path, 'kind = "folder"\npath = "checks"')
    (tmp_path / "mail" / "1.eml").write_bytes(a_submission())
    (tmp_path / "checks" / "1.eml").write_bytes(STAMP + a_submission(serial=2))
    (tmp_path / "checks" / "2.eml").write_bytes(mail("Lunch?", headers={"Precedence": "bulk"}))
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
    config = configured(
        tmp_path,
        f'kind = "imap"\nhost = "127.0.0.1"\nport = {server.port}\ntls = false\nuser = "{USER}"\n'
        'password_file = "secret"',
    )
    (tmp_path / "secret").write_text(server.password)
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
    for number in range(40):
        raw = STAMP + mail(f"Number {number}?", documents={"notes.txt": b"x" * (number + 1)})
        (tmp_path / "checks" / f"{number:03}.eml").write_bytes(raw)
    draw, kills = random.Random(16), 0
    for _ in range(12):
        process = subprocess.Popen(
            arguments("run", "--config", config), stderr=subprocess.DEVNULL, env=environment(), cwd=tmp_path
        )
        try:
            process.wait(draw.uniform(1.5, 4.5))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            kills += 1
    assert kills == 12
    assert cpl_intake("run", "--once", "--config", config).code == 0
    assert len(set(sent(tmp_path))) == len(sent(tmp_path)) == 40
    assert happened(tmp_path, "check_answered") == 40
    assert list((tmp_path / "checks").iterdir()) == []
    assert json.loads(cpl_intake("queue", "--all", "--config", config, "--format", "json").out) == []
