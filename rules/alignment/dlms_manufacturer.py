"""The manufacturer's name on the DLMS certificate is like the form's, for the record.

What: the name shares a word with the company of the firmware information, or with the creator of the Manufacturer
Image, where the form gives one. Words such as 'Ltd', 'Meters' and 'Group' do not count. The form has no field for the
manufacturer's name, so that the note decides nothing; alignment.dlms_details compares a manufacturer's code.
Why: a certificate of another company hardly covers this device; but companies are bought and renamed, and brands differ
from makers.
Good: `Example Meters Limited` and `Example Meters (UK) Ltd`.
Bad: `Example Meters Limited` and `Another Works GmbH`.
What to do: say in the submission how the two companies belong together, or send the right certificate.
Clause: guidance appendix A 2.12 and 2.13; SEC F2.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.alignment._compare import Agreement, Comparison, comparison, complaints, printed, same_if
from rules.alignment._dlms import DLMS
from rules.device import text_of
from rules.encodings import code
from rules.facts import AssuranceCertificate, Dossier
from rules.fields import FormField, Label
from rules.finding import Finding
from rules.rule import Rule

_NAMES = (FormField.FIR_COMPANY_NAME, FormField.IMAGE_CREATOR)
_OF_ANY_COMPANY = frozenset((
    "ag", "and", "bv", "co", "company", "corp", "corporation", "electric", "energy", "europe", "gmbh", "group", "inc",
    "international", "limited", "llc", "ltd", "meter", "metering", "meters", "of", "plc", "sa", "smart", "solutions",
    "srl", "systems", "technologies", "technology", "the", "uk",
))  # fmt: skip


def applies(dossier: Dossier) -> bool:
    """Apply where the certificate names a manufacturer that can be compared with what the form says."""
    return DLMS.applies(dossier) and any(
        _compared(dossier, certificate) for certificate in DLMS.referenced_certificates(dossier)
    )


def check(dossier: Dossier) -> Iterator[Finding]:
    """Note where no name of the form fits."""
    for certificate in DLMS.referenced_certificates(dossier):
        compared = _compared(dossier, certificate)
        if not any(result.agreement is Agreement.SAME for result in compared):
            yield from complaints(compared[:1])


def _compared(dossier: Dossier, certificate: AssuranceCertificate) -> tuple[Comparison, ...]:
    """The certificate's name beside every name that the form gives; nothing where it is a code or a picture."""
    stated = certificate.stated(Label.MANUFACTURER)
    if stated is None or code(stated.value, 2) or not printed(dossier, certificate, stated):
        return ()
    given = (field for field in _NAMES if _words(text_of(dossier.new_entry, field)))
    named = (comparison(dossier, certificate, field, Label.MANUFACTURER, _share_a_word) for field in given)
    return tuple(result for result in named if result.agreement is not Agreement.UNCLEAR)


def _share_a_word(form_value: str, stated: str) -> Agreement:
    """A name that has no word of its own cannot be compared."""
    words = _words(stated)
    return same_if(bool(words & _words(form_value))) if words else Agreement.UNCLEAR


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", name.casefold())) - _OF_ANY_COMPANY


RULE = Rule(
    id="alignment.dlms_manufacturer",
    title="The DLMS certificate's manufacturer is like the form's",
    citation="Guidance appendix A 2.12 and 2.13; SEC F2.5",
    check=check,
    applies=applies,
)
