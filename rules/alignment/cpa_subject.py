"""The Security Characteristics that a CPA certificate was issued against are those of this type of device.

What: where the certificate's Security Characteristics name a type of device, it is the form's. There is one document
for all electricity meters, and one each for gas meters, Communications Hubs and load control switches.
Why: a certificate that was issued against another device's Security Characteristics says nothing of this one.
Good: `Security Characteristic GSME 1.3` for a Gas Smart Meter; a version alone.
Bad: `CPA SC Gas Smart Metering Equipment v1.3` for a Communications Hub.
What to do: send the CPA certificate of this device, or correct the device type on the form.
Clause: guidance appendix A 2.2 to 2.4; SEC F2.5; SEC Appendix Z section 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rules.alignment._compare import printed
from rules.alignment._cpa import CPA
from rules.device import device_type
from rules.facts import AssuranceCertificate, Dossier
from rules.fields import FormField, Label
from rules.finding import Finding
from rules.reference import reference
from rules.rule import Rule
from rules.text import plain, shown


def applies(dossier: Dossier) -> bool:
    """Apply where the form states its type, and the certificate that it means names one beside its version."""
    return CPA.applies(dossier) and device_type(dossier.new_entry) is not None and any(_named(dossier))


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask where every type that is named is another."""
    own = device_type(dossier.new_entry)
    for certificate, named in _named(dossier):
        stated = certificate.stated(Label.SECURITY_CHARACTERISTICS)
        if stated is not None and own not in named:
            row = dossier.new_entry.row(FormField.DEVICE_TYPE)
            yield Finding(
                message=f"'{Label.SECURITY_CHARACTERISTICS}' of {certificate.document} are those of another device: "
                f"the certificate states '{shown(stated.value)}' ({stated.where}).",
                field=FormField.DEVICE_TYPE,
                where=row.where if row else None,
                said=own,
                expected=" or ".join(sorted(named)),
            )


def _named(dossier: Dossier) -> list[tuple[AssuranceCertificate, frozenset[str]]]:
    """The certificate that is meant and the types that its Security Characteristics name, where they name any."""
    certificates = CPA.referenced_certificates(dossier)
    stated = ((certificate, certificate.stated(Label.SECURITY_CHARACTERISTICS)) for certificate in certificates)
    named_by = (
        (certificate, _types(value.value))
        for certificate, value in stated
        if value is not None and printed(dossier, certificate, value)
    )
    return [(certificate, named) for certificate, named in named_by if named]


def _types(text: str) -> frozenset[str]:
    words = plain(text)
    return frozenset(name for pattern, types in _subjects() if pattern.search(words) for name in types)


@cache
def _subjects() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """Names by which Security Characteristics call a device, as patterns, with the form's types of it."""
    return tuple(
        (re.compile(rf"\b{re.escape(name)}(?:e?s)?\b", re.IGNORECASE), types)
        for name, types in reference().security_subjects.items()
    )


RULE = Rule(
    id="alignment.cpa_subject",
    title="The Security Characteristics are those of this type of device",
    citation="Guidance appendix A 2.2 to 2.4; SEC F2.5; SEC Appendix Z 5",
    check=check,
    applies=applies,
)
