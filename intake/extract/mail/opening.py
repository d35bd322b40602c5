"""A mail's own text as people read it, and its first lines above whatever it quotes.

The first lines are where a sender names what the mail is about. Everything is bounded, for anybody may have written it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from html import unescape
from itertools import islice, takewhile

from intake import faults
from intake.extract.mail.carried import LONGEST_TEXT
from rules.own_words import CUT, NEXT_PART

MOST_CHARACTERS = 64 * 1024
"""Of the text that is looked at, as it is encoded; a longer mail's is cut there."""
LINES = 10
LONGEST = 1_000
MOST_BODIES = 20

_WITHIN_WORDS = re.compile(
    r"</?(?:b|i|u|s|a|em|strong|span|font|small|mark|wbr|sub|sup)(?:\s[^<>]{0,500})?>", re.IGNORECASE
)
"""Tags that part no words."""
_STRIKES = re.compile(r"<(/?)(?:s|strike|del)(?:\s[^<>]{0,500})?>", re.IGNORECASE)
_STRUCK = re.compile(r"<([a-z]{1,6})\s[^<>]{0,500}\bline-through\b[^<>]{0,500}>[^<]{0,2000}</\1>", re.IGNORECASE)
"""Struck through by a style, as far as the next tag."""
_RAISED_MARK = re.compile(r"(?=<sup\b[^<>]{0,500}>[^<>a-z]{1,20}</sup>)", re.IGNORECASE)
"""The mark of a footnote, which is no digit of what it stands behind; in `1<sup>st</sup>` it is part of it."""
_TAG_BEGUN = re.compile(r"<[^<>]*\Z")
_TAG = re.compile(r"<(style|script)\b.{0,20000}?</\1>|<[^<>]{0,500}>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6])\b", re.IGNORECASE)
_UNREADABLE = re.compile("[\0-\x08\x0b-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]")
"""Controls, what has no width, and marks of direction, which make a text read as something else."""
_CONTROLS = dict.fromkeys(code for code in range(128) if _UNREADABLE.match(chr(code)))
"""Those of ASCII; a table takes them out of a text ten times as fast as an expression."""
_NO_WORD = re.compile(r"[\W_]+")
_LINK = re.compile(r"\b(?:https?://|www\.|mailto:)[^\s<>]+|\S+@\S+", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n\s*\n\s*\n+")
_SIGNATURE = "-- "
_QUOTATION = re.compile(r"\s*(>|-{2,}\s*(original|forwarded) message|_{10,}|from: |on .{5,100} wrote:)", re.IGNORECASE)


class Opening:
    """Gathers the bodies to read: the mail's own before an attached one's, every plain one, and what HTML adds."""

    def __init__(self) -> None:
        """Start with no body."""
        self._bodies: dict[tuple[bool, bool], list[Message]] = {}
        self._read: str | None = None

    def offer(self, body: Message, *, inner: bool, shown: bool) -> None:
        """Offer a body, in the mail's order; `inner` marks an attached message's, `shown` a text with tags in it."""
        self._read = None
        bodies = self._bodies.setdefault((inner, shown), [])
        if len(bodies) < MOST_BODIES:
            bodies.append(body)

    def lines(self) -> str:
        """Give the first lines; empty where none can be read cheaply. Never raises."""
        return _first_lines(self._whole())

    def own(self) -> str:
        """Give the whole text above whatever it quotes. Never raises."""
        return "\n".join(_own_lines(self._whole()))

    def text(self) -> str:
        """Give the whole, as far as it is kept; empty where there is none that can be read cheaply. Never raises."""
        text = _BLANK_LINES.sub("\n\n", self._whole()).strip()
        return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + f"\n{CUT}"

    def _whole(self) -> str:
        """Every own text; an attached message's first one where there is none. Read once and asked for three times."""
        if self._read is not None:
            return self._read
        try:
            own = self._texts(inner=False)
            read = f"\n\n{NEXT_PART}\n".join(own) if own else next(iter(self._texts(inner=True)), "")
        except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours; the mail can still be downloaded
            faults.is_ours(error, libraries=("email",))
            return ""
        self._read = read
        return read

    def _texts(self, *, inner: bool) -> list[str]:
        """What plain bodies say, then what HTML ones say besides; texts without a word aside."""
        texts = [text_of(body, html=False) for body in self._bodies.get((inner, False), ())]
        texts = [text for text in texts if text.strip()]
        for body in self._bodies.get((inner, True), ()):
            shown = text_of(body, html=True)
            if added := shown if not texts else added_lines("\n".join(texts), shown):
                texts.append(added)
        return texts


def added_lines(text: str, shown: str) -> str:
    """Give the lines of an HTML text whose words another text does not have in their order; empty where there are none.

    A reader sees the HTML of most mails. Its plain twin breaks lines, writes links out and marks quotations otherwise,
    so letters and digits alone are compared.
    """
    plain = _squeezed(text)
    added = [line for line in shown.splitlines() if (squeezed := _squeezed(line)) and squeezed not in plain]
    return "\n".join(map(str.strip, added))


def _squeezed(text: str) -> str:
    return _NO_WORD.sub("", _LINK.sub("", text)).casefold()


def text_of(body: Message, *, html: bool) -> str:
    """Give a body's text as it is shown, cut where it is longer than is looked at."""
    encoded = body.get_payload()
    cut = False
    if isinstance(encoded, str) and len(encoded) > MOST_CHARACTERS:
        cut = True
        body.set_payload(encoded[:MOST_CHARACTERS])
    payload = body.get_payload(decode=True)
    body_bytes = payload if isinstance(payload, bytes) else b""
    try:
        text = body_bytes.decode(body.get_content_charset() or "utf-8", "replace")
    except LookupError:
        text = body_bytes.decode("utf-8", "replace")
    if html:
        text = text_of_page(_TAG_BEGUN.sub("", text) if cut else text)
    elif _is_broken_within_words(body):
        text = _unbroken(text)
    shown = f"{text}\n{CUT}" if cut else text
    lines = shown.replace("\r\n", "\n").replace("\r", "\n")
    return lines.translate(_CONTROLS) if lines.isascii() else _UNREADABLE.sub("", lines)


def _is_broken_within_words(body: Message) -> bool:
    """Tell whether a blank at a line's end stands for nothing (RFC 3676, 4.1): a program broke a word there."""
    return [str(body.get_param(name, "")).lower() for name in ("format", "delsp")] == ["flowed", "yes"]


def _unbroken(text: str) -> str:
    """Put lines together that go on in the next one; quotations, whose lines are not judged, stay as they are."""
    said: list[str] = []
    goes_on = False
    for line in text.replace("\r\n", "\n").split("\n"):
        own = line.removeprefix(" ")  # stuffed, so that nothing takes it for a quotation
        is_quoted = line.startswith(">")
        if not goes_on or is_quoted or not own:
            said.append("\n")
        goes_on = own.endswith(" ") and own != _SIGNATURE and not is_quoted
        said.append(own[:-1] if goes_on else own)
    return "".join(said)[1:]


def text_of_page(page: str) -> str:
    """Give what an HTML page shows, a line for each that it breaks; what is struck through is left out."""
    said = _RAISED_MARK.sub(" ", _STRUCK.sub(" ", _without_strikes(page)))
    return unescape(_TAG.sub(" ", _WITHIN_WORDS.sub("", _BREAK.sub(r"\n\g<0>", said))))


def _without_strikes(page: str) -> str:
    """Leave out what its writer took back; what begins to be struck and never ends is read."""
    said: list[str] = []
    at = begun = depth = 0
    for tag in _STRIKES.finditer(page):
        if not tag[1]:
            begun, depth = begun if depth else tag.start(), depth + 1
        elif depth:
            depth -= 1
            if not depth:
                said.append(page[at:begun])
                at = tag.end()
    return " ".join([*said, page[at:]])


def _first_lines(text: str) -> str:
    return "\n".join(islice(filter(None, map(str.strip, _own_lines(text))), LINES))[:LONGEST]


def _own_lines(text: str) -> Iterator[str]:
    return takewhile(lambda line: not _QUOTATION.match(line[:200]), text.splitlines())
