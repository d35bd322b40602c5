"""Dossiers spoilt in every way that a rule speaks of, and all that the rules say of them.

``python -m spoilt`` in the folder of the tests writes ``rules/findings.txt`` anew; the difference, which is what
submitters would read, is then for a person to read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import cycle
from pathlib import Path

from dossiers import (
    A_HASH,
    CONTACT_EMAIL,
    CPA_DATE,
    CPA_ID,
    CPA_VERSION,
    CREATOR,
    DEVICE_TYPES,
    DISPLAY,
    DLMS_ID,
    FIELDS,
    FIR_EMAIL,
    FIRMWARE,
    GAS,
    GBCS,
    HASH,
    HUB,
    MANUFACTURER,
    MODEL,
    NUMBER,
    POST_CODE,
    RELEASE,
    REVISION,
    SINGLE,
    SMETS,
    TYPE,
    VERSION,
    ZSE_ID,
    Content,
    Kept,
    a_cpa_certificate,
    a_dlms_certificate,
    a_document,
    a_dossier,
    a_form,
    a_message,
    a_zigbee_certificate,
    certificates_for,
    judged,
    without,
)
from published_lists import a_line, beside

from rules.facts import (
    CellKind,
    ConfirmedName,
    Document,
    DocumentKind,
    Dossier,
    EvidenceFacts,
    NewEntry,
    ReadBy,
    Stated,
    Where,
)
from rules.fields import FormField
from rules.finding import Finding, Verdict
from rules.signature_facts import Coverage, Indication, SignatureFacts, Signer

FILE = Path(__file__).parent / "rules" / "findings.txt"
LONGEST = 240
FORM = a_form(SINGLE)
Case = tuple[str, Dossier]
_KEPT = (
    Kept(CellKind.NUMBER, "1"),
    Kept(CellKind.NUMBER, "0.41805555555555557", "h:mm"),
    Kept(CellKind.NUMBER, "47360", "dd/mm/yyyy"),
    Kept(CellKind.TIME, "10:02:00", "h:mm"),
    Kept(CellKind.DATE, "2029-08-30", "dd/mm/yyyy"),
    Kept(CellKind.FORMULA, "=A1", cached="10:02"),
    Kept(CellKind.FORMULA, "=A1"),
    Kept(CellKind.ERROR, "#N/A"),
    Kept(CellKind.BOOLEAN, "TRUE"),
)
_TEXTS = (
    "106C", "0x10:0x6c", "10:6\N{CYRILLIC CAPITAL LETTER ES}", " 10:6C", "10:6C\n", "FF:FF", "FF:C0",
    "1O:6C", "30 August 2028", "31/11/2028", "[e] 1433053936", "none", "PPMID", "smets v4.3", "CTT 3.0",
    "\N{LATIN SMALL LETTER E WITH ACUTE}" * 300, "n\N{ZERO WIDTH SPACE}n ", "a at b, c@d.example", "[E] ", "x y",
)  # fmt: skip
_ZIGBEE_STATES = {
    "Type of Device": (GAS, "Meter", None),
    "Manufacturer": ("10:6D", "Example", None),
    "Model Identification": ("43:32", "EX100", None),
    "Hardware Version": ("0A_AD", "0B_AC", "1.2", "10.172", None),
    "Firmware Version": ("12:03:12:35", "12.3", "12.3 (Stack 1.2.3.4)", "18.3.18.52", "a name", None),
    "Certification Date": ("1 March 2033", "soon", None),
    "Expiry Date": ("14 March 2025", "12/11/2026", "March 25"),
    "Certification ID Number": ("ZIG23001ZSE13201-24", "ZIG23001ZSE13200-24 and another", "zig23001zse13200-24", None),
}
_CPA_STATES = {
    "Certificate Identification Number": ("1433053936-9002", "9001", "ESME1433053936-9001", "the number", None),
    "Device Type": (GAS, "Meter", None),
    "Manufacturer": ("10:6D", None),
    "Model": ("43:32", "EX100", None),
    "Hardware Version": ("0A_AD", "0B_AC", "1.2", None),
    "Firmware Version": ("12:03:12:35", "12.3", None),
    "Security Characteristics": ("1.2", "latest", "1.3.1", None),
    "Issue Date": ("30/08/2032", "soon", None),
    "Expiry Date": ("31/08/2028", "never", None),
}
_DLMS_STATES = {
    "Certificate Identification Number": ("2722", "No. 2721 of 2023", None),
    "Device Type": (GAS, "Electricity meter"),
    "Manufacturer": ("Another Works GmbH", "10:6D", "Limited", None),
    "Type": ("EX100", "EX100 43:31", None),
    "Firmware Version": ("12:03:12:35", "12.3", None),
    "CTT Version": ("4.1", "4.2.1", "latest", None),
    "Date of Issue": ("1 March 2033", None),
}


def cases() -> Iterator[Case]:
    """Each dossier with a name of its own."""
    yield from _fields()
    yield from _forms()
    yield from _papers()
    yield from _words_of_mails()
    yield from _reuse()
    yield from _signatures()
    yield from _lists()


def _form(name: str, device_type: str, changes: dict[str, Content], *, smets1: bool = False) -> Case:
    good = a_form(device_type, smets1=smets1)
    return name, a_dossier(a_form(device_type, changes, smets1=smets1), certificates_for(good))


def _fields() -> Iterator[Case]:
    """Each field empty, too full, in several wrong texts, and holding anything but text."""
    texts, kept = cycle(_TEXTS), cycle(_KEPT)
    for name in FIELDS:
        yield _form(f"{name} empty", SINGLE, {name: ""})
        for text in (next(texts), next(texts), next(texts)):
            yield _form(f"{name} says {text[:20]!a}", SINGLE, {name: text})
        for cell in (next(kept), next(kept)):
            yield _form(f"{name} keeps {cell.kind} {cell.value} {cell.cached}", SINGLE, {name: cell})
    for name in (HASH, CREATOR, MODEL, MANUFACTURER, FIRMWARE, CPA_DATE, CPA_ID, POST_CODE, CONTACT_EMAIL, FIR_EMAIL):
        for text in _TEXTS:
            yield _form(f"{name} has {text[:20]!a}", GAS, {name: text})
    for text in ("Withdrawn owing to a metering fault.", "Test build; do not deploy.", "TBC"):
        yield _form(f"{RELEASE} takes back {text[:20]!a}", GAS, {RELEASE: text})
    for device_type in DEVICE_TYPES:
        yield _form(f"{device_type} saying all", device_type, dict.fromkeys(FIELDS[10:], "x"))
        yield _form(f"{device_type} of SMETS1 saying all", device_type, dict.fromkeys(FIELDS[10:], "x"), smets1=True)
        yield _form(f"{device_type} with versions that do not fit", device_type, {SMETS: "SMETS V4.2"})
        yield _form(f"{device_type} with another GBCS", device_type, {GBCS: "GBCS Version 2.0"})
        yield _form(f"{device_type} with neither", device_type, {SMETS: "CHTS V1.0", GBCS: "GBCS Version 0.0"})
        relevant = "Not Relevant" if device_type != DISPLAY else "Security Characteristics version 1.3"
        yield _form(f"{device_type}, {relevant}", device_type, {CPA_VERSION: relevant})
        yield _form(f"{device_type} without any type", device_type, {TYPE: "meter"})


def _forms() -> Iterator[Case]:
    """What befalls rows, sheets, days and documents of the form."""
    for name in (TYPE, FIRMWARE, HASH, ZSE_ID):
        rows = FORM.rows
        hidden = tuple(replace(row, hidden=True, merged=True) if row.field == name else row for row in rows)
        yield f"{name} hidden and merged", a_dossier(replace(FORM, rows=hidden))
        yield f"{name} twice", a_dossier(replace(FORM, rows=(*rows, FORM.row(FormField(name)) or rows[0])))
        yield f"{name} missing", a_dossier(without(FORM, name), certificates_for(FORM))
    more = replace(FORM.rows[5], group="Device_Model", attribute="battery_life", value="10")
    yield "a row more", a_dossier(replace(FORM, rows=(*FORM.rows, more)))
    yield "two forms and a hidden sheet", a_dossier(replace(FORM, other_forms=("Second",), very_hidden_sheets=("X",)))
    yield "no known edition", a_dossier(replace(FORM, rows=FORM.rows[:3]))
    yield "an unreadable form", a_dossier(NewEntry("form.xlsx", trouble="It breaks off."), ())
    yield "no form", replace(a_dossier(), entries=(), documents=())
    for text in (
        "2017-11-30T00",
        "2022-07-31T00",
        "2028-08-30T22:59",
        "2028-08-30T23",
        "2022-08-29T00",
        "2022-08-30T00",
    ):
        day = datetime.fromisoformat(f"{text}+00:00")
        yield f"judged on {day:%d/%m/%Y %H:%M}", a_dossier(FORM, judged_at=day)
    for number in ("000123", "000000", "123"):
        for kind in (None, "submission", "update", "unclear"):
            for image in ({}, {CREATOR: "Example Meters Ltd", HASH: A_HASH}):
                message = a_message(kind) if kind else None
                form = a_form(SINGLE, {NUMBER: number, **image})
                yield f"{number}, {kind}, {'image' if image else 'none'}", a_dossier(form, message=message)


def _papers() -> Iterator[Case]:
    """Certificates that state something else, cannot be read, are missing or too many."""
    zigbee, cpa, dlms = certificates_for(FORM)
    makers: tuple[tuple[Callable[..., Document], dict[str, tuple[str | None, ...]]], ...] = (
        (a_zigbee_certificate, _ZIGBEE_STATES),
        (a_cpa_certificate, _CPA_STATES),
        (a_dlms_certificate, _DLMS_STATES),
    )
    for make, states in makers:
        good = make(FORM)
        others = [document for document in (zigbee, cpa, dlms) if document.name != good.name]
        for label, values in states.items():
            for value in values:
                yield f"{good.name}: {label} is {value}", a_dossier(FORM, [make(FORM, {label: value}), *others])
        another = make(a_form(SINGLE, {FIRMWARE: "01:00:00:00", ZSE_ID: "ZIG1", CPA_ID: "[E] 1111", DLMS_ID: "1111"}), name=f"b-{good.name}")  # fmt: skip  # noqa: E501  # one thought
        third = make(a_form(SINGLE, {FIRMWARE: "02:00:00:00", ZSE_ID: "ZIG2", CPA_ID: "[E] 2222", DLMS_ID: "2222"}), name=f"a-{good.name}")  # fmt: skip  # noqa: E501  # one thought
        yield f"{good.name} missing", a_dossier(FORM, others)
        yield f"{good.name} and another", a_dossier(FORM, [good, another, *others])
        yield f"two others than {good.name}", a_dossier(FORM, [another, third, *others])
        yield f"{good.name} a picture", a_dossier(FORM, [replace(good, read_by=ReadBy.OCR), *others])
        unreadable = a_document(good.name, DocumentKind.UNREADABLE, trouble="It breaks off.")
        yield f"{good.name} unreadable", a_dossier(FORM, [unreadable, *others])
    odd = a_document("odd.pdf", DocumentKind.OTHER, notes=("A label is printed twice.",))
    yield "something odd beside", a_dossier(FORM, [zigbee, cpa, dlms, odd])
    yield "an unplaced document alone", a_dossier(FORM, [odd])
    renewed = a_cpa_certificate(FORM, {"Expiry Date": None, "Renewal Date": "30/08/2028"})
    yield "[E] beside a renewal", a_dossier(FORM, [zigbee, renewed, dlms])
    lifetime = a_form(SINGLE, {CPA_ID: "[R] NCSC-1433053936-9001", CPA_DATE: "30/08/2040"})
    yield "[R] beside an expiry", a_dossier(lifetime, [zigbee, a_cpa_certificate(FORM), dlms])
    yield "[R] in order", a_dossier(lifetime)
    hub = a_form(HUB)
    old = {"Firmware Version": "01:00:00:00"}
    yield "a hub under an old certificate", a_dossier(hub, [a_zigbee_certificate(hub), a_cpa_certificate(hub, old)])


def _words_of_mails() -> Iterator[Case]:
    for text in (
        "Please do not process this.",
        "The certificate attached is the old one.",
        "The firmware is 12:03:12:35.",
        "Please find the form attached.",
    ):
        yield f"mail says: {text}", a_dossier(FORM, message=replace(a_message(), text=text))


def _reuse() -> Iterator[Case]:
    """A certificate used again, with evidence of every completeness."""
    _, cpa, dlms = certificates_for(FORM)
    where = Where("note.pdf", page=1)
    module, none = Stated("ZM-4", where), Stated("nothing has changed", where)
    ids = (Stated("ZIG23001ZSE13200-24", where), Stated("ZIG1", where))
    versions = (Stated("12:03:12:34", where), Stated("1.2", where))
    facts = {
        "whole": EvidenceFacts(module, ids[:1], none, versions[:1]),
        "empty": EvidenceFacts(),
        "another": EvidenceFacts(module, ids, none, versions[1:]),
        "without module": EvidenceFacts(None, ids[:1], none),
        "without number": EvidenceFacts(module, (), none),
        "without statement": EvidenceFacts(module, ids[:1]),
    }
    used = a_zigbee_certificate(FORM, {"Firmware Version": "01:00:00:00", "Model Identification": "00:01"})
    for name, stated in facts.items():
        for read_by in (ReadBy.TEXT, ReadBy.OCR):
            note = a_document("note.pdf", DocumentKind.RELEASE_NOTE, evidence=stated, read_by=read_by)
            yield f"used again, evidence {name}, {read_by}", a_dossier(FORM, [used, cpa, dlms, note])
    two = [
        a_document("note.pdf", DocumentKind.RELEASE_NOTE, evidence=EvidenceFacts(module, (), none)),
        a_document("letter.pdf", DocumentKind.EVIDENCE, evidence=EvidenceFacts(None, ids[:1])),
    ]
    yield "used again, evidence in two", a_dossier(FORM, [used, cpa, dlms, *two])
    other = replace(two[1], evidence=EvidenceFacts(Stated("ZM-5", where), ids[:1]))
    yield "used again, two modules", a_dossier(FORM, [used, cpa, dlms, two[0], other])
    yield "used again, unsearched", a_dossier(FORM, [used, cpa, dlms, a_document("n.pdf", DocumentKind.RELEASE_NOTE)])


def _signatures() -> Iterator[Case]:
    """Signatures of every kind on the workbook, the mail and the other documents."""
    image = a_form(SINGLE, {CREATOR: "Example Meters Ltd", HASH: A_HASH})
    good = SignatureFacts("opc", coverage=Coverage.ENTIRE, indication=Indication.TOTAL_PASSED)
    some = {
        "none": (),
        "good": (good,),
        "failed": (replace(good, indication=Indication.TOTAL_FAILED, sub_indication="HASH_FAILURE"),),
        "failed why": (
            replace(good, indication=Indication.TOTAL_FAILED, reasons=("HASH_FAILURE: It was changed.", "By hand.")),
        ),
        "unsettled": (replace(good, indication=Indication.INDETERMINATE, reasons=("TRY_LATER: There is no anchor.",)),),
        "partial": (replace(good, coverage=Coverage.PARTIAL, uncovered=("xl/media", "docProps")),),
        "unclear": (replace(good, coverage=Coverage.UNCLEAR),),
    }
    for name, signatures in some.items():
        yield f"workbook signed: {name}", a_dossier(image, signatures=signatures)
        yield f"no image, workbook signed: {name}", a_dossier(FORM, signatures=signatures)
        papers = [replace(document, signatures=signatures) for document in certificates_for(FORM)]
        yield f"certificates signed: {name}", a_dossier(FORM, papers)
        yield f"mail signed: {name}", a_dossier(image, message=a_message(signatures=signatures))
    yield from _signers(good, a_form(SINGLE, {CREATOR: "Example Meters Ltd", HASH: A_HASH}))


def _signers(good: SignatureFacts, image: NewEntry) -> Iterator[Case]:
    """Signers of the creator's name, of one like it, of none, and of one that was confirmed."""
    own, other = "Example Meters Ltd", "Other Ltd"
    alike = own.replace("a", "\N{CYRILLIC SMALL LETTER A}")
    confirmed = (ConfirmedName(own, other),)
    for organisations in ((), (own,), (own.upper(),), (alike,), (other,), (own, other)):
        only = organisations[0] if len(organisations) == 1 else None
        signer = Signer(organisation=only, common_name="Ada Byron", subject="CN=Ada", organisations=organisations)
        signed = a_dossier(image, signatures=(replace(good, signer=signer),))
        yield f"signed by {', '.join(organisations) or 'a person'}", signed
        yield f"signed by {organisations}, other name confirmed", replace(signed, confirmed_names=confirmed)


def _lists() -> Iterator[Case]:
    """The published list beside the form."""
    image = {CREATOR: "Example Meters Ltd", HASH: A_HASH}
    changes: tuple[dict[str, str], ...] = (
        {}, {SMETS: "SMETS V4.2"}, {FIRMWARE: "01:00:00:00"}, {MANUFACTURER: "10:6D"}, {CPA_ID: "[E] 1111"},
        {CREATOR: "Another Works GmbH"}, {CREATOR: "Another", HASH: "0" * 64}, {VERSION: "0B", REVISION: "00"},
    )  # fmt: skip
    for number, change in enumerate(changes):
        line = a_line(FORM, changes=change)
        for kind in (None, "submission", "update"):
            quoted = {NUMBER: "000123"} if kind == "update" else {}
            yield f"list {number} beside {kind}", beside(FORM, line, kind=kind)
            yield f"list {number} beside an image, {kind}", beside(a_form(SINGLE, image), line, kind=kind)
            quoting = a_form(SINGLE, {**image, **quoted})
            yield f"list {number} beside a quoting image, {kind}", beside(quoting, line, kind=kind)


def said(dossier: Dossier) -> list[str]:
    """All that the rules say of the dossier's entry: a finding a line, and the rules that neither speak nor pass."""
    rulings = judged(dossier).rulings
    lines = [f"{ruling.verdict} {ruling.rule}: {_words(finding)}" for ruling in rulings for finding in ruling.findings]
    silent = [ruling for ruling in rulings if not ruling.findings and ruling.verdict is not Verdict.PASS]
    return [*lines, f"without words: {', '.join(f'{ruling.rule} {ruling.verdict}' for ruling in silent)}"]


def mark(line: str) -> str:
    """A short name of a line, by its words."""
    return hashlib.sha256(line.encode()).hexdigest()[:8]


def pinned() -> dict[str, list[str]]:
    """By dossier, the marks of what was said when the file was written."""
    lines = FILE.read_text("utf-8").splitlines()
    return {name: marks.split() for name, _, marks in (line.rpartition(" => ") for line in lines if " => " in line)}


def _words(finding: Finding) -> str:
    told = (finding.said, finding.expected, finding.suggestion)
    said, expected, meant = (None if one is None else _short(one) for one in told)
    return (
        f"{'? ' if finding.unknown else ''}{_short(finding.message)} | {finding.field} | {finding.where}"
        f" | said {said} | expected {expected} | meant {meant}"
    )


def _short(text: str) -> str:
    """The text on one line, a very long one cut."""
    plain = ascii(text)[1:-1]
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}... of {len(plain)}"


def main() -> None:
    """Write what the rules say now: every line once under its mark, then the dossiers."""
    told = {name: said(dossier) for name, dossier in cases()}
    lines = sorted({line for lines in told.values() for line in lines})
    words = "".join(f"{mark(line)} {line}\n" for line in lines)
    dossiers = "".join(f"{name} => {' '.join(map(mark, lines))}\n" for name, lines in told.items())
    FILE.write_text(f"{words}\n{dossiers}", "utf-8")


if __name__ == "__main__":
    main()
