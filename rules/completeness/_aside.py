"""Which documents beside form and certificates need nobody's look, as far as they say nothing against the form."""

from __future__ import annotations

from collections.abc import Iterator

from rules.device import needs
from rules.facts import Document, DocumentKind, Dossier

_ASSURANCES = (
    ("zigbee", DocumentKind.ZIGBEE_CERTIFICATE),
    ("cpa", DocumentKind.CPA_CERTIFICATE),
    ("dlms", DocumentKind.DLMS_CERTIFICATE),
)


def set_aside(dossier: Dossier) -> Iterator[Document]:
    """Give attached messages that were opened, pictures too small for a page, and papers of no scheme.

    A paper counts only where no certificate is missing, for it may be the one, in words that no reader knows.
    """
    complete = all(
        needs(assurance, dossier.new_entry) is False or dossier.of_kind(kind) for assurance, kind in _ASSURANCES
    )
    for document in dossier.documents:
        if document.words is not None and not document.inline and (complete or not document.may_be_a_certificate):
            yield document
