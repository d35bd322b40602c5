"""File names as mail programs state them, and what is made of them."""

from __future__ import annotations

from email import message_from_bytes

import pytest

from intake.extract.mail.filenames import MAX_NAME, cleaned, default_name, stated_name, unique

CLEANED: dict[str, str] = {
    "a.pdf": "a.pdf",
    " a  b.pdf ": "a b.pdf",
    "a\tb\r\nc.pdf": "a b c.pdf",
    "../../etc/x.xlsx": "x.xlsx",
    "C:\\Users\\me\\x.xlsx": "x.xlsx",
    "folder/": "",
    "...": "",
    ".a.pdf.": "a.pdf",
    "e\u0301.pdf": "\u00e9.pdf",
    "a\u202exslx.pdf": "axslx.pdf",
    "a\0b\x7f.pdf": "ab.pdf",
    "a\u2028b\u2029c.pdf": "abc.pdf",
    "a\ud800b.pdf": "ab.pdf",
    "": "",
    "x" * (MAX_NAME - 4) + ".pdf": "x" * (MAX_NAME - 4) + ".pdf",
    "x" * (MAX_NAME - 3) + ".pdf": "x" * (MAX_NAME - 4) + ".pdf",
    "x" * 500: "x" * MAX_NAME,
    "x" * 200 + "." + "y" * 15: "x" * 134 + "." + "y" * 15,
    "x" * 200 + "." + "y" * 16: "x" * MAX_NAME,
    "x" * 9_000 + "/a.pdf": "x" * MAX_NAME,
    "x" * 8_191 + "/a.pdf": "",
}


@pytest.mark.parametrize("name", CLEANED)
def test_a_name_is_its_last_part_without_what_cannot_be_seen(name: str) -> None:
    assert cleaned(name) == CLEANED[name]


STATED: list[tuple[str, str]] = [
    ("Content-Type: application/pdf", ""),
    ("Content-Type: application/pdf; name=a.pdf", "a.pdf"),
    ("Content-Type: application/pdf; NAME=a.pdf", "a.pdf"),
    ("CONTENT-TYPE: application/pdf; name=a.pdf", "a.pdf"),
    ("Content-Disposition: attachment; filename=a.pdf\nContent-Type: application/pdf; name=b.pdf", "a.pdf"),
    ("Content-Disposition: attachment; filename=..\nContent-Type: application/pdf; name=b.pdf", "b.pdf"),
    ("Content-Disposition: attachment\nContent-Type: application/pdf; name=b.pdf", "b.pdf"),
    ("Content-Disposition: attachment; filename=a.pdf; filename=b.pdf", "a.pdf"),
    ("Content-Disposition: attachment; filename=a.pdf; filename*=utf-8''b.pdf", "b.pdf"),
    ("Content-Disposition: attachment; filename*=utf-8'en'a%20b.pdf", "a b.pdf"),
    ("Content-Disposition: attachment;\n filename=a.pdf", "a.pdf"),
    ('Content-Disposition: attachment; filename="a\n b.pdf"', "a b.pdf"),
    ('Content-Disposition: attachment; filename="=?utf-8?Q?a=20b?=.pdf"', "a b.pdf"),
    ('Content-Disposition: attachment; filename="=?utf-8?B?abcde?="', "=?utf-8?B?abcde?="),
    ('Content-Disposition: attachment; filename="=?nonsense?Q?a=FC?="', "a\u00fc"),
    ('Content-Disposition: attachment; filename="=?us-ascii?Q?a=FC?="', "a\ufffd"),
    ('Content-Disposition: attachment; filename="a =?x"', "a =?x"),
    ("Content-Disposition: attachment; filename=" + "x" * 8_190 + ".pdf", "x" * MAX_NAME),
    ("Content-Disposition: attachment; filename", ""),
    ('Content-Disposition: attachment; filename="a form.xlsx', "a form.xlsx"),
    ("Content-Description: a form.xlsx\nContent-Disposition: attachment", "a form.xlsx"),
    ("Content-Description: =?utf-8?Q?f=C3=BCr.pdf?=\nContent-Disposition: attachment", "für.pdf"),
    ("Content-Description: a form.xlsx\nContent-Type: application/pdf; name=b.pdf", "b.pdf"),
    ("Content-Description: the form, as discussed\nContent-Disposition: attachment", ""),
]


@pytest.mark.parametrize(("headers", "name"), STATED)
def test_a_name_is_taken_from_the_header_that_states_it_best(headers: str, name: str) -> None:
    assert stated_name(message_from_bytes(f"{headers}\n\n".encode())) == name


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"f\xc3\xbcr.pdf", "f\u00fcr.pdf"),
        (b"f\xfcr\x92.pdf", "f\u00fcr\u2019.pdf"),
        (b"f\x81.pdf", "f\ufffd.pdf"),
    ],
)
def test_bytes_in_a_header_are_read_as_utf_8_or_else_as_windows_writes_them(raw: bytes, name: str) -> None:
    part = message_from_bytes(b'Content-Disposition: attachment; filename="' + raw + b'"\n\n')
    assert stated_name(part) == name


@pytest.mark.parametrize(
    ("media_type", "ending"),
    [
        ("application/pdf", ".pdf"),
        ("application/vnd.ms-excel", ".xls"),
        ("application/vnd.ms-excel.sheet.macroenabled.12", ".xlsm"),
        ("application/vnd.oasis.opendocument.spreadsheet", ".ods"),
        ("application/msword", ".doc"),
        ("application/x-zip-compressed", ".zip"),
        ("application/x-pkcs7-mime", ".p7m"),
        ("application/pkcs7-signature", ".p7s"),
        ("image/tiff", ".tiff"),
        ("text/csv", ".csv"),
        ("message/rfc822", ".eml"),
        ("application/x-odd", ".bin"),
    ],
)
def test_a_nameless_part_is_called_by_its_place_and_type(media_type: str, ending: str) -> None:
    assert default_name(7, media_type) == f"attachment-7{ending}"


@pytest.mark.parametrize(
    ("name", "taken", "prefix", "expected"),
    [
        ("a.pdf", set(), "", "a.pdf"),
        ("a.pdf", {"a.pdf"}, "", "a (2).pdf"),
        ("A.pdf", {"a.pdf", "a (2).pdf"}, "", "A (3).pdf"),
        ("a.b.pdf", {"a.b.pdf"}, "", "a.b (2).pdf"),
        ("a", {"a"}, "", "a (2)"),
        ("a.pdf", {"a.pdf"}, "m/", "m/a.pdf"),
        ("a.pdf", {"m/a.pdf"}, "m/", "m/a (2).pdf"),
    ],
)
def test_a_taken_name_has_a_number(name: str, taken: set[str], prefix: str, expected: str) -> None:
    assert unique(name, taken, prefix) == expected
    assert expected.casefold() in taken
