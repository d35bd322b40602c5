"""What a file is, by its content and never by its name alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from zipfile import ZipFile

from intake import faults
from intake.domain.lead import without_lead
from intake.extract import zipguard
from intake.extract.opcparts import kind_of_package
from intake.signatures import detect as marks
from intake.signatures.armour import head_of, is_labelled
from intake.signatures.unverified import Unverified, kind_of

_PDF_HEAD = 1024
_SNIFF = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TNEF = b"\x78\x9f\x3e\x22"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_CMS = (b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07", b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01")
"""How the types of content begin that CMS knows: pkcs-7 (RFC 5652) and smime ct (RFC 5083, RFC 3274)."""
_UNVERIFIED = {
    Unverified.ENCRYPTED: "pgp",
    Unverified.PACKED: "packed",
    Unverified.CLEAR: "text",
    Unverified.XML: "xmldsig",
}
"""What is signed in a way that is not verified here and is more than a signature, key or certificate."""
_IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"\0\0\1\0", b"\x01\0\0\0\x6c\0\0\0")
_HEADER = re.compile(rb"\A(?:From [^\r\n]*\r?\n)?(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2}")
_KNOWN_HEADER = re.compile(rb"(?i:^|\n)(?i:from|received|return-path|message-id|mime-version|subject):")
_WEB = re.compile(rb"<(?:!doctype html|html|table|meta)\b|urn:schemas-microsoft-com:office", re.IGNORECASE)
PRINTED = (b"%!PS", b"\x04%!PS", b"\x1b%-12345X", b"\xc5\xd0\xd3\xc6")
"""How files for a printer begin: PostScript, also behind what wakes the printer, and with a preview before it."""
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_TYPE_LIMIT = 1024 * 1024

SPREADSHEETS = frozenset({"xlsx", "xlsm", "xlsb", "xls", "ods"})
_SHEET_NAMES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods")


@dataclass(frozen=True, slots=True)
class Media:
    """What a file is."""

    kind: str
    """``pdf xlsx xlsm xls ods xlsb odf docx doc zip image text message tnef empty unknown``; of what is signed or
    encrypted ``pkcs7 pgp packed xmldsig signature``."""
    locked: bool = False
    """Protected with a password."""
    web: bool = False
    """Text that is a web page, or the XML that old programs saved as ``.xls``."""
    trouble: str | None = None
    """Why a zip container must not be opened."""
    parts: tuple[str, ...] = ()
    """Names inside a zip container."""
    signed: bool = False
    """The container carries something of a signature."""


def media_of(content: bytes) -> Media:
    """Tell a file's media type by its first bytes, and a container's by its parts."""
    if not content:
        return Media("empty")
    if content.startswith(_ZIP):
        return _of_zip(content)
    if content.startswith(_OLE):
        return _of_ole(content)
    return _of_plain(content)


def looks_like_spreadsheet(name: str, media: Media) -> bool:
    """Tell whether sender or content call the file a spreadsheet, so that it must not pass unread."""
    return media.kind in SPREADSHEETS or name.lower().rstrip(". ").endswith(_SHEET_NAMES)


def _is_pkcs7(content: bytes) -> bool:
    head = head_of(content)
    return any(mark in head for mark in _CMS) or is_labelled(content)


def _of_zip(content: bytes) -> Media:
    trouble = zipguard.trouble(content)
    if trouble is not None:
        # A damaged container still shows the names of its parts, so a cut-off workbook is called one.
        return Media(_by_names(content), trouble=trouble, locked=trouble == zipguard.LOCKED)
    with ZipFile(BytesIO(content)) as container:
        parts = tuple(container.namelist())
        types = _member(container, "[Content_Types].xml")
        relations = _member(container, "_rels/.rels")
        kind = kind_of_package(types, relations, parts) if types else _of_open_document(_member(container, "mimetype"))
        signed = marks.any_in(parts, partial(_member, container))
    return Media(kind, parts=parts, signed=signed)


def _member(container: ZipFile, name: str) -> bytes:
    try:
        # the names of a package's parts compare without case (ECMA-376 part 2, 6.2.2.3)
        spelt = next((entry for entry in container.namelist() if entry.casefold() == name.casefold()), name)
        with container.open(spelt) as part:
            return part.read(_TYPE_LIMIT)
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours; damaged is as good as not there
        faults.is_ours(error, libraries=("zipfile",))
        return b""


def _of_open_document(mimetype: bytes) -> str:
    if not mimetype.startswith(_OPEN_DOCUMENT):
        return "zip"
    return "ods" if mimetype.startswith(_OPEN_DOCUMENT + b"spreadsheet") else "odf"


def _by_names(content: bytes) -> str:
    for mark, kind in (
        (b"xl/workbook.bin", "xlsb"),
        (b"xl/vbaProject.bin", "xlsm"),
        (b"xl/", "xlsx"),
        (b"word/", "docx"),
    ):
        if mark in content:
            return kind
    return _of_open_document(content[38:100])


def _of_ole(content: bytes) -> Media:
    from msoffcrypto import OfficeFile  # noqa: PLC0415  # brings cryptography along; few submissions hold such a file

    from intake.extract.mail import msgfile  # noqa: PLC0415  # seldom needed likewise

    if msgfile.opened(content) is not None:
        return Media("message")
    try:
        office = OfficeFile(BytesIO(content))
        form, locked = str(office.format), bool(office.is_encrypted())
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours
        faults.is_ours(error, libraries=("msoffcrypto", "olefile"))
        return Media("xls" if "Workbook".encode("utf-16-le") in content else "unknown")
    if form == "ooxml":
        return Media("xlsx", locked=True)
    return Media({"xls97": "xls", "doc97": "doc"}.get(form, "unknown"), locked=locked)


def _of_plain(content: bytes) -> Media:
    head = content[:_SNIFF]
    if b"%PDF-" in content[:_PDF_HEAD]:
        return Media("pdf")
    if content.startswith(_TNEF):
        return Media("tnef")
    if content.startswith(_IMAGES) or content[8:12] == b"WEBP" or content[4:8] == b"ftyp":
        return Media("image")
    if content.startswith(PRINTED):  # whose letters are no words of a text
        return Media("unknown")
    if _is_pkcs7(content):
        return Media("pkcs7")
    unverified = kind_of(content)
    return _of_text(head) if unverified is None else Media(_UNVERIFIED.get(unverified, "signature"))


def _of_text(head: bytes) -> Media:
    plain = without_lead(head)
    if _HEADER.match(plain) and _KNOWN_HEADER.search(plain):
        return Media("message")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Media("text")
    strange = len(head) - len(head.translate(None, _CONTROLS))
    if b"\0" in head or strange > len(head) // 50:
        return Media("unknown")
    return Media("text", web=bool(_WEB.search(head)))
