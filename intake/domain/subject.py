"""What a message is, by its subject alone: a small grammar whose words stand in subject.toml."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from intake.domain.message import MessageKind
from rules.text import plain as as_it_looks

MOST_CHARACTERS = 2_000
_NO_WORD = re.compile(r"[^\w.]+|_+")
_LONE_DOTS = re.compile(r"(?<!\w)\.+|\.+(?!\w)")
_ABBREVIATION = re.compile(r"(?<![\w.])(?:\w\.)+\w(?![\w.])")
_COUNT = r"(?:\s*[\[(]\d{1,3}[\])])?"


@dataclass(frozen=True, slots=True)
class Grammar:
    """The word lists of subject.toml; what each is for is said there."""

    reply_marks: tuple[str, ...]
    forward_marks: tuple[str, ...]
    gateway_marks: tuple[str, ...]
    automatic_marks: tuple[str, ...]
    document_endings: tuple[str, ...]
    absences: tuple[str, ...]
    unread_marks: tuple[str, ...]
    recall_marks: tuple[str, ...]
    recalls: tuple[str, ...]
    list_names: tuple[str, ...]
    near_names: tuple[str, ...]
    new_entry: tuple[str, ...]
    submission: tuple[str, ...]
    update: tuple[str, ...]
    weak_update: tuple[str, ...]
    hash_words: tuple[str, ...]
    adding: tuple[str, ...]
    not_meant: tuple[str, ...]
    doubts: tuple[str, ...]
    notices: tuple[str, ...]


@cache
def grammar() -> Grammar:
    """Load the grammar once."""
    table = tomllib.loads(files("intake.domain").joinpath("subject.toml").read_text("utf-8"))
    return Grammar(**{field.name: tuple(table[field.name]) for field in fields(Grammar)})


def classify(subject: str) -> MessageKind:
    """Classify a message by its decoded subject (`Envelope.subject`).

    An update speaks of an entry that stands already, a submission of a new one. A subject that only mentions the
    list, says both, or asks or announces something, is unclear: a person sees it, which costs less than a
    submission that nobody sees. One that does not speak of the list at all is something else.
    """
    words = grammar()
    plain = without_marks(_folded(subject))
    text = _spaced(plain)
    if not _says(text, words.list_names):
        return MessageKind.UNCLEAR if _comes_near(subject, text) else MessageKind.OTHER
    if plain.endswith("?") or _says(text, words.doubts):
        return MessageKind.UNCLEAR
    return _what_it_says(_without(text, words.not_meant))


def speaks_of_a_submission(sentence: str) -> bool:
    """Tell whether a sentence of a mail's text names the list and says what of it, as a subject would."""
    kind = classify(sentence)
    if kind is MessageKind.UNCLEAR:
        text = _spaced(_folded(sentence))
        asks = sentence.rstrip().endswith("?") and _says(text, grammar().list_names)
        return asks or _says(text, grammar().doubts)
    return kind is not MessageKind.OTHER


def is_recall(subject: str, text: str) -> bool:
    """Tell whether a mail is what Outlook sends where somebody wants a message back."""
    if _recall().match(_folded(without_marks(subject))):
        return True
    folded = _folded(text)
    return any(phrase in folded for phrase in grammar().recalls)


def recalled(subject: str) -> str:
    """Give the subject that a recall asks back, as `plain_subject` has it; empty where it is no recall."""
    folded = _folded(without_marks(subject))
    match = _recall().match(folded)
    return plain_subject(folded[match.end() :]) if match else ""


def plain_subject(subject: str) -> str:
    """Fold a subject without its marks, so that two of one message are alike."""
    return " ".join(_folded(without_marks(subject)).split())


def _comes_near(subject: str, text: str) -> bool:
    """Tell whether the subject nearly names the list, look-alike letters of other scripts included."""
    words = grammar()
    looks = _spaced(without_marks(_folded(as_it_looks(subject[:MOST_CHARACTERS]))))
    return _says(text, words.near_names) or _says(looks, (*words.list_names, *words.near_names))


def _what_it_says(text: str) -> MessageKind:
    words = grammar()
    around = " ".join(_without(text, words.list_names).split())  # "New CPL entry" speaks of a new entry
    new = _says(text, words.new_entry) or _says(f" {around} ", words.new_entry)
    submits = new or _says(text, words.submission)
    update = _says(text, words.update) or (not submits and _says(text, words.weak_update))
    by_the_hash_alone = update and not _says(_without(text, words.hash_words), words.update)
    if by_the_hash_alone and (new or _says(_without(text, words.adding), words.submission)):
        update = False
    if update and _says(text, words.notices):
        return MessageKind.UNCLEAR
    if new and update:
        return MessageKind.UNCLEAR
    if update:
        return MessageKind.UPDATE
    return MessageKind.SUBMISSION if submits else MessageKind.UNCLEAR


def without_marks(subject: str) -> str:
    """Strip Re:, Fwd:, [External] and similar marks from a subject, however many."""
    return _stripped(subject, "all")


def without_reply_marks(subject: str) -> str:
    """Strip Re: and similar marks from a subject, so that answers do not pile them up."""
    return _stripped(subject, "reply")


def says_automatic(subject: str) -> bool:
    """Tell whether a subject begins as machines begin theirs ("Automatic reply:", "Undeliverable:")."""
    folded = _stripped(_folded(subject), "gateway")
    if _automatic().match(folded) or says_unread(subject):
        return True
    text = _spaced(folded)
    return text.strip() in grammar().automatic_marks or _says(text, grammar().absences)


def says_unread(subject: str) -> bool:
    """Tell whether a subject begins with a mail program's word for a letter thrown away unread ("Not read:")."""
    return bool(_unread().match(_stripped(_folded(subject), "gateway")))


def _stripped(subject: str, which: str) -> str:
    rest = subject.strip()[:MOST_CHARACTERS]
    while match := _marks(which).match(rest):
        rest = rest[match.end() :].lstrip()
    return rest


@cache
def _marks(which: str) -> re.Pattern[str]:
    words = grammar()
    gateway = _any_of(words.gateway_marks)
    bracketed = rf"[\[({{<*]+\s*{gateway}\s*[\])}}>*]+\s*:?|{gateway}\s*[:|]"
    replies = rf"{_any_of(words.reply_marks)}{_COUNT}\s*[:\uff1a]"
    forwards = rf"{_any_of(words.forward_marks)}{_COUNT}\s*[:\uff1a]"
    pattern = {"gateway": bracketed, "reply": replies, "all": f"{bracketed}|{replies}|{forwards}"}[which]
    return re.compile(pattern, re.IGNORECASE)


@cache
def _automatic() -> re.Pattern[str]:
    return re.compile(rf"{_any_of(grammar().automatic_marks)}\s*(?:\([^()]*\)\s*)?:", re.IGNORECASE)


@cache
def _unread() -> re.Pattern[str]:
    return re.compile(rf"{_any_of(grammar().unread_marks)}\s*:")


@cache
def _recall() -> re.Pattern[str]:
    return re.compile(rf"{_any_of(grammar().recall_marks)}\s*:")


def _any_of(phrases: tuple[str, ...]) -> str:
    """Compile one pattern for all words, the longest first; spaces or dashes separate words."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(r"[\s\-\u2010-\u2015]+".join(map(re.escape, phrase.split())) for phrase in ordered) + ")"


def _folded(subject: str) -> str:
    """Fold the ways to write a letter: width, case, invisible characters."""
    subject = subject[:MOST_CHARACTERS]
    if subject.isascii():  # then case is all that there is to fold
        return subject.lower().strip()
    text = unicodedata.normalize("NFKC", subject).casefold()
    return "".join(character for character in text if unicodedata.category(character) != "Cf").strip()


def _spaced(folded: str) -> str:
    """Split a subject into words with single spaces around; "cpl.exe" and "v2.051" stay one word each."""
    if "." in folded:
        text = _LONE_DOTS.sub(" ", _ending().sub(" ", folded))
        folded = _ABBREVIATION.sub(lambda match: match[0].replace(".", ""), text)
    return f" {_NO_WORD.sub(' ', folded).strip()} "


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(rf"\.(?:{'|'.join(grammar().document_endings)})(?!\w)")


def _says(text: str, phrases: tuple[str, ...]) -> bool:
    return any(map(text.__contains__, _between_spaces(phrases)))


@cache
def _between_spaces(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """As `_spaced` has them; a subject is looked through for hundreds."""
    return tuple(f" {phrase} " for phrase in phrases)


def _without(text: str, phrases: tuple[str, ...]) -> str:
    for phrase in phrases:
        text = text.replace(f" {phrase} ", "  ")
    return text
