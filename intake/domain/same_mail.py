"""Tells whether two messages are one mail that came two ways: to two addresses of ours, each writes lines above it."""

from __future__ import annotations

import hashlib
import re

from intake.domain.lead import without_lead

_MOST_BYTES = 256 * 1024
"""Of the headers; of a mail that has more it is not told."""
_END = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(rb"\r?\n(?=[ \t])")
_BY_CARRIERS = frozenset(
    {
        b"authentication-results", b"delivered-to", b"delivery-date", b"dkim-filter", b"dkim-signature",
        b"domainkey-signature", b"envelope-to", b"lines", b"original-recipient", b"received", b"received-spf",
        b"return-path", b"status",
    }
)  # fmt: skip
_BY_CARRIERS_TOO = (b"x-", b"arc-")
_NEEDED = frozenset({b"from", b"date", b"message-id"})
"""Without these two mails may be alike and yet not one."""


def own_digest(raw: bytes) -> str | None:
    """Digest what the sender wrote: the body, and all headers but those that carriers write; None where that is unsure.

    Whoever has a mail sent on (``Resent-…``), or a list that adds to it, makes another mail of it.
    """
    whole = without_lead(raw)
    end = _END.search(whole, 0, _MOST_BYTES)
    if end is None:
        return None
    fields: list[bytes] = []
    names: set[bytes] = set()
    for line in _FOLD.sub(b"", whole[: end.start()]).splitlines():
        name, colon, value = line.partition(b":")
        name = name.strip().lower()
        if not colon or not name:
            return None
        if name not in _BY_CARRIERS and not name.startswith(_BY_CARRIERS_TOO):
            names.add(name)
            fields.append(name + b":" + b" ".join(value.split()))
    if not names >= _NEEDED:
        return None
    body = whole[end.end() :].replace(b"\r\n", b"\n").rstrip(b"\n")
    digest = hashlib.sha256(b"\n".join(sorted(fields)))
    digest.update(b"\n\n")
    digest.update(body)
    return digest.hexdigest()
