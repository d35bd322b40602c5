"""A table of the file, and the kinds of values in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec

Positive = Annotated[int, msgspec.Meta(gt=0)]
Port = Annotated[int, msgspec.Meta(ge=0, le=65535)]
Filled = Annotated[str, msgspec.Meta(min_length=1)]
"""Text without which the section means nothing."""
Tls = Literal["implicit", "starttls"] | bool


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file; a key it does not know is an error, so that a typing mistake is never ignored."""

    def faults(self, place: str) -> Iterator[str]:  # noqa: ARG002  # most sections have none
        """Tell what the types of the keys alone cannot say, a sentence each that begins with the place."""
        yield from ()
