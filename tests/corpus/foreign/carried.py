"""Puts a stranger's workbook or PDF into two mails: one about nothing, and a submission in place of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import PurePosixPath

from corpus.foreign.gathering import WORKBOOKS
from corpus.labelled.faultless import FORM, TODAY, ZIGBEE_FILE
from hostile.mutations import wrapped

from intake.demo import products
from intake.demo.samples import submission

_SUBJECT = b"Subject: CPL submission "
_NEUTRAL = b"Subject: Notes of our meeting "


@cache
def _documents() -> Mapping[str, bytes]:
    return dict(submission(products.faultless_form(products.SINGLE, on=TODAY, serial=1)))


def carried(name: str, content: bytes, number: int) -> Iterator[tuple[str, bytes]]:
    """The two mails that carry a file, by a name that leads back to it."""
    suffix = PurePosixPath(name).suffix.lower()
    replaced = FORM if suffix in WORKBOOKS else ZIGBEE_FILE
    sent_as = f"foreign{suffix}"
    others = {file: others for file, others in _documents().items() if file != replaced}
    yield f"{name} in a submission", wrapped({**others, sent_as: content}, number)
    yield f"{name} in a neutral mail", wrapped({sent_as: content}, number).replace(_SUBJECT, _NEUTRAL, 1)
