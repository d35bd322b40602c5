"""A table of the file, and the kinds of values in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec

Port = Annotated[int, msgspec.Meta(ge=0, le=65535)]
Filled = Annotated[str, msgspec.Meta(min_length=1)]
"""Text without which the section means nothing."""
HOST = re.compile(r"[^\s/@\[\]:]+|[0-9A-Fa-f:.]+(?:%\w+)?")
"""A name or an address alone: neither a scheme nor a port is part of it."""
Tls = Literal["implicit", "starttls"] | bool


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file; a key it does not know is an error, so that a typing mistake is never ignored."""

    def faults(self, place: str) -> Iterator[str]:  # noqa: ARG002  # most sections have none
        """Tell what the types of the keys alone cannot say, a sentence each that begins with the place."""
        yield from ()


def host_faults(place: str, host: str) -> Iterator[str]:
    """Tell of a host that is neither a name nor an address."""
    if not HOST.fullmatch(host):
        yield f"{place} host = {host!r} must be a name or an address alone; its port has a key of its own"


def url_faults(place: str, key: str, url: str) -> Iterator[str]:
    """Tell of an address that begins with neither http:// nor https://, where one is given."""
    if url and not re.match(r"https?://[^\s/]", url):
        yield f"{place} {key} = {url!r} must begin with https:// (http:// where nobody else can listen)"
