"""Mail addresses out of header text, by one linear scan that nothing can crash.

`email.utils` is not used for this: its answers differ between Python versions, it loses the common
`name@example.test <name@example.test>`, and a few hundred brackets exhaust its stack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_CHARACTERS = 8_192  # of an address header; ten thousand recipients need not be read to find the first
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?P<local>{_ATOM}(?:\.{_ATOM})*)@(?P<domain>{_LABEL}(?:\.{_LABEL})*)\Z")
_IN_PARTS = re.compile(r'[",:;(]')
"""A header without any of these is one item, as it stands."""
_IN_ANGLES = re.compile(r"<([^<>]*)>")


def usable(text: str) -> str | None:
    """Give the text if it is an address that a letter can be sent to without SMTP extensions, else None.

    ASCII, a plain local part of at most 64 characters, a host name. Quoted local parts, address literals and
    internationalised local parts are real but rare: a person answers those. So are local parts with `%` or `!` in
    them, which some mail servers take for an address of another host and relay the letter there, and encoded words
    (RFC 2047), as which a careless program writes a local part beyond ASCII: no mailbox has such a name.
    """
    match = _ADDRESS.match(text) if len(text) <= 254 else None  # noqa: PLR2004  # RFC 5321's longest path less its brackets
    if match and ({"%", "!"} & set(match["local"]) or "=?" in match["local"]):
        return None
    return text if match and len(match["local"]) <= 64 else None  # noqa: PLR2004  # RFC 5321 section 4.5.3.1.1


def domain_of(address: str) -> str:
    """Give the domain of an address, in lower case."""
    return address.rpartition("@")[2].lower()


def first_address(header: str) -> str | None:
    """Parse the first mailbox of an undecoded address header; None where it is not usable."""
    header = header[:MOST_CHARACTERS]
    for item in _items(header) if _IN_PARTS.search(header) else (header,):
        if "@" not in item:
            continue  # a display name with a bare comma, or a group's name
        angles = _IN_ANGLES.findall(item)
        return usable((angles[0] if angles else item).strip()) if len(angles) <= 1 else None
    return None


def _items(header: str) -> Iterator[str]:
    """The list's items without quoted strings and comments, cut at commas, semicolons and a group's colon."""
    kept: list[str] = []
    depth, quoted, angled, escaped = 0, False, False, False
    for character in header:
        if escaped:
            escaped = False
        elif character == "\\" and (quoted or depth):
            escaped = True
        elif character == '"' and not depth:
            quoted = not quoted
        elif quoted:
            continue
        elif character == "(":
            depth += 1
        elif character == ")" and depth:
            depth -= 1
        elif not depth:
            angled = character == "<" or (angled and character != ">")
            if character in ",;:" and not angled:
                yield "".join(kept)
                kept.clear()
            else:
                kept.append(character)
    yield "".join(kept)
