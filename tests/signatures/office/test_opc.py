"""What office programs have signed verifies; what is said of it is exact."""

from __future__ import annotations

import base64
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pki import Holder
from signatures import signer
from signatures.signer import DS, SIG, XD, How, sign
from signatures.workbooks import BOOK_RELS, SHEET, SHEET_RELS, authority, full, maker, signed

from intake.signatures.office import opc, zipstrict
from intake.signatures.verified import Verified
from rules.signature_facts import Coverage

SHARED = Path(os.environ.get("CPL_SHARED_DATA", Path(__file__).parents[4] / "shared/data")) / "signed"
SAMPLES = json.loads((SHARED / "manifest.json").read_text()) if SHARED.exists() else []
OFFICE_SAMPLES = [sample for sample in SAMPLES if sample["file"].endswith((".xlsx", ".docx"))]


def only(parts: dict[str, bytes]) -> Verified:
    (verified,) = opc.verify(parts)
    return verified


@pytest.mark.skipif(not SAMPLES, reason="the signed samples are not beside this checkout (CPL_SHARED_DATA)")
@pytest.mark.parametrize("sample", OFFICE_SAMPLES, ids=lambda each: each["file"])
def test_what_office_and_libreoffice_signed_verifies(sample: dict[str, object]) -> None:
    verified_signatures = opc.verify(zipstrict.unpack((SHARED / str(sample["file"])).read_bytes()))
    if sample["expected"] == "unsigned":
        assert verified_signatures == ()
        return
    assert len(verified_signatures) == (2 if "twice" in str(sample["file"]) else 1)
    for verified_signature in verified_signatures:
        assert verified_signature.intact
        assert verified_signature.valid
        assert verified_signature.coverage is Coverage.ENTIRE
        assert verified_signature.failure is None
        assert verified_signature.reasons == ()
        assert verified_signature.claimed_time is not None
    assert any(
        verified.claimed_time.isoformat()[:10] == str(sample["claimed_time"])[:10]
        for verified in verified_signatures
        if verified.claimed_time
    )


@pytest.mark.skipif(not SAMPLES, reason="the signed samples are not beside this checkout (CPL_SHARED_DATA)")
def test_the_way_libreoffice_hashes_relationships_is_noted() -> None:
    verified = only(zipstrict.unpack((SHARED / "libreoffice-7.4-signed.xlsx").read_bytes()))
    assert [note.partition(":")[0] for note in verified.notes] == ["LEGACY_RELS"]
    assert verified.bound
    office = only(zipstrict.unpack((SHARED / "ms-office-2010-signed.xlsx").read_bytes()))
    assert office.notes == ()
    assert office.algorithms == ("rsa-sha1", "sha1")


def test_an_unsigned_package_has_no_signatures() -> None:
    assert opc.verify(full()) == ()


@pytest.mark.parametrize("kind", ["rsa2048", "p256"])
def test_everything_known_of_a_signature_is_told(kind: str) -> None:
    verified = only(signed(kind))
    assert verified.certificate == maker(kind).der
    assert verified.certificates == ()
    assert verified.bound
    assert verified.claimed_time == datetime(2026, 11, 20, 18, 16, 44, tzinfo=UTC)
    assert verified.algorithms == ("rsa-sha256" if kind == "rsa2048" else "ecdsa-sha256", "sha256")
    assert SHEET in verified.covered
    assert SHEET_RELS in verified.covered
    assert verified.uncovered == ()
    assert [note.partition(":")[0] for note in verified.notes] == ["EXTERNAL"]


@pytest.mark.parametrize("kind", ["b256", "b384", "b512", "k256"])
def test_a_value_is_verified_on_whatever_curve_and_what_the_curve_is_worth_is_asked_later(kind: str) -> None:
    assert only(sign(full(), maker(kind))).valid


@pytest.mark.parametrize("name", ["2001/04/xmldsig-more#rsa-sha224", "2021/04/xmldsig-more#eddsa-ed25519"])
def test_what_is_not_verified_here_is_not_called_wrong(name: str) -> None:
    parts = signed()
    parts[SIG] = parts[SIG].replace(b"2001/04/xmldsig-more#rsa-sha256", name.encode())
    verified = only(parts)
    assert (verified.failure, verified.valid) == ("CRYPTO_CONSTRAINTS_FAILURE", None)
    assert name.rpartition("#")[2] in verified.reasons[0]


def test_every_digest_that_the_signature_rests_on_is_named() -> None:
    parts = sign(full(), maker(), How(digest="sha1", named=maker().der))
    assert only(parts).algorithms == ("rsa-sha1", "sha1")


def test_a_signature_without_xades_is_not_bound_and_its_time_is_offices() -> None:
    verified = only(sign(full(), maker(), How(xades=None)))
    assert (verified.intact, verified.valid, verified.bound) == (True, True, False)
    assert verified.claimed_time == datetime(2026, 11, 20, 18, 16, 44, tzinfo=UTC)


def test_properties_that_are_not_under_the_signature_are_not_believed() -> None:
    parts = sign(full(), maker(), How(xades=None))
    digest = signer.digest_xml(maker().der, "sha256")
    own = (
        f'<Object><xd:QualifyingProperties xmlns:xd="{XD}" Target="#idPackageSignature"><xd:SignedProperties>'
        "<xd:SignedSignatureProperties><xd:SigningTime>2001-01-01T00:00:00Z</xd:SigningTime><xd:SigningCertificate>"
        f"<xd:Cert><xd:CertDigest>{digest}</xd:CertDigest></xd:Cert></xd:SigningCertificate>"
        "</xd:SignedSignatureProperties></xd:SignedProperties></xd:QualifyingProperties></Object></Signature>"
    )
    parts[SIG] = parts[SIG].replace(b"</Signature>", own.encode())
    verified = only(parts)
    assert not verified.bound
    assert verified.claimed_time is not None
    assert verified.claimed_time.year == 2026


@pytest.mark.parametrize("how", [How(), How(xades=None)], ids=["XAdES", "Office 2007"])
@pytest.mark.parametrize("element", ["xd:SigningTime", "mdssi:Value", "SignatureValue"])
def test_a_time_that_is_not_as_it_was_signed_is_not_told(element: str, how: How) -> None:
    """Whether it was changed itself, or the signature value under which it stands."""
    parts = sign(full(), maker(), how)
    earlier = "AAAA" if element == "SignatureValue" else "2001-01-01T00:00:00Z</"
    signed_time = "" if element == "SignatureValue" else "2026-11-20T18:16:44Z</"
    parts[SIG] = parts[SIG].replace(f"<{element}>{signed_time}".encode(), f"<{element}>{earlier}".encode())
    time = only(parts).claimed_time
    assert time is None or (time.year == 2026 and element != "SignatureValue")


@pytest.mark.parametrize("others", [{"before": True}, {"behind": True}])
def test_the_signing_certificate_is_found_among_others_in_any_order(others: dict[str, bool]) -> None:
    how = How(**{place: (authority().der,) for place in others})  # type: ignore[arg-type]  # the test names the places
    verified = only(sign(full(), maker(), how))
    assert verified.certificate == maker().der
    assert verified.certificates == (authority().der,)


def test_of_two_certificates_with_one_key_the_named_one_is_the_signers() -> None:
    twin: Holder = maker("rsa2048", "Foe Ltd")
    assert twin.certificate.public_key() == maker().certificate.public_key()
    verified = only(sign(full(), maker(), How(before=(twin.der,))))
    assert verified.certificate == maker().der


def test_a_time_stamp_comes_with_the_very_octets_that_it_must_be_on() -> None:
    seen: list[bytes] = []

    def stamp(value: bytes) -> str:
        seen.append(value)
        token = base64.b64encode(b"token").decode()
        return (
            "<xd:UnsignedProperties><xd:UnsignedSignatureProperties><xd:SignatureTimeStamp>"
            f'<CanonicalizationMethod Algorithm="{signer.C14N}"></CanonicalizationMethod>'
            f"<xd:EncapsulatedTimeStamp>{token}</xd:EncapsulatedTimeStamp></xd:SignatureTimeStamp>"
            "</xd:UnsignedSignatureProperties></xd:UnsignedProperties>"
        )

    verified = only(sign(full(), maker(), How(unsigned_properties=stamp)))
    (time_stamp,) = verified.stamps
    assert time_stamp.token == b"token"
    assert time_stamp.stamped == seen[0]
    assert time_stamp.stamped.startswith(f'<SignatureValue xmlns="{DS}">'.encode())


def test_both_signatures_of_a_workbook_are_told_and_each_stands_for_itself() -> None:
    parts = sign(sign(full(), maker()), maker("p256", "Elm Testing Ltd"), How(number=2))
    assert [verified.certificate for verified in opc.verify(parts)] == [
        maker().der,
        maker("p256", "Elm Testing Ltd").der,
    ]
    parts["_xmlsignatures/sig2.xml"] = parts["_xmlsignatures/sig2.xml"].replace(b"2026-11-20", b"2026-11-21")
    assert [verified.failure for verified in opc.verify(parts)] == [None, "HASH_FAILURE"]


def test_what_is_left_out_is_named() -> None:
    how = How(leave_out={"xl/styles.xml", f"{SHEET_RELS}#rIdLink"})
    verified = only(sign(full(), maker(), how))
    assert verified.coverage is Coverage.PARTIAL
    assert verified.uncovered == (
        f"{SHEET_RELS}#rIdLink to mailto:cpl@example.test",
        "xl/styles.xml",
    )
    assert verified.reasons[0].startswith("COVERAGE_PARTIAL: ")
    assert verified.failure is None


def test_what_was_changed_is_named() -> None:
    parts = signed()
    parts[SHEET] += b" "
    verified = only(parts)
    assert (verified.intact, verified.valid, verified.failure) == (False, True, "HASH_FAILURE")
    assert SHEET in verified.reasons[0]
    assert verified.coverage is Coverage.UNCLEAR


def test_a_link_with_an_ampersand_is_covered_to_the_letter() -> None:
    parts = sign(full("mailto:cpl@example.test?subject=a&body=b"), maker())
    assert only(parts).coverage is Coverage.ENTIRE
    parts[SHEET_RELS] = parts[SHEET_RELS].replace(b"a&amp;body", b"a&amp;amp;body")
    assert only(parts).failure == "HASH_FAILURE"


def as_libreoffice(spaces: int, *, target: str = "styles.xml") -> dict[str, bytes]:
    """A workbook whose relationships are signed in LibreOffice's way, with so much white space among them."""
    parts = full()
    parts[BOOK_RELS] = parts[BOOK_RELS].replace(b"<Relationship ", b"\n<Relationship ", spaces)

    def edit(references: list[str]) -> list[str]:
        canonical = signer.relation(parts[BOOK_RELS])
        legacy = canonical.replace(b'relationships"><', b'relationships">' + b"<text></text>" * spaces + b"<", 1)
        digests = signer.digest_xml(canonical, "sha256"), signer.digest_xml(legacy, "sha256")
        return [reference.replace(*digests) for reference in references]

    parts = sign(parts, maker(), How(edit=edit))
    parts[BOOK_RELS] = parts[BOOK_RELS].replace(b"styles.xml", target.encode())
    return parts


@pytest.mark.parametrize("spaces", [1, 2, 3])
def test_relationships_hashed_in_libreoffices_way_are_taken_and_noted(spaces: int) -> None:
    verified = only(as_libreoffice(spaces))
    assert verified.coverage is Coverage.ENTIRE
    assert any(note.startswith("LEGACY_RELS: ") and BOOK_RELS in note for note in verified.notes)


@pytest.mark.parametrize("target", ["style.xml", "styles.xml&quot; x=&quot;", "styles.xml&amp;"])
def test_libreoffices_way_excuses_no_other_target(target: str) -> None:
    assert only(as_libreoffice(2, target=target)).failure == "HASH_FAILURE"


def test_libreoffices_way_excuses_no_other_white_space() -> None:
    parts = as_libreoffice(2)
    parts[BOOK_RELS] = parts[BOOK_RELS].replace(b"</Relationships>", b"\n</Relationships>")
    assert only(parts).failure == "HASH_FAILURE"
