"""Every document could be read and placed.

What: each attachment was opened, and is known to be a form, an assurance certificate, a release note or other evidence.
What the readers noted of a document that was read, such as a label printed twice with different values, is asked about.
Why: a document that could not be read or placed may be the very certificate that a submission needs, or one that
speaks against it; nobody may decide without having looked at it.
Good: certificates as PDF files with real text; release notes as text or PDF.
Bad: a PDF file that breaks off; a scanned page; an archive within the mail.
What to do: send the document again as a PDF file with text, one document a file.
Clause: guidance section 3, step 5: the form goes with any required assurance certificates.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import OUR_FAULT, Document, DocumentKind, Dossier, Where
from rules.finding import NOTHING_TO_DO, Finding
from rules.rule import Rule


def check(dossier: Dossier) -> Iterator[Finding]:
    """Name every document that a person must open; forms have a rule of their own."""
    if dossier.message is not None and dossier.message.trouble is not None:
        remedy = NOTHING_TO_DO if OUR_FAULT in dossier.message.trouble else ""
        yield Finding(message=dossier.message.trouble, expected="a message that can be taken apart", remedy=remedy)
    forms = {entry.document for entry in dossier.entries}
    for document in dossier.documents:
        for note in document.notes:
            yield _ask(document, f"{document.name}: {note}")
        if document.name in forms or document.inline:
            continue
        if document.kind is DocumentKind.UNREADABLE:
            yield _ask(document, f"{document.name} could not be read: {document.trouble or 'no reason is known.'}")
        elif document.may_be_a_certificate:
            yield _ask(document, f"{document.name} was read, but it is not clear what it is. {document.trouble or ''}")


def _ask(document: Document, message: str) -> Finding:
    remedy = NOTHING_TO_DO if OUR_FAULT in message else ""
    return Finding(
        message=message.strip(), where=Where(document.name), expected="a document that can be placed", remedy=remedy
    )


RULE = Rule(
    id="completeness.documents",
    title="Every document could be read and placed",
    citation="Guidance 3, step 5",
    check=check,
    needs_form=False,
)
