"""The text of text files."""

from __future__ import annotations

MAX_CHARACTERS = 200_000
"""Characters read; letters and release notes are far shorter."""
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def text_of_file(content: bytes) -> str:
    """Decode a text file: by its mark, as UTF-8, else as Windows-1252; never an error."""
    head = content[: 4 * MAX_CHARACTERS]
    coding = next((coding for mark, coding in _MARKS.items() if head.startswith(mark)), "utf-8")
    try:
        text = head.decode(coding)
    except UnicodeDecodeError:
        text = head.decode("cp1252" if coding == "utf-8" and len(head) == len(content) else coding, errors="replace")
    return text[:MAX_CHARACTERS]
