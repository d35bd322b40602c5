"""What an event's digest is over.

Salted, as every event is since `digests_salted`: SHA-256 over its public head (seq, at, name) and the digest of all
else, which is SHA-256 over 16 random bytes and the rest. So whoever is shown the digest alone cannot guess the event,
and the rest may be disposed of while chain and tree still hold. Before, it was over the whole without a salt.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from json.encoder import encode_basestring_ascii as quoted

GENESIS = "0" * 64
"""What stands before the first event of the chain."""
SALT_BYTES = 16

detail_text = json.JSONEncoder(sort_keys=True).encode
"""Write a detail as it is stored, which is also how it is digested: JSON in ASCII, keys sorted."""


def detail_sha256(salt: bytes, detail: str, *, actor: str, message: int | None, entry: str | None) -> str:
    """Digest all of an event that is not public; `detail` is its stored text."""
    told = (
        f'{{"actor": {quoted(actor)}, "detail": {detail}, "entry": {"null" if entry is None else quoted(entry)}, '
        f'"message": {"null" if message is None else message}}}'
    )
    return hashlib.sha256(salt + told.encode(errors="surrogatepass")).hexdigest()


def salted_sha256(seq: int, at: str, name: str, detail_digest: str) -> str:
    """Digest an event from its public head and its detail's digest.

    Args:
        seq: its number.
        at: its time as RFC 3339 text.
        name: what happened.
        detail_digest: what `detail_sha256` gave.
    """
    told = f'{{"at": "{at}", "detail_sha256": "{detail_digest}", "name": "{name}", "seq": {seq}}}'
    return hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()


def plain_sha256(content: Mapping[str, object]) -> str:
    """Digest an event in the form that had no salt."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def link(before: str, content_sha256: str) -> str:
    """Compute an event's place in the chain from the one before and its own digest."""
    return hashlib.sha256(f"{before}{content_sha256}".encode()).hexdigest()
