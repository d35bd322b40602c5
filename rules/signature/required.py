"""A form with an image's hash is signed.

What: where Manufacturer_Image.hash is filled, the workbook carries a digital signature, every signature on it passes
in full, and each covers the whole workbook.
A signature that fails is a fault; one that cannot be settled (no trusted issuer, no word on revocation, parts left
unsigned) is put before a person, and so is an unsigned workbook in a well-signed mail, or with a signature in a file
of its own beside it.
Why: the hash decides which firmware devices will accept, so it must come from the one who made the image.
Good: the New Entry tab saved as a workbook and signed in Excel by the image's creator.
Bad: a hash in a workbook without a signature; a workbook changed after it was signed.
What to do: sign the workbook as the image's creator, after the last change to it, and send it as it is.
Clause: SEC Appendix Z section 4.1; guidance sections 4 and 7.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier, FormRow
from rules.fields import FormField, FormGroup
from rules.finding import Finding
from rules.rule import Rule
from rules.signature_facts import Coverage, Indication, SignatureFacts, plainly
from rules.text import shown

_SETTLE = "Tell us who issued the signing certificate, or sign again with one that is valid and can be checked today."


def applies(dossier: Dossier) -> bool:
    """Apply where any row of the hash is filled, with whatever."""
    return _row(dossier) is not None


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain where nothing is signed or a signature fails; ask where a signature leaves a doubt."""
    workbook = dossier.workbook
    signatures = workbook.signatures if workbook is not None else ()
    if not signatures:
        yield _unsigned(dossier)
    for signature in signatures:
        if signature.indication is Indication.TOTAL_FAILED:
            yield _finding(dossier, f"The workbook's signature fails{_why(signature)}.")
        elif signature.indication is Indication.INDETERMINATE:
            yield _finding(
                dossier, f"The workbook's signature cannot be settled{_why(signature)}.", unknown=True, remedy=_SETTLE
            )
        elif signature.coverage is not Coverage.ENTIRE:
            left = ", ".join(signature.uncovered) or "parts that we cannot name"
            message = f"The signature does not cover the whole workbook. It leaves out {left}."
            yield _finding(dossier, message, unknown=True)


def _unsigned(dossier: Dossier) -> Finding:
    """Certain, unless the mail around the workbook, or a file beside it, signs it well."""
    around = dossier.message.signatures if dossier.message is not None else ()
    if any(signature.indication is Indication.TOTAL_PASSED for signature in around):
        return _finding(dossier, "The mail is signed, but the workbook with the hash is not.", unknown=True)
    beside = next(_beside(dossier), None)
    if beside is not None:
        return _finding(dossier, f"The workbook is signed by {shown(beside)}, not in itself.", unknown=True)
    return _finding(dossier, "The form states a hash, but the workbook is not signed.")


def _beside(dossier: Dossier) -> Iterator[str]:
    """Names of signature files (CMS) that lie beside the workbook, or that it came in, and are over it and good."""
    own = dossier.new_entry.document
    for document in dossier.documents:
        signed = document.signatures if document.name != own else ()
        if any(own in facts.covered and facts.indication is Indication.TOTAL_PASSED for facts in signed):
            yield document.name


def _finding(dossier: Dossier, message: str, *, unknown: bool = False, remedy: str = "") -> Finding:
    row = _row(dossier)
    return Finding(
        message=message,
        field=FormGroup.MANUFACTURER_IMAGE,
        where=row.where if row else None,
        expected="the image creator's signature over the whole workbook",
        unknown=unknown,
        remedy=remedy,
    )


def _why(signature: SignatureFacts) -> str:
    reasons = " ".join(map(plainly, signature.reasons)) or signature.sub_indication
    return f": {reasons.rstrip('.')}" if reasons else ""


def _row(dossier: Dossier) -> FormRow | None:
    return next((row for row in dossier.new_entry.named(FormField.IMAGE_HASH) if row.filled), None)


RULE = Rule(
    id="signature.required",
    title="A form with a hash is signed",
    citation="SEC Appendix Z 4.1; guidance 4 and 7",
    check=check,
    applies=applies,
)
