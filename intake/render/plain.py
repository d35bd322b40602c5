"""What strangers wrote, made harmless wherever a person reads it: nothing hides, nothing steers a screen."""

from __future__ import annotations

LONGEST = 400
"""Characters of a value that are shown; a report holds the rest."""
LONGEST_MESSAGE = 1_000


def visible(text: str) -> str:
    """Name every invisible character in the text: ``10:6C<U+00A0>``; line breaks stay."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\n" else f"<U+{ord(c):04X}>" for c in text)


_LOOKS_EMPTY = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs, as Unicode has it, that are drawn as nothing: fillers of Hangul, and Braille without a dot."""


def blank(text: str) -> bool:
    """Tell whether nothing of the text can be seen."""
    return not any(char.isprintable() and not char.isspace() and char not in _LOOKS_EMPTY for char in text)


def one_line(text: str) -> str:
    """Name every invisible character, on one line."""
    return visible(text).replace("\n", "<U+000A>")


def bounded(text: str, most: int = LONGEST) -> str:
    """Shorten a long text and state its length."""
    return text if len(text) <= most else f"{text[:most]}… ({len(text):,} characters in all)"


def value(text: str) -> str:
    """Write a value as a line can show it: long ones cut, empty ones said, blanks at either end between quotes."""
    if not text:
        return "(empty)"
    shown = bounded(one_line(text))
    return f"'{shown}'" if shown != shown.strip() else shown
