"""Chains of signers that have been seen, so that their revocation lists are at hand when the next mail comes.

Only chains that lead to an anchor of the trust list are remembered: nobody else's addresses are ever followed.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from intake.files import write_durably

Chain = tuple[bytes, ...]
MAX_SEEN = 5_000
_LINE = 64


def remember(cache: Path, chains: Iterable[Chain]) -> None:
    """Remember chains, signer first; known ones are skipped.

    Raises:
        OSError: the folder cannot be written.
    """
    for chain in chains:
        file = cache / "seen" / f"{hashlib.sha256(b''.join(chain)).hexdigest()}.pem"
        if not file.exists() and sum(1 for _ in _files(cache)) < MAX_SEEN:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_durably(file, b"".join(map(_pem, chain)))


def chains(cache: Path) -> Iterator[tuple[Path, Chain]]:
    """List every remembered chain with its file."""
    for file in _files(cache):
        with suppress(OSError, ValueError):
            blocks = file.read_text("ascii").split("-----END CERTIFICATE-----")[:-1]
            yield file, tuple(base64.b64decode(block.partition("-----\n")[2]) for block in blocks)


def _files(cache: Path) -> list[Path]:
    return sorted((cache / "seen").glob("*.pem"))


def _pem(der: bytes) -> bytes:
    text = base64.b64encode(der)
    lines = [text[at : at + _LINE] for at in range(0, len(text), _LINE)]
    return b"-----BEGIN CERTIFICATE-----\n" + b"\n".join(lines) + b"\n-----END CERTIFICATE-----\n"
