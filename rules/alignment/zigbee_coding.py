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
    """Apply where it is clear which certificate is meant, and its text was printed or read by a person."""
    return ZIGBEE.applies(dossier) and any(
        printed(dossier, certificate) or any(stated.corrected for stated in certificate.facts.values())
        for certificate in ZIGBEE.referenced_certificates(dossier)
    )


def check(dossier: Dossier) -> Iterator[Finding]:
    """Name each coding once a label."""
    for certificate in ZIGBEE.referenced_certificates(dossier):
        compared = [
            result for result in device_model(dossier, certificate) if result.field != FormField.HARDWARE_REVISION
        ]
        yield from _named(compared)
        yield from _inconsistent(compared)
        yield from (_mark(result) for result in compared if _has_other_mark(result))


def _named(compared: list[Comparison]) -> Iterator[Finding]:
    for result in compared:
        if result.answer.coding is not None and result.stated is not None:
            source = f"'{shown(result.stated.value)}' ('{result.label}' of {result.certificate.document})"
            yield _note(result, f"follows from {source} by this coding: {result.answer.coding.coding}.")


def _inconsistent(compared: list[Comparison]) -> Iterator[Finding]:
    numbers = {
        result.label: result.answer.coding.coding.numbers for result in compared if result.answer.coding is not None
    }
    two = {numbers.get(Label.HARDWARE_VERSION), numbers.get(Label.FIRMWARE_VERSION)}
    if two & _AS_DECIMAL and two & _AS_DIGITS:
        firmware = compared[-1]
        yield _note(firmware, f"and the hardware version follow from {firmware.certificate.document} by two codings.")


def _has_other_mark(result: Comparison) -> bool:
    return (
        result.label == Label.HARDWARE_VERSION
        and result.stated is not None
        and bool(_OTHER_MARK.fullmatch(result.stated.value.strip()))
    )


def _mark(result: Comparison) -> Finding:
    return _note(
        result,
        f"is joined by a colon in '{Label.HARDWARE_VERSION}' of {result.certificate.document}, not by an underscore.",
    )


def _note(result: Comparison, message: str) -> Finding:
    return Finding(message=f"{result.field} {message}", field=result.field, where=result.where, said=result.said)


RULE = Rule(
    id="alignment.zigbee_coding",
    title="Codings assumed for the ZigBee certificate's words",
    citation="Guidance appendix A 2.8 and 2.9",
    check=check,
    applies=applies,
)
