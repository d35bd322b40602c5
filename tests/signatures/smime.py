"""Signs mail with openssl, and puts together the mail around what it signs."""

from __future__ import annotations

import base64
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from pathlib import Path

from asn1crypto import cms
from peers.peers import require
from pki import Holder, name, root

HEADERS = (
    b"From: Robin Hale <robin@ashdown.example>\r\nTo: secas@example.test\r\nSubject: CPL submission\r\n"
    b"Message-ID: <1@ashdown.example>\r\n"
)
SECONDS = 60


@cache
def authority() -> Holder:
    return root()


def signer(kind: str = "rsa2048", number: int = 1) -> Holder:
    return _issued(kind, number)


@cache
def _issued(kind: str, number: int) -> Holder:
    return authority().issue(name("Robin Hale", "Ashdown Metering Ltd"), key_kind=kind, key_number=number)


def openssl(*words: str | Path, given: bytes = b"", folder: Path | None = None) -> bytes:
    """Run openssl; gives what it prints."""
    require(shutil.which("openssl"), "openssl is not installed")
    done = subprocess.run(
        ["openssl", *map(str, words)], input=given, capture_output=True, timeout=SECONDS, check=False, cwd=folder
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def sign(
    entity: bytes, *signers: Holder, tool: str = "cms", options: Sequence[str] = (), last: Sequence[str] = ()
) -> bytes:
    """What ``openssl cms -sign`` makes of an entity, by default a multipart/signed with its headers."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        words: list[str | Path] = [tool, "-sign", "-in", "entity", "-md", "sha256", *options]
        (folder / "entity").write_bytes(entity)
        for number, holder in enumerate(signers or (signer(),)):
            (folder / f"{number}.pem").write_bytes(holder.pem)
            (folder / f"{number}.key").write_bytes(holder.key_pem)
            words += ["-signer", f"{number}.pem", "-inkey", f"{number}.key"]
        return openssl(*words, *last, folder=folder)


def entity(*files: tuple[str, bytes], text: str = "Please find our submission attached.") -> bytes:
    """A text with attachments, as a mail program hands it to be signed: CRLF, no headers of a mail."""
    mail = EmailMessage(policy=SMTP)
    mail.set_content(text)
    for file, content in files:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=file)
    del mail["MIME-Version"]
    return mail.as_bytes()


def posted(signed: bytes) -> bytes:
    """The mail around something with headers of its own."""
    return HEADERS + signed


def der(entity_or_file: bytes, *signers: Holder, options: Sequence[str] = ()) -> bytes:
    """A detached signature by itself."""
    return sign(entity_or_file, *signers, options=("-outform", "DER", "-binary", *options))


def multipart_signed(
    first: bytes, signature: bytes, *more: bytes, micalg: str = "sha-256", swapped: bool = False, header: str = ""
) -> bytes:
    """A multipart/signed as mail programs lay it out: first part, signature, and whatever is put behind."""
    parts = [first, encoded("application/pkcs7-signature", "smime.p7s", signature), *more]
    if swapped:
        parts[:2] = parts[1::-1]
    lines = b"".join(b"--=_signed\r\n" + part + b"\r\n" for part in parts)
    head = header or (
        'Content-Type: multipart/signed; protocol="application/pkcs7-signature";\r\n'
        f' micalg={micalg}; boundary="=_signed"\r\n'
    )
    preamble = b"\r\nThis is an S/MIME signed message.\r\n"
    return b"MIME-Version: 1.0\r\n" + head.encode() + preamble + lines + b"--=_signed--\r\n"


def opaque(
    signed: bytes, *, file: str = "smime.p7m", smime_type: str = "signed-data", kind: str = "pkcs7-mime"
) -> bytes:
    """An application/pkcs7-mime as Outlook sends it."""
    return b"MIME-Version: 1.0\r\n" + encoded(f"application/{kind}; smime-type={smime_type}", file, signed)


def mixed(*parts: bytes) -> bytes:
    """Parts side by side, as a mailing list or an attacker leaves them."""
    lines = b"".join(b"--=_mixed\r\n" + part + b"\r\n" for part in parts)
    return (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="=_mixed"\r\n\r\n' + lines + b"--=_mixed--\r\n"
    )


def attachment(file: str, content: bytes) -> bytes:
    """One attached file."""
    return encoded("application/octet-stream", file, content)


def encoded(kind: str, file: str, content: bytes) -> bytes:
    head = (
        f'Content-Type: {kind};\r\n name="{file}"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="{file}"\r\n\r\n'
    )
    return head.encode() + base64.encodebytes(content).replace(b"\n", b"\r\n")


def bent(signature: bytes, change: Callable[[cms.SignedData], None]) -> bytes:
    """A CMS signature with a change in its structure, written anew."""
    info = cms.ContentInfo.load(signature)
    change(info["content"])
    return bytes(info.dump(force=True))
