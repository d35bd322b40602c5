"""What a message is, by its subject and by what it turned out to carry."""

from __future__ import annotations

import re
from collections.abc import Iterable

from intake.domain.envelope import Envelope
from intake.domain.filed import may_be_of_a_submission
from intake.domain.message import MessageKind
from intake.domain.reference import names_a_reference
from intake.domain.subject import classify, is_recall, speaks_of_a_submission
from rules.facts import Document
from rules.objections import objects
from rules.own_words import own_sentences

_OF_AN_ENTRY = re.compile(
    r"\b(?:submission|new entry|entry|device model|firmware|meters?|comm(?:unication)?s hubs?|ppmid|hcalcs"
    r"|in-home display|(?:cpa|zigbee|dlms) cert\w*|NCSC-[0-9]+-[0-9]+|ZIG[0-9A-Z]+-[0-9]{2})\b",
    re.IGNORECASE,
)
"""What an objection is about that concerns us, whatever the subject says."""
_OF_WHAT_WAS_SENT = re.compile(
    r"\b(?:attach(?:ed|ments?)|workbook|spreadsheet|form|zip|submission|certificates?|firmware|hash|device model"
    r"|passwords?|passcode|passphrase|passwort|kennwort|mot de passe|contrase[ñn]a|wachtwoord|has[łl]o"
    r"|(?:my|our) (?:last|previous|earlier|first|other) (?:e-?)?(?:mail|message))\b|パスワード|密码|密碼|비밀번호",
    re.IGNORECASE,
)
"""What somebody speaks of who writes again about what lies here, under whatever subject."""


def kind_by_envelope(envelope: Envelope) -> MessageKind:
    """Classify by the subject; where headers could not be read, nothing is ruled out.

    An invitation to a meeting and the answer to one are no submissions, whatever they are about.
    """
    if envelope.meeting:
        return MessageKind.OTHER
    kind = classify(envelope.subject) if envelope.parsed else MessageKind.UNCLEAR
    if is_recall(envelope.subject, ""):
        return MessageKind.UNCLEAR
    in_doubt = envelope.broken or names_a_reference(envelope.subject)
    return MessageKind.UNCLEAR if in_doubt and kind is MessageKind.OTHER else kind


def kind_of(
    by_subject: MessageKind,
    documents: Iterable[Document],
    *,
    brings_a_form: bool,
    text: str = "",
    writes_again: str | None = None,
) -> MessageKind:
    """Tell a message's kind by its subject, by what it carries, and by what it says.

    A workbook, a certificate, or what could not be opened and may hold either, makes a message unclear whose subject
    does not speak of the list, so that it is never filed unseen. So do its own words that name a reference of ours,
    whether there is a case of that number or not, that ask for something about the list, or object to an entry.

    Args:
        by_subject: what its subject says.
        documents: what it carries.
        brings_a_form: it carries a form, or what may be one that could not be read.
        text: its own, with what it quotes.
        writes_again: its subject, where its sender has a submission here; None where not.
    """
    if by_subject is not MessageKind.OTHER:
        return by_subject
    brings = brings_a_form or any(map(may_be_of_a_submission, documents))
    follows = writes_again is not None and _speaks_of_what_was_sent(writes_again, text)
    return MessageKind.UNCLEAR if brings or follows or _speaks_to_us(text) else MessageKind.OTHER


def _speaks_of_what_was_sent(subject: str, text: str) -> bool:
    return any(map(_OF_WHAT_WAS_SENT.search, (subject, *own_sentences(text))))


def _speaks_to_us(text: str) -> bool:
    """Tell whether a mail's own words name a reference of ours or say of the list what a subject would."""
    sentences = list(own_sentences(text))
    if is_recall("", " ".join(sentences)):
        return True
    return any(map(_is_for_a_person, sentences))


def _is_for_a_person(sentence: str) -> bool:
    """Tell whether a sentence names a reference of ours, asks for something about the list, or objects to an entry."""
    if names_a_reference(sentence) or speaks_of_a_submission(sentence):
        return True
    return _OF_AN_ENTRY.search(sentence) is not None and objects(sentence)
