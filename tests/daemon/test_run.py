"""The daemon as a process: nothing lost, nothing doubled, whatever ends it."""

from __future__ import annotations

import email
import hashlib
import json
import os
import random
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest
from daemons import wait_for
from helpers import a_submission, mail
from programs import a_place, arguments, environment
from warm import cpl_intake

from intake.bootstrap import store_address
from intake.config import load
from intake.demo import products
from intake.store import events
from intake.store.engine import Store

SEED = 20261120
KILLS = 5


def post(folder: Path, messages: dict[str, bytes]) -> None:
    for name, raw in messages.items():
        path = folder / "mail" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)


def letters(folder: Path) -> list[str]:
    return sorted(email.message_from_bytes(file.read_bytes())["Message-ID"] for file in (folder / "sent").glob("*.eml"))


def everything(config: Path) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = cpl_intake("queue", "--all", "--config", config, "--format", "json").json
    return rows


@pytest.fixture
def config(tmp_path: Path, store_url: str) -> Path:
    """The configuration of a place whose store is of each kind in turn."""
    outgoing = '[outgoing]\nkind = "folder"\npath = "sent"\n'
    return a_place(tmp_path, outgoing + (f'[store]\nurl = "{store_url}"\n' if is_remote(store_url) else ""))


def is_remote(store_url: str) -> bool:
    return not store_url.startswith("sqlite")


def test_run_once_takes_in_everything_and_ends(tmp_path: Path, config: Path) -> None:
    messages = {f"{n}.eml": a_submission(serial=n) for n in range(5)} | {
        "deep/er/6.eml": mail("Lunch", body="At one?\n"),
        "7.eml": b"",
    }
    post(tmp_path, messages)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "mail").rglob("*")}
    done = cpl_intake("run", "--once", "--config", config)
    assert done.code == 0
    rows = everything(config)
    assert sorted(str(row["raw_sha256"]) for row in rows) == sorted(
        hashlib.sha256(raw).hexdigest() for raw in messages.values()
    )
    assert {row["status"] for row in rows} == {"in_review", "filed"}
    assert len(letters(tmp_path)) == 5
    assert before == {path: path.stat().st_mtime_ns for path in (tmp_path / "mail").rglob("*")}
    assert sorted(item.name for item in tmp_path.iterdir()) == ["config.toml", "mail", "sent", "var"]


def test_a_second_run_finds_nothing_to_do(tmp_path: Path, config: Path) -> None:
    post(tmp_path, {"1.eml": a_submission()})
    cpl_intake("run", "--once", "--config", config)
    first, sent = everything(config), letters(tmp_path)
    assert cpl_intake("run", "--once", "--config", config).code == 0
    assert (everything(config), letters(tmp_path)) == (first, sent)


def test_a_message_in_two_places_is_one_submission(tmp_path: Path, config: Path) -> None:
    raw = a_submission()
    post(tmp_path, {"1.eml": raw, "copy/1.eml": raw})
    cpl_intake("run", "--once", "--config", config)
    assert len(everything(config)) == len(letters(tmp_path)) == 1


def test_a_rewritten_file_is_a_new_message_and_a_touched_one_is_not(tmp_path: Path, config: Path) -> None:
    post(tmp_path, {"1.eml": a_submission(serial=1), "2.eml": a_submission(serial=2)})
    cpl_intake("run", "--once", "--config", config)
    post(tmp_path, {"1.eml": a_submission(serial=3)})
    (tmp_path / "mail" / "2.eml").touch()
    cpl_intake("run", "--once", "--config", config)
    assert len(everything(config)) == 3


def test_a_maildir_is_known_by_its_folders(tmp_path: Path, config: Path) -> None:
    for name in ("cur", "new", "tmp"):
        (tmp_path / "mail" / name).mkdir()
    post(tmp_path, {"new/1.host": a_submission(serial=1), "cur/2.host:2,S": a_submission(serial=2), "tmp/3": b"half"})
    cpl_intake("run", "--once", "--config", config)
    assert len(everything(config)) == 2


@pytest.mark.parametrize("lost", ["mail", "var"])
def test_an_edge_that_cannot_be_reached_is_code_1_and_a_sentence(tmp_path: Path, config: Path, lost: str) -> None:
    if lost == "mail":
        (tmp_path / "mail").rmdir()
    else:
        (tmp_path / "var").write_bytes(b"a file where a folder should be")
    done = cpl_intake("run", "--once", "--config", config)
    assert done.code == 1
    assert str(tmp_path / lost) in done.err


def started(config: Path, *words: str) -> subprocess.Popen[bytes]:
    command = arguments("run", *words, "--config", config)
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())


def test_killed_at_any_moment_it_loses_and_doubles_nothing(tmp_path: Path, config: Path) -> None:
    messages = {f"{n}.eml": a_submission(products.SINGLE, serial=n) for n in range(12)}
    post(tmp_path, messages)
    moments = random.Random(SEED)
    for _ in range(KILLS):
        process = started(config, "--once")
        time.sleep(moments.uniform(0.3, 1.3))  # a moment drawn at random is the test
        process.kill()
        process.wait(10)
    assert cpl_intake("run", "--once", "--config", config).code == 0
    rows = everything(config)
    assert sorted(str(row["raw_sha256"]) for row in rows) == sorted(
        hashlib.sha256(raw).hexdigest() for raw in messages.values()
    )
    assert {(row["status"], row["outcome"]) for row in rows} == {("in_review", "ready")}
    expected = sorted(
        f"<ack.{hashlib.sha256(f'ack{hashlib.sha256(raw).hexdigest()}'.encode()).hexdigest()[:32]}@example.test>"
        for raw in messages.values()
    )
    assert letters(tmp_path) == expected
    store = Store(store_address(load(config))).open()
    with store.reading() as tx:
        counts = Counter(event.name for event in events.chain(tx) if event.name != "letter_sent")
    store.close()
    assert counts == dict.fromkeys(
        ("received", "acknowledgement_queued", "extracted", "examined", "review_opened"), len(messages)
    )
    assert cpl_intake("evidence", "verify", "--config", config).code == 0


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_with_0_between_steps(tmp_path: Path, config: Path, end: signal.Signals) -> None:
    if signal.getsignal(end) is signal.SIG_IGN:
        pytest.skip("nohup was asked for, and is respected")
    post(tmp_path, {"1.eml": a_submission()})
    process = started(config)
    wait_for(lambda: letters(tmp_path))
    process.send_signal(end)
    assert process.wait(30) == 0
    post(tmp_path, {"2.eml": a_submission(serial=2)})
    assert cpl_intake("run", "--once", "--config", config).code == 0
    assert len(letters(tmp_path)) == len(everything(config)) == 2


def test_two_daemons_share_the_work_without_doubling_it(tmp_path: Path, config: Path) -> None:
    post(tmp_path, {f"{n}.eml": a_submission(serial=n) for n in range(10)})
    both = [started(config, "--once") for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    assert cpl_intake("run", "--once", "--config", config).code == 0
    rows = everything(config)
    assert len(rows) == len(letters(tmp_path)) == 10
    assert {row["status"] for row in rows} == {"in_review"}


def test_a_volume_that_is_not_there_and_a_new_store_beside_old_evidence_are_told(tmp_path: Path, config: Path) -> None:
    def said() -> dict[str, str]:
        post(tmp_path, {f"{len(list((tmp_path / 'mail').iterdir()))}.eml": a_submission()})
        done = cpl_intake("run", "--once", "--config", config)
        assert done.code == 0
        told = map(json.loads, done.err.splitlines())
        return {line["error"]: line["hint"] for line in told if line["event"] == "strangers"}

    assert [said(), said()] == [{}, {}]
    (tmp_path / "var" / "evidence").rename(tmp_path / "unmounted")
    ((lacks, mounted),) = said().items()
    assert "lacks evidence that the store names" in lacks
    assert "mounted" in mounted
    if not (tmp_path / "var" / "cpl-intake.db").exists():
        return  # a server's database does not get lost by a wrong path
    (tmp_path / "var" / "cpl-intake.db").rename(tmp_path / "lost.db")
    ((new, restore),) = said().items()
    assert new == "the store is new, and the archive already holds evidence"
    assert "restore FOLDER --only store" in restore


def test_a_log_that_cannot_be_written_keeps_no_message_waiting(tmp_path: Path, config: Path) -> None:
    post(tmp_path, {"1.eml": a_submission()})
    command = arguments("run", "--once", "--config", config)
    buffered = {name: text for name, text in environment().items() if name != "PYTHONUNBUFFERED"}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stderr=full, env=buffered, check=False)
    assert (done.returncode, len(letters(tmp_path))) == (0, 1)
    post(tmp_path, {"2.eml": a_submission(serial=2)})
    reader, writer = os.pipe()
    os.close(reader)  # whoever read the log has gone
    done = subprocess.run(command, stderr=writer, env=buffered, check=False)
    os.close(writer)
    assert (done.returncode, len(letters(tmp_path))) == (0, 2)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP])  # the interpreter itself takes SIGINT until then
def test_a_signal_during_the_start_ends_it_likewise(config: Path, end: signal.Signals) -> None:
    if signal.getsignal(end) is signal.SIG_IGN:
        pytest.skip("nohup was asked for, and is respected")
    process = started(config)
    caught = 1 << (end - 1)
    status = Path(f"/proc/{process.pid}/status")
    wait_for(lambda: int(status.read_text().partition("SigCgt:")[2].split()[0], 16) & caught)
    process.send_signal(end)  # the store is not even open
    assert process.wait(60) == 0
