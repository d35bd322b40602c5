"""Backups: taken while the daemon works, put back elsewhere, and gone on from."""

from __future__ import annotations

import email
import hashlib
import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from helpers import a_submission, mail
from programs import Done, a_place, arguments, environment
from warm import cpl_intake

from intake.demo import products
from intake.store.engine import Store
from intake.web.people import session

BOUND = 60
MANY = 40


def place(folder: Path, extra: str = "") -> Path:
    """A place whose mailbox is shared with every other place of the test."""
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "config.toml"
    mailbox = folder.parent / "mail"
    mailbox.mkdir(exist_ok=True)
    config.write_text(
        f'[[mailbox]]\nname = "post"\nkind = "folder"\npath = "{mailbox}"\n'
        f'[outgoing]\nkind = "folder"\npath = "sent"\n{extra}'
    )
    return config


def post(folder: Path, messages: dict[str, bytes]) -> None:
    for name, raw in messages.items():
        (folder / "mail" / name).write_bytes(raw)


def letters(folder: Path) -> set[str]:
    return {email.message_from_bytes(file.read_bytes())["Message-ID"] for file in (folder / "sent").glob("*.eml")}


def everything(config: Path) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = cpl_intake("queue", "--all", "--config", config, "--format", "json").json
    return rows


def backup(config: Path, *words: str) -> Done:
    return cpl_intake("backup", config.parent.parent / "backups", "--config", config, *words)


def restore(config: Path, *words: str) -> Done:
    return cpl_intake("restore", config.parent.parent / "backups", "--config", config, *words)


def manifests(folder: Path) -> list[dict[str, object]]:
    return [json.loads(file.read_text()) for file in sorted((folder / "backups").glob("*.json"))]


def sent_by(database: Path) -> set[str]:
    """Message-IDs that a store holds for sent."""
    with closing(sqlite3.connect(database)) as store:
        return {row[0] for row in store.execute("SELECT message_id FROM outbox WHERE state = 'sent'")}


@pytest.fixture(scope="module")
def worked_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place that has taken in three messages, with its mailbox beside it; tests work on copies."""
    made = tmp_path_factory.mktemp("worked")
    config = place(made / "old")
    post(made, {"1.eml": a_submission(products.GAS), "2.eml": mail("Lunch", body="At one?\n"), "3.eml": b""})
    assert cpl_intake("run", "--once", "--config", config).code == 0
    return made


@pytest.fixture
def worked(worked_once: Path, tmp_path: Path) -> Path:
    for name in ("old", "mail"):
        shutil.copytree(worked_once / name, tmp_path / name)
    return place(tmp_path / "old")


def test_taken_while_the_daemon_works_and_put_back_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    old = place(tmp_path / "old")
    messages = {f"{n:03}.eml": a_submission(products.SINGLE, serial=n) for n in range(MANY)}
    post(tmp_path, messages)
    daemon = subprocess.Popen(
        arguments("run", "--config", old), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment()
    )
    try:
        taken = [backup(old) for _ in range(3)]
        daemon.send_signal(signal.SIGKILL)
    finally:
        daemon.kill()
        daemon.wait(BOUND)
    assert [done.code for done in taken] == [0, 0, 0], taken
    # the place burns down; another one goes on from the newest backup
    (tmp_path / "old").rename(tmp_path / "ashes")
    new = place(tmp_path / "new")
    assert restore(new).code == 0
    assert cpl_intake("evidence", "verify", "--config", new).code == 0
    before = sent_by(tmp_path / "new" / "var" / "cpl-intake.db")
    assert cpl_intake("run", "--once", "--config", new).code == 0
    rows = everything(new)
    assert sorted(str(row["raw_sha256"]) for row in rows) == sorted(
        hashlib.sha256(raw).hexdigest() for raw in messages.values()
    )
    assert {row["status"] for row in rows} == {"in_review"}
    assert all(row["acknowledged_at"] for row in rows)
    # whoever had been acknowledged by then hears nothing more; everybody has heard, under one Message-ID
    assert letters(tmp_path / "new").isdisjoint(before)
    assert len(letters(tmp_path / "new") | before) == MANY
    assert letters(tmp_path / "ashes") <= letters(tmp_path / "new") | before
    assert cpl_intake("evidence", "verify", "--config", new).code == 0


def test_coreutils_alone_can_check_it(worked: Path, tmp_path: Path) -> None:
    assert backup(worked).code == 0
    (listing,) = (tmp_path / "backups").glob("*.sha256")
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", listing.name], cwd=listing.parent, capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
    assert len(listing.read_text().splitlines()) == 1 + int(str(manifests(tmp_path)[0]["evidence"]))


def test_evidence_is_copied_once_and_old_copies_of_the_store_go(worked: Path, tmp_path: Path) -> None:
    assert backup(worked).code == 0
    pieces = {file: file.stat().st_ino for file in (tmp_path / "backups" / "evidence" / "sha256").rglob("*")}
    for n in range(3):
        post(tmp_path, {f"later {n}.eml": mail("Lunch", body=f"{n}\n")})
        cpl_intake("run", "--once", "--config", worked)
        done = backup(worked, "--keep", "2")
        assert done.code == 0
        assert ", new: 0." not in done.out
        wait_a_second(tmp_path)
    assert len(manifests(tmp_path)) == 2
    names = {file.suffix for file in (tmp_path / "backups").iterdir() if file.is_file()}
    assert names == {".json", ".db", ".sha256", ""}
    assert {file: file.stat().st_ino for file in pieces} == pieces


def wait_a_second(folder: Path) -> None:
    """Backups are named by the second, so that the next one needs another."""
    import time  # noqa: PLC0415  # beside its only use

    newest = max(file.stem for file in (folder / "backups").glob("*.json"))
    while time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()) <= newest:
        time.sleep(0.05)  # the wait between two looks, over within a second


def test_damaged_evidence_is_told_and_the_rest_is_copied(worked: Path, tmp_path: Path) -> None:
    victim = next((tmp_path / "old" / "var" / "evidence" / "sha256").glob("*/*"))
    victim.chmod(0o600)
    victim.write_bytes(b"changed")
    done = backup(worked)
    assert done.code == 1
    assert victim.name in done.out
    (manifest,) = manifests(tmp_path)
    assert manifest["faults"]
    assert int(str(manifest["evidence"])) > 0


def test_a_backup_that_rots_is_told_by_the_next_one(worked: Path, tmp_path: Path) -> None:
    assert backup(worked).code == 0
    victim = next((tmp_path / "backups" / "evidence" / "sha256").glob("*/*"))
    victim.chmod(0o600)
    victim.write_bytes(b"rotten")
    wait_a_second(tmp_path)
    done = backup(worked)
    assert done.code == 1
    assert victim.name in done.out


@pytest.mark.parametrize("ending", ["db", "sha256", "json"])
def test_a_backup_that_was_changed_is_not_put_back(worked: Path, tmp_path: Path, ending: str) -> None:
    assert backup(worked).code == 0
    (file,) = (tmp_path / "backups").glob(f"*.{ending}")
    file.write_bytes(file.read_bytes()[:-7])
    new = place(tmp_path / "new")
    done = restore(new)
    assert done.code == 1
    assert "the backup " in done.err
    assert not (tmp_path / "new" / "var" / "cpl-intake.db").exists()


def test_nothing_is_ever_overwritten(worked: Path, tmp_path: Path) -> None:
    assert backup(worked).code == 0
    before = {file: file.read_bytes() for file in (tmp_path / "old" / "var").rglob("*") if file.is_file()}
    done = restore(worked)
    assert done.code == 1
    assert "there is a store at" in done.err
    assert {file: file.read_bytes() for file in (tmp_path / "old" / "var").rglob("*") if file.is_file()} == before
    new = place(tmp_path / "new")
    shutil.copytree(tmp_path / "old" / "var" / "evidence", tmp_path / "new" / "var" / "evidence")
    of_another(tmp_path / "new")
    for words in ((), ("--only", "evidence")):
        done = restore(new, *words)
        assert done.code == 1
        assert "not empty: pieces that are not of the backup" in done.err
        assert ": 1\n" in done.err
    assert restore(new, "--only", "store").code == 0  # the evidence has survived, and is kept


def of_another(folder: Path) -> None:
    """Evidence of another installation."""
    sha256 = hashlib.sha256(b"another's").hexdigest()
    (folder / "var" / "evidence" / "sha256" / sha256[:2] / sha256).write_bytes(b"another's")


def evidence_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (folder / "evidence" / "sha256").glob("*/*")}


def test_a_restore_that_broke_off_goes_on_where_it_was(worked: Path, tmp_path: Path) -> None:
    assert backup(worked).code == 0
    pieces = sorted((tmp_path / "backups" / "evidence" / "sha256").glob("*/*"))
    unreadable = pieces[len(pieces) // 2]
    unreadable.rename(tmp_path / "aside")
    new = place(tmp_path / "new")
    broken = restore(new)
    assert (broken.code, unreadable.name in broken.err) == (1, True)
    assert not (tmp_path / "new" / "var" / "cpl-intake.db").exists()
    (tmp_path / "aside").rename(unreadable)
    put_back = {file: file.stat().st_ino for file in (tmp_path / "new" / "var" / "evidence" / "sha256").glob("*/*")}
    done = restore(new)
    assert done.code == 0, done.err
    assert f"{len(pieces) - len(put_back)} pieces put back, {len(put_back)} were there already." in done.out
    assert {file: file.stat().st_ino for file in put_back} == put_back
    assert evidence_of(tmp_path / "new" / "var") == evidence_of(tmp_path / "backups")
    assert len(everything(new)) == 3


def test_a_piece_that_is_there_and_not_whole_is_put_back_and_one_that_says_something_else_is_told(
    worked: Path, tmp_path: Path
) -> None:
    assert backup(worked).code == 0
    new = place(tmp_path / "new")
    assert restore(new, "--only", "evidence").code == 0
    kept = evidence_of(tmp_path / "new" / "var")
    victim = next(
        file for file in (tmp_path / "new" / "var" / "evidence" / "sha256").glob("*/*") if file.stat().st_size
    )
    victim.chmod(0o600)
    victim.write_bytes(kept[victim.name][:-1])
    assert restore(new, "--only", "evidence").code == 0
    assert evidence_of(tmp_path / "new" / "var") == kept
    victim.chmod(0o600)
    victim.write_bytes(bytes(len(kept[victim.name])))
    done = restore(new, "--only", "evidence")
    assert (done.code, f"{victim.name} has changed" in done.err) == (1, True)


def test_a_place_where_the_doctor_has_been_is_still_empty(worked: Path, tmp_path: Path) -> None:
    assert backup(worked).code == 0
    new = place(tmp_path / "new")
    cpl_intake("doctor", "--config", new)
    (tmp_path / "new" / "var" / "cpl-intake.db").unlink()
    assert restore(new).code == 0


def changed_and_never_settled(store: Path, backup: Path) -> None:
    """A store beside which its changes lie still, as that of a process that was killed."""
    shutil.copyfile(backup, store)
    change = (
        "import os, signal, sqlite3, sys\n"
        "store = sqlite3.connect(sys.argv[1])\n"
        "store.execute('PRAGMA journal_mode=WAL')\n"
        "store.execute('UPDATE message SET subject = 1')\n"
        "store.commit()\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", change, str(store)], check=False, timeout=BOUND)
    assert store.with_name(f"{store.name}-wal").stat().st_size


def test_what_lies_beside_a_store_that_is_gone_is_not_written_into_the_one_put_back(
    worked: Path, tmp_path: Path
) -> None:
    assert backup(worked).code == 0
    (copy,) = (tmp_path / "backups").glob("*.db")
    new = place(tmp_path / "new")
    store = tmp_path / "new" / "var" / "cpl-intake.db"
    store.parent.mkdir()
    changed_and_never_settled(store, copy)
    store.unlink()
    done = restore(new)
    assert done.code == 1
    assert f"{store}-wal is left of a store that is not there any more" in done.err
    for file in store.parent.glob("*.db-*"):
        file.unlink()
    changed_and_never_settled(store.with_name(f"{store.name}.part"), copy)  # as a restore that was killed leaves it
    assert restore(new).code == 0
    assert {row["subject"] for row in everything(new)} == {row["subject"] for row in everything(worked)}
    assert [file.name for file in store.parent.glob("*.part*")] == []


def test_an_older_backup_is_chosen_by_its_stamp(worked: Path, tmp_path: Path) -> None:
    assert backup(worked).code == 0
    first = next((tmp_path / "backups").glob("*.json")).stem
    post(tmp_path, {"4.eml": mail("Later")})
    cpl_intake("run", "--once", "--config", worked)
    wait_a_second(tmp_path)
    assert backup(worked).code == 0
    new = place(tmp_path / "new")
    assert restore(new, "--at", "20200101T000000Z").code == 1
    assert restore(new, "--at", first).code == 0
    assert len(everything(new)) == 3


def test_whoever_was_signed_in_is_not_and_the_ledger_says_what_was_done(worked: Path, tmp_path: Path) -> None:
    given = "a long enough one\n"
    assert cpl_intake("user", "add", "ada", "--password-stdin", "--config", worked, given=given).code == 0
    signed_in = Store(f"sqlite:///{tmp_path}/old/var/cpl-intake.db").open()
    session.begin(signed_in, "ada", datetime.now(UTC))
    signed_in.close()
    assert backup(worked).code == 0
    new = place(tmp_path / "new")
    assert restore(new).code == 0
    with closing(sqlite3.connect(tmp_path / "new" / "var" / "cpl-intake.db")) as store:
        assert store.execute("SELECT count(*) FROM session").fetchone() == (0,)
        assert store.execute("SELECT name FROM event ORDER BY seq DESC LIMIT 1").fetchone() == ("restored",)


def test_evidence_alone_is_copied_where_the_store_has_its_own_tools(worked: Path, tmp_path: Path) -> None:
    done = backup(worked, "--only", "evidence")
    assert done.code == 0
    assert "evidence alone" in done.out
    assert manifests(tmp_path)[0]["store"] is None
    new = place(tmp_path / "new")
    assert restore(new).code == 1  # it says that there is no store in it
    newer = place(tmp_path / "newer")
    assert restore(newer, "--only", "evidence").code == 0
    assert not (tmp_path / "newer" / "var" / "cpl-intake.db").exists()  # so that it can still be put back


def test_an_empty_folder_holds_no_backup(tmp_path: Path) -> None:
    config = a_place(tmp_path)
    (tmp_path / "backups").mkdir()
    done = cpl_intake("restore", tmp_path / "backups", "--config", config)
    assert done.code == 1
    assert "holds no backup" in done.err


def test_two_backups_at_once_do_not_write_over_each_other(worked: Path, tmp_path: Path) -> None:
    import fcntl  # noqa: PLC0415  # beside its only use

    (tmp_path / "backups").mkdir()
    with (tmp_path / "backups" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = backup(worked)
    assert done.code == 1
    assert "another backup" in done.err
