"""Signed submissions by way of the daemon."""

from __future__ import annotations

from pathlib import Path

import pki
from helpers import mail
from pki import HOUR, NOW
from programs import a_place
from signatures.test_check_signed import MAKER, authority, documents, issuer, maker
from warm import cpl_intake


def outcome(folder: Path, files: dict[str, bytes], trust: str = "") -> str:
    config = a_place(folder, f'[outgoing]\npath = "sent"\n{trust}')
    (folder / "mail" / "1.eml").write_bytes(mail(documents=files))
    assert cpl_intake("run", "--once", "--config", config).code == 0
    (row,) = cpl_intake("queue", "--config", config, "--format", "json").json
    return str(row["outcome"])


def test_a_form_that_its_creator_has_signed_is_ready(tmp_path: Path) -> None:
    pki.trust_folder(tmp_path / "trust", authority(), issuer())
    assert outcome(tmp_path, documents(maker())) == "ready"


def test_the_configured_folder_and_mode_decide(tmp_path: Path) -> None:
    pki.trust_folder(tmp_path / "ours", authority(), issuer(), crls=False)
    (hard := tmp_path / "hard").mkdir()
    (soft := tmp_path / "soft").mkdir()
    files = documents(maker())
    assert outcome(hard, files, '[trust]\nanchors = "../ours"\n') == "needs_a_person"
    assert outcome(soft, files, '[trust]\nanchors = "../ours"\nrevocation = "soft"\n') == "ready"


def test_a_form_is_judged_as_of_its_arrival(tmp_path: Path) -> None:
    """What has expired since does not count against it, however late it is read."""
    pki.trust_folder(tmp_path / "trust", authority(), issuer())
    config = a_place(tmp_path, '[outgoing]\npath = "sent"\n')
    arrived = f"from a.example by mx.example; {NOW - HOUR / 4:%a, %d %b %Y %H:%M:%S +0000}"
    raw = mail(documents=documents(maker(MAKER, ends=NOW - HOUR / 8)), headers={"Received": arrived})
    (tmp_path / "mail" / "1.eml").write_bytes(raw)
    assert cpl_intake("run", "--once", "--config", config).code == 0
    (row,) = cpl_intake("queue", "--config", config, "--format", "json").json
    assert row["outcome"] == "ready"
