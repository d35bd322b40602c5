"""Whether a container carries anything of a signature: a look at its names and relationships, and no judgement."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

OPC_FOLDER = "_xmlsignatures/"
_OPC_RELATIONS = "_rels/.rels"
_ODF_FOLDER = "meta-inf/"
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[")
_PDF_NAMES = (b"/Sig", b"/SubFilter", b"/Contents")


def of_opc(names: Collection[str], relations: bytes) -> bool:
    """Whether an Office package carries any.

    Args:
        names: of its parts.
        relations: its own relationships, ``_rels/.rels``; empty where there are none.
    """
    return b"/digital-signature/" in relations or any(name.lower().startswith(OPC_FOLDER) for name in names)


def of_odf(names: Collection[str]) -> bool:
    """Whether an OpenDocument file carries any, of whatever use."""
    return any(name.lower().startswith(_ODF_FOLDER) and "signatures" in name.lower() for name in names)


def of_pdf(content: bytes) -> bool:
    """Whether a PDF carries any: ``/ByteRange`` alone stands in other places too."""
    return _BYTE_RANGE.search(content) is not None and all(name in content for name in _PDF_NAMES)


def any_in(names: Collection[str], read: Callable[[str], bytes]) -> bool:
    """Whether a container of either kind carries any.

    Args:
        names: of its parts.
        read: gives a part by its name.
    """
    return of_odf(names) or of_opc(names, read(_OPC_RELATIONS) if _OPC_RELATIONS in names else b"")
