"""The form's ZigBee standard is the one that the certificate was issued against.

What: where the ZigBee certificate states the version of its specification, it is that of ZSE_Certificate.ZSE_version.
A certificate that states none, or no version of the Smart Energy standard, leaves nothing to compare.
Why: the list says which standard a device was tested against, and nobody else looks at it again.
Good: `ZigBee Smart Energy Standard 1.2b` and `Smart Energy 1.2b`.
Bad: `ZigBee Smart Energy Standard 1.4` on the form and `1.2b` on the certificate.
What to do: choose the version that the certificate states, or send the certificate of the version that was chosen.
Clause: New Entry form, ZSE_Certificate.ZSE_version; guidance appendix A 2.8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.alignment._compare import Agreement, Comparison, comparison, complaints, same_if
from rules.alignment._device_model import ZIGBEE
from rules.facts import Dossier
from rules.fields import FormField, Label
from rules.finding import Finding
from rules.rule import Rule

_VERSION = re.compile(r"(?<![\w.])v?([0-9]+\.[0-9]+[a-z]?)(?![\w.]*\w)", re.IGNORECASE)


def applies(dossier: Dossier) -> bool:
    """Where it is clear which certificate is meant, and it states a version that can be compared."""
    return ZIGBEE.applies(dossier) and bool(_compared(dossier))


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask where the versions differ, or the certificate states several."""
    yield from complaints(_compared(dossier))


def _compared(dossier: Dossier) -> tuple[Comparison, ...]:
    stated = (
        (certificate, certificate.stated(Label.SPECIFICATION_VERSION))
        for certificate in ZIGBEE.referenced_certificates(dossier)
    )
    return tuple(
        comparison(dossier, certificate, FormField.ZSE_VERSION, Label.SPECIFICATION_VERSION, _version)
        for certificate, value in stated
        if value is not None and _versions(value.value)
    )


def _version(form_value: str, stated: str) -> Agreement:
    one, other = _versions(form_value), _versions(stated)
    return Agreement.UNCLEAR if len(one) != 1 or len(other) != 1 else same_if(one == other)


def _versions(text: str) -> set[str]:
    return {match.casefold() for match in _VERSION.findall(text)}


RULE = Rule(
    id="alignment.zigbee_specification",
    title="The ZigBee standard is the certificate's",
    citation="New Entry form, ZSE_Certificate.ZSE_version; guidance appendix A 2.8",
    check=check,
    applies=applies,
)
