"""Takes loose files as they are; only where one of them may hold others is it opened as an attachment would be."""

from __future__ import annotations

from collections.abc import Sequence

from intake.extract.mail import wrappers
from intake.extract.mail.carried import ORDINARY, Mail, MimeLimits, Part
from intake.signatures import detect as marks

_MESSAGES_AND_SIGNATURES = (".eml", ".msg", ".p7m", ".p7s")


def loose(files: Sequence[tuple[str, bytes]], limits: MimeLimits = ORDINARY) -> Mail:
    """Take files as if they were attached: what S/MIME has wrapped is opened, a signature goes with its file.

    Args:
        files: name and content of each; the names are unique.
        limits: how many there may be, and how much.
    """
    size = sum(len(content) for _, content in files)
    if len(files) > limits.parts or size > limits.attachment_bytes or any(_may_hold_more(*file) for file in files):
        from intake.extract.mail.mime import opened  # noqa: PLC0415  # all that takes mail apart; few checks need it

        return opened(files, limits)
    return Mail(tuple(Part(name, "", content) for name, content in files))


def _may_hold_more(name: str, content: bytes) -> bool:
    if name.lower().endswith(_MESSAGES_AND_SIGNATURES) or wrappers.is_archive(name, content):
        return True
    return wrappers.is_package_of_outlook(content) or wrappers.is_apple_double(content) or marks.of_cms(content)
