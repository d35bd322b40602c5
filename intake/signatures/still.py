"""Runs the library's coroutines where nothing is ever waited for."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar

Result = TypeVar("Result")


def still(awaitable: Awaitable[Result]) -> Result:
    """The result of a coroutine that fetches nothing, and so never has to wait; an event loop would cost more.

    Raises:
        RuntimeError: it waits after all.
    """
    steps = awaitable.__await__()
    try:
        next(steps)
    except StopIteration as done:
        result: Result = done.value
        return result
    message = "a coroutine that was to fetch nothing waits"
    raise RuntimeError(message)
