"""``trust``: what its user sees."""

from __future__ import annotations

from pathlib import Path

import pki
from helpers import mail
from pki import HOUR, NOW
from programs import a_place
from signatures.test_check_signed import authority, documents, issuer, maker
from warm import cpl_intake


def test_show_tells_anchors_lists_and_digest(tmp_path: Path) -> None:
    config = a_place(tmp_path)
    pki.trust_folder(tmp_path / "trust", authority(), issuer(), tsa=[pki.root("TSA Root", key_number=61)])
    done = cpl_intake("trust", "show", "--config", config)
    assert done.code == 0
    for told in ("Anchors\n", "CN=A root, O=Test Trust", "Intermediates\n", "CN=An issuer", "Anchors of time stamps\n"):
        assert told in done.out
    assert done.out.count("good until") == 2


def test_show_warns_of_what_is_stale_expired_or_unreadable(tmp_path: Path) -> None:
    config = a_place(tmp_path)
    folder = pki.trust_folder(tmp_path / "trust", pki.root("Old", key_number=29, ends=NOW - HOUR), crls=False)
    (folder / "a.crl").write_bytes(authority().crl(issued=NOW - 2 * HOUR, next_update=NOW - HOUR))
    (folder / "broken.pem").write_bytes(b"nothing")
    done = cpl_intake("trust", "show", "--config", config)
    assert done.code == 1
    assert "! expired" in done.out
    assert "! stale since" in done.out
    assert "broken.pem holds no certificate." in done.out


def test_without_a_list_show_says_what_follows(tmp_path: Path) -> None:
    done = cpl_intake("trust", "show", "--config", a_place(tmp_path))
    assert "no signature can be trusted" in done.out


def test_a_submission_that_waits_is_judged_again_once_the_list_is_there(tmp_path: Path) -> None:
    config = a_place(tmp_path, '[outgoing]\npath = "sent"\n')
    folder = pki.trust_folder(tmp_path / "trust", authority(), issuer(), crls=False)
    (tmp_path / "mail" / "1.eml").write_bytes(mail(documents=documents(maker())))
    cpl_intake("run", "--once", "--config", config)

    def outcome() -> tuple[str, str]:
        (row,) = cpl_intake("queue", "--config", config, "--format", "json").json
        return str(row["reference"]), str(row["outcome"])

    reference, first = outcome()
    assert first == "needs_a_person"
    assert "nothing to fetch" in cpl_intake("trust", "refresh", "--config", config).out
    for number, holder in enumerate((authority(), issuer())):
        (folder / f"late{number}.crl").write_bytes(holder.crl())
    done = cpl_intake("trust", "again", reference, "--person", "Ada", "--config", config)
    assert (done.code, done.out) == (0, f"{reference} will be judged again.\n")
    cpl_intake("run", "--once", "--config", config)
    assert outcome() == (reference, "ready")
    assert len(list((tmp_path / "sent").glob("*.eml"))) == 1


def test_what_is_no_reference_or_of_no_submission_is_told(tmp_path: Path) -> None:
    config = a_place(tmp_path)
    for reference, code, why in (("what", 2, "is no reference"), ("CPL-000007", 1, "there is no submission")):
        done = cpl_intake("trust", "again", reference, "--person", "Ada", "--config", config)
        assert (done.code, why in done.err) == (code, True)
