"""The ZigBee certificate's Certification Date can be read and is not in the future.

What: the date is a real one, and the day of the check or earlier. A certificate without a readable date,
or read from a picture, is put before a person. A ZigBee certificate does not expire.
Why: nobody can have been given a certificate that is dated tomorrow.
Good: `14 June 2022`; `14/06/2022`, day before month.
Bad: a date after the day of the check; `06/14/2022`.
What to do: check the date with the body that issued the certificate.
Clause: guidance appendix A 2.8 and 2.14.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.alignment._compare import printed
from rules.alignment._device_model import ZIGBEE
from rules.days import day_of, in_form, stated_date
from rules.facts import AssuranceCertificate, Dossier, Where
from rules.fields import FormGroup, Label
from rules.finding import Finding
from rules.rule import Rule
from rules.text import shown


def applies(dossier: Dossier) -> bool:
    """Apply where it is clear which certificate the form means; `alignment.zigbee_identity` speaks of the rest."""
    return ZIGBEE.applies(dossier) and bool(ZIGBEE.referenced_certificates(dossier))


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of a day to come, and ask where the day cannot be told."""
    for certificate in ZIGBEE.referenced_certificates(dossier):
        stated = certificate.stated(Label.CERTIFICATION_DATE)
        day = stated_date(stated.value) if stated is not None and printed(dossier, certificate, stated) else None
        if day is None:
            yield _finding(certificate, "cannot be read as a day", unknown=True)
        elif day > day_of(dossier):
            yield _finding(certificate, f"is after {in_form(day_of(dossier))}, the day of the check", unknown=False)


def _finding(certificate: AssuranceCertificate, what: str, *, unknown: bool) -> Finding:
    stated = certificate.stated(Label.CERTIFICATION_DATE)
    return Finding(
        message=f"'{Label.CERTIFICATION_DATE}' of {certificate.document} {what}.",
        field=FormGroup.ZSE_CERTIFICATE,
        where=stated.where if stated else Where(certificate.document),
        said=shown(stated.value) if stated else None,
        expected="a real date, not after the day of the check",
        unknown=unknown,
    )


RULE = Rule(
    id="alignment.zigbee_date",
    title="The ZigBee certificate's date can be read and is past",
    citation="Guidance appendix A 2.8 and 2.14",
    check=check,
    applies=applies,
)
