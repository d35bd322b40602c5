"""Messages bent by chance, the same chance for the same seed."""

from __future__ import annotations

import random
from base64 import encodebytes
from collections.abc import Callable, Mapping
from functools import cache

import reports
from extract import books, opendocs
from extract.facts_on_paper import ZIGBEE
from extract.tnef import winmail
from helpers import FRIDAY
from hostile.mails import MAILS, packed

from intake.demo import products
from intake.demo.certificates import zigbee_certificate
from intake.demo.samples import submission
from intake.domain.letter import message_id

MOST_OCTETS = 400_000
_DEAR = frozenset({"many zips", "zip bomb", "zip bomb as a workbook", "overlapping zip", "zip in zip", "PDF bomb"})
"""To make, or to read a thousand times."""
_TOKENS = (
    b"\0", b"\r\n", b"\n\n", b"\r", b"\xff\xfe", b"(((((((((", b'"', b"=?utf-8?q?", b"?=", b"boundary=", b"--b\r\n",
    b"Content-Type: message/rfc822\r\n\r\n", b"Content-Type: multipart/mixed; boundary=\r\n\r\n", b"filename*0*=",
    b"Content-Transfer-Encoding: base64\r\n", b"begin 644 a\r\n", b"PK\x03\x04", b"%PDF-", b"obj<<",
    b"\x78\x9f\x3e\x22", b"<", b">", b"]]>", b"&#0;", b"-1", b"99999999999999999999", b"\x80" * 40,
)  # fmt: skip


def wrapped(files: Mapping[str, bytes], number: int = 0) -> bytes:
    """A mail with these files and nothing in it that another run would write otherwise."""
    parts = (
        f"--B\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename={name}\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{encodebytes(content).decode()}"
        for name, content in files.items()
    )
    return (
        f"From: Robin Hale <robin@ashdown.example>\r\nSubject: CPL submission {number}\r\nMIME-Version: 1.0\r\n"
        f"Message-ID: <{number}@ashdown.example>\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n"
        f"--B\r\nContent-Type: text/plain\r\n\r\nNumber {number}.\r\n{''.join(parts)}--B--\r\n"
    ).encode()


@cache
def documents() -> tuple[tuple[str, bytes], ...]:
    """What is sent to this service, by kind; bent before it is wrapped into a mail."""
    form, certificate = books.form(), zigbee_certificate(ZIGBEE)
    return (
        ("form.xlsx", form),
        ("form.ods", packed(books.parts_of(opendocs.packed(opendocs.content())))),
        ("certificate.pdf", certificate),
        ("pack.zip", packed({"form.xlsx": form, "certificate.pdf": certificate})),
        ("winmail.dat", winmail({"form.xlsx": form, "certificate.pdf": certificate})),
        ("forwarded.eml", wrapped({"certificate.pdf": certificate})),
    )


@cache
def messages() -> tuple[bytes, ...]:
    """Whole mails: good ones, reports, and the smaller of the hostile ones."""
    identity = message_id("ack", "0" * 64, "example.test")
    hostile = (make() for name, make in MAILS.items() if name not in _DEAR)
    return (
        wrapped(submission(products.faultless_form(products.PPMID, on=FRIDAY.date(), serial=1))),
        wrapped({"winmail.dat": winmail({"a.pdf": b"%PDF"}), "form.xlsx": b"PK"}),
        *(make(identity) for make in reports.FAILURES.values()),
        *(raw for raw in hostile if len(raw) <= MOST_OCTETS and b"===" not in raw),
    )


def mutation(seed: int, number: int) -> bytes:
    """The message of this number under this seed."""
    chance = random.Random(f"{seed}:{number}")
    if chance.random() < 0.5:
        name, content = chance.choice(documents())
        bent = bend(content, chance) if chance.random() < 0.9 else content
        raw = wrapped({name: bent}, number)
        return bend(raw, chance) if chance.random() < 0.2 else raw
    return bend(chance.choice(messages()), chance)


def bend(content: bytes, chance: random.Random) -> bytes:
    """A few small changes."""
    bent = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        chance.choice(_BENDS)(bent, chance)
    return bytes(bent[: 2 * MOST_OCTETS])


def _somewhere(bent: bytearray, chance: random.Random) -> slice:
    start = chance.randint(0, len(bent))
    return slice(start, start + chance.choice((1, 4, 40, 400, 4000)))


def _flip(bent: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 8, 64)) if bent else 0):
        bent[chance.randrange(len(bent))] ^= 1 << chance.randrange(8)


def _drop(bent: bytearray, chance: random.Random) -> None:
    del bent[_somewhere(bent, chance)]


def _double(bent: bytearray, chance: random.Random) -> None:
    piece = _somewhere(bent, chance)
    bent[piece.start : piece.start] = bytes(bent[piece]) * chance.choice((1, 2, 50))


def _insert(bent: bytearray, chance: random.Random) -> None:
    at = chance.randint(0, len(bent))
    bent[at:at] = chance.choice(_TOKENS) * chance.choice((1, 1, 3, 500))


def _cut(bent: bytearray, chance: random.Random) -> None:
    del bent[chance.randint(0, len(bent)) :]


def _splice(bent: bytearray, chance: random.Random) -> None:
    other = chance.choice(messages())
    bent[_somewhere(bent, chance)] = other[_somewhere(bytearray(other), chance)]


def _number(bent: bytearray, chance: random.Random) -> None:
    """A length or an offset becomes an absurd one."""
    digits = [at for at in range(min(len(bent), 20_000)) if bent[at : at + 1].isdigit()]
    if digits:
        at = chance.choice(digits)
        bent[at : at + 1] = chance.choice((b"0", b"99999999", b"-1", b"4294967295"))


_BENDS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip, _drop, _double, _insert, _insert, _cut, _splice, _number,
)  # fmt: skip
