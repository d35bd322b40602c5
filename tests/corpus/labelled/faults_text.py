"""Single faults of what a cell's text says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from corpus.labelled.case import Case
from corpus.labelled.faultless import (
    CPA_DATE,
    CPA_ID,
    CPA_VERSION,
    GBCS,
    MANUFACTURER,
    MODEL,
    SMETS,
    TYPE,
    Device,
    every_device,
    pairs_of,
)
from corpus.labelled.fields import (
    PADDED,
    UPGRADE_PATH,
    is_address,
    is_number_of_certificate,
    octets_of,
    pairs_of_digits,
    too_long,
)
from corpus.labelled.spread import over_rows

from intake.demo.form_rows import Line
from rules.days import in_form, years_after
from rules.finding import Outcome
from rules.reference import reference

NBSP, ZERO_WIDTH, EN_DASH = "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH SPACE}", "\N{EN DASH}"
CYRILLIC_A, FULL_WIDTH_A = "\N{CYRILLIC CAPITAL LETTER A}", "\N{FULLWIDTH LATIN CAPITAL LETTER A}"
LETTERED = {1: "0A", 2: "0A:5D", 4: "0A:0B:0C:0D"}
_TABLES = {
    TYPE: "device_type",
    SMETS: "smets_chts",
    GBCS: "gbcs",
    CPA_VERSION: "security_characteristics",
    "DLMS_Certificate.DLMS_version": "dlms",
    "ZSE_Certificate.ZSE_version": "zse",
}


def missing(device: Device, line: Line) -> Iterator[Case]:
    """Nothing, blanks, or a blank that only looks like nothing, where something is required."""
    if device.values[line.field] == "Not Relevant":  # which may be left out
        return
    for done, text in (("left empty", ""), ("blanks alone", "  "), ("a no-break space alone", NBSP)):
        yield device.wrong(line.field, done, {line.field: text})


def shape(device: Device, line: Line) -> Iterator[Case]:
    """Hexadecimal that is not written as the form wants it."""
    count = pairs_of_digits(line)
    if count not in LETTERED:
        return
    good = LETTERED[count]
    sound = device.saying({line.field: good})
    for done, text in misshapen(good):
        yield sound.wrong(line.field, done, {line.field: text})
    for done, text in edged(good):
        yield sound.wrong(line.field, done, {line.field: text}, expected=Outcome.NEEDS_A_PERSON)


def misshapen(good: str) -> Iterator[tuple[str, str]]:
    """The ways to write hexadecimal pairs that are not the form's; `good` holds the letter A and a nought."""
    yield "small letters", good.lower()
    yield "0x before it", f"0x{good.replace(':', '')}"
    yield "0x before each pair", ":".join(f"0x{pair}" for pair in good.split(":"))
    yield "an h behind it", f"{good}h"
    yield "a Cyrillic letter", good.replace("A", CYRILLIC_A, 1)
    yield "a full-width letter", good.replace("A", FULL_WIDTH_A, 1)
    yield "a letter O for a nought", good.replace("0", "O", 1)
    yield "a letter beyond F", good.replace("A", "G", 1)
    yield "a nought lost", good.replace("0", "", 1)
    yield "one pair too many", f"{good}:00"
    yield "a character that cannot be seen", f"{good[0]}{ZERO_WIDTH}{good[1:]}"
    if ":" in good:
        yield "no colons", good.replace(":", "")
        yield "dots for colons", good.replace(":", ".")
        yield "one pair too few", good.rpartition(":")[0]
        yield "colons that only look like colons", good.replace(":", "\N{RATIO}")
        yield "blanks for colons", good.replace(":", " ")


def edged(good: str) -> Iterator[tuple[str, str]]:
    """The right value with something unseen at one of its ends, which came along when it was copied."""
    yield "a blank behind it", f"{good} "
    yield "a blank before it", f" {good}"
    yield "a no-break space behind it", f"{good}{NBSP}"
    yield "a line break behind it", f"{good}\n"
    yield "a tab before it", f"\t{good}"
    yield "a character without width behind it", f"{good}{ZERO_WIDTH}"


def out_of_range(device: Device, line: Line) -> Iterator[Case]:
    """One above the range, on form and certificates alike."""
    beyond = {MANUFACTURER: ("FF:FF",), MODEL: ("FF:C0", "FF:FF")}
    for value in beyond.get(line.field, ()):
        yield device.saying({line.field: value}).wrong(line.field, f"out of range: {value}", {})


def choice(device: Device, line: Line) -> Iterator[Case]:
    """A value that is not in the cell's list, however much it looks like one."""
    table = _TABLES.get(line.field)
    if table is None:
        return
    good = device.values[line.field]
    for done, text in _like(good):
        yield device.wrong(line.field, done, {line.field: text})
    for done, text in edged(good) if line.field not in PADDED.get(device.edition, ()) else ():
        yield device.wrong(line.field, done, {line.field: text}, expected=Outcome.NEEDS_A_PERSON)
    for other in reference().choices[table]:
        if not other.span.covers(device.on):
            yield device.saying({line.field: other.value}).wrong(
                line.field, f"not offered on the day: {other.value}", {}
            )


def _like(good: str) -> Iterator[tuple[str, str]]:
    yield "small letters", good.lower()
    yield "capitals", good.upper() + ("" if good.upper() != good else " X")
    yield "a look-alike letter", good.replace("e", "\N{CYRILLIC SMALL LETTER IE}").replace("S", "\N{CYRILLIC CAPITAL LETTER DZE}").replace("C", "\N{CYRILLIC CAPITAL LETTER ES}")  # fmt: skip  # noqa: E501  # one thought
    yield "a no-break space for a blank", good.replace(" ", NBSP, 1)
    yield "two blanks for one", good.replace(" ", "  ", 1)
    yield "something else", "To be confirmed"
    yield "two values", f"{good}, {good}"


def combination(device: Device, line: Line) -> Iterator[Case]:
    """Versions that do not go together for this type of device."""
    if line.field not in {SMETS, GBCS}:
        return
    pairs = pairs_of(device.device_type, device.on)
    at = 0 if line.field == SMETS else 1
    stated = (device.values[SMETS], device.values[GBCS])
    for value in reference().offered(_TABLES[line.field], device.on):
        changed = (value, stated[1]) if at == 0 else (stated[0], value)
        if changed not in pairs and value != reference().smets1:
            yield device.wrong(line.field, f"does not go with the other: {value}", {line.field: value})


def date(device: Device, line: Line) -> Iterator[Case]:
    """Days that are none, in other shapes, passed, or too far ahead."""
    if line.field != CPA_DATE:
        return
    year = device.on.year + 3
    for text in (f"30-08-{year}", f"8/30/{year}", f"31/11/{year}", f"29/02/{year - year % 4 + 1}", f"30/8/{year}",
                 f"30 August {year}", f"{year}-08-30", f"30/08/{year % 100}", f"30.08.{year}", f"00/08/{year}",
                 f"30/13/{year}", "unlimited", f"30/08/{year} 00:00",
                 f"30/08/{year}".replace("0", "O", 1)):  # fmt: skip
        yield device.wrong(line.field, f"written '{text}'", {line.field: text})
    for done, text in edged(device.values[line.field]):
        yield device.wrong(line.field, done, {line.field: text}, expected=Outcome.NEEDS_A_PERSON)
    beyond = {
        "expired the day before": device.on - timedelta(days=1),
        "expired a year ago": years_after(device.on, -1),
        "six years and a day ahead": years_after(device.on, 6) + timedelta(days=1),
        "ten years ahead": years_after(device.on, 10),
    }
    for done, day in beyond.items():
        yield device.saying({line.field: in_form(day)}).wrong(line.field, done, {})


def number(device: Device, line: Line) -> Iterator[Case]:
    """Certificate numbers with characters that must not be there, or that are not the certificate's."""
    if not is_number_of_certificate(line):
        return
    good = device.values[line.field]
    most = octets_of(line) or 0
    yield device.wrong(line.field, "one octet too long", {line.field: good + "9" * (most + 1 - len(good))})
    for done, text in edged(good):
        yield device.wrong(line.field, done, {line.field: text}, expected=Outcome.NEEDS_A_PERSON)
    yield device.wrong(line.field, "an accented letter behind it", {line.field: f"{good[:-1]}\N{LATIN SMALL LETTER E WITH ACUTE}"})  # fmt: skip  # noqa: E501  # one thought
    yield device.wrong(line.field, "last digit another", {line.field: _other_digit(good, -1)})
    yield device.wrong(line.field, "a digit too many", {line.field: good[:-1] + "7" + good[-1:]})
    if "-" in good:
        yield device.wrong(line.field, "long dash", {line.field: good.replace("-", EN_DASH, 1)})


def _other_digit(text: str, at: int) -> str:
    digits = [place for place, one in enumerate(text) if one.isdigit()]
    place = digits[at]
    return f"{text[:place]}{(int(text[place]) + 1) % 10}{text[place + 1 :]}"


def prefix(device: Device, line: Line) -> Iterator[Case]:
    """A CPA number without the prefix that it needs since August 2022."""
    good = device.values.get(CPA_ID, "")
    if line.field != CPA_ID or not good.startswith("[E] "):
        return
    bare = good.removeprefix("[E] ")
    for done, text in (
        ("no prefix", bare),
        ("a small prefix", f"[e] {bare}"),
        ("no blank behind the prefix", f"[E]{bare}"),
        ("two blanks behind the prefix", f"[E]  {bare[-16:]}"),
        ("a prefix in other brackets", f"(E) {bare}"),
        ("another letter in the prefix", f"[X] {bare}"),
        ("the prefix alone", "[E] "),
        ("a Cyrillic letter in the prefix", f"[\N{CYRILLIC CAPITAL LETTER IE}] {bare}"),
        ("the prefix behind the number", f"{bare} [E]"),
    ):
        yield device.wrong(line.field, done, {line.field: text})


def length(device: Device, line: Line) -> Iterator[Case]:
    """Free text of one octet more than fits."""
    if octets_of(line) and not is_number_of_certificate(line):
        for done, text in too_long(line):
            yield device.wrong(line.field, done, {line.field: text})


def address(device: Device, line: Line) -> Iterator[Case]:
    """What is no e-mail address."""
    if is_address(line):
        for text in ("robin at ashdown.example", "a@b.example, c@d.example", "robin@ashdown", "robin@@ashdown.example"):
            yield device.wrong(line.field, f"'{text}'", {line.field: text}, expected=Outcome.NEEDS_A_PERSON)


def upgrade_path(device: Device) -> Iterator[Case]:
    """What names no entries of the list."""
    for name in (line.field for line in device.lines if UPGRADE_PATH in line.field.casefold()):
        for text in ("123", "0000123", "000000", "version 1.2", "000123 to 000126", "000123,", "000I23"):
            yield device.wrong(name, f"'{text}'", {name: text})
        for text in ("none", "n/a", "NA", "000123 / 000124", "000123 and 000124"):
            yield device.wrong(name, f"'{text}'", {name: text}, expected=Outcome.NEEDS_A_PERSON)
        yield device.wrong(name, "a whole number", {name: 123})


def faults_of_text(edition: str) -> Iterator[Case]:
    """Every single fault of what cells say."""
    yield from over_rows(
        edition, missing, shape, out_of_range, choice, combination, date, number, prefix, length, address
    )
    for device in every_device(edition):
        yield from upgrade_path(device)
