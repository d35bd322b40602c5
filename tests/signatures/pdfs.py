"""Signs PDFs with pyHanko as its user would: plainly, twice, with time stamps, for the long term."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any

from asn1crypto import keys, x509
from cryptography.hazmat.primitives import serialization
from pki import NOW, TIME_STAMPING, YEAR, Holder, name
from pyhanko.pdf_utils import generic as objects
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore
from signatures.smime import authority, signer

from intake.demo.certificates import zigbee_certificate

Writer = Any
generic: Any = objects
new_store: Any = SimpleCertificateStore
"""All of them half typed in pyHanko."""
PLAIN = zigbee_certificate({"Firmware Version": "01:02:05:06", "Type of Device": "Meter", "Manufacturer": "10:63"})
STAMPED_AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def asn1(holder: Holder) -> x509.Certificate:
    return x509.Certificate.load(holder.der)


def key(holder: Holder) -> keys.PrivateKeyInfo:
    plain = serialization.NoEncryption()
    der = holder.key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, plain)
    return keys.PrivateKeyInfo.load(der)


@cache
def tsa() -> Holder:
    return authority().issue(
        name("Time Stamps", "Test Trust"), key_number=7, usages=(TIME_STAMPING,), begins=NOW - 2 * YEAR
    )


def signing(holder: Holder) -> signers.SimpleSigner:
    store: Any = new_store()
    store.register(asn1(authority()))
    return signers.SimpleSigner(asn1(holder), key(holder), store)


def stamper() -> DummyTimeStamper:
    return DummyTimeStamper(asn1(tsa()), key(tsa()), fixed_dt=STAMPED_AT)


def sign(
    content: bytes,
    holder: Holder | None = None,
    *,
    field: str = "Signature1",
    stamped: bool = False,
    pades: bool = True,
    certify: fields.MDPPerm | None = None,
    long_term: bool = False,
    **more: Any,  # noqa: ANN401  # whatever pyHanko takes
) -> bytes:
    """A PDF with one signature more."""
    kind = fields.SigSeedSubFilter.PADES if pades else fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    facts: dict[str, Any] = {"field_name": field, "md_algorithm": "sha256", "subfilter": kind, **more}
    if certify is not None:
        facts |= {"certify": True, "docmdp_permissions": certify}
    if long_term:
        context = ValidationContext(
            trust_roots=[asn1(authority())],
            crls=[authority().crl()],
            other_certs=[asn1(tsa())],
            allow_fetching=False,
        )
        facts |= {"embed_validation_info": True, "use_pades_lta": True, "validation_context": context}
    out = BytesIO()
    sign_pdf: Any = signers.sign_pdf
    sign_pdf(
        IncrementalPdfFileWriter(BytesIO(content)),
        signers.PdfSignatureMetadata(**facts),
        signer=signing(holder or signer()),
        timestamper=stamper() if stamped or long_term else None,
        output=out,
    )
    return out.getvalue()


def updated(content: bytes, change: Callable[[Writer], None]) -> bytes:
    """A PDF with a revision more, as an editor saves it."""
    writer: Writer = IncrementalPdfFileWriter(BytesIO(content))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def page_text(writer: Writer) -> None:
    """What the page shows is replaced (a shadow attack's 'replace')."""
    page = writer.root["/Pages"]["/Kids"][0]
    page[pdf_name("/Contents")] = writer.add_object(
        generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 700 Td (Approved) Tj ET")
    )
    writer.update_container(page)


def page_size(writer: Writer) -> None:
    """The page is cut so that part of it is hidden."""
    page = writer.root["/Pages"]["/Kids"][0]
    page[pdf_name("/MediaBox")] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 100, 100)))
    writer.update_container(page)


def no_pages(writer: Writer) -> None:
    """The document shows another tree of pages (a shadow attack's 'hide and replace')."""
    page = generic.DictionaryObject(
        {pdf_name("/Type"): pdf_name("/Page"), pdf_name("/MediaBox"): generic.ArrayObject()}
    )
    pages = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Pages"),
            pdf_name("/Kids"): generic.ArrayObject([writer.add_object(page)]),
            pdf_name("/Count"): generic.NumberObject(1),
        }
    )
    writer.root[pdf_name("/Pages")] = writer.add_object(pages)
    writer.update_root()


def annotation(writer: Writer) -> None:
    """A box of text is laid over the page."""
    page = writer.root["/Pages"]["/Kids"][0]
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Contents"): generic.TextStringObject("Approved"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 500, 500))),
        }
    )
    annotations = generic.ArrayObject(list(page.get("/Annots", ())))
    annotations.append(writer.add_object(note))
    page[pdf_name("/Annots")] = annotations
    writer.update_container(page)


def open_action(writer: Writer) -> None:
    script = generic.DictionaryObject(
        {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): generic.TextStringObject("app.alert(1)")}
    )
    writer.root[pdf_name("/OpenAction")] = writer.add_object(script)
    writer.update_root()


def no_form(writer: Writer) -> None:
    del writer.root["/AcroForm"]
    writer.update_root()
