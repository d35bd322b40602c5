"""Hostile mail through the whole daemon: kept, shown to a person, answered where there is an address; never the end."""

from __future__ import annotations

from pathlib import Path

from helpers import a_submission
from hostile.mails import MAILS
from hostile.trial import trial
from warm import cpl_intake

FOR_A_PERSON = ("in_review", "needs_a_person")
EXPECTED = {"a report of everything": ("filed", None), "zz good": ("in_review", "ready")}


def test_hostile_mail_is_kept_and_shown_and_stops_nothing(tmp_path: Path) -> None:
    messages = {name: make() for name, make in MAILS.items()} | {"zz good": a_submission()}
    outcome = trial(tmp_path, messages)
    assert outcome.faults == []
    assert outcome.ended == {name: EXPECTED.get(name, FOR_A_PERSON) for name in messages}
    assert not any(outcome.noted.values())
    for letter in (tmp_path / "sent").iterdir():
        assert b"\nBcc:" not in letter.read_bytes()
    assert cpl_intake("evidence", "verify", "--config", tmp_path / "config.toml").code == 0
