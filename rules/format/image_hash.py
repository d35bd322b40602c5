"""The hash can be that of a firmware image.

What: Manufacturer_Image.hash is not the SHA-256 of an empty file or of a word that was hashed to try a tool out, and
its 32 pairs are as varied as those of a hash are: no noughts throughout, no repeated pattern, no counting sequence, no
shorter hash that stands twice or was filled up.
Why: devices refuse an image whose hash is not the listed one, so that such an entry could never be used.
Good: what a tool prints for the image itself, 32 pairs of which hardly two are alike.
Bad: `E3:B0:C4:42:98:FC:1C:14:…`, which is the SHA-256 of no bytes at all; `00:00:00:…`; `01:02:03:04:…`.
What to do: compute the SHA-256 of the image file again and enter what it gives.
Clause: New Entry form, Manufacturer_Image.hash; SEC Appendix Z section 4.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from itertools import groupby, pairwise

from rules.facts import Dossier
from rules.fields import FormField
from rules.finding import Finding
from rules.form import recognised, text_named
from rules.rule import Rule
from rules.shapes import SHAPES, in_pairs
from rules.text import as_printed

_LEAST_VARIED = 16
"""Different pairs, and different steps from pair to pair: a hash has about 30, and fewer than this once in 10^15."""
_LONGEST_RUN = 5
"""Equal pairs in a row: a hash has six once in 10^11; a shorter one that was filled up has twelve or sixteen."""
_TRIED = (
    "", " ", "\n", "\r\n", "\0", "0", "1", "-", "a", "abc", "test", "Test", "TEST", "hello", "hello world",
    "Hello World", "Hello, World!", "hash", "firmware", "image", "password", "N/A", "n/a", "NA", "TBC", "TBD", "None",
    "This value is allocated by SECAS", "The quick brown fox jumps over the lazy dog",
)  # fmt: skip
"""What people hash to see how a tool works, or by mistake in an image's place."""


def applies(dossier: Dossier) -> bool:
    """Apply where a hash of the right shape is stated; `format.shape` speaks of others."""
    cell = text_named(dossier, FormField.IMAGE_HASH)
    return recognised(dossier) and cell is not None and SHAPES["hex32"].fits(as_printed(cell.text).upper())


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask about a hash that cannot be an image's."""
    cell = text_named(dossier, FormField.IMAGE_HASH)
    objection = _objection(as_printed(cell.text).upper()) if cell is not None else None
    if cell is not None and objection is not None:
        yield cell.fault(objection, expected="the SHA-256 of the image file")


def _objection(text: str) -> str | None:
    """What speaks against a hash, as pairs in capitals; None where nothing does."""
    tried = _hashes_of_the_tried().get(text)
    if tried is not None:
        what = "of no bytes at all" if not tried else f"of {tried!r}"
        return f"is the SHA-256 {what}, and not an image's."
    return None if _varied(bytes.fromhex(text.replace(":", ""))) else "follows a pattern, as no hash does."


def _varied(octets: bytes) -> bool:
    steps = {(after - before) % 256 for before, after in pairwise(octets)}
    half = len(octets) // 2
    repeated = octets[:half] == octets[half:] or max(len(list(run)) for _, run in groupby(octets)) > _LONGEST_RUN
    return not repeated and min(len({*octets}), len(steps)) >= _LEAST_VARIED


@cache
def _hashes_of_the_tried() -> dict[str, str]:
    ended = [word + end for word in _TRIED for end in ("", "\n", "\r\n")]
    return {in_pairs(sha256(text.encode()).hexdigest().upper()): text for text in ended}


RULE = Rule(
    id="format.image_hash",
    title="The hash can be an image's",
    citation="New Entry form, Manufacturer_Image.hash; SEC Appendix Z 4.1",
    check=check,
    applies=applies,
)
