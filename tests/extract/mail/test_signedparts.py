"""The parts of a signed mail: cut as they stand, and refused where two programs could read two things."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

import pytest

from intake.extract.mail.signedparts import (
    NOT_PARTED,
    TWO_READINGS,
    is_entity,
    kind_of_signature,
    named_by,
    open_multipart,
    slices_of,
    unwrapped_name,
)

RAW = b"--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b\r\n\r\nsecond\r\n--b--\r\n"


def signed(*headers: str) -> Message:
    head = headers or ('Content-Type: multipart/signed; boundary="b"',)
    return message_from_bytes("\r\n".join(head).encode() + b"\r\n\r\n" + RAW)


def test_body_parts_are_cut_as_they_stand_where_their_number_is_the_parsers() -> None:
    cut = slices_of(signed(), RAW, 2)
    assert cut is not None
    assert [part.strip() for part in cut] == [b"Content-Type: text/plain\r\n\r\nHello", b"second"]
    assert slices_of(signed(), RAW, 3) is None
    assert slices_of(signed(), None, 2) is None
    assert slices_of(signed("Content-Type: multipart/signed"), RAW, 2) is None


@pytest.mark.parametrize(
    "headers",
    [
        ('Content-Type: multipart/signed; boundary="b"', 'Content-Type: multipart/mixed; boundary="c"'),
        ('Content-Type: multipart/signed; boundary="b"; boundary="c"',),
        ('Content-Type: multipart/signed; boundary="b"', "Content-Transfer-Encoding: base64"),
        ('Content-Type: multipart/signed; boundary="b"', "Content-Transfer-Encoding: None"),
    ],
)
def test_headers_that_can_be_read_in_two_ways_are_refused(headers: tuple[str, ...]) -> None:
    (verified,) = open_multipart(signed(*headers), (b"a", b"b"), "application/pkcs7-signature", b"").verified
    assert (verified.failure, verified.reasons) == ("FORMAT_FAILURE", (TWO_READINGS,))


@pytest.mark.parametrize("coding", ["7bit", " 8BIT ", "binary", ""])
def test_a_plain_coding_is_no_second_reading(coding: str) -> None:
    part = signed('Content-Type: multipart/signed; boundary="b"', f"Content-Transfer-Encoding: {coding}")
    (verified,) = open_multipart(part, (b"a", b"b"), "application/pkcs7-signature", b"").verified
    assert verified.reasons != (TWO_READINGS,)


def test_without_its_parts_what_was_signed_cannot_be_told() -> None:
    (verified,) = open_multipart(signed(), None, "application/pkcs7-signature", b"").verified
    assert verified.reasons == (NOT_PARTED,)
    (verified,) = open_multipart(signed(), (b"a", b"b"), "text/plain", b"").verified
    assert verified.reasons == (NOT_PARTED,)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("application/pkcs7-signature", "application/pkcs7-signature"),
        ('application/octet-stream; name="smime.P7S"', "application/pkcs7-signature"),
        ('application/octet-stream; name="smime.p7m"', "application/octet-stream"),
        ('application/pdf; name="smime.p7s"', "application/pdf"),
    ],
)
def test_a_signature_is_known_by_its_type_or_where_that_was_replaced_by_its_name(stated: str, expected: str) -> None:
    assert kind_of_signature(message_from_bytes(f"Content-Type: {stated}\r\n\r\n".encode())) == expected


def test_wrapped_content_with_headers_is_an_entity_and_a_file_is_not() -> None:
    assert is_entity(b"Subject: x\r\ncontent-type : text/plain\r\n\r\nHello")
    assert not is_entity(b"%PDF-1.7\r\n\r\nContent-Type: text/plain")


@pytest.mark.parametrize(
    ("container", "expected"),
    [
        ("form.xlsx.p7m", "form.xlsx"),
        ("form.xlsx.P7M", "form.xlsx"),
        ("smime", "smime content"),
        ("form.xlsx.p7s", "form.xlsx"),
        ("form.xlsx.sig", "form.xlsx"),
        ("form.bin", "form.bin content"),
    ],
)
def test_a_file_has_its_name_again_without_its_wrapping(container: str, expected: str) -> None:
    assert unwrapped_name(container) == expected


@pytest.mark.parametrize(
    ("signature", "names", "expected"),
    [
        ("form.xlsx.p7s", ("form.xlsx", "form.pdf"), "form.xlsx"),
        ("FORM.p7s", ("form.xlsx", "other.pdf"), "form.xlsx"),
        ("form.p7s", ("form.xlsx", "form.pdf"), None),
        ("form.p7s", ("form.p7s",), None),
        ("other.p7s", ("form.xlsx",), None),
    ],
)
def test_a_detached_signature_names_its_file(signature: str, names: tuple[str, ...], expected: str | None) -> None:
    assert named_by(signature, names) == expected
