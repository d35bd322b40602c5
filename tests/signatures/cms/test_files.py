"""Signatures that are files beside, or around, what they sign: however written, whatever their names."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from signatures.smime import attachment, der, mixed, posted, sign

from intake.extract.mail.loose import loose
from intake.extract.mail.mime import attachments
from intake.extract.media import media_of
from intake.signatures.detect import of_cms
from intake.signatures.verified import Verified
from rules.signature_facts import Coverage

BOOK = b"PK\x03\x04 a workbook, as far as a signature can tell" * 40
OTHER = b"PK\x03\x04 another workbook" * 40
HEADERS = b"MIME-Version: 1.0\nContent-Type: application/x-pkcs7-mime;\n smime-type=signed-data\n\n"


def in_pem(content: bytes, label: str = "PKCS7") -> bytes:
    return f"-----BEGIN {label}-----\n{base64.encodebytes(content).decode()}-----END {label}-----\n".encode()


WRITTEN: dict[str, Callable[[bytes], bytes]] = {
    "DER": bytes,
    "PEM": in_pem,
    "PEM of CMS": lambda it: in_pem(it, "CMS"),
    "PEM of PKCS #7": lambda it: in_pem(it, "PKCS #7 SIGNED DATA"),
    "PEM with CRLF": lambda it: in_pem(it).replace(b"\n", b"\r\n"),
    "PEM on one line": lambda it: b"-----BEGIN PKCS7-----\n" + base64.b64encode(it) + b"\n-----END PKCS7-----",
    "PEM with a byte order mark": lambda it: b"\xef\xbb\xbf" + in_pem(it),
    "PEM in UTF-16": lambda it: in_pem(it).decode().encode("utf-16"),
    "PEM below words": lambda it: b"Signed by Robin:\n\n" + in_pem(it),
    "base64": base64.encodebytes,
    "base64 with CRLF": lambda it: base64.encodebytes(it).replace(b"\n", b"\r\n"),
    "base64 on one line": base64.b64encode,
    "base64 with a byte order mark": lambda it: b"\xef\xbb\xbf" + base64.encodebytes(it),
    "as openssl writes it": lambda it: HEADERS + base64.encodebytes(it),
}
NAMES = ("form.xlsx.p7s", "FORM.XLSX.P7S", "form.xlsx.sig", "form.p7", "form.xlsx.pem", "smime.p7s", "signature")


def around(content: bytes) -> bytes:
    return sign(content, options=("-nodetach", "-outform", "DER", "-binary"))


def only(files: dict[str, bytes], name: str) -> Verified:
    """The one signature of a file, loose and attached alike."""
    mails = (loose(list(files.items())), attachments(posted(mixed(*(attachment(*each) for each in files.items())))))
    first, second = (next(part for part in mail.parts if part.name == name).signatures for mail in mails)
    assert first == second
    (verified,) = first or ()
    return verified


def is_good(verified: Verified) -> bool:
    return bool(verified.intact and verified.valid and verified.failure is None)


@pytest.mark.parametrize("written", WRITTEN)
def test_a_signature_is_read_however_it_is_written(written: str) -> None:
    content = WRITTEN[written](der(BOOK))
    assert (media_of(content).kind, of_cms(content)) == ("pkcs7", True)
    verified = only({"form.xlsx": BOOK, "form.xlsx.p7s": content}, "form.xlsx.p7s")
    assert is_good(verified), verified.reasons
    assert (verified.coverage, verified.covered) == (Coverage.ENTIRE, ("form.xlsx",))


@pytest.mark.parametrize("written", WRITTEN)
def test_what_lies_in_a_signature_is_read_however_that_is_written(written: str) -> None:
    carrier, form = loose([("form.xlsx.p7m", WRITTEN[written](around(BOOK)))]).parts
    (verified,) = carrier.signatures or ()
    assert is_good(verified)
    assert (form.name, form.content, verified.covered) == ("form.xlsx", BOOK, ("form.xlsx",))


@pytest.mark.parametrize("name", NAMES)
def test_a_signature_is_of_the_file_that_it_fits_whatever_its_name(name: str) -> None:
    verified = only({"other.xlsx": OTHER, name: der(BOOK), "form.xlsx": BOOK}, name)
    assert is_good(verified)
    assert verified.covered == ("form.xlsx",)
    mistaken = only({"other.xlsx": OTHER, "other.xlsx.p7s": der(BOOK), "form.xlsx": BOOK}, "other.xlsx.p7s")
    assert mistaken.covered == ("form.xlsx",)


def test_a_signature_that_fits_no_file_says_so_and_covers_none() -> None:
    verified = only({"form.xlsx": OTHER, "form.xlsx.p7s": der(BOOK)}, "form.xlsx.p7s")
    assert (verified.failure, verified.coverage) == ("HASH_FAILURE", Coverage.UNCLEAR)
    assert verified.reasons[0].startswith("It fits none of the files beside it")
    parts = loose([("form.xlsx", OTHER), ("smime.p7s", der(BOOK))]).parts
    assert parts[1].signatures is None


@pytest.mark.parametrize("name", ["form.xlsx.p7s", "form.xlsx.sig", "smime.p7s"])
def test_a_signature_around_content_is_opened_whatever_its_name(name: str) -> None:
    carrier, form = loose([(name, around(BOOK))]).parts
    (verified,) = carrier.signatures or ()
    assert is_good(verified)
    assert (form.content, verified.covered) == (BOOK, (form.name,))


@pytest.mark.parametrize("name", ["form.xlsx.p7s", "smime.p7s"])
@pytest.mark.parametrize("first", [True, False])
def test_content_that_lies_beside_its_signature_too_is_no_second_file(name: str, first: bool) -> None:
    files = [("form.xlsx", BOOK), (name, around(BOOK))]
    parts = loose(files if first else files[::-1]).parts
    assert sorted(part.name for part in parts) == sorted(["form.xlsx", name])
    (verified,) = next(part.signatures for part in parts if part.name == name) or ()
    assert is_good(verified)
    assert verified.covered == ("form.xlsx",)


def test_a_signature_around_other_content_than_the_file_that_it_names_fails() -> None:
    verified = only({"form.xlsx": BOOK, "form.xlsx.p7s": around(OTHER)}, "form.xlsx.p7s")
    assert (verified.failure, verified.covered) == ("FORMAT_FAILURE", ())


@pytest.mark.parametrize(
    "text",
    [
        lambda: in_pem(der(BOOK)) + in_pem(der(OTHER)),
        lambda: in_pem(der(BOOK))[:-40],
        lambda: base64.encodebytes(der(BOOK)) + b"and a word",
    ],
    ids=["two", "cut", "with words behind"],
)
def test_text_that_is_not_one_signature_is_none_that_holds(text: Callable[[], bytes]) -> None:
    verified = only({"form.xlsx": BOOK, "form.xlsx.p7s": text()}, "form.xlsx.p7s")
    assert verified.failure == "FORMAT_FAILURE"


@pytest.mark.parametrize("text", [b"M" * 200, b"Hello\n" * 100, b"MIME-Version: 1.0\n\nHello"])
def test_other_text_is_text(text: bytes) -> None:
    assert media_of(text).kind != "pkcs7"
    assert not of_cms(text)
