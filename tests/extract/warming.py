"""Writes the message that a zygote reads before its first fork: ``python tests/extract/warming.py``.

It has what most messages have: a form, three certificates, a release note, and a text.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from intake.demo import products
from intake.demo.certificates import release_note
from intake.demo.samples import Sample, submission

FILE = Path(__file__).parents[2] / "intake" / "extract" / "own_message.eml"
_AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


def message() -> bytes:
    documents = submission(products.faultless_form(products.SINGLE, on=_AT.date(), serial=1))
    note = release_note("AML-E5", "12:03:12:34", ["Reads registers faster.", "Keeps its clock over longer outages."])
    return Sample("warm-up", "", "CPL submission: AML-E5", documents={**documents, "Release notes.pdf": note}).message(
        _AT
    )


if __name__ == "__main__":
    FILE.write_bytes(message())
