from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.encodings import (
    ANOMALY,
    Candidate,
    Coding,
    Numbers,
    Place,
    StackPlace,
    candidates,
    code,
    is_anomaly,
    settled,
)

DECIMAL = "each decimal number written as one hexadecimal byte"
DIGITS = "each number's decimal digits kept (BCD)"
EITHER = "each number written as one byte, which is the same in hexadecimal and BCD coding"
LITERAL = "each number taken as hexadecimal already"
WIDE = "each decimal number written in hexadecimal over as many bytes as it has pairs of digits"


def codings(text: str, octets: int = 4) -> dict[str, str]:
    return {candidate.value: str(candidate.coding) for candidate in candidates(text, octets)}


def values(text: str, octets: int = 4) -> list[str]:
    return [candidate.value for candidate in candidates(text, octets)]


def certain(text: str, octets: int = 4) -> str | None:
    candidate = settled(text, octets)
    return candidate.value if candidate else None


def test_the_guidance_s_table_with_the_coding_that_it_names() -> None:
    assert codings("12.3 (Stack 1.2.3.4)") == {
        "12:03:12:34": f"{DIGITS}, filling every byte, the stack digit by digit in the last two bytes"
    }
    assert codings("12.3 (Stack 12.34)") == {
        "0C:03:0C:22": f"{DECIMAL}, filling every byte, the stack in the last two bytes",
        "12:03:12:34": f"{DIGITS}, filling every byte, the stack in the last two bytes",
    }
    assert codings("7.8D Other String") == {
        "07:8D:00:00": f"{LITERAL}, left aligned, text left out",
        "00:00:07:8D": f"{LITERAL}, right aligned, text left out",
    }
    assert codings("Some String (14.7)") == {
        "0E:07:00:00": f"{DECIMAL}, left aligned, text left out",
        "00:00:0E:07": f"{DECIMAL}, right aligned, text left out",
        "14:07:00:00": f"{DIGITS}, left aligned, text left out",
        "00:00:14:07": f"{DIGITS}, right aligned, text left out",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12.3 (Stack 1.2.3.4)", "12:03:12:34"),
        ("12.3 (Stack 12.34)", "0C:03:0C:22"),
        ("7.8D Other String", "00:00:07:8D"),
        ("Some String (14.7)", None),
        ("12.3", None),
        ("12.3 (Stack 1.2)", None),
        ("1.2 (Stack 12.34)", None),
        ("1.2 (Stack 3.4)", "01:02:03:04"),
        ("12 (Stack 34.5)", None),
        ("12.100 (Stack 12.34)", "0C:64:0C:22"),
        ("7.8D (Stack 1.2)", "07:8D:01:02"),
        ("7 (Stack 8D.2)", None),
        ("Version 1.2.5.6", "01:02:05:06"),
        ("1.2.3.200", "01:02:03:C8"),
        ("24.03.10.02", None),
        ("1.0", None),
        ("7.2.4", None),
        ("0C.03.0C.22", "0C:03:0C:22"),
        ("0x12031234", "12:03:12:34"),
        ("12031234", None),
        ("First release", None),
        ("0.0", "00:00:00:00"),
    ],
)
def test_what_words_settle(text: str, expected: str | None) -> None:
    assert certain(text) == expected


def test_a_single_number_of_hexadecimal_digits_settles_no_place() -> None:
    assert values("Revision 8D", 2) == ["8D:00", "00:8D"]
    assert certain("Revision 8D", 2) is None


@pytest.mark.parametrize(
    ("plain", "listed", "coding"),
    [
        ("12.36", "0C:24:00:00", f"{DECIMAL}, left aligned"),
        ("13.3", "0D:03:00:00", f"{DECIMAL}, left aligned"),
        ("1.10", "01:10:00:00", f"{DIGITS}, left aligned"),
        ("5.2", "05:02:00:00", f"{EITHER}, left aligned"),
        ("7.2.4", "00:07:02:04", f"{EITHER}, right aligned"),
        ("6.4.8", "00:06:04:08", f"{EITHER}, right aligned"),
        ("24.03.10.02", "24:03:10:02", f"{DIGITS}, filling every byte"),
        ("4.10.2", "00:04:10:02", f"{DIGITS}, right aligned"),
        ("4.10.2", "00:04:0A:02", f"{DECIMAL}, right aligned"),
    ],
)
def test_real_pairs_that_map(plain: str, listed: str, coding: str) -> None:
    assert codings(plain)[listed] == coding
    assert certain(plain) is None


@pytest.mark.parametrize(
    ("plain", "listed"),
    [
        ("2.19", "02:13:00:03"),
        ("4.10.2", "00:04:10:01"),
        ("4.10.2", "00:04:0A:01"),
        ("1.38.3", "12:60:94:D0"),
        ("RC51.22", "F9:06:AE:EC"),
    ],
)
def test_real_pairs_that_no_coding_gives(plain: str, listed: str) -> None:
    assert candidates(plain, 4)
    assert listed not in values(plain)


@pytest.mark.parametrize(
    "text",
    [
        "12.3 (Stack 12.34)",
        "12.3 [stack 12.34]",
        "12.3, stack version 12.34",
        "v12.3 Stack: 12.34",
        "V.12.3 (Stack v12.34)",
        "Stack release 12.34; 12.3",
        "Firmware 12.3 (STACK ver. = 12.34)",
        " 12.3\u00a0(Stack\n12.34) ",
    ],
)
def test_a_stack_is_found_in_its_spellings(text: str) -> None:
    assert values(text) == ["0C:03:0C:22", "12:03:12:34"]
    assert candidates(text, 4)[0].coding.stack is StackPlace.NUMBERS


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "First release",
        "12,3",
        "12.3-4",
        "12.3/4",
        "12.3b",
        "12.3G",
        "12.3+",
        "1.2_3",
        "_12.3",
        ".",
        "1..2",
        "A1.2",
        "b1.2",
        "EX100 12.3",
        "12.3 build 4",
        "1.2 1.2",
        "12.3 (04/05/2017)",
        "Meter 12",
        "1.2.3.4.5",
        "1.300",
        "1.99999999999999999999",
        "1.ABC",
        "1.2.3 (Stack 1.2)",
        "12.3 (Stack 1.2.3)",
        "12.3 (Stack 1.2.3.4.5)",
        "12.3 (Stack 12.3.4.5)",
        "12.3 (Stack 300)",
        "12.3 (Stack 1.2) (Stack 1.2)",
        "12.3 (Stack 1.2b)",
        "12.3 (Stack 1.2-3)",
        "12.3 Stack",
        "Stack 1.2.3.4",
        "12.\u0663",
        "12.3 \u2013 release",
        "\uff11.2.3.4",
        "0x123456789",
        "0x",
        "DEADBEEF",
        "1203123",
        "1.2.3.12345",
        "1.2.5.6 and later",
        "up to 1.2.5.6",
        "all versions since 1.2.5.6",
        "1.2.5.6 or above",
        "Some String except (14.7)",
        "not 12.3",
        "replaces 1.2.5.6",
        "1.2.5.6 (obsolete)",
        "1.2.5.6 beta",
        "1.2.5.6 test",
        "1.2.5.6 (debug)",
        "1.2.5.6 RC",
        "1.2.5.6 pre-release",
        "1.2.5.6 rev B",
        "1.2.5.6 issue C",
        "1.2.5.6 (Variant A)",
        "Bootloader 1.2.5.6",
        "minimum 12.3 (Stack 1.2.3.4)",
    ],
)
def test_no_value_is_derived_from_doubtful_words(text: str) -> None:
    assert candidates(text, 4) == ()
    assert settled(text, 4) is None


@pytest.mark.parametrize(
    ("text", "left_out"),
    [("12.3", False), ("v12.3", True), ("Rel 12.3", True), ("- 12.3", False), ("12.3 ()", False), ("rc12.3.", True)],
)
def test_the_coding_says_whether_words_were_left_out(text: str, left_out: bool) -> None:
    assert [candidate.coding.words_left_out for candidate in candidates(text, 4)] == [left_out] * 4


@pytest.mark.parametrize(
    ("text", "octets", "expected"),
    [
        ("106C", 2, {"10:6C": f"{LITERAL}, filling every byte"}),
        ("10-6c", 2, {"10:6C": f"{LITERAL}, filling every byte"}),
        ("0x106C", 2, {"10:6C": f"{LITERAL}, filling every byte"}),
        ("106CH", 2, {"10:6C": f"{LITERAL}, filling every byte"}),
        ("0X7", 2, {"00:07": f"{LITERAL}, right aligned"}),
        ("0x78D", 4, {"00:00:07:8D": f"{LITERAL}, right aligned"}),
        ("4204", 2, {"10:6C": f"{WIDE}, filling every byte", "42:04": f"{DIGITS}, filling every byte"}),
        ("12_34", 2, {"0C:22": f"{DECIMAL}, filling every byte", "12:34": f"{DIGITS}, filling every byte"}),
        ("12:34", 2, {"12:34": f"{DIGITS}, filling every byte"}),
        ("01 02", 2, {"01:02": f"{EITHER}, filling every byte"}),
        (
            "1203.1234",
            4,
            {"04:B3:04:D2": f"{WIDE}, filling every byte", "12:03:12:34": f"{DIGITS}, filling every byte"},
        ),
        ("0C 030C-22", 4, {"0C:03:0C:22": f"{LITERAL}, filling every byte"}),
        ("0C0.30C22", 4, {}),
        ("106C12", 2, {}),
        ("0x10000", 2, {}),
        ("v106C", 2, {}),
    ],
)
def test_hexadecimal_digits_in_other_spellings(text: str, octets: int, expected: dict[str, str]) -> None:
    assert {candidate.value: str(candidate.coding) for candidate in code(text, octets)} == expected


def test_a_candidate_says_its_value_and_its_coding() -> None:
    candidate = Candidate("0C:03:00:00", Coding(Numbers.DECIMAL, Place.LEFT))
    assert str(candidate) == f"0C:03:00:00 ({DECIMAL}, left aligned)"


@pytest.mark.parametrize(
    ("text", "octets", "expected"),
    [
        ("1.2", 2, ["01:02"]),
        ("5", 2, ["05:00", "00:05"]),
        ("Rev. 12", 2, ["0C:00", "00:0C", "12:00", "00:12"]),
        ("12 (Stack 3.4)", 4, ["0C:00:03:04", "00:0C:03:04", "12:00:03:04", "00:12:03:04"]),
        ("1 (Stack 2)", 4, ["01:00:02:00", "00:01:00:02"]),
        ("1.2 (Stack 3)", 4, ["01:02:03:00", "01:02:00:03"]),
        ("1.2 (Stack 3)", 2, []),
        ("1_2", 2, ["01:02"]),
    ],
)
def test_values_of_other_lengths_and_places(text: str, octets: int, expected: list[str]) -> None:
    assert values(text, octets) == expected


def test_the_mapping_that_does_not_compute_is_no_candidate() -> None:
    assert is_anomaly("Some String (14.7)", ANOMALY.value)
    assert ANOMALY.value not in values("Some String (14.7)")
    assert not is_anomaly("Some String (13.7)", ANOMALY.value)
    assert not is_anomaly("Some String (14.7)", "0E:07:00:00")
    assert not is_anomaly("14.7 (Stack 1.2)", ANOMALY.value)
    assert not is_anomaly("Some String", ANOMALY.value)


octet = st.integers(0, 255)
digits = st.integers(0, 99)


@given(st.lists(octet, min_size=4, max_size=4), st.sampled_from(["{}", "v{}", "Version {}", "Some String ({})"]))
def test_octets_written_as_decimal_numbers_always_map_back(numbers: list[int], words: str) -> None:
    text = words.format(".".join(map(str, numbers)))
    assert ":".join(f"{number:02X}" for number in numbers) in values(text)


@given(st.lists(digits, min_size=4, max_size=4), st.booleans())
def test_octets_written_as_their_digits_always_map_back(numbers: list[int], padded: bool) -> None:
    text = ".".join(f"{number:02}" if padded else str(number) for number in numbers)
    assert ":".join(f"{number:02}" for number in numbers) in values(text)


@given(st.lists(octet, min_size=4, max_size=4), st.sampled_from([".", "_", "-", " ", "", ":"]))
def test_octets_written_in_hexadecimal_always_map_back(numbers: list[int], mark: str) -> None:
    pairs = [f"{number:02X}" for number in numbers]
    actual = values(mark.join(pairs)) + values(f"0x{''.join(pairs)}")
    if any(pair.isdecimal() or pair[0].isdecimal() or pair[1].isdecimal() for pair in pairs):
        assert ":".join(pairs) in actual
    assert certain(f"0x{''.join(pairs)}") == ":".join(pairs)


@given(st.lists(octet, min_size=2, max_size=2), st.lists(octet, min_size=2, max_size=2))
def test_application_and_stack_in_one_coding_always_map_back(application: list[int], stack: list[int]) -> None:
    text = f"{application[0]}.{application[1]} (Stack {stack[0]}.{stack[1]})"
    assert ":".join(f"{number:02X}" for number in (*application, *stack)) in values(text)


@given(st.lists(st.integers(10, 99), min_size=4, max_size=4), st.integers(1, 3))
def test_two_codings_in_one_value_never_map(numbers: list[int], at: int) -> None:
    text = ".".join(map(str, numbers))
    mixed = [f"{number:02X}" if place < at else f"{number:02}" for place, number in enumerate(numbers)]
    assert ":".join(mixed) not in values(text)


shapes = st.from_regex(
    r"(v|Some String |0x)?[0-9A-F]{1,3}([._: -][0-9A-F]{1,3}){0,4}( \(Stack [0-9.]{1,8}\))?", fullmatch=True
)


@given(st.one_of(st.text(max_size=40), shapes), st.sampled_from([2, 4]))
def test_no_text_raises_and_every_candidate_has_the_field_s_shape(text: str, octets: int) -> None:
    actual = candidates(text, octets)
    assert len({candidate.value for candidate in actual}) == len(actual)
    for one in actual:
        pairs = one.value.split(":")
        assert len(pairs) == octets
        assert all(len(pair) == 2 and int(pair, 16) >= 0 for pair in pairs)
    certainly = settled(text, octets)
    assert certainly is None or certainly in actual
