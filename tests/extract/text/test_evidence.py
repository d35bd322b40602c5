from __future__ import annotations

import pytest
from extract import papers
from extract.test_document import word

from intake.extract.document import read_document
from intake.extract.text.evidence import pieces_of_text, read_evidence
from rules.facts import DocumentKind, EvidenceFacts

LETTER = (
    "Release notes",
    "This release is firmware version 01:02:05:07.",
    "The ZigBee module is ZM-7.",
    "It is covered by ZigBee certificate ZIG22041ZSE13121-24.",
    "No changes have been made that would require an update to any certificate.",
)


def evidence(*lines: str) -> EvidenceFacts:
    return read_evidence(tuple(pieces_of_text("notes.txt", "\n".join(lines))))


def built(media: str) -> bytes:
    if media == "pdf":
        return papers.prose(LETTER)
    return word(*LETTER) if media == "docx" else "\n".join(LETTER).encode()


@pytest.mark.parametrize("media", ["pdf", "docx", "text"])
def test_release_notes_state_module_certificate_versions_and_no_change(media: str) -> None:
    document = read_document("notes", built(media)).document
    assert document.kind is DocumentKind.RELEASE_NOTE
    facts = document.evidence
    assert facts is not None
    assert facts.zigbee_module is not None
    assert facts.zigbee_module.value == "ZM-7"
    assert [stated.value for stated in facts.certificate_ids] == ["ZIG22041ZSE13121-24"]
    assert [stated.value for stated in facts.firmware_versions] == ["01:02:05:07"]
    assert facts.no_change is not None
    assert facts.no_change.value == LETTER[-1]
    where = facts.zigbee_module.where
    assert (where.page, where.line) == ((1, None) if media == "pdf" else (None, 3))
    assert (where.box is not None) == (media == "pdf")
    assert str(facts.no_change.where) == ("notes, page 1" if media == "pdf" else "notes, line 5")


def test_other_documents_state_no_evidence() -> None:
    assert read_document("minutes.txt", b"Nothing was decided.").document.evidence is None


@pytest.mark.parametrize(
    ("line", "module"),
    [
        ("ZigBee module: ZM-7", "ZM-7"),
        ("The ZigBee firmware module used is 'Aurora radio'.", "Aurora radio"),
        ("Zigbee module ZB357 version 2.1 is used", "ZB357 version 2.1"),
        ("The ZM-7 ZigBee module has not changed", "ZM-7"),
        ("The Zig Bee certificate covers module ZM_7.2.", "ZM_7.2"),
        ("The ZigBee module has not been changed", None),
        ("ZigBee module certificate ZIG22041ZSE13121-24", None),
        ("The relay module RM-2 was replaced", None),
        ("ZigBee module ZM-7 or ZigBee module ZM-8", None),
    ],
)
def test_the_module_is_what_all_mentions_call_it(line: str, module: str | None) -> None:
    stated = evidence(line).zigbee_module
    assert (stated.value if stated else None) == module


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        ("ZIG22041ZSE13121-24 and again ZIG22041ZSE13121-24", ["ZIG22041ZSE13121-24"]),
        ("CPA certificate SMCH58603416, also NCSC-1433053936-3917", ["SMCH58603416", "NCSC-1433053936-3917"]),
        ("1433053936-2163", ["1433053936-2163"]),
        ("ESME1433053936-1272", ["ESME1433053936-1272"]),
        ("DLMS certificate number 2721", ["2721"]),
        ("DLMS certificate 2721.5 of 2022", []),
        ("tested in 2022 with part 1433053936", []),
        ("ZIG22041ZSE13121-24-extended", []),
    ],
)
def test_certificate_numbers_are_known_by_their_shapes(line: str, ids: list[str]) -> None:
    assert [stated.value for stated in evidence(line).certificate_ids] == ids


@pytest.mark.parametrize(
    ("lines", "actual"),
    [
        (["No changes have been made that affect the certificate."], True),
        (["The ZigBee stack is unchanged", "and the certificate remains valid."], True),
        (["This update does not affect ZigBee certification."], True),
        (["Re-testing is not needed: the module has not changed."], True),
        (["No changes were made to the display."], False),
        (["The certificate was changed."], False),
        (["No changes affect the certificate, except for the radio."], False),
        (["Please tell us whether the certificate is unchanged."], False),
    ],
)
def test_a_statement_of_no_change_speaks_of_certificates_and_takes_nothing_back(lines: list[str], actual: bool) -> None:
    assert (evidence(*lines).no_change is not None) is actual


@pytest.mark.parametrize(
    ("line", "versions"),
    [
        ("firmware 01:02:05:06, 01:02:05:07", ["01:02:05:06", "01:02:05:07"]),
        ("Firmware version 4.10.2", ["4.10.2"]),
        ("firmware: v1.10 of May", ["1.10"]),
        ("hash 01:02:05:06:07:08, EUI 00:11:22:33:44:55:66:77", []),
        ("paragraph 1.2.3", []),
        ("firmware version 1.2b", []),
    ],
)
def test_firmware_versions_are_hexadecimal_or_follow_the_word(line: str, versions: list[str]) -> None:
    assert [stated.value for stated in evidence(line).firmware_versions] == versions


def test_a_sentence_on_two_lines_of_a_page_has_a_box_around_both() -> None:
    words = "We declare that no changes have been made " * 2 + "which would need an update of the ZigBee certificate."
    document = read_document("letter.pdf", papers.prose(["Dear Sirs", words])).document
    assert document.evidence is not None
    assert document.evidence.no_change is not None
    box = document.evidence.no_change.where.box
    assert box is not None
    assert box[3] - box[1] > 20


@pytest.mark.parametrize(
    "text", ["a " * 60_000, "firmware " * 12_000, "module " * 14_000, "1" * 100_000, ".;" * 50_000]
)
def test_long_texts_are_read_in_bounded_time(text: str) -> None:
    assert read_document("notes.txt", b"Release notes\n" + text.encode()).document.evidence is not None
