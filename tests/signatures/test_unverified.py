"""What is signed in a way that is not verified here is called what it is, and never encrypted, foreign or unknown."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from peers.peers import require
from signatures.signer import DS
from signatures.smime import signer

from intake.extract.document import read_document
from intake.extract.mail.mime import attachments
from intake.extract.media import media_of
from intake.extract.unreadable import PGP, PGP_PACKED, XML_SIGNATURE
from intake.signatures.unverified import SENTENCES, Unverified, kind_of, signature_of
from rules.facts import DocumentKind
from rules.signature_facts import Indication

BOOK = b"PK\x03\x04 a workbook, as far as a signature can tell" * 40
ROBIN, ALEX = "robin@ashdown.example", "alex@ashdown.example"
XML = f'<ds:Signature xmlns:ds="{DS}" Id="a"><ds:SignedInfo></ds:SignedInfo></ds:Signature>'.encode()


@cache
def _home() -> TemporaryDirectory[str]:
    require(shutil.which("gpg"), "gpg is not installed")
    home = TemporaryDirectory(prefix="gpg")
    for person, kind in ((ROBIN, "ed25519"), (ALEX, "rsa2048")):
        _gpg(home, "--quick-gen-key", person, kind, "sign", "1y")
    _gpg(home, "--quick-add-key", _fingerprint(home, ROBIN), "cv25519", "encrypt", "1y")
    return home


@pytest.fixture(scope="module", autouse=True)
def _agent() -> Iterator[None]:
    """End the agent that GnuPG starts for its keys."""
    yield
    if _home.cache_info().currsize:
        words = ["gpgconf", "--homedir", _home().name, "--kill", "gpg-agent"]
        subprocess.run(words, check=True, timeout=60)
        _home().cleanup()
        _home.cache_clear()


def _fingerprint(home: TemporaryDirectory[str], person: str) -> str:
    lines = _gpg(home, "--with-colons", "--list-keys", person).decode().splitlines()
    return next(line.split(":")[9] for line in lines if line.startswith("fpr"))


def _gpg(home: TemporaryDirectory[str], *words: str) -> bytes:
    quiet = ("gpg", "--homedir", home.name, "--batch", "--yes", "--pinentry-mode", "loopback", "--passphrase", "")
    done = subprocess.run([*quiet, *words], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def gpg(*words: str, content: bytes = BOOK, by: str = ROBIN) -> bytes:
    """What GnuPG makes of some content."""
    with TemporaryDirectory() as place:
        given, made = Path(place) / "given", Path(place) / "made"
        given.write_bytes(content)
        _gpg(_home(), "-u", by, *words, "--output", str(made), str(given))
        return made.read_bytes()


def exported(*words: str) -> bytes:
    return _gpg(_home(), *words, "--export", ROBIN)


def encrypted(*words: str) -> bytes:
    return gpg("--encrypt", "--trust-model", "always", "-r", ROBIN, *words)


MADE: dict[str, tuple[Callable[[], bytes], Unverified]] = {
    "a signature": (lambda: gpg("--detach-sign"), Unverified.SIGNATURE),
    "a signature by RSA": (lambda: gpg("--detach-sign", by=ALEX), Unverified.SIGNATURE),
    "a signature in text": (lambda: gpg("--detach-sign", "--armor"), Unverified.SIGNATURE),
    "a signature of text": (lambda: gpg("--detach-sign", "--armor", "--textmode"), Unverified.SIGNATURE),
    "a signature with a comment": (lambda: gpg("-ba", "--comment", "by Robin"), Unverified.SIGNATURE),
    "a signature with a byte order mark": (lambda: b"\xef\xbb\xbf" + gpg("-ba"), Unverified.SIGNATURE),
    "a signature with CRLF": (lambda: gpg("-ba").replace(b"\n", b"\r\n"), Unverified.SIGNATURE),
    "two signers": (lambda: gpg("-b", "-u", ALEX), Unverified.SIGNATURE),
    "two signatures in text": (lambda: gpg("-ba") + gpg("-ba", by=ALEX), Unverified.SIGNATURE),
    "a signed text": (lambda: gpg("--clear-sign", content=b"The hash is AB.\n"), Unverified.CLEAR),
    "a message": (lambda: gpg("--sign"), Unverified.PACKED),
    "a message in text": (lambda: gpg("--sign", "--armor"), Unverified.PACKED),
    "a message that is not compressed": (lambda: gpg("--sign", "-z", "0"), Unverified.PACKED),
    "a long message in pieces": (lambda: gpg("--sign", "-z", "0", content=BOOK * 99), Unverified.PACKED),
    "a message that is not signed": (lambda: gpg("--store"), Unverified.PACKED),
    "an encrypted message": (encrypted, Unverified.ENCRYPTED),
    "an encrypted message in text": (lambda: encrypted("--armor"), Unverified.ENCRYPTED),
    "a signed and encrypted message": (lambda: encrypted("--sign"), Unverified.ENCRYPTED),
    "a key": (exported, Unverified.KEY),
    "a key in text": (lambda: exported("--armor"), Unverified.KEY),
    "a certificate": (lambda: signer().der, Unverified.CERTIFICATE),
    "a certificate in text": (lambda: signer().pem, Unverified.CERTIFICATE),
    "a chain in text": (lambda: signer().pem + b"\n" + signer("p256").pem, Unverified.CERTIFICATE),
    "an XML signature": (lambda: XML, Unverified.XML),
    "an XML signature below a declaration": (lambda: b'<?xml version="1.0"?>\n' + XML, Unverified.XML),
}
MEDIA = {
    Unverified.SIGNATURE: "signature",
    Unverified.KEY: "signature",
    Unverified.CERTIFICATE: "signature",
    Unverified.CLEAR: "text",
    Unverified.PACKED: "packed",
    Unverified.XML: "xmldsig",
    Unverified.ENCRYPTED: "pgp",
}
TROUBLE = {Unverified.PACKED: PGP_PACKED, Unverified.ENCRYPTED: PGP, Unverified.XML: XML_SIGNATURE}


@pytest.mark.parametrize("name", MADE)
def test_each_is_called_what_it_is(name: str) -> None:
    make, kind = MADE[name]
    content = make()
    assert (kind_of(content), media_of(content).kind) == (kind, MEDIA[kind])
    document = read_document("form.xlsx.sig", content).document
    trouble = TROUBLE.get(kind)
    assert document.kind is (DocumentKind.UNREADABLE if trouble else DocumentKind.OTHER)
    assert document.trouble == trouble
    told = [(facts.indication, facts.sub_indication, facts.reasons) for facts in document.signatures]
    sentences = [SENTENCES[kind]] if kind in SENTENCES else []
    assert told == [(Indication.INDETERMINATE, "NO_SIGNING_CERTIFICATE_FOUND", (sentence,)) for sentence in sentences]


WORDS = b"\nThis certificate has been withdrawn.\n"
OTHERS: dict[str, Callable[[], bytes]] = {
    "words below a signature": lambda: gpg("-ba") + WORDS,
    "words above a signature": lambda: WORDS + gpg("-ba"),
    "words below a key": lambda: exported("--armor") + WORDS,
    "words below a certificate": lambda: signer().pem + WORDS,
    "words within a certificate": lambda: signer().pem.replace(b"\n", WORDS, 3),
    "something behind a certificate": lambda: signer().der + WORDS,
    "something behind a signature": lambda: gpg("-b") + WORDS,
    "a signature cut short": lambda: gpg("-b")[:-1],
    "a bundle of certificates": lambda: pkcs7.serialize_certificates([signer().certificate], Encoding.DER),
    "bytes": lambda: bytes(range(128, 256)) * 9,
    "a byte": lambda: b"\x99",
    "text in UTF-16": lambda: "Hello, we have moved.\n".encode("utf-16"),
    "text in Latin": lambda: "Grüße aus Köln\n".encode("latin-1"),
    "XML": lambda: b"<Signature>yours</Signature>",
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_holds_anything_else_is_none_of_them(name: str) -> None:
    content = OTHERS[name]()
    assert (kind_of(content), signature_of(content)) == (None, ())


def test_a_mail_s_own_text_is_told_from_an_encrypted_one() -> None:
    for content, sentence in ((gpg("--sign", "--armor"), PGP_PACKED), (encrypted("--armor"), PGP)):
        mail = attachments(b"Subject: hello\nFrom: robin@ashdown.example\n\n" + content)
        assert sentence in mail.troubles
