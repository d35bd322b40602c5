"""The coding by which a ZigBee certificate in plain words gives the form's values, for the record.

What: where the certificate states hardware or firmware in words and not as the guidance asks, `VV_RR` and
`XX:XX:XX:XX`, the rule names the coding under which the form's value follows from them. It also says where hardware
and firmware follow different codings, and where the hardware version has another mark than the underscore.
Why: whoever decides, and whoever asks years later, sees what the mapping rests on.
Good: `0A_AC` and `12:03:12:34`, which need no coding.
Bad: nothing as such; `12.3 (Stack 1.2.3.4)` is noted as BCD coding.
What to do: nothing for this submission; ask the test house for hexadecimal values on the next certificate.
Clause: guidance appendix A 2.8 and 2.9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.alignment._compare import Comparison, printed
from rules.alignment._device_model import ZIGBEE, device_model
from rules.encodings import Numbers
from rules.facts import Dossier
from rules.fields import FormField, Label
from rules.finding import Finding
from rules.rule import Rule
from rules.text import shown

_OTHER_MARK = re.compile(r"[0-9A-Fa-f]{2}:[0-9A-Fa-f]{2}")
_AS_DECIMAL = frozenset({Numbers.DECIMAL, Numbers.WIDE})
_AS_DIGITS = frozenset({Numbers.DIGITS, Numbers.LITERAL})


def applies(dossier: Dossier) -> bool:
    """Where it is clear which certificate is meant, and its text was printed."""
    return ZIGBEE.applies(dossier) and any(printed(dossier, one) for one in ZIGBEE.found(dossier))


def check(dossier: Dossier) -> Iterator[Finding]:
    """Name each coding once a label."""
    for certificate in ZIGBEE.found(dossier):
        compared = [one for one in device_model(dossier, certificate) if one.field != FormField.HARDWARE_REVISION]
        yield from _named(compared)
        yield from _inconsistent(compared)
        yield from (_mark(one) for one in compared if _has_other_mark(one))


def _named(compared: list[Comparison]) -> Iterator[Finding]:
    for one in compared:
        if one.answer.coding is not None and one.stated is not None:
            source = f"'{shown(one.stated.value)}' ('{one.label}' of {one.certificate.document})"
            yield _note(one, f"follows from {source} by this coding: {one.answer.coding.coding}.")


def _inconsistent(compared: list[Comparison]) -> Iterator[Finding]:
    numbers = {one.label: one.answer.coding.coding.numbers for one in compared if one.answer.coding is not None}
    two = {numbers.get(Label.HARDWARE_VERSION), numbers.get(Label.FIRMWARE_VERSION)}
    if two & _AS_DECIMAL and two & _AS_DIGITS:
        firmware = compared[-1]
        yield _note(firmware, f"and the hardware version follow from {firmware.certificate.document} by two codings.")


def _has_other_mark(one: Comparison) -> bool:
    return (
        one.label == Label.HARDWARE_VERSION
        and one.stated is not None
        and bool(_OTHER_MARK.fullmatch(one.stated.value.strip()))
    )


def _mark(one: Comparison) -> Finding:
    return _note(
        one, f"is joined by a colon in '{Label.HARDWARE_VERSION}' of {one.certificate.document}, not by an underscore."
    )


def _note(one: Comparison, message: str) -> Finding:
    return Finding(message=f"{one.field} {message}", field=one.field, where=one.where, said=one.said)


RULE = Rule(
    id="alignment.zigbee_coding",
    title="Codings assumed for the ZigBee certificate's words",
    citation="Guidance appendix A 2.8 and 2.9",
    check=check,
    applies=applies,
)
