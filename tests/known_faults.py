"""Faults of ours that tests put up with, each with its reason, and how a run is held against them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from intake.faults import Fault

KNOWN: Mapping[str, str] = {}
"""By type and file, such as ``KeyError at intake/extract/text/plain.py``: why it may still be so."""


def unknown(faults: Iterable[Fault]) -> list[str]:
    """Those that are on no list; a run that meets one fails."""
    return [str(fault) for fault in faults if str(fault).rpartition(":")[0] not in KNOWN]
