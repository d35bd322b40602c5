"""What a reader of the sheet or of the mail sees beside the values: remarks, looks, styles of other programs, words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from io import BytesIO

from corpus.labelled.books import changed, row_of
from corpus.labelled.case import Case, spoilt
from corpus.labelled.faultless import (
    CREATOR,
    FIRMWARE,
    FORM,
    HASH,
    LATEST,
    MANUFACTURER,
    MODEL,
    SMETS,
    TYPE,
    ZSE_ID,
    Device,
    every_device,
)
from corpus.labelled.spread import thinned
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from intake.demo.forms import SHEET_NAME
from intake.demo.repack import repack
from rules.completeness.mail_says import RULE as MAIL_SAYS_RULE
from rules.finding import Outcome

PERSON = Outcome.NEEDS_A_PERSON
MAIL_SAYS = MAIL_SAYS_RULE.id
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_FIELDS = (FIRMWARE, MODEL, MANUFACTURER, ZSE_ID, TYPE, SMETS)
"""Those that every device fills in."""

_REMARKS = ("Not final", "to be confirmed", "see my e-mail", "old value?", "TBC by test house", "on hold")
_IN_LABELS = "To be replaced before it is published"
_LOOKS: dict[str, Font] = {
    "struck through": Font(strike=True),
    "white": Font(color="FFFFFFFF"),
    "tiny": Font(sz=1),
    "in symbols": Font(name="Wingdings"),
    "raised": Font(vertAlign="superscript"),
}
_PLAIN_LOOKS: dict[str, Font] = {
    "bold": Font(b=True),
    "in dark red": Font(color="FFC00000"),
    "underlined": Font(u="single"),
    "in another face": Font(name="Courier New", sz=9),
}
_PLACES = ("H{row}", "J{row}", "B60", "G70", "A65", "C{row}")
_PARTS = ("<strike/>", '<vertAlign val="superscript"/>', '<sz val="1"/>', '<color rgb="FFFFFFFF"/>')
_STYLES = "xl/styles.xml"
_TYPES = "[Content_Types].xml"
_ODD: dict[str, tuple[str, str, str]] = {
    "an empty fill": (_STYLES, "</fills>", "<fill/></fills>"),
    "a colour with a hash": (
        _STYLES, "</fonts>", '<font><color rgb="#FF0000"/><sz val="11"/></font></fonts>',
    ),
    "extensions of another program": (
        _STYLES, "</styleSheet>", '<extLst><ext uri="x"><w:y xmlns:w="wps"/></ext></extLst></styleSheet>',
    ),
    "an unknown pattern": (_STYLES, "</fills>", '<fill><patternFill patternType="wavy"/></fill></fills>'),
    "a border without sides": (_STYLES, "</borders>", "<border><middle/></border></borders>"),
    "a named style without its own": (_STYLES, "</cellStyles>", '<cellStyle name="Odd" xfId="99"/></cellStyles>'),
    "SheetJS's default types": (
        _TYPES,
        "</Types>",
        '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
    ),
    "a type for pictures that it has not": (
        _TYPES, "</Types>", '<Default Extension="png" ContentType="image/png"/></Types>',
    ),
}  # fmt: skip

_AGAINST = (
    "Please do not process this form yet.", "Please hold this submission.", "The certificate attached is the old one.",
    "The form is not final.", "Please ignore the form, a new one will follow.", "This one is on hold until Monday.",
    "We attached the wrong certificate.", "Attached is a draft of our submission.",
    "Please park this one for now.", "The certificate is still with the lab.", "This is a test.",
    "Is the hardware version right?", "Please publish only after we confirm.", "Part 1 of 2.",
    "The Dual Band variant is not covered.", "Bitte noch nicht bearbeiten.", "Das Zertifikat im Anhang ist das alte.",
    "Merci de ne pas traiter cette demande.", "Le certificat joint est l'ancien.", "Si prega di attendere.",
    "Por favor no procesen esta solicitud.", "Nog niet publiceren.", "Proszę jeszcze nie przetwarzać.",
    "请暂时不要处理。", "まだ処理しないでください。", "아직 처리하지 마세요.",
    "Prosím, tuto žádost zatím nezpracovávejte.", "We have spotted a problem with the firmware.",
    "Our engineers found that the hash is of the debug build.", "The CPA certificate is about to expire.",
    "The ZigBee certificate belongs to the previous hardware.", "I am not authorised to submit this.",
    "Kindly note the firmware was rebuilt yesterday.", "Sample data enclosed.", "Work in progress!",
    "Kindly refrain from adding this to the list for now.",
    "The hardware version in the sheet ought to read otherwise.",
    "We have found that the image behind this hash is corrupt.", "Please roll this back.",
    "Not all variants are covered by the certificate.", "Please do without the CPA certificate for now.",
)  # fmt: skip
_ELSEWHERE = (
    "The device runs firmware 7E:7E:7E:7E.", "Hardware version 7E:7D.", "This belongs to entry 000999.",
    "The certificate is ZIG29999ZSE19999-24.", "The model is 7E:7D.", "It runs GBCS 9.9.", "DLMS certificate 9998.",
    "The certificate expires on 01/01/2039.", "The hardware revision on the certificate is 7E.",
)  # fmt: skip
_FRIENDLY = (
    "Please find attached our submission.\n\nRegards,\nRobin Hale",
    "Dear colleagues,\n\nattached are the form and its certificates. Please come back to us with any question.",
    "Hello,\nplease process the attached form.\n\nThis e-mail is confidential. If it is not for you, do not use it.",
    "Good morning,\n\nas agreed by telephone.\n\n> Please do not send the form before it is signed.",
    "Guten Tag,\n\nanbei das Formular und die Zertifikate.\n\nMit freundlichen Grüßen\nRobin Hale",
    "Bonjour,\n\nveuillez trouver ci-joint le formulaire et les certificats.\n\nCordialement",
    "您好, 附件是申请表和证书。谢谢。",
    "Hello,\n\nplease list the attached device. Do not hesitate to call me about it.\nThe older entry stays listed.",
    "Dear SECAS,\n\nwould it be possible to have this listed by Friday? No changes were made to the hardware.",
)


def faults_of_form_looks(edition: str) -> Iterator[Case]:
    """Every fault of these kinds; each is for a person."""
    yield from thinned(edition, _faults(edition))


def valid_form_looks(edition: str) -> Iterator[Case]:
    """What looks like one of these faults and is none."""
    yield from thinned(edition, _right(edition))


def _faults(edition: str) -> Iterator[Case]:
    for turn, device in enumerate(every_device(edition)):
        for step, name in enumerate(_FIELDS):
            at = turn + step
            remark = _REMARKS[at % len(_REMARKS)]
            if step % 2:
                yield _sent(device, f"{name} commented '{remark}'", _commented(device, name, remark), name)
                place = _PLACES[at % len(_PLACES)].format(row=row_of(edition, name))
                words = _IN_LABELS if place.startswith("C") else remark
                beside = _altered(device, name, partial(_write, at=place, text=words))
                yield _sent(device, f"'{words}' in {place}", beside, SHEET_NAME)
            else:
                done = list(_LOOKS)[at % len(_LOOKS)]
                yield _sent(device, f"{name} {done}", _in_font(device, name, _LOOKS[done]), name)
                part = _PARTS[at % len(_PARTS)]
                yield _sent(device, f"a part of {name} with {part}", _in_part(device, name, part), name)
        yield from _words(device)


def _right(edition: str) -> Iterator[Case]:
    for turn, device in enumerate(every_device(edition)):
        for step, name in enumerate(_FIELDS[:3]):
            done = list(_PLAIN_LOOKS)[(turn + step) % len(_PLAIN_LOOKS)]
            yield _sent(device, f"{name} {done}", _in_font(device, name, _PLAIN_LOOKS[done]))
        for step in range(3):
            done = list(_ODD)[(3 * turn + step) % len(_ODD)]
            part, before, after = _ODD[done]
            form = changed(device.form(), partial(_replaced, before, after), part)
            yield _sent(device, f"a form with {done}", form)
        for step in (0, 1):
            number = (turn + step) % len(_FRIENDLY)
            yield _mail(device, f"a mail in friendly words ({number})", _FRIENDLY[number])


def _sent(device: Device, done: str, form: bytes, place: str | None = None) -> Case:
    case = device.case(done, {FORM: form, **device.certificates()})
    return case if place is None else spoilt(case, PERSON, place, done)


def _mail(device: Device, done: str, text: str) -> Case:
    return replace(device.case(done, kind="submission"), text=text)


def _words(device: Device) -> Iterator[Case]:
    """A mail that speaks against its form, names what no form of it holds, or speaks of an update without a hash."""
    for text in (*_AGAINST, *_ELSEWHERE):
        case = _mail(device, "", text)
        yield replace(spoilt(case, PERSON, MAIL_SAYS, f"the mail says '{text}'"), text=text)
    if device.edition == LATEST:
        bare = {FORM: device.form({HASH: "", CREATOR: ""}), **device.certificates()}
        case = device.case("", bare, kind="update")
        yield replace(spoilt(case, PERSON, HASH, "an update without a hash"), text="Please see the update attached.")


def _altered(device: Device, name: str, change: Callable[[Cell], object]) -> bytes:
    """The form after a change to a value's cell, saved by openpyxl."""
    book = load_workbook(BytesIO(device.form()))
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    cell = sheet.cell(row_of(device.edition, name), 7)
    assert isinstance(cell, Cell)
    change(cell)
    out = BytesIO()
    book.save(out)
    return repack(out.getvalue(), _undated)


def _undated(members: dict[str, bytes]) -> None:
    members["docProps/core.xml"] = _MODIFIED.sub(rb"\g<1>2022-09-21T00:00:00Z", members["docProps/core.xml"])


def _commented(device: Device, name: str, remark: str) -> bytes:
    return _altered(device, name, lambda cell: setattr(cell, "comment", Comment(remark, "Robin")))


def _in_font(device: Device, name: str, font: Font) -> bytes:
    return _altered(device, name, lambda cell: setattr(cell, "font", font))


def _replaced(before: str, after: str, xml: str) -> str:
    return xml.replace(before, after)


def _write(cell: Cell, at: str, text: str) -> None:
    cell.parent[at] = text


def _in_part(device: Device, name: str, properties: str) -> bytes:
    """The last character of a value in a run of its own."""
    row, value = row_of(device.edition, name), device.values[name]
    runs = f"<is><r><t>{value[:-1]}</t></r><r><rPr>{properties}</rPr><t>{value[-1]}</t></r></is>"
    cell = re.compile(rf'(<c r="G{row}"[^>]*>)<is>.*?</is>', re.DOTALL)
    return changed(device.form(), lambda xml: cell.sub(rf"\g<1>{runs}", xml, count=1))
