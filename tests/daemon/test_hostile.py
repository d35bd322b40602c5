"""Hostile mail through the whole daemon: kept, shown to a person, answered where there is an address; never the end."""

from __future__ import annotations

import hashlib
from pathlib import Path

from helpers import a_submission
from hostile.mails import MAILS
from programs import a_place, cpl_intake

AUTOMATIC = {"a report of everything"}


def test_hostile_mail_is_kept_and_shown_and_stops_nothing(tmp_path: Path) -> None:
    config = a_place(tmp_path, '[outgoing]\nkind = "folder"\npath = "sent"\n')
    hostile, good = {name: make() for name, make in MAILS.items()}, a_submission()
    for name, raw in {**hostile, "zz good": good}.items():
        (tmp_path / "mail" / f"{name}.eml").write_bytes(raw)
    assert cpl_intake("run", "--once", "--config", config).code == 0
    rows = cpl_intake("queue", "--all", "--config", config, "--format", "json").json
    ended = {row["raw_sha256"]: (row["status"], row["outcome"]) for row in rows}
    for name, raw in hostile.items():
        wanted = ("filed", None) if name in AUTOMATIC else ("in_review", "needs_a_person")
        assert ended[hashlib.sha256(raw).hexdigest()] == wanted, name
    assert ended[hashlib.sha256(good).hexdigest()] == ("in_review", "ready")
    for letter in (tmp_path / "sent").iterdir():
        assert b"\nBcc:" not in letter.read_bytes()
    assert cpl_intake("evidence", "verify", "--config", config).code == 0
