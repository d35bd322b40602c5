"""Letters as their readers get them: pinned, so that a changed word is read by a person before it is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import pytest
from drafts import FOLDER, drafts

INSIDE = re.compile(
    r"by a person|a person must|undetermined|cannot be derived|label could not|octet"
    r"|[Ee]xpected +nothing|to be placed|dossier"
)


@cache
def written() -> Mapping[str, str]:
    return {f"{name.replace(' ', '-')}.txt": text for name, text in drafts()}


def test_letters_are_those_that_a_person_has_read() -> None:
    """Where one is changed on purpose: ``cd tests && python -m drafts``, and read the difference."""
    pinned = {file.name: file.read_text("utf-8") for file in FOLDER.glob("*.txt")}
    assert written() == pinned


def test_no_letter_speaks_of_our_inside() -> None:
    for name, text in written().items():
        assert not INSIDE.search(text), name
        assert max(map(len, text.splitlines())) <= 76, name


def points_of(name: str) -> list[str]:
    """The numbered points of a letter, each on one line."""
    body = written()[f"{name}.txt"].partition("SECAS, Central")[0]
    return [" ".join(point.split()) for point in re.split(r"^\d+\. +", body, flags=re.MULTILINE)[1:]]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("versions-that-do-not-go-together", ["Correct one of the two"]),
        ("a-superseded-certificate", ["says 'SUPERSEDED' of itself", "Send the certificate that counts now"]),
        ("a-certificate-with-an-annex", ["see Annex A", "which row or line of it is this device"]),
        ("one-number-on-three-certificates", ["carry the number ZIG", "which document belongs to which form"]),
        ("another-expiry-date", ["Form says 30/08/2029", "Certificate says 30/08/2027 (CPA certificate.pdf, page 1)"]),
        ("a-gas-meter-entered-as-single-element", ["Device_Type.name", "Follows from point 1", "must be filled in"]),
        ("row-three-of-the-table", ["14 is 0E in hexadecimal, and 0D is 13", "Tell us which of the two is right"]),
        ("labels-that-are-not-there", ["covered, or crossed out", "in plain print"]),
        ("release-notes-that-say-little", ["which ZigBee module is used, or names more than one"]),
        ("a-scan", ["is a scan", "Send the PDF as it was issued", "Follows from point 1"]),
        ("an-empty-form", ["The form is empty", "Fill in the form"]),
        ("a-short-year", ["which we read as 30/08/2029", "confirm"]),
        ("cells-of-another-device", ["is not needed for this device"]),
        ("all-certificates-missing", ["CPA, DLMS and ZigBee", "links are not opened"]),
    ],
)
def test_one_fault_is_one_point_with_its_own_remedy(name: str, said: list[str]) -> None:
    points = points_of(name)
    if name == "cells-of-another-device":
        assert not points  # nothing hangs on cells that are not needed
        return
    assert all(words in points[0] for words in said), points[0]
    assert len(points) == (3 if name == "one-number-on-three-certificates" else 1)
