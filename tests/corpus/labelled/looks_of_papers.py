"""What surrounds a certificate's values or shows otherwise than it reads: standing, marks upon letters, lying fonts.

Each kind is built for every device and every certificate of it, the wordings and marks taking turns; beside them
stands what looks alike and is right, and right values as other programs print them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from corpus.labelled.case import Case, spoilt
from corpus.labelled.faultless import (
    CPA_FILE,
    CPA_ID,
    DLMS_FILE,
    DLMS_ID,
    FIRMWARE,
    FORM,
    ZIGBEE_FILE,
    ZSE_ID,
    Device,
    every_device,
)
from corpus.labelled.spread import thinned
from corpus.labelled.valid_papers import TITLES
from extract import handmade
from extract.handmade import LEFT, shown

from rules.days import in_form, years_after
from rules.finding import Outcome

PERSON, RETURN = Outcome.NEEDS_A_PERSON, Outcome.RETURN
_WIDE = 6.116
"""Points that a digit of Helvetica takes at the size of our values."""
_NUMBERS = {
    ZIGBEE_FILE: ("Certification ID Number", ZSE_ID),
    CPA_FILE: ("Certificate Identification Number", CPA_ID),
    DLMS_FILE: ("Certificate Identification Number", DLMS_ID),
}

_STANDING = (
    "This certificate has been withdrawn.", "Status: Suspended", "SPECIMEN", "Draft for review", "REVOKED 3 March 2025",
    "This certificate was superseded on 3 March 2025.", "Copy for information only", "Provisional certificate",
    "This document is not a certificate.", "The scheme has cancelled this certificate.", "EXPIRED", "Sample",
    "It is no longer valid.", "VOID", "Certificate invalidated", "Test certificate", "Unofficial copy",
    "Status of this certificate: under review", "Do not rely on this document.", "Certification rescinded",
    "Status: Inactive", "In force: no", "This certificate will be withdrawn on 1 December 2099.", "Issued in error",
    "A newer version of this certificate exists.", "Date of suspension 3 March 2010",
    "Ce certificat n'est plus valable.",
    "Errata: the firmware version should read 01:02:04:00.", "Dieses Zertifikat ist nicht mehr gültig.", "Template",
    "This certificate was retired.", "Not certified", "Este certificado ya no es válido.", "For reference only",
    "CONFIDENTIAL DRAFT", "Uncontrolled copy", "Awaiting signature", "Not yet approved", "For internal review only",
    "Working document", "Copie non contrôlée", "Firmware version corrected by hand", "Mock-up", "Not released",
    "This document has no legal force.", "See correction slip",
)  # fmt: skip
_STANDS = (
    "Status: Certified", "This certificate is valid.", "It may be withdrawn if the product is changed.",
    "Withdrawn certificates are listed on the web site.", "Please recycle this paper.", "Copy 1 of 2",
    "A certificate is void if it is altered.", "Status: Active", "For information see www.example.org.", "Revoked: no",
    "Dieses Zertifikat ist ohne Unterschrift gültig.", "Supersedes ZIG17037ZSE12536-24", "No errors were found.",
    "Uncontrolled when printed", "Do not distribute", "For internal use only", "Confidential - do not copy",
    "Approved by: A. Baker", "Any alteration voids this certificate.", "Valid without a handwritten signature.",
)  # fmt: skip
_SMALL_PRINT = (
    "This certificate does not apply to the Dual Band variant.", "Excludes units for export.",
    "Valid only for units made after 1 May 2026.", "The variant with the Sub-GHz radio is not covered.",
    "All variants except the 100 A version are covered.", "It is limited to units with serial numbers below 4000.",
)  # fmt: skip

_ENDS = (
    "This certificate is valid until {}.", "Expiry date: {}", "It expires on {}.", "Valid from 1 March 2010 to {}.",
    "No longer valid after {}.", "Dieses Zertifikat ist bis zum {} gültig.", "Valable jusqu'au {}", "Scade il {}.",
    "Válido hasta el {}.", "Certification shall lapse on {}.", "Renewal due {}", "Geldig tot {}",
)  # fmt: skip
_NO_ENDS = (
    "Tested until {}.", "Valid from {}.", "The laboratory's accreditation is valid until {}.", "Report of {}.",
    "This certificate replaces ZIG17037ZSE12536-24, which was valid until {}.", "It does not expire. Printed on {}.",
)  # fmt: skip

Mark = Callable[[float, float, float], str]
"""The operators that mark a value's last digit, by where it begins, its row's height and the value's beginning."""
_UPON: Mapping[str, Mark] = {
    "a white patch over a digit": lambda x, y, _: f"1 1 1 rg {x} {y - 1} {_WIDE} 10 re f",
    "a digit patched and drawn anew": lambda x, y, _: (
        f"1 1 1 rg {x} {y - 1} {_WIDE} 10 re f 0 0 0 rg 1 w {x + 3} {y} m {x + 3} {y + 8} l S"
    ),
    "a black bar over a digit": lambda x, y, _: f"{x} {y - 1} {_WIDE} 10 re f",
    "half a digit patched": lambda x, y, _: f"1 1 1 rg {x} {y - 1} 3 10 re f",
}
_CROSSED: Mapping[str, Mark] = {
    "a line through the value": lambda x, y, start: f"0.6 w {start} {y + 3.9} m {x + _WIDE} {y + 3.9} l S",
    "a bar through the value": lambda x, y, start: f"{start} {y + 3.9} {x + _WIDE - start} 0.5 re f",
    "a cross upon a digit": lambda x, y, _: f"0.6 w {x} {y} m {x + 6} {y + 8} l S {x + 6} {y} m {x} {y + 8} l S",
}
_DRAWN: Mapping[str, Mark] = {
    "a stroke that makes another digit": lambda x, y, _: f"1 w {x + 0.6} {y} m {x + 0.6} {y + 7.9} l S",
    "a digit drawn behind it": lambda x, y, _: f"0.9 w {x + _WIDE + 1.5} {y} m {x + _WIDE + 1.5} {y + 8} l S",
    "a form with a patch": lambda x, y, _: f"q 1 0 0 1 {x} {y} cm /X Do Q",
    "a ring around it": lambda x, y, start: (
        f"1 w {start - 6} {y + 4} m {start} {y + 20} {x} {y + 20} {x + 12} {y + 4} c "
        f"{x} {y - 12} {start} {y - 12} {start - 6} {y + 4} c S"
    ),
    "a stroke that leads to the margin": lambda x, y, _: f"0.8 w {x + 8} {y + 4} m {x + 70} {y + 26} l S",
}
_CORRECTED: Mapping[str, Mark] = {
    "a small digit above": lambda x, y, _: shown("7", x, y + 9, size=6),
    "a mark of insertion below": lambda x, y, _: shown("^", x, y - 6, size=8),
    "'corr.' at the end of its line": lambda x, y, _: shown("corr.", x + 70, y),
    "'7?' in small print below": lambda x, y, _: shown("7?", x - 6, y - 8, size=6),
}
_HARMLESS: Mapping[str, Mark] = {
    "an underline": lambda x, y, start: f"0.6 w {start} {y - 1.4} m {x + 6} {y - 1.4} l S",
    "a frame around the row": lambda _, y, __: f"0.5 w 55 {y - 8} 480 24 re S",
    "rules between the rows": lambda _, y, __: f"0.5 w 55 {y - 8} m 540 {y - 8} l S 55 {y + 16} m 540 {y + 16} l S",
}
_PATCH = handmade.stream(b"1 1 1 rg 0 -1 6.1 10 re f", "/Type/XObject/Subtype/Form/BBox[0 -2 20 20]")


def faults_of_looks(edition: str) -> Iterator[Case]:
    """Every fault of these kinds; nearly all are for a person."""
    yield from thinned(edition, _faults(edition))


def valid_looks(edition: str) -> Iterator[Case]:
    """What looks like one of these faults and is none."""
    yield from thinned(edition, _right(edition))


def _faults(edition: str) -> Iterator[Case]:
    turn = 0
    for device in every_device(edition):
        for file in device.papers:
            turn += 1
            for words, kind in ((_STANDING, "says of itself"), (_SMALL_PRINT, "says in small print")):
                for step in (0, 1):
                    text = words[(2 * turn + step) % len(words)]
                    yield _told(device, file, f"{file} {kind} '{text}'", page(file, device.papers[file], foot=text))
            if file != CPA_FILE:
                yield from _ended(device, file, turn)
            for marks in (_UPON, _CROSSED, _DRAWN, _CORRECTED):
                done = list(marks)[turn % len(marks)]
                yield _told(device, file, f"{file}: {done}", _marked(file, device.papers[file], marks[done]))
            yield from _lying(device, file)
            yield from _unseen(device, file)
        yield from _off_by_one(device)


def _right(edition: str) -> Iterator[Case]:
    turn = 0
    for device in every_device(edition):
        for file, facts in device.papers.items():
            turn += 1
            text = _STANDS[turn % len(_STANDS)]
            yield _ready(device, file, f"{file} says '{text}'", page(file, facts, foot=text))
            if file != CPA_FILE:
                yield from _not_ended(device, file, turn)
            done = list(_HARMLESS)[turn % len(_HARMLESS)]
            yield _ready(device, file, f"{file}: {done}", _marked(file, facts, _HARMLESS[done]))
            for printer, draw in PRINTERS.items():
                yield _ready(device, file, f"{file} printed with {printer}", draw(file, tuple(facts.items())))


def _ended(device: Device, file: str, turn: int) -> Iterator[Case]:
    """What a certificate of a scheme without ends says of an end that has passed, in its small print or in a row."""
    facts, passed = device.papers[file], in_form(years_after(device.on, -1))
    for step in (0, 1):
        text = _ENDS[(2 * turn + step) % len(_ENDS)].replace("{}", passed)
        yield _told(device, file, f"{file} ends: '{text}'", page(file, facts, foot=text))
    label = ("Valid until", "Expiry Date", "Validity end", "Valid to")[turn % 4]
    yield _told(device, file, f"{file} states {label} {passed}", page(file, {**facts, label: passed}))


def _not_ended(device: Device, file: str, turn: int) -> Iterator[Case]:
    facts = device.papers[file]
    text = _NO_ENDS[turn % len(_NO_ENDS)].replace("{}", in_form(years_after(device.on, -3)))
    yield _ready(device, file, f"{file} says '{text}', which is no end", page(file, facts, foot=text))
    to_come = in_form(years_after(device.on, 3).replace(day=28))
    yield _ready(device, file, f"{file} is valid until {to_come}", page(file, {**facts, "Valid until": to_come}))


def _told(device: Device, file: str, done: str, paper: bytes) -> Case:
    return spoilt(_ready(device, file, "", paper), PERSON, file, done)


def _ready(device: Device, file: str, done: str, paper: bytes) -> Case:
    return device.case(done, {FORM: device.form(), **device.certificates(), file: paper})


def page(file: str, facts: Mapping[str, str], *, foot: str = "", over: str = "") -> bytes:
    """The certificate in two columns of Helvetica, a line below them, and what is drawn last."""
    below = shown(foot, 60, handmade.TOP - handmade.PITCH * (len(facts) + 1)) if foot else ""
    content = handmade.certificate(TITLES[file], facts, over=f"{below}\n{over}")
    return handmade.document(content, resources="/XObject<</X 6 0 R>>", objects=(_PATCH,))


def _marked(file: str, facts: Mapping[str, str], mark: Mark) -> bytes:
    """The certificate with a mark at the last digit of its number."""
    label = _NUMBERS[file][0]
    y, width = handmade.row_of(facts, label), handmade.width(facts[label][:-1])
    return page(file, facts, over=mark(LEFT + width, y, LEFT))


def _lying(device: Device, file: str) -> Iterator[Case]:
    """A font whose map to text says another last digit than it draws."""
    label, facts = _NUMBERS[file][0], device.papers[file]
    told = facts[label][-1]
    drawn = str((int(told) + 4) % 10)
    value = facts[label][:-1]

    def show(name: str, _: str, y: int) -> str | None:
        if name != label:
            return None
        return f"{shown(value, LEFT, y)}\n{shown(drawn, LEFT + handmade.width(value), y, font='L')}"

    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 6 0 R>>"
    content = handmade.certificate(TITLES[file], facts, value=show)
    paper = handmade.document(content, fonts=f"/L {font}", objects=(handmade.to_unicode({ord(drawn): told}),))
    yield _told(device, file, f"{file}: a font that draws {drawn} and says {told}", paper)


def _unseen(device: Device, file: str) -> Iterator[Case]:
    """A number that no reader of the page can see."""
    label, facts = _NUMBERS[file][0], device.papers[file]
    for done, before, size in (
        ("white", "1 1 1 rg ", handmade.SIZE),
        ("in specks", "", 0.5),
        ("invisible", "3 Tr ", handmade.SIZE),
    ):

        def show(name: str, text: str, y: int, before: str = before, size: float = size) -> str | None:
            return f"q {before}{shown(text, LEFT, y, size=size)} Q" if name == label else None

        paper = handmade.document(handmade.certificate(TITLES[file], facts, value=show))
        yield spoilt(_ready(device, file, "", paper), PERSON, _NUMBERS[file][1], f"{file}: its number is {done}")


def _off_by_one(device: Device) -> Iterator[Case]:
    """One digit of the firmware differs on a certificate that another program printed."""
    facts = dict(device.papers.get(ZIGBEE_FILE, {}))
    if not facts:
        return
    value = facts["Firmware Version"]
    facts["Firmware Version"] = f"{value[:-1]}{(int(value[-1], 16) + 1) % 16:X}"
    for printer, draw in PRINTERS.items():
        case = _ready(device, ZIGBEE_FILE, "", draw(ZIGBEE_FILE, tuple(facts.items())))
        yield spoilt(case, RETURN, FIRMWARE, f"printed with {printer}, one digit off")


Facts = tuple[tuple[str, str], ...]


@lru_cache(maxsize=512)
def with_ligatures(file: str, facts: Facts) -> bytes:
    """Every `ti` and `fi` is one letter, as Carlito has it."""
    content = handmade.certificate(TITLES[file], dict(facts), font="L").replace("ti", "\xf8").replace("fi", "\xf9")
    font = (
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica"
        b"/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[248/m/m]>>/ToUnicode 6 0 R>>"
    )
    letters = handmade.to_unicode({0xF8: "ti", 0xF9: "fi"})
    return handmade.document(content, fonts="/L 7 0 R", objects=(letters, font))


@lru_cache(maxsize=512)
def monospaced(file: str, facts: Facts) -> bytes:
    """Lines padded with blanks in a face whose height is told anyhow."""
    widths = " ".join(["600"] * 224)
    font = (
        "<</Type/Font/Subtype/TrueType/BaseFont/Mono/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 255"
        f"/Widths[{widths}]/FontDescriptor 7 0 R>>"
    ).encode()
    described = (
        b"<</Type/FontDescriptor/FontName/Mono/Flags 33/FontBBox[0 -300 600 900]/ItalicAngle 0/Ascent 900"
        b"/Descent -300/CapHeight 560/StemV 80>>"
    )
    rows = [shown(TITLES[file], 60, 780, font="M", size=10)]
    for number, (label, value) in enumerate(facts):
        rows.append(shown(f"{label + ':':<36}{value}", 60, 740 - 12 * number, font="M", size=10))
    return handmade.document("\n".join(rows), fonts="/M 6 0 R", objects=(font, described))


@lru_cache(maxsize=512)
def with_leaders(file: str, facts: Facts) -> bytes:
    """Dots lead from each label to its value."""
    rows = [shown(TITLES[file], 60, 780, size=18)]
    for number, (label, value) in enumerate(facts):
        rows.append(shown(f"{label} {'.' * (50 - len(label))} {value}", 60, 740 - 22 * number))
    return handmade.document("\n".join(rows))


@lru_cache(maxsize=512)
def close_together(file: str, facts: Facts) -> bytes:
    """A value begins four points behind the widest label, as in the plainest table of a browser."""
    left = 64 + max(handmade.width(label) for label, _ in facts)
    rows = [shown(TITLES[file], 60, 780, size=18)]
    for number, (label, value) in enumerate(facts):
        rows += [shown(label, 60, 740 - 15 * number), shown(value, left, 740 - 15 * number)]
    return handmade.document("\n".join(rows))


PRINTERS: Mapping[str, Callable[[str, Facts], bytes]] = {
    "ligatures": with_ligatures,
    "a monospaced face": monospaced,
    "leaders": with_leaders,
    "values close by": close_together,
}
