"""A signature whose reading ended in an exception: damaged, or, where the fault is ours, not known at all."""

from __future__ import annotations

from zlib import error as ZlibError  # noqa: N812  # the library's own name is no name of a class

from intake import faults
from intake.signatures.verified import Verified, broken

OURS = "GENERIC: The signature could not be verified because of a fault in our program; a person must look at it."
LIBRARIES = ("asn1crypto", "oscrypto", "pyhanko", "pyhanko_certvalidator", "cryptography", "lxml", "zipfile")
"""Whatever they raise, they raise of what they were given to read."""


def is_ours(error: Exception) -> bool:
    """Tell whether reading a signature failed by a fault of ours, and note it if so."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm  # noqa: PLC0415  # heavy, rarely wanted
    from lxml.etree import LxmlError  # noqa: PLC0415  # likewise

    about = (InvalidSignature, UnsupportedAlgorithm, LxmlError, ZlibError)
    return faults.is_ours(error, about, LIBRARIES)


def surprised(form: str, error: Exception, damaged: str) -> Verified:
    """Give the signature as it stands: failed with the sentence `damaged`, or undetermined where the fault is ours."""
    return broken(form, "GENERIC", OURS) if is_ours(error) else broken(form, "FORMAT_FAILURE", damaged)
