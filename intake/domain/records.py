"""Dossiers and reports as JSON, the form in which they are archived."""

from __future__ import annotations

import msgspec

from rules.facts import Dossier
from rules.finding import Report

_encoder = msgspec.json.Encoder(order="sorted")
_dossiers = msgspec.json.Decoder(Dossier)
_reports = msgspec.json.Decoder(Report)


def encode(record: Dossier | Report) -> bytes:
    """Write a dossier or a report; equal records give equal bytes."""
    return _encoder.encode(record)


def dossier(content: bytes) -> Dossier:
    """Read a dossier.

    Raises:
        msgspec.ValidationError: it is none.
    """
    return _dossiers.decode(content)


def report(content: bytes) -> Report:
    """Read a report.

    Raises:
        msgspec.ValidationError: it is none.
    """
    return _reports.decode(content)
