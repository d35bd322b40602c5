"""The log: one line a unit of work, and nothing in it that a submitter wrote or that is secret, at any level."""

from __future__ import annotations

import base64
import io
import json
import logging
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import structlog
from aiosmtpd.controller import Controller
from helpers import a_submission, fetched, mail
from peers.imap_servers import pymap
from peers.peers import free_port
from peers.places import imap_place
from warm import cpl_intake

from intake import log
from intake.config import LogConfig
from intake.domain.submission import State
from intake.pipeline import work
from intake.pipeline.arrival.receive import receive
from intake.pipeline.services import Services

MARK = "zebra"
"""Stands in every part of every message that its sender wrote."""
PASSWORD = "a password of the other server"
REFUSED = f"{MARK}.refused@ashdown.example"


def marked(part: str) -> str:
    return f"{MARK}-{part}"


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(f"{MARK}.xml", f"<{MARK}>" * 100)
    return file.getvalue()


def hostile() -> list[bytes]:
    sender = f"{MARK} Hale <{MARK}@ashdown.example>"
    subject = f"CPL submission {marked('subject')}"
    return [
        mail(subject, sender=sender, body=f"{marked('body')}\n"),
        mail(subject, sender=f"<{REFUSED}>", body=f"{marked('body')} 2\n", documents={f"{MARK}.xlsx": zipped()}),
        mail(subject, sender=sender, documents={f"{MARK}.pdf": b"%PDF-1.4\n" + MARK.encode() * 100}),
        mail(marked("lunch"), sender=sender, body=f"{marked('body')} 3\n"),
        f"From: {'(' * 600}{MARK}\r\nSubject: CPL submission {MARK}\r\n\r\n{MARK}".encode(),
        f'From: {MARK}@a.example\r\nTo: "\r\nSubject: =?utf-8?q?CPL_submission_{MARK}=0D=0A?=\r\n\r\n{MARK}'.encode(),
        a_submission(),
    ]


class Grudging:
    """Refuses one recipient, and quotes it; takes the others."""

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: ANN401, N802  # aiosmtpd's words
        if address == REFUSED:
            return f"550 5.1.1 <{address}>: {marked('body')} is unknown here"
        envelope.rcpt_tos.append(address)
        return "250 ok"


@pytest.fixture
def smtp_port() -> Iterator[int]:
    controller = Controller(Grudging(), hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller.port
    controller.stop()


def test_at_debug_level_hostile_mail_leaves_no_word_of_its_own(tmp_path: Path, smtp_port: int) -> None:
    with pymap() as server, imap_place(server) as place:
        for raw in hostile():
            place.put(raw)
        (tmp_path / "imap").write_text(f"{server.password}\n")
        (tmp_path / "smtp").write_text(f"{PASSWORD}\n")
        config = tmp_path / "config.toml"
        config.write_text(
            f'[[mailbox]]\nname = "post"\nkind = "imap"\nhost = "127.0.0.1"\nport = {server.port}\ntls = false\n'
            f'user = "{place.user or server.user}"\npassword_file = "imap"\nfolder = "{place.folder}"\n'
            f'[outgoing]\nkind = "smtp"\nhost = "127.0.0.1"\nport = {smtp_port}\ntls = false\npassword_file = "smtp"\n'
            '[log]\nlevel = "debug"\nformat = "json"\n'
        )
        done = cpl_intake("run", "--once", "--config", config)
    said = done.err.lower()
    lines = [json.loads(line) for line in done.err.splitlines()]
    assert {line["event"] for line in lines} >= {
        "receive",
        "extract",
        "examine",
        "letter_sent",
        "letter_refused",
        "polled",
    }
    for secret in (server.password, PASSWORD):
        assert secret not in done.err
        assert base64.b64encode(secret.encode()).decode() not in done.err
    assert MARK not in said, [line for line in lines if MARK in json.dumps(line).lower()]
    assert "ashdown" not in said.replace(f"…@{'ashdown.example'}", "")


def test_every_step_is_one_line_with_its_facts(tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "1.eml").write_bytes(a_submission())
    config = tmp_path / "config.toml"
    config.write_text('[[mailbox]]\nname = "post"\nkind = "folder"\npath = "mail"\n[log]\nformat = "json"\n')
    done = cpl_intake("run", "--once", "--config", config)
    lines = {line["event"]: line for line in map(json.loads, done.err.splitlines())}
    facts = [
        (lines[name].get("before"), lines[name]["after"]) for name in ("receive", "extract", "examine", "letter_sent")
    ]
    assert facts == [(None, "received"), ("received", "extracted"), ("extracted", "in_review"), ("queued", "sent")]
    assert {lines[name]["reference"] for name in ("receive", "extract", "examine", "letter_sent")} == {"CPL-000001"}
    assert lines["examine"]["outcome"] == "ready"
    assert all(lines[name]["attempt"] == 1 for name in ("extract", "examine", "letter_sent"))
    assert all(line["timestamp"] and line["level"] == "info" for line in lines.values())


def test_our_own_bug_is_told_by_kind_and_place_and_the_trail_keeps_its_words(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(_services: Services, _held: object, _then: object) -> None:
        message = f"invalid literal: {marked('body')}"
        raise ValueError(message)

    monkeypatch.setitem(work.STEPS, State.RECEIVED, stumble)
    receive(services, fetched(a_submission()))
    submission = work.claim_one(services)
    assert submission is not None
    with structlog.testing.capture_logs() as logged:
        work.work_on(services, submission, Event())
    (line,) = logged
    assert (line["event"], line["error"], line["step"]) == ("step_failed", "ValueError", "extract")
    assert "test_log.py:" in line["where"]
    assert MARK not in json.dumps(line)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    stderr = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stderr)
    before = structlog.get_config()
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    log.configure(LogConfig(format="json", level="debug"))
    yield lambda: [json.loads(line) for line in stderr.getvalue().splitlines()]
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (
            "the store postgresql://cpl:hunter2@db/cpl cannot be used",
            "the store postgresql://cpl:…@db/cpl cannot be used",
        ),
        ("550 <robin.hale@ashdown.example>: unknown", "550 <…@ashdown.example>: unknown"),
        ("no address in it", "no address in it"),
    ],
)
def test_a_sentence_loses_passwords_and_names(said: Any, told: str, kept: str) -> None:  # noqa: ANN401  # reads what was said
    structlog.get_logger().error("unreachable", error=told, message_id="<ack.1@example.test>")
    (line,) = said()
    assert (line["error"], line["message_id"]) == (kept, "<ack.1@example.test>")


def test_an_exception_is_one_line_without_its_words_or_its_trace(said: Any) -> None:  # noqa: ANN401  # likewise
    try:
        int(marked("body"))
    except ValueError:
        structlog.get_logger().exception("stumbled")
        logging.getLogger("a library").exception("it read %s", marked("body"))
    first, second = said()
    assert (first["event"], first["error"]) == ("stumbled", "ValueError")
    assert (second["event"], second["said"], second["error"]) == ("library", "it read %s", "ValueError")


def test_libraries_are_quiet_at_debug_level(said: Any) -> None:  # noqa: ANN401  # likewise
    logging.getLogger("imapclient").debug("fetched %r", marked("body"))
    logging.getLogger("urllib3").info("GET /secret")
    assert said() == []
