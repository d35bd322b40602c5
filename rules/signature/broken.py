"""No document carries a broken signature.

What: a signature on a document of the submission does not fail. The workbook of a form with a hash has
signature.required for itself, and the workbooks of other entries are judged with those.
Why: a document that was changed after it was signed is not the document that was signed.
Good: documents without a signature, or with one that holds; whose it is decides nothing here.
Bad: a workbook that was saved again after it had been signed.
What to do: send the document as it was when it was signed, or sign it again.
Clause: guidance section 7.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Document, Dossier, Where
from rules.finding import Finding
from rules.rule import Rule
from rules.signature import required
from rules.signature_facts import Indication, plainly


def applies(dossier: Dossier) -> bool:
    """Apply where any of the documents in question is signed."""
    return any(document.signatures for document in _documents(dossier))


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask about every document with a signature that fails."""
    for document in _documents(dossier):
        failed = [signature for signature in document.signatures if signature.indication is Indication.TOTAL_FAILED]
        if failed:
            reasons = " ".join(plainly(reason) for signature in failed for reason in signature.reasons).rstrip(".")
            message = f"A signature on {document.name} fails{f': {reasons}' if reasons else ''}."
            yield Finding(message=message, where=Where(document.name), expected="a signature that holds, or none")


def _documents(dossier: Dossier) -> list[Document]:
    own = dossier.new_entry.document
    others = {entry.document for entry in dossier.entries} - {own}
    left_out = others | ({own} if required.applies(dossier) else set())
    return [document for document in dossier.documents if document.name not in left_out]


RULE = Rule(
    id="signature.broken",
    title="No document carries a broken signature",
    citation="Guidance 7",
    check=check,
    applies=applies,
    needs_form=False,
)
