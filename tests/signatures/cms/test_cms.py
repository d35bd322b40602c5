"""Signed mail as mail programs write it: all of it is verified, none is refused."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from cryptography import x509
from pki import name
from signatures import smime
from signatures.smime import der, entity, posted, sign, signer

from intake.extract.mail.carried import Mail
from intake.extract.mail.loose import loose
from intake.extract.mail.mime import attachments
from intake.signatures.cms.message import verify_detached
from intake.signatures.verified import Verified
from rules.signature_facts import Coverage

BOOK = b"PK\x03\x04 a workbook, as far as the mail can tell" * 40
CSV = b"a,b\r\n1,2\r\n"
ENTITY = entity(("form.xlsx", BOOK), ("zigbee.pdf", b"%PDF-1.4"))
PLAIN = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGr\xc3\xbc\xc3\x9fe\r\n"
FILES = ["form.xlsx", "zigbee.pdf"]


def apple() -> bytes:
    """Apple Mail: the signature covers a multipart/mixed whose parts it names in quoted names; micalg is sha1's."""
    mail = EmailMessage(policy=SMTP.clone(max_line_length=72))
    mail.set_content("Sent from my desk.\n")
    mail.add_alternative("<html><body>Sent from my desk.</body></html>", subtype="html")
    mail.add_attachment(BOOK, maintype="application", subtype="vnd.openxmlformats", filename="form.xlsx")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="zigbee.pdf", disposition="inline")
    del mail["MIME-Version"]
    first = mail.as_bytes()
    return smime.multipart_signed(first, der(first), micalg="sha1")


def outlook_opaque() -> bytes:
    return smime.opaque(sign(ENTITY, options=("-nodetach", "-outform", "DER", "-binary")))


WHOLE: dict[str, Callable[[], bytes]] = {
    "openssl cms": lambda: sign(ENTITY),
    "openssl smime": lambda: sign(ENTITY, tool="smime"),
    "openssl, told to end lines with CRLF": lambda: sign(ENTITY, options=("-crlfeol",)),
    "openssl, given LF": lambda: sign(ENTITY.replace(b"\r\n", b"\n")),
    "openssl, binary": lambda: sign(ENTITY, options=("-binary",)),
    "openssl, no attributes": lambda: sign(ENTITY, options=("-noattr",)),
    "openssl, CAdES": lambda: sign(ENTITY, options=("-cades",)),
    "openssl, signer by key identifier": lambda: sign(ENTITY, options=("-keyid",)),
    "openssl, elliptic curve": lambda: sign(ENTITY, signer("p256")),
    "openssl, SHA-512 and P-384": lambda: sign(ENTITY, signer("p384"), options=("-md", "sha512")),
    "openssl, PSS": lambda: sign(ENTITY, last=("-keyopt", "rsa_padding_mode:pss")),
    "openssl, opaque": lambda: sign(ENTITY, options=("-nodetach",)),
    "openssl, opaque and streamed": lambda: sign(ENTITY, options=("-nodetach", "-stream")),
    "Thunderbird": lambda: smime.multipart_signed(ENTITY, der(ENTITY)),
    "Apple Mail": apple,
    "Outlook, opaque": outlook_opaque,
    "Outlook, under the older type": lambda: smime.opaque(
        sign(ENTITY, options=("-nodetach", "-outform", "DER", "-binary")), kind="x-pkcs7-mime"
    ),
    "a gateway that knows the ending only": lambda: smime.attachment(
        "smime.p7m", sign(ENTITY, options=("-nodetach", "-outform", "DER", "-binary"))
    ),
    "signed, then wrapped and signed": lambda: sign(sign(ENTITY), options=("-nodetach",)),
    "a lying micalg": lambda: smime.multipart_signed(ENTITY, der(ENTITY), micalg="md5"),
}


def is_good(verified: Verified) -> bool:
    return bool(verified.intact and verified.valid and verified.failure is None)


def files(mail: Mail) -> list[str]:
    return [part.name for part in mail.parts if not part.name.startswith("smime")]


@pytest.mark.parametrize("ends", [b"\r\n", b"\n"], ids=["CRLF", "LF"])
@pytest.mark.parametrize("program", WHOLE)
def test_a_signed_mail_is_read_and_covered_whole(program: str, ends: bytes) -> None:
    mail = attachments(posted(WHOLE[program]()).replace(b"\r\n", ends))
    assert files(mail) == FILES
    assert mail.troubles == ()
    assert mail.signatures
    for verified in mail.signatures:
        assert is_good(verified), verified.reasons
        assert verified.coverage is Coverage.ENTIRE
        assert set(FILES) < set(verified.covered)
        assert (verified.uncovered, verified.reasons) == ((), ())
        assert verified.certificate in {signer(kind).der for kind in ("rsa2048", "p256", "p384")}


@pytest.mark.parametrize("options", [(), ("-nodetach",)], ids=["beside", "opaque"])
def test_a_mail_of_text_alone_is_covered_whole(options: tuple[str, ...]) -> None:
    (verified,) = attachments(posted(sign(PLAIN, options=options))).signatures
    assert is_good(verified)
    assert (verified.coverage, verified.covered) == (Coverage.ENTIRE, ("part 1 (text/plain)",))


def test_what_the_signature_rests_on_is_told() -> None:
    (sha256,) = attachments(posted(sign(ENTITY, options=("-cades",)))).signatures
    assert (sha256.algorithms, sha256.bound) == (("rsa-sha256", "sha256"), True)
    assert sha256.claimed_time is not None
    (sha1,) = attachments(posted(sign(ENTITY, signer("rsa1024"), options=("-md", "sha1")))).signatures
    assert (sha1.algorithms, sha1.bound) == (("rsa-sha1", "sha1", "rsa-1024"), False)
    (curve,) = attachments(posted(sign(ENTITY, signer("p256"), options=("-noattr",)))).signatures
    assert (curve.algorithms, curve.claimed_time) == (("ecdsa-sha256", "sha256"), None)
    (lied,) = attachments(posted(smime.multipart_signed(ENTITY, der(ENTITY, options=("-md", "sha1"))))).signatures
    assert lied.algorithms == ("rsa-sha1", "sha1")


def test_a_time_changed_after_signing_is_not_told() -> None:
    signing_time = bytes.fromhex("06092a864886f70d010905310f170d")  # the attribute's type, and how long its value is
    head, mark, rest = der(ENTITY).partition(signing_time)
    assert mark
    (verified,) = verify_detached(head + mark + b"20" + rest[2:], [ENTITY]).verified
    assert (verified.valid, verified.claimed_time) == (False, None)


def test_every_signer_is_told() -> None:
    mail = attachments(posted(sign(ENTITY, signer(), signer("p256"))))
    assert [signature.certificate for signature in mail.signatures] == [signer("p256").der, signer().der]
    assert all(is_good(signature) and signature.coverage is Coverage.ENTIRE for signature in mail.signatures)


def test_signatures_in_each_other_are_told_with_what_each_covers() -> None:
    inner = sign(ENTITY, signer("p256"))
    mail = attachments(posted(sign(smime.mixed(inner, smime.attachment("late.pdf", b"%PDF-1.5")))))
    outer, within = mail.signatures
    assert is_good(outer)
    assert (outer.coverage, outer.certificate) == (Coverage.ENTIRE, signer().der)
    assert is_good(within)
    assert (within.coverage, within.certificate) == (Coverage.PARTIAL, signer("p256").der)
    assert within.uncovered == ("late.pdf",)


def test_the_signature_s_own_document_carries_it() -> None:
    mail = attachments(posted(sign(ENTITY)))
    (carrier,) = [part for part in mail.parts if part.name == "smime.p7s"]
    assert carrier.signatures == mail.signatures
    assert all(part.signatures is None for part in mail.parts if part.name in FILES)


def test_the_signature_of_an_attached_message_is_that_message_s() -> None:
    attached = posted(sign(ENTITY))
    raw = posted(smime.mixed(b"Content-Type: message/rfc822\r\n\r\n" + attached, smime.attachment("new.xlsx", BOOK)))
    mail = attachments(raw)
    assert mail.signatures == ()
    message = next(part for part in mail.parts if part.media_type == "message/rfc822")
    assert message.content == attached
    (verified,) = message.signatures or ()
    assert is_good(verified)
    assert (verified.coverage, verified.uncovered) == (Coverage.ENTIRE, ())


def test_a_forwarded_signed_message_in_a_signed_mail_is_covered_by_both() -> None:
    attached = posted(sign(ENTITY, signer("p256")))
    mail = attachments(posted(sign(smime.mixed(b"Content-Type: message/rfc822\r\n\r\n" + attached))))
    (outer,) = mail.signatures
    assert outer.coverage is Coverage.ENTIRE
    assert set(FILES) < {each.rpartition("/")[2] for each in outer.covered}


BESIDE = {
    "form.xlsx.p7s": ["form.xlsx", "other.xlsx"],
    "FORM.XLSX.P7S": ["form.xlsx", "other.xlsx"],
    "form.p7s": ["form.xlsx", "other.pdf"],
}


def _mail_of(names: list[str], signature: str, signed: bytes) -> bytes:
    parts = [smime.attachment(name, BOOK) for name in names]
    return posted(smime.mixed(*parts, smime.encoded("application/pkcs7-signature", signature, signed)))


@pytest.mark.parametrize("signature", BESIDE)
def test_a_detached_signature_is_verified_against_the_file_it_names(signature: str) -> None:
    for mail in (
        attachments(_mail_of(BESIDE[signature], signature, der(BOOK))),
        loose([(signature, der(BOOK)), *((each, BOOK) for each in BESIDE[signature])]),
    ):
        (verified,) = next(part.signatures for part in mail.parts if part.name == signature) or ()
        assert is_good(verified)
        assert (verified.coverage, verified.covered) == (Coverage.ENTIRE, ("form.xlsx",))
        assert mail.signatures == ()


def test_a_file_that_was_wrapped_by_itself_is_unwrapped() -> None:
    wrapped = sign(BOOK, options=("-nodetach", "-outform", "DER", "-binary"))
    for mail in (
        attachments(posted(smime.mixed(smime.attachment("form.xlsx.p7m", wrapped)))),
        loose([("form.xlsx.p7m", wrapped)]),
    ):
        carrier, form = mail.parts
        assert (form.name, form.content, mail.signatures) == ("form.xlsx", BOOK, ())
        (verified,) = carrier.signatures or ()
        assert is_good(verified)
        assert (verified.coverage, verified.covered) == (Coverage.ENTIRE, ("form.xlsx",))


def test_a_signature_part_that_a_gateway_has_retyped_is_known_by_its_name() -> None:
    signed = smime.multipart_signed(ENTITY, der(ENTITY)).replace(
        b"application/pkcs7-signature;\r\n name", b"application/octet-stream;\r\n name"
    )
    (verified,) = attachments(posted(signed)).signatures
    assert is_good(verified)
    assert verified.coverage is Coverage.ENTIRE


@pytest.mark.parametrize(
    ("address", "noted"), [("robin@ashdown.example", False), ("ROBIN@ashdown.example", False), ("eve@x.example", True)]
)
def test_a_sender_whom_the_certificate_does_not_name_is_noted(address: str, noted: bool) -> None:
    extension = x509.SubjectAlternativeName([x509.RFC822Name(address)])
    holder = smime.authority().issue(name("Robin Hale", "Ashdown Metering Ltd"), extensions=[extension])
    (verified,) = attachments(posted(sign(ENTITY, holder))).signatures
    assert is_good(verified)
    assert [note.partition(":")[0] for note in verified.notes] == ["FROM_MISMATCH"] * noted


def test_the_first_lines_of_a_wrapped_mail_are_those_within() -> None:
    mail = attachments(posted(sign(ENTITY, options=("-nodetach",))))
    assert mail.opening == "Please find our submission attached."


def test_a_bundle_of_certificates_is_no_signature() -> None:
    bundle = smime.openssl("crl2pkcs7", "-nocrl", "-certfile", "/dev/stdin", "-outform", "DER", given=signer().pem)
    mail = attachments(posted(smime.opaque(bundle, file="smime.p7c", smime_type="certs-only")))
    assert mail.signatures == ()
    assert [part.signatures for part in mail.parts] == [()]
