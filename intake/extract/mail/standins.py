"""Notices that a mail system puts in the place of a message that it could not pass on, or of a file that it took out.

Nobody else tells of what is missing, so such a notice must come before a person whatever its subject. The words stand
in standins.toml, by language; a sentence counts that has both a thing and what was done to it, and that no person wrote
of their own doing.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from intake.domain.message import MessageKind
from intake.domain.subject import classify
from intake.extract.mail.carried import Part
from intake.extract.mail.opening import text_of_page
from intake.extract.media import media_of
from intake.extract.unreadable import OUTLOOK, PGP, PGP_PACKED
from intake.signatures.unverified import Unverified, kind_of
from rules.facts import STANDS_IN

LIES_ELSEWHERE = "The message speaks of a file that is not attached and lies elsewhere; nothing is fetched from there."
CODED = "The message's text holds a file in a coding that is not opened (BinHex, yEnc); please attach the file itself."
ASKS = "The message brings a web page that asks for something or runs a program; what lies behind it was not opened."
_PGP = "-----BEGIN PGP MESSAGE-----"
_CODINGS = ("=ybegin ", "BinHex")
_CODED = re.compile(r"^(?:=ybegin line=|\(This file must be converted with BinHex)", re.MULTILINE)
_POINTERS = (".url", ".webloc", ".lnk", ".gsheet", ".gdoc", ".gdrive", ".desktop")
"""Endings of files that only say where another lies."""
_ASKING = re.compile(r"<(?:form|input|script)\b", re.IGNORECASE)
_TNEF, _TNEF_NAME, _TNEF_TYPES = b"\x78\x9f\x3e\x22", "winmail.dat", ("application/ms-tnef", "application/vnd.ms-tnef")
_PLAINLY_DOCUMENTS = (b"PK", b"%PDF-", b"\xd0\xcf\x11\xe0")
"""How files begin that need not be opened to know that they are no notices."""
_MOST_CHARACTERS = 8_000
_MOST_PAGE = 1 << 20
_LONGEST_QUOTED = 160
_SHORT = 120
"""Characters of a text that is a notice and nothing more."""
_TO_BE, _SOON = "to be", 4
"""What says, so many words before a deed, that it has not been done."""
_NEAR = 2
"""Words between "encrypted" and the message that it is said of."""
_REACH = 12
"""Words in which a thing is named that somebody shares."""
_LINK = frozenset({"https", "http", "www"})
_WORD = re.compile(r"[^\W\d_]+")
_NO_LETTERS = {code: " " for code in range(128) if not chr(code).isalpha()}
_END = re.compile(r"(?<=[.!?;])\s+|\n[ \t]*\n|[\u3002\uff01\uff1f]")
_PROTOCOL = re.compile(r"(?<![a-z0-9])(?:imap4?|pop3)(?![a-z0-9])", re.IGNORECASE)
_NAMED_FILE = re.compile(r"[^\s\"'<>«»“”/\\]{0,120}\.(?:xls[xmb]?|ods|zip|7z|rar|docx?|pdf)\b", re.IGNORECASE)
_TABLES = (".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".zip", ".7z", ".rar")


class _Phrases:
    """Words, beginnings of words, and phrases, to be met in a text."""

    def __init__(self, listed: Iterable[str]) -> None:
        plain = [_plain(phrase) for phrase in listed]
        self._stems = tuple(word[:-1] for word in plain if word.endswith("*"))
        self._words = frozenset(word for word in plain if " " not in word and not word.endswith("*"))
        self._phrases = tuple(f" {phrase} " for phrase in plain if " " in phrase)

    def at(self, words: Sequence[str]) -> int | None:
        """Say where the first of these words or phrases stands; None where none does."""
        spaced = f" {' '.join(words)} "
        places = [spaced[:at].count(" ") for phrase in self._phrases if (at := spaced.find(phrase)) >= 0]
        places += [place for place, word in enumerate(words) if self.holds(word)][:1]
        return min(places, default=None)

    def holds(self, word: str) -> bool:
        """Tell whether a word is one of these."""
        return word in self._words or word.startswith(self._stems)

    def within(self, words: Sequence[str]) -> bool:
        """Tell whether one of the words or phrases stands there."""
        return self.at(words) is not None

    def anywhere(self, words: Sequence[str]) -> bool:
        """Find likewise, and quicker where there are many words and most are met again and again."""
        spaced = f" {' '.join(words)} "
        return any(map(self.holds, set(words))) or any(phrase in spaced for phrase in self._phrases)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The lists of standins.toml; what each is for is said there."""

    file: _Phrases
    message: _Phrases
    taken: _Phrases
    system: _Phrases
    quarantine: _Phrases
    waits: _Phrases
    cut: _Phrases
    sealed: _Phrases
    opens: _Phrases
    tags: _Phrases
    links: _Phrases
    shares: _Phrases
    given: _Phrases
    shareable: _Phrases
    signings: _Phrases
    newer: _Phrases
    people: _Phrases
    conditions: _Phrases


@cache
def _table() -> dict[str, list[str]]:
    table: dict[str, str] = tomllib.loads(files("intake.extract.mail").joinpath("standins.toml").read_text("utf-8"))
    return {name: [phrase.strip() for phrase in listed.split(",")] for name, listed in table.items()}


@cache
def _lexicon() -> _Lexicon:
    return _Lexicon(**{field.name: _Phrases(_table()[field.name]) for field in fields(_Lexicon)})


@cache
def _telling() -> _Phrases:
    """Every word of a notice, in one list."""
    return _Phrases(phrase for name in ("taken", "sealed", "quarantine", "waits", "cut") for phrase in _table()[name])


def prepare() -> None:
    """Load the words, which many mails will be compared with."""
    _lexicon(), _telling()


def missing_by(subject: str, text: str, parts: Iterable[Part], *, reports: bool = False) -> Iterator[str]:
    """Say what of a mail is missing, a sentence each: what a system took out, and what OpenPGP has encrypted.

    Args:
        subject: the mail's, decoded.
        text: its own above what it quotes.
        parts: its documents.
        reports: it is a mail system's report on a letter, which speaks of that.
    """
    parts = tuple(parts)
    if _PGP in text:
        encrypted = kind_of(text[text.index(_PGP) :].encode()) is Unverified.ENCRYPTED
        yield PGP if encrypted else PGP_PACKED
    if any(mark in text for mark in _CODINGS) and _CODED.search(text):
        yield CODED
    if not reports:
        bare = not any(map(_is_document, parts))
        yield from filter(None, [_by_words(subject, text, bare=bare)])
        yield from _by_parts(parts, bare=bare)


def _by_words(subject: str, text: str, *, bare: bool) -> str | None:
    sentence = stands_in(subject, text, bare=bare)
    return LIES_ELSEWHERE if sentence is None and bare and _points_elsewhere(subject, text) else sentence


def _by_parts(parts: Sequence[Part], *, bare: bool) -> Iterator[str]:
    if any(map(_is_spoilt_package, parts)):
        yield OUTLOOK
    if any(part.name.casefold().endswith(_POINTERS) for part in parts):
        yield LIES_ELSEWHERE
    if bare and any(map(_asks, parts)):
        yield ASKS
    for part in parts:
        attached = _text_of(part)
        sentence = stands_in("", attached, attached=True) if attached else None
        if sentence is not None:
            yield sentence


def stands_in(subject: str, text: str, *, attached: bool = False, bare: bool = True) -> str | None:
    """Say in a sentence that a notice stands for something else, with its own words; None where there is none.

    Args:
        subject: the mail's, decoded; empty for a file.
        text: the mail's own text above what it quotes, or an attached text.
        attached: the text is a file's, as gateways leave one in the place of each that they take out.
        bare: the mail brings no document, so that it may be a notice as a whole.
    """
    heading = subject[:_MOST_CHARACTERS]
    if _is_heading(heading, bare=bare):
        return _sentence(heading)
    body = text[:_MOST_CHARACTERS]
    if body.isascii() and not _may_be_one(body):
        return None
    sentences = [sentence for sentence in _END.split(body) if sentence.strip()]
    told = _first(sentences, attached=attached, bare=bare)
    return None if told is None else _sentence(told)


def _may_be_one(body: str) -> bool:
    """Whether any word is a notice's; most texts have none, and need not be looked at sentence by sentence."""
    return _telling().anywhere(_words(body))


def _is_heading(subject: str, *, bare: bool) -> bool:
    """Tell whether a subject is a notice's."""
    if not subject.strip():
        return False
    words, lexicon = _words(subject), _lexicon()
    if _is_by_protocol(subject) or lexicon.cut.within(words) or _holds_any(subject, "together_cut"):
        return True
    if not bare:
        return _is_taken(words, subject) and lexicon.system.within(words)
    return (
        lexicon.quarantine.within(words)
        or lexicon.tags.within(words)
        or lexicon.waits.within(words)
        or _is_sealed(words)
        or _is_taken(words, subject)
    )


def _is_by_protocol(subject: str) -> bool:
    """Tell whether Exchange's notice has this subject, which names the protocol and ends with the message's number."""
    return subject.rstrip()[-1:].isdigit() and _PROTOCOL.search(subject) is not None


def _first(sentences: Sequence[str], *, attached: bool, bare: bool) -> str | None:
    """The first sentence that is a notice's, in a text."""
    lexicon = _lexicon()
    split = [_words(sentence) for sentence in sentences]
    systems = [lexicon.system.within(words) for words in split]
    nothing_else = sum(map(len, sentences)) <= _SHORT and not any(map(_is_personal, split))
    for place, (sentence, words) in enumerate(zip(sentences, split, strict=True)):
        near = any(systems[max(0, place - 1) : place + 2])
        if lexicon.cut.within(words) or _holds_any(sentence, "together_cut"):
            return sentence
        alone = nothing_else or _holds_any(sentence, "together_file")
        if _is_taken(words, sentence) and (attached or near or alone):
            return sentence
        if (bare or attached) and (_is_kept(words) or (_is_sealed(words) and lexicon.opens.within(words))):
            return sentence
    return None


def _is_taken(words: Sequence[str], sentence: str) -> bool:
    """Tell whether a sentence says that a thing was taken away, and not by the writer, or perhaps."""
    lexicon = _lexicon()
    if _holds_any(sentence, "together_file") and _holds_any(sentence, "together_taken"):
        return True
    deed = lexicon.taken.at(words)
    if deed is None or not (lexicon.file.within(words) or lexicon.message.within(words)):
        return False
    still_to_be = _TO_BE in " ".join(words[max(0, deed - _SOON) : deed])
    return not (still_to_be or lexicon.conditions.within(words[:deed]) or lexicon.people.within(words[:deed]))


def _is_personal(words: Sequence[str]) -> bool:
    """Tell whether somebody speaks of themselves, or of a newer thing in the place of an older, as people do."""
    lexicon = _lexicon()
    return lexicon.people.within(words) or lexicon.newer.within(words)


def _is_kept(words: Sequence[str]) -> bool:
    """Tell whether a sentence says that a message is held back somewhere."""
    lexicon = _lexicon()
    about = lexicon.message.within(words) or lexicon.file.within(words)
    kept = lexicon.quarantine.within(words) or lexicon.waits.within(words)
    return about and kept and "released" not in words


def _is_sealed(words: Sequence[str]) -> bool:
    """Tell whether a message is called encrypted, the one word near the other."""
    lexicon = _lexicon()
    places = [place for place, word in enumerate(words) if lexicon.sealed.holds(word)]
    return any(lexicon.message.within(words[max(0, place - _NEAR) : place + _NEAR + 1]) for place in places)


def _points_elsewhere(subject: str, text: str) -> bool:
    """Tell whether a mail that does not speak of the list in its subject names a file of it that lies elsewhere."""
    if classify(subject) is not MessageKind.OTHER:
        return False
    lines = f"{subject}\n{text}"[:_MOST_CHARACTERS].splitlines()
    words, lexicon = _words("\n".join(lines)), _lexicon()
    if any(map(_is_share, map(_words, lines))):
        return True
    shared = lexicon.shares.within(words)
    if not (shared or lexicon.links.within(words)):
        return False
    named = [(line, match[0].casefold()) for line in lines for match in _NAMED_FILE.finditer(line)]
    tables = any(name.endswith(_TABLES) for _, name in named)
    return tables or any(map(_names_the_list, lines if shared else (line for line, _ in named)))


def _is_share(words: Sequence[str]) -> bool:
    """Tell whether a line is a service's that somebody shares a thing by, whatever its name."""
    lexicon = _lexicon()
    if lexicon.signings.within(words):
        return True
    deed = lexicon.given.at(words)
    if deed is None or (lexicon.people.within(words[:deed]) and not _LINK.intersection(words)):
        return False  # people send each other folders, too
    return lexicon.shareable.within(words[deed : deed + _REACH])


def _names_the_list(line: str) -> bool:
    return classify(line) is not MessageKind.OTHER


def _is_document(part: Part) -> bool:
    """Tell whether a part is more than a text, a page or a picture of the mail's own."""
    return not part.inline and (
        part.content.startswith(_PLAINLY_DOCUMENTS) or media_of(part.content).kind not in {"text", "image", "empty"}
    )


def _is_spoilt_package(part: Part) -> bool:
    """Tell whether a part calls itself Outlook's package, and is none."""
    called = part.media_type in _TNEF_TYPES or part.name.casefold() == _TNEF_NAME
    return called and not part.content.startswith(_TNEF)


def _asks(part: Part) -> bool:
    """Tell whether an attached page is one that asks, as those do that a sealed message lies behind."""
    page = media_of(part.content).kind == "text" and (
        part.media_type == "text/html" or part.name.casefold().endswith((".html", ".htm"))
    )
    return page and _ASKING.search(part.content[:_MOST_PAGE].decode("utf-8", "replace")) is not None


def _text_of(part: Part) -> str:
    """What an attached text says; empty where it is none, or far longer than a notice."""
    if len(part.content) > _MOST_CHARACTERS or part.content.startswith(_PLAINLY_DOCUMENTS):
        return ""
    if media_of(part.content).kind != "text":
        return ""
    encoding = "utf-16" if part.content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    text = part.content.decode(encoding, "replace")
    return text_of_page(text) if part.media_type == "text/html" or "</" in text else text


def _holds_any(text: str, name: str) -> bool:
    return not text.isascii() and any(word in text for word in _table()[name])


def _words(text: str) -> list[str]:
    """The runs of letters, in small ones; where all are of ASCII, without looking at each alone."""
    plain = _plain(text)
    return plain.translate(_NO_LETTERS).split() if plain.isascii() else _WORD.findall(plain)


@cache
def _accents() -> dict[int, None]:
    """The marks that a letter bears in Latin, Greek and Cyrillic writing."""
    return dict.fromkeys(range(0x300, 0x370))


def _plain(text: str) -> str:
    """Lower case and without accents."""
    if text.isascii():
        return text.casefold()
    return unicodedata.normalize("NFKD", text).casefold().translate(_accents())


def _sentence(notice: str) -> str:
    words = " ".join(notice.split())[:_LONGEST_QUOTED].strip()
    return f"{STANDS_IN} that it did not pass on; it says: “{words}”."
