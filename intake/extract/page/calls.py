"""PDFium's functions by plain addresses, for what is asked of every character and every object of a page.

`pypdfium2.raw` looks at the type of every argument, which takes longer than most answers.
"""

from __future__ import annotations

from collections.abc import Callable
from ctypes import CFUNCTYPE, c_void_p, cast
from typing import Any


def by_address(function: Any) -> Callable[..., Any]:  # noqa: ANN401  # pypdfium2 ships no types
    """Give a function of `pypdfium2.raw` that takes and gives addresses in the place of handles and pointers."""
    types = [c_void_p if hasattr(kind, "contents") else kind for kind in (function.restype, *function.argtypes)]
    called: Callable[..., Any] = CFUNCTYPE(*types)(address_of(function))
    return called


def address_of(handle: Any) -> int:  # noqa: ANN401  # the same
    """Give the address of a handle or of a function; 0 of none."""
    return cast(handle, c_void_p).value or 0
