"""What was found out about where a mail comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SenderCheck:
    """What was found out about where a mail comes from; evidence for a person, never a reason of a rule."""

    method: str
    """``spf``, ``dkim``, ``dmarc``, ``arc`` or ``compauth``."""
    result: str
    """As RFC 8601 calls it: ``pass``, ``fail``, ``none``, ``temperror``, …"""
    by: str
    """The mail server that says so; empty where it was checked here."""
    about: str
    """The domain or address that it is about; empty where that is not said."""
    evidence: str
    """The header, or the key record, that it rests on."""
