"""What else a CPA certificate states fits the form.

What: the version of the Security Characteristics and the device type; the kind of date (expiry or renewal) fits the
prefix; model and firmware, and manufacturer and hardware where the certificate states them, in hexadecimal or in words
that settle the value. Anything that differs or cannot be compared is put before a person, and so is a certificate on
which no model or no firmware is found. Where nothing but hardware or firmware differs, alignment.cpa_added_model asks
for the confirmation that this needs.
Why: an assurance certificate counts only if it expressly names the Device Model and the Physical Device Type.
Good: `Security Characteristics version 1.2` and `1.2`; `Gas Smart Meter` on both; the same firmware on both.
Bad: version 1.3 on the form and 1.2 on the certificate; firmware `01:02:05:0A` on the form and `01:02:05:0B` on the
certificate.
What to do: correct what is wrong, or send the certificate that names this Device Model.
Clause: guidance appendix A 2.2 to 2.4; SEC F2.5; SEC Appendix Z section 5.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.alignment._compare import complaints
from rules.alignment._cpa import (
    CPA,
    added,
    date_label,
    device_model,
    expected_label,
    security_characteristics,
    type_of_device,
)
from rules.certificate_number import prefix_of
from rules.facts import AssuranceCertificate, Dossier
from rules.fields import Label
from rules.finding import Finding
from rules.rule import Rule


def applies(dossier: Dossier) -> bool:
    """Apply where it is clear which CPA certificate the form means; `alignment.cpa_certificate` speaks of the rest."""
    return CPA.applies(dossier) and bool(CPA.referenced_certificates(dossier))


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask about whatever differs or cannot be compared."""
    elsewhere = added(dossier)
    for certificate in CPA.referenced_certificates(dossier):
        yield from _kind_of_date(dossier, certificate)
        yield from _other_prefix(dossier, certificate)
        compared = (
            security_characteristics(dossier, certificate),
            type_of_device(dossier, certificate),
            *device_model(dossier, certificate),
        )
        yield from complaints(result for result in compared if result not in elsewhere)


def _kind_of_date(dossier: Dossier, certificate: AssuranceCertificate) -> Iterator[Finding]:
    """Ask where the prefix speaks of the one date and the certificate states the other."""
    expected, label = expected_label(dossier), date_label(dossier, certificate)
    if expected is None or expected == label:
        return
    row = dossier.new_entry.row(CPA.field)
    yield Finding(
        message=f"The form's prefix means that the certificate has an '{expected}', but it states a '{label}'.",
        field=CPA.field,
        where=row.where if row else None,
        said=row.value if row else None,
        expected=label.value,
        unknown=True,
    )


def _other_prefix(dossier: Dossier, certificate: AssuranceCertificate) -> Iterator[Finding]:
    """Ask where the certificate prints its number with the other prefix; as a rule it prints none."""
    row, stated = dossier.new_entry.row(CPA.field), certificate.stated(Label.CERTIFICATE_NUMBER)
    printed = prefix_of(stated.value) if stated is not None else ""
    if row is None or not printed or prefix_of(row.value) in {"", printed}:
        return
    yield Finding(
        message=f"The form's number has another prefix than the certificate's, which is '{printed}'.",
        field=CPA.field,
        where=row.where,
        said=row.value,
        expected=printed,
        unknown=True,
    )


RULE = Rule(
    id="alignment.cpa_details",
    title="The CPA certificate is for this Device Model",
    citation="Guidance appendix A 2.2 to 2.4; SEC F2.5; SEC Appendix Z 5",
    check=check,
    applies=applies,
)
