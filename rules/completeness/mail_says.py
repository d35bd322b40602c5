"""The mail itself says nothing against its form.

What: the mail's subject and own words, in any of the languages that are looked through, do not ask to hold, ignore or
withdraw what it brings, do not call it old, wrong, unfinished or unclear, and name no firmware, hardware, model, hash,
entry, certificate, date or edition of a standard that no form of it holds; no short sentence about the form has a word
that covering letters do not have; it announces no more forms than came with it; it links to no files that did not come
with it; an update of a hash has the hash on its form. The same goes for messages attached to it and papers of no
scheme, but for such words.
Why: rules read the form and its papers alone; what their sender says of them in plain words counts as much.
Good: "Please find attached the form for firmware 12:03:12:34", where that is the form's.
Bad: "Please do not process this yet"; "the firmware is now 12:03:12:35"; "the certificate attached is the old one".
What to do: tell us what is right, and send the form again if it has changed.
Clause: guidance section 3, steps 4 and 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rules.completeness._announced import decimal_in, ends_in_words, forms_announced, versions_in_decimal
from rules.days import in_form
from rules.facts import Dossier, NewEntry
from rules.fields import FormField
from rules.finding import Finding
from rules.misgivings import has_misgivings
from rules.objections import objects
from rules.objections_abroad import is_known_language
from rules.own_words import all_sentences, forwarded_sentences, goes_on_unread, linked_shares, own_sentences
from rules.patterns import Spelt, in_small_letters
from rules.rule import Rule
from rules.usual_words import has_unusual_words

_ITSELF = "The mail"
_LONGEST = 200
_MOST = 5
_PAIR = "[0-9A-F]{2}"
_HEXADECIMAL = "[0-9A-Fa-f]"
_ANY_LETTER = "[0-9A-Za-z\u0130\u0131\u017f\u212a]"
"""With those that an expression that ignores case takes for ASCII ones; said, it is twice as fast as ignoring it."""
_HASH = re.compile(
    rf"(?<!{_ANY_LETTER})(?:{_HEXADECIMAL}{{2}}[:\s-]{{0,2}}+){{31}}{_HEXADECIMAL}{{2}}(?!{_ANY_LETTER})"
)
_REVISION = (FormField.HARDWARE_REVISION,)
_NUMBER = r"(?<![0-9A-Z:./-])"
_END = r"(?![0-9A-Z]|[:.][0-9A-F])"
_VALUES: tuple[tuple[str, Spelt, tuple[FormField, ...]], ...] = (
    ("firmware version", Spelt(rf"(?<![0-9A-Z:.])({_PAIR}(?::{_PAIR}){{3}})(?![0-9A-Z]|:[0-9A-F])", ":"), ()),
    (
        "firmware version",
        Spelt(rf"\bfirmware\b[^.,;]{{0,20}}?(?<![0-9A-Z])({_PAIR}(?:[.:_-]?{_PAIR}){{3}})(?![0-9A-Z])", "firmware"),
        (),
    ),
    (
        "hardware version",
        Spelt(rf"\b(?:hardware|hw)\b[^.,;]{{0,20}}?(?<![0-9A-Z])({_PAIR}[.:_]{_PAIR})(?![0-9A-Z:])", "hardware", "hw"),
        (),
    ),
    ("hardware revision", Spelt(rf"\brev(?:ision|\.)?\b[^.,;]{{0,15}}?{_NUMBER}({_PAIR}){_END}", "rev"), _REVISION),
    (
        "hardware revision",
        Spelt(rf"\brev(?:ision|\.)?\b[^.,;]{{0,30}}?{_NUMBER}([0-9][0-9A-F]|[A-F][0-9]){_END}", "rev"),
        _REVISION,
    ),
    (
        "identifier",
        Spelt(
            rf"\b(?:model|manufacturer|maker)\b[^.,;]{{0,25}}?{_NUMBER}({_PAIR}[:_]{_PAIR}){_END}",
            "model",
            "manufacturer",
            "maker",
        ),
        (FormField.MANUFACTURER_IDENTIFIER, FormField.MODEL_IDENTIFIER),
    ),
    (
        "hash",
        Spelt(rf"\bhash\b[^.,;]{{0,20}}?{_NUMBER}({_PAIR}(?::{_PAIR})+)(?![0-9A-Z])", "hash"),
        (FormField.IMAGE_HASH,),
    ),
    ("entry number", Spelt(r"\bentry(?: (?:no\.?|number|id))?:? #?([0-9]{6})\b", "entry"), ()),
    ("certificate number", Spelt(r"\b(ZIG[0-9A-Z]{5,20}-[0-9]{2}|NCSC-[0-9]{4,12}-[0-9]{1,6})\b", "zig", "ncsc-"), ()),
    (
        "DLMS certificate number",
        Spelt(rf"\bDLMS\b[^;:]{{0,30}}?{_NUMBER}([0-9]{{4}}){_END}", "dlms"),
        (FormField.DLMS_NUMBER,),
    ),
    (
        "SMETS or CHTS version",
        Spelt(r"\b(?:SMETS ?[12]?|CHTS)\b[^.,;]{0,15}?\bV?([0-9]\.[0-9])\b", "smets", "chts"),
        (FormField.SMETS_VERSION,),
    ),
    ("GBCS version", Spelt(r"\bGBCS\b[^.,;]{0,15}?\bv?([0-9]\.[0-9])\b", "gbcs"), (FormField.GBCS_VERSION,)),
    (
        "ZigBee Smart Energy version",
        Spelt(r"\b(?:ZSE|smart energy)\b[^.,;]{0,20}?\bv?([0-9]\.[0-9][a-z]?)\b", "zse", "smart energy"),
        (FormField.ZSE_VERSION,),
    ),
    (
        "expiry date",
        Spelt(
            rf"\b(?:expir|renewal|valid until|valid to)[^.,;]{{0,30}}?{_NUMBER}([0-9]{{2}}/[0-9]{{2}}/[0-9]{{4}})\b",
            "/",
        ),
        (FormField.CPA_DATE,),
    ),
)
"""What a value is called, how it is written, and the fields one of which ends as it does; none: any cell holds it."""
_TYPES = (
    (Spelt(r"\btwin[- ]element\b", "twin"), "Twin Element Electricity Metering Equipment"),
    (Spelt(r"\bsingle[- ]element\b", "single"), "Single Element Electricity Metering Equipment"),
    (Spelt(r"\b(?:poly-?phase|three[- ]phase|3-?phase)\b", "phase"), "Polyphase Electricity Metering Equipment"),
    (Spelt(r"\b(?:gas (?:smart )?meter(?:ing equipment)?|GSME)\b", "gas", "gsme"), "Gas Smart Meter"),
    (Spelt(r"\bcomm(?:unication)?s hub\b", "hub"), "Communications Hub"),
    (
        Spelt(r"\b(?:PPMID|pre-?payment (?:meter )?interface(?: device)?)\b", "ppmid", "payment"),
        "Pre-Payment Interface Device",
    ),
    (
        Spelt(r"\b(?:HCALCS|auxiliary load control)\b", "hcalcs", "auxiliary"),
        "HAN Connected Auxiliary Load Control Switch",
    ),
)
"""How a mail names a type of device, and the form's name of it."""
_SHORTENED = 4
"""Characters; a hash that is quoted by its beginning has more."""
_MARKS = re.compile(r"[\s:._-]+")
_REPLY = re.compile(r"^(?:\s*(?:re|fwd?|aw|wg|tr|sv|antw|rif)\s*:)+\s*|\[[^\]]{1,40}\]", re.IGNORECASE)
"""What mail programs and gateways put before a subject."""


def check(dossier: Dossier) -> Iterator[Finding]:
    """Quote each sentence that speaks against the form, and name each value that no form holds."""
    for who, sentences, forms, by_mail in _sayings(dossier):
        against = [sentence for sentence in sentences if objects(sentence) or (by_mail and has_misgivings(sentence))]
        words = " ".join(sentences)
        is_read = is_known_language(words)
        if who == _ITSELF and is_read:
            against += [text for text in sentences if text not in against and has_unusual_words(text)]
        for sentence in against[:_MOST]:
            yield Finding(message=f"{who} says: “{_short(sentence)}”")
        for kind, value in list(dict.fromkeys(_elsewhere(dossier, sentences, forms)))[:_MOST]:
            yield Finding(message=f"{who} names the {kind} {value}, which is not on the form.", said=value)
        for name in _other_types(sentences, forms):
            yield Finding(message=f"{who} speaks of a {name}, which the form is not for.", field=FormField.DEVICE_TYPE)
        for sentence, number in forms_announced(sentences if by_mail else [], len(forms)):
            came = f"{who} speaks of {number} forms, and {len(forms)} came with it"
            yield Finding(message=f"{came}: “{_short(sentence)}”")
        if not is_read:
            yield Finding(message=f"{who} is in a language that is not read here: “{_short(words)}”")
    message = dossier.message
    yield from _passed_on(message.text if message is not None and message.text is not None else "")
    if message is not None and message.text is not None and goes_on_unread(message.text):
        yield Finding(message="The mail is longer than is read here; the rest of its own words is for a person.")
    told = message is not None and message.text is not None and message.kind == "update"
    if told and not dossier.new_entry.value(FormField.IMAGE_HASH).strip():
        yield Finding(message="The mail announces an update, and its form has no hash.", field=FormField.IMAGE_HASH)


def _passed_on(text: str) -> Iterator[Finding]:
    """What a message says that the mail forwards, and files that the mail only links to."""
    against = [sentence for sentence in forwarded_sentences(text) if objects(sentence)]
    yield from (Finding(message=f"The message that it forwards says: “{_short(words)}”") for words in against[:_MOST])
    for host in linked_shares(text):
        yield Finding(message=f"The mail links to files at {host}, and we cannot open links.")


def _sayings(dossier: Dossier) -> Iterator[tuple[str, list[str], tuple[NewEntry, ...], bool]]:
    """Who says what of which forms: the mail, messages attached to it, and papers that nobody looks at otherwise.

    The last says whether it is a mail: papers have many turns of phrase that mean nothing for the submission.
    """
    forms = dossier.entries or (dossier.new_entry,)
    if dossier.message is not None and dossier.message.text is not None:
        yield "The mail's subject", list(all_sentences(_REPLY.sub("", dossier.message.subject))), forms, True
        yield _ITSELF, list(own_sentences(dossier.message.text)), forms, True
    for document in dossier.documents:
        if document.words:
            by_mail = document.media == "message"
            split = own_sentences if by_mail else all_sentences
            yield document.name, list(split(document.words)), (*forms, *dossier.earlier), by_mail


def _other_types(sentences: list[str], forms: tuple[NewEntry, ...]) -> Iterator[str]:
    """The type of device that the words name, where no form is for it and they name that of none of them."""
    text = " ".join(sentences)
    small = in_small_letters(text)
    named = [name for words, name in _TYPES if any(words.in_(text, small))]
    stated = {entry.value(FormField.DEVICE_TYPE) for entry in forms}
    if named and stated & {name for _, name in _TYPES} and stated.isdisjoint(named):
        yield named[0]


def _elsewhere(dossier: Dossier, sentences: list[str], forms: tuple[NewEntry, ...]) -> Iterator[tuple[str, str]]:
    """Each value of a form's shape that neither a form nor a file's checksum has, with its kind."""
    on_forms = " ".join(_bare(row.value) for entry in forms for row in entry.rows)
    versions = _hardware(forms)
    checksums = {document.sha256.upper() for document in dossier.documents}
    text = "\n".join(sentences)
    hashes = [match[0] for match in _HASH.finditer(text)]
    for stated in hashes:
        if _bare(stated) not in on_forms and _bare(stated) not in checksums:
            yield "hash", " ".join(stated.split())
    rest = _HASH.sub(" ", text) if hashes else text
    yield from (
        ("firmware version", version) for version in versions_in_decimal(rest) if not decimal_in(version, on_forms)
    )
    for stated, day in ends_in_words(rest):
        if not _ends_a_cell(_bare(in_form(day)), (FormField.CPA_DATE,), forms):
            yield "expiry date", stated
    small = in_small_letters(rest)
    for kind, shape, fields in _VALUES:
        for match in shape.in_(rest, small):
            listed = versions if kind == "hardware version" else on_forms
            value = _bare(match[1])
            held = _ends_a_cell(value, fields, forms) if fields else value in listed
            if not held and not decimal_in(match[1], on_forms):
                yield kind, match[1]


def _ends_a_cell(value: str, fields: tuple[FormField, ...], forms: tuple[NewEntry, ...]) -> bool:
    """Whether one of these cells ends as the mail says, or begins so, as a hash that is cut short does."""
    cells = [_bare(entry.value(name)) for entry in forms for name in fields]
    return any(cell.endswith(value) or (len(value) > _SHORTENED and cell.startswith(value)) for cell in cells)


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
