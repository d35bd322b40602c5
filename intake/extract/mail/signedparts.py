"""Opens the signed parts of a mail: what was signed, by whom, and whether a mail program would see the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from email.message import Message
from email.utils import getaddresses

from intake.extract.mail.entities import body_parts, canonical
from intake.extract.mail.filenames import stated_name
from intake.signatures import detect as marks
from intake.signatures.refused import HASH_FAILURE
from intake.signatures.verified import Signed, Verified, broken

SIGNED = "multipart/signed"
CONTAINERS = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
"""Of what S/MIME wraps: signed, encrypted or compressed."""
DETACHED = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature"})
WRAPPED_ENDING, DETACHED_ENDING = ".p7m", ".p7s"
_ENDINGS = frozenset({"p7s", "p7m", "p7b", "p7c", "p7", "pkcs7", "cms", "sig", "sign", "pem", "der"})
"""That programs give to a signature, behind the name of what is signed or in place of its ending."""

_PGP = frozenset({"application/pgp-signature"})
SIGNATURES = DETACHED | _PGP
_PLAIN_CODINGS = frozenset({"", "7bit", "8bit", "binary"})
_TYPE_STATED = re.compile(rb"(?im)^content-type[ \t]*:")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")

NOT_PARTED = "The signed message is not parted as it should be, so what was signed cannot be told."
TWO_READINGS = "The signed message states its parts in two ways, so mail programs may show different content."
OF_ANOTHER = (
    "It fits none of the files beside it: the file was changed since it was signed, was signed as if it were text "
    "(openssl without -binary), or is another one."
)
OPEN_PGP = "The mail is signed with OpenPGP, which is not verified here; please sign with S/MIME."


def raw_if_signed(raw: bytes) -> bytes | None:
    """Give a message's raw bytes where a part of it may be signed; else None."""
    return raw if SIGNED.encode() in raw.lower() else None


def open_multipart(part: Message, slices: tuple[bytes, ...] | None, second: str, signature: bytes) -> Signed:
    """Verify a multipart/signed (RFC 1847, 2.1).

    Args:
        part: the multipart/signed itself.
        slices: its body parts as they stand; None where they cannot be told apart with certainty.
        second: what the second one is, as `kind_of_signature` gives it.
        signature: the second one's content.
    """
    if second in _PGP or (second not in DETACHED and "pgp" in str(part.get_param("protocol", "")).lower()):
        return Signed(None, (broken("cms", "NO_SIGNING_CERTIFICATE_FOUND", OPEN_PGP),))
    if slices is None or second not in DETACHED:
        return Signed(None, (broken("cms", "FORMAT_FAILURE", NOT_PARTED),))
    if _ambiguous(part):
        return Signed(None, (broken("cms", "FORMAT_FAILURE", TWO_READINGS),))
    from intake.signatures.cms.message import verify_detached  # noqa: PLC0415  # heavy; most mail is not signed

    return verify_detached(signature, (canonical(slices[0]), slices[0]))


def kind_of_signature(part: Message) -> str:
    """Give the media type of a signature part; by its file name where a gateway replaced the type."""
    kind = part.get_content_type()
    by_name = kind == "application/octet-stream" and stated_name(part).lower().endswith(DETACHED_ENDING)
    return "application/pkcs7-signature" if by_name else kind


def open_container(content: bytes) -> Signed | None:
    """Verify what S/MIME has wrapped and signed; None where it is something else, such as encrypted."""
    if not marks.of_cms(content):
        return None
    from intake.signatures.cms.message import open_wrapped  # noqa: PLC0415  # the same

    return open_wrapped(content)


def slices_of(part: Message, raw: bytes | None, count: int) -> tuple[bytes, ...] | None:
    """Cut the body parts' raw bytes; None where unknown, or their number differs from the parser's."""
    boundary = part.get_boundary()
    if raw is None or not boundary or not boundary.isascii():
        return None
    contents = body_parts(raw, boundary)
    return contents if len(contents) == count else None


def is_entity(content: bytes) -> bool:
    """Tell whether wrapped content is a MIME entity with headers rather than a file."""
    return _TYPE_STATED.search(_BLANK_LINE.split(content, 1)[0]) is not None


def _ambiguous(part: Message) -> bool:
    """Whether the headers that lead to the parts can be read in two ways."""
    names = [name.lower() for name, _ in part.raw_items()]
    parameters = [str(name).lower() for name, _ in part.get_params([])]
    coding = str(part.get("content-transfer-encoding", "")).strip().lower()
    twice = names.count("content-type") > 1 or len(set(parameters)) < len(parameters)
    return twice or coding not in _PLAIN_CODINGS


def unwrapped_name(container: str) -> str:
    """Give a file's name before wrapping: ``form.xlsx.p7m`` held ``form.xlsx``."""
    return _stem(container) or f"{container} content"


def may_be_detached(kind: str, name: str, content: bytes) -> bool:
    """Tell whether a part may be the signature of a file beside it: by its media type, its ending, or what it is."""
    return kind in DETACHED or name.lower().endswith(DETACHED_ENDING) or marks.of_cms(content)


def is_wrapped(content: bytes) -> bool:
    """Tell whether a file is a signature around content of its own."""
    if not marks.of_cms(content):
        return False
    from intake.signatures.cms.message import holds_content  # noqa: PLC0415  # the same

    return holds_content(content)


def is_beside(wrapped: bytes, files: Mapping[str, bytes]) -> bool:
    """Tell whether the content of a signature around content lies beside it, too."""
    from intake.signatures.cms.message import open_wrapped  # noqa: PLC0415  # the same

    return open_wrapped(wrapped).content in files.values()


def named_by(signature: str, names: Sequence[str]) -> str | None:
    """Find the file that a detached signature's name points to; None where it is ambiguous.

    ``form.xlsx.p7s`` means ``form.xlsx``; ``form.p7s`` means the only file called ``form``, whatever its ending.
    """
    stem = _stem(signature) or signature
    others = [name for name in names if name != signature]
    exact = [name for name in others if name.casefold() == stem.casefold()]
    alike = [name for name in others if name.rpartition(".")[0].casefold() == stem.casefold()]
    named_files = exact or alike
    return named_files[0] if len(named_files) == 1 else None


def _stem(signature: str) -> str:
    """The name without the ending of a signature; empty where it has no such ending."""
    stem, dot, ending = signature.rpartition(".")
    return stem if dot and ending.lower() in _ENDINGS else ""


def open_beside(signature: bytes, files: Mapping[str, bytes], named: str | None) -> tuple[str | None, Signed]:
    """Verify a detached signature against the files beside it, and tell which of them it is of.

    Args:
        signature: the CMS.
        files: what lies beside it, by name.
        named: the file that the signature's name points to; it is told of where no file fits. None: there is none.

    Returns:
        The file's name, None where no file fits and none is named, and what was verified.
    """
    from intake.signatures.cms.message import open_wrapped, verify_detached  # noqa: PLC0415  # the same

    if not files:
        return None, open_wrapped(signature)
    around = open_wrapped(signature) if is_wrapped(signature) else None
    if around is not None and (same := next((name for name in files if files[name] == around.content), None)):
        return same, around
    order = sorted(files, key=lambda name: name != named)
    signed = verify_detached(signature, [files[name] for name in order])
    if any(verified.intact for verified in signed.verified):
        return next(name for name in order if files[name] is signed.content), signed
    if named is None:
        return None, open_wrapped(signature)
    return named, replace(signed, verified=tuple(map(_of_another, signed.verified)))


def _of_another(verified: Verified) -> Verified:
    return replace(verified, reasons=(OF_ANOTHER,)) if verified.failure == HASH_FAILURE else verified


def with_sender(verified: tuple[Verified, ...], sender: str) -> tuple[Verified, ...]:
    """Note where a mail's sender is none of those whom the certificate names by address (RFC 8550, 3)."""
    addresses = {address.casefold() for _, address in getaddresses([sender]) if address}
    return tuple(_compared(signature, addresses) for signature in verified)


def _compared(verified: Verified, addresses: set[str]) -> Verified:
    if verified.certificate is None or not addresses:
        return verified
    from intake.signatures.cms.message import addresses_of  # noqa: PLC0415  # the same

    named = addresses_of(verified.certificate)
    if not named or addresses & named:
        return verified
    note = (
        f"FROM_MISMATCH: The mail is from {', '.join(sorted(addresses))}, the certificate {', '.join(sorted(named))}'s."
    )
    return replace(verified, notes=(*verified.notes, note))
