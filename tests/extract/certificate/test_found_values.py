"""What keeps a value from being taken: another label in it or behind it, a second mention, a mere reference."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from intake.extract.certificate import certificates as under_test
from intake.extract.certificate.certificates import may_be_certificate, read_certificate, speaks_as_certificate
from intake.extract.certificate.kinds.zigbee import ZIGBEE
from intake.extract.certificate.labels import Label
from intake.extract.certificate.pairing import Pair
from intake.extract.page.runs import Box, Run
from rules.facts import DocumentKind, Stated, Where
from rules.fields import Label as Name

TITLE = "ZigBee Certificate of Compliance"


def run(text: str, left: float, row: float, *, page: int = 1) -> Run:
    box = (left, 800.0 - 20 * row, left + 5.0 * len(text), 810.0 - 20 * row)
    return Run(text, page, box, box)


@pytest.mark.parametrize(
    ("value", "own", "runs_into"),
    [
        ("01:02 Certification Date", Name.FIRMWARE_VERSION, True),
        ("01:02 Certification Date:", Name.FIRMWARE_VERSION, True),
        ("01:02 Manufacturer", Name.FIRMWARE_VERSION, True),
        ("01:02 Firmware Version", Name.FIRMWARE_VERSION, False),
        ("01:02", Name.FIRMWARE_VERSION, False),
        ("Manufacturer", Name.FIRMWARE_VERSION, False),
        ("Certification Date 01:02", Name.FIRMWARE_VERSION, False),
        ("", Name.FIRMWARE_VERSION, False),
    ],
)
def test_a_value_that_ends_in_another_label_is_none(value: str, own: str, runs_into: bool) -> None:
    assert under_test._runs_into_label(value, own, ZIGBEE) is runs_into  # noqa: SLF001  # set too close on few papers


def paired(name: str, *lines: str, inline: str | None = None) -> Pair:
    head = run(name, 0, 0)
    return Pair(Label(name, (head,), head.box), tuple(run(line, 100, row) for row, line in enumerate(lines)), inline)


@pytest.mark.parametrize(
    ("pairing", "holds"),
    [
        (paired("Firmware Version", "01:02", "Certification Date"), True),
        (paired("Firmware Version", "01:02", "Manufacturer 4N"), True),
        (paired("Firmware Version", "01:02", "Date of Certification 1 May"), True),
        (paired("Firmware Version", "01:02", "of the Manufacturer"), False),
        (paired("Firmware Version", "01:02", "Firmware Version"), False),
        (paired("Firmware Version", "Certification Date"), False),
        (paired("Firmware Version", "01:02", "words"), False),
        (paired("Firmware Version", "01:02", "a", "Certification Date"), True),
        (paired("Firmware Version", "01:02", "Certification Date", inline="01:02"), False),
        (paired("Model Identification", "10:6C", "Model"), False),
    ],
)
def test_a_value_of_which_a_later_line_begins_like_a_label_is_none(pairing: Pair, holds: bool) -> None:
    assert under_test._holds_label(pairing, ZIGBEE) is holds  # noqa: SLF001  # likewise


def label(name: str, row: float, *, page: int = 1) -> Label:
    head = run(name, 0, row, page=page)
    return Label(name, (head,), head.box)


@pytest.mark.parametrize(
    ("row", "page", "name", "doubtful"),
    [
        (1.0, 1, "Manufacturer", True),
        (2.95, 1, "Manufacturer", True),
        (3.0, 1, "Manufacturer", False),
        (-2.95, 1, "Manufacturer", True),
        (-3.0, 1, "Manufacturer", False),
        (1.0, 2, "Manufacturer", False),
        (1.0, 1, "Firmware Version", False),
    ],
)
def test_a_label_said_twice_close_together_with_one_value_is_doubtful(
    row: float, page: int, name: str, doubtful: bool
) -> None:
    valued, bare = label("Manufacturer", 20), label(name, 20 + row, page=page)
    pairs = [Pair(valued, (run("Ashdown", 100, 20),))]
    names = under_test._said_twice([valued, bare], pairs)  # noqa: SLF001  # likewise
    assert names == (frozenset({"Manufacturer"}) if doubtful else frozenset())
    both = [*pairs, Pair(bare, (run("Other", 100, 21),))]
    assert under_test._said_twice([valued, bare], both) == frozenset()  # noqa: SLF001  # likewise


def stated(*values: str) -> dict[str, Stated]:
    return {value: Stated(value, Where("a.pdf")) for value in values}


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        (("01:02", "see Annex A"), ["01:02"]),
        (("01:02", "Please refer to the table below"), ["01:02"]),
        (("01:02", "as listed in appendix 1"), ["01:02"]),
        (("01:02", "(see overleaf)"), ["01:02"]),
        (("01:02", "according to Schedule 3"), ["01:02"]),
        (("01:02", "01:03"), ["01:02", "01:03"]),
        (("01:02", "01:03", "see Annex A"), ["01:02", "01:03", "see Annex A"]),
        (("see Annex A", "see Annex B"), ["see Annex A", "see Annex B"]),
        (("see Annex A",), ["see Annex A"]),
        (("01:02", "annexed to it"), ["01:02", "annexed to it"]),
    ],
)
def test_a_reference_gives_way_to_the_one_value_it_refers_to(values: Sequence[str], kept: list[str]) -> None:
    assert list(under_test._without_references(stated(*values))) == kept  # noqa: SLF001  # likewise


def test_a_value_s_box_is_around_all_its_lines_as_they_are_shown() -> None:
    shown: list[Box] = [(100.04, 700.0, 150.0, 710.06), (90.0, 688.0, 140.0, 698.0)]
    box = (0.0, 0.0, 1.0, 1.0)
    lines = tuple(Run(text, 3, box, place) for text, place in zip(("ZIG-", "9"), shown, strict=True))
    head = run("x", 0, 0, page=3)
    pairing = Pair(Label("x", (head,), head.box), lines)
    value = under_test._stated("a.pdf", pairing, prose=False)  # noqa: SLF001  # likewise
    assert value == Stated("ZIG-9", Where("a.pdf", page=3, box=(90.0, 688.0, 150.0, 710.1)))
    assert under_test._stated("a.pdf", Pair(pairing.label, lines, inline=""), prose=False) is None  # noqa: SLF001  # likewise


TOLD = "Firmware Version is printed more than once with different values ({}); please say which of them is right."


@pytest.mark.parametrize(
    ("values", "printed"),
    [
        (("1", "2"), "'1', '2'"),
        (("1", "2", "3", "4", "5"), "'1', '2', '3', '4'"),
        (("x" * 60, "y" * 61), f"'{'x' * 60}', '{'y' * 60}'"),
    ],
)
def test_values_that_differ_are_told_side_by_side(values: Sequence[str], printed: str) -> None:
    note = under_test._note("Firmware Version", list(stated(*values).values()))  # noqa: SLF001  # likewise
    assert note == TOLD.format(printed)


FACTS = {
    "Certification ID Number": "ZIG20ZSE101",
    "Manufacturer": "Ashdown",
    "Firmware Version": "01:02",
    "Certification Date": "1 May 2026",
}


def paper(facts: dict[str, str], *, page: int = 1, first: float = 0) -> list[Run]:
    rows = enumerate(facts.items())
    return [
        piece
        for row, (name, value) in rows
        for piece in (run(name, 0, first + row, page=page), run(value, 200, first + row, page=page))
    ]


def test_a_certificate_is_read_with_the_places_of_its_labels_and_values() -> None:
    reading = read_certificate("a.pdf", [TITLE], paper(FACTS))
    assert reading is not None
    assert {name: fact.value for name, fact in reading.certificate.facts.items()} == FACTS
    assert (reading.certificate.document, reading.certificate.kind) == ("a.pdf", DocumentKind.ZIGBEE_CERTIFICATE)
    assert {fact.where.document for fact in reading.certificate.facts.values()} == {"a.pdf"}
    assert [piece.text for piece in reading.labels] == list(FACTS)
    assert [piece.text for piece in reading.values] == list(FACTS.values())
    assert reading.notes == ()


RECOGNISED: dict[str, tuple[str, dict[str, str], bool]] = {
    "with its title": (TITLE, FACTS, True),
    "without a title": ("ZigBee", FACTS, True),
    "of no scheme": ("Certificate of Compliance", FACTS, False),
    "with too few labels": (TITLE, dict(list(FACTS.items())[:2]), False),
    "with just enough labels": (TITLE, dict(list(FACTS.items())[:3]), True),
    "with no label of its own": (TITLE, {"Manufacturer": "a", "Firmware Version": "1", "Hardware Version": "2"}, False),
    "a release note with its title": (f"Release Notes\n{TITLE}", FACTS, True),
    "a release note": ("Release Notes of ZigBee", FACTS, False),
    "a letter": ("Dear all,\nabout ZigBee", FACTS, False),
}


@pytest.mark.parametrize("case", RECOGNISED)
def test_a_certificate_is_known_by_its_scheme_title_and_labels(case: str) -> None:
    text, facts, is_one = RECOGNISED[case]
    assert (read_certificate("a.pdf", [text], paper(facts)) is not None) is is_one


def test_two_values_of_one_label_are_told_and_none_is_taken() -> None:
    runs = [*paper(FACTS), *paper({"Firmware Version": "01:03"}, first=30)]
    reading = read_certificate("a.pdf", [TITLE], runs)
    assert reading is not None
    assert set(reading.certificate.facts) == FACTS.keys() - {"Firmware Version"}
    assert reading.notes == (TOLD.format("'01:02', '01:03'"),)


OF_ITSELF = f"{TITLE}\nWITHDRAWN\nIt does not apply to the dual band variant."


def test_what_it_says_of_itself_is_told() -> None:
    reading = read_certificate("a.pdf", [OF_ITSELF], paper(FACTS))
    assert reading is not None
    state, exclusion = reading.notes
    assert state.startswith("It says 'WITHDRAWN' of itself;")
    assert exclusion.startswith("It leaves something out ('It does not apply to the dual band variant');")


LINES = [f"line {number}" for number in range(20)]


@pytest.mark.parametrize(
    ("page", "speaks"),
    [
        (f"ZigBee\n{TITLE}", True),
        ("ZigBee\nZertifikat", True),
        ("ZigBee\nAttestation de conformit\u00e9", True),
        ("Certificate of Compliance", False),
        ("ZigBee", False),
        ("\n".join([*LINES[:14], "ZigBee", "Certificate"]), True),
        ("\n".join([*LINES[:15], "ZigBee", "Certificate"]), False),
        ("\n\n".join([*LINES[:14], "ZigBee", "Certificate"]), True),
        ("ZigBee\nCertificate" + "x" * 59, True),
        ("ZigBee\nCertificate " + "x" * 59, False),
    ],
)
def test_a_paper_that_calls_itself_a_certificate_near_its_top_speaks_as_one(page: str, speaks: bool) -> None:
    assert speaks_as_certificate([page]) is speaks
    assert speaks_as_certificate(["other", page]) is speaks


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("ZigBee", True),
        ("ZIG BEE", True),
        ("Connectivity Standards Alliance", True),
        ("Commercial Product Assurance", True),
        ("CPA", True),
        ("NC\u017fC", True),
        ("National Cyber Security Centre", True),
        ("DLMS", True),
        ("COSEM", True),
        ("nothing", False),
        ("quality assurance", False),
        ("cpax", False),
    ],
)
def test_a_paper_that_names_a_scheme_may_be_a_certificate(text: str, may_be: bool) -> None:
    assert may_be_certificate(text) is may_be
