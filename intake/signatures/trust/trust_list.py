"""The list of those whom signatures may lead to: a folder of certificates and CRLs, and nothing beside it.

``*.pem *.crt *.cer`` hold certificates, PEM or DER, several to a file: a self-issued one is an anchor, any other an
intermediate. ``*.crl`` hold revocation lists, which may stand among certificates in PEM, too. The same in ``tsa/`` is
for time stamps and for nothing else. The list may be one such file instead, whatever its name; then nobody may stamp.
The operating system's store is never asked.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path

from asn1crypto.x509 import Certificate

from intake.errors import reason
from intake.signatures.trust.crl import Crl
from intake.signatures.trust.trust_files import Held, is_read, passed_over, read_files

TIME_STAMPS = "tsa"
MAX_FILES = 1_000


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
    """Read the trust list of a folder or file, cached until it changes; an absent one trusts nobody."""
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
    if folder.is_file():
        held, stamping, troubles = read_files([folder]), Held(), []
    else:
        held, stamping = (read_files(filter(is_read, _files(place))) for place in (folder, folder / TIME_STAMPS))
        troubles = list(_left(folder, (*held.certificates, *stamping.certificates)))
    signers, stamps = _authorities(held), _authorities(stamping)
    troubles = [*held.troubles, *stamping.troubles, *troubles]
    return TrustList(signers, stamps, held.crls + stamping.crls, _digest(signers, stamps), tuple(troubles))


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Fingerprint the folder's files, or the one file."""
    fingerprints = [] if folder.is_file() else [(hindrance, 0, 0) for hindrance in _hindrances(folder)]
    for file in (folder, *_entries(folder), *_entries(folder / TIME_STAMPS)):
        try:
            file_stat = file.stat()
        except OSError:
            continue
        fingerprints.append((str(file), file_stat.st_mtime_ns, file_stat.st_size))
    return tuple(fingerprints)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _files(folder: Path) -> list[Path]:
    """The folder's files; those that belong to a list by their names before all others, which are not many."""
    files = [file for file in _entries(folder) if not file.is_dir()]
    return sorted(files, key=is_read, reverse=True)[:MAX_FILES]


def _left(folder: Path, taken: tuple[Certificate, ...]) -> Iterator[str]:
    """Tell of what in the folder is not read, though it looks as if it should be."""
    yield from _hindrances(folder)
    for place in (folder, folder / TIME_STAMPS):
        if len(_entries(place)) > MAX_FILES:
            yield f"The folder {place.name} holds more than {MAX_FILES} files, so that some are not read."
        yield from passed_over((file for file in _files(place) if not is_read(file)), taken)
    for entry in islice(_entries(folder), MAX_FILES):
        unread = entry.is_dir() and entry.name != TIME_STAMPS and not entry.name.startswith(".")
        if unread and any(map(is_read, _entries(entry))):
            yield f"The folder {entry.name} within it is not read; put its files beside it, or in {TIME_STAMPS}."


def _hindrances(folder: Path) -> Iterator[str]:
    """Tell why a folder that is there cannot be read; one that is absent holds nothing, and that is no trouble."""
    for part in (folder, folder / TIME_STAMPS):
        try:
            with os.scandir(part):
                pass
        except FileNotFoundError:
            continue
        except OSError as error:
            yield f"The folder {part.name} cannot be read: {reason(error, part)}."
            return  # nor can what lies within


def _authorities(held: Held) -> Authorities:
    by_digest = {certificate.sha256: certificate for certificate in held.certificates}
    ordered = [by_digest[digest] for digest in sorted(by_digest)]
    anchors = tuple(authority for authority in ordered if authority.self_issued)
    return Authorities(anchors, tuple(authority for authority in ordered if not authority.self_issued))


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
