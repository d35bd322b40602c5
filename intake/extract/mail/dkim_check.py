"""Checks the DKIM signatures of a message (RFC 6376) against keys that were looked up beforehand."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import dkim

from intake import faults
from rules.sender_facts import SenderCheck

MOST_SIGNATURES = 5


def dkim_checks(raw: bytes, keys: Mapping[str, str | None]) -> tuple[SenderCheck, ...]:
    """Check each DKIM signature, topmost first; results as in RFC 8601 section 2.7.1.

    `policy` is a signature that holds and covers only the beginning of the text (tag `l`), behind which anybody may
    have written. The evidence is the key record, for keys are taken back after a while.

    Args:
        raw: the message as received.
        keys: records by name (`selector._domainkey.domain`), empty where there is none, None where nobody answered.
    """
    quiet = logging.getLogger("dkim")
    quiet.setLevel(logging.CRITICAL + 1)
    try:
        message = dkim.DKIM(raw, logger=quiet)
        present = sum(name.lower() == b"dkim-signature" for name, _ in message.headers)
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours
        faults.is_ours(error, libraries=("dkim",))
        return ()
    return tuple(_check(dkim.DKIM(raw, logger=quiet), index, keys) for index in range(min(present, MOST_SIGNATURES)))


def _check(message: dkim.DKIM, index: int, keys: Mapping[str, str | None]) -> SenderCheck:
    asked: list[str] = []

    def answer(name: bytes, **_: object) -> bytes | None:
        asked.append(name.decode("ascii", "replace").rstrip(".").lower())
        record = keys.get(asked[0])
        return record.encode("ascii", "replace") if record else None

    try:
        holds = message.verify(idx=index, dnsfunc=answer)
        if getattr(message, "pk", None) is None:
            holds = None  # dkimpy says no more of a key that cannot be used
    except dkim.ValidationError:
        holds = False if asked else None  # the text is another; or, before the key is asked for, the header is wrong
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours
        faults.is_ours(error, libraries=("dkim",))
        holds = None
    partial = b"l" in getattr(message, "signature_fields", ())
    name = asked[0] if asked else ""
    key = keys.get(name, "")
    return SenderCheck("dkim", _result(holds, key, partial=partial), "", _domain(name), f"{name}: {key or 'no key'}")


def _result(holds: bool | None, record: str | None, *, partial: bool) -> str:  # noqa: FBT001  # what `verify` gave
    if record is None:
        return "temperror"
    if holds is None or not record:
        return "permerror"
    if not holds:
        return "fail"
    return "policy" if partial else "pass"


def _domain(name: str) -> str:
    return name.partition("._domainkey.")[2]
