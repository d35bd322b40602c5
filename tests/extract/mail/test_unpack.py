"""Files that came wrapped in others: found, named by their way, bounded."""

from __future__ import annotations

import binascii
import io
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from extract.tnef import winmail
from helpers import FRIDAY

from intake.demo import products
from intake.demo.samples import submission
from intake.extract import unreadable as says
from intake.extract.document import read_document
from intake.extract.mail import mime
from intake.extract.mail.carried import MimeLimits
from intake.extract.mail.gather import TOO_MANY, TOO_MUCH
from intake.extract.mail.loose import loose
from intake.extract.mail.mime import attachments
from intake.extract.mail.unpack import MEMBER_DAMAGED
from intake.extract.reader import read_content, read_message
from intake.limits import ReadingLimits
from intake.sandbox import Sandbox
from rules.facts import DocumentKind

APPLE_DOUBLE = b"\x00\x05\x16\x07" + b"\0" * 40


def packed(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def locked(name: str) -> bytes:
    """A zip whose member says that it is encrypted; the flag stands in both its headers."""
    content = bytearray(packed({name: b"secret"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def carrying(files: Mapping[str, bytes], text: str = "Please find attached.\n") -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = "robin@ashdown.example"
    message["Subject"] = "CPL submission"
    message.set_content(text)
    for name, content in files.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def names(files: Mapping[str, bytes]) -> list[str]:
    return [part.name for part in attachments(carrying(files)).parts]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"pack.zip": packed({"form.xlsx": b"a", "zigbee.pdf": b"b"})}, ["pack.zip/form.xlsx", "pack.zip/zigbee.pdf"]),
        ({"pack": packed({"a.pdf": b"a"})}, ["pack/a.pdf"]),
        ({"pack.zip": packed({"new/a.pdf": b"a", "old\\a.pdf": b"b"})}, ["pack.zip/new/a.pdf", "pack.zip/old/a.pdf"]),
        ({"a.zip": packed({"x.pdf": b"1"}), "b.zip": packed({"x.pdf": b"2"})}, ["a.zip/x.pdf", "b.zip/x.pdf"]),
        ({"a.zip": packed({"x.pdf": b"1"}), "A.zip": packed({"x.pdf": b"2"})}, ["a.zip/x.pdf", "A (2).zip/x.pdf"]),
        (
            {"mac.zip": packed({"a.pdf": b"1", "__MACOSX/._a.pdf": APPLE_DOUBLE, ".DS_Store": b"x", "d/": b""})},
            ["mac.zip/a.pdf"],
        ),
        ({"nest.zip": packed({"in.zip": packed({"a.pdf": b"1"})})}, ["nest.zip/in.zip"]),
        ({"up.zip": packed({"../../etc/a.pdf": b"1"})}, ["up.zip"]),
        ({"locked.zip": locked("a.pdf")}, ["locked.zip"]),
        ({"empty.zip": packed({})}, ["empty.zip"]),
        ({"cut.zip": packed({"a.pdf": b"1" * 1000})[:-30]}, ["cut.zip"]),
        ({"dense.zip": packed({"a.txt": b"0" * 40_000_000})}, ["dense.zip"]),
        ({"winmail.dat": winmail({"a.xlsx": b"a", "b.pdf": b"b"})}, ["winmail.dat/a.xlsx", "winmail.dat/b.pdf"]),
        ({"winmail.dat": winmail({}), "a.pdf": b"x"}, ["a.pdf"]),
        ({"winmail.dat": winmail({"a.pdf": b"abc"})[:-1]}, ["winmail.dat"]),
        ({"winmail.dat": b"\x78\x9f\x3e\x22" + b"\xff" * 40}, ["winmail.dat"]),
        ({"winmail.dat": b"\x78\x9f\x3e\x22\0\0" + b"\0" * 900_000}, ["winmail.dat"]),
        ({"form.xlsx": APPLE_DOUBLE, "other.xlsx": b"PK"}, ["other.xlsx"]),
        ({"saved.eml": carrying({"form.xlsx": b"a"})}, ["saved.eml", "saved.eml/form.xlsx"]),
        ({"words.eml": b"no message at all"}, ["words.eml"]),
    ],
)  # fmt: skip
def test_what_is_wrapped_is_found_and_named_by_its_way(files: dict[str, bytes], expected: list[str]) -> None:
    assert names(files) == expected


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.zip/b.zip", packed({"a.pdf": b"1"}), says.ARCHIVE),
        ("a.zip", packed({}), says.ARCHIVE_EMPTY),
        ("a.zip", locked("a.pdf"), "protected with a password"),
        ("a.zip", packed({"a.txt": b"0" * 60_000_000}), "more than 50 MB"),
        ("a.zip", packed({f"{n}.txt": b"" for n in range(600)}), "more than 500 parts"),
        ("winmail.dat", b"\x78\x9f\x3e\x22" + b"\0" * 30, "winmail.dat"),
        ("mail.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".msg"),
    ],
)
def test_what_is_not_unpacked_says_why_and_what_to_do(name: str, content: bytes, sentence: str) -> None:
    document = read_document(name, content).document
    assert document.kind is DocumentKind.UNREADABLE
    assert sentence in (document.trouble or "")


def test_a_damaged_member_costs_itself_alone() -> None:
    content = packed({"a.pdf": b"a" * 100, "b.pdf": b"b" * 100}, zipfile.ZIP_STORED).replace(b"a" * 100, b"x" * 100)
    first, second = loose([("pack.zip", content)]).parts
    assert (first.name, first.trouble) == ("pack.zip/a.pdf", MEMBER_DAMAGED)
    assert (second.name, second.content) == ("pack.zip/b.pdf", b"b" * 100)


def test_a_zip_inside_a_forwarded_mail_is_opened() -> None:
    inner = carrying({"pack.zip": packed({"form.xlsx": b"a"})})
    raw = (
        b"Content-Type: multipart/mixed; boundary=O\r\n\r\n--O\r\nContent-Type: message/rfc822\r\n\r\n"
        + inner
        + b"\r\n--O--"
    )
    assert [part.name for part in attachments(raw).parts][1:] == ["attachment-1.eml/pack.zip/form.xlsx"]


def uu_lines(content: bytes) -> str:
    return "".join(binascii.b2a_uu(content[at : at + 45]).decode() for at in range(0, len(content), 45))


def test_uuencoded_files_in_the_text_are_found_and_are_no_words_of_it() -> None:
    lines, large = uu_lines(b"PK content"), uu_lines(b"%PDF" + bytes(100_000))
    text = (
        f"Hello\n\nbegin 644 form.xlsx\n{lines}`\nend\nbegin 644 broken.pdf\n!!!!\x7f\x7f\nend\nbegin to read here\n"
        f"begin 600 a.pdf\n{large}`\nend\nRegards\n"
    )
    mail = attachments(carrying({}, text))
    first, second, third = mail.parts
    assert (first.name, first.content) == ("form.xlsx", b"PK content")
    assert (second.name, second.trouble) == ("broken.pdf", MEMBER_DAMAGED)
    assert (third.name, len(third.content)) == ("a.pdf", 100_004)
    assert mail.text.split() == ["Hello", "begin", "to", "read", "here", "Regards"]


def test_a_uuencoded_file_that_never_ends_is_missing_and_said() -> None:
    mail = attachments(carrying({}, f"Hello\n\nbegin 644 form.xlsx\n{uu_lines(bytes(500))}"))
    assert [(part.name, part.content, part.trouble) for part in mail.parts] == [("form.xlsx", b"", MEMBER_DAMAGED)]
    assert mail.text == "Hello"


@pytest.mark.parametrize("text", ["begin 644 the work today\nand go on tomorrow", "begin 100 form\nM is for meter"])
def test_words_that_only_begin_so_are_words(text: str) -> None:
    mail = attachments(carrying({}, text))
    assert (mail.parts, mail.text) == ((), text)


def test_ten_thousand_beginnings_without_an_end_take_no_time() -> None:
    assert attachments(carrying({}, "begin 644 a\n" * 100_000)).parts == ()


@pytest.mark.parametrize(
    ("limits", "trouble", "kept"),
    [(MimeLimits(parts=5), TOO_MANY, 5), (MimeLimits(attachment_bytes=250), TOO_MUCH, 2)],
)
def test_what_is_unpacked_counts_against_the_limits(limits: MimeLimits, trouble: str, kept: int) -> None:
    mail = loose([("pack.zip", packed({f"{n}.txt": b"0" * 100 for n in range(20)}))], limits)
    assert (len(mail.parts), mail.troubles) == (kept, (trouble,))


@pytest.mark.parametrize(
    ("media_type", "trouble"), [("message/partial", mime.FRAGMENT), ("message/external-body", mime.ELSEWHERE)]
)
def test_what_is_not_there_is_said(media_type: str, trouble: str) -> None:
    raw = f"Content-Type: {media_type}; id=a; number=1; total=3\r\n\r\nContent-Type: application/pdf\r\n\r\n".encode()
    assert attachments(raw).troubles == (trouble,)


@pytest.mark.parametrize("media_type", ["text/calendar", "text/enriched", "text/rfc822-headers"])
def test_what_is_no_document_is_passed_over(media_type: str) -> None:
    raw = (
        f"Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: {media_type}\r\n\r\nx\r\n--B--".encode()
    )
    assert attachments(raw).parts == ()


def test_a_zipped_submission_is_read_and_its_documents_can_be_had(message_reader: Sandbox) -> None:
    documents = submission(products.faultless_form(products.PPMID, on=FRIDAY.date()))
    raw = carrying({"pack.zip": packed(documents)})
    reading = read_message(message_reader, raw, ReadingLimits())
    assert {document.name for document in reading.documents} == {f"pack.zip/{name}" for name in documents}
    assert [entry.trouble for entry in reading.entries] == [None]
    first = reading.documents[0]
    assert read_content(message_reader, raw, first.sha256, ReadingLimits()) == (first.name, documents[first.name[9:]])


def test_a_message_larger_than_the_limit_is_not_opened_and_says_so(message_reader: Sandbox) -> None:
    reading = read_message(message_reader, carrying({"a.txt": b"0" * 2_000_000}), ReadingLimits(message_mb=1))
    assert reading.documents == ()
    assert "larger than the 1 MB" in (reading.trouble or "")
