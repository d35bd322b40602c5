"""A message that Outlook saved: its files are taken out, or none of it is opened."""

from __future__ import annotations

import random
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from extract.outlook import bytes_of, saved
from helpers import mail

from intake.extract.document import read_document
from intake.extract.mail import msgfile
from intake.extract.mail.gather import MESSAGE_WITHIN
from intake.extract.mail.loose import loose
from intake.extract.mail.mime import attachments
from intake.extract.media import media_of
from intake.extract.unreadable import MESSAGE_OUTLOOK
from rules.facts import DocumentKind

FORM, PAPER = b"PK\x03\x04" + b"x" * 6_000, b"%PDF-1.4"
BY_REFERENCE, OLE_OBJECT, AT_A_LINK = 4, 6, 7


def nested(depth: int) -> Any:  # noqa: ANN401  # an untyped library's
    message = saved({"inner.pdf": PAPER})
    for _ in range(depth):
        message = saved(messages={"Original": message})
    return message


def names(content: bytes, called: str = "Forward.msg") -> list[str]:
    return [part.name for part in attachments(mail(documents={called: content})).parts]


@pytest.mark.parametrize(
    ("message", "within"),
    [
        (saved({"form.xlsx": FORM, "zigbee.pdf": PAPER}), ["form.xlsx", "zigbee.pdf"]),
        (saved({"Prüfbericht 2.pdf": PAPER}), ["Prüfbericht 2.pdf"]),
        (saved({"Prüfbericht.pdf": PAPER}, unicode=False), ["Prüfbericht.pdf"]),
        (saved({"../../etc/form.xlsx": FORM}), ["form.xlsx"]),
        (saved({"empty.pdf": b""}), ["empty.pdf"]),
        (saved({"a.pdf": PAPER}, text="", page="<p>As <b>asked</b></p>"), ["a.pdf"]),
        (saved(text="", rich=b"LZFu"), ["text.rtf"]),
        (saved(), []),
        (
            saved({"a.pdf": PAPER}, {"Original": saved({"b.pdf": PAPER})}),
            ["a.pdf", "Original.eml", "Original.eml/b.pdf"],
        ),
        (nested(2), ["Original.eml", "Original.eml/Original.eml", "Original.eml/Original.eml/inner.pdf"]),
    ],
)
def test_what_a_saved_message_holds_stands_beside_it(message: Any, within: list[str]) -> None:  # noqa: ANN401  # likewise
    content = bytes_of(message)
    assert names(content) == ["Forward.msg", *(f"Forward.msg/{name}" for name in within)]
    assert media_of(content).kind == "message"


def test_its_files_and_its_words_come_as_they_are() -> None:
    content = bytes_of(saved({"form.xlsx": FORM}, subject="Re: CPL submission", text="Please do not publish this yet."))
    mailed = attachments(mail(documents={"Forward.msg": content}))
    assert [part.content for part in mailed.parts] == [content, FORM]
    assert mailed.parts[0].words == "Re: CPL submission\n\nPlease do not publish this yet."


@pytest.mark.parametrize("called", ["Forward.msg", "FORWARD.MSG", "Forward", "form.xlsx", "a.bin"])
def test_it_is_known_by_what_it_is(called: str) -> None:
    assert names(bytes_of(saved({"a.pdf": PAPER})), called) == [called, f"{called}/a.pdf"]


def test_a_file_of_its_own_is_opened_too() -> None:
    content = bytes_of(saved({"form.xlsx": FORM}))
    assert [part.name for part in loose([("Forward.msg", content)]).parts] == ["Forward.msg", "Forward.msg/form.xlsx"]


@pytest.mark.parametrize(
    "content",
    [
        *(bytes_of(saved({"a.pdf": PAPER}), method=method) for method in (BY_REFERENCE, OLE_OBJECT, AT_A_LINK)),
        bytes_of(nested(12)),
        bytes_of(saved({"form.xlsx": FORM}))[:5_000],
    ],
)
def test_one_that_does_not_hold_all_is_left_to_a_person(content: bytes) -> None:
    assert names(content) == ["Forward.msg"]
    read = read_document("Forward.msg", content)
    assert (read.document.kind, read.document.trouble) == (DocumentKind.UNREADABLE, MESSAGE_OUTLOOK)


def test_one_within_an_archive_is_told() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("Forward.msg", bytes_of(saved({"a.pdf": PAPER})))
    (part,) = attachments(mail(documents={"all.zip": packed.getvalue()})).parts
    assert (part.name, part.trouble) == ("all.zip/Forward.msg", MESSAGE_WITHIN)


def test_whatever_is_spoilt_of_it_raises_nothing_and_makes_up_no_file() -> None:
    whole, chance = bytes_of(saved({"form.xlsx": FORM}, {"Original": saved({"b.pdf": PAPER})})), random.Random(20261201)
    for _ in range(150):
        spoilt = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            spoilt[chance.randrange(8, 3_000)] = chance.randrange(256)
        package = msgfile.opened(bytes(spoilt))
        assert package is None or sum(len(content) for _, content in package.files) <= len(whole)
