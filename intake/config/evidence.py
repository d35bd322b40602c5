"""``[evidence]``: where evidence is kept, a class for each kind; and ``[retention]``: for how long at least."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, TypeAlias

import msgspec

from intake.config.section import Filled, Section, url_faults
from intake.limits import Positive

_Years = Annotated[int, msgspec.Meta(ge=0, le=1000)]


class FolderEvidenceConfig(Section, frozen=True, kw_only=True, tag_field="kind", tag="folder"):
    """Evidence lies in a folder."""

    path: str = "var/evidence"
    own_volume: bool = False
    """Nothing else writes to the volume that it lies on, but for the store; then several pieces are synced at once."""


class S3EvidenceConfig(Section, frozen=True, kw_only=True, tag_field="kind", tag="s3"):
    """Evidence lies in a bucket with Object Lock."""

    bucket: Filled
    prefix: str = ""
    endpoint: str = ""
    """Of a store that is not Amazon's."""
    region: str = ""
    retain_years: Positive = 25
    """How long Object Lock lets nobody delete or change a piece of evidence, from the day it is archived."""

    def faults(self, place: str) -> Iterator[str]:
        """Tell of an endpoint that is no URL."""
        yield from url_faults(place, "endpoint", self.endpoint)


EvidenceConfig: TypeAlias = FolderEvidenceConfig | S3EvidenceConfig


class RetentionConfig(Section, frozen=True):
    """After how many years two people may dispose of a closed case; 0: it is kept for ever."""

    listed_years: _Years = 0
    """Of what came onto the list: from the day on which the last of its entries was Removed."""
    returned_years: _Years = 0
    """Of what was returned and is on no list: from the decision."""
    other_years: _Years = 0
    """Of other mail, and what was closed without a decision on the list: from when it was settled."""

    @property
    def any(self) -> bool:
        """Whether anything may ever be disposed of."""
        return bool(self.listed_years or self.returned_years or self.other_years)


class SealConfig(Section, frozen=True):
    """Who may open the sealed part of an export for somebody outside: certificates (X.509, PEM) of RSA keys."""

    auditor: tuple[str, ...] = ()
    """For everything: mail, documents, contacts, letters, reasons."""
    ssc: tuple[str, ...] = ()
    """For what the Security Sub-Committee sees: ZigBee stacks, and why people decided."""
