"""A sample of the long run over strangers' mail and files; ``python -m corpus.foreign FOLDER...`` takes the whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpus.foreign.fates import FAULTS, Fates
from corpus.foreign.gathering import gather
from corpus.foreign.marks import machine_wrote, sealed_files
from corpus.foreign.run import run
from corpus.foreign.sample import BENT, fill
from extract.mail.test_unpack import locked, packed
from helpers import mail

SEED = 20261129
ROW = {"status": "in_review", "kind": "unclear", "outcome": "needs_a_person", "acknowledged_at": None}


def test_nothing_of_a_stranger_s_is_ready_answered_or_lost(tmp_path: Path) -> None:
    fill(tmp_path / "strangers", SEED)
    gathered = gather([tmp_path / "strangers"])
    assert len(gathered.mails) >= BENT + 10
    assert {Path(name).name for name in gathered.files} == {
        "stock.xlsx", "stock.ods", "cut.xlsx", "table.pdf", "other.pdf", "another.pdf", "scan.pdf", "locked.pdf",
    }  # fmt: skip
    place = tmp_path / "place"
    place.mkdir()
    *_, fates = run(gathered, place)
    assert fates.good, "\n".join(fates.lines())
    assert fates.figures["with what could not be opened"] >= 3
    assert fates.figures["written by a machine"] >= 5


def test_mail_is_found_by_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(mail())
    (tmp_path / "two.txt").write_bytes(mail(body="another\n"))
    (tmp_path / "twice.eml").write_bytes(mail())
    (tmp_path / "box").write_bytes(b"From a@b.example Fri Nov 20 12:00:00 2026\n" + mail(body="in a mailbox\n") + b"\n")
    (tmp_path / "README.txt").write_bytes(b"Note: read me.\nAnd: no mail.\n\nText.\n")
    (tmp_path / "NOTES").write_bytes(b"Notes:\n" + b"        of many lines\n" * 100)
    (tmp_path / "code.py").write_bytes(mail(body="a program's text\n"))
    assert [Path(name).name for name in gather([tmp_path]).mails] == ["box", "one", "two.txt"]


@pytest.mark.parametrize(
    ("raw", "changes", "fault"),
    [
        (mail(), {"outcome": "ready"}, "ready"),
        (mail(headers={"Precedence": "bulk"}), {"acknowledged_at": "2026-11-20"}, "automatic and answered"),
        (
            mail(documents={"a.zip": locked("a.pdf")}),
            {"status": "filed"},
            "filed unseen with what could not be opened",
        ),
    ],
)
def test_the_run_notices_what_must_not_be(raw: bytes, changes: dict[str, str], fault: str) -> None:
    fates = Fates()
    fates.look("good", raw, ROW)
    assert fates.good
    fates.look("bad", raw, ROW | changes)
    assert [name for name in FAULTS if fates.faults[name]] == [fault]
    assert not fates.good


@pytest.mark.parametrize(
    ("name", "value", "by_a_machine"),
    [
        ("Auto-Submitted", "auto-generated (rejected)", True),
        ("Auto-Submitted", "no", False),
        ("List-Post", "<mailto:talk@lists.example>", True),
        ("Return-Path", "<>", True),
        ("Precedence", "first-class", False),
    ],
)
def test_the_run_s_own_judge_knows_a_machine(name: str, value: str, by_a_machine: bool) -> None:
    assert (machine_wrote(mail(headers={name: value})) is not None) is by_a_machine


def test_the_run_s_own_judge_knows_what_is_sealed() -> None:
    files = {
        "locked.zip": locked("a.pdf"),
        "nested.zip": packed({"inner.zip": packed({"a.pdf": b"%PDF"})}),
        "open.zip": packed({"a.pdf": b"%PDF"}),
        "note.txt": b"plain",
    }
    assert sealed_files(mail(documents=files)) == ["locked.zip", "nested.zip"]
