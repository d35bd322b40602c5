"""A rule's manual page, taken apart: what it demands, and its sections."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rules.catalogue import manual
from rules.rule import Rule

_SECTION = re.compile(r"^(What to do|What|Why|Good|Noted|Bad|Clause): ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Manual:
    """A manual page."""

    summary: str
    """A sentence."""
    sections: tuple[tuple[str, str], ...]
    """Name and text, each text on one line."""

    @property
    def text(self) -> str:
        """Format the page as plain paragraphs."""
        return "\n\n".join([self.summary, *(f"{name}: {text}" for name, text in self.sections)])

    @property
    def markdown(self) -> str:
        """Format the page as Markdown."""
        return "\n\n".join([self.summary, *(f"**{name}:** {text}" for name, text in self.sections)])


def manual_of(rule: Rule) -> Manual:
    """Parse a rule's manual page; text outside sections belongs to the summary."""
    summary, *pieces = _SECTION.split(manual(rule))
    sections = zip(pieces[::2], pieces[1::2], strict=True)
    return Manual(_joined(summary), tuple((name, _joined(text)) for name, text in sections))


def _joined(text: str) -> str:
    return " ".join(text.split())
