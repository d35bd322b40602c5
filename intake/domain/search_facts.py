"""What a submission is found by: facts in normal form, and what a person types as the beginnings of such facts.

A word is kept with its case folded. A number or code (Device Model, certificate, reference) is kept as its letters and
digits alone, so that no colon, hyphen or blank stands between it and whoever types it otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from intake.domain.addresses import domain_of, first_address
from intake.domain.reference import references_in
from rules.certificate_number import spelling_free
from rules.encodings import candidates, settled
from rules.facts import CERTIFICATE_KINDS, AssuranceCertificate, Dossier, NewEntry
from rules.fields import NUMBER_FIELDS, NUMBER_LABELS, FormField, Label

LONGEST = 120
"""Characters of a fact; what is longer is found by its beginning."""
MOST_OF_A_KIND = 200
"""Facts of one kind that are kept of a message."""
_MOST_OF_NAMES = 2_000
"""Likewise, of the names of its files, which are many more than the devices that they are about."""
MOST_TERMS = 6
LONGEST_SEARCH = 200
_LEAST_HEX = 6
"""Digits of a digest that somebody must type; with fewer every search would find some digest."""
_FIRMWARE_OCTETS = 4
_DIGEST = "#"
"""Begins the value of a digest, so that no word or number is looked for among digests."""
_WHOLE_NAME = "/"
"""Likewise that of a file's whole name, so that no word is taken for the beginning of one."""

_WORD = re.compile(r"[^\W_]+(?:[-./:@_+'&\N{RIGHT SINGLE QUOTATION MARK}]+[^\W_]+)*")
_HEX = re.compile(r"[0-9a-f]+")
_DIGITS = re.compile(r"(?:#\s*)?([0-9]{1,9})")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_BEFORE_HEX = re.compile(r"\b(?:0x(?=[0-9a-f]{2})|sha-?256\s*[:=\s]\s*(?=[0-9a-f]{6}))", re.IGNORECASE)
_AROUND = " .,;:!?()[]{}<>\"'\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
"""What may stand about a reference that was copied out of a sentence."""
_MESSAGE_ID = re.compile(r"(?:message-id\s*:\s*|mid:)?<?([^\s<>@]+@[^\s<>@]+)>?", re.IGNORECASE)
_WORDS_OF_VERSIONS = re.compile(
    r"\b(?:v|ver|version|fw|firmware|sw|software|app|application|stack|rel|release|rev|revision|build)\b"
    r"|v?[0-9][0-9A-Fa-f.]*|[():,;/_+\s-]",
    re.IGNORECASE,
)
"""What stands in a version as people write it, its numbers included."""
_EXTENSION = re.compile(
    r"\.(?:pdf|xls[xmb]?|od[st]|docx?|rtf|txt|md|csv|zip|7z|p7[smc]|asc|sig|eml|msg|png|jpe?g|tiff?|html?|xml)\Z",
    re.IGNORECASE,
)
_OF_ANY_FILE = frozenset((
    "and", "attachment", "central", "cert", "certificate", "certificates", "certified", "copy", "cpa", "cpl", "dlms",
    "entry", "final", "for", "form", "list", "new", "note", "notes", "of", "products", "release", "signed",
    "submission", "the", "tool", "update", "zigbee",
))  # fmt: skip
"""Words of files' names that tell none from another."""
_LIMITED = frozenset(("ltd", "limited"))
_OF_ANY_COMPANY = _LIMITED | {"plc", "llp", "llc", "inc", "gmbh", "and"}
"""Words that the same company's name has in one place and not in another; no name begins with one."""
_SHORT_REFERENCE = re.compile(r"CPL[-_ ]?#?([0-9]{1,12})", re.IGNORECASE | re.ASCII)


class FactKind(StrEnum):
    """What a fact is of."""

    SENDER = "sender"
    """A word of the sender's name, or the address."""
    DOMAIN = "domain"
    SUBJECT = "subject"
    DIGEST = "digest"
    """SHA-256 of the raw message."""
    DEVICE = "device"
    """A device type."""
    MANUFACTURER = "manufacturer"
    """The code, or a word of the name that form or certificate states."""
    MODEL = "model"
    HARDWARE = "hardware"
    FIRMWARE = "firmware"
    CERTIFICATE = "certificate"
    """The number of a certificate that the form names or that lies with it."""
    IMAGE = "image"
    """The hash of a manufacturer's image."""
    DOCUMENT = "document"
    """The name of a file that came with it, whole, or a word of one that tells it from others."""
    DECIDED = "decided"
    """A word of the name of who decided."""


OF_EVIDENCE = frozenset(FactKind) - {
    FactKind.SENDER,
    FactKind.DOMAIN,
    FactKind.SUBJECT,
    FactKind.DIGEST,
    FactKind.DECIDED,
}
"""Kinds that reading the message tells, and reading it again tells anew."""


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """A fact that a submission is found by."""

    kind: FactKind
    value: str
    """In normal form."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a search."""

    text: str
    values: tuple[str, ...]
    """Beginnings of the facts that it means, in the normal forms that it may have."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What a person searches for: a message by its number, one code, or facts that all hold."""

    number: int | None = None
    whole: tuple[str, ...] = ()
    """Beginnings of the facts that the whole text may mean."""
    terms: tuple[Term, ...] = ()
    by_reference: bool = False
    """It is written as a reference and means that message alone."""
    message_id: str = ""
    """The Message-ID that the whole text may be, with its angle brackets."""


def folded(text: str) -> str:
    """Fold case and width."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def code(text: str) -> str:
    """Strip a text to its letters and digits, case folded."""
    plain = folded(text)
    return (plain if plain.isalnum() else "".join(filter(str.isalnum, plain)))[:LONGEST]


def words(text: str) -> Iterator[str]:
    """List the words of a text: each as it is written, its parts, and the parts in one."""
    for match in _WORD.finditer(folded(text)):
        word = match[0]
        yield word[:LONGEST]
        if not word.isalnum():
            yield from (part[:LONGEST] for part in re.split(r"[\W_]+", word) if part)
            yield code(word)


def digest(text: str) -> str:
    """Read a hash in hexadecimal digits, whatever stands between them; empty where it is none."""
    plain = code(text)
    return f"{_DIGEST}{plain}" if _HEX.fullmatch(plain) and len(plain) >= _LEAST_HEX else ""


def unmarked(typed: str) -> str:
    """Leave out what tools write before a code or a hash and nobody keeps: ``0x``, ``sha256:``."""
    return _BEFORE_HEX.sub("", typed)


def of_envelope(sender: str, subject: str, raw_sha256: str) -> tuple[Fact, ...]:
    """List the facts that a message is found by before it is read."""
    address = folded(first_address(sender) or "")
    labels = [label for label in domain_of(address).split(".") if label] if address else []
    return _facts(
        (FactKind.SENDER, (*words(sender.partition("<")[0]), address)),
        (FactKind.DOMAIN, [".".join(labels[at:]) for at in range(len(labels) - 1)] or labels),
        (FactKind.SUBJECT, words(subject)),
        (FactKind.DIGEST, [digest(raw_sha256)]),
    )


def of_address(sender: str) -> Fact | None:
    """Give the fact that every message from the same address is found by; None where no address is stated."""
    address = folded(first_address(sender) or "")[:LONGEST]
    return Fact(FactKind.SENDER, address) if address else None


def of_evidence(dossier: Dossier) -> tuple[Fact, ...]:
    """List the facts that a message is found by once it was read."""
    entries = dossier.entries
    certificates = [document.certificate for document in dossier.documents if document.certificate is not None]
    return _facts(
        (FactKind.DEVICE, (folded(value) for value in _stated(entries, FormField.DEVICE_TYPE))),
        (FactKind.MANUFACTURER, _manufacturers(entries, certificates)),
        (FactKind.MODEL, map(code, _stated(entries, FormField.MODEL_IDENTIFIER))),
        (FactKind.HARDWARE, (code(value) for value in _hardware(entries))),
        (FactKind.FIRMWARE, map(code, _firmware(entries, certificates))),
        (FactKind.CERTIFICATE, _certificate_numbers(entries, certificates)),
        (FactKind.IMAGE, map(digest, _stated(entries, FormField.IMAGE_HASH))),
        (FactKind.DOCUMENT, of_names(document.name for document in dossier.documents if not document.inline)),
    )


def of_names(names: Iterable[str]) -> Iterator[str]:
    """List what files are found by: each whole name, and those of its words that tell it from others."""
    for name in names:
        yield _whole_name(name)
        yield from (word for word in words(_stem(name)) if word not in _OF_ANY_FILE and len(word) > 1)


def _whole_name(name: str) -> str:
    """The name as a fact has it; empty where nothing of it can be seen."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in folded(name)).split())
    return f"{_WHOLE_NAME}{plain}"[:LONGEST] if plain else ""


def _stem(name: str) -> str:
    """The name without what tells its file's kind."""
    return _EXTENSION.sub("", name)


def of_person(name: str) -> tuple[Fact, ...]:
    """List the facts that a submission is found by once this person has decided."""
    return _facts((FactKind.DECIDED, words(name)))


def _facts(*told: tuple[FactKind, Iterable[str]]) -> tuple[Fact, ...]:
    once = {kind: list(dict.fromkeys(filter(None, values)))[: _most(kind)] for kind, values in told}
    return tuple(Fact(kind, value[:LONGEST]) for kind, values in once.items() for value in values)


def _most(kind: FactKind) -> int:
    return _MOST_OF_NAMES if kind is FactKind.DOCUMENT else MOST_OF_A_KIND


def _stated(entries: Iterable[NewEntry], *fields: FormField) -> Iterator[str]:
    return (value for entry in entries for field in fields if (value := entry.value(field)))


def _manufacturers(entries: tuple[NewEntry, ...], certificates: list[AssuranceCertificate]) -> Iterator[str]:
    yield from map(code, _stated(entries, FormField.MANUFACTURER_IDENTIFIER))
    for name in (*_stated(entries, FormField.IMAGE_CREATOR, FormField.FIR_COMPANY_NAME), *makers(certificates)):
        yield from words(name)


def makers(certificates: Iterable[AssuranceCertificate]) -> Iterator[str]:
    """List the manufacturers' names that certificates state."""
    for certificate in certificates:
        stated = certificate.facts.get(Label.MANUFACTURER)
        if stated is not None and stated.value.strip():
            yield stated.value.strip()


def _hardware(entries: Iterable[NewEntry]) -> Iterator[str]:
    for entry in entries:
        yield entry.value(FormField.HARDWARE_VERSION) + entry.value(FormField.HARDWARE_REVISION)


def _firmware(entries: tuple[NewEntry, ...], certificates: list[AssuranceCertificate]) -> Iterator[str]:
    yield from _stated(entries, FormField.FIRMWARE_VERSION)
    for certificate in certificates:
        stated = certificate.facts.get(Label.FIRMWARE_VERSION)
        meant = settled(stated.value, _FIRMWARE_OCTETS) if stated is not None else None
        if meant is not None:
            yield meant.value


def _certificate_numbers(entries: tuple[NewEntry, ...], certificates: list[AssuranceCertificate]) -> Iterator[str]:
    numbers = list(_stated(entries, *NUMBER_FIELDS.values()))
    for certificate in certificates:
        label = NUMBER_LABELS.get(certificate.kind) if certificate.kind in CERTIFICATE_KINDS else None
        stated = certificate.facts.get(label) if label is not None else None
        numbers += [stated.value] if stated is not None else []
    return (spelling_free(number).casefold() for number in numbers)


def sought(text: str) -> Sought:
    """Read what a person means by a text typed into the search."""
    text = unmarked(text.strip()[:LONGEST_SEARCH])
    bare = _DASHES.sub("-", folded(text)).strip(_AROUND)
    if (match := _SHORT_REFERENCE.fullmatch(bare)) is not None:
        return Sought(number=int(match[1]), by_reference=True)
    parts = [part for part in text.split() if code(part)]
    identity = _MESSAGE_ID.fullmatch(text)
    quoted = references_in(bare)
    if digits := _DIGITS.fullmatch(bare):
        quoted = (int(digits[1]),)
    return Sought(
        number=quoted[0] if len(quoted) == 1 else None,
        whole=(*(_whole(text) if len(parts) > 1 else _as_firmware(text)), *_as_name(text)),
        terms=tuple(Term(part, _values(part)) for part in telling(parts)[:MOST_TERMS]),
        message_id=f"<{identity[1]}>" if identity else "",
    )


def telling(typed: Iterable[str]) -> list[str]:
    """Leave out what companies' names have in one place and not in another, behind a word that tells more."""
    return [part for at, part in enumerate(typed) if not (at and code(part) in _OF_ANY_COMPANY)]


def as_alike(word: str) -> tuple[str, ...]:
    """Give a folded word and those that stand for it in a company's name: Ltd and Limited."""
    return tuple(sorted(_LIMITED)) if word in _LIMITED else (word,)


def _values(part: str) -> tuple[str, ...]:
    """The beginnings that one typed word may stand for."""
    match = _WORD.search(folded(part))
    written = match[0][:LONGEST] if match else ""
    values = (*as_alike(written), code(part), code(_stem(part)), spelling_free(part).casefold()[:LONGEST], digest(part))
    return tuple(dict.fromkeys(filter(None, values)))


def _as_name(text: str) -> tuple[str, ...]:
    """The whole text as the beginning of a file's name: where it is a whole one, or more than words of any file."""
    several = len(text.split()) > 1 and any(word not in _OF_ANY_FILE for word in words(text))
    return (_whole_name(text),) if several or _stem(text) != text else ()


def _whole(text: str) -> tuple[str, ...]:
    """What a text of several words may be as a whole: a device type, a certificate's number, a hash, a version."""
    named = " ".join(folded(text).split())[:LONGEST]
    values: tuple[str, ...] = (named if named.isprintable() else "", digest(text))
    if any(map(str.isdigit, text)):
        values = (code(text), spelling_free(text).casefold()[:LONGEST], *values, *_as_firmware(text))
    return tuple(dict.fromkeys(filter(None, values)))


def as_versions(text: str) -> tuple[str, ...]:
    """Give what forms say where a certificate says the text: ``12.3 (Stack 1.2.3.4)`` is 12:03:12:34 or 0C:03:01:02.

    A word beside the number that names no version is another thing to look for; with one the text is no version.
    """
    if "." not in text or _WORDS_OF_VERSIONS.sub("", text).strip(_AROUND):
        return ()
    return tuple(candidate.value for candidate in candidates(text, _FIRMWARE_OCTETS))


def _as_firmware(text: str) -> tuple[str, ...]:
    """The same in normal form."""
    return tuple(map(code, as_versions(text)))
