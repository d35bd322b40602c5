"""A small public key infrastructure, built anew for each test run: authorities, signers, their revocation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from asn1crypto import x509 as asn1
from asn1crypto.algos import SignedDigestAlgorithm
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
NOW = datetime.now(UTC).replace(microsecond=0)
YEAR = timedelta(days=365)
HOUR = timedelta(hours=1)
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
EMAIL = ExtendedKeyUsageOID.EMAIL_PROTECTION
TIME_STAMPING = ExtendedKeyUsageOID.TIME_STAMPING
SERVER = ExtendedKeyUsageOID.SERVER_AUTH
OCSP_SIGNING = ExtendedKeyUsageOID.OCSP_SIGNING


_CURVES = {
    "p256": ec.SECP256R1(),
    "p384": ec.SECP384R1(),
    "p521": ec.SECP521R1(),
    "k256": ec.SECP256K1(),
    "b256": ec.BrainpoolP256R1(),
    "b384": ec.BrainpoolP384R1(),
    "b512": ec.BrainpoolP512R1(),
}


@cache
def key(kind: str = "rsa2048", number: int = 0) -> Key:
    """A key of a kind such as ``rsa1024`` or ``p256``; another one for each number. Making RSA keys takes long."""
    del number
    if kind.startswith("rsa"):
        return rsa.generate_private_key(65537, int(kind[3:]))
    return ec.generate_private_key(_CURVES[kind])


def name(common_name: str, *organisations: str, identifier: str = "") -> x509.Name:
    """A subject with as many O as wanted."""
    parts = [x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation) for organisation in organisations]
    if identifier:
        parts.append(x509.NameAttribute(ObjectIdentifier("2.5.4.97"), identifier))
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


@dataclass(frozen=True)
class Holder:
    """A certificate and its key; an authority issues others."""

    certificate: x509.Certificate
    key: Key
    revoked: dict[int, datetime] = field(default_factory=dict)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        plain = serialization.NoEncryption()
        return self.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)

    def issue(  # noqa: PLR0913  # a certificate has that many facts, each with a default
        self,
        subject: x509.Name,
        *,
        key_kind: str = "rsa2048",
        key_number: int = 1,
        authority: bool = False,
        usages: Sequence[ObjectIdentifier] | None = (EMAIL,),
        may_sign: bool = True,
        begins: datetime = NOW - YEAR,
        ends: datetime = NOW + YEAR,
        crl_url: str = "",
        ocsp_url: str = "",
        digest: hashes.SHA256 | hashes.SHA384 | None = None,
        extensions: Sequence[x509.ExtensionType] = (),
        critical: bool = False,
        identifiers: bool = True,
    ) -> Holder:
        """Issue a certificate.

        `usages` None leaves the extended key usage out, `identifiers` False those of its key and its issuer's.
        """
        own = key(key_kind, key_number)
        builder = _builder(subject, self.certificate.subject, own, begins, ends, authority=authority)
        builder = builder.add_extension(_usage(authority=authority, may_sign=may_sign), critical=True)
        if usages is not None and not authority:
            builder = builder.add_extension(x509.ExtendedKeyUsage(list(usages)), critical=TIME_STAMPING in usages)
        for extension in _addresses(crl_url, ocsp_url):
            builder = builder.add_extension(extension, critical=False)
        for extension in extensions:
            builder = builder.add_extension(extension, critical=critical)
        if identifiers:
            own_id = x509.SubjectKeyIdentifier.from_public_key(own.public_key())
            issuer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
            builder = builder.add_extension(own_id, critical=False).add_extension(issuer_id, critical=False)
        return Holder(builder.sign(self.key, digest or hashes.SHA256()), own)

    def signed_with_sha1(self, other: Holder) -> Holder:
        """The same certificate as an authority of old would have signed it; the library itself refuses to."""
        algorithm = SignedDigestAlgorithm({"algorithm": "sha1_rsa"})
        old = asn1.Certificate.load(other.der)
        old["tbs_certificate"]["signature"] = old["signature_algorithm"] = algorithm
        assert isinstance(self.key, rsa.RSAPrivateKey)
        old["signature_value"] = self.key.sign(old["tbs_certificate"].dump(), padding.PKCS1v15(), hashes.SHA1())  # noqa: S303  # a weak signature is what the test needs
        return Holder(x509.load_der_x509_certificate(old.dump()), other.key)

    def revoke(self, other: Holder, at: datetime = NOW - timedelta(days=1)) -> None:
        self.revoked[other.certificate.serial_number] = at

    def crl(self, *, issued: datetime = NOW - timedelta(hours=1), next_update: datetime = NOW + YEAR) -> bytes:
        """DER of the list of what this authority has revoked."""
        builder = x509.CertificateRevocationListBuilder(self.certificate.subject, issued, next_update)
        for serial, at in self.revoked.items():
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder(serial_number=serial, revocation_date=at).build()
            )
        own_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        builder = builder.add_extension(own_id, critical=False).add_extension(x509.CRLNumber(1), critical=False)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def root(
    common_name: str = "Test Root",
    key_kind: str = "rsa2048",
    *,
    key_number: int = 9,
    ends: datetime = NOW + 5 * YEAR,
    extensions: Sequence[x509.ExtensionType] = (),
) -> Holder:
    """A self-issued authority."""
    own, subject = key(key_kind, key_number), name(common_name, "Test Trust")
    builder = _builder(subject, subject, own, NOW - 5 * YEAR, ends, authority=True)
    for extension in (_usage(authority=True, may_sign=False), *extensions):
        builder = builder.add_extension(extension, critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
    return Holder(builder.sign(own, hashes.SHA256()), own)


def trust_folder(folder: Path, *authorities: Holder, crls: bool = True, tsa: Sequence[Holder] = ()) -> Path:
    """A folder as ``check --trust`` takes it: authorities, their CRLs, and time-stamping anchors."""
    (folder / "tsa").mkdir(parents=True, exist_ok=True)
    for number, authority in enumerate(authorities):
        (folder / f"{number}.pem").write_bytes(authority.pem)
        if crls:
            (folder / f"{number}.crl").write_bytes(authority.crl())
    for number, authority in enumerate(tsa):
        (folder / "tsa" / f"{number}.pem").write_bytes(authority.pem)
    return folder


def _builder(
    subject: x509.Name, issuer: x509.Name, own: Key, begins: datetime, ends: datetime, *, authority: bool
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(own.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(begins).not_valid_after(ends)
    return builder.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)


def _usage(*, authority: bool, may_sign: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=may_sign,
        content_commitment=may_sign,
        key_encipherment=not may_sign and not authority,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _addresses(crl_url: str, ocsp_url: str) -> list[x509.ExtensionType]:
    extension_types: list[x509.ExtensionType] = []
    if crl_url:
        address = x509.UniformResourceIdentifier(crl_url)
        extension_types.append(x509.CRLDistributionPoints([x509.DistributionPoint([address], None, None, None)]))
    if ocsp_url:
        access = x509.AccessDescription(
            x509.oid.AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(ocsp_url)
        )
        extension_types.append(x509.AuthorityInformationAccess([access]))
    return extension_types
