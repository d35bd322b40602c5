from __future__ import annotations

from collections.abc import Mapping

import pytest
from extract import papers
from extract.facts_on_paper import CPA, DLMS, PAPERS, ZIGBEE

from intake.demo import certificates
from intake.extract.document import read_document
from rules.facts import AssuranceCertificate, DocumentKind, ReadBy


def read(content: bytes) -> AssuranceCertificate:
    document = read_document("paper.pdf", content).document
    assert document.trouble is None
    assert document.read_by is ReadBy.TEXT
    assert document.certificate is not None, document.kind
    return document.certificate


def values(certificate: AssuranceCertificate) -> dict[str, str]:
    return {label: stated.value for label, stated in certificate.facts.items()}


@pytest.mark.parametrize("layout", papers.LAYOUTS)
@pytest.mark.parametrize("kind", PAPERS)
def test_every_label_is_read_however_the_page_is_set(kind: DocumentKind, layout: str) -> None:
    title, facts = PAPERS[kind]
    certificate = read(papers.LAYOUTS[layout](title, facts))
    assert certificate.kind is kind
    assert values(certificate) == facts


@pytest.mark.parametrize(
    ("content", "kind", "facts"),
    [
        (certificates.zigbee_certificate(ZIGBEE), DocumentKind.ZIGBEE_CERTIFICATE, ZIGBEE),
        (certificates.cpa_certificate(CPA), DocumentKind.CPA_CERTIFICATE, CPA),
        (certificates.dlms_certificate(DLMS), DocumentKind.DLMS_CERTIFICATE, DLMS),
    ],
    ids=["zigbee", "cpa", "dlms"],
)
def test_our_own_specimens_are_read_to_the_letter(content: bytes, kind: DocumentKind, facts: Mapping[str, str]) -> None:
    certificate = read(content)
    assert certificate.kind is kind
    assert values(certificate) == facts


def test_every_value_says_where_it_stands() -> None:
    certificate = read(certificates.zigbee_certificate(ZIGBEE))
    for stated in certificate.facts.values():
        assert stated.where.document == "paper.pdf"
        assert stated.where.page == 1
        assert stated.where.box is not None
        left, bottom, right, top = stated.where.box
        assert 0 < left < right < 595
        assert 0 < bottom < top < 842


def test_a_box_on_a_turned_page_is_given_as_the_page_is_shown() -> None:
    title, facts = PAPERS[DocumentKind.ZIGBEE_CERTIFICATE]
    box = read(papers.turned(title, facts)).facts["Type of Device"].where.box
    assert box is not None
    left, bottom, right, top = box
    assert left == pytest.approx(320, abs=2)
    assert bottom < 480 < top
    assert right - left > 150


WORDINGS = [
    (DocumentKind.ZIGBEE_CERTIFICATE, "Model Identification", "Model Identifier"),
    (DocumentKind.ZIGBEE_CERTIFICATE, "Certification ID Number", "Certification Number"),
    (DocumentKind.CPA_CERTIFICATE, "Certificate Identification Number", "Certificate Number"),
    (DocumentKind.CPA_CERTIFICATE, "Device Type", "Product Type"),
    (DocumentKind.CPA_CERTIFICATE, "Manufacturer", "Manufacturer Identifier"),
    (DocumentKind.CPA_CERTIFICATE, "Model", "Model Identifier"),
    (DocumentKind.CPA_CERTIFICATE, "Firmware Version", "Version"),
    (DocumentKind.CPA_CERTIFICATE, "Security Characteristics", "Security Characteristics Version"),
    (DocumentKind.CPA_CERTIFICATE, "Expiry Date", "Renewal Date"),
    (DocumentKind.DLMS_CERTIFICATE, "Certificate Identification Number", "Certificate Number"),
    (DocumentKind.DLMS_CERTIFICATE, "Type", "Type Designation"),
    (DocumentKind.DLMS_CERTIFICATE, "Date of Issue", "Issue Date"),
]


@pytest.mark.parametrize(("kind", "label", "wording"), WORDINGS)
def test_other_wordings_of_a_label_are_known(kind: DocumentKind, label: str, wording: str) -> None:
    title, facts = PAPERS[kind]
    printed = {wording if name == label else name: value for name, value in facts.items()}
    standard = "Renewal Date" if wording == "Renewal Date" else label
    assert read(papers.ruled(title, printed)).facts[standard].value == facts[label]


@pytest.mark.parametrize("kind", PAPERS)
def test_letters_drawn_as_one_and_soft_hyphens_hinder_no_label(kind: DocumentKind) -> None:
    title, facts = PAPERS[kind]
    assert values(read(papers.typeset(title, facts))) == facts


def test_labels_are_found_in_any_order_and_case() -> None:
    facts = {label.upper(): value for label, value in reversed(ZIGBEE.items())}
    assert values(read(papers.columns("ZigBee Certificate of Compliance", facts))) == ZIGBEE


@pytest.mark.parametrize("layout", ["ruled", "lines", "columns", "stacked"])
def test_a_label_that_is_not_printed_is_not_made_up(layout: str) -> None:
    facts = {label: value for label, value in ZIGBEE.items() if label != "Hardware Version"}
    assert values(read(papers.LAYOUTS[layout]("ZigBee Certificate of Compliance", facts))) == facts


@pytest.mark.parametrize("layout", ["ruled", "columns", "middled"])
def test_a_label_without_a_value_borrows_none(layout: str) -> None:
    facts = {**ZIGBEE, "Hardware Version": ""}
    actual = values(read(papers.LAYOUTS[layout]("ZigBee Certificate of Compliance", facts)))
    assert actual == {label: value for label, value in ZIGBEE.items() if label != "Hardware Version"}


def test_a_label_printed_twice_with_different_values_is_left_to_a_person() -> None:
    facts = {**ZIGBEE, "Firmware version": "01:02:05:07"}
    document = read_document("paper.pdf", papers.ruled("ZigBee Certificate of Compliance", facts)).document
    assert document.certificate is not None
    actual = values(document.certificate)
    assert actual == {label: value for label, value in ZIGBEE.items() if label != "Firmware Version"}
    (note,) = document.notes
    assert note == (
        "Firmware Version is printed more than once with different values ('01:02:05:06', '01:02:05:07'); "
        "please say which of them is right."
    )


def test_a_label_printed_twice_with_the_same_value_is_read() -> None:
    facts = {**ZIGBEE, "Firmware version": ZIGBEE["Firmware Version"]}
    assert values(read(papers.ruled("ZigBee Certificate of Compliance", facts))) == ZIGBEE


def test_a_code_that_is_broken_across_lines_is_left_to_a_person() -> None:
    facts = {**CPA, "Certificate Identification Number": "ESME1433053936A1272B9911"}
    actual = values(read(papers.middled("Commercial Product Assurance certificate", facts)))
    assert "Certificate Identification Number" not in actual
    assert actual["Model"] == "00:21"


@pytest.mark.parametrize("leading", [11.5, 12, 13.5, 15])
@pytest.mark.parametrize("kind", PAPERS)
def test_where_rows_cannot_be_told_apart_nothing_wrong_is_read(kind: DocumentKind, leading: float) -> None:
    title, facts = PAPERS[kind]
    actual = values(read(papers.tight(title, facts, leading=leading)))
    assert actual.items() <= facts.items()


def test_a_version_that_ends_another_value_is_not_the_firmware_s() -> None:
    facts = {label: value for label, value in CPA.items() if label != "Firmware Version"}
    for layout in (papers.tight, papers.ruled, papers.middled, papers.two_pairs, papers.stacked):
        assert "Firmware Version" not in values(read(layout("Commercial Product Assurance certificate", facts)))


def test_several_values_below_one_label_are_left_to_a_person() -> None:
    models = papers.table(
        "Commercial Product Assurance certificate",
        [
            ["Certificate Number", "Model", "Firmware Version"],
            ["SMCH58603416", "00:21", "01:02:05:06"],
            ["", "00:21", "01:02:05:07"],
            ["", "00:22", "01:02:05:08"],
        ],
    )
    document = read_document("paper.pdf", models).document
    assert document.certificate is not None
    assert "Model" not in document.certificate.facts
    assert "Firmware Version" not in document.certificate.facts
    assert [note.partition(" heads a list")[0] for note in document.notes] == ["Model", "Firmware Version"]


def test_a_column_for_each_variant_is_left_to_a_person() -> None:
    title, facts = PAPERS[DocumentKind.ZIGBEE_CERTIFICATE]
    second = {"Model Identification": "00:22", "Firmware Version": "01:02:05:07"}
    document = read_document("paper.pdf", papers.beside(title, facts, second)).document
    assert document.certificate is not None
    assert values(document.certificate) == {label: value for label, value in facts.items() if label not in second}
    assert [note.partition(" heads a list")[0] for note in document.notes] == list(second)


def test_remarks_in_a_column_of_their_own_hinder_nobody() -> None:
    title, facts = PAPERS[DocumentKind.ZIGBEE_CERTIFICATE]
    remarks = dict.fromkeys(list(facts)[1:], "as tested")
    assert values(read(papers.beside(title, facts, remarks))) == facts


@pytest.mark.parametrize("words", ["Bootloader", "of the predecessor", "of the reference meter used in the test"])
@pytest.mark.parametrize(("above", "beside"), [(True, 0), (True, 6), (True, 12), (False, 0), (False, -6)])
def test_a_longer_label_that_ends_or_begins_like_a_known_one_is_another(words: str, above: bool, beside: int) -> None:
    title, facts = PAPERS[DocumentKind.ZIGBEE_CERTIFICATE]
    content = papers.wrapped_label(title, facts, "Firmware Version", words, above=above, beside=beside)
    assert values(read(content)) == {label: value for label, value in facts.items() if label != "Firmware Version"}


def test_a_row_of_its_own_close_above_is_no_part_of_a_label() -> None:
    title, facts = PAPERS[DocumentKind.ZIGBEE_CERTIFICATE]
    content = papers.wrapped_label(title, facts, "Firmware Version", "Bootloader", above=True, beside=12, own="7.1")
    assert values(read(content)) == facts


def test_a_header_row_with_unknown_heads_gives_no_value_from_beside() -> None:
    row = papers.table(
        "Commercial Product Assurance certificate",
        [
            ["Certificate Number", "Model", "Laboratory", "Expiry Date"],
            ["SMCH58603416", "00:21", "Ashdown", "1/2/2030"],
        ],
    )
    actual = values(read(row))
    assert actual.get("Model") in {None, "00:21"}
    assert actual["Certificate Identification Number"] == "SMCH58603416"


@pytest.mark.parametrize("kind", PAPERS)
def test_the_kind_is_told_from_papers_that_speak_of_other_schemes(kind: DocumentKind) -> None:
    title, facts = PAPERS[kind]
    others = " ".join(other for other, _ in PAPERS.values() if other != title)
    content = papers.two_pairs(
        title, facts, more=f"See also, where a device has one: {others}, from CPA, DLMS, ZigBee."
    )
    assert read(content).kind is kind


def test_two_certificates_in_one_file_are_left_to_a_person() -> None:
    content = papers.joined(
        papers.ruled("ZigBee Certificate of Compliance", ZIGBEE),
        papers.ruled("Commercial Product Assurance certificate", CPA),
    )
    document = read_document("both.pdf", content).document
    assert document.kind is DocumentKind.UNREADABLE
    assert "more than one certificate" in (document.trouble or "")


@pytest.mark.parametrize(
    "title", ["Certificate of the National Cyber Security Centre", PAPERS[DocumentKind.CPA_CERTIFICATE][0]]
)
@pytest.mark.parametrize("apart", [True, False])
def test_a_second_certificate_is_noticed_without_a_title_or_a_page_of_its_own(title: str, apart: bool) -> None:
    first, facts = PAPERS[DocumentKind.ZIGBEE_CERTIFICATE]
    for pair in ([(first, facts), (title, CPA)], [(title, CPA), ("ZigBee Alliance", facts)]):
        content = papers.sheets(pair) if apart else papers.sheet(pair)
        document = read_document("both.pdf", content).document
        assert document.kind is DocumentKind.UNREADABLE, (pair[0][0], pair[1][0])
        assert "more than one certificate" in (document.trouble or "")


@pytest.mark.parametrize(
    "words",
    [
        "WITHDRAWN",
        "W I T H D R A W N",
        "This certificate has been withdrawn.",
        "Draft 3",
        "Status: Revoked",
        "Superseded by ZIG24001ZSE15000-24",
        "Cancelled on 1 May 2025",
        "The certification was suspended on 1 May 2025.",
        "Specimen",
    ],
)
def test_a_certificate_that_takes_itself_back_is_for_a_person(words: str) -> None:
    title, facts = PAPERS[DocumentKind.ZIGBEE_CERTIFICATE]
    document = read_document("paper.pdf", papers.sheet([(title, facts), (words, {})])).document
    assert document.certificate is not None
    assert len(document.notes) == 1
    assert document.notes[0].startswith("It says '")


@pytest.mark.parametrize(
    "words",
    [
        "The certification may be withdrawn if the product is changed.",
        "If this certificate has been revoked it must be returned.",
        "withdrawn by the test house without notice.",
        "A revoked certificate is void.",
        "Validity: see the list of certified products",
    ],
)
def test_conditions_of_certification_take_nothing_back(words: str) -> None:
    title, facts = PAPERS[DocumentKind.ZIGBEE_CERTIFICATE]
    assert read_document("paper.pdf", papers.sheet([(title, facts), (words, {})])).document.notes == ()


@pytest.mark.parametrize(
    ("paragraphs", "kind"),
    [
        (["Firmware Release Notes", "Firmware Version: 2.1", "The ZigBee certificate still applies."], "release_note"),
        (["Dear Sirs", "We confirm that the ZigBee certificate ZIG22041ZSE13121-24 covers module ZM-7."], "evidence"),
        (
            [
                "Declaration of no change",
                "Manufacturer: 10:63",
                "Model Identifier: 00:21",
                "Hardware Version: 01_02",
                "Firmware Version: 01:02:05:07",
                "We confirm that the ZigBee certificate ZIG22041ZSE13121-24 remains in force for this firmware.",
            ],
            "evidence",
        ),
        (["Minutes of a meeting", "Nothing was decided."], "other"),
        (["Invoice", "Version 2", "Device Type: none", "Total: 12"], "other"),
    ],
)
def test_letters_and_notes_are_no_certificates(paragraphs: list[str], kind: str) -> None:
    document = read_document("letter.pdf", papers.prose(paragraphs)).document
    assert document.kind == kind
    assert document.certificate is None
