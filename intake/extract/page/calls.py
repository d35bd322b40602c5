"""PDFium's functions by plain addresses, for what is asked of every character and every object of a page.

`pypdfium2.raw` looks at the type of every argument, which takes longer than most answers. So these functions have no
types: a whole number is C's `int`, and a handle or pointer is `passed`, once for all the calls that it is passed to.
They keep Python's lock, for none of them takes as long as it takes to let it go.
"""

from __future__ import annotations

from collections.abc import Callable
from ctypes import PYFUNCTYPE, c_size_t, c_void_p, cast
from typing import Any

passed: Callable[[int], object] = c_void_p.from_param
"""Makes of an address what a function is called with."""


def by_address(function: Any) -> Callable[..., Any]:  # noqa: ANN401  # pypdfium2 ships no types
    """Give a function of `pypdfium2.raw` that gives an address in the place of a handle, 0 of none, and checks nothing.

    Its arguments are whole numbers that are C's `int`, and what `passed` made.
    """
    given = c_size_t if hasattr(function.restype, "contents") else function.restype
    called: Callable[..., Any] = PYFUNCTYPE(given)(address_of(function))
    return called


def address_of(handle: Any) -> int:  # noqa: ANN401  # the same
    """Give the address of a handle or of a function; 0 of none."""
    return cast(handle, c_void_p).value or 0
