"""Characters that look like others or like nothing at all, and how to say them."""

from __future__ import annotations

import re
import unicodedata

_LOOK_ALIKES = str.maketrans(
    # Cyrillic, Greek and full-width letters, typographic dashes and colons that pass for ASCII on a screen
    "\u0410\u0412\u0421\u0415\u041d\u041a\u041c\u041e\u0420\u0422\u0425\u0430\u0441\u0435\u043e\u0440\u0445"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a7"
    "\u2010\u2011\u2012\u2013\u2014\u2212\u2236\ua789\u02d0\u05c3",
    "ABCEHKMOPTXaceopxABEZHIKMNOPTX------::::",
)
_KEPT = (0x20, 0x7E)
"""The first and the last character of printable ASCII."""
_INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp"}
"""Controls, zero-width characters, and every space but the plain one."""


def invisible(character: str) -> bool:
    """Tell whether a reader cannot see the character: controls, zero-width, and any space but the plain one."""
    return character != " " and unicodedata.category(character) in _INVISIBLE


def trimmed(text: str) -> str:
    """Give the text without white space and invisible characters at either end."""
    if _is_printed(text):
        return text.strip(" ")
    first, last = 0, len(text)
    while first < last and _blank(text[first]):
        first += 1
    while last > first and _blank(text[last - 1]):
        last -= 1
    return text[first:last]


def plain(text: str) -> str:
    """Give the text as it looks: look-alikes in ASCII, nothing invisible, single spaces; for suggestions only."""
    if _is_printed(text):  # nearly every text is, and there are a hundred thousand in a list
        return " ".join(text.split())
    spaced = "".join(" " if character.isspace() else character for character in text)
    seen = "".join(character for character in spaced if not invisible(character))
    return " ".join(unicodedata.normalize("NFKC", seen.translate(_LOOK_ALIKES)).split())


def printable(character: str) -> bool:
    """Tell whether it is one of the characters 32 to 126."""
    return _KEPT[0] <= ord(character) <= _KEPT[1]


def as_printed(text: str) -> str:
    """Give the text, or how it looks where it has a character beyond 32 to 126, of which one rule speaks already."""
    return text if _is_printed(text) else plain(text)


def _is_printed(text: str) -> bool:
    """Whether it holds characters 32 to 126 alone."""
    return text.isascii() and text.isprintable()


def naming(character: str) -> str:
    """Say which character it is: ``U+00A0 NO-BREAK SPACE``."""
    names = {"\n": "LINE BREAK", "\r": "CARRIAGE RETURN", "\t": "TAB"}
    name = names.get(character) or unicodedata.name(character, "UNNAMED CHARACTER")
    return f"U+{ord(character):04X} {name}"


def shown(text: str) -> str:
    """Give the text with every invisible character made visible: ``10:6C<U+00A0>``."""
    if _is_printed(text):
        return text
    return "".join(f"<U+{ord(character):04X}>" if invisible(character) else character for character in text)


def parted(sentence: str) -> tuple[str, str]:
    """Give what is the matter, and what the sender can do; readers of documents put the latter behind ``; please``."""
    matter, _, advice = sentence.partition("; please ")
    return (f"{matter}.", advice[:1].upper() + advice[1:]) if advice else (sentence, "")


def squeezed(text: str) -> str:
    """Keep letters, digits and dots alone, in one case: what two spellings of one choice have in common."""
    without_words = re.sub(r"\bversion\b|\bv(?=\d)", "", plain(text).casefold())
    return re.sub(r"[^a-z0-9.+]", "", without_words)


def _blank(character: str) -> bool:
    return character.isspace() or invisible(character)
