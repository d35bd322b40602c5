"""Whom a certificate names, in text that a person can read."""

from __future__ import annotations

from contextlib import suppress

from asn1crypto.core import UTF8String
from asn1crypto.x509 import Certificate, Name

from rules.signature_facts import Signer

ORGANISATION = "2.5.4.10"
COMMON_NAME = "2.5.4.3"
IDENTIFIER = "2.5.4.97"
LONGEST = 200
MAX_NAMES = 20
_SHORT = {
    COMMON_NAME: "CN",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    ORGANISATION: "O",
    "2.5.4.11": "OU",
    "2.5.4.5": "serialNumber",
    "1.2.840.113549.1.9.1": "email",
    IDENTIFIER: "organizationIdentifier",
}


def signer_of(certificate: Certificate) -> Signer:
    """Read a certificate's holder."""
    subject = _attributes(certificate.subject)
    organisations = tuple(value for kind, value in subject if kind == ORGANISATION)
    common = next((value for kind, value in subject if kind == COMMON_NAME), None)
    identifier = next((value for kind, value in subject if kind == IDENTIFIER), None)
    return Signer(
        organisation=organisations[0] if len(organisations) == 1 else None,
        common_name=common,
        subject=_line(subject),
        issuer=_line(_attributes(certificate.issuer)),
        serial=f"{certificate.serial_number:X}",
        not_before=certificate.not_valid_before,
        not_after=certificate.not_valid_after,
        organisations=organisations[:MAX_NAMES],
        organisation_identifier=identifier,
    )


def line_of(name: Name) -> str:
    """Format a name on one line: ``CN=…, O=…``."""
    return _line(_attributes(name))


def name_in_sentence(text: str) -> str:
    """Format a name for use in a sentence."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _attributes(name: Name) -> list[tuple[str, str]]:
    """OID and text of each attribute, in the certificate's order; those of one set too."""
    attributes: list[tuple[str, str]] = []
    for together in name.chosen:
        attributes += [(attribute["type"].dotted, _text(attribute["value"])) for attribute in together]
    return attributes


def _text(value: object) -> str:
    native = value.native  # type: ignore[attr-defined]  # asn1crypto's
    if isinstance(native, str):
        return native
    with suppress(ValueError, TypeError):  # an attribute that the library does not know, as text all the same
        return str(UTF8String.load(value.dump(), strict=True).native)  # type: ignore[attr-defined]  # asn1crypto has no types
    return str(native)


def _line(attributes: list[tuple[str, str]]) -> str:
    """Beginning with whom it is about, as people write it."""
    shown = (f"{_SHORT.get(kind, kind)}={_escaped(value)}" for kind, value in reversed(attributes[:MAX_NAMES]))
    return name_in_sentence(", ".join(shown))


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace(",", "\\,")
