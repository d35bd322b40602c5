"""Whom a signature is, whether that one is trusted, and why: every way in which a certificate can be wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pki
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from pki import HOUR, NOW, YEAR, Holder
from signatures.conftest import World, judge, signed_by

from intake.signatures.trust_settings import TrustSettings
from intake.signatures.verified import broken
from rules.signature_facts import Coverage, Indication, SignatureFacts

PASSED, OPEN = Indication.TOTAL_PASSED, Indication.INDETERMINATE
WHO = pki.name("Ada Byron", "Example Meters Ltd")


def verdict(facts: SignatureFacts) -> tuple[str, str | None, bool | None]:
    return facts.indication.value, facts.sub_indication, facts.trusted


def test_a_good_signature_passes_and_says_why(world: World) -> None:
    facts = judge(signed_by(world.good), world.trusting)
    assert verdict(facts) == ("TOTAL-PASSED", None, True)
    assert facts.reasons == facts.notes == ()
    assert facts.signer.organisation == "Example Meters Ltd"
    assert facts.signer.organisation_identifier == "NTRGB-01234567"
    assert facts.signer.common_name == "Ada Byron"
    assert facts.signer.serial == f"{world.good.certificate.serial_number:X}"
    assert facts.chain == (
        "CN=Ada Byron, organizationIdentifier=NTRGB-01234567, O=Example Meters Ltd",
        "CN=Issuing CA, O=Test Trust",
        "CN=Test Root, O=Test Trust",
    )
    assert [(word.subject[:13], word.source, word.issued_at) for word in facts.revocation] == [
        ("CN=Ada Byron,", "crl", NOW - HOUR),
        ("CN=Issuing CA", "crl", NOW - HOUR),
    ]
    assert facts.trust_list is not None
    assert len(facts.trust_list) == 64


# What the certificate is like, and what comes of it. Every one but the first is issued by the listed authority.
CERTIFICATES: dict[str, tuple[dict[str, object], str | None]] = {
    "as it should be": ({}, None),
    "for documents (RFC 9336)": ({"usages": [pki.DOCUMENT_SIGNING]}, None),
    "for Microsoft's documents": ({"usages": [x509.ObjectIdentifier("1.3.6.1.4.1.311.10.3.12")]}, None),
    "for servers and mail": ({"usages": [pki.SERVER, pki.EMAIL]}, None),
    "for whatever": ({"usages": None}, None),
    "for servers alone": ({"usages": [pki.SERVER]}, "CHAIN_CONSTRAINTS_FAILURE"),
    "for any use by name": ({"usages": [x509.ObjectIdentifier("2.5.29.37.0")]}, "CHAIN_CONSTRAINTS_FAILURE"),
    "for time stamps": ({"usages": [pki.TIME_STAMPING]}, "CHAIN_CONSTRAINTS_FAILURE"),
    "for encryption": ({"may_sign": False}, "CHAIN_CONSTRAINTS_FAILURE"),
    "expired": ({"ends": NOW - HOUR}, "OUT_OF_BOUNDS_NO_POE"),
    "not yet valid": ({"begins": NOW + HOUR, "ends": NOW + YEAR}, "NOT_YET_VALID"),
    "of an elliptic curve": ({"key_kind": "p256", "key_number": 30}, None),
    "of Brainpool's curve of 256 bits": ({"key_kind": "b256", "key_number": 33}, None),
    "of Brainpool's curve of 384 bits": ({"key_kind": "b384", "key_number": 34}, None),
    "of Brainpool's curve of 512 bits": ({"key_kind": "b512", "key_number": 35}, None),
    "of a short RSA key": ({"key_kind": "rsa1024", "key_number": 31}, "CRYPTO_CONSTRAINTS_FAILURE"),
    "of an unusual curve": ({"key_kind": "k256", "key_number": 32}, "CRYPTO_CONSTRAINTS_FAILURE"),
    "with an unknown critical extension": (
        {"extensions": [x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5"), b"\x05\x00")], "critical": True},
        "CHAIN_CONSTRAINTS_FAILURE",
    ),
}


@pytest.mark.parametrize("kind", CERTIFICATES)
def test_a_signer_s_certificate_is_judged(world: World, kind: str) -> None:
    facts, expected = CERTIFICATES[kind]
    holder = world.issuer.issue(WHO, **{"key_number": 4, **facts})  # type: ignore[arg-type]  # the test names the facts it changes
    signature = judge(signed_by(holder, claimed_time=None), world.trusting)
    if expected is None:
        assert verdict(signature) == ("TOTAL-PASSED", None, True)
    else:
        assert verdict(signature) == ("INDETERMINATE", expected, False)
        assert signature.reasons[0].startswith(f"{expected}: ")


def test_a_certificate_signed_with_sha_1_is_not_trusted(world: World) -> None:
    old = world.issuer.signed_with_sha1(world.issuer.issue(WHO, key_number=4))
    signature = judge(signed_by(old), world.trusting)
    assert verdict(signature) == ("INDETERMINATE", "CRYPTO_CONSTRAINTS_FAILURE", False)


@pytest.fixture
def chain(tmp_path: Path) -> Callable[..., SignatureFacts]:
    """Judge a signer beneath these authorities, the last of which issues to the signer; the first are listed."""

    def judged(*authorities: Holder, hints: tuple[Holder, ...] = (), **known: object) -> SignatureFacts:
        signer = authorities[-1].issue(WHO, key_number=4)
        listed = [authority for authority in authorities if authority not in hints]
        folder = pki.trust_folder(tmp_path / "listed", *listed)
        for number, hint in enumerate(hints):
            (folder / f"hint{number}.crl").write_bytes(hint.crl())
        signed = signed_by(signer, certificates=tuple(hint.der for hint in hints), **known)
        return judge(signed, TrustSettings(folder, at=NOW))

    return judged


def test_a_path_of_three_authorities_is_found_though_one_only_came_along(chain: Callable[..., SignatureFacts]) -> None:
    root = pki.root()
    policy = root.issue(pki.name("Policy CA", "Test Trust"), authority=True, key_number=20)
    issuing = policy.issue(pki.name("Issuing CA 3", "Test Trust"), authority=True, key_number=21)
    assert verdict(chain(root, policy, issuing)) == ("TOTAL-PASSED", None, True)
    assert verdict(chain(root, policy, issuing, hints=(policy, issuing))) == ("TOTAL-PASSED", None, True)


def test_a_root_that_came_along_is_not_trusted(chain: Callable[..., SignatureFacts]) -> None:
    stranger = pki.root("A stranger's root", key_number=22)
    assert verdict(chain(pki.root(), stranger, hints=(stranger,))) == (
        "INDETERMINATE",
        "NO_CERTIFICATE_CHAIN_FOUND",
        False,
    )


def test_an_authority_with_the_listed_one_s_name_but_another_key_is_not_trusted(world: World) -> None:
    impostor = pki.root(key_number=23)
    signer = impostor.issue(WHO, key_number=4)
    signature = judge(signed_by(signer, certificates=(impostor.der,)), world.trusting)
    assert verdict(signature) == ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND", False)


def test_a_forged_issuer_s_name_is_not_enough(world: World) -> None:
    """Without key identifiers nothing but the signature on the certificate gives the forger away."""
    issuer = world.issuer.certificate.subject
    own = pki.key("rsa2048", 24)
    forged = x509.CertificateBuilder().subject_name(WHO).issuer_name(issuer).public_key(own.public_key())
    forged = forged.serial_number(7).not_valid_before(NOW - YEAR).not_valid_after(NOW + YEAR)
    holder = Holder(forged.sign(own, SHA256()), own)
    signature = judge(signed_by(holder), world.trusting)
    assert verdict(signature) == ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND", False)


def test_an_end_user_cannot_issue(chain: Callable[..., SignatureFacts]) -> None:
    root = pki.root()
    user = root.issue(WHO, key_number=25)
    assert verdict(chain(root, user, hints=(user,)))[0] == "INDETERMINATE"


def test_an_authority_s_limits_of_names_and_depth_hold(chain: Callable[..., SignatureFacts]) -> None:
    other = x509.DirectoryName(x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Other Ltd")]))
    limited = pki.root("Limited", key_number=26, extensions=[x509.NameConstraints([other], None)])
    assert verdict(chain(limited))[1] == "CHAIN_CONSTRAINTS_FAILURE"
    root = pki.root()
    limits = x509.NameConstraints(None, [x509.DirectoryName(WHO)])
    excluding = root.issue(pki.name("Sub", "T"), authority=True, key_number=27, extensions=[limits], critical=True)
    assert verdict(chain(root, excluding))[1] == "CHAIN_CONSTRAINTS_FAILURE"


DOCUMENTS, MICROSOFTS = [pki.DOCUMENT_SIGNING], [x509.ObjectIdentifier("1.3.6.1.4.1.311.10.3.12")]
ANY = [x509.ObjectIdentifier("2.5.29.37.0")]
LIMITS: dict[str, tuple[list[Any] | None, list[Any] | None, list[Any] | None, bool]] = {
    "an authority for servers": (None, [pki.SERVER], None, False),
    "an anchor for servers": ([pki.SERVER], None, None, False),
    "an anchor for servers, its authority for mail": ([pki.SERVER], [pki.EMAIL], [pki.EMAIL], False),
    "an authority for mail, a signer of documents": (None, [pki.EMAIL], DOCUMENTS, False),
    "an authority for mail beneath one for documents": (DOCUMENTS, [pki.EMAIL], None, False),
    "an authority for mail": (None, [pki.EMAIL], None, True),
    "an anchor for mail, an authority for any use": ([pki.EMAIL], ANY, [pki.EMAIL], True),
    "documents by two names": (None, MICROSOFTS, DOCUMENTS, True),
    "an authority for both": (None, [pki.EMAIL, *DOCUMENTS], DOCUMENTS, True),
}
"""What the anchor, the authority beneath it and the signer are for; and whether that leaves a use."""


@pytest.mark.parametrize("limits", LIMITS)
def test_the_uses_that_authorities_and_their_anchor_state_hold(limits: str, tmp_path: Path) -> None:
    of_anchor, of_authority, of_signer, passes = LIMITS[limits]
    of_both = [[x509.ExtendedKeyUsage(uses)] if uses else [] for uses in (of_anchor, of_authority)]
    root = pki.root("Limited root", key_number=28, extensions=of_both[0])
    authority = root.issue(pki.name("Limited CA", "T"), authority=True, key_number=20, extensions=of_both[1])
    folder = pki.trust_folder(tmp_path, root, authority)
    signature = judge(signed_by(authority.issue(WHO, key_number=4, usages=of_signer)), TrustSettings(folder, at=NOW))
    assert signature.sub_indication == (None if passes else "CHAIN_CONSTRAINTS_FAILURE")


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_an_anchor_beside_its_renewal_is_trusted_as_long_as_either(number: int, tmp_path: Path) -> None:
    """Whichever of them comes first by its digest."""
    old, new = (pki.root(f"Root {number}", key_number=29, ends=ends) for ends in (NOW - HOUR, NOW + YEAR))
    folder = pki.trust_folder(tmp_path, old, new)
    assert verdict(judge(signed_by(old.issue(WHO, key_number=4)), TrustSettings(folder, at=NOW)))[2] is True


def test_an_anchor_ends_with_its_own_life(chain: Callable[..., SignatureFacts]) -> None:
    assert verdict(chain(pki.root("Old", key_number=29, ends=NOW - HOUR)))[1:] == ("OUT_OF_BOUNDS_NO_POE", False)


def test_a_cross_signed_authority_is_trusted_by_whichever_way_holds(tmp_path: Path) -> None:
    holder, other = pki.root("Root one", key_number=33), pki.root("Root other", key_number=34)
    subject = pki.name("Cross CA", "T")
    by_one = holder.issue(subject, authority=True, key_number=35)
    by_other = other.issue(subject, authority=True, key_number=35)
    holder.revoke(by_one)
    folder = pki.trust_folder(tmp_path, holder, other, by_one)
    (folder / "other.pem").write_bytes(by_other.pem)
    signature = judge(signed_by(by_one.issue(WHO, key_number=4)), TrustSettings(folder, at=NOW))
    assert verdict(signature) == ("TOTAL-PASSED", None, True)
    assert signature.chain[-1] == "CN=Root other, O=Test Trust"


def test_a_maze_of_authorities_leads_nowhere_and_soon(world: World) -> None:
    subject = pki.name("Maze", "T")
    first = pki.root(key_number=36)
    maze = [first.issue(subject, authority=True, key_number=36, identifiers=False) for _ in range(100)]
    looped = Holder(maze[0].certificate, maze[0].key).issue(subject, authority=True, key_number=36, identifiers=False)
    signer = looped.issue(WHO, key_number=4)
    signed = signed_by(signer, certificates=tuple(holder.der for holder in [*maze, looped]))
    assert verdict(judge(signed, world.trusting)) == ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND", False)


def test_a_self_issued_signer_that_is_listed_is_trusted_as_far_as_its_own_life(tmp_path: Path) -> None:
    own, subject = pki.key("rsa2048", 37), WHO
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(own.public_key())
    builder = builder.serial_number(1).not_valid_before(NOW - YEAR).not_valid_after(NOW + YEAR)
    holder = Holder(builder.sign(own, SHA256()), own)
    folder = pki.trust_folder(tmp_path, holder, crls=False)
    assert verdict(judge(signed_by(holder), TrustSettings(folder, at=NOW))) == ("TOTAL-PASSED", None, True)
    late = TrustSettings(folder, at=NOW + 2 * YEAR)
    assert verdict(judge(signed_by(holder), late)) == ("INDETERMINATE", "OUT_OF_BOUNDS_NO_POE", False)
    child = holder.issue(WHO, key_number=4)
    assert verdict(judge(signed_by(child), TrustSettings(folder, at=NOW)))[2] is False


@pytest.mark.parametrize("folder", [None, "empty", "absent"])
def test_without_an_anchor_nobody_is_trusted(world: World, tmp_path: Path, folder: str | None) -> None:
    (tmp_path / "empty").mkdir()
    found = judge(signed_by(world.good), TrustSettings(folder and tmp_path / folder, at=NOW))  # type: ignore[arg-type]  # None is no folder
    assert verdict(found) == ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND", None)
    assert "no anchor" in found.reasons[0]
    assert found.signer.organisation == "Example Meters Ltd"


# --- what the reader of the form has settled


def test_a_failure_of_the_mathematics_is_certain(world: World) -> None:
    for failure in ("HASH_FAILURE", "SIG_CRYPTO_FAILURE", "FORMAT_FAILURE"):
        facts = judge(broken("opc", failure, f"{failure}: x"), world.trusting)
        assert verdict(facts) == ("TOTAL-FAILED", failure, None)
    facts = judge(signed_by(world.good, intact=False), world.trusting)
    assert verdict(facts) == ("TOTAL-FAILED", "HASH_FAILURE", None)
    assert facts.signer.organisation == "Example Meters Ltd"


@pytest.mark.parametrize("failure", ["SIGNED_DATA_NOT_FOUND", "NO_SIGNING_CERTIFICATE_FOUND"])
def test_what_cannot_be_found_leaves_the_matter_open(world: World, failure: str) -> None:
    assert verdict(judge(broken("odf", failure, "x"), world.trusting)) == ("INDETERMINATE", failure, None)


@pytest.mark.parametrize("coverage", [Coverage.PARTIAL, Coverage.UNCLEAR])
def test_less_than_the_whole_document_never_passes(world: World, coverage: Coverage) -> None:
    facts = judge(signed_by(world.good, coverage=coverage, uncovered=("/xl/media/image1.png",)), world.trusting)
    assert verdict(facts) == ("INDETERMINATE", "SIG_CONSTRAINTS_FAILURE", True)
    assert facts.reasons[0].startswith("COVERAGE_PARTIAL: ")
    assert "/xl/media/image1.png" in facts.reasons[0]


@pytest.mark.parametrize(("form", "expected"), [("opc", OPEN), ("odf", OPEN), ("cms", PASSED), ("pdf", PASSED)])
def test_a_workbook_s_signature_must_name_its_certificate(world: World, form: str, expected: Indication) -> None:
    facts = judge(signed_by(world.good, format=form, bound=False), world.trusting)
    assert facts.indication is expected
    assert facts.trusted is True


@pytest.mark.parametrize("weak", ["rsa-sha1", "sha1", "ecdsa-sha1", "SHA-1", "dsa-sha256", "md5", "hmac-sha256"])
def test_weak_algorithms_leave_it_open(world: World, weak: str) -> None:
    facts = judge(signed_by(world.good, algorithms=("rsa-sha256", weak)), world.trusting)
    assert verdict(facts) == ("INDETERMINATE", "CRYPTO_CONSTRAINTS_FAILURE_NO_POE", True)


@pytest.mark.parametrize("strong", ["rsa-sha256", "ecdsa-sha384", "rsa-pss-sha512", "ed25519", "sha512", "sha3-256"])
def test_strong_algorithms_pass(world: World, strong: str) -> None:
    assert judge(signed_by(world.good, algorithms=(strong,)), world.trusting).indication is PASSED


@pytest.mark.parametrize(
    ("claimed", "reason"),
    [
        (NOW + HOUR, "after the moment judged"),
        (NOW - 2 * YEAR, "outside the validity"),
        (datetime(2001, 1, 1), "outside the validity"),  # noqa: DTZ001  # LibreOffice writes it without a zone
    ],
)
def test_a_claimed_time_that_cannot_be_is_not_believed(world: World, claimed: datetime, reason: str) -> None:
    facts = judge(signed_by(world.good, claimed_time=claimed), world.trusting)
    assert verdict(facts) == ("INDETERMINATE", "SIG_CONSTRAINTS_FAILURE", True)
    assert facts.reasons[0].startswith("UNTRUSTED_TIME: ")
    assert reason in facts.reasons[0]


def test_a_claimed_time_is_never_proof(world: World) -> None:
    """The certificate was good when the signature claims to have been made, and that helps nothing."""
    old = world.issuer.issue(WHO, key_number=4, ends=NOW - HOUR)
    facts = judge(signed_by(old, claimed_time=NOW - YEAR / 2), world.trusting)
    assert verdict(facts) == ("INDETERMINATE", "OUT_OF_BOUNDS_NO_POE", False)


@pytest.mark.parametrize("der", [b"", b"\x30\x03\x02\x01", b"\x30\x80", bytes(5000), b"\x30\x84\xff\xff\xff\xff"])
def test_a_certificate_that_is_none_decides_nothing(world: World, der: bytes) -> None:
    facts = judge(replace(signed_by(world.good), certificate=der), world.trusting)
    assert facts.indication is OPEN
    assert facts.trusted is None
    hinted = judge(signed_by(world.good, certificates=(der, der)), world.trusting)
    assert hinted.indication is PASSED


def test_every_octet_of_a_certificate_may_be_wrong(world: World) -> None:
    good = world.good.der
    for at in range(0, len(good), 7):
        bent = good[:at] + bytes([good[at] ^ 0x41]) + good[at + 1 :]
        assert judge(signed_by(world.good, certificate=bent), world.trusting).indication is OPEN
