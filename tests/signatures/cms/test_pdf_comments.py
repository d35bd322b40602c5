"""Comments on a signed PDF: what its certification allows leaves the matter open, anything else fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.sign.fields import MDPPerm
from signatures.pdfs import PLAIN, Writer, generic, sign, updated

from intake.signatures.cms.pdf import COMMENTED, verify
from rules.signature_facts import Coverage

ANNOTATE = MDPPerm.ANNOTATE


def commented(kind: str = "/Text", **more: object) -> Callable[[Writer], None]:
    """Put an annotation of a kind on the first page, as a reader of PDFs saves it."""

    def change(writer: Writer) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        note = {"/Type": pdf_name("/Annot"), "/Subtype": pdf_name(kind), "/Contents": generic.pdf_string("Seen")}
        note["/Rect"] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 50, 50)))
        entries = {pdf_name(key): value for key, value in {**note, **more}.items()}
        reference = writer.add_object(generic.DictionaryObject(entries))
        page[pdf_name("/Annots")] = generic.ArrayObject([*page.get("/Annots", ()), reference])
        writer.update_container(page)

    return change


def page_text(writer: Writer) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    page[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"BT (01:02:05:07) Tj ET"))
    writer.update_container(page)


def permitting(writer: Writer) -> None:
    """Have the file permit comments after it was signed."""
    parameters = generic.DictionaryObject({pdf_name("/P"): generic.NumberObject(ANNOTATE.value)})
    reference = generic.DictionaryObject({pdf_name("/TransformParams"): parameters})
    certifying = generic.DictionaryObject({pdf_name("/Reference"): generic.ArrayObject([reference])})
    writer.root[pdf_name("/Perms")] = generic.DictionaryObject({pdf_name("/DocMDP"): writer.add_object(certifying)})
    writer.update_root()


def after(content: bytes, *changes: Callable[[Writer], None]) -> bytes:
    for change in changes:
        content = updated(content, change)
    return content


ALLOWED: dict[str, Callable[[], bytes]] = {
    "a note": lambda: after(sign(PLAIN, certify=ANNOTATE), commented()),
    "a stamp and a highlight": lambda: after(
        sign(PLAIN, certify=ANNOTATE), commented("/Stamp"), commented("/Highlight")
    ),
    "a note and another's signature": lambda: sign(
        after(sign(PLAIN, certify=ANNOTATE), commented()), field="Signature2"
    ),
    "another's signature and a note": lambda: after(
        sign(sign(PLAIN, certify=ANNOTATE), field="Signature2"), commented()
    ),
}
REFUSED: dict[str, Callable[[], bytes]] = {
    "a note that no certification allows": lambda: after(sign(PLAIN), commented()),
    "a note where fields alone may be filled": lambda: after(sign(PLAIN, certify=MDPPerm.FILL_FORMS), commented()),
    "a note where nothing may change": lambda: after(sign(PLAIN, certify=MDPPerm.NO_CHANGES), commented()),
    "a note under a permission of later": lambda: after(sign(PLAIN), permitting, commented()),
    "another text": lambda: after(sign(PLAIN, certify=ANNOTATE), page_text),
    "another text and a note": lambda: after(sign(PLAIN, certify=ANNOTATE), page_text, commented()),
    "a link": lambda: after(sign(PLAIN, certify=ANNOTATE), commented("/Link")),
    "a redaction": lambda: after(sign(PLAIN, certify=ANNOTATE), commented("/Redact")),
    "a note that does something": lambda: after(
        sign(PLAIN, certify=ANNOTATE), commented(**{"/A": generic.DictionaryObject()})
    ),
}


@pytest.mark.parametrize("what", ALLOWED)
def test_comments_that_a_certification_allows_leave_the_matter_open(what: str) -> None:
    for verified in verify(ALLOWED[what]()):
        assert (verified.intact, verified.valid, verified.failure) == (True, True, None)
    certifying = verify(ALLOWED[what]())[0]
    assert (certifying.coverage, certifying.reasons) == (Coverage.PARTIAL, (COMMENTED,))


@pytest.mark.parametrize("what", REFUSED)
def test_any_other_change_fails(what: str) -> None:
    verified = verify(REFUSED[what]())[0]
    assert (verified.failure, verified.coverage) == ("FORMAT_FAILURE", Coverage.PARTIAL)
