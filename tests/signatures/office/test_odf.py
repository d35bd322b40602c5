"""Signed OpenDocument files: what LibreOffice signs passes, and no attack on it does."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from extract import opendocs
from pki import Holder
from signatures.odf_attacks import ATTACKS, attacker, wrapped_properties
from signatures.odf_signer import SIGNATURES, Odf, file, sign, unsigned
from signatures.signer import C14N_11, EXCLUSIVE, XD, How
from signatures.smime import authority, signer

from intake.extract.document import read_document
from intake.signatures.office import odf, zipstrict
from intake.signatures.refused import MalformedSignatureError
from intake.signatures.verified import Verified, broken
from rules.facts import DocumentKind
from rules.signature_facts import Coverage

REAL = Path(os.environ.get("CPL_SHARED_DATA", Path(__file__).parents[4] / "shared" / "data")) / "signed"
KINDS = ("rsa2048", "p256")
ODF = Odf()


def verified(content: bytes) -> tuple[Verified, ...]:
    """The signatures of a container, as the daemon takes them."""
    try:
        return odf.verify(zipstrict.unpack(content))
    except MalformedSignatureError as error:
        return (broken("odf", error.failure, error.reason),)


def is_accepted(verified_signatures: tuple[Verified, ...]) -> bool:
    """Whether every signature is whole, right and covers everything."""
    return bool(verified_signatures) and all(
        verified_signature.intact
        and verified_signature.valid
        and verified_signature.failure is None
        and verified_signature.coverage is Coverage.ENTIRE
        for verified_signature in verified_signatures
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_is_accepted_and_each_is_called_by_its_name(attack: str, kind: str) -> None:
    build, statement = ATTACKS[attack]
    verified_signatures = verified(build(signer(kind)))
    assert not is_accepted(verified_signatures)
    assert statement in {
        verified_signature.failure or verified_signature.reasons[0].partition(":")[0]
        for verified_signature in verified_signatures
        if verified_signature.failure or verified_signature.reasons
    }
    assert all(one.reasons for one in verified_signatures if one.failure)


BENIGN: dict[str, Callable[[Holder], bytes]] = {
    "LibreOffice 7": lambda h: file(sign(unsigned(), h)),
    "OpenOffice, which knows no XAdES": lambda h: file(sign(unsigned(), h, Odf(xades=False, chain=False))),
    "SHA-512": lambda h: file(sign(unsigned(), h, Odf(how=replace(ODF.how, digest="sha512")))),
    "the chain with the key": lambda h: file(sign(unsigned(), h, Odf(how=replace(ODF.how, behind=(authority().der,))))),
    "the chain before the key": lambda h: file(
        sign(unsigned(), h, Odf(how=replace(ODF.how, before=(authority().der,))))
    ),
    "the exclusive canonical form": lambda h: file(sign(unsigned(), h, Odf(how=replace(ODF.how, form=EXCLUSIVE)))),
    "the canonical form of 2008": lambda h: file(sign(unsigned(), h, Odf(how=replace(ODF.how, form=C14N_11)))),
    "XML hashed as it stands": lambda h: file(sign(unsigned(), h, Odf(raw=("content.xml", "styles.xml")))),
    "a name with a space": lambda h: file(sign({**unsigned(), "Object 1/content.xml": b"<a/>"}, h)),
    "a name beyond ASCII": lambda h: file(sign({**unsigned(), "Pictures/größe.png": b"x"}, h)),
    "macros, signed with the rest": lambda h: file(sign({**unsigned(), "Basic/Standard/M.xml": b"<a/>"}, h)),
    "a comma before the fraction of the time": lambda h: file(
        sign(unsigned(), h, Odf(how=replace(ODF.how, time="2016-05-03T12:33:25,797563424")))
    ),
    "two signers": lambda h: file(sign(sign(unsigned(), h), attacker(), Odf(number=2))),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", BENIGN)
def test_nothing_benign_is_refused(name: str, kind: str) -> None:
    verified_signatures = verified(BENIGN[name](signer(kind)))
    assert is_accepted(verified_signatures), verified_signatures
    assert verified_signatures[0].certificate == signer(kind).der
    assert all((one.uncovered, one.reasons) == ((), ()) for one in verified_signatures)


def test_the_certificate_is_bound_only_where_signed_properties_name_it() -> None:
    (with_xades,), (without,) = (verified(BENIGN[name](signer())) for name in list(BENIGN)[:2])
    assert (with_xades.bound, without.bound) == (True, False)
    assert with_xades.claimed_time is not None
    assert without.claimed_time is not None


def test_the_chain_among_the_unsigned_properties_is_a_hint() -> None:
    (actual,) = verified(BENIGN["LibreOffice 7"](signer()))
    assert actual.certificates == (authority().der,)


def test_an_uncovered_time_is_not_believed() -> None:
    """The date stands there, but no reference names it."""

    def edit(references: list[str]) -> list[str]:
        return [reference for reference in references if "_date" not in reference]

    (actual,) = verified(file(sign(unsigned(), signer(), Odf(xades=False, edit=edit))))
    assert is_accepted((actual,))
    assert actual.claimed_time is None


EARLIER = "2020-01-01T00:00:00"
_DATE = f'<dc:date xmlns:dc="http://purl.org/dc/elements/1.1/">{EARLIER}</dc:date>'
_PROPERTY = f'<SignatureProperty Target="#ID_1">{_DATE}</SignatureProperty>'
_TIME = f'<xd:SigningTime xmlns:xd="{XD}">{EARLIER}</xd:SigningTime>'
BESIDE: dict[str, tuple[str, str]] = {
    "a property before": ("<SignatureProperties>", f"<SignatureProperties>{_PROPERTY}"),
    "a property behind": ("</SignatureProperties>", f"{_PROPERTY}</SignatureProperties>"),
    "a property with an Id": (
        "<SignatureProperties>",
        f"<SignatureProperties>{_PROPERTY.replace(' Target', ' Id=' + chr(34) + 'x' + chr(34) + ' Target')}",
    ),
    "an Object before": (
        "<Object>",
        f"<Object><SignatureProperties>{_PROPERTY}</SignatureProperties></Object><Object>",
    ),
    "a bare date in the Object": ("<Object>", f"<Object>{_DATE}"),
    "an Object behind": ("</Signature>", f"<Object>{_DATE}</Object></Signature>"),
    "a signing time in an Object": ("</Signature>", f"<Object>{_TIME}</Object></Signature>"),
    "a time in the KeyInfo": ("<KeyInfo>", f"<KeyInfo><X509Data>{_DATE}</X509Data>"),
    "the signed date itself": ("2026-11-20T18:19:11.723046284</dc:date>", f"{EARLIER}</dc:date>"),
    "the signed xd:SigningTime itself": (
        "2026-11-20T18:19:11.723046284</xd:SigningTime>",
        f"{EARLIER}</xd:SigningTime>",
    ),
}


@pytest.mark.parametrize(
    ("where", "xades"), [(where, xades) for where in BESIDE for xades in (True, False) if xades or "xd:" not in where]
)
def test_of_two_times_only_a_signed_one_is_ever_told(where: str, xades: bool) -> None:
    old, new = BESIDE[where]
    parts = sign(unsigned(), signer(), Odf(xades=xades, chain=xades))
    text = parts[SIGNATURES].decode()
    assert old in text
    (actual,) = verified(file({**parts, SIGNATURES: text.replace(old, new, 1).encode()}))
    assert actual.claimed_time is None or actual.claimed_time.year == 2026


@pytest.mark.parametrize("xades", [True, False])
def test_a_time_under_a_value_of_another_key_is_not_told(xades: bool) -> None:
    parts = sign(unsigned(), signer(), Odf(xades=xades))
    text = parts[SIGNATURES].decode().replace("<SignatureValue>", "<SignatureValue>AAAA")
    (actual,) = verified(file({**parts, SIGNATURES: text.encode()}))
    assert (actual.valid, actual.claimed_time) == (False, None)


def test_properties_that_no_reference_names_bind_nothing() -> None:
    def edit(references: list[str]) -> list[str]:
        return [reference for reference in references if "idSignedProperties" not in reference]

    (actual,) = verified(file(sign(unsigned(), signer(), Odf(edit=edit))))
    assert (actual.intact, actual.valid, actual.bound) == (True, True, False)


def test_properties_that_were_moved_aside_are_refused() -> None:
    (actual,) = verified(wrapped_properties(signer()))
    assert (actual.failure, actual.bound, actual.claimed_time) == ("FORMAT_FAILURE", False, None)


def test_an_attacker_with_the_victim_s_certificate_beside_his_own_signs_as_himself() -> None:
    how = replace(ODF.how, before=(signer().der,))
    (actual,) = verified(file(sign(unsigned(), attacker(), Odf(how=how))))
    assert actual.certificate == attacker().der


def test_sha_1_is_told() -> None:
    (actual,) = verified(file(sign(unsigned(), signer(), Odf(how=How(digest="sha1")))))
    assert actual.algorithms == ("rsa-sha1", "sha1")


def test_cells_are_read_from_the_bytes_that_were_hashed() -> None:
    reading = read_document("form.ods", file(sign(unsigned(opendocs.content(opendocs.table(opendocs.rows()))))))
    assert reading.document.kind is DocumentKind.NEW_ENTRY
    assert reading.entry is not None
    (signature,) = reading.document.signatures
    assert (signature.format, signature.intact, signature.valid) == ("odf", True, True)


def test_a_document_that_is_not_read_tells_of_its_signature_all_the_same() -> None:
    parts = unsigned()
    parts["mimetype"] = b"application/vnd.oasis.opendocument.text"
    document = read_document("letter.odt", file(sign(parts))).document
    assert document.kind is DocumentKind.UNREADABLE
    (signature,) = document.signatures
    assert (signature.format, signature.intact, signature.coverage) == ("odf", True, Coverage.ENTIRE)


def test_a_file_without_signatures_has_none() -> None:
    assert verified(file(unsigned())) == ()


@pytest.mark.skipif(not REAL.is_dir(), reason="the real signed files are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "accepted"), [("good.odt", True), ("libreoffice-7.4-signed.ods", True), ("bad.odt", False)]
)
def test_real_files_are_taken_for_what_they_are(name: str, accepted: bool) -> None:
    verified_signatures = verified((REAL / name).read_bytes())
    assert is_accepted(verified_signatures) is accepted
    assert all(one.bound for one in verified_signatures)
