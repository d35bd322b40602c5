"""The mail itself says nothing against its form.

What: the mail's own words do not ask to hold, ignore or withdraw what it brings, do not call it old, wrong or
unfinished, and name no firmware, hardware, hash, entry or certificate that no form of it holds; an update of a hash
has the hash on its form. The same goes for messages attached to it, and for papers of no scheme.
Why: rules read the form and its papers alone; what their sender says of them in plain words counts as much.
Good: "Please find attached the form for firmware 12:03:12:34", where that is the form's.
Bad: "Please do not process this yet"; "the firmware is now 12:03:12:35"; "the certificate attached is the old one".
What to do: tell us what holds, and send the form again if it has changed.
Clause: guidance section 3, steps 4 and 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rules.facts import Dossier, NewEntry
from rules.fields import FormField
from rules.finding import Finding
from rules.own_words import all_sentences, own_sentences
from rules.rule import Rule

_LONGEST = 200
_MOST = 5
_THINGS = (
    r"(?:entry|entries|submission|form|workbook|device|model|firmware|hardware|hash|version|certificates?|request"
    r"|e-?mail|message|attachments?|one)"
)
_DONE = r"(?:process|approv|publish|add|list|proceed|action|accept|register|upload|use\b|submit)"
_AGAINST = (
    rf"\b(?:do not|don't|must not|should not|cannot|not to be|not be|never) (?:yet |be )?{_DONE}",
    r"(?:^|\b(?:please|kindly|you) )hold\b|\bon hold\b|\bhold(?:ing)? off\b|\bhold (?:this|it|until|publi|process)",
    r"\b(?:please|kindly) (?:a?wait|ignore|disregard|stop|cancel)\b",
    r"\bwait (?:for|until|till)\b(?! (?:your|you|hearing))",
    r"\buntil (?:further|we|i|you hear|the new)\b|\bnot before\b",
    rf"\b{_THINGS} (?:is|are) now\b(?! (?:available|ready|complete|certified|attached|approved|final))",
    rf"\b{_THINGS}\b[^.]{{0,40}}\b(?:has|have|was|were|had) (?:since |now |been )*(?:changed|revoked|withdrawn)\b",
    rf"\b(?:remove|delete|withdraw|retract|cancel|revoke|disregard|ignore|discard)\b[^.]{{0,40}}\b{_THINGS}\b",
    r"\b(?:is|are|was) (?:still )?(?:the |an? )?(?:old|previous|earlier|wrong|incorrect|outdated|expired|invalid)\b",
    rf"\b(?:wrong|incorrect|outdated|out[- ]of[- ]date|obsolete|expired|faulty) (?:\w+ )?{_THINGS}\b",
    r"\bnot (?:yet )?(?:the )?(?:final|approved|certified|complete|released|valid|ready|correct)\b",
    r"\b(?:provisional|preliminary|draft|tentative|subject to change|to be confirmed|tbc|just a test|test only)\b",
    r"\b(?:superseded|overtaken)\b|\b(?:will|to) be replaced\b|\breplaced by\b",
    r"\b(?:corrected|new|revised|updated|final|right|correct)\b[^.]{0,40}\b(?:will follow|to follow|will be sent)\b",
    r"\bshould (?:read|have been|actually)\b|\b(?:by|a) mistake\b|\bin error\b|\btypo\b|\berroneous",
)
_WORDS = re.compile("|".join(_AGAINST), re.IGNORECASE)
_PAIR = "[0-9A-F]{2}"
_HASH = re.compile(rf"(?<![0-9A-Z])(?:{_PAIR}[:\s-]{{0,2}}){{31}}{_PAIR}(?![0-9A-Z])", re.IGNORECASE)
_SHAPES = (
    ("firmware version", rf"(?<![0-9A-Z:.])({_PAIR}(?::{_PAIR}){{3}})(?![0-9A-Z]|:[0-9A-F])"),
    ("firmware version", rf"\bfirmware\b[^.,;]{{0,20}}?(?<![0-9A-Z])({_PAIR}(?:[.:_-]?{_PAIR}){{3}})(?![0-9A-Z])"),
    ("hardware version", rf"\bhardware\b[^.,;]{{0,20}}?(?<![0-9A-Z])({_PAIR}[.:_]{_PAIR})(?![0-9A-Z:])"),
    ("entry number", r"\bentry(?: (?:no\.?|number|id))?:? #?([0-9]{6})\b"),
    ("certificate number", r"\b(ZIG[0-9A-Z]{5,20}-[0-9]{2}|NCSC-[0-9]{4,12}-[0-9]{1,6})\b"),
)
_VALUES = tuple((kind, re.compile(shape, re.IGNORECASE)) for kind, shape in _SHAPES)
_MARKS = re.compile(r"[\s:._-]+")


def check(dossier: Dossier) -> Iterator[Finding]:
    """Quote each sentence that speaks against the form, and name each value that no form holds."""
    for who, sentences, forms in _sayings(dossier):
        against = [sentence for sentence in sentences if _WORDS.search(sentence)]
        for sentence in against[:_MOST]:
            yield Finding(message=f"{who} says: “{_short(sentence)}”")
        for kind, value in list(dict.fromkeys(_elsewhere(dossier, sentences, forms)))[:_MOST]:
            yield Finding(message=f"{who} names the {kind} {value}, which is not on the form.", said=value)
    message = dossier.message
    told = message is not None and message.text is not None and message.kind == "update"
    if told and not dossier.new_entry.value(FormField.IMAGE_HASH).strip():
        yield Finding(message="The mail announces an update, and its form has no hash.", field=FormField.IMAGE_HASH)


def _sayings(dossier: Dossier) -> Iterator[tuple[str, list[str], tuple[NewEntry, ...]]]:
    """Who says what of which forms: the mail, messages attached to it, and papers that nobody looks at otherwise."""
    forms = dossier.entries or (dossier.new_entry,)
    if dossier.message is not None and dossier.message.text is not None:
        yield "The mail", list(own_sentences(dossier.message.text)), forms
    for document in dossier.documents:
        if document.words:
            split = own_sentences if document.media == "message" else all_sentences
            yield document.name, list(split(document.words)), (*forms, *dossier.earlier)


def _elsewhere(dossier: Dossier, sentences: list[str], forms: tuple[NewEntry, ...]) -> Iterator[tuple[str, str]]:
    """Each value of a form's shape that neither a form nor a file's checksum has, with its kind."""
    on_forms = " ".join(_bare(row.value) for entry in forms for row in entry.rows)
    versions = _hardware(forms)
    checksums = {document.sha256.upper() for document in dossier.documents}
    text = "\n".join(sentences)
    for match in _HASH.finditer(text):
        if _bare(match[0]) not in on_forms and _bare(match[0]) not in checksums:
            yield "hash", " ".join(match[0].split())
    rest = _HASH.sub(" ", text)
    for kind, shape in _VALUES:
        for match in shape.finditer(rest):
            listed = versions if kind == "hardware version" else on_forms
            if _bare(match[1]) not in listed:
                yield kind, match[1]


def _hardware(forms: Iterable[NewEntry]) -> set[str]:
    """Version and revision of each form's hardware, as a mail writes both in one."""
    return {
        _bare(entry.value(FormField.HARDWARE_VERSION) + entry.value(FormField.HARDWARE_REVISION)) for entry in forms
    }


def _bare(value: str) -> str:
    return _MARKS.sub("", value).upper()


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= _LONGEST else f"{sentence[:_LONGEST]}…"


def _has_words(dossier: Dossier) -> bool:
    own = dossier.message is not None and dossier.message.text is not None
    return own or any(document.words for document in dossier.documents)


RULE = Rule(
    id="completeness.mail_says",
    title="The mail itself says nothing against its form",
    citation="Guidance 3, steps 4 and 5",
    check=check,
    applies=_has_words,
)
