"""Draws invented assurance certificates and release notes; each says on its face that it is a specimen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intake.demo.paper import BOLD, GREY, SANS, SERIF, SERIF_BOLD, SLANTED, WHITE, Colour, Paper
from rules.fields import Label

SPECIMEN = "Specimen \N{EN DASH} invented for cpl-intake"
ZIGBEE_LABELS = (
    Label.TYPE_OF_DEVICE,
    Label.MANUFACTURER,
    Label.MODEL_IDENTIFICATION,
    Label.HARDWARE_VERSION,
    Label.FIRMWARE_VERSION,
    Label.SPECIFICATION_VERSION,
    Label.CERTIFICATION_DATE,
    Label.CERTIFICATION_NUMBER,
)
CPA_LABELS = (
    Label.CERTIFICATE_NUMBER,
    Label.DEVICE_TYPE,
    Label.MANUFACTURER,
    Label.MODEL,
    Label.HARDWARE_VERSION,
    Label.FIRMWARE_VERSION,
    Label.SECURITY_CHARACTERISTICS,
    Label.ISSUE_DATE,
    Label.EXPIRY_DATE,
    Label.RENEWAL_DATE,
)
DLMS_LABELS = (
    Label.CERTIFICATE_NUMBER,
    Label.DEVICE_TYPE,
    Label.MANUFACTURER,
    Label.TYPE,
    Label.MODEL_IDENTIFIER,
    Label.HARDWARE_VERSION,
    Label.FIRMWARE_VERSION,
    Label.LOGICAL_DEVICE_NAME,
    Label.CTT_VERSION,
    Label.DATE_OF_ISSUE,
)

_TEAL: Colour = (15, 92, 92)
_PALE_TEAL: Colour = (233, 243, 242)
_NAVY: Colour = (31, 58, 95)
_PALE_NAVY: Colour = (234, 239, 246)
_PLUM: Colour = (94, 43, 80)
_RUST: Colour = (156, 72, 32)
_MARGIN = 62.0


def zigbee_certificate(facts: Mapping[str, str], *, printed: Mapping[str, str] | None = None) -> bytes:
    """Draw a ZigBee certificate: a banded table, one label and value a row.

    Args:
        facts: by the labels of `ZIGBEE_LABELS`; a label left out is not printed.
        printed: other wordings for labels, e.g. ``{"Model Identification": "Model Identifier"}``.

    Raises:
        KeyError: a label does not exist.
    """
    lines = _lines(ZIGBEE_LABELS, facts, printed)
    paper = Paper()
    paper.fill(0, paper.height - 128, paper.width, 128, _TEAL)
    paper.fill(0, paper.height - 133, paper.width, 5, (214, 164, 58))
    paper.text(_MARGIN, paper.height - 62, "Certificate of Compliance", font=SERIF_BOLD, size=30, colour=WHITE)
    paper.text(_MARGIN, paper.height - 90, "ZigBee Smart Energy · ZigBee Certified Product", size=12.5, colour=WHITE)
    paper.text(paper.width - _MARGIN, paper.height - 112, SPECIMEN, font=SLANTED, size=9, colour=WHITE, align=1)
    opening = (
        "The device described below has been tested by an authorised test house and found to comply with the "
        "ZigBee Smart Energy Standard named in its test report."
    )
    y = paper.paragraph(_MARGIN, paper.height - 175, opening, paper.width - 2 * _MARGIN, font=SERIF, size=11.5)
    y = _table(paper, y - 14, lines, label_width=170, band=_PALE_TEAL, colour=_TEAL)
    _signature(paper, y - 90, "For the certification programme")
    _foot(paper, _TEAL)
    return paper.finish()


def cpa_certificate(facts: Mapping[str, str], *, printed: Mapping[str, str] | None = None) -> bytes:
    """Draw a CPA certificate: boxes with the label above its value, two to a row.

    Args:
        facts: by the labels of `CPA_LABELS`; a label left out is not printed.
        printed: other wordings for labels, e.g. ``{"Model": "Model Identifier"}``.

    Raises:
        KeyError: a label does not exist.
    """
    lines = _lines(CPA_LABELS, facts, printed)
    paper = Paper()
    paper.frame(24, width=2.2, colour=_NAVY)
    paper.frame(29, width=0.6, colour=_NAVY)
    middle = paper.width / 2
    paper.text(middle, paper.height - 92, "Commercial Product Assurance", font=SERIF_BOLD, size=27, align=0.5)
    paper.text(middle, paper.height - 118, "Foundation Grade Certificate", font=SERIF, size=16, colour=_NAVY, align=0.5)
    paper.rule((middle - 60, paper.height - 134), (middle + 60, paper.height - 134), width=1.4, colour=_RUST)
    opening = (
        "The product below has been evaluated under the CPA scheme against the stated Security Characteristics "
        "and meets the requirements of Foundation Grade."
    )
    y = paper.paragraph(_MARGIN, paper.height - 166, opening, paper.width - 2 * _MARGIN, size=10.5)
    y = _boxes(paper, y - 10, lines)
    _signature(paper, y - 78, "On behalf of the scheme")
    _foot(paper, _NAVY, lift=20)
    return paper.finish()


def dlms_certificate(facts: Mapping[str, str], *, printed: Mapping[str, str] | None = None) -> bytes:
    """Draw a DLMS conformance certificate: an unruled list, each label followed by a colon.

    Args:
        facts: by the labels of `DLMS_LABELS`; a label left out is not printed.
        printed: other wordings for labels, e.g. ``{"Type": "Type Designation"}``.

    Raises:
        KeyError: a label does not exist.
    """
    lines = _lines(DLMS_LABELS, facts, printed)
    paper = Paper()
    paper.fill(0, 0, 26, paper.height, _PLUM)
    paper.text(_MARGIN, paper.height - 84, "DLMS User Association", font=BOLD, size=12, colour=_PLUM)
    paper.text(_MARGIN, paper.height - 122, "Certificate of Conformance", font=SERIF_BOLD, size=30)
    paper.text(_MARGIN, paper.height - 146, "DLMS/COSEM conformance test", size=12.5, colour=GREY)
    paper.rule((_MARGIN, paper.height - 160), (paper.width - _MARGIN, paper.height - 160), width=1.2, colour=_PLUM)
    opening = "The implementation under test passed every applicable session of the DLMS/COSEM conformance test."
    y = paper.paragraph(_MARGIN, paper.height - 188, opening, paper.width - 2 * _MARGIN, font=SERIF, size=11.5)
    colons = [(f"{label}:", value) for label, value in lines]
    y = _table(paper, y - 10, colons, label_width=196, band=WHITE, colour=_PLUM)
    _signature(paper, y - 84, "Certification authority")
    _foot(paper, _PLUM)
    return paper.finish()


def release_note(product: str, version: str, paragraphs: Sequence[str]) -> bytes:
    """Draw firmware release notes: a title, product and version, then the paragraphs.

    Args:
        product: the device's name as its maker calls it.
        version: the firmware version as printed.
        paragraphs: in order; text beyond the one page is not printed, so keep them short.
    """
    paper = Paper()
    paper.fill(_MARGIN, paper.height - 74, 44, 6, _RUST)
    paper.text(_MARGIN, paper.height - 104, "Firmware Release Notes", font=BOLD, size=24)
    paper.text(_MARGIN, paper.height - 126, f"{product} · version {version}", size=12.5, colour=GREY)
    paper.rule((_MARGIN, paper.height - 142), (paper.width - _MARGIN, paper.height - 142))
    y = paper.height - 172
    for paragraph in paragraphs:
        y = paper.paragraph(_MARGIN, y, paragraph, paper.width - 2 * _MARGIN, size=11, leading=1.45) - 8
    _foot(paper, _RUST)
    return paper.finish()


def _lines(labels: Sequence[str], facts: Mapping[str, str], printed: Mapping[str, str] | None) -> list[tuple[str, str]]:
    unknown = (set(facts) | set(printed or {})) - set(labels)
    if unknown:
        raise KeyError(*sorted(unknown))
    return [((printed or {}).get(label, label), facts[label]) for label in labels if label in facts]


def _table(  # a table's measures
    paper: Paper, y: float, lines: Sequence[tuple[str, str]], *, label_width: float, band: Colour, colour: Colour
) -> float:
    """Print label and value side by side under thin rules; return the lower edge."""
    right = paper.width - _MARGIN
    start = _MARGIN + label_width
    paper.rule((_MARGIN, y), (right, y), width=1.2, colour=colour)
    for number, (label, value) in enumerate(lines):
        parts = list(paper.wrapped(value, right - start - 10, SANS, 11))
        height = 14 * len(parts) + 13
        if number % 2 == 0 and band != WHITE:
            paper.fill(_MARGIN, y - height, right - _MARGIN, height, band)
        paper.text(_MARGIN + 10, y - 18, label, font=BOLD, size=10, colour=colour)
        for index, part in enumerate(parts):
            paper.text(start, y - 18 - 14 * index, part, size=11)
        y -= height
        paper.rule((_MARGIN, y), (right, y), width=0.5)
    return y


def _boxes(paper: Paper, y: float, lines: Sequence[tuple[str, str]]) -> float:
    """Print two boxes a row, the label above its value in each; return the lower edge."""
    width = (paper.width - 2 * _MARGIN - 12) / 2
    for index in range(0, len(lines), 2):
        pair = [(label, list(paper.wrapped(value, width - 24, SANS, 11))) for label, value in lines[index : index + 2]]
        height = 30 + 14 * max(len(parts) for _, parts in pair)
        for column, (label, parts) in enumerate(pair):
            x = _MARGIN + column * (width + 12)
            paper.fill(x, y - height, width, height, _PALE_NAVY)
            paper.fill(x, y - height, 2.5, height, _NAVY)
            paper.text(x + 12, y - 16, label, font=BOLD, size=8.5, colour=_NAVY)
            for line, part in enumerate(parts):
                paper.text(x + 12, y - 33 - 14 * line, part, size=11)
        y -= height + 8
    return y


def _signature(paper: Paper, y: float, whose: str) -> None:
    paper.rule((paper.width - _MARGIN - 190, y), (paper.width - _MARGIN, y))
    paper.text(paper.width - _MARGIN - 190, y - 13, whose, size=8.5, colour=GREY)


def _foot(paper: Paper, colour: Colour, lift: float = 0) -> None:
    paper.rule((_MARGIN, 58 + lift), (paper.width - _MARGIN, 58 + lift), colour=colour)
    paper.text(_MARGIN, 44 + lift, SPECIMEN, font=BOLD, size=8.5, colour=colour)
    paper.text(paper.width - _MARGIN, 44 + lift, "It certifies nothing.", font=SLANTED, size=8.5, colour=GREY, align=1)
