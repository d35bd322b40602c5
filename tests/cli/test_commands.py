"""The other commands, as their users see them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from helpers import a_submission, mail
from programs import a_place
from warm import cpl_intake

from intake.demo import products
from intake.resources import example_config
from rules.catalogue import all_rules


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation that has worked; gives its folder, which nobody changes."""
    folder = tmp_path_factory.mktemp("worked")
    config = a_place(folder)
    for name, raw in (
        ("1.eml", a_submission(products.GAS)),
        ("2.eml", mail("Lunch", body="On Friday at noon?\n")),
        ("3.eml", b""),
    ):
        (folder / "mail" / name).write_bytes(raw)
    assert cpl_intake("run", "--once", "--config", config).code == 0
    return folder


@pytest.fixture
def worked(first: Path, tmp_path: Path) -> Path:
    """A copy of it to work with; gives the configuration."""
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    return tmp_path / "config.toml"


def test_the_queue_shows_what_waits_and_with_all_everything(worked: Path) -> None:
    waiting = cpl_intake("queue", "--config", worked, "--format", "json").json
    everything = cpl_intake("queue", "--all", "--config", worked, "--format", "json").json
    assert {row["kind"] for row in waiting} == {"submission", "unclear"}
    assert {row["kind"] for row in everything} == {"submission", "unclear", "other"}
    row = next(row for row in waiting if row["kind"] == "submission")
    assert set(row) == {
        "reference", "status", "kind", "automatic", "outcome", "from", "subject", "received_at", "acknowledge_due",
        "acknowledged_at", "entries", "claimed_by", "raw_sha256", "case", "unseen",
    }  # fmt: skip
    assert (row["status"], row["outcome"], row["entries"], row["automatic"]) == ("in_review", "ready", 1, False)
    assert (row["case"], row["unseen"]) == (row["reference"], 1)
    assert row["acknowledged_at"] is not None


def test_status_counts_messages_and_letters(worked: Path) -> None:
    told = cpl_intake("status", "--config", worked, "--format", "json").json
    assert set(told) == {"messages", "outbox", "oldest_unacknowledged", "last_poll", "quarantined"}
    assert told["messages"] == {"in_review": 2, "filed": 1}
    assert told["outbox"] == {"sent": 1, "held": 1}
    assert told["last_poll"]["post"] is not None
    assert told["quarantined"] == 0


@pytest.mark.parametrize("command", ["queue", "status"])
def test_they_speak_plainly_too(worked: Path, command: str) -> None:
    done = cpl_intake(command, "--config", worked)
    assert done.code == 0
    assert done.out.strip()


def test_evidence_is_exported_and_verified(worked: Path, tmp_path: Path) -> None:
    rows = cpl_intake("queue", "--config", worked, "--format", "json").json
    reference = next(row["reference"] for row in rows if row["kind"] == "submission")
    bag = tmp_path / "bag.zip"
    assert cpl_intake("evidence", "export", reference, bag, "--config", worked).code == 0
    with zipfile.ZipFile(bag) as archive:
        archive.extractall(tmp_path)
    listed = subprocess.run(
        ["sha256sum", "-c", "manifest-sha256.txt"], cwd=tmp_path / reference, capture_output=True, check=False
    )
    assert listed.returncode == 0
    assert cpl_intake("evidence", "verify", "--config", worked).code == 0


def test_changed_evidence_is_told_by_exit_code_1(worked: Path, tmp_path: Path) -> None:
    evidence = next((tmp_path / "var" / "evidence" / "sha256").glob("*/*"))
    evidence.chmod(0o600)
    evidence.write_bytes(b"changed")
    done = cpl_intake("evidence", "verify", "--config", worked)
    assert done.code == 1
    assert evidence.name in done.out


def test_the_raw_message_is_written_byte_for_byte(worked: Path, tmp_path: Path) -> None:
    rows = cpl_intake("queue", "--config", worked, "--format", "json").json
    row = next(row for row in rows if row["kind"] == "submission")
    done = cpl_intake("evidence", "raw", row["reference"], tmp_path / "raw.eml", "--config", worked)
    assert done.code == 0
    assert (tmp_path / "raw.eml").read_bytes() == (tmp_path / "mail" / "1.eml").read_bytes()
    assert row["raw_sha256"] in done.out


def test_what_was_filed_is_examined_anew_and_what_was_not_is_refused(worked: Path) -> None:
    rows = cpl_intake("queue", "list", "--all", "--config", worked, "--format", "json").json
    filed, waiting = (
        next(row["reference"] for row in rows if row["status"] == status) for status in ("filed", "in_review")
    )
    done = cpl_intake("queue", "retry", filed, "--config", worked)
    assert done.code == 0
    status = cpl_intake("status", "--config", worked, "--format", "json").json
    assert status["messages"] == {"in_review": 2, "received": 1}
    assert cpl_intake("run", "--once", "--config", worked).code == 0
    assert cpl_intake("status", "--config", worked, "--format", "json").json["messages"] == {"in_review": 2, "filed": 1}
    refused = cpl_intake("queue", "retry", waiting, "--config", worked)
    assert refused.code == 1
    assert "only what failed or was filed" in refused.err


@pytest.mark.parametrize("words", [("evidence", "raw"), ("queue", "retry")])
@pytest.mark.parametrize("reference", ["CPL-999999", "nonsense"])
def test_no_command_knows_a_reference_nobody_has(
    worked: Path, tmp_path: Path, words: tuple[str, ...], reference: str
) -> None:
    files = [tmp_path / "x.eml"] if "raw" in words else []
    done = cpl_intake(*words, reference, *files, "--config", worked)
    assert done.code in {1, 2}
    assert reference in done.err


@pytest.mark.parametrize("reference", ["CPL-999999", "nonsense"])
def test_a_reference_nobody_has_is_a_sentence(worked: Path, tmp_path: Path, reference: str) -> None:
    done = cpl_intake("evidence", "export", reference, tmp_path / "x.zip", "--config", worked)
    assert done.code in {1, 2}
    assert reference in done.err
    assert not (tmp_path / "x.zip").exists()


def test_the_rules_are_listed_and_each_has_its_manual_page() -> None:
    listed = cpl_intake("rules").out
    for rule in all_rules():
        assert rule.id in listed
    page = cpl_intake("rules", "format.shape")
    assert page.code == 0
    assert "What to do" in page.out
    assert cpl_intake("rules", "format.nothing").code == 2


def test_the_example_configuration_is_printed_as_it_is() -> None:
    assert cpl_intake("config", "--example").out == example_config()


def test_a_person_is_added_with_a_password_from_standard_input(worked: Path) -> None:
    done = cpl_intake("user", "add", "ada", "--password-stdin", "--config", worked, given="a long enough one\n")
    assert done.code == 0
    short = cpl_intake("user", "add", "ben", "--password-stdin", "--config", worked, given="short\n")
    assert short.code == 2


def test_doctor_tries_every_edge(worked: Path, tmp_path: Path) -> None:
    assert cpl_intake("doctor", "--config", worked).code == 0
    (tmp_path / "mail").rename(tmp_path / "gone")
    done = cpl_intake("doctor", "--config", worked)
    assert done.code == 1
    assert "mailbox post" in done.out


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[mailbox]]\nname = 'a'\nkind = 'folder'\n", "needs a path"),
        ("[mailbox\n", "cannot be read"),
        ("[web]\nprot = 1\n", "prot"),
        ("[store]\nlease_seconds = 'long'\n", "lease_seconds"),
        ("", "names no mailbox"),
    ],
)
def test_a_wrong_configuration_is_code_2_and_a_sentence(tmp_path: Path, text: str, says: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(text)
    done = cpl_intake("run", "--once", "--config", config)
    assert done.code == 2
    assert says in done.err


def test_no_configuration_at_all_is_code_2_and_says_how_to_make_one(tmp_path: Path) -> None:
    done = cpl_intake("run", "--once", cwd=tmp_path)
    assert done.code == 2
    assert "config --example" in done.err


def test_the_demonstration_runs_without_anything(tmp_path: Path) -> None:
    done = cpl_intake("demo", "--no-serve", cwd=tmp_path)
    assert done.code == 0
    for said in ("CPL-000001", "ready", "return", "needs a person", "automatic mail"):
        assert said in done.out
    assert list(tmp_path.iterdir()) == []


def test_help_names_every_command() -> None:
    listed = cpl_intake("--help").out
    names = (
        "demo", "check", "run", "web", "queue", "status", "evidence", "cpl", "rules", "config", "user", "doctor",
        "backup", "restore",
    )  # fmt: skip
    for name in names:
        assert f"\n  {name} " in listed
        assert cpl_intake(name, "--help").code == 0


def test_json_is_alone_on_standard_output(worked: Path) -> None:
    for command in ("queue", "status"):
        json.loads(cpl_intake(command, "--config", worked, "--format", "json").out)


def test_rules_and_doctor_say_of_which_day_the_reference_data_is(tmp_path: Path) -> None:
    assert "Reference data of 2022-09-21" in cpl_intake("rules").out
    assert json.loads(cpl_intake("rules", "--format", "json").out)["reference"] == "2022-09-21"
    (tmp_path / "config.toml").write_text("")
    told = cpl_intake("doctor", "--config", str(tmp_path / "config.toml")).out
    assert re.search(r"^ok +reference data: of 2022-09, \d+ days old$", told, re.MULTILINE)


@pytest.mark.parametrize("group", ["queue", "evidence", "cpl", "trust", "user"])
def test_no_sentence_of_a_help_text_is_cut_short(group: str) -> None:
    assert "..." not in cpl_intake(group, "--help").out.replace("[ARGS]...", "")


@pytest.mark.parametrize(
    "words",
    [
        ("cpl", "notify", "--dry-run", "--at"),
        ("cpl", "expiry", "--until"),
        ("cpl", "export", "--csv", "x.csv", "--as-of"),
        ("evidence", "export", "x.zip", "--from"),
        ("evidence", "export", "x.zip", "--until"),
    ],
)
@pytest.mark.parametrize("day", ["21.11.2026", "2026-02-30", "tomorrow"])
def test_what_is_no_day_is_told_with_one(worked: Path, words: tuple[str, ...], day: str) -> None:
    done = cpl_intake(*words, day, "--config", worked)
    assert done.code == 2
    assert done.err.splitlines()[-1].endswith(f"{day!r} is no day; one looks like 2026-11-21")
