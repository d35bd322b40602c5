"""Every document could be read and placed.

What: each attachment was opened, and is known to be a form, an assurance certificate, a release note or other evidence.
A paper that names none of the three schemes and is not needed is a note of completeness.further_papers.
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

from rules.completeness._aside import set_aside
from rules.facts import OUR_FAULT, Document, DocumentKind, Dossier, Where
from rules.finding import NOTHING_TO_DO, Finding
from rules.rule import Rule
from rules.text import parted

_WHAT_IT_IS = "Tell us what the document is, and which entry it belongs to; or leave it out if it is not needed."


def check(dossier: Dossier) -> Iterator[Finding]:
    """Name every document that a person must open; forms have a rule of their own."""
    if dossier.message is not None and dossier.message.trouble is not None:
        remedy = NOTHING_TO_DO if OUR_FAULT in dossier.message.trouble else ""
        yield Finding(message=dossier.message.trouble, expected="a message that can be taken apart", remedy=remedy)
    forms = {entry.document for entry in dossier.entries}
    aside = {document.name for document in set_aside(dossier)}
    for document in dossier.documents:
        for note in document.notes:
            yield _ask(document, _about(document, note))
        if document.name in forms or document.name in aside or document.inline:
            continue
        if document.kind is DocumentKind.UNREADABLE:
            yield _ask(document, f"{document.name} could not be read. {document.trouble or 'No reason is known.'}")
        elif document.may_be_a_certificate:
            if document.trouble:
                yield _ask(document, _about(document, document.trouble))
            else:
                yield _ask(document, f"It is not clear what {document.name} is.", _WHAT_IT_IS)


def _about(document: Document, sentence: str) -> str:
    """The sentence with the document's name in it."""
    if sentence.startswith("It "):
        return f"{document.name} {sentence.removeprefix('It ')}"
    return f"{document.name}: {sentence}"


def _ask(document: Document, message: str, remedy: str = "") -> Finding:
    """What is the matter, and what the sender can do about it; nothing where our own program failed."""
    matter, advice = parted(message)
    if OUR_FAULT in message:
        advice = NOTHING_TO_DO
    return Finding(
        message=matter,
        where=Where(document.name),
        remedy=advice or remedy,
    )


RULE = Rule(
    id="completeness.documents",
    title="Every document could be read and placed",
    citation="Guidance 3, step 5",
    check=check,
    needs_form=False,
)
