"""The note of a version: generated from the differences, unless a person wrote one."""

from __future__ import annotations

import pytest
from feeds import FOUR, ONE, THREE, TWO, altered, an_issue, issues, removed, with_path

from intake.publication.edition import Why
from intake.publication.note import generated_note, in_runs, note_txt
from intake.publication.notices import Answer, dcc_notice, parties_notice
from rules.facts import RegisterEntry
from rules.fields import FormField

HASH = altered(ONE, IMAGE_HASH=":".join(["CD"] * 32))
REFERENCES = ("DCC incident INC000012345", "DCC change CRQ000000678")


@pytest.mark.parametrize(
    ("before", "after", "why", "expected"),
    [
        ([TWO], [ONE, TWO], Why("add"), "Added entry 000001."),
        ([ONE], [HASH], Why("update hash", "It lacked one."),
         "Listed the manufacturer's image of entry 000001: It lacked one."),
        ([ONE], [HASH], Why("correct", "typed wrongly", REFERENCES),
         ("Corrected Manufacturer_Image.hash of entry 000001: typed wrongly "
         "(DCC incident INC000012345, DCC change CRQ000000678).")),
        ([ONE], [altered(ONE, CPA_NUMBER="[R] X-1", CPA_DATE="01/01/2030")], Why("replace certificate", "renewed"),
         "Replaced the certificate of entry 000001: renewed."),
        ([ONE], [removed(ONE)], Why("remove", "a clone", ("SSC 7",), "000002"),
         "Removed entry 000001, whose place entry 000002 takes: a clone (SSC 7)."),
        ([removed(ONE)], [ONE], Why("reinstate", "removed in error"), "Reinstated entry 000001: removed in error."),
        ([TWO], [ONE, TWO], Why("re-add", "in place of 000009"),
         "Listed again under a new number: entry 000001: in place of 000009."),
        ([ONE], [altered(ONE, GBCS_VERSION="GBCS Version 2.0")], Why("amend", "for the loader"),
         "Amended GBCS Version.version_number of entry 000001 for a time: for the loader."),
        ([ONE], [altered(ONE, DEVICE_TYPE="Gas Meter")], Why("rename value", "the form's new word"),
         "Renamed Device_Type.name on entry 000001: the form's new word."),
        ([ONE], [with_path(ONE, "000002")], Why("state upgrade path", "told by its maker"),
         "Stated the upgrade path of entry 000001: told by its maker."),
        ([ONE], [HASH], Why("end amendment"), "Ended the amendment of entry 000001."),
        ([ONE], [HASH], Why("import"), "Changed Manufacturer_Image.hash of entry 000001."),
        ([TWO], [ONE, TWO], Why("import"), "Added entry 000001."),
        ([ONE], [HASH], None, "Changed Manufacturer_Image.hash of entry 000001."),
    ],
    ids=lambda part: part.kind if isinstance(part, Why) else "",
)  # fmt: skip
def test_a_change_of_each_kind_is_a_sentence(
    before: list[RegisterEntry], after: list[RegisterEntry], why: Why | None, expected: str
) -> None:
    assert generated_note(an_issue(after, before, {"000001": (why,)} if why else {})) == expected


def test_changes_of_one_entry_name_what_each_has_changed() -> None:
    """Nor is told of a new entry what became of it before it was listed, or what was taken back since."""
    date, creator = (frozenset({str(name)}) for name in (FormField.CPA_DATE, FormField.IMAGE_CREATOR))
    whys = (
        Why("rename value", "a new name", touched=creator),
        Why("correct", "typed wrongly", touched=date),
        Why("amend", "for the loader", touched=frozenset({str(FormField.GBCS_VERSION)})),
    )
    new = (Why("add"), Why("rename value", "a new name", touched=creator))
    after = altered(ONE, CPA_DATE="01/01/2031", IMAGE_CREATOR="Hale Limited")
    note = generated_note(an_issue([after, TWO], [ONE], {"000001": whys, "000002": new}))
    assert note.splitlines() == [
        f"Renamed {FormField.IMAGE_CREATOR} on entry 000001: a new name.",
        f"Corrected {FormField.CPA_DATE} of entry 000001: typed wrongly.",
        "Added entry 000002.",
    ]


def test_entries_that_changed_alike_are_one_sentence() -> None:
    entries = [ONE, TWO, THREE, FOUR]
    new = [altered(entry, CPA_DATE="01/01/2031") for entry in entries]
    why = (Why("replace certificate", "renewed"),)
    note = generated_note(an_issue(new, entries, {entry.number: why for entry in entries}))
    assert note == "Replaced the certificate of entries 000001 to 000004: renewed."


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (["000007"], "entry 000007"),
        (["000001", "000002"], "entries 000001 and 000002"),
        (["000003", "000001", "000002", "000009"], "entries 000001 to 000003 and 000009"),
        (["000009", "000010", "000011", "000020", "000021"], "entries 000009 to 000011, 000020 and 000021"),
    ],
)
def test_numbers_in_a_row_are_told_by_the_first_and_last(numbers: list[str], expected: str) -> None:
    assert in_runs(numbers) == expected


def test_no_number_is_in_the_note_that_is_not_of_the_change() -> None:
    note = generated_note(issues()[2])
    assert note.splitlines() == [
        "Corrected Manufacturer_Image.hash of entry 000002: Two digits were swapped (DCC incident INC000012345).",
        "Added entry 000004.",
    ]


def test_a_note_that_a_person_wrote_takes_its_place() -> None:
    text = note_txt(an_issue([HASH], [ONE], note="A word of our own.")).decode()
    assert "A word of our own." in text
    assert "Changed" not in text
    assert "Version 2.002 Issued on 24-11-2026" in text


def test_a_first_version_says_so() -> None:
    assert generated_note(issues()[0]) == "First version of the list here: 2 entries."


@pytest.mark.parametrize(
    ("answer", "subject", "said"),
    [
        (None, "published", "has not yet told us that it is"),
        (Answer(loaded=True), "published, loaded by the DCC", "this version is loaded"),
        (
            Answer(loaded=False, text="Entry 000003 was refused."),
            "published, not loaded by the DCC",
            "Entry 000003 was refused.",
        ),
    ],
)
def test_parties_are_told_whether_it_is_loaded(answer: Answer | None, subject: str, said: str) -> None:
    issue = issues()[1]
    draft = parties_notice(issue, answer)
    assert draft.subject == f"Central Products List 2.002 {subject}"
    for text in (
        said,
        issue.edition.digest,
        "Removed entry 000001",
        "1001 0002010A 00000001  Gas Smart Meter: suspended",
    ):
        assert text in draft.text
    assert all(len(line) <= 100 for line in draft.text.splitlines())


def test_the_dcc_is_told_what_to_load_and_how_to_check_it() -> None:
    draft = dcc_notice(issues()[1], "Central Products List.xlsm")
    for text in (
        "Version 2.002",
        "Central Products List.xlsm.p7s",
        "dcc.csv",
        "changes.csv",
        "inventory.csv",
        "24 hours",
    ):
        assert text in draft.text
    assert 'openssl cms -verify -binary -inform DER -in "Central Products List.xlsm.p7s"' in draft.text
    assert dcc_notice(an_issue([ONE], [ONE])).text.count("Nothing changes for any Device Model") == 1


def test_a_version_without_a_signature_is_sent_without_a_word_of_one() -> None:
    text = dcc_notice(issues()[1], signed=False).text
    assert ".p7s" not in text
    assert "openssl" not in text
    assert "dcc.csv" in text


def test_a_letter_names_so_many_models_and_no_more() -> None:
    entries = [altered(ONE, FIRMWARE_VERSION=f"00:00:01:{at:02X}") for at in range(50)]
    numbered = [RegisterEntry(f"{at + 1:06}", "Current", entry.fields) for at, entry in enumerate(entries)]
    text = dcc_notice(an_issue(numbered, [])).text
    assert "and 10 more, in inventory.csv" in text
