"""The commands of the evidence as an operator and an auditor use them, each in a place of its own."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from helpers import a_submission
from peers.postgresql import Databases
from programs import a_place
from sqlalchemy import create_engine, make_url, text
from warm import cpl_intake

LEDGER = """
[outgoing]
kind = "folder"
path = "sent"
[ledger]
origin = "secas.example/cpl"
key_file = "ledger.pem"
auditors = ["audit@elsewhere.example"]
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An installation with a key, where a message waits; gives the configuration."""
    config = a_place(tmp_path / "secas", LEDGER)
    assert cpl_intake("evidence", "key", config.parent / "ledger.pem").code == 0
    (config.parent / "mail" / "1.eml").write_bytes(a_submission())
    return config


def test_a_key_is_made_for_its_owner_alone_and_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "ledger.pem"
    assert cpl_intake("evidence", "key", file).code == 0
    assert file.stat().st_mode & 0o777 == 0o600
    command = ["openssl", "pkey", "-in", str(file), "-noout", "-text"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "ED25519" in shown.stdout
    before = file.read_bytes()
    again = cpl_intake("evidence", "key", file)
    assert (again.code, "never overwritten" in again.err) == (1, True)
    assert file.read_bytes() == before
    nowhere = cpl_intake("evidence", "key", tmp_path / "nowhere" / "ledger.pem")
    assert (nowhere.code, f"mkdir -m 700 {tmp_path / 'nowhere'}" in nowhere.err) == (1, True)


def test_a_run_signs_and_sends_the_day_s_checkpoint_and_an_auditor_cosigns_it(place: Path, tmp_path: Path) -> None:
    done = cpl_intake("run", "--once", "--config", place)
    assert done.code == 0, done.err
    assert cpl_intake("run", "--once", "--config", place).code == 0
    letters = [file for file in (place.parent / "sent").glob("*.eml") if b"audit@elsewhere" in file.read_bytes()]
    assert len(letters) == 1
    verified = cpl_intake("evidence", "verify", "--config", place, "--format", "json", "--checkpoint", letters[0])
    assert (verified.code, verified.json["intact"], verified.json["findings"]) == (0, True, [])
    assert set(verified.json) == {"intact", "events", "evidence", "findings"}
    doctor = cpl_intake("doctor", "--config", place).out
    (log_key,) = re.findall(r"secas\.example/cpl\+\S+", doctor)
    assert re.search(r"Checkpoint +of [0-9]+ events, made", cpl_intake("status", "--config", place).out)
    auditor = a_place(tmp_path / "auditor", '[ledger]\nkey_file = "own.pem"\nwitness = "auditor.example/cpl"\n')
    assert cpl_intake("evidence", "key", auditor.parent / "own.pem").code == 0
    cosigned = cpl_intake("evidence", "witness", letters[0], "--config", auditor, "--log-key", log_key)
    assert cosigned.code == 0, cosigned.err
    assert "\u2014 auditor.example/cpl " in cosigned.out
    wrong = cpl_intake("evidence", "witness", place, "--config", auditor, "--log-key", log_key)
    assert (wrong.code, "holds no checkpoint" in wrong.err) == (1, True)


def test_without_a_key_there_is_none_and_everybody_says_so(tmp_path: Path) -> None:
    config = a_place(tmp_path, '[outgoing]\nkind = "folder"\npath = "sent"\n')
    assert cpl_intake("run", "--once", "--config", config).code == 0
    told = cpl_intake("evidence", "verify", "--config", config, "--format", "json")
    assert (told.code, told.json["findings"], "no key" in told.err) == (0, [], True)
    assert "no key" in cpl_intake("evidence", "verify", "--config", config).out
    assert "no key" in cpl_intake("status", "--config", config).out
    assert "no key" in cpl_intake("doctor", "--config", config).out


def test_a_key_that_others_can_read_is_a_fault(place: Path) -> None:
    (place.parent / "ledger.pem").chmod(0o644)
    done = cpl_intake("doctor", "--config", place)
    assert (done.code, "chmod 600" in done.out) == (1, True)


def test_a_key_that_is_none_stops_a_command_with_2(place: Path) -> None:
    (place.parent / "ledger.pem").write_text("no key")
    done = cpl_intake("evidence", "verify", "--config", place)
    assert (done.code, "evidence key FILE" in done.err) == (2, True)


def test_what_is_wrong_is_named_by_its_event(place: Path) -> None:
    assert cpl_intake("run", "--once", "--config", place).code == 0
    with closing(sqlite3.connect(place.parent / "var" / "cpl-intake.db")) as database, database:
        database.execute("UPDATE message SET outcome = 'approved by eve'")
    told = cpl_intake("evidence", "verify", "--config", place, "--format", "json")
    assert (told.code, told.json["intact"]) == (1, False)
    (finding,) = told.json["findings"]
    assert (finding["kind"], isinstance(finding["seq"], int)) == ("submission", True)


def test_one_thing_is_exported_at_a_time(place: Path, tmp_path: Path) -> None:
    assert cpl_intake("run", "--once", "--config", place).code == 0
    both = cpl_intake("evidence", "export", "CPL-000001", tmp_path / "a.zip", "--person", "ada", "--config", place)
    assert both.code == 2
    none = cpl_intake("evidence", "export", tmp_path / "a.zip", "--person", "ada", "--config", place)
    assert (none.code, "nothing is known" in none.err) == (1, True)
    done = cpl_intake("evidence", "export", tmp_path / "a.zip", "--from", "2000-01-01", "--config", place)
    assert (done.code, (tmp_path / "a.zip").exists()) == (0, True)


def taken_away(key: Path) -> None:
    key.unlink()


def a_folder_now(key: Path) -> None:
    key.unlink()
    key.mkdir()


def of_another_kind(key: Path) -> None:
    key.write_text("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")


@pytest.mark.parametrize("spoil", [taken_away, a_folder_now, of_another_kind])
def test_a_key_that_cannot_be_used_stops_nothing_but_checkpoints_and_is_told_as_what_it_is(
    place: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(place.parent / "ledger.pem")
    done = cpl_intake("run", "--once", "--config", place)
    assert done.code == 2  # a person has to set it right; nothing comes right by trying again
    (told,) = [line for line in map(json.loads, done.err.splitlines()) if line["event"] == "misconfigured"]
    assert (told["loop"], "[ledger] key_file ledger.pem cannot be used" in told["error"]) == ("checkpoint", True)
    assert "evidence key" in told["hint"]
    (row,) = cpl_intake("queue", "--all", "--config", place, "--format", "json").json
    assert (row["status"], row["acknowledged_at"] is not None) == ("in_review", True)
    verified = cpl_intake("evidence", "verify", "--config", place, "--format", "json")
    assert (verified.code, verified.json["intact"], verified.json["findings"]) == (2, True, [])
    assert "no signature of a checkpoint was compared" in verified.err
    backup = cpl_intake("backup", tmp_path / "backups", "--config", place)
    assert (backup.code, "ledger.pem cannot be used" in backup.err) == (2, True)
    assert "Everything was read back" in backup.out
    assert len(list((tmp_path / "backups").glob("*.json"))) == 1
    assert "ledger.pem cannot be used" in cpl_intake("status", "--config", place).out


def for_a_reader(url: str) -> str:
    """The same database for somebody who may change nothing in it."""
    engine = create_engine(url)
    with engine.begin() as tx:
        tx.execute(text("CREATE ROLE looks_on LOGIN"))
        tx.execute(text("GRANT SELECT ON ALL TABLES IN SCHEMA public TO looks_on"))
    engine.dispose()
    return make_url(url).set(username="looks_on").render_as_string(hide_password=False)


def test_what_was_found_and_copied_is_told_where_the_store_can_only_be_read(
    place: Path, tmp_path: Path, databases: Databases
) -> None:
    with databases.database() as url:
        place.write_text(f'{place.read_text()}[store]\nurl = "{url}"\n')
        assert cpl_intake("run", "--once", "--config", place).code == 0
        place.write_text(place.read_text().replace(url, for_a_reader(url)))
        verified = cpl_intake("evidence", "verify", "--config", place, "--format", "json")
        taken = cpl_intake("backup", tmp_path / "backups", "--config", place, "--only", "evidence")
    databases.say("DROP ROLE looks_on")
    assert (verified.code, verified.json["intact"], verified.json["findings"]) == (1, True, [])
    assert taken.code == 1
    for done in (verified, taken):
        assert "the ledger could not be told of" in done.err.lower()
        assert "permission denied" in done.err
    (manifest,) = (tmp_path / "backups").glob("*.json")
    assert json.loads(manifest.read_text())["evidence"] == verified.json["evidence"]
