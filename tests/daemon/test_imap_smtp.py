"""The daemon between a real IMAP server and a real SMTP server."""

from __future__ import annotations

import email
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from helpers import a_submission, mail
from peers.dovecot import NO_DOVECOT, dovecot, has_dovecot
from peers.imap_servers import pymap
from peers.peers import free_port, require
from peers.places import ARRIVED, ImapPlace, imap_place
from programs import cpl_intake

from intake.clock import iso


@dataclass
class Taker:
    """Takes every letter."""

    letters: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: ANN401, N802  # aiosmtpd's words
        self.letters.append(envelope.original_content)
        return "250 taken"


@pytest.fixture
def taker() -> Taker:
    return Taker()


@pytest.fixture
def smtp_port(taker: Taker) -> Iterator[int]:
    controller = Controller(taker, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller.port
    controller.stop()


@pytest.fixture(params=["pymap", "dovecot"])
def place(request: pytest.FixtureRequest) -> Iterator[ImapPlace]:
    if request.param == "dovecot":
        require(has_dovecot(), NO_DOVECOT)
    with pymap() if request.param == "pymap" else dovecot() as server, imap_place(server) as opened:
        yield opened


def configured(folder: Path, place: ImapPlace, smtp_port: int) -> Path:
    (folder / "secret").write_text(f"{place.server.password}\n")
    config = folder / "config.toml"
    config.write_text(
        f'[[mailbox]]\nname = "post"\nkind = "imap"\nhost = "127.0.0.1"\nport = {place.server.port}\ntls = false\n'
        f'user = "{place.user or place.server.user}"\npassword_file = "secret"\nfolder = "{place.folder}"\n'
        f'[outgoing]\nkind = "smtp"\nhost = "127.0.0.1"\nport = {smtp_port}\ntls = false\n'
        'from = "SECAS <secas@list.example>"\n'
    )
    return config


def test_mail_comes_in_by_imap_and_letters_go_out_by_smtp(
    tmp_path: Path, place: ImapPlace, taker: Taker, smtp_port: int
) -> None:
    for raw in (a_submission(serial=1), a_submission(serial=2), mail("Lunch", body="At one?\n")):
        place.put(raw)
    before = place.scan()
    config = configured(tmp_path, place, smtp_port)
    for _ in range(2):
        assert cpl_intake("run", "--once", "--config", config).code == 0
    rows = cpl_intake("queue", "--all", "--config", config, "--format", "json").json
    assert [row["status"] for row in rows] == ["in_review", "in_review", "filed"]
    assert {row["received_at"] for row in rows} == {iso(ARRIVED)}
    letters = [email.message_from_bytes(letter) for letter in taker.letters]
    assert {letter["To"] for letter in letters} == {"robin@ashdown.example"}
    assert len({letter["Message-ID"] for letter in letters}) == len(letters) == 2
    assert place.scan() == before


def test_a_wrong_password_is_code_1_and_says_what_to_do(tmp_path: Path, place: ImapPlace, smtp_port: int) -> None:
    config = configured(tmp_path, place, smtp_port)
    (tmp_path / "secret").write_text("wrong")
    done = cpl_intake("run", "--once", "--config", config)
    assert done.code == 1
    assert "password" in done.err
    assert "wrong" not in done.err.replace("wrong password", "")


def test_letters_wait_for_an_smtp_server_that_is_away(tmp_path: Path, place: ImapPlace, taker: Taker) -> None:
    place.put(a_submission())
    config = configured(tmp_path, place, free_port())
    assert cpl_intake("run", "--once", "--config", config).code == 1
    (row,) = cpl_intake("queue", "--config", config, "--format", "json").json
    assert (row["status"], row["acknowledged_at"]) == ("in_review", None)
    assert cpl_intake("status", "--config", config, "--format", "json").json["outbox"] == {"queued": 1}
    assert taker.letters == []
