"""DKIM signatures of a message, against keys at hand."""

from __future__ import annotations

import base64
from functools import cache

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from helpers import mail

from intake.extract.mail.dkim_check import dkim_checks

NAME = "sel._domainkey.ashdown.example"


@cache
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def record() -> str:
    public = key().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"


def signed(raw: bytes, *, length: bool = False, selector: bytes = b"sel") -> bytes:
    private = key().private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    header: bytes = dkim.sign(raw, selector, b"ashdown.example", private, length=length)
    return header + raw


SIGNED = signed(mail())
KEYS = {NAME: record()}


@pytest.mark.parametrize(
    ("raw", "keys", "results"),
    [
        (SIGNED, KEYS, ["pass"]),
        (SIGNED.replace(b"\r\n", b"\n"), KEYS, ["pass"]),
        (SIGNED.replace(b"Please", b"Pleased"), KEYS, ["fail"]),
        (SIGNED.replace(b"CPL submission", b"CPL update"), KEYS, ["fail"]),
        (SIGNED, {NAME: None}, ["temperror"]),
        (SIGNED, {NAME: ""}, ["permerror"]),
        (SIGNED, {NAME: "v=DKIM1; p="}, ["permerror"]),
        (SIGNED, {NAME: "nonsense"}, ["permerror"]),
        (SIGNED, {}, ["permerror"]),
        (signed(SIGNED, selector=b"gone"), KEYS, ["permerror", "pass"]),
        (signed(mail(), length=True) + b"more words of somebody else\r\n", KEYS, ["policy"]),
        (mail(), KEYS, []),
        (b"", KEYS, []),
        (b"DKIM-Signature: nonsense\r\n" + mail(), KEYS, ["permerror"]),
    ],
)
def test_what_the_signatures_prove(raw: bytes, keys: dict[str, str | None], results: list[str]) -> None:
    assert [check.result for check in dkim_checks(raw, keys)] == results


def test_the_key_is_kept_as_evidence() -> None:
    (check,) = dkim_checks(SIGNED, KEYS)
    assert (check.method, check.by, check.about) == ("dkim", "", "ashdown.example")
    assert check.evidence == f"{NAME}: {record()}"
