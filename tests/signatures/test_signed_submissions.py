"""Signed submissions as the whole program reads them: by way of the child process, into the public report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helpers import FRIDAY
from programs import cpl_intake
from signatures import smime
from signatures.smime import entity, posted, sign

from intake.demo import products
from intake.demo.samples import submission

VALUES = products.faultless_form(products.PPMID, on=FRIDAY.date(), serial=1)
DOCUMENTS = submission(VALUES)
ENTITY = entity(*DOCUMENTS.items())


def check(folder: Path, raw: bytes) -> dict[str, Any]:
    file = folder / "mail.eml"
    file.write_bytes(raw)
    actual: dict[str, Any] = cpl_intake("check", file, "--format", "json", "--at", "2026-11-20").json
    return actual


WRAPPINGS: dict[str, Callable[[], bytes]] = {
    "beside": lambda: sign(ENTITY),
    "around": lambda: sign(ENTITY, options=("-nodetach",)),
}


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_a_signed_submission_is_read_as_an_unsigned_one(wrapping: str, tmp_path: Path) -> None:
    actual = check(tmp_path, posted(WRAPPINGS[wrapping]()))
    assert actual["outcome"] == "ready"
    assert {document["name"] for document in actual["documents"]} > set(DOCUMENTS)
    (signature,) = actual["message"]["signatures"]
    assert (signature["format"], signature["intact"], signature["valid"]) == ("cms", True, True)
    assert (signature["coverage"], signature["uncovered"]) == ("entire", [])


def test_a_file_put_into_a_signed_submission_is_named(tmp_path: Path) -> None:
    signed = smime.multipart_signed(ENTITY, smime.der(ENTITY), smime.attachment("evil.xlsx", b"PK\x03\x04"))
    (signature,) = check(tmp_path, posted(signed))["message"]["signatures"]
    assert (signature["intact"], signature["valid"]) == (True, True)
    assert (signature["coverage"], signature["uncovered"]) == ("partial", ["evil.xlsx"])
    assert signature["indication"] == "INDETERMINATE"


def test_a_changed_signed_submission_fails(tmp_path: Path) -> None:
    raw = posted(sign(ENTITY)).replace(b"Please find", b"Please lose")
    (signature,) = check(tmp_path, raw)["message"]["signatures"]
    assert (signature["intact"], signature["indication"]) == (False, "TOTAL-FAILED")
    assert signature["sub_indication"] == "HASH_FAILURE"


def test_an_encrypted_submission_is_for_a_person_and_says_why(tmp_path: Path) -> None:
    body = smime.openssl("cms", "-encrypt", "-outform", "DER", "-recip", "/dev/fd/0", given=smime.signer().pem)
    raw = posted(smime.opaque(body, smime_type="enveloped-data"))
    actual = check(tmp_path, raw)
    (document,) = actual["documents"]
    assert (document["kind"], document["signatures"]) == ("unreadable", [])
    assert actual["outcome"] == "needs_a_person"
    told = cpl_intake("check", tmp_path / "mail.eml").out
    assert "encrypted" in " ".join(told.split())


def test_an_unsigned_mail_has_no_signatures(tmp_path: Path) -> None:
    assert check(tmp_path, posted(b"MIME-Version: 1.0\r\n" + ENTITY))["message"]["signatures"] == []
