"""Mail whose signature somebody has bent: none of it passes, and what is left uncovered is named."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from asn1crypto import cms
from asn1crypto import x509 as asn1
from signatures import smime
from signatures.smime import attachment, bent, der, entity, mixed, multipart_signed, opaque, posted, sign, signer

from intake.extract.mail.mime import attachments
from intake.signatures.verified import Verified
from rules.signature_facts import Coverage

BOOK = b"PK\x03\x04 a workbook, as far as the mail can tell" * 40
EVIL = b"PK\x03\x04 another workbook" * 40
ENTITY = entity(("form.xlsx", BOOK))
OTHER = entity(("other.xlsx", EVIL))
FOOTER = b"Content-Type: text/plain\r\n\r\n-- \r\nThe metering list\r\n"
RFC_822 = b"Content-Type: message/rfc822\r\n\r\n"


def changed(raw: bytes, old: bytes, new: bytes) -> bytes:
    assert old in raw
    return raw.replace(old, new, 1)


def wrapped(content: bytes, *options: str) -> bytes:
    return sign(content, options=("-nodetach", "-outform", "DER", "-binary", *options))


def with_signature(change: Callable[[cms.SignedData], None], *options: str) -> bytes:
    return multipart_signed(ENTITY, bent(der(ENTITY, options=options), change))


def _other_kind(data: cms.SignedData) -> None:
    """The signer's certificate exchanged for one of the same name and number whose key is of another kind."""
    certificate = asn1.Certificate.load(signer().der)
    of_curve = asn1.Certificate.load(signer("p256").der)
    certificate["tbs_certificate"]["subject_public_key_info"] = of_curve["tbs_certificate"]["subject_public_key_info"]
    data["certificates"] = [cms.CertificateChoices("certificate", certificate)]


def _flip_value(data: cms.SignedData) -> None:
    info = data["signer_infos"][0]
    value = bytearray(info["signature"].native)
    value[20] ^= 1
    info["signature"] = bytes(value)


def _set_attribute(data: cms.SignedData, name: str, value: object) -> None:
    for attribute in data["signer_infos"][0]["signed_attrs"]:
        if attribute["type"].native == name:
            attribute["values"] = [value]


def _forged_certificate(data: cms.SignedData) -> None:
    """A certificate of the signer's issuer and number that holds the attacker's key."""
    own, other = cms.Certificate.load(signer().der), cms.Certificate.load(signer("rsa2048", 3).der)
    own["tbs_certificate"]["subject_public_key_info"] = other["tbs_certificate"]["subject_public_key_info"]
    data["certificates"] = [cms.CertificateChoices("certificate", own)]


def _other_certificate(data: cms.SignedData) -> None:
    data["certificates"] = [cms.CertificateChoices("certificate", cms.Certificate.load(signer("p256").der))]


def _name_other_signer(data: cms.SignedData) -> None:
    """The attacker's certificate by the attacker's name, beside a value that the victim's key made."""
    other = cms.Certificate.load(signer("rsa2048", 3).der)
    _ = data["signer_infos"][0]["signed_attrs"].dump()
    data["signer_infos"][0]["sid"] = cms.SignerIdentifier(
        "issuer_and_serial_number", {"issuer": other.issuer, "serial_number": other.serial_number}
    )
    data["certificates"] = [cms.CertificateChoices("certificate", other)]


def _unknown_digest(data: cms.SignedData) -> None:
    data["signer_infos"][0]["digest_algorithm"] = {"algorithm": "md5"}


def _no_signers(data: cms.SignedData) -> None:
    data["signer_infos"] = []


def _many_signers(data: cms.SignedData) -> None:
    data["signer_infos"] = [data["signer_infos"][0]] * 21


def _other_content_type(data: cms.SignedData) -> None:
    data["encap_content_info"]["content_type"] = "tst_info"


def attributes_as_content() -> bytes:
    """The victim's signature over attributes, shown as one over content without attributes (RFC 9690's reason)."""
    info = cms.ContentInfo.load(der(ENTITY))
    signed = info["content"]["signer_infos"][0]["signed_attrs"].untag().dump()

    def strip(data: cms.SignedData) -> None:
        old = data["signer_infos"][0]
        kept = ("version", "sid", "digest_algorithm", "signature_algorithm", "signature")
        data["signer_infos"] = [{key: old[key] for key in kept}]
        data["encap_content_info"] = {"content_type": "data", "content": signed}

    return opaque(bent(der(ENTITY), strip))


def two_types() -> bytes:
    head = (
        'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary="=_signed"\r\n'
        'Content-Type: multipart/mixed; boundary="=_other"\r\n'
    )
    return multipart_signed(ENTITY, der(ENTITY), header=head)


def two_boundaries() -> bytes:
    head = (
        'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256;'
        ' boundary="=_signed"; boundary="=_other"\r\n'
    )
    return multipart_signed(ENTITY, der(ENTITY), header=head)


def coded() -> bytes:
    return changed(
        multipart_signed(ENTITY, der(ENTITY)), b"MIME-Version: 1.0\r\n", b"Content-Transfer-Encoding: base64\r\n"
    )


BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "a workbook changed": (lambda: changed(sign(ENTITY), b"UEsDB", b"UEsDC"), "HASH_FAILURE"),
    "a word changed": (lambda: changed(sign(ENTITY), b"find our", b"lose our"), "HASH_FAILURE"),
    "a file renamed": (lambda: changed(sign(ENTITY), b"form.xlsx", b"good.xlsx"), "HASH_FAILURE"),
    "a line put in": (lambda: changed(sign(ENTITY), b"attached.", b"attached.\r\nAnd more."), "HASH_FAILURE"),
    "a space put behind a line": (lambda: changed(sign(ENTITY), b"attached.", b"attached. "), "HASH_FAILURE"),
    "a header put in": (
        lambda: multipart_signed(b"X-Note: yes\r\n" + ENTITY, der(ENTITY)),
        "HASH_FAILURE",
    ),
    "an empty first part": (lambda: multipart_signed(b"", der(ENTITY)), "HASH_FAILURE"),
    "the signature of another mail": (lambda: multipart_signed(OTHER, der(ENTITY)), "HASH_FAILURE"),
    "the text hashed without its headers": (
        lambda: multipart_signed(ENTITY, der(ENTITY.split(b"\r\n\r\n", 1)[1])),
        "HASH_FAILURE",
    ),
    "a changed mail without attributes": (
        lambda: changed(sign(ENTITY, options=("-noattr",)), b"UEsDB", b"UEsDC"),
        "SIG_CRYPTO_FAILURE",
    ),
    "a digest put right, the value not": (
        lambda: multipart_signed(
            OTHER,
            bent(
                der(ENTITY),
                lambda data: _set_attribute(
                    data,
                    "message_digest",
                    cms.ContentInfo.load(der(OTHER))["content"]["signer_infos"][0]["signed_attrs"][2]["values"][
                        0
                    ].native,
                ),
            ),
        ),
        "SIG_CRYPTO_FAILURE",
    ),
    "a bit of the value": (lambda: with_signature(_flip_value), "SIG_CRYPTO_FAILURE"),
    "another key under the signer's name": (lambda: with_signature(_forged_certificate), "SIG_CRYPTO_FAILURE"),
    "the attacker's name on the victim's value": (lambda: with_signature(_name_other_signer), "SIG_CRYPTO_FAILURE"),
    "another's certificate only": (lambda: with_signature(_other_certificate), "NO_SIGNING_CERTIFICATE_FOUND"),
    "no certificate": (lambda: sign(ENTITY, options=("-nocerts",)), "NO_SIGNING_CERTIFICATE_FOUND"),
    "a bound certificate exchanged": (
        lambda: with_signature(_name_other_signer, "-cades"),
        "NO_SIGNING_CERTIFICATE_FOUND",
    ),
    "an attribute of another content type": (
        lambda: with_signature(lambda data: _set_attribute(data, "content_type", "enveloped_data")),
        "FORMAT_FAILURE",
    ),
    "content of another type": (lambda: with_signature(_other_content_type), "FORMAT_FAILURE"),
    "MD5": (lambda: with_signature(_unknown_digest), "FORMAT_FAILURE"),
    "a key of another kind than the value's": (lambda: with_signature(_other_kind), "SIG_CRYPTO_FAILURE"),
    "no signers": (lambda: with_signature(_no_signers), "FORMAT_FAILURE"),
    "more signers than anybody reads": (lambda: with_signature(_many_signers), "FORMAT_FAILURE"),
    "content of its own beside the mail's": (lambda: multipart_signed(OTHER, wrapped(ENTITY)), "FORMAT_FAILURE"),
    "a signature cut short": (lambda: multipart_signed(ENTITY, der(ENTITY)[:-40]), "FORMAT_FAILURE"),
    "a signature with something behind it": (lambda: multipart_signed(ENTITY, der(ENTITY) + b"more"), "FORMAT_FAILURE"),
    "an empty signature": (lambda: multipart_signed(ENTITY, b""), "FORMAT_FAILURE"),
    "nonsense for a signature": (lambda: multipart_signed(ENTITY, b"\x30\x80\x06\x09nonsense"), "FORMAT_FAILURE"),
    "encrypted data for a signature": (
        lambda: multipart_signed(ENTITY, encrypted()),
        "FORMAT_FAILURE",
    ),
    "signature first, content second": (lambda: multipart_signed(ENTITY, der(ENTITY), swapped=True), "FORMAT_FAILURE"),
    "no signature part": (
        lambda: re.sub(
            rb"--=_signed\r\nContent-Type: application/pkcs7.*?(?=--=_signed--)",
            b"",
            multipart_signed(ENTITY, der(ENTITY)),
            flags=re.DOTALL,
        ),
        "FORMAT_FAILURE",
    ),
    "two types": (two_types, "FORMAT_FAILURE"),
    "two boundaries": (two_boundaries, "FORMAT_FAILURE"),
    "a coded multipart": (coded, "FORMAT_FAILURE"),
    "OpenPGP": (
        lambda: changed(sign(ENTITY).replace(b"pkcs7-signature", b"pgp-signature"), b"sha-256", b"pgp-sha256"),
        "NO_SIGNING_CERTIFICATE_FOUND",
    ),
    "an opaque mail changed": (
        lambda: opaque(changed(wrapped(ENTITY), b"UEsDB", b"UEsDC")),
        "HASH_FAILURE",
    ),
    "an opaque mail cut short": (lambda: opaque(wrapped(ENTITY)[:-40]), "FORMAT_FAILURE"),
    "an opaque mail without content": (lambda: opaque(der(ENTITY)), "SIGNED_DATA_NOT_FOUND"),
    "attributes shown as content": (attributes_as_content, "FORMAT_FAILURE"),
}


def encrypted() -> bytes:
    return smime.openssl("cms", "-encrypt", "-outform", "DER", "-recip", "/dev/fd/0", "-aes256", given=signer().pem)


@pytest.mark.parametrize("attack", BROKEN)
def test_a_bent_mail_does_not_pass(attack: str) -> None:
    build, failure = BROKEN[attack]
    verified_signatures = attachments(posted(build())).signatures
    verified_signatures = verified_signatures or tuple(
        signature for part in attachments(posted(build())).parts for signature in part.signatures or ()
    )
    (verified,) = verified_signatures
    assert verified.failure == failure, verified.reasons
    assert verified.reasons
    assert not passes(verified)
    assert verified.coverage is Coverage.UNCLEAR
    assert verified.covered == ()


@pytest.mark.parametrize("options", [("-md", "sha3-256"), ("-md", "sha512-256"), ("-md", "ripemd160")], ids=str)
def test_what_is_not_verified_here_is_not_called_wrong(options: tuple[str, ...]) -> None:
    (verified,) = attachments(posted(sign(ENTITY, options=options))).signatures
    assert (verified.failure, verified.intact, verified.valid) == ("CRYPTO_CONSTRAINTS_FAILURE", None, None)
    assert options[1].replace("-", "_") in verified.reasons[0] or "1.3.36.3.2.1" in verified.reasons[0]


def test_a_key_that_cannot_be_loaded_is_not_called_damage() -> None:
    """openssl knows curves that the library does not; a signature by one of them is neither right nor wrong here."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "entity").write_bytes(ENTITY)
        curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:brainpoolP320r1")
        smime.openssl(
            "req", "-x509", *curve, "-nodes", "-subj", "/O=A/CN=B", "-keyout", "k", "-out", "c", folder=folder
        )
        signed = ("cms", "-sign", "-in", "entity", "-md", "sha256", "-signer", "c", "-inkey", "k")
        (verified,) = attachments(posted(smime.openssl(*signed, folder=folder))).signatures
    assert (verified.failure, verified.intact) == ("CRYPTO_CONSTRAINTS_FAILURE", None)


def passes(verified: Verified) -> bool:
    return bool(
        verified.intact and verified.valid and verified.failure is None and verified.coverage is Coverage.ENTIRE
    )


INJECTED: dict[str, tuple[Callable[[], bytes], list[str]]] = {
    "a third part": (lambda: multipart_signed(ENTITY, der(ENTITY), attachment("evil.xlsx", EVIL)), ["evil.xlsx"]),
    "a third part of the same name": (
        lambda: multipart_signed(ENTITY, der(ENTITY), attachment("form.xlsx", EVIL)),
        ["form (2).xlsx"],
    ),
    "a third part of text": (
        lambda: multipart_signed(ENTITY, der(ENTITY), b"Content-Type: text/html\r\n\r\n<p>Use the other form.</p>\r\n"),
        ["part 3 (text/html)"],
    ),
    "a file before": (lambda: mixed(attachment("evil.xlsx", EVIL), sign(ENTITY)), ["evil.xlsx"]),
    "a file behind": (lambda: mixed(sign(ENTITY), attachment("evil.xlsx", EVIL)), ["evil.xlsx"]),
    "a file beside an opaque part": (
        lambda: mixed(opaque(wrapped(ENTITY)), attachment("evil.xlsx", EVIL)),
        ["evil.xlsx"],
    ),
    "a message beside": (
        lambda: mixed(sign(ENTITY), RFC_822 + posted(OTHER)),
        ["part 2.1.1 (text/plain)", "attachment-3.eml/other.xlsx", "attachment-3.eml"],
    ),
    "a mailing list's footer": (lambda: mixed(sign(ENTITY), FOOTER), ["part 2 (text/plain)"]),
    "a mailing list's footer on an opaque mail": (
        lambda: mixed(opaque(wrapped(ENTITY)), FOOTER),
        ["part 2 (text/plain)"],
    ),
    "a page that shows the signed one nowhere": (
        lambda: mixed(b"Content-Type: text/html\r\n\r\n<p>Use mine.</p><div style='display:none'>\r\n", sign(ENTITY)),
        ["part 1 (text/html)"],
    ),
}


@pytest.mark.parametrize("ends", [b"\r\n", b"\n"], ids=["CRLF", "LF"])
@pytest.mark.parametrize("attack", INJECTED)
def test_what_was_put_beside_the_signed_parts_is_named(attack: str, ends: bytes) -> None:
    build, uncovered = INJECTED[attack]
    mail = attachments(posted(build()).replace(b"\r\n", ends))
    (verified,) = mail.signatures
    assert (verified.intact, verified.valid, verified.failure) == (True, True, None)
    assert verified.coverage is Coverage.PARTIAL
    assert sorted(verified.uncovered) == sorted(uncovered)
    assert "form.xlsx" in verified.covered
    (reason,) = verified.reasons
    assert reason.startswith("COVERAGE_PARTIAL: ")
    assert all(name in reason for name in uncovered)


def test_nothing_is_read_from_around_the_parts() -> None:
    """What stands before the first boundary and behind the last is shown by no mail program."""
    raw = posted(changed(sign(ENTITY), b"This is an S/MIME signed message", mixed(attachment("evil.xlsx", EVIL))))
    mail = attachments(raw + b"\r\n" + attachment("evil.xlsx", EVIL))
    assert [part.name for part in mail.parts] == ["form.xlsx", "smime.p7s"]
    assert passes(mail.signatures[0])


def test_one_broken_signer_is_told_beside_a_good_one() -> None:
    both = der(ENTITY, signer(), signer("rsa2048", 3))
    good, bad = attachments(posted(multipart_signed(ENTITY, bent(both, _flip_value)))).signatures
    assert {passes(good), passes(bad)} == {True, False}


def test_an_attacker_s_signature_around_the_victim_s_leaves_his_own_part_uncovered_by_hers() -> None:
    around = sign(mixed(sign(ENTITY), attachment("evil.xlsx", EVIL)), signer("rsa2048", 3))
    outer, inner = attachments(posted(around)).signatures
    assert (outer.certificate, inner.certificate) == (signer("rsa2048", 3).der, signer().der)
    assert (inner.coverage, inner.uncovered) == (Coverage.PARTIAL, ("evil.xlsx",))


def test_a_workbook_is_read_from_the_bytes_that_were_hashed() -> None:
    """A boundary within the signed part, which a reader of the whole mail would follow, is only a line of it."""
    for build in (sign, lambda content: opaque(wrapped(content))):
        mail = attachments(posted(build(ENTITY)))
        assert next(part.content for part in mail.parts if part.name == "form.xlsx") == BOOK


@pytest.mark.parametrize("form", ["multipart", "opaque"])
def test_signatures_in_signatures_are_followed_only_so_far(form: str) -> None:
    content = ENTITY
    for _ in range(25):
        content = opaque(wrapped(content)) if form == "opaque" else sign(content)
    mail = attachments(posted(content))
    assert mail.troubles
    assert not any(passes(signature) and "form.xlsx" in signature.covered for signature in mail.signatures)
