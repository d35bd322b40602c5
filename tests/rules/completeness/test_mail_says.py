"""What a mail's own words say against its form, and the ordinary letters beside them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import (
    A_HASH,
    FIRMWARE,
    GAS,
    HASH,
    a_document,
    a_dossier,
    a_form,
    a_message,
    certificates_for,
    ruling,
    verdict,
)

from rules.completeness.mail_says import check
from rules.facts import DocumentKind, Dossier

RULE = "completeness.mail_says"
FORM = a_form(GAS)
OTHER_HASH = A_HASH.replace("1F", "2F")

AGAINST = [
    "Please do not process this form yet.",
    "Please don't publish it before Monday.",
    "Please hold this submission.",
    "Hold until you hear from me.",
    "This one is on hold.",
    "The firmware is now 12:03:12:34, see below.",
    "Please remove entry 12 from the list.",
    "The certificate attached is the old one.",
    "The form is not final.",
    "Please ignore the last mail.",
    "Please wait for the signed certificate.",
    "This form is superseded by the one of tomorrow.",
    "Attached is a draft of our submission.",
    "We attached the wrong certificate.",
    "The hash was changed last night.",
    "A corrected form will follow.",
    "The model should read as on the label.",
    "Hello,\n\nplease find the form.\n\nRegards\nAda\n\nPS: do not process it.",
    "> Thank you for your submission.\n\nPlease withdraw the submission.",
    "Please keep this confidential.\nDo not approve it.",
]
WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ELSEWHERE = [
    ("The device runs firmware 12:03:12:35.", "firmware version 12:03:12:35"),
    ("Firmware version 12031235 is loaded.", "firmware version 12031235"),
    ("Firmware 12.03.12.35", "firmware version 12.03.12.35"),
    ("Hardware version 0A:AD", "hardware version 0A:AD"),
    ("Hardware 0A:AD.", "hardware version 0A:AD"),
    (f"Hash: {OTHER_HASH}", f"hash {OTHER_HASH}"),
    (f"SHA-256 {OTHER_HASH.replace(':', '').lower()}", f"hash {OTHER_HASH.replace(':', '').lower()}"),
    ("This belongs to entry 000123.", "entry number 000123"),
    ("The certificate is ZIG23001ZSE13299-24.", "certificate number ZIG23001ZSE13299-24"),
    ("CPA certificate NCSC-1433053936-9002", "certificate number NCSC-1433053936-9002"),
    ("HW is 0A.AD.", "hardware version 0A.AD"),
    ("The hardware revision: AD", "hardware revision AD"),
    ("We noticed that the hardware revision on the certificate is 0B.", "hardware revision 0B"),
    ("The model ID is 40:02.", "identifier 40:02"),
    ("Manufacturer 1A:5E", "identifier 1A:5E"),
    ("The hash is 3A:1B:22, as you know.", "hash 3A:1B:22"),
    ("DLMS cert. no. is 2702.", "DLMS certificate number 2702"),
    ("It is built to SMETS V5.0.", "SMETS or CHTS version 5.0"),
    ("GBCS 4.0 is what the device runs.", "GBCS version 4.0"),
    ("Smart Energy 1.2a", "ZigBee Smart Energy version 1.2a"),
    ("The certificate expires on 30/08/2039.", "expiry date 30/08/2039"),
    ("It expires on 30 August 2039.", "expiry date 30 August 2039"),
    ("Expiry: 30th Aug 2039", "expiry date 30th Aug 2039"),
    ("Firmware 18.3.18.53 is loaded.", "firmware version 18.3.18.53"),
    ("The firmware is 12.3.12.35", "firmware version 12.3.12.35"),
    ("Firmware 18.03.18.53", "firmware version 18.03.18.53"),
    ("The firmware is 1.2.5.300", "firmware version 1.2.5.300"),
    ("It is a SMETS2 V5.0 device.", "SMETS or CHTS version 5.0"),
    ("It is a SMETS 2 V5.0 device.", "SMETS or CHTS version 5.0"),
]
FOOTER = (
    "\n\nThis e-mail is confidential and intended only for the addressee. If you are not the intended recipient, do not"
    " use, copy or publish it; please notify the sender and delete this e-mail."
)
ORDINARY = [
    "Please find attached the CPL submission for firmware 12:03:12:34.",
    "Dear team,\n\nattached is our New Entry form with its certificates.\n\nKind regards\nAda Byron\n+44 20 7946 0000",
    "The firmware version is 12:03:12:34 and the hardware version 0A:AC.",
    "Hardware 0A.AC, firmware 12.03.12.34, as on the form.",
    "The firmware is 18.3.18.52 in decimal.",
    "The firmware is 18.03.18.52.",
    "The firmware is 12.3.12.34.",
    "The CPA certificate expires on 30 August 2028.",
    "Two papers are attached: a form and its certificate.",
    "Please find one form and three certificates attached.",
    "Two forms were returned to us last week; this is the corrected one.",
    "We attach 1 form.",
    "The ZigBee certificate is ZIG23001ZSE13200-24, the CPA certificate NCSC-1433053936-9001.",
    "Please find the form attached." + FOOTER,
    "Form attached.\n\nThis e-mail is confidential. If it is not for you, do not use it.",
    "Form attached.\n\nIf this message is not intended for you, please do not use it.",
    "Please do not hesitate to call me at 10:02 or on 020 7946 0000.",
    "We look forward to hearing from you and await your acknowledgement.",
    "We are sending this on 20/11/2026 at 10:02:33.",
    "The certificate is now available and attached.",
    "Our test house holds the originals; we hold copies.",
    "Could you add this device to the list, please?",
    "See https://ashdown.example/a/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef for the notes.",
    "The gateway's address is 00:11:22:33:44:55 and its EUI is 00:11:22:FF:FE:33:44:55.",
    "Form attached.\n\n-- \nAda Byron\nDraft House, 1 Hold Street",
    "Form attached.\n\nOn 3 November 2026 SECAS wrote:\n> Please do not process this.\n> Firmware 01:01:01:01",
    "Form attached.\n\n-----Original Message-----\nFrom: Bob\nPlease hold this. Firmware 01:01:01:01",
    "Many thanks for your help with this submission.",
    "We submit the enclosed form in accordance with the guidance.",
    "The device is a gas meter with a display; the release notes describe the changes.",
    "CAUTION: this mail comes from outside. Do not click on links.\n\nPlease see the attached form.",
    "The meter replaces our earlier model in new installations.",
]


def said(text: str | None, *, kind: str = "submission") -> Dossier:
    return a_dossier(FORM, certificates_for(FORM), message=replace(a_message(kind), text=text))


@pytest.mark.parametrize("text", AGAINST)
def test_words_against_the_form_are_quoted(text: str) -> None:
    findings = ruling(said(text), RULE).findings
    assert findings
    quoted = findings[0].message.removeprefix("The mail says: “").removesuffix("”")
    assert quoted in " ".join(text.split())


@pytest.mark.parametrize(("text", "named"), ELSEWHERE)
def test_a_value_that_no_form_holds_is_named(text: str, named: str) -> None:
    messages = [finding.message for finding in ruling(said(text), RULE).findings]
    assert messages == [f"The mail names the {named}, which is not on the form."]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_letters_alarm_nobody(text: str) -> None:
    assert [finding.message for finding in ruling(said(text), RULE).findings] == []


@pytest.mark.parametrize(
    ("subject", "verdict_"),
    [
        ("HOLD - CPL submission: AML-E5", "fail"),
        ("RE: CPL submission (DRAFT)", "fail"),
        ("CPL submission: bitte noch nicht bearbeiten", "fail"),
        ("CPL submission, firmware 12:03:12:35", "fail"),
        ("[EXTERNAL] Re: CPL submission: AML-E5", "pass"),
        ("CPL submission, firmware 12:03:12:34", "pass"),
    ],
)
def test_its_subject_counts_as_its_text(subject: str, verdict_: str) -> None:
    dossier = said("Please find the form attached.")
    assert dossier.message is not None
    assert verdict(replace(dossier, message=replace(dossier.message, subject=subject)), RULE) == verdict_


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Пожалуйста, пока не обрабатывайте.", "in a language that is not read here"),
        ("Please see the form.\n[…]", "longer than is read here"),
    ],
)
def test_what_was_not_looked_at_is_told(text: str, why: str) -> None:
    (finding,) = ruling(said(text), RULE).findings
    assert why in finding.message


def test_an_update_has_a_hash() -> None:
    (finding,) = ruling(said("The hash is on the form.", kind="update"), RULE).findings
    assert finding.field == HASH


@pytest.mark.parametrize(
    ("quoted", "expected"),
    [
        (A_HASH[:11], []),
        (A_HASH[-11:], []),
        (A_HASH[3:14], [f"hash {A_HASH[3:14]}"]),
        (A_HASH[:5], [f"hash {A_HASH[:5]}"]),
    ],
)
def test_a_hash_may_be_quoted_by_its_beginning_or_its_end(quoted: str, expected: list[str]) -> None:
    form = a_form(GAS, {HASH: A_HASH})
    dossier = a_dossier(form, message=a_message(text=f"The hash is {quoted}."))
    messages = [finding.message for finding in ruling(dossier, RULE).findings]
    assert messages == [f"The mail names the {each}, which is not on the form." for each in expected]


def test_a_sentence_in_words_that_covering_letters_have_not_is_quoted_once() -> None:
    assert told("Please find the form attached. Kindly shelve it.") == ["The mail says: “Kindly shelve it.”"]
    assert told("Please do not process this, shelve it.") == ["The mail says: “Please do not process this, shelve it.”"]


def test_of_many_values_five_are_named() -> None:
    many = " ".join(f"Firmware 01:01:01:{at:02}." for at in range(10, 17))
    assert len(told(many)) == 5


def test_a_checksum_of_an_attached_file_is_no_other_hash() -> None:
    dossier = said("The form's SHA-256 is " + "ab" * 32)
    first = replace(dossier.documents[0], sha256="ab" * 32)
    assert verdict(replace(dossier, documents=(first, *dossier.documents[1:])), RULE) == "pass"


def test_a_mail_whose_words_were_not_kept_is_not_judged() -> None:
    assert verdict(said(None), RULE) == "not_applicable"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Please find attached the form for the twin element meter.", "fail"),
        ("A new PPMID of ours is attached.", "fail"),
        ("Please find attached the form for the gas meter.", "pass"),
        ("The gas meter works with every communications hub.", "pass"),
    ],
)
def test_a_mail_speaks_of_the_form_s_type_of_device(text: str, expected: str) -> None:
    assert verdict(a_dossier(FORM, message=a_message(text=text)), RULE) == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Please find two New Entry forms attached.", 2),
        ("Attached are 3 forms.", 3),
        ("We enclose four signed workbooks.", 4),
        ("We hereby submit 12 new entries.", 12),
        ("This mail is one of two submissions below.", 2),
        *((f"Please find {word} forms attached.", number) for number, word in enumerate(WORDS, 2)),
        ("Please find FIVE forms attached.", 5),
    ],
)
def test_a_form_that_is_announced_and_did_not_come_is_asked_for(text: str, number: int) -> None:
    (finding,) = ruling(said(text), RULE).findings
    assert finding.message.startswith(f"The mail speaks of {number} forms, and 1 came with it")
    both = replace(said(text), entries=(FORM,) * number)
    assert list(check(replace(both, new_entry=FORM))) == []


FORWARDED = (
    "Please see below.\n\n---------- Forwarded message ---------\nFrom: Lab <lab@x.example>\nSubject: AML\n\n{}\n"
)


def told(text: str) -> list[str]:
    message = replace(a_message(), text=text)
    return [finding.message for finding in check(replace(a_dossier(FORM, certificates_for(FORM)), message=message))]


def test_what_a_forwarded_message_says_is_heard() -> None:
    assert told(FORWARDED.format("The CPA certificate has been suspended since Monday.")) == [
        "The message that it forwards says: “The CPA certificate has been suspended since Monday.”"
    ]
    assert told(FORWARDED.format("Here are the certificates for your submission.")) == []


def test_a_share_of_files_that_a_mail_links_to_is_named() -> None:
    assert told("Further documents: https://ashdown.sharepoint.com/x/y") == [
        "The mail links to files at ashdown.sharepoint.com, and we cannot open links."
    ]
    assert told("Visit us at https://ashdown.example/news") == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Please find two forms attached.", []),  # of an application to the test house, perhaps
        (
            "Tested with firmware 12:03:12:35.",
            ["a.pdf names the firmware version 12:03:12:35, which is not on the form."],
        ),
        ("Tested with firmware 12:03:12:33.", []),  # the earlier form's
    ],
)
def test_a_paper_is_held_against_earlier_forms_too_and_announces_none(words: str, expected: list[str]) -> None:
    paper = a_document("a.pdf", DocumentKind.OTHER, words=words)
    earlier = a_form(GAS, {FIRMWARE: "12:03:12:33"})
    dossier = replace(a_dossier(FORM, [*certificates_for(FORM), paper]), earlier=(earlier,))
    assert [finding.message for finding in ruling(dossier, RULE).findings] == expected
