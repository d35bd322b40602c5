"""Whether a certificate was revoked: by CRL and by OCSP, at the moment judged or at a proven one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pki
import pytest
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp
from pki import HOUR, NOW, YEAR, Holder
from signatures.conftest import judge, signed_by

from intake.signatures.trust.crl import Crl
from intake.signatures.trust.revocation_cache import RevocationCache
from intake.signatures.trust.trust_list import read_trust_list
from intake.signatures.trust_settings import RevocationMode, TrustSettings
from rules.signature_facts import SignatureFacts

WHO = pki.name("Ada Byron", "Example Meters Ltd")
HARD, SOFT, OFF = RevocationMode.HARD, RevocationMode.SOFT, RevocationMode.OFF
DAY = timedelta(days=1)


def verdict(facts: SignatureFacts) -> tuple[str, str | None, bool | None]:
    return facts.indication.value, facts.sub_indication, facts.trusted


class Place:
    """A root, an authority, a signer, and a folder in which each test lays what it wants."""

    def __init__(self, folder: Path) -> None:
        self.root = pki.root()
        self.issuer = self.root.issue(pki.name("Issuing CA", "T"), authority=True, key_number=2)
        self.signer = self.issuer.issue(WHO, key_number=3, ocsp_url="http://ocsp.example.test/")
        self.folder = pki.trust_folder(folder / "trust", self.root, self.issuer, crls=False)
        self.cache = RevocationCache(folder / "cache")
        (folder / "cache" / "ocsp").mkdir(parents=True)
        (folder / "cache" / "crl").mkdir()

    def lay(self, *crls: bytes) -> None:
        for number, crl in enumerate(crls):
            (self.folder / f"list{number}.crl").write_bytes(crl)

    def judged(self, mode: RevocationMode = HARD, at: datetime = NOW, **known: object) -> SignatureFacts:
        return judge(signed_by(self.signer, **known), TrustSettings(self.folder, self.cache.folder, mode, at))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


TRY_LATER = ("INDETERMINATE", "TRY_LATER", None)
PASSED = ("TOTAL-PASSED", None, True)
STALE = {"issued": NOW - YEAR, "next_update": NOW - HOUR}


@pytest.mark.parametrize(("mode", "expected", "notes"), [(HARD, TRY_LATER, 0), (SOFT, PASSED, 2), (OFF, PASSED, 1)])
def test_no_word_at_all_waits_is_noted_or_is_not_asked_for(
    place: Place, mode: RevocationMode, expected: tuple[str, str | None, bool | None], notes: int
) -> None:
    signature = place.judged(mode)
    assert verdict(signature) == expected
    assert len(signature.notes) == notes
    assert [revocation.source for revocation in signature.revocation] == ([] if mode is OFF else ["none", "none"])


@pytest.mark.parametrize("missing", ["the root's", "the issuer's"])
def test_the_word_of_every_issuer_is_wanted(place: Place, missing: str) -> None:
    place.lay(place.issuer.crl() if missing == "the root's" else place.root.crl())
    assert verdict(place.judged()) == TRY_LATER


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (HARD, ("INDETERMINATE", "REVOKED_NO_POE", False)),
        (SOFT, ("INDETERMINATE", "REVOKED_NO_POE", False)),
        (OFF, PASSED),
    ],
)
def test_a_revoked_signer_is_not_trusted_even_where_nothing_is_known_of_the_issuer(
    place: Place, mode: RevocationMode, expected: tuple[str, str | None, bool | None]
) -> None:
    place.issuer.revoke(place.signer)
    place.lay(place.issuer.crl())
    signature = place.judged(mode)
    assert verdict(signature) == expected
    if mode is not OFF:
        assert signature.revocation[0].revoked_at == NOW - DAY


def test_a_revoked_authority_takes_its_signers_with_it(place: Place) -> None:
    place.root.revoke(place.issuer)
    place.lay(place.root.crl(), place.issuer.crl())
    assert verdict(place.judged()) == ("INDETERMINATE", "REVOKED_CA_NO_POE", False)


def test_a_revocation_after_the_moment_is_noted_and_decides_nothing(place: Place) -> None:
    place.issuer.revoke(place.signer, at=NOW - DAY)
    place.lay(place.root.crl(), place.issuer.crl())
    signature = place.judged(at=NOW - 2 * DAY, claimed_time=NOW - 3 * DAY)
    assert verdict(signature) == PASSED
    assert signature.notes[0].startswith("REVOKED_LATER: ")


def test_a_stale_list_is_as_good_as_none_but_says_so(place: Place) -> None:
    place.lay(place.root.crl(), place.issuer.crl(**STALE))
    signature = place.judged()
    assert verdict(signature) == TRY_LATER
    assert "good until" in signature.reasons[0]
    (fresh := place.folder / "fresh.crl").write_bytes(place.issuer.crl())
    assert verdict(place.judged()) == PASSED
    fresh.unlink()
    assert verdict(place.judged()) == TRY_LATER


def test_of_several_lists_the_youngest_speaks(place: Place) -> None:
    before = place.issuer.crl(issued=NOW - DAY)
    place.issuer.revoke(place.signer)
    place.lay(place.root.crl(), before, place.issuer.crl())
    assert verdict(place.judged())[1] == "REVOKED_NO_POE"


def _list(
    issuer: Holder,
    *extensions: tuple[x509.ExtensionType, bool],
    revoked: Holder | None = None,
    at: datetime = NOW - DAY,
    begins: datetime = NOW - HOUR,
    ends: datetime = NOW + YEAR,
) -> bytes:
    builder = x509.CertificateRevocationListBuilder(issuer.certificate.subject, begins, ends)
    if revoked is not None:
        serial = revoked.certificate.serial_number
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder(serial_number=serial, revocation_date=at).build()
        )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _scope(**known: object) -> x509.IssuingDistributionPoint:
    facts: dict[str, object] = {
        "full_name": None,
        "relative_name": None,
        "only_contains_user_certs": False,
        "only_contains_ca_certs": False,
        "only_some_reasons": None,
        "indirect_crl": False,
        "only_contains_attribute_certs": False,
    }
    return x509.IssuingDistributionPoint(**(facts | known))  # type: ignore[arg-type]  # the test names the facts it changes


ELSEWHERE = [x509.UniformResourceIdentifier("http://crl.example.test/other.crl")]
ODD_LISTS: dict[str, Callable[[Place], bytes]] = {
    "signed by another": lambda place: Holder(place.issuer.certificate, pki.key("rsa2048", 44)).crl(),
    "of another authority": lambda place: place.root.crl(),
    "a delta": lambda place: _list(place.issuer, (x509.DeltaCRLIndicator(1), True)),
    "of authorities alone": lambda place: _list(place.issuer, (_scope(only_contains_ca_certs=True), True)),
    "of some reasons": lambda place: _list(
        place.issuer, (_scope(only_some_reasons=frozenset({x509.ReasonFlags.key_compromise})), True)
    ),
    "indirect": lambda place: _list(place.issuer, (_scope(indirect_crl=True), True)),
    "of another place": lambda place: _list(place.issuer, (_scope(full_name=ELSEWHERE), True)),
    "with an unknown critical extension": lambda place: _list(
        place.issuer, (x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00"), True)
    ),
    "empty": lambda _: b"",
    "no list": lambda _: b"\x30\x03\x02\x01\x05",
}


@pytest.mark.parametrize("kind", ODD_LISTS)
def test_a_list_that_may_not_speak_is_not_heard(place: Place, kind: str) -> None:
    place.lay(place.root.crl(), ODD_LISTS[kind](place))
    assert verdict(place.judged()) == TRY_LATER


REVOKING_LISTS: dict[str, Callable[[Place], bytes]] = {
    "not good any more": lambda place: _list(place.issuer, revoked=place.signer, ends=NOW - HOUR / 2),
    "a delta": lambda place: _list(place.issuer, (x509.DeltaCRLIndicator(1), True), revoked=place.signer),
    "of some reasons": lambda place: _list(
        place.issuer,
        (_scope(only_some_reasons=frozenset({x509.ReasonFlags.key_compromise})), True),
        revoked=place.signer,
    ),
    "of another place": lambda place: _list(place.issuer, (_scope(full_name=ELSEWHERE), True), revoked=place.signer),
    "complete, of the same moment": lambda place: _list(place.issuer, revoked=place.signer),
}


@pytest.mark.parametrize("mode", [HARD, SOFT])
@pytest.mark.parametrize("kind", REVOKING_LISTS)
@pytest.mark.parametrize("beside", ["nothing", "a list on which it is not", "an answer that it is good"])
def test_what_any_list_of_the_issuer_has_revoked_is_revoked(
    place: Place, kind: str, beside: str, mode: RevocationMode
) -> None:
    lists = [place.root.crl(), REVOKING_LISTS[kind](place)]
    if beside == "a list on which it is not":
        lists.insert(0, _list(place.issuer))
    if beside == "an answer that it is good":
        _keep(place, _answer(place))
    place.lay(*lists)
    assert verdict(place.judged(mode)) == ("INDETERMINATE", "REVOKED_NO_POE", False)


def test_a_newer_complete_list_lifts_what_an_older_one_has_revoked(place: Place) -> None:
    place.lay(place.root.crl(), _list(place.issuer, revoked=place.signer, begins=NOW - DAY), _list(place.issuer))
    assert verdict(place.judged()) == PASSED


def test_a_certificate_on_a_list_of_today_is_revoked_whatever_later_day_the_list_names(place: Place) -> None:
    place.lay(place.root.crl(), _list(place.issuer, revoked=place.signer, at=NOW + HOUR))
    assert verdict(place.judged())[1] == "REVOKED_NO_POE"


@pytest.mark.parametrize(("kept_since", "expected"), [(None, False), (NOW, False), (NOW - 3 * YEAR, True)])
def test_a_list_says_nothing_of_who_had_expired_before_it(
    place: Place, kept_since: datetime | None, expected: bool
) -> None:
    old = place.issuer.issue(WHO, key_number=3, begins=NOW - 2 * YEAR, ends=NOW - DAY)
    keeps = b"\x18\x0f" + f"{kept_since:%Y%m%d%H%M%SZ}".encode() if kept_since else b""
    extensions = [(x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.60"), keeps), False)] if keeps else []
    crl = Crl.read(_list(place.issuer, *extensions))
    holder, issuer = (asn1.Certificate.load(each.der) for each in (old, place.issuer))
    assert crl.speaks_of(holder, issuer) is expected


def test_a_list_of_users_speaks_of_users(place: Place) -> None:
    place.lay(place.root.crl(), _list(place.issuer, (_scope(only_contains_user_certs=True), True)))
    assert verdict(place.judged()) == PASSED


def test_a_list_of_ten_thousand_is_read_in_no_time(place: Place) -> None:
    place.issuer.revoked.update(dict.fromkeys(range(1, 10_000), NOW - DAY))
    place.lay(place.root.crl(), place.issuer.crl())
    assert verdict(place.judged()) == PASSED


def test_pem_and_der_and_several_to_a_file_are_the_same_list(place: Place, tmp_path: Path) -> None:
    together = tmp_path / "together"
    together.mkdir()
    (together / "all.CRT").write_bytes(b"# ours\n" + place.root.pem + place.issuer.pem)
    der = tmp_path / "der"
    der.mkdir()
    (der / "all.cer").write_bytes(place.issuer.der + place.root.der)
    lists = [read_trust_list(folder) for folder in (place.folder, together, der)]
    assert {trust_list.digest for trust_list in lists} == {lists[0].digest}
    assert [len(trust_list.signers.anchors) for trust_list in lists] == [1, 1, 1]
    assert [len(trust_list.signers.intermediates) for trust_list in lists] == [1, 1, 1]
    pem = x509.load_der_x509_crl(place.issuer.crl()).public_bytes(serialization.Encoding.PEM)
    (together / "issuer.crl").write_bytes(pem)
    (together / "root.crl").write_bytes(place.root.crl())
    assert verdict(judge(signed_by(place.signer), TrustSettings(together, at=NOW))) == PASSED


def test_what_is_no_certificate_is_told_and_the_rest_is_used(place: Place) -> None:
    (place.folder / "notes.txt").write_text("nothing")
    (place.folder / "broken.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    (place.folder / "none.crt").write_bytes(b"hello")
    (place.folder / "none.crl").write_bytes(b"hello")
    trust_list = read_trust_list(place.folder)
    assert len(trust_list.signers.anchors) == 1
    assert {trouble.split()[-1] for trouble in trust_list.troubles if "hold" in trouble} == {"certificate.", "list."}
    assert any("broken.pem" in trouble for trouble in trust_list.troubles)


def test_a_time_stamping_authority_vouches_for_no_signer(place: Place, tmp_path: Path) -> None:
    folder = pki.trust_folder(tmp_path / "tsa-only", tsa=[place.root, place.issuer])
    assert verdict(judge(signed_by(place.signer), TrustSettings(folder, at=NOW)))[1] == "NO_CERTIFICATE_CHAIN_FOUND"


# --- OCSP


def _answer(
    place: Place,
    *,
    revoked: datetime | None = None,
    about: Holder | None = None,
    by: Holder | None = None,
    issued: datetime = NOW - HOUR,
    until: datetime = NOW + DAY,
) -> bytes:
    about, by = about or place.signer, by or place.issuer
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=about.certificate,
        issuer=place.issuer.certificate,
        algorithm=hashes.SHA256(),
        cert_status=ocsp.OCSPCertStatus.REVOKED if revoked else ocsp.OCSPCertStatus.GOOD,
        this_update=issued,
        next_update=until,
        revocation_time=revoked,
        revocation_reason=None,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, by.certificate)
    if by is not place.issuer:
        builder = builder.certificates([by.certificate])
    return builder.sign(by.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _keep(place: Place, answer: bytes) -> None:
    place.cache.ocsp_file(asn1.Certificate.load(place.signer.der)).write_bytes(answer)


def _cached(place: Place, answer: bytes) -> SignatureFacts:
    _keep(place, answer)
    place.lay(place.root.crl())
    return place.judged()


def test_an_answer_says_that_a_certificate_is_good(place: Place) -> None:
    signature = _cached(place, _answer(place))
    assert verdict(signature) == PASSED
    assert (signature.revocation[0].source, signature.revocation[0].issued_at) == ("ocsp", NOW - HOUR)


def test_an_answer_says_that_a_certificate_is_revoked(place: Place) -> None:
    signature = _cached(place, _answer(place, revoked=NOW - DAY))
    assert verdict(signature) == ("INDETERMINATE", "REVOKED_NO_POE", False)
    later = place.judged(at=NOW - 2 * DAY, claimed_time=None)
    assert verdict(later) == PASSED
    assert later.notes[0].startswith("REVOKED_LATER: ")


def test_a_responder_that_the_issuer_has_appointed_may_answer(place: Place) -> None:
    responder = place.issuer.issue(pki.name("Responder", "T"), key_number=5, usages=[pki.OCSP_SIGNING])
    assert verdict(_cached(place, _answer(place, by=responder))) == PASSED


@pytest.mark.parametrize("kind", ["stale", "about another", "by nobody", "by another user", "no answer", "bytes"])
def test_an_answer_that_may_not_speak_is_not_heard(place: Place, kind: str) -> None:
    other = place.issuer.issue(WHO, key_number=6)
    answers: dict[str, Callable[[], bytes]] = {
        "stale": lambda: _answer(place, issued=NOW - YEAR, until=NOW - DAY),
        "about another": lambda: _answer(place, about=other),
        "by nobody": lambda: _answer(place, by=pki.root("Nobody", key_number=45)),
        "by another user": lambda: _answer(place, by=other),
        "no answer": lambda: ocsp.OCSPResponseBuilder.build_unsuccessful(
            ocsp.OCSPResponseStatus.TRY_LATER
        ).public_bytes(serialization.Encoding.DER),
        "bytes": lambda: b"\x30\x00",
    }
    assert verdict(_cached(place, answers[kind]())) == TRY_LATER


def listed(place: Place, *reasons: x509.ExtensionType, issued: datetime = NOW - HOUR, delta: bool = False) -> bytes:
    """A list that has the signer since yesterday, with these extensions of its entry."""
    entry = x509.RevokedCertificateBuilder(place.signer.certificate.serial_number, NOW - DAY)
    for extension in reasons:
        entry = entry.add_extension(extension, critical=False)
    name = place.issuer.certificate.subject
    made = x509.CertificateRevocationListBuilder(name, issued, NOW + YEAR).add_revoked_certificate(entry.build())
    if delta:
        made = made.add_extension(x509.DeltaCRLIndicator(1), critical=True)
    return made.sign(place.issuer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


HOLD, LIFTED = (x509.CRLReason(flag) for flag in (x509.ReasonFlags.certificate_hold, x509.ReasonFlags.remove_from_crl))


def test_a_hold_that_a_newer_delta_lifts_is_no_revocation(place: Place) -> None:
    (place.folder / "root.crl").write_bytes(place.root.crl())
    place.lay(listed(place, HOLD, issued=NOW - DAY))
    assert verdict(place.judged()) == ("INDETERMINATE", "REVOKED_NO_POE", False)
    place.lay(listed(place, HOLD, issued=NOW - DAY), listed(place, LIFTED, delta=True))
    assert verdict(place.judged()) == TRY_LATER
    place.lay(listed(place, HOLD), listed(place, LIFTED, issued=NOW - DAY, delta=True))
    assert verdict(place.judged()) == ("INDETERMINATE", "REVOKED_NO_POE", False)
    place.lay(place.issuer.crl(), listed(place, LIFTED, delta=True))
    assert verdict(place.judged()) == PASSED
    for alone in (listed(place, LIFTED, delta=True), listed(place, LIFTED)):  # the second says what only a delta can
        place.lay(alone, alone)
        assert verdict(place.judged()) == TRY_LATER


@pytest.mark.parametrize(("lost", "expected"), [(9, "REVOKED_NO_POE"), (2, None)])
def test_a_signature_made_after_its_key_was_lost_does_not_pass_though_it_was_revoked_later(
    place: Place, lost: int, expected: str | None
) -> None:
    (place.folder / "root.crl").write_bytes(place.root.crl())
    lost_on = x509.InvalidityDate((NOW - lost * DAY).replace(tzinfo=None))
    place.lay(listed(place, x509.CRLReason(x509.ReasonFlags.key_compromise), lost_on))
    facts = place.judged(at=NOW - 5 * DAY, claimed_time=NOW - 6 * DAY)
    assert facts.sub_indication == expected
