"""The DLMS certificate is for this device.

What: the firmware version that the certificate states is the form's, or its type designation or model contains the
form's firmware version or model identifier; and nothing on it, its type designation included, names another device
type, manufacturer's code, model, hardware version or firmware.
Everything else is put before a person: one certificate may cover many firmware versions, and how its 'Type' is
to be written was never settled.
Why: an assurance certificate counts only if it expressly names the Device Model and the Physical Device Type.
Good: `12:03:12:34` on the form, and `E470 12:03:12:34` as the certificate's type.
Bad: a certificate for `Gas Smart Meter` under a form for Polyphase Electricity Metering Equipment.
What to do: where the certificate does not name the firmware, say in the submission how the two belong together.
Clause: guidance appendix A 2.13; SEC F2.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from rules.alignment._compare import Agreement, Compare, comparison, complaints
from rules.alignment._dlms import DLMS, firmware, manufacturer, model_and_hardware, type_of_device
from rules.facts import AssuranceCertificate, Dossier
from rules.fields import FormField, Label
from rules.finding import Finding
from rules.rule import Rule

_SHOWS_IT = (
    (FormField.FIRMWARE_VERSION, Label.TYPE),
    (FormField.FIRMWARE_VERSION, Label.MODEL_IDENTIFIER),
    (FormField.MODEL_IDENTIFIER, Label.TYPE),
    (FormField.MODEL_IDENTIFIER, Label.MODEL_IDENTIFIER),
)
_NAMES_IT = _SHOWS_IT[:3]
"""Where another's code in plain words would go unseen; the model identifier itself is compared as a whole."""
_PAIR = "[0-9A-F]{2}"
_CODED = {
    FormField.FIRMWARE_VERSION: re.compile(
        rf"(?<![0-9A-F:]){_PAIR}(?::{_PAIR}){{3}}(?!:?[0-9A-F])"
        rf"|(?<![0-9A-F.])(?=[0-9.]*[A-F]){_PAIR}(?:\.{_PAIR}){{3}}(?!\.?[0-9A-F])"
    ),
    FormField.MODEL_IDENTIFIER: re.compile(rf"(?<![0-9A-F:]){_PAIR}:{_PAIR}(?!:?[0-9A-F])"),
}
"""Codes within a type designation, whatever stands around them: `BM-03:1A:01:00`; `10:6C` is not in `F10:6C1`.

With points between its pairs a firmware version is one if it has a letter; `18.03.18.52` may be meant in decimal.
"""


def applies(dossier: Dossier) -> bool:
    """Apply where it is clear which certificate the form means; `alignment.dlms_certificate` speaks of the rest."""
    return DLMS.applies(dossier) and bool(DLMS.referenced_certificates(dossier))


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask where another type is named, or where nothing shows that the certificate is for this model."""
    for certificate in DLMS.referenced_certificates(dossier):
        yield from _doubts(dossier, certificate)


def _doubts(dossier: Dossier, certificate: AssuranceCertificate) -> Iterator[Finding]:
    kind = type_of_device(dossier, certificate)
    if kind.stated is not None and kind.agreement is not Agreement.SAME:
        yield kind.finding()
    yield from complaints(manufacturer(dossier, certificate))
    for compared in model_and_hardware(dossier, certificate):
        if compared.agreement is Agreement.DIFFERENT:
            yield replace(compared.finding(), unknown=True)
    version = firmware(dossier, certificate)
    told = version.agreement if version.stated is not None else _shown(dossier, certificate)
    if told is not Agreement.SAME:
        yield replace(version.finding(), unknown=True)
        return
    shows = (comparison(dossier, certificate, field, label, _names(field)) for field, label in _NAMES_IT)
    yield from (replace(show.finding(), unknown=True) for show in shows if show.agreement is Agreement.DIFFERENT)


def _shown(dossier: Dossier, certificate: AssuranceCertificate) -> Agreement:
    """Whether the type or the model on the certificate contains the form's firmware or model."""
    shows = [comparison(dossier, certificate, field, label, _contains(field)) for field, label in _SHOWS_IT]
    return Agreement.SAME if any(show.agreement is Agreement.SAME for show in shows) else Agreement.UNCLEAR


def _contains(field: FormField) -> Compare:
    """Whether the form's value stands among the codes."""

    def compare(form_value: str, stated: str) -> Agreement:
        return Agreement.SAME if form_value.upper() in _codes(field, stated) else Agreement.UNCLEAR

    return compare


def _names(field: FormField) -> Compare:
    """Whether the words name the form's value, or values of its shape of which none is the form's."""

    def compare(form_value: str, stated: str) -> Agreement:
        coded = _codes(field, stated)
        return Agreement.DIFFERENT if coded and form_value.upper() not in coded else Agreement.SAME

    return compare


def _codes(field: FormField, stated: str) -> tuple[str, ...]:
    """The values of a field's shape that the words hold, as the form writes them."""
    return tuple(match.group().replace(".", ":") for match in _CODED[field].finditer(stated.upper()))


RULE = Rule(
    id="alignment.dlms_details",
    title="The DLMS certificate is for this device",
    citation="Guidance appendix A 2.13; SEC F2.5",
    check=check,
    applies=applies,
)
