"""What else a CPA certificate states fits the form.

What: the version of the Security Characteristics and the device type; the kind of date (expiry or renewal) fits the
prefix; and manufacturer, model, hardware and firmware, where the certificate states them in hexadecimal.
Anything that differs or cannot be compared is put before a person: a Device Model may be added under an existing CPA
certificate, if the Supplier Party, or the DCC for a Communications Hub, confirms it.
Why: an assurance certificate counts only if it expressly names the Device Model and the Physical Device Type.
Good: `Security Characteristics version 1.2` and `1.2`; `Gas Smart Meter` on both; the same firmware on both.
Bad: version 1.3 on the form and 1.2 on the certificate.
What to do: correct what is wrong, or send the Supplier Party's or the DCC's confirmation.
Clause: guidance appendix A 2.2 to 2.4; SEC F2.5; SEC Appendix Z section 5.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.alignment._compare import (
    Agreement,
    Comparison,
    comparison,
    complaints,
    device_type,
    hardware,
    hexadecimal,
    version_number,
)
from rules.alignment._cpa import CPA, date_label, expected_label
from rules.device import DEVICE_TYPE
from rules.facts import AssuranceCertificate, Dossier
from rules.finding import Finding
from rules.rule import Rule

_ALWAYS = (
    ("CPA_Certificate.security_characteristics_version", "Security Characteristics", version_number),
    (DEVICE_TYPE, "Device Type", device_type),
)
_MODEL = (
    ("Device_Model.model_identifier", "Model", hexadecimal("hex2")),
    ("Device_Model.hardware_version.version", "Hardware Version", hardware(1)),
    ("Device_Model.hardware_version.revision", "Hardware Version", hardware(2)),
    ("Device_Model.firmware_version", "Firmware Version", hexadecimal("hex4")),
)
_MANUFACTURER = ("Device_Model.manufacturer_identifier", "Manufacturer", hexadecimal("hex2"))


def applies(dossier: Dossier) -> bool:
    """Where it is clear which CPA certificate the form means; `alignment.cpa_certificate` speaks of the rest."""
    return CPA.applies(dossier) and bool(CPA.found(dossier))


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask about whatever differs or cannot be compared."""
    for certificate in CPA.found(dossier):
        yield from _kind_of_date(dossier, certificate)
        yield from complaints(comparison(dossier, certificate, *one) for one in _ALWAYS)
        yield from complaints(_model(dossier, certificate))


def _model(dossier: Dossier, certificate: AssuranceCertificate) -> Iterator[Comparison]:
    """What the certificate states of the Device Model; all of it where it states nothing.

    A manufacturer's name is passed over: the form has the manufacturer's code only.
    """
    stated = [one for one in _MODEL if certificate.stated(one[1]) is not None]
    yield from (comparison(dossier, certificate, *one) for one in stated or _MODEL)
    manufacturer = comparison(dossier, certificate, *_MANUFACTURER)
    if manufacturer.agreement is Agreement.DIFFERENT:
        yield manufacturer


def _kind_of_date(dossier: Dossier, certificate: AssuranceCertificate) -> Iterator[Finding]:
    """Ask where the prefix speaks of the one date and the certificate states the other."""
    expected, found = expected_label(dossier), date_label(dossier, certificate)
    if expected is None or expected == found:
        return
    row = dossier.new_entry.row(CPA.field)
    yield Finding(
        message=f"The form's prefix means that the certificate has an '{expected}', but it states a '{found}'.",
        field=CPA.field,
        where=row.where if row else None,
        said=row.value if row else None,
        expected=found,
        unknown=True,
    )


RULE = Rule(
    id="alignment.cpa_details",
    title="The CPA certificate is for this Device Model",
    citation="Guidance appendix A 2.2 to 2.4; SEC F2.5; SEC Appendix Z 5",
    check=check,
    applies=applies,
)
