"""Comparing what the form says with what a certificate states under a label."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from rules.days import form_date, in_form, stated_date
from rules.device import text_of
from rules.encodings import Candidate, speaks_of_others
from rules.facts import AssuranceCertificate, DocumentKind, Dossier, ReadBy, Stated, Where, folded
from rules.fields import NUMBER_FIELDS, FormField, Label
from rules.finding import Counterpart, Finding, Topic
from rules.reference import reference
from rules.text import shown, trimmed


class Agreement(StrEnum):
    """The result of comparing two values."""

    SAME = "same"
    DIFFERENT = "different"
    POSSIBLE = "possible"
    """The form's value is one of several that the certificate's words may stand for."""
    UNCLEAR = "unclear"
    """Only a person can tell."""


_WHICH_ROW = "Tell us where that is in what you sent, and which row or line of it is this device."
_HOW = (
    "Tell us why the certificate's wording and the value on the form mean the same, or correct the one that is wrong."
)
_TELL = "Tell us whether both mean the same, and correct the one that is wrong."
_REFERS = re.compile(
    r"\b(?:annex|appendix|attach(?:ed|ment)|below|enclosed|enclosure|list|overleaf|page|schedule|see|table)\b",
    re.IGNORECASE,
)
_HARDWARE = FormField.HARDWARE_VERSION.rpartition(".")[0]
_WHOLE = dict.fromkeys((FormField.HARDWARE_VERSION, FormField.HARDWARE_REVISION), _HARDWARE)
"""Two fields of the form that certificates state as one."""
_NAMES = {
    DocumentKind.ZIGBEE_CERTIFICATE: "ZigBee certificate",
    DocumentKind.CPA_CERTIFICATE: "CPA certificate",
    DocumentKind.DLMS_CERTIFICATE: "DLMS certificate",
}


class Doubt(StrEnum):
    """Why only a person can tell."""

    WORDING = "wording"
    """The two are worded so differently that neither yes nor no is certain."""
    UNREAD = "unread"
    """Nothing could be read under the certificate's label."""
    NO_TEXT = "no text"
    """The form's cell holds no text, or none of the field's shape."""
    PICTURE = "picture"
    """The certificate is a picture; what a machine recognised in it is not compared."""
    NO_VALUE = "no value"
    """The certificate has words from which no value follows."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An agreement and its basis."""

    agreement: Agreement
    readings: tuple[Candidate, ...] = ()
    """What the certificate's words may stand for."""
    coding: Candidate | None = None
    """The reading that is the form's value, whose coding is thereby assumed."""
    doubt: Doubt = Doubt.WORDING
    """Why it is unclear, where it is."""
    remark: str = ""
    """What else is to be said of it, in a sentence."""
    remedy: str = ""
    """What to do about it, where that is not the rule's own advice."""


Compare = Callable[[str, str], Agreement | Answer]
"""From the form's text and the certificate's, to a plain agreement or one with its reasons."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field of the form beside one label of a certificate."""

    field: FormField
    label: Label
    certificate: AssuranceCertificate
    said: str
    """What the form's cell holds."""
    where: Where | None
    """The form's cell."""
    stated: Stated | None
    answer: Answer

    @property
    def agreement(self) -> Agreement:
        """Give the result of the comparison."""
        return self.answer.agreement

    def finding(self) -> Finding:
        """Build the finding of the comparison, with both values, both places and every reading."""
        unclear = self.agreement is not Agreement.DIFFERENT
        told = self._told()
        return replace(
            told,
            field=self.field,
            where=self.where,
            said=shown(self.said),
            expected=self._expected(),
            unknown=unclear,
            against=Counterpart(self.certificate.kind, self.label, self.stated) if self.stated else None,
            rests_on=tuple(dict.fromkeys((*told.rests_on, *self._named_by(), *((self.field,) if unclear else ())))),
        )

    def _told(self) -> Finding:
        """The sentences alone."""
        if self.agreement is Agreement.DIFFERENT:
            return self._different()
        if self.agreement is Agreement.POSSIBLE:
            return self._possible()
        return {
            Doubt.WORDING: self._worded,
            Doubt.UNREAD: self._unread,
            Doubt.NO_TEXT: self._no_text,
            Doubt.PICTURE: self._picture,
            Doubt.NO_VALUE: self._no_value,
        }[self.answer.doubt]()

    def _different(self) -> Finding:
        item = f"{self._name}{f' (whose value could be read as {self._values})' if self.answer.readings else ''}"
        topic = Topic(f"{_WHOLE.get(self.field, self.field)} is not the same on the form and on the ", ".")
        remedy = (
            "Correct the device type, or send the certificate of this device."
            if self.field == FormField.DEVICE_TYPE
            else ""
        )
        short = f"{topic.before}{item}{topic.after}"
        message = self._with_values(short.replace(self._values, self._readings) if self.answer.readings else short)
        return Finding(message, short=short, topic=topic, item=item, remedy=remedy)

    def _possible(self) -> Finding:
        assumed = f" The form assumes this coding: {self.answer.coding.coding}." if self.answer.coding else ""
        unsettled = f"The {self._name} does not settle {self.field}: what it says could be read as "
        message = self._with_values(f"{unsettled}{self._readings}.{assumed}")
        return Finding(message, short=f"{unsettled}{self._values}.{assumed}")

    def _worded(self) -> Finding:
        remark = (
            self.answer.remark or f"We cannot tell whether {self.field} is the same on the form and the {self._name}."
        )
        return Finding(self._with_values(remark), short=remark, remedy=self.answer.remedy or _TELL)

    def _unread(self) -> Finding:
        name = self.certificate.document
        topic = Topic(f"We could not read these on {name}, as they are not there, or covered, or crossed out: ", ".")
        return Finding(
            f"We could not read '{self.label}' on {name}, as it is not there, or covered, or crossed out.",
            topic=topic,
            item=f"'{self.label}'",
            rests_on=(name,),
            remedy="Send the certificate with these values in plain print, or tell us where on it they stand.",
        )

    def _no_text(self) -> Finding:
        short = f"{self.field} cannot be compared with the {self._name} before the form's cell is right."
        topic = Topic(f"{self.field} cannot be compared with certificates before the form's cell is right.")
        return Finding(self._with_values(short), short=short, topic=topic, rests_on=(self.field,), waits=True)

    def _picture(self) -> Finding:
        name = self.certificate.document
        return Finding(
            self._with_values(f"{self.field} must be compared by eye, as {name} is a picture."),
            topic=Topic(f"{name} is a picture, so that these must be compared by eye: ", "."),
            item=f"'{self.label}'",
            rests_on=(name,),
            remedy="Send the certificate as the PDF file that was issued, with text.",
        )

    def _no_value(self) -> Finding:
        form_value = shown(self.stated.value) if self.stated else ""
        topic = Topic(f"{self.certificate.document} says '{form_value}' for ", ".")
        refers = _REFERS.search(form_value) is not None
        short = f"{topic.before}'{self.label}'{topic.after}"
        return Finding(
            f"{short} No value of {self.field} follows from that.",
            short=short,
            topic=topic,
            item=f"'{self.label}'",
            remedy=_WHICH_ROW if refers else _HOW,
        )

    @property
    def _name(self) -> str:
        return _NAMES.get(self.certificate.kind, "certificate")

    @property
    def _readings(self) -> str:
        return " or ".join(str(reading) for reading in self.answer.readings)

    @property
    def _values(self) -> str:
        """What the words may stand for, without the codings."""
        *others, last = dict.fromkeys(reading.value for reading in self.answer.readings)
        return f"{', '.join(others)} or {last}" if others else last

    def _with_values(self, sentence: str) -> str:
        """The sentence for readers who see no values beside it."""
        stated = f"'{shown(self.stated.value)}' ({self.stated.where})" if self.stated else "nothing"
        return f"{sentence} The form says '{shown(self.said)}', the certificate {stated}."

    def _named_by(self) -> tuple[str, ...]:
        """The field by whose number the form names the certificate: a wrong one brings other values with it."""
        number = NUMBER_FIELDS.get(self.certificate.kind)
        return (number,) if number is not None and number != self.field else ()

    def _expected(self) -> str | None:
        if self.answer.readings:
            return " or ".join(reading.value for reading in self.answer.readings)
        if self.stated is None or self.answer.doubt is Doubt.NO_VALUE:
            return None
        return shown(self.stated.value)


def comparison(
    dossier: Dossier, certificate: AssuranceCertificate, field: FormField, label: Label, compare: Compare
) -> Comparison:
    """Compare a field with a label; unclear where either cannot be read as printed text."""
    row, stated = dossier.new_entry.row(field), certificate.stated(label)
    return Comparison(
        field=field,
        label=label,
        certificate=certificate,
        said=row.value if row else "",
        where=row.where if row else None,
        stated=stated,
        answer=_answer(dossier, certificate, field, stated, compare),
    )


def _answer(
    dossier: Dossier, certificate: AssuranceCertificate, field: FormField, stated: Stated | None, compare: Compare
) -> Answer:
    form_value = text_of(dossier.new_entry, field)
    if stated is None:
        return _unclear(Doubt.UNREAD)
    if not form_value:
        return _unclear(Doubt.NO_TEXT)
    if not printed(dossier, certificate, stated):
        return _unclear(Doubt.PICTURE)
    answer = compare(form_value, trimmed(stated.value))
    return Answer(answer) if isinstance(answer, Agreement) else answer


def _unclear(doubt: Doubt) -> Answer:
    return Answer(Agreement.UNCLEAR, doubt=doubt)


def complaints(comparisons: Iterable[Comparison]) -> Iterator[Finding]:
    """Yield a finding for each comparison whose values do not agree."""
    return (result.finding() for result in comparisons if result.agreement is not Agreement.SAME)


def printed(dossier: Dossier, certificate: AssuranceCertificate, stated: Stated | None = None) -> bool:
    """Tell whether the certificate's text was printed, or a person read what it states; OCR text is never compared."""
    if stated is not None and stated.corrected is not None:
        return True
    read_bies = (document.read_by for document in dossier.documents if document.certificate is certificate)
    return next(read_bies, ReadBy.NONE) is ReadBy.TEXT


def same_if(equal: bool) -> Agreement:  # noqa: FBT001  # the one thing it is about
    """Convert a boolean to an agreement."""
    return Agreement.SAME if equal else Agreement.DIFFERENT


def day(form_value: str, stated: str) -> Agreement | Answer:
    """Compare the form's ``dd/mm/yyyy`` with a day as certificates write it."""
    form_side, other = form_date(form_value), stated_date(stated)
    if form_side is None:
        return _unclear(Doubt.NO_TEXT)
    return _day_read_as(stated) if other is None else same_if(form_side == other)


def _day_read_as(stated: str) -> Answer:
    """What a day that certificates should not write so most likely is; only shown, never compared."""
    match = _SHORT_YEAR.fullmatch(stated)
    day = stated_date(f"{match[1]}20{match[2]}") if match else None
    if day is None:
        return Answer(
            Agreement.UNCLEAR, remark="We cannot read the certificate's date.", remedy="Tell us which day it is."
        )
    remark = f"The certificate writes its date as '{shown(stated)}', which we read as {in_form(day)}."
    return Answer(Agreement.UNCLEAR, remark=remark, remedy="Please confirm the day.")


_SHORT_YEAR = re.compile(r"([0-9]{1,2}[/. -][0-9]{1,2}[/. -])([0-9]{2})")


def device_type(form_value: str, stated: str) -> Agreement | Answer:
    """Compare device types: the same, clearly another of the list, or unclear."""
    parts = [part for part in re.split(r"[()]", stated) if part.strip()]
    named = [_types_named(part) for part in parts]
    meant = frozenset.intersection(*named) if named else frozenset()
    if form_value not in reference().device_types:
        return _unclear(Doubt.NO_TEXT)
    return Agreement.UNCLEAR if len(meant) != 1 else same_if(meant == {form_value})


def _types_named(words: str) -> frozenset[str]:
    """The types that a name or an abbreviation stands for; `ESME` stands for three, of which a bracket says which."""
    reference_data, wanted = reference(), _closed(words)
    for name in reference_data.device_types:
        if _closed(name) == wanted:
            return frozenset({name})
    alias = next((name for other, name in reference_data.aliases.items() if _closed(other) == wanted), None)
    if alias is not None:
        return frozenset({alias})
    return frozenset(
        type_ for name, types in reference_data.families.items() if _closed(name) == wanted for type_ in types
    )


def _closed(words: str) -> str:
    """A name as one word: `Single-Element` and `Prepayment` are spelt either way."""
    return re.sub(r"[\s-]", "", folded(words))


_VERSION = re.compile(r"(?<![0-9.])[0-9]+\.[0-9]+(?:\.[0-9]+)*(?![0-9])")

_SUFFIX = re.compile(r"\.[0-9]+(?:[A-Za-z]|-[A-Za-z0-9]|[+*])")
"""Behind a number what makes it another one: `4.2a`, `4.2-beta`, `4.2+`."""


def version_number(form_value: str, stated: str) -> Agreement:
    """Compare the one version number in each text; none, several, or a longer form of one are unclear, `4.20` too.

    So are versions that differ in noughts alone, as `4.02` and `04.20` do from `4.2`.
    """
    form_side, other = _VERSION.findall(form_value), _VERSION.findall(stated)
    if len(form_side) != 1 or len(other) != 1 or _SUFFIX.search(stated) or speaks_of_others(stated):
        return Agreement.UNCLEAR
    if form_side != other and (form_side[0].startswith(f"{other[0]}.") or other[0].startswith(f"{form_side[0]}.")):
        return Agreement.UNCLEAR
    if form_side != other and _padded(form_side[0]) == _padded(other[0]):
        return Agreement.UNCLEAR
    return same_if(form_side == other)


def _padded(version: str) -> str:
    """A version without noughts around its numbers: `4.20` is another one than `4.2`, or the same written otherwise."""
    first, *rest = version.split(".")
    return ".".join((first.lstrip("0"), *(part.strip("0") for part in rest)))
