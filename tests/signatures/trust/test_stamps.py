"""Time stamps: genuine ones of OpenSSL, and those that prove nothing."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pki
import pytest
from asn1crypto import cms, core, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from pki import HOUR, NOW, YEAR, Holder
from signatures.conftest import judge, signed_by

from intake.signatures.trust_settings import TrustSettings
from intake.signatures.verified import TimeStamp
from rules.signature_facts import SignatureFacts

WHO = pki.name("Ada Byron", "Example Meters Ltd")
STAMPED = b"the value of a signature"
LATER = NOW + timedelta(days=30)
"""When the signer's certificate has expired."""


@dataclass(frozen=True)
class Place:
    """A signer whose certificate has expired at the moment judged, and who may stamp."""

    signer: Holder
    authority: Holder
    tsa: Holder
    trusting: TrustSettings

    def judged(self, *tokens: bytes, stamped: bytes = STAMPED, at: datetime = LATER, **known: object) -> SignatureFacts:
        stamps = tuple(TimeStamp(token, stamped) for token in tokens)
        trust_settings = TrustSettings(self.trusting.folder, at=at)
        return judge(signed_by(self.signer, stamps=stamps, **known), trust_settings)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    root, authority = pki.root(), pki.root("TSA Root", key_number=61)
    signer = root.issue(WHO, key_number=3, ends=NOW + HOUR)
    tsa = authority.issue(pki.name("TSA", "T"), key_number=62, usages=[pki.TIME_STAMPING])
    folder = pki.trust_folder(tmp_path / "trust", root, tsa=[authority])
    return Place(signer, authority, tsa, TrustSettings(folder))


def genuine(
    folder: Path, tsa: Holder, data: bytes = STAMPED, digest: str = "sha256", signed_with: str = "sha256"
) -> bytes:
    """A token as a time-stamping authority gives it, by OpenSSL, of now."""
    (folder / "tsa.pem").write_bytes(tsa.pem)
    (folder / "tsa.key").write_bytes(tsa.key_pem)
    (folder / "serial").write_text("01\n")
    (folder / "data").write_bytes(data)
    (folder / "ts.cnf").write_text(
        "[tsa]\ndefault_tsa = one\n[one]\nserial = serial\nsigner_cert = tsa.pem\nsigner_key = tsa.key\n"
        f"signer_digest = {signed_with}\ndefault_policy = 1.2.3.4.1\ndigests = sha1, sha256, sha384\n"
        "accuracy = secs:1\ness_cert_id_alg = sha256\n"
    )
    query = ["openssl", "ts", "-query", "-data", "data", f"-{digest}", "-cert", "-out", "query"]
    subprocess.run(query, cwd=folder, check=True, capture_output=True)
    reply = ["openssl", "ts", "-reply", "-config", "ts.cnf", "-queryfile", "query", "-token_out", "-out", "token"]
    subprocess.run(reply, cwd=folder, check=True, capture_output=True)
    return (folder / "token").read_bytes()


def restamped(token: bytes, moment: datetime, *, by: Holder | None = None) -> bytes:
    """The token with another time in it; signed again where a signer is given, else as it was."""
    content = cms.ContentInfo.load(token)
    signed = content["content"]
    info = signed["encap_content_info"]["content"].parsed
    info["gen_time"] = core.GeneralizedTime(moment)
    info = tsp.TSTInfo.load(info.dump(force=True))
    signed["encap_content_info"]["content"] = core.ParsableOctetString(info.dump())
    signer = signed["signer_infos"][0]
    if by is not None:
        for attribute in signer["signed_attrs"]:
            if attribute["type"].native == "message_digest":
                attribute["values"] = [core.OctetString(hashlib.sha256(info.dump()).digest())]
        assert isinstance(by.key, rsa.RSAPrivateKey)
        attributes = signer["signed_attrs"].untag().dump(force=True)
        signer["signature"] = by.key.sign(attributes, padding.PKCS1v15(), hashes.SHA256())
    return bytes(content.dump(force=True))


def test_a_genuine_stamp_proves_that_the_signature_was_made_in_time(place: Place, tmp_path: Path) -> None:
    without = place.judged()
    assert (without.sub_indication, without.trusted) == ("OUT_OF_BOUNDS_NO_POE", False)
    signature = place.judged(genuine(tmp_path, place.tsa))
    assert (signature.indication.value, signature.trusted) == ("TOTAL-PASSED", True)
    assert signature.proven_time is not None
    assert timedelta(0) <= signature.proven_time - NOW < HOUR
    assert signature.notes == ()


def test_of_several_stamps_the_earliest_that_holds_counts(place: Place, tmp_path: Path) -> None:
    token = genuine(tmp_path, place.tsa)
    earlier = restamped(token, NOW - HOUR / 2, by=place.tsa)
    signature = place.judged(token, restamped(token, datetime(2001, 1, 1, tzinfo=NOW.tzinfo)), earlier)
    assert signature.proven_time == NOW - HOUR / 2
    assert len(signature.notes) == 1


def test_a_stamp_with_another_time_put_into_it_is_ignored(place: Place, tmp_path: Path) -> None:
    """The library that the project leaves to signing said of such a token, re-stamped to 2001, that it is valid."""
    forged = restamped(genuine(tmp_path, place.tsa), datetime(2001, 1, 1, tzinfo=NOW.tzinfo))
    signature = place.judged(forged)
    assert (signature.sub_indication, signature.proven_time) == ("OUT_OF_BOUNDS_NO_POE", None)
    assert "its own signature does not hold" in signature.notes[0]


def test_a_stamp_does_not_prove_more_than_its_own_time(place: Place, tmp_path: Path) -> None:
    token = restamped(genuine(tmp_path, place.tsa), NOW + timedelta(days=2), by=place.tsa)
    assert place.judged(token).sub_indication == "OUT_OF_BOUNDS_NO_POE"
    assert "after the moment judged" in place.judged(token, at=NOW + HOUR / 2).notes[0]


def test_a_signature_cannot_be_younger_than_its_stamp(place: Place, tmp_path: Path) -> None:
    token = restamped(genuine(tmp_path, place.tsa), NOW - 2 * HOUR, by=place.tsa)
    signature = place.judged(token, claimed_time=NOW - HOUR)
    assert (signature.indication.value, signature.sub_indication) == ("INDETERMINATE", "TIMESTAMP_ORDER_FAILURE")


@pytest.mark.parametrize(("ahead", "passes"), [(3, True), (299, True), (301, False)])
def test_a_signer_s_clock_may_be_a_little_ahead(place: Place, tmp_path: Path, ahead: int, *, passes: bool) -> None:
    token = restamped(genuine(tmp_path, place.tsa), NOW - HOUR, by=place.tsa)
    signature = place.judged(token, claimed_time=NOW - HOUR + timedelta(seconds=ahead))
    assert signature.sub_indication == (None if passes else "TIMESTAMP_ORDER_FAILURE")


def test_a_signer_revoked_after_the_proven_time_is_still_trusted(place: Place, tmp_path: Path) -> None:
    token = genuine(tmp_path, place.tsa)
    root = pki.root()
    for at, expected in ((NOW + timedelta(days=1), "TOTAL-PASSED"), (NOW - HOUR / 2, "INDETERMINATE")):
        root.revoked.clear()
        root.revoke(place.signer, at=at)
        assert place.trusting.folder is not None
        (place.trusting.folder / "0.crl").write_bytes(root.crl(issued=NOW + timedelta(days=2)))
        assert place.judged(token).indication.value == expected


def _of_a_stranger(_place: Place, folder: Path) -> bytes:
    stranger = pki.root("Stranger's TSA", key_number=63)
    return genuine(folder, stranger.issue(pki.name("TSA", "T"), key_number=62, usages=[pki.TIME_STAMPING]))


def _of_a_signer_s_authority(_place: Place, folder: Path) -> bytes:
    """The lists of signers and of stamps are apart."""
    return genuine(folder, pki.root().issue(pki.name("TSA", "T"), key_number=62, usages=[pki.TIME_STAMPING]))


def made_by(token: bytes, other: Holder) -> bytes:
    """The token as `other` would have made it, whom OpenSSL refuses to make one for."""
    content, certificate = cms.ContentInfo.load(token), cms.Certificate.load(other.der)
    signed = content["content"]
    signed["certificates"] = [cms.CertificateChoices({"certificate": certificate})]
    named = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    signer = signed["signer_infos"][0]
    signer["sid"] = cms.SignerIdentifier({"issuer_and_serial_number": cms.IssuerAndSerialNumber(named)})
    for attribute in signer["signed_attrs"]:
        if attribute["type"].native == "signing_certificate_v2":
            statement = tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(other.der).digest()})
            attribute["values"] = [tsp.SigningCertificateV2({"certs": [statement]})]
    return restamped(bytes(content.dump(force=True)), NOW, by=other)


def issued(place: Place, uses: list[x509.ObjectIdentifier], *, critical: bool = True) -> Holder:
    """Another certificate of the authority, for these uses."""
    extension = x509.ExtendedKeyUsage(uses)
    subject = pki.name("Other TSA", "T")
    return place.authority.issue(subject, key_number=64, usages=None, extensions=[extension], critical=critical)


def _by_one_for(*uses: x509.ObjectIdentifier, critical: bool = True) -> Callable[[Place, Path], bytes]:
    return lambda place, folder: made_by(genuine(folder, place.tsa), issued(place, list(uses), critical=critical))


def test_what_another_would_have_made_holds_where_that_one_may(place: Place, tmp_path: Path) -> None:
    token = _by_one_for(pki.TIME_STAMPING)(place, tmp_path)
    assert place.judged(token).indication.value == "TOTAL-PASSED"


def test_a_stamp_without_certificates_holds_where_its_authority_s_is_listed(place: Place, tmp_path: Path) -> None:
    bare = cms.ContentInfo.load(genuine(tmp_path, place.tsa))
    bare["content"]["certificates"] = []
    assert "UNTRUSTED_TIME" in place.judged(bare.dump(force=True)).notes[0]
    assert place.trusting.folder is not None
    (place.trusting.folder / "tsa" / "authority.pem").write_bytes(place.tsa.pem)
    assert place.judged(bare.dump(force=True)).indication.value == "TOTAL-PASSED"


def _of_an_expired_authority(place: Place, folder: Path) -> bytes:
    old = place.authority.issue(pki.name("TSA", "T"), key_number=62, usages=[pki.TIME_STAMPING], ends=NOW + HOUR)
    return genuine(folder, old)


def _of_a_revoked_authority(place: Place, folder: Path) -> bytes:
    place.authority.revoke(place.tsa)
    assert place.trusting.folder is not None
    (place.trusting.folder / "tsa" / "tsa.crl").write_bytes(place.authority.crl())
    return genuine(folder, place.tsa)


@pytest.mark.parametrize(
    "made",
    [
        _of_a_stranger,
        _of_a_signer_s_authority,
        _by_one_for(pki.EMAIL),
        _by_one_for(pki.TIME_STAMPING, pki.EMAIL),
        _by_one_for(pki.TIME_STAMPING, critical=False),
        lambda place, folder: restamped(genuine(folder, place.tsa), NOW - 2 * YEAR, by=place.tsa),
        lambda place, folder: genuine(folder, place.tsa, signed_with="sha1"),
        _of_an_expired_authority,
        _of_a_revoked_authority,
        lambda place, folder: genuine(folder, place.tsa, b"another signature"),
        lambda place, folder: genuine(folder, place.tsa, digest="sha1"),
        lambda place, folder: genuine(folder, place.tsa)[:-9],
        lambda _place, _folder: b"",
        lambda _place, _folder: b"\x30\x80\x00\x00",
        lambda _place, _folder: bytes(cms.ContentInfo({"content_type": "data", "content": b"x"}).dump()),
    ],
)
def test_a_stamp_that_cannot_be_believed_is_ignored_with_a_reason(place: Place, tmp_path: Path, made: object) -> None:
    token = made(place, tmp_path)  # type: ignore[operator]  # the table holds functions of one shape
    signature = place.judged(token)
    assert (signature.sub_indication, signature.proven_time, signature.trusted) == ("OUT_OF_BOUNDS_NO_POE", None, False)
    assert signature.notes[0].startswith("UNTRUSTED_TIME: A time stamp is ignored: ")
    good = place.judged(token, at=NOW)
    assert good.indication.value == "TOTAL-PASSED"


def test_without_a_listed_authority_no_stamp_is_looked_at(place: Place, tmp_path: Path) -> None:
    folder = pki.trust_folder(tmp_path / "plain", pki.root())
    trust_settings = TrustSettings(folder, at=NOW)
    stamped = signed_by(place.signer, stamps=(TimeStamp(b"", STAMPED),))
    assert "no time-stamping authority is listed" in judge(stamped, trust_settings).notes[0]


def test_the_trust_list_says_who_may_stamp(place: Place) -> None:
    assert place.judged(at=NOW - YEAR).trust_list != judge(signed_by(place.signer), TrustSettings(None)).trust_list
