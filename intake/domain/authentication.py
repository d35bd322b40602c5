"""What our own mail servers found out about a message's sender: their Authentication-Results header (RFC 8601).

Anybody can write such a header, so only the topmost of a server that is configured as trusted counts; all others are
passed over. It is evidence for a person, and a reason to hold a letter. It decides no submission's outcome.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from intake import faults
from intake.domain.envelope import AuthenticationResult
from rules.sender_facts import SenderCheck

if TYPE_CHECKING:
    import authres

_SERVER = re.compile(r"\s*(?:\([^()]*\)\s*)*([A-Za-z0-9_.-]+)\s*(?:\d+\s*)?(?:\([^()]*\)\s*)*(?:;|\Z)")
_METHODS = ("spf", "dkim", "dmarc", "arc", "compauth")
_ABOUT = {"spf": ("mailfrom", "helo"), "dkim": ("d", "i"), "dmarc": ("from",)}
_MOST = 20


def sender_checks(stamps: Iterable[AuthenticationResult], trusted: Collection[str]) -> tuple[SenderCheck, ...]:
    """Parse the topmost Authentication-Results header of a trusted server; empty where there is none.

    Exchange Online names no server in its header. Such a one counts if it is the topmost of all and stands right above
    the Received header of a trusted server, or of a host beneath one (`protection.outlook.com`).

    Args:
        stamps: as `Envelope.authentication_results`.
        trusted: names of servers that remove headers which others wrote under their name, in any case.
    """
    names = {name.casefold() for name in trusted}
    for place, stamp in enumerate(stamps):
        named = _SERVER.match(stamp.text)
        server = named[1].casefold() if named else ""
        if server in names:
            return tuple(_results(stamp.text, server))
        if named is None and place == 0 and (by := _beneath(stamp.received_by, names)):
            return tuple(_results(f"{by}; {stamp.text}", by))
    return ()


def dmarc_failed(checks: Iterable[SenderCheck]) -> bool:
    """Tell whether DMARC failed, whatever policy the domain publishes.

    Under `p=none`, too: the question is not whether to refuse the mail but whether an answer would go to a stranger.
    """
    return any(check.method == "dmarc" and check.result == "fail" for check in checks)


def _beneath(host: str, names: Collection[str]) -> str:
    return next((host for name in names if f".{host}".endswith(f".{name}")), "")


def _results(text: str, server: str) -> Iterator[SenderCheck]:
    import authres  # noqa: PLC0415  # only where there is such a header

    try:
        parsed = authres.AuthenticationResultsHeader.parse(f"Authentication-Results: {text}")
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours; a header that cannot be read says nothing
        faults.is_ours(error, libraries=("authres",))
        return
    for result in parsed.results[:_MOST]:
        if result.method in _METHODS:
            yield SenderCheck(result.method, result.result, server, _about(result), text)


def _about(result: authres.AuthenticationResult) -> str:
    """The domain or address that the result is about, as far as it says."""
    stated = {stamped.name: str(stamped.value) for stamped in result.properties}
    return next((stated[name] for name in _ABOUT.get(result.method, ()) if name in stated), "")
