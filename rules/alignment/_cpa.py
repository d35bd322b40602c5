"""Where the form and a CPA certificate state the same things."""

from __future__ import annotations

from rules.alignment._identity import Scheme, cpa_number, form_prefix
from rules.facts import AssuranceCertificate, DocumentKind, Dossier

CPA = Scheme(
    assurance="cpa",
    kind=DocumentKind.CPA_CERTIFICATE,
    field="CPA_Certificate.identification_number",
    label="Certificate Identification Number",
    same=cpa_number,
)

EXPIRY = "Expiry Date"
RENEWAL = "Renewal Date"
_BY_PREFIX = {"[E]": EXPIRY, "[R]": RENEWAL}


def expected_label(dossier: Dossier) -> str | None:
    """The label of the date that the form's prefix speaks of; None where the form has no prefix."""
    return _BY_PREFIX.get(form_prefix(dossier, CPA.field))


def date_label(dossier: Dossier, certificate: AssuranceCertificate) -> str:
    """The label of the date to compare with: the one that the prefix speaks of, else the one that is there."""
    first = expected_label(dossier) or EXPIRY
    other = RENEWAL if first == EXPIRY else EXPIRY
    return other if certificate.stated(first) is None and certificate.stated(other) is not None else first
