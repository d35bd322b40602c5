"""The list of those whom signatures may lead to: a folder of certificates and CRLs, and nothing beside it.

``*.pem *.crt *.cer`` hold certificates, PEM or DER, several to a file: a self-issued one is an anchor, any other an
intermediate. ``*.crl`` hold revocation lists. The same in ``tsa/`` is for time stamps and for nothing else.
The operating system's store is never asked.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from asn1crypto.x509 import Certificate

from intake.errors import reason
from intake.signatures import surprise
from intake.signatures.trust.crl import Crl, UnusableCrlError

CERTIFICATE_FILES = frozenset({".pem", ".crt", ".cer"})
TIME_STAMPS = "tsa"
MAX_FILES = 1_000
MAX_SIZE = 64 * 1024 * 1024
"""Bytes of a file; the CRLs of the largest authorities have some 20 MB."""
_BLOCK = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----\s*([A-Za-z0-9+/=\s]*?)-----END \1-----")
_SEQUENCE = 0x30


@dataclass(frozen=True, slots=True)
class Authorities:
    """Trusted authorities for one purpose."""

    anchors: tuple[Certificate, ...] = ()
    intermediates: tuple[Certificate, ...] = ()


@dataclass(frozen=True, slots=True)
class TrustList:
    """A trust list as read from its folder."""

    signers: Authorities = Authorities()
    time_stamps: Authorities = Authorities()
    crls: tuple[Crl, ...] = ()
    digest: str = hashlib.sha256().hexdigest()
    """SHA-256 over the certificates' digests and what each is for; CRLs come and go, and are told by date."""
    troubles: tuple[str, ...] = ()
    """What in the folder could not be used, in sentences."""


EMPTY = TrustList()


def read_trust_list(folder: Path | None) -> TrustList:
    """Read the trust list of a folder, cached until it changes; an absent folder trusts nobody."""
    if folder is None:
        return EMPTY
    return _read(folder, _state(folder))


def first_expiry(trust_list: TrustList) -> datetime | None:
    """Give the earliest expiry of an anchor; None where there is none."""
    return min(
        (anchor.not_valid_after for anchor in (*trust_list.signers.anchors, *trust_list.time_stamps.anchors)),
        default=None,
    )


@lru_cache(maxsize=4)
def _read(folder: Path, _state: tuple[tuple[str, int, int], ...]) -> TrustList:
    troubles = _hindrances(folder)
    signers = _authorities(folder, troubles)
    stamps = _authorities(folder / TIME_STAMPS, troubles)
    crls = tuple(_crls(folder, troubles)) + tuple(_crls(folder / TIME_STAMPS, troubles))
    return TrustList(signers, stamps, crls, _digest(signers, stamps), tuple(troubles))


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Fingerprint the folder's files."""
    fingerprints = [(hindrance, 0, 0) for hindrance in _hindrances(folder)]
    for file in (*_files(folder), *_files(folder / TIME_STAMPS)):
        file_stat = file.stat()
        fingerprints.append((str(file), file_stat.st_mtime_ns, file_stat.st_size))
    return tuple(fingerprints)


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(file for file in folder.iterdir() if file.is_file())[:MAX_FILES]
    except OSError:
        return []


def _hindrances(folder: Path) -> list[str]:
    """Tell why a folder that is there cannot be read; one that is absent holds nothing, and that is no trouble."""
    hindrances = []
    for part in (folder, folder / TIME_STAMPS):
        try:
            with os.scandir(part):
                pass
        except FileNotFoundError:
            continue
        except OSError as error:
            hindrances.append(f"{part.name} cannot be read: {reason(error, part)}.")
            break  # nor can what lies within
    return hindrances


def _authorities(folder: Path, troubles: list[str]) -> Authorities:
    by_digest: dict[bytes, Certificate] = {}
    for file in _files(folder):
        if file.suffix.lower() in CERTIFICATE_FILES:
            blocks = _blocks(file, "CERTIFICATE", troubles)
            for der in blocks:
                certificate = _certificate(der, file, troubles)
                if certificate is not None:
                    by_digest.setdefault(certificate.sha256, certificate)
            if not blocks:
                troubles.append(f"{file.name} holds no certificate.")
    ordered = [by_digest[digest] for digest in sorted(by_digest)]
    anchors = tuple(authority for authority in ordered if authority.self_issued)
    return Authorities(anchors, tuple(authority for authority in ordered if not authority.self_issued))


def _certificate(der: bytes, file: Path, troubles: list[str]) -> Certificate | None:
    """Parse a certificate fully, so that path building cannot fail on it later."""
    try:
        certificate = Certificate.load(der, strict=True)
        _ = certificate.self_issued, certificate.public_key.bit_size, certificate.critical_extensions
        _ = certificate.not_valid_before, certificate.not_valid_after, certificate.key_identifier
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours; the other files still count
        surprise.is_ours(error)
        troubles.append(f"A certificate in {file.name} cannot be read: {error}")
        return None
    return certificate


def _crls(folder: Path, troubles: list[str]) -> Iterator[Crl]:
    for file in _files(folder):
        if file.suffix.lower() == ".crl":
            blocks = _blocks(file, "X509 CRL", troubles)
            for der in blocks:
                try:
                    yield Crl.read(der)
                except UnusableCrlError as error:
                    troubles.append(f"The revocation list in {file.name} cannot be used: {error}")
            if not blocks:
                troubles.append(f"{file.name} holds no revocation list.")


def _blocks(file: Path, label: str, troubles: list[str]) -> list[bytes]:
    """The DER in a file, of every PEM block of this label, or of the file itself."""
    try:
        if file.stat().st_size > MAX_SIZE:
            troubles.append(f"{file.name} is too large to be read.")
            return []
        content = file.read_bytes()
    except OSError as error:
        troubles.append(f"{file.name} cannot be read: {error.strerror}")
        return []
    if content[:1] == bytes([_SEQUENCE]):
        return list(_sequences(content))
    return list(_pem(content, label, file, troubles))


def _pem(content: bytes, label: str, file: Path, troubles: list[str]) -> Iterator[bytes]:
    for block_label, body in _BLOCK.findall(content):
        if block_label == label.encode():
            try:
                yield base64.b64decode(b"".join(body.split()), validate=True)
            except binascii.Error:
                troubles.append(f"A block in {file.name} is no base64.")


def _sequences(content: bytes) -> Iterator[bytes]:
    """DER values one behind the other; what follows an odd length is one value, for its parser to refuse."""
    while content[:1] == bytes([_SEQUENCE]):
        octets = content[1] & 0x7F if len(content) > 1 and content[1] & 0x80 else 0
        size = int.from_bytes(content[2 : 2 + octets]) if octets else content[1] if len(content) > 1 else 0
        end = 2 + octets + size
        yield content[:end]
        content = content[end:]


def _digest(signers: Authorities, stamps: Authorities) -> str:
    told = hashlib.sha256()
    for purpose, certificates in (
        ("anchor", signers.anchors),
        ("intermediate", signers.intermediates),
        ("tsa-anchor", stamps.anchors),
        ("tsa-intermediate", stamps.intermediates),
    ):
        for certificate in certificates:
            told.update(f"{purpose} {certificate.sha256.hex()}\n".encode())
    return told.hexdigest()
