"""The signer's organisation is the one that the form names as the image's creator.

What: where Manufacturer_Image.hash is filled and the workbook is signed, the signing certificate names one organisation
(O), and it is the one in Manufacturer_Image.creator. How a name is encoded and spaced makes no difference.
A difference in case, punctuation, or Ltd for Limited alone is put before a person, and so is a name that a person has
confirmed to be the same organisation's. Any other difference is a fault, letters that only look the same included.
Why: a signature shows whose word the hash is, and the creator alone can give it.
Good: creator "Example Meters Ltd", signed with a certificate issued to O=Example Meters Ltd.
Bad: a certificate of the submitter's consultant; one that names a person but no organisation, or several organisations.
What to do: sign with a certificate issued to the creator under the name that the form states, or put the name right.
Clause: SEC Appendix Z section 4.1; guidance sections 4 and 7.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rules.facts import ConfirmedName, Dossier, FormRow
from rules.fields import FormField
from rules.finding import Finding
from rules.rule import Rule
from rules.signature import required
from rules.signature._names import Likeness, likeness, same
from rules.signature_facts import Indication, SignatureFacts, Signer
from rules.text import plain, shown


def applies(dossier: Dossier) -> bool:
    """Apply where there is a hash, a creator, and a signature whose signer is known."""
    return required.applies(dossier) and bool(_creators(dossier)) and bool(_signatures(dossier))


def check(dossier: Dossier) -> Iterator[Finding]:
    """Compare every signer with every creator that is stated."""
    for row in _creators(dossier):
        for signer in dict.fromkeys(signature.signer for signature in _signatures(dossier)):
            yield from _compared(dossier, row, signer)


def unconfirmed(dossier: Dossier) -> tuple[ConfirmedName, ...]:
    """Give the pairs of names that differ and that nobody has confirmed yet to be one organisation's."""
    if not applies(dossier):
        return ()
    organisations = dict.fromkeys(signature.signer.organisation for signature in _signatures(dossier))
    return tuple(
        ConfirmedName(row.value, organisation)
        for row in _creators(dossier)
        for organisation in organisations
        if organisation and not same(row.value, organisation) and not _is_confirmed(dossier, row.value, organisation)
    )


def concerning(
    confirmed_names: Iterable[ConfirmedName], organisations: Iterable[str | None]
) -> tuple[ConfirmedName, ...]:
    """Give those of the confirmed names that are one of these organisations'."""
    signed = [organisation for organisation in organisations if organisation]
    return tuple(name for name in confirmed_names if any(same(name.organisation, signer) for signer in signed))


def _compared(dossier: Dossier, row: FormRow, signer: Signer) -> Iterator[Finding]:
    organisation = signer.organisation
    if organisation is None:
        yield _finding(row, _nameless(signer))
        return
    named = f"The workbook is signed by {shown(organisation)}{_identified(signer)}"
    how = likeness(row.value, organisation)
    if how is Likeness.EQUAL:
        return
    if _is_confirmed(dossier, row.value, organisation):
        message = f"{named}; it has been confirmed before that this and the creator are the same organisation."
        yield replace(_finding(row, message, unknown=True), internal=True)
    elif how is Likeness.SPELLING:
        yield _finding(row, f"{named}, which is the creator's name in another spelling.", unknown=True)
    else:
        alike = plain(row.value).casefold() == plain(organisation).casefold()
        trick = ", a name that looks the same but is written with other characters" if alike else ""
        yield _finding(row, f"{named}{trick}, and not by the creator that the form names.")


def _nameless(signer: Signer) -> str:
    if signer.organisations:
        return f"The signing certificate names several organisations: {shown('; '.join(signer.organisations))}."
    return f"The signing certificate names no organisation, only {shown(signer.common_name or signer.subject or '?')}."


def _identified(signer: Signer) -> str:
    return f" ({shown(signer.organisation_identifier)})" if signer.organisation_identifier else ""


def _is_confirmed(dossier: Dossier, creator: str, organisation: str) -> bool:
    return any(
        same(confirmed_name.creator, creator) and same(confirmed_name.organisation, organisation)
        for confirmed_name in dossier.confirmed_names
    )


def _finding(row: FormRow, message: str, *, unknown: bool = False) -> Finding:
    expected = "one signing certificate, issued to this organisation alone"
    return Finding(message, FormField.IMAGE_CREATOR, row.where, said=row.value, expected=expected, unknown=unknown)


def _creators(dossier: Dossier) -> tuple[FormRow, ...]:
    return tuple(row for row in dossier.new_entry.named(FormField.IMAGE_CREATOR) if row.filled)


def _signatures(dossier: Dossier) -> tuple[SignatureFacts, ...]:
    """Those that do not fail, as required.py has told of one that does, and whose signer is known."""
    signatures = dossier.workbook.signatures if dossier.workbook is not None else ()
    return tuple(
        signature
        for signature in signatures
        if signature.indication is not Indication.TOTAL_FAILED and signature.signer.subject is not None
    )


RULE = Rule(
    id="signature.creator",
    title="The signer is the image's creator",
    citation="SEC Appendix Z 4.1; guidance 4 and 7",
    check=check,
    applies=applies,
)
