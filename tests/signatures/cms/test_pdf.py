"""Signed PDFs: the signature, what it covers, and what was done to the file afterwards."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from asn1crypto import cms
from helpers import mail
from programs import cpl_intake
from pyhanko.sign.fields import MDPPerm
from signatures.pdfs import PLAIN, annotation, no_form, no_pages, open_action, page_size, page_text, sign, updated
from signatures.smime import sign as smime_sign
from signatures.smime import signer

from intake.signatures.cms.pdf import verify
from intake.signatures.trust_settings import TrustSettings
from intake.signatures.verified import Verified
from intake.signatures.verify import signatures_of
from rules.signature_facts import Coverage, Indication

WHOLE: dict[str, Callable[[], bytes]] = {
    "PAdES": lambda: sign(PLAIN),
    "as Acrobat signs": lambda: sign(PLAIN, pades=False),
    "elliptic curve": lambda: sign(PLAIN, signer("p256")),
    "with a time stamp": lambda: sign(PLAIN, stamped=True),
    "for the long term": lambda: sign(PLAIN, long_term=True),
    "certified": lambda: sign(PLAIN, certify=MDPPerm.NO_CHANGES),
    "a line end behind it, as gateways put it": lambda: sign(PLAIN) + b"\r\n",
    "its end marked again": lambda: sign(PLAIN) + b"\n%%EOF\n",
    "its end marked again and again": lambda: sign(PLAIN) + b"%%EOF\r\n%%EOF",
    "its end marked within it": lambda: sign(PLAIN.replace(b"endobj\n", b"endobj\n%%EOF\n", 1)),
}


OLD = b"/adbe.pkcs7.sha1".ljust(len("/adbe.pkcs7.detached"))


def over_digest(digest: Callable[[bytes], bytes] = lambda file: hashlib.sha1(file).digest()) -> bytes:  # noqa: S324  # as then
    """Signed as programs did before 2006: the CMS holds the file's SHA-1, and signs that."""
    content = sign(PLAIN, pades=False).replace(b"/adbe.pkcs7.detached", OLD)
    match = re.search(rb"/ByteRange\s*\[([\d\s]+)\]", content)
    assert match
    _, before, start, behind = (int(word) for word in match[1].split())
    covered = content[:before] + content[start : start + behind]
    value = smime_sign(digest(covered), options=("-binary", "-nodetach", "-outform", "DER")).hex().encode()
    return content[: before + 1] + value.ljust(start - before - 2, b"0") + content[start - 1 :]


def is_good(verified: Verified) -> bool:
    return bool(verified.intact and verified.valid and verified.failure is None)


def passes(verified: Verified) -> bool:
    return is_good(verified) and verified.coverage is Coverage.ENTIRE


@pytest.mark.parametrize("how", WHOLE)
def test_a_signed_pdf_is_covered_whole(how: str) -> None:
    (verified,) = verify(WHOLE[how]())
    assert passes(verified), verified.reasons
    assert (verified.format, verified.uncovered, verified.reasons) == ("pdf", (), ())
    assert verified.certificate in {signer().der, signer("p256").der}
    assert verified.bound
    assert verified.claimed_time is not None


def test_a_signature_over_the_file_s_sha1_holds_and_is_weak() -> None:
    (verified,) = verify(over_digest())
    assert passes(verified), verified.reasons
    assert "sha1" in verified.algorithms
    (other,) = verify(over_digest(lambda file: hashlib.sha1(file + b"!").digest()))  # noqa: S324  # the same
    assert other.failure == "HASH_FAILURE"
    (empty,) = verify(sign(PLAIN, pades=False).replace(b"/adbe.pkcs7.detached", OLD))
    assert empty.failure is not None


def test_a_kind_of_signature_that_is_not_verified_here_leaves_the_matter_open() -> None:
    content = sign(PLAIN, pades=False).replace(b"/adbe.pkcs7.detached", b"/adbe.x509.rsa_sha1 ")
    (facts,) = signatures_of(content, "pdf", None, signed=True, trust_settings=TrustSettings()).facts
    assert (facts.indication, facts.sub_indication) == (Indication.INDETERMINATE, "GENERIC")


def test_a_signature_that_names_no_kind_is_told_all_the_same() -> None:
    content = sign(PLAIN).replace(b"/SubFilter", b"/SubFolter")
    (facts,) = signatures_of(content, "pdf", None, signed=True, trust_settings=TrustSettings()).facts
    assert (facts.indication, facts.sub_indication) == (Indication.INDETERMINATE, "GENERIC")
    assert signatures_of(PLAIN, "pdf", None, signed=True, trust_settings=TrustSettings()).facts == ()


@pytest.mark.parametrize("build", [WHOLE["PAdES"], WHOLE["for the long term"]])
@pytest.mark.parametrize("more", [b"\nhello", b"PK\3\4 a container"])
def test_what_stands_behind_the_end_is_not_covered(build: Callable[[], bytes], more: bytes) -> None:
    (verified,) = verify(build() + more)
    assert is_good(verified)
    assert verified.coverage is Coverage.PARTIAL
    assert verified.uncovered == (
        f"{len(more) + (1 if build is WHOLE['for the long term'] else 0)} bytes behind the end of the PDF",
    )


def test_time_stamps_come_along_for_whoever_trusts() -> None:
    assert [len(verify(build())[0].stamps) for build in (WHOLE["PAdES"], WHOLE["with a time stamp"])] == [0, 1]
    (long_term,) = verify(WHOLE["for the long term"]())
    on_signature, on_file = long_term.stamps
    for stamp in (on_signature, on_file):
        info = cms.ContentInfo.load(stamp.token, strict=True)["content"]["encap_content_info"]["content"].parsed
        imprint = info["message_imprint"]
        assert imprint["hashed_message"].native == hashlib.sha256(stamp.stamped).digest()


def test_the_certificates_of_the_security_store_are_hints() -> None:
    (plain,), (long_term,) = verify(WHOLE["PAdES"]()), verify(WHOLE["for the long term"]())
    assert set(plain.certificates) < set(long_term.certificates)


def test_every_signature_is_told_with_what_it_covers() -> None:
    first, second = verify(sign(sign(PLAIN), signer("p256"), field="Second"))
    assert is_good(first)
    assert (first.coverage, first.uncovered) == (Coverage.PARTIAL, ("changes made after the signature",))
    assert passes(second)
    assert (first.certificate, second.certificate) == (signer().der, signer("p256").der)


def test_a_broken_signature_does_not_hide_a_good_one() -> None:
    twice = sign(sign(PLAIN), signer("p256"), field="Second")
    bent = twice.replace(b"/ETSI.CAdES.detached", b"/XXXX.CAdES.detached", 1)
    assert {verified.failure for verified in verify(bent)} == {"GENERIC", "HASH_FAILURE"}


def _appended(content: bytes) -> bytes:
    """Objects behind the end, without a table that lists them (incremental saving attack)."""
    return content + b"\n4 0 obj\n<< /Length 2 >>\nstream\nq \nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def _with_range(content: bytes, change: Callable[[list[int]], list[int]]) -> bytes:
    """Another byte range, in as many octets."""
    match = re.search(rb"/ByteRange\s*\[([\d\s]+)\]", content)
    assert match
    numbers = " ".join(map(str, change([int(word) for word in match[1].split()]))).encode()
    return content.replace(match[1], numbers.ljust(len(match[1])), 1)


def _wrapped(content: bytes) -> bytes:
    """The second half moved behind new content (signature wrapping attack)."""
    match = re.search(rb"/ByteRange\s*\[([\d\s]+)\]", content)
    assert match
    _, before, start, behind = (int(word) for word in match[1].split())
    evil = b"\n" + PLAIN + b"\n"
    moved = content[:start] + evil + content[start:]
    return _with_range(moved, lambda _: [0, before, start + len(evil), behind])


def _empty_value(content: bytes) -> bytes:
    match = re.search(rb"/Contents\s*<([0-9a-fA-F]+)>", content)
    assert match
    return content.replace(match[1], b"0" * len(match[1]))


ATTACKS: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "a letter changed": (lambda: sign(PLAIN).replace(b"/MediaBox", b"/MediaBux", 1), None),
    "the page's text replaced": (lambda: updated(sign(PLAIN), page_text), "FORMAT_FAILURE"),
    "the page cut": (lambda: updated(sign(PLAIN), page_size), "FORMAT_FAILURE"),
    "other pages": (lambda: updated(sign(PLAIN), no_pages), "FORMAT_FAILURE"),
    "a box over the page": (lambda: updated(sign(PLAIN), annotation), "FORMAT_FAILURE"),
    "a box over a certified page": (
        lambda: updated(sign(PLAIN, certify=MDPPerm.FILL_FORMS), annotation),
        "FORMAT_FAILURE",
    ),
    "a script": (lambda: updated(sign(PLAIN), open_action), "FORMAT_FAILURE"),
    "a changed page behind the long term": (lambda: updated(sign(PLAIN, long_term=True), page_text), "FORMAT_FAILURE"),
    "the form removed": (lambda: updated(sign(PLAIN), no_form), "SIGNED_DATA_NOT_FOUND"),
    "objects behind the end": (lambda: _appended(sign(PLAIN)), None),
    "a whole PDF behind the end": (lambda: sign(PLAIN) + PLAIN, None),
    "a whole PDF before the beginning": (lambda: PLAIN + sign(PLAIN), None),
    "wrapping": (lambda: _wrapped(sign(PLAIN)), "FORMAT_FAILURE"),
    "a range that begins later": (lambda: _with_range(sign(PLAIN), lambda n: [1, n[1] - 1, *n[2:]]), "FORMAT_FAILURE"),
    "a range that ends sooner": (lambda: _with_range(sign(PLAIN), lambda n: [*n[:3], n[3] - 9]), "HASH_FAILURE"),
    "a range beyond the end": (lambda: _with_range(sign(PLAIN), lambda n: [*n[:3], n[3] + 9]), "FORMAT_FAILURE"),
    "a wider gap": (lambda: _with_range(sign(PLAIN), lambda n: [0, n[1] - 9, *n[2:]]), "FORMAT_FAILURE"),
    "a negative range": (lambda: _with_range(sign(PLAIN), lambda n: [0, -1, n[2], 9]), "FORMAT_FAILURE"),
    "a range of two": (lambda: _with_range(sign(PLAIN), lambda n: n[:2]), "FORMAT_FAILURE"),
    "no range": (lambda: sign(PLAIN).replace(b"/ByteRange", b"/ByteRonge"), "FORMAT_FAILURE"),
    "no value": (lambda: sign(PLAIN).replace(b"/Contents <30", b"/Contonts <30"), "FORMAT_FAILURE"),
    "a value of noughts": (lambda: _empty_value(sign(PLAIN)), "FORMAT_FAILURE"),
    "another kind of signature": (lambda: sign(PLAIN).replace(b"/ETSI.CAdES", b"/ETSI.OAdES"), "GENERIC"),
    "cut short": (lambda: sign(PLAIN)[:-300], None),
    "no PDF": (lambda: b"%PDF-1.7\n/ByteRange [0 1 2 3] /Sig /SubFilter /Contents", "FORMAT_FAILURE"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_bent_pdf_does_not_pass(attack: str) -> None:
    build, failure = ATTACKS[attack]
    (verified,) = verify(build())
    assert not passes(verified)
    assert verified.failure is not None
    assert failure in {None, verified.failure}
    assert verified.reasons


def test_a_signature_put_into_another_pdf_fails() -> None:
    def value(content: bytes) -> bytes:
        match = re.search(rb"/Contents\s*<([0-9a-fA-F]+)>", content)
        assert match
        return match[1]

    mine, theirs = sign(PLAIN.replace(b"/MediaBox", b"/MediaBox "), field="Signature1"), sign(PLAIN)
    (verified,) = verify(mine.replace(value(mine), value(theirs).ljust(len(value(mine)), b"0")[: len(value(mine))]))
    assert verified.failure == "HASH_FAILURE"


def test_a_signature_stays_readable_where_a_time_stamp_alone_is_none() -> None:
    assert verify(PLAIN)[0].failure == "SIGNED_DATA_NOT_FOUND"


def test_a_changed_signed_certificate_brings_a_person(tmp_path: Path) -> None:
    (tmp_path / "mail.eml").write_bytes(
        mail(documents={"good.pdf": sign(PLAIN), "bad.pdf": updated(sign(PLAIN), page_text), "plain.pdf": PLAIN})
    )
    actual = cpl_intake("check", tmp_path / "mail.eml", "--format", "json").json
    good, bad, plain = (document["signatures"] for document in actual["documents"])
    assert [(one["intact"], one["valid"], one["coverage"]) for one in good] == [(True, True, "entire")]
    assert [(one["coverage"], one["indication"]) for one in bad] == [("partial", "TOTAL-FAILED")]
    assert plain == []
