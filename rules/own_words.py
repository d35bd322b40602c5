"""Takes a mail's own sentences out of its text: without quoted mail, signatures and disclaimers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from rules.patterns import Spelt

NEXT_PART = "[another part of the mail]"
"""A line that begins a further text of the same mail: one behind an attachment, or what its HTML alone shows."""
CUT = "[…]"
"""A last line that says that the text goes on, and was not read."""

_QUOTED = re.compile(r"\s*>")
_INTRODUCTION = re.compile(
    r"\s*(?:on .{5,100} wrote|am .{5,100} schrieb .{0,80}|le .{5,100} a écrit|il .{5,100} ha scritto"
    r"|el .{5,100} escribió|op .{5,100} schreef .{0,80}|em .{5,100} escreveu) ?:\s*$",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\s*-{2,}\s*(?:(?:original|forwarded) message|ursprüngliche nachricht|weitergeleitete nachricht|message d'origine"
    r"|messaggio originale|mensaje original|oorspronkelijk bericht|原始邮件|原始郵件)",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"\s*-{2,}\s*(?:forwarded message|weitergeleitete nachricht|message (?:transféré|transmis)|messaggio inoltrato"
    r"|mensaje reenviado|doorgestuurd bericht|转发邮件)|\s*begin forwarded message:",
    re.IGNORECASE,
)
_SHARE = Spelt(
    r"\bhttps?://((?:[\w-]+\.)*(?:sharepoint|onedrive|1drv|wetransfer|we|dropbox|drive\.google|docs\.google|box"
    r"|transfernow|filemail|sharefile|nextcloud|owncloud|icloud|smash|swisstransfer|sendgb|egnyte|hightail|kiteworks)"
    r"\.(?:[\w-]+\.)*[a-z]{2,})(?=[/?#\s]|$)",
    "://",
)
"""Where people put files that they do not attach."""
_FROM = re.compile(
    r"\s*\*?(?:from|von|de|de la|da|van|od|från|fra|lähettäjä|kimden|gönderen|odesílatel|odosielateľ|feladó|от|від"
    r"|από|发件人|寄件者|差出人|보낸 사람)\*?\s*?:",
    re.IGNORECASE,
)
_HEADERS = re.compile(
    r"\s*\*?(?:sent|date|to|subject|gesendet|datum|an|betreff|envoyé|à|objet|inviato|a|oggetto|enviad[oa](?: el| em)?"
    r"|data|para|asunto|assunto|verzonden|aan|onderwerp|wysłano|do|temat|skickat|till|ämne|sendt|til|emne|lähetetty"
    r"|päivä(?:ys|määrä)|vastaanottaja|aihe|gönderil(?:di|me tarihi)|tarih|kime|al\u0131c\u0131|konu"
    r"|odesláno|odoslané|komu|předmět|predmet|elküldve|címzett|tárgy|trimis|către|subiect|отправлено|дата|кому|тема|στάλθηκε|προς|θέμα"
    r"|发送时间|日期|收件人|主题|寄件日期|件名|送信日時|宛先|제목|날짜)\*?\s*?:",
    re.IGNORECASE,
)
_BLOCK = 4
"""Lines behind its sender in which a quoted mail's further headers begin."""
_BEFORE_A_QUOTATION = re.compile(r".{0,150}\b[0-9]{1,2}[:.][0-9]{2}\b.{0,120}<[^<>\s]+@[^<>\s]+>.{0,40}:\s*$")
"""A day's hour, an address and a colon, which every language puts above what it quotes."""
_SIGNATURE = frozenset({"--", "-- "})
"""Each a line of its own (RFC 3676, 4.3)."""
_AFTERTHOUGHT = re.compile(r"\s*(?:p\.? ?s\b|nb\b|n\.b\.|note\b|nachtrag|edit\b)", re.IGNORECASE)
"""What begins words that stand below a signature and are none of it."""
_SENTENCE = re.compile(r" (?<=[.!?;] )")
"""Where a sentence ends in a text of one line, whose words have one blank between them."""
_SENTENCE_ABROAD = re.compile(r"(?<=[.!?;]) |(?<=。) ?")
_NOTICES = (
    ("intended", r"intended (?:recipient|addressee|only)"),
    ("recipient", r"not the (?:named )?recipient"),
    ("addressee", r"not the (?:named )?addressee"),
    ("confiden", r"confidential|confidentiel|confidencial"),
    ("privileged", r"privileged"),
    ("notify", r"notify the sender"),
    ("error", r"(?:received|sent) (?:this|it|to you) .{0,30}in error"),
    ("virus", r"virus"),
    ("printing", r"before printing"),
    ("disclaimer", r"disclaimer"),
    ("not", r"if (?:it|this(?: e-?mail| mail| message)?) is not (?:meant |intended )?for you"),
    ("unauthori", r"unauthori[sz]ed"),
    ("views", r"views expressed"),
    ("accept", r"accepts? no (?:liability|responsibility)"),
    ("omissions", r"errors (?:or|and) omissions"),
    ("registered", r"registered (?:in|office|number)"),
    ("monitored", r"monitored"),
    ("vertraulich", r"vertraulich"),
    ("adressat", r"richtige[rn]? adressat"),
    ("unbefugte", r"unbefugte"),
    ("irrtümlich", r"irrtümlich erhalten"),
    ("destinata", r"destinataire|destinatari[oa]"),
    ("err", r"par erreur|per errore|por error"),
    ("riservat", r"riservat[aeo]"),
    ("vertrouwelijk", r"vertrouwelijk"),
    ("geadresseerde", r"geadresseerde"),
    ("密", r"保密|机密|機密"),
)
"""The marks of a legal notice, each with a piece of one word that it cannot do without."""
_LEGAL = re.compile("|".join(pattern for _, pattern in _NOTICES))
"""In small letters, for where case is ignored the engine tries every alternative at every place."""
_SUBMITTED = re.compile(
    r"\b(?:certificates?|(?<!any )(?<!whatever )forms?|firmware|hardware|hash|model|meters?|devices?|entry|cpl"
    r"|the list)\b"
)
_TELLING = re.compile("[:>-]")
"""What every line has one of that says that what follows is not the writer's own."""
_ENDS = ".!?;。"
_LONGEST, _OVERLAP = 1_000, 200
"""Characters of a stretch, and those that the next one begins with."""
_HEXADECIMAL = "0123456789abcdefABCDEF:"
_ADDRESS = Spelt(r"\b(?:https?://|www\.)\S+|(?<!\S)\S+@\S+", "://", "www.", "@")


def own_sentences(text: str) -> Iterator[str]:
    """Give each sentence that a mail's writer wrote for this mail, on one line, without links and addresses.

    A paragraph that two marks of a legal notice stand in is passed over; a single mark hides its own sentence alone,
    and not where that names a thing that was submitted.
    """
    for part in _composed(text).split(f"\n{NEXT_PART}\n"):
        for paragraph in _paragraphs(_own_lines(part.splitlines())):
            small = paragraph.lower()
            may_be_legal = any(piece in small for piece, _ in _NOTICES)
            if may_be_legal and len(_LEGAL.findall(small)) > 1:
                continue
            for sentence in _sentences(_ADDRESS.taken_from(paragraph)):
                if not (may_be_legal and _is_notice(sentence.lower())):
                    yield sentence


def forwarded_sentences(text: str) -> Iterator[str]:
    """Give each sentence of a message that a mail's writer forwards, which is passed on to be read.

    Only what the mark of a forward begins counts, up to what that message quotes itself; a reply's quotation is none.
    """
    for part in _composed(text).split(f"\n{NEXT_PART}\n"):
        lines = part.splitlines()
        begins = next((at for at, line in enumerate(lines) if _FORWARDED.match(line[:200])), None)
        if begins is None:
            continue
        following = [
            line for line in lines[begins + 1 :] if not (_FROM.match(line[:200]) or _HEADERS.match(line[:200]))
        ]
        for paragraph in _paragraphs(_own_lines(following)):
            if len(_LEGAL.findall(paragraph.lower())) <= 1:
                yield from _sentences(_ADDRESS.taken_from(paragraph))


def linked_shares(text: str) -> tuple[str, ...]:
    """Give the hosts of the file shares that a mail's own words link to, each once."""
    if "://" not in text:
        return ()
    own = "\n".join(_own_lines(text.splitlines()))
    return tuple(dict.fromkeys(match[1].lower() for match in _SHARE.in_(own)))


def _is_notice(small: str) -> bool:
    """Whether a sentence in small letters is of a legal notice, and speaks of nothing that was submitted."""
    return _LEGAL.search(small) is not None and _SUBMITTED.search(small) is None


def all_sentences(text: str) -> Iterator[str]:
    """Give every sentence of a paper, on one line; it has neither quotations nor footers to pass over."""
    yield from _sentences(text)


def goes_on_unread(text: str) -> bool:
    """Tell whether a mail's own words, and not what it quotes, reach to where its text was cut."""
    last_part = text.rpartition(f"\n{NEXT_PART}\n")[2]
    return text.endswith(f"\n{CUT}") and CUT in _own_lines(last_part.splitlines())


@lru_cache(maxsize=8)
def stretches(sentence: str) -> Sequence[str]:
    """Give a sentence whole, or where it is longer than people write them, in stretches that overlap.

    So the time in which it is looked through grows with its length alone. A stretch of nothing but hexadecimal numbers,
    as lists of checksums are, says nothing and is left out.
    """
    last = max(len(sentence) - _OVERLAP, 1)
    all_of_it = (sentence[start : start + _LONGEST] for start in range(0, last, _LONGEST - _OVERLAP))
    return tuple(stretch for stretch in all_of_it if not all(map(_is_number, stretch.split())))


def _is_number(word: str) -> bool:
    return not word.strip(_HEXADECIMAL) and not word.isalpha()


def _composed(text: str) -> str:
    """A text with every letter as it is written as a rule; one of ASCII is, and no line has a part in another."""
    if text.isascii():
        return text
    lines = text.split("\n")
    return "\n".join(line if line.isascii() else unicodedata.normalize("NFKC", line) for line in lines)


def _paragraphs(lines: Iterable[str]) -> Iterator[str]:
    """Lines that stand together, without an empty one between them."""
    together: list[str] = []
    for line in chain(lines, [""]):
        if line.strip(" \t"):
            together.append(line)
        elif together:
            yield "\n".join(together)
            together = []


def _sentences(text: str) -> Iterator[str]:
    plain = " ".join(_composed(text).replace("\u2019", "'").split())
    ends = _SENTENCE_ABROAD if "。" in plain else _SENTENCE
    yield from filter(None, ends.split(plain) if any(end in plain for end in _ENDS) else [plain])


def _own_lines(lines: Sequence[str]) -> Iterator[str]:
    signed = False
    for number, line in enumerate(lines):
        start = line[:200]
        telling = _TELLING.search(start) is not None
        if telling and (_OTHERS.match(start) or _begins_a_mail(lines, number)):
            return
        signed = (signed or line in _SIGNATURE) and not _AFTERTHOUGHT.match(start)
        if not signed and not (telling and (_QUOTED.match(start) or _introduces(lines, number))):
            yield line


def _introduces(lines: Sequence[str], number: int) -> bool:
    """Tell whether a line says whose words are quoted below it."""
    start = lines[number][:300]
    if _INTRODUCTION.match(start[:200]):
        return True
    following = next((line for line in lines[number + 1 : number + 1 + _BLOCK] if line.strip()), "")
    return _QUOTED.match(following[:200]) is not None and _BEFORE_A_QUOTATION.match(start) is not None


def _begins_a_mail(lines: Sequence[str], number: int) -> bool:
    """Tell whether a quoted mail's own headers begin here: its sender, and further ones close behind."""
    following = lines[number + 1 : number + 1 + _BLOCK]
    return _FROM.match(lines[number][:200]) is not None and any(_HEADERS.match(line[:200]) for line in following)
