"""Verifies CMS signatures: detached from what they sign, or wrapped around it (RFC 5652, RFC 8551).

Which parts of a mail a signature covers is told by whoever takes the mail apart (`intake.extract.mail.mime`): it reads
them from `Signed.content`, the very bytes that were hashed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from asn1crypto import x509

from intake.signatures import detect as marks
from intake.signatures.cms.signed_data import DAMAGED, encapsulated, parse, verify_fitting, verify_signers
from intake.signatures.refused import FORMAT_FAILURE, SIGNED_DATA_NOT_FOUND, MalformedSignatureError, refuse
from intake.signatures.surprise import is_ours, surprised
from intake.signatures.verified import Signed, Verified, broken
from rules.signature_facts import Coverage

TWO_CONTENTS = "The signature carries content of its own beside the content that it should cover."
NOBODY = "The signature holds no signer."
NOTHING = "The signature covers a file that is not named clearly and does not lie beside it."
OWN_CONTENT = "its own content"


def verify_detached(signature: bytes, contents: Sequence[bytes]) -> Signed:
    """Verify a signature that lies beside what it signs; never raises.

    Args:
        signature: the CMS, DER or PEM.
        contents: what may have been signed, such as one text with either line ends; the first that fits counts.
    """
    try:
        data = parse(signature)
        if encapsulated(data) is not None:
            refuse(TWO_CONTENTS)
        content, verified = verify_fitting(data, contents)
    except MalformedSignatureError as refused:
        return Signed(contents[0], (broken("cms", refused.failure, refused.reason),))
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours
        return Signed(contents[0], (surprised("cms", error, DAMAGED),))
    return Signed(content, verified or (broken("cms", FORMAT_FAILURE, NOBODY),))


def holds_content(container: bytes) -> bool:
    """Tell whether a CMS signature carries what it signs; never raises."""
    try:
        return encapsulated(parse(container)) is not None
    except MalformedSignatureError:
        return False
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours
        is_ours(error)
        return False


def open_wrapped(container: bytes) -> Signed:
    """Verify a signature around its content, and give the content; never raises.

    A bundle of certificates comes back without content and without signers.
    """
    try:
        data = parse(container)
        content = encapsulated(data)
        if content is None:
            return Signed(
                None, () if not len(data["signer_infos"]) else (broken("cms", SIGNED_DATA_NOT_FOUND, NOTHING),)
            )
        verified = verify_signers(data, content)
    except MalformedSignatureError as refused:
        return Signed(None, (broken("cms", refused.failure, refused.reason),))
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours
        return Signed(None, (surprised("cms", error, DAMAGED),))
    return Signed(content, verified or (broken("cms", FORMAT_FAILURE, NOBODY),))


def verify_alone(container: bytes) -> tuple[Verified, ...]:
    """Verify a CMS file by itself: it covers its own content, or a file that is not there; other CMS has no signers."""
    if not marks.of_cms(container):
        return ()
    whole = (OWN_CONTENT,)
    return tuple(
        replace(verified, coverage=Coverage.ENTIRE, covered=whole)
        if verified.intact and verified.failure is None
        else verified
        for verified in open_wrapped(container).verified
    )


def addresses_of(certificate: bytes) -> frozenset[str]:
    """List the mail addresses in a certificate, lower case; empty where it cannot be read."""
    try:
        parsed = x509.Certificate.load(certificate)
        alternative = parsed.subject_alt_name_value or ()
        named = [mail_address.native for mail_address in alternative if mail_address.name == "rfc822_name"]
        subject = parsed.subject.native.get("email_address", ())
    except (ValueError, TypeError, KeyError):
        return frozenset()
    return frozenset(
        mail_address.casefold() for mail_address in (*named, *([subject] if isinstance(subject, str) else subject))
    )
