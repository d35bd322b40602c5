"""What a submission is found by, and what a person may type to find it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import A_HASH, CREATOR, FIRMWARE, GAS, HASH, MANUFACTURER, MODEL, a_certificate, a_dossier, a_form

from intake.domain.search_facts import Fact, FactKind, Sought, of_envelope, of_evidence, of_names, of_person, sought
from rules.facts import DocumentKind, Dossier

DIGEST = "ab" * 32


def finds(text: str, facts: tuple[Fact, ...]) -> bool:
    """Whether the search, by facts alone, means these facts."""
    asked = sought(text)
    begins = [tuple(term.values) for term in asked.terms]

    def told(values: tuple[str, ...]) -> bool:
        return any(fact.value.startswith(values) for fact in facts) if values else False

    return told(asked.whole) or (bool(begins) and all(map(told, begins)))


def stated_in(dossier: Dossier) -> tuple[Fact, ...]:
    """The facts that are not what files are called."""
    return tuple(fact for fact in of_evidence(dossier) if fact.kind is not FactKind.DOCUMENT)


def test_a_message_is_found_by_its_envelope_before_it_is_read() -> None:
    facts = of_envelope("Robin Hale <Robin.Hale@post.Ashdown.example>", "CPL submission: AML-G1 (gas)", DIGEST)
    for text in (
        "robin", "HALE", "robin.hale@post", "ashdown.example", "post.ashdown", "aml-g1", "AML G1", "amlg1", "gas",
        "submission aml", "abababab", "AB:AB:AB:AB", "ab ab ab ab ab",
        f"sha256:{DIGEST}", f"SHA-256 = {DIGEST}", "0xABABAB",
    ):  # fmt: skip
        assert finds(text, facts), text
    for text in (
        "rob hall",
        "ashdown.test",
        "g2",
        "ababa",
        "cdcdcdcd",
        "(",
        "",
        "  ",
        "sha256: cdcdcd",
        "0x",
        "sha256",
    ):
        assert not finds(text, facts), text


def test_a_read_submission_is_found_by_what_the_form_and_the_certificates_state() -> None:
    form = a_form(
        GAS, {MANUFACTURER: "10:6C", MODEL: "10:02", FIRMWARE: "12:03:12:34", CREATOR: "Ashdown Ltd", HASH: A_HASH}
    )
    facts = of_evidence(a_dossier(form))
    for text in (
        "10:6C", "106c", "10:02", "12:03:12:34", "12:03", "12031234", "12.3 (Stack 1.2.3.4)", "ashdown", "Ashdown Ltd",
        "NCSC-1433053936-9001", "1433053936", "[E] NCSC-1433053936-9001", "14330539369001", "ZIG23001ZSE13200-24",
        "zig23001zse1320024", A_HASH, A_HASH.replace(":", ""), A_HASH[:8], A_HASH.replace(":", " ")[:11],
        "Gas Smart Meter", "gas  smart", "0x106C 0x1002", "0x12031234",
    ):  # fmt: skip
        assert finds(text, facts), text
    for text in ("10:6D", "gas smart hub", "12:04", "NCSC-1433053937", "ZIG24", A_HASH[:5]):
        assert not finds(text, facts), text


@pytest.mark.parametrize(
    "text", ["12.3 (Stack 1.2.3.4)", "Version 12.3, stack 1.2.3.4", "v12.3 (Stack 1.2.3.4)", "FW 12.3 (stack 1.2.3.4)"]
)
def test_a_version_is_found_as_certificates_print_it_and_a_word_beside_it_narrows(text: str) -> None:
    facts = of_evidence(a_dossier(a_form(GAS, {FIRMWARE: "12:03:12:34", CREATOR: "Ashdown Ltd"})))
    assert finds(text, facts)
    assert not finds(f"{text} holloway", facts)
    assert not finds(f"holloway {text}", facts)


def test_who_decided_is_found() -> None:
    assert of_person("Ada Moor") == (Fact(FactKind.DECIDED, "ada"), Fact(FactKind.DECIDED, "moor"))


@pytest.mark.parametrize(
    "text",
    [
        "CPL-000042",
        "cpl-000042",
        "CPL-42",
        "cpl 42",
        " Cpl-42 ",
        "CPL42",
        "CPL\u201342",
        "(CPL-000042).",
        "cpl_42",
        "CPL #42",
    ],
)
def test_a_reference_means_that_message_alone(text: str) -> None:
    assert sought(text) == Sought(number=42, by_reference=True)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("42", 42),
        ("000042", 42),
        ("#42", 42),
        ("# 42", 42),
        ("42.", 42),
        ("\uff14\uff12", 42),
        ("Re: CPL-000042", 42),
        ("CPL-000042 CPL-000043", None),
        ("4 2", None),
        ("4" * 30, None),
        ("x42", None),
    ],
)
def test_digits_may_be_a_reference_among_other_things(text: str, number: int | None) -> None:
    asked = sought(text)
    assert (asked.number, asked.by_reference) == (number, False)
    assert asked.terms


@pytest.mark.parametrize(
    "text",
    [
        "\0",
        "\ud800",
        "%",
        "_",
        "'",
        "a\0b",
        "\u202eevil",
        "x" * 10_000,
        "a " * 500,
        "a\0b \u202ec",
        "٤٢",
        "ﬃ",
        "İ",
        "[E]",
        "#",
        "...",
    ],
)
def test_nothing_that_is_typed_or_sent_is_more_than_words(text: str) -> None:
    asked = sought(text)
    values = [*asked.whole, *(value for term in asked.terms for value in term.values)]
    kept = [fact.value for fact in (*of_envelope(text, text, DIGEST), *of_person(text))]
    for value in values + kept:
        assert value
        assert len(value) <= 121
        assert value.isprintable()
    assert len(asked.terms) <= 6


def test_a_message_of_ten_thousand_words_keeps_some_of_them() -> None:
    assert len(of_envelope("a@b.test", " ".join(f"w{n}" for n in range(10_000)), DIGEST)) < 300


@pytest.mark.parametrize("facts", [{}, {"Manufacturer": " ", "Firmware Version": "see above"}])
def test_what_a_certificate_does_not_state_is_nothing_to_find_it_by(facts: dict[str, str | None]) -> None:
    bare = a_certificate("zigbee.pdf", DocumentKind.ZIGBEE_CERTIFICATE, facts)
    assert stated_in(replace(a_dossier(documents=[bare]), entries=())) == ()


def test_a_certificate_alone_is_found_by_what_it_states() -> None:
    stated = {
        "Manufacturer": "Ashdown Ltd",
        "Firmware Version": "12.3 (Stack 1.2.3.4)",
        "Certification ID Number": "Z-9",
    }
    only = a_certificate("zigbee.pdf", DocumentKind.ZIGBEE_CERTIFICATE, stated)
    other = a_certificate("letter.pdf", DocumentKind.OTHER, {"Certification ID Number": "Z-8"})
    assert stated_in(replace(a_dossier(documents=[only, other]), entries=())) == (
        Fact(FactKind.MANUFACTURER, "ashdown"),
        Fact(FactKind.MANUFACTURER, "ltd"),
        Fact(FactKind.FIRMWARE, "12031234"),
        Fact(FactKind.CERTIFICATE, "z9"),
    )


@pytest.mark.parametrize(
    "stated", ["Bramley & Stoke Ltd", "Bramley and Stoke Limited", "BRAMLEY & STOKE", "Bramley & Stoke Ltd."]
)
@pytest.mark.parametrize(
    "typed",
    ["Bramley Ltd", "bramley limited", "Bramley & Stoke", "Bramley and Stoke Ltd.", "Stoke plc", "bramley stoke"],
)
def test_a_company_is_found_whatever_its_legal_form_is_written_as(stated: str, typed: str) -> None:
    assert finds(typed, of_evidence(a_dossier(a_form(GAS, {CREATOR: stated}))))


def test_the_legal_form_alone_is_still_a_word() -> None:
    facts = of_evidence(a_dossier(a_form(GAS, {CREATOR: "Bramley Limited"})))
    assert finds("ltd", facts)
    assert not finds("plc", facts)
    assert not finds("Holloway Ltd", facts)
    assert not finds("ltd holloway", facts)


NAMES = (
    "CPL New Entry AML-G3 (final).xlsx",
    "ZigBee certificate F12.pdf",
    "Kestrel_2.1_release notes.docx",
    "CPA certificate.pdf",
)


@pytest.mark.parametrize(
    "text",
    [
        "CPL New Entry AML-G3 (final).xlsx", "cpl new entry  aml-g3", "AML-G3", "aml g3", "f12", "F12.pdf",
        "ZigBee certificate F12.pdf", "zigbee certificate f12", "kestrel", "Kestrel_2.1", "kestrel release",
        "CPA certificate.pdf", "release notes.docx kestrel",
    ],
)  # fmt: skip
def test_a_submission_is_found_by_what_its_files_are_called(text: str) -> None:
    facts = tuple(Fact(FactKind.DOCUMENT, name) for name in of_names(NAMES))
    expected = text not in {"kestrel release", "release notes.docx kestrel"}
    assert finds(text, facts) is expected, "words of any file, and parts without the rest, tell nothing"


@pytest.mark.parametrize(
    "text", ["zigbee", "certificate", "cpl new entry", "new entry", "pdf", "cpa certificate", "final"]
)
def test_what_any_file_is_called_finds_none(text: str) -> None:
    assert not finds(text, tuple(Fact(FactKind.DOCUMENT, name) for name in of_names(NAMES)))


def test_names_of_many_files_are_all_kept_and_pictures_of_the_text_are_not() -> None:
    many = [a_certificate(f"cert n{n}.pdf", DocumentKind.OTHER, {}) for n in range(500)]
    logo = replace(a_certificate("logo.png", DocumentKind.OTHER, {}), inline=True)
    facts = of_evidence(replace(a_dossier(documents=[*many, logo]), entries=()))
    assert all(finds(f"n{n}", facts) for n in range(500))
    assert not finds("logo", facts)


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("<a.b-c@ashdown.example>", "<a.b-c@ashdown.example>"),
        ("a.b-c@ashdown.example", "<a.b-c@ashdown.example>"),
        ("Message-ID: <AB$C@Ashdown.example>", "<AB$C@Ashdown.example>"),
        ("mid:ab@c", "<ab@c>"),
        ("robin <a@b>", ""),
        ("a@b c@d", ""),
        ("@", ""),
        ("CPL-42", ""),
    ],
)
def test_a_text_may_be_a_message_id(text: str, identity: str) -> None:
    assert sought(text).message_id == identity
