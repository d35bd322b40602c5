"""Detects signatures by a file's part names and first bytes, without verifying them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from intake.signatures.armour import head_of

OPC_FOLDER = "_xmlsignatures/"
_OPC_RELATIONS = "_rels/.rels"
_ODF_FOLDER = "meta-inf/"
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[")
_PDF_NAMES = (b"/Sig", b"/Contents")
_SIGNED_DATA = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
"""The type of content that is signed (RFC 5652, 5.1)."""


def of_opc(names: Collection[str], relations: bytes) -> bool:
    """Tell whether an Office package carries signatures.

    Args:
        names: of its parts.
        relations: its own relationships, ``_rels/.rels``; empty where there are none.
    """
    return b"/digital-signature/" in relations or any(name.lower().startswith(OPC_FOLDER) for name in names)


def of_odf(names: Collection[str]) -> bool:
    """Tell whether an OpenDocument file carries signatures of any use."""
    return any(name.lower().startswith(_ODF_FOLDER) and "signatures" in name.lower() for name in names)


def of_pdf(content: bytes) -> bool:
    """Tell whether a PDF carries signatures; ``/ByteRange`` alone does not prove one."""
    return _BYTE_RANGE.search(content) is not None and all(name in content for name in _PDF_NAMES)


def of_cms(content: bytes) -> bool:
    """Tell whether a CMS container, binary or text, holds signed data rather than what is encrypted or compressed."""
    return _SIGNED_DATA in head_of(content)


def any_in(names: Collection[str], read: Callable[[str], bytes]) -> bool:
    """Tell whether a container of either kind carries signatures.

    Args:
        names: of its parts.
        read: gives a part by its name.
    """
    return of_odf(names) or of_opc(names, read(_OPC_RELATIONS) if _OPC_RELATIONS in names else b"")
