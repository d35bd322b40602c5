"""What reading one message may cost, as a table of the configuration says; a check has the same without any file."""

from __future__ import annotations

from typing import Annotated

import msgspec

Positive = Annotated[int, msgspec.Meta(gt=0)]
Megabytes = Annotated[int, msgspec.Meta(gt=0, le=1 << 16)]
"""More than 64 GB is a number of bytes or kilobytes, and would bound nothing."""
Seconds = Annotated[int, msgspec.Meta(gt=0, le=3600)]
"""More than an hour is a number of milliseconds, and would bound nothing."""


class ReadingLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one message may cost the child process that reads it."""

    document_seconds: Seconds = 10
    message_seconds: Seconds = 30
    memory_mb: Megabytes = 512
    message_mb: Megabytes = 50
    """A larger message is kept and not opened; taking one apart needs seven times its size."""
    parts: Positive = 1_000
    """Of a message, those of messages and archives in it included."""
    depth: Positive = 20
    """How deep parts, and messages within messages, are followed."""
    header_kb: Positive = 64
    """Of one part's header."""
    attachments_mb: Megabytes = 100
    """All attachments unpacked."""
