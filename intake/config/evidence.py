"""``[evidence]``: where evidence is kept for ever, a class for each kind."""

from __future__ import annotations

from typing import TypeAlias

from intake.config.section import Filled, Positive, Section


class FolderEvidenceConfig(Section, frozen=True, kw_only=True, tag_field="kind", tag="folder"):
    """Evidence lies in a folder."""

    path: str = "var/evidence"


class S3EvidenceConfig(Section, frozen=True, kw_only=True, tag_field="kind", tag="s3"):
    """Evidence lies in a bucket with Object Lock."""

    bucket: Filled
    prefix: str = ""
    endpoint: str = ""
    """Of a store that is not Amazon's."""
    region: str = ""
    retain_years: Positive = 25
    """How long Object Lock lets nobody delete or change a piece of evidence, from the day it is archived."""


EvidenceConfig: TypeAlias = FolderEvidenceConfig | S3EvidenceConfig
