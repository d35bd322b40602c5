"""The files of a trust list: certificates and revocation lists in PEM or DER, and what must not pass unread.

What lies in the folder and is not taken is told, where it holds a certificate, a list or a bundle of either: an
operator put it there to be trusted, and would otherwise learn of it only by signatures that lead to nobody.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import cms, core, pkcs12
from asn1crypto.x509 import Certificate

from intake.signatures import surprise
from intake.signatures.trust.crl import Crl, UnusableCrlError

CERTIFICATE_FILES = frozenset({".pem", ".crt", ".cer"})
LIST_FILES = frozenset({".crl"})
MAX_SIZE = 64 * 1024 * 1024
"""Bytes of a file; the CRLs of the largest authorities have some 20 MB."""
_BUNDLES = frozenset({".p7b", ".p7c", ".p12", ".pfx", ".jks", ".spc", ".sst"})
"""Endings of what holds certificates within something else."""
_GLANCED = 1024 * 1024
"""Bytes of a file of another name in which a certificate is looked for."""
_BLOCK = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----\s*([A-Za-z0-9+/=\s]*?)-----END \1-----")
_BEGIN = re.compile(rb"-----BEGIN (?:(?:X509 |TRUSTED )?CERTIFICATE|X509 CRL)-----")
_CERTIFICATE, _LIST = frozenset({b"CERTIFICATE", b"X509 CERTIFICATE"}), frozenset({b"X509 CRL"})
_SEQUENCE = 0x30


@dataclass(frozen=True, slots=True)
class Held:
    """What files hold of a trust list."""

    certificates: tuple[Certificate, ...] = ()
    crls: tuple[Crl, ...] = ()
    troubles: tuple[str, ...] = ()
    """What in them could not be used, in sentences."""


def is_read(file: Path) -> bool:
    """Tell whether a file's name says that it belongs to a trust list."""
    return file.suffix.lower() in CERTIFICATE_FILES | LIST_FILES


def read_files(files: Iterable[Path]) -> Held:
    """Read files of a trust list, each whatever its name."""
    held = [_read(file) for file in files]
    return Held(
        tuple(certificate for of_file in held for certificate in of_file.certificates),
        tuple(crl for of_file in held for crl in of_file.crls),
        tuple(trouble for of_file in held for trouble in of_file.troubles),
    )


def passed_over(files: Iterable[Path], taken: Iterable[Certificate]) -> Iterator[str]:
    """Tell of files that are not read for their names, though they hold certificates that are not taken elsewhere."""
    digests = {certificate.sha256 for certificate in taken}
    for file in files:
        content = _glanced(file)
        if file.suffix.lower() in _BUNDLES or _instead(content):
            yield f"{file.name} is not read; write the certificates in it as PEM."
        elif not _holds_nothing_else(content, digests):
            yield (
                f"{file.name} is not read: give it a name that ends in .pem, .crt or .cer (certificates, PEM or DER) "
                "or in .crl (revocation lists)."
            )


def _glanced(file: Path) -> bytes:
    """The first bytes of a file of another name; none of a hidden one, or one that cannot be read."""
    try:
        with file.open("rb") as opened:
            return b"" if file.name.startswith(".") else opened.read(_GLANCED)
    except OSError:
        return b""


def _holds_nothing_else(content: bytes, digests: set[bytes]) -> bool:
    """Whether content holds no certificate or list but such as are taken from another file."""
    if content[:1] == bytes([_SEQUENCE]):
        ders = list(_sequences(content))
        return not any(map(_is_certificate, ders)) or all(_sha256(der) in digests for der in ders)
    if not _BEGIN.search(content):
        return True
    blocks = [_decoded(body) for label, body in _BLOCK.findall(content) if label in _CERTIFICATE]
    return bool(blocks) and all(der is not None and _sha256(der) in digests for der in blocks)


def _read(file: Path) -> Held:
    try:
        if file.stat().st_size > MAX_SIZE:
            return Held(troubles=(f"{file.name} is too large to be read.",))
        content = file.read_bytes()
    except OSError as error:
        return Held(troubles=(f"{file.name} cannot be read: {error.strerror}",))
    certificates, lists, troubles = _ders(content, file)
    if certificates and file.suffix.lower() in LIST_FILES:
        certificates = []
        troubles.append(f"{file.name} holds certificates, which are read from .pem, .crt and .cer alone.")
    held = _certificates(certificates, file), _crls(lists, file)
    troubles += [*held[0].troubles, *held[1].troubles]
    if not certificates and not lists and not troubles:
        what = "revocation list" if file.suffix.lower() in LIST_FILES else "certificate"
        troubles.append(f"{file.name} holds no {what}{_instead(content)}.")
    return Held(held[0].certificates, held[1].crls, tuple(troubles))


def _ders(content: bytes, file: Path) -> tuple[list[bytes], list[bytes], list[str]]:
    """The DER of certificates and of lists in a file, of every PEM block or of the file itself; and what is broken."""
    if content[:1] == bytes([_SEQUENCE]):
        bundle = _bundle(content)
        if bundle:
            return [], [], [f"{file.name} holds no certificate{_instead(content)}."]
        ders = list(_sequences(content))
        return ([], ders, []) if _is_list(file, ders) else (ders, [], [])
    blocks = _BLOCK.findall(content)
    bodies_by_kind = {kind: [body for label, body in blocks if label in kind] for kind in (_CERTIFICATE, _LIST)}
    broken = len(_BEGIN.findall(content)) - sum(map(len, bodies_by_kind.values()))
    decoded = {kind: [der for body in bodies if (der := _decoded(body))] for kind, bodies in bodies_by_kind.items()}
    broken += sum(map(len, bodies_by_kind.values())) - sum(map(len, decoded.values()))
    troubles = [f"{file.name} holds {_blocks(broken)} cut short, of a kind that is not read, or no base64."]
    return decoded[_CERTIFICATE], decoded[_LIST], troubles if broken else []


def _blocks(number: int) -> str:
    return "a block that is" if number == 1 else f"{number} blocks that are"


def _is_list(file: Path, ders: list[bytes]) -> bool:
    """Whether DER is of revocation lists: by the file's name, and where that says nothing by what it is."""
    if is_read(file):
        return file.suffix.lower() in LIST_FILES
    return not any(map(_is_certificate, ders))


def _bundle(content: bytes) -> str:
    """What DER is that holds certificates within something else; empty where it is no such thing."""
    try:
        if cms.ContentInfo.load(content)["content_type"].native == "signed_data":
            return "a bundle (PKCS #7)"
    except (ValueError, TypeError, KeyError):
        pass
    try:
        if isinstance(pkcs12.Pfx.load(content)["auth_safe"]["content"], core.OctetString):
            return "a store of keys (PKCS #12)"
    except (ValueError, TypeError, KeyError):
        pass
    return ""


def _instead(content: bytes) -> str:
    """What a file holds instead of what was looked for, and what to do about it; empty where it is not known."""
    what = _bundle(content) if content[:1] == bytes([_SEQUENCE]) else ""
    if not what and b"-----BEGIN PKCS7-----" in content:
        what = "a bundle (PKCS #7)"
    if not what and content[:2] in {b"\xff\xfe", b"\xfe\xff"} and b"B\0E\0G\0I\0N" in content:
        what = "text in UTF-16"
    return f" but {what}; write what is in it as PEM" if what else ""


def _certificates(ders: list[bytes], file: Path) -> Held:
    certificates, troubles = [], []
    for der in ders:
        try:
            certificates.append(_parsed(der))
        except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours; the other files still count
            surprise.is_ours(error)
            told = " ".join(str(error).split())
            troubles.append(f"A certificate in {file.name} cannot be read: {told}")
    return Held(tuple(certificates), troubles=tuple(troubles))


def _parsed(der: bytes) -> Certificate:
    """Parse a certificate fully, so that path building cannot fail on it later."""
    certificate = Certificate.load(der, strict=True)
    _ = certificate.self_issued, certificate.public_key.bit_size, certificate.critical_extensions
    _ = certificate.not_valid_before, certificate.not_valid_after, certificate.key_identifier
    return certificate


def _is_certificate(der: bytes) -> bool:
    try:
        return bool(_parsed(der))
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours
        surprise.is_ours(error)
        return False


def _crls(ders: list[bytes], file: Path) -> Held:
    crls, troubles = [], []
    for der in ders:
        try:
            crls.append(Crl.read(der))
        except UnusableCrlError as error:
            troubles.append(f"The revocation list in {file.name} cannot be used: {error}")
    return Held(crls=tuple(crls), troubles=tuple(troubles))


def _decoded(body: bytes) -> bytes | None:
    try:
        return base64.b64decode(b"".join(body.split()), validate=True) or None
    except binascii.Error:
        return None


def _sequences(content: bytes) -> Iterator[bytes]:
    """DER values one behind the other; what follows an odd length is one value, for its parser to refuse."""
    while content[:1] == bytes([_SEQUENCE]):
        octets = content[1] & 0x7F if len(content) > 1 and content[1] & 0x80 else 0
        size = int.from_bytes(content[2 : 2 + octets]) if octets else content[1] if len(content) > 1 else 0
        end = 2 + octets + size
        yield content[:end]
        content = content[end:]


def _sha256(der: bytes) -> bytes:
    return hashlib.sha256(der).digest()
