"""That a person has stated what a document shows, in the place of what the program read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Corrected:
    """Who corrected a value, and what was read before."""

    by: str
    original: str | None
    """What the program had read; None where it could read nothing."""
    was: str = ""
    """What the workbook holds in a form's cell, as ``time``; empty for a certificate's value."""
