"""Takes a mail's own sentences out of its text: without quoted mail, signatures and disclaimers."""

from __future__ import annotations

import re
from collections.abc import Iterator

_QUOTED = re.compile(r"\s*(?:>|on .{5,100} wrote:\s*$)", re.IGNORECASE)
_OTHERS = re.compile(r"\s*(?:-{2,}\s*(?:original|forwarded) message|_{10,}|from: )", re.IGNORECASE)
_SIGNATURE = re.compile(r"-- ?")
"""A line of its own (RFC 3676, 4.3)."""
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_LEGAL = re.compile(
    r"intended (?:recipient|addressee|only)|not the (?:named )?(?:recipient|addressee)|confidential|privileged"
    r"|notify the sender|(?:received|sent) (?:this|it|to you) .{0,30}in error|virus|before printing|disclaimer"
    r"|if (?:it|this(?: e-?mail| mail| message)?) is not (?:meant |intended )?for you"
    r"|unauthori[sz]ed|views expressed|registered (?:in|office|number)|monitored",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\S+@\S+", re.IGNORECASE)


def own_sentences(text: str) -> Iterator[str]:
    """Give each sentence that a mail's writer wrote for this mail, on one line, without links and addresses.

    A paragraph that two marks of a legal notice stand in is passed over; a single mark hides its own sentence alone.
    """
    for paragraph in _PARAGRAPH.split("\n".join(_own_lines(text))):
        if len(_LEGAL.findall(paragraph)) > 1:
            continue
        plain = " ".join(_ADDRESS.sub(" ", paragraph).replace("\u2019", "'").split())
        yield from (sentence for sentence in _SENTENCE.split(plain) if sentence and not _LEGAL.search(sentence))


def all_sentences(text: str) -> Iterator[str]:
    """Give every sentence of a paper, on one line; it has neither quotations nor footers to pass over."""
    plain = " ".join(text.replace("\u2019", "'").split())
    yield from (sentence for sentence in _SENTENCE.split(plain) if sentence)


def _own_lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if _OTHERS.match(line[:200]) or _SIGNATURE.fullmatch(line):
            return
        if not _QUOTED.match(line[:200]):
            yield line
