"""Changes signed mail, OpenDocument files and PDFs at random; run by ``python -m signatures.fuzz --form cms|odf|pdf``.

Nothing may come out of a verifier but an answer, and whatever is whole, right and covers everything must still say what
was signed: the parts of a mail, the canonical parts of a document, the bytes of a PDF below its signature.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache

from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key
from known_faults import unknown
from signatures import odf_signer, pdfs, smime
from signatures.fuzz import Tally, flipped
from signatures.signer import packed

from intake import faults
from intake.extract.mail.carried import Mail
from intake.extract.mail.mime import attachments
from intake.signatures.cms import pdf
from intake.signatures.office import odf, zipstrict
from intake.signatures.refused import MalformedSignatureError
from intake.signatures.verified import Verified
from rules.signature_facts import Coverage

Meaning = object
BOOK = b"PK\x03\x04 a workbook, as far as the mail can tell" * 8
EVIL = smime.attachment("evil.xlsx", b"PK\x03\x04 another workbook")
VALUE = re.compile(rb"/Contents\s*<[0-9A-Fa-f]*>")
MARKS = (
    b"--=_signed\r\n",
    b"\r\n\r\n",
    b"Content-Type: multipart/mixed; boundary=x\r\n",
    EVIL,
    b"<!-- -->",
    b"\n",
    b"%%EOF\n",
)


def changed(octets: bytes, chance: random.Random) -> bytes:
    """The octets changed at one place or a few, with pieces of the format among what is put in."""
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        if chance.randrange(4):
            octets = flipped(octets, chance)
        else:
            at = chance.randrange(len(octets) + 1)
            octets = octets[:at] + chance.choice(MARKS) + octets[at:]
    return octets


def run(form: str, rounds: int, seed: int, begin: int = 0) -> Tally:
    """So many changed files, the same for the same seed; the first of them is number `begin`."""
    tally = Tally()
    bases, judge = FORMS[form]
    for number in range(begin, begin + rounds):
        chance = random.Random(f"{seed}/{form}/{number}")
        base = bases()[number % len(bases())]
        tally.rounds += 1
        try:
            with faults.gathered() as met:
                verified_signatures, statement = judge(change(form, base, chance))
        except Exception as error:  # noqa: BLE001  # which is what must never happen
            tally.wrong.append(f"{seed}/{form}/{number}: {error!r}")
            continue
        tally.wrong += [f"{seed}/{form}/{number}: a fault of ours: {fault}" for fault in unknown(met)]
        tally.said.update(verified.failure or str(verified.coverage) for verified in verified_signatures)
        if verified_signatures and all(map(is_accepted, verified_signatures)):
            tally.accepted += 1
            if statement != judge(base)[1]:
                tally.wrong.append(f"{seed}/{form}/{number}: accepted, and says something else")
    return tally


def change(form: str, base: bytes, chance: random.Random) -> bytes:
    """A file changed in its own octets, or in one of its parts."""
    if form != "odf" or not chance.randrange(4):
        return changed(base, chance)
    parts = zipstrict.unpack(base)
    name = chance.choice([*parts, *[odf_signer.SIGNATURES] * 4, *["content.xml"] * 2])
    return packed({**parts, name: changed(parts[name], chance)})


def is_accepted(verified: Verified) -> bool:
    return bool(
        verified.intact and verified.valid and verified.failure is None and verified.coverage is Coverage.ENTIRE
    )


def of_mail(raw: bytes) -> tuple[tuple[Verified, ...], Meaning]:
    mail: Mail = attachments(raw)
    if not all(map(is_accepted, mail.signatures)):
        return mail.signatures, None
    kept = [(part.name, part.content) for part in mail.parts if part.signatures is None]
    return mail.signatures, (
        kept,
        [(key(signature), signature.covered, signature.claimed_time) for signature in mail.signatures],
    )


def of_document(content: bytes) -> tuple[tuple[Verified, ...], Meaning]:
    try:
        parts = zipstrict.unpack(content)
    except MalformedSignatureError:
        return (), None
    verified_signatures = odf.verify(parts)
    if not (verified_signatures and all(map(is_accepted, verified_signatures))):
        return verified_signatures, None
    read = {
        name: odf_signer.canonical(part) if name.endswith(".xml") else part
        for name, part in parts.items()
        if name != odf_signer.SIGNATURES
    }
    return verified_signatures, (
        read,
        [(key(verified), verified.bound, verified.claimed_time) for verified in verified_signatures],
    )


def of_pdf(content: bytes) -> tuple[tuple[Verified, ...], Meaning]:
    """Everything but the signature's own value, as far as the last revision goes."""
    end = content.rfind(b"%%EOF")
    signed = VALUE.sub(b"", content[:end])
    verified_signatures = pdf.verify(content)
    if not all(map(is_accepted, verified_signatures)):
        return verified_signatures, None
    return verified_signatures, (signed, [(key(verified), verified.claimed_time) for verified in verified_signatures])


def key(verified: Verified) -> object:
    """Whose key made the signature: of its certificate nothing else is vouched for before a path is found.

    Its numbers, for one key can be written in several ways.
    """
    if verified.certificate is None:
        return None
    info = x509.Certificate.load(verified.certificate).public_key.dump()
    public = load_der_public_key(info)
    assert isinstance(public, rsa.RSAPublicKey | ec.EllipticCurvePublicKey)
    return public.public_numbers()


@cache
def mails() -> tuple[bytes, ...]:
    inside = smime.entity(("form.xlsx", BOOK))
    signed = [
        smime.sign(inside),
        smime.sign(inside, smime.signer("p256"), options=("-noattr",)),
        smime.sign(inside, options=("-nodetach", "-cades")),
        smime.multipart_signed(inside, smime.der(inside, smime.signer("p256"))),
    ]
    return tuple(map(smime.posted, signed))


@cache
def documents() -> tuple[bytes, ...]:
    return tuple(packed(odf_signer.sign(odf_signer.unsigned(), smime.signer(kind))) for kind in ("rsa2048", "p256"))


@cache
def papers() -> tuple[bytes, ...]:
    return (pdfs.sign(pdfs.PLAIN), pdfs.sign(pdfs.PLAIN, smime.signer("p256"), pades=False))


FORMS: dict[str, tuple[Callable[[], tuple[bytes, ...]], Callable[[bytes], tuple[tuple[Verified, ...], Meaning]]]] = {
    "cms": (mails, of_mail),
    "odf": (documents, of_document),
    "pdf": (papers, of_pdf),
}
