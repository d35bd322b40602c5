"""Runs coroutines that never wait, without an event loop."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar

Result = TypeVar("Result")


def run_sync(awaitable: Awaitable[Result]) -> Result:
    """Run a coroutine that never waits and give its result; cheaper than an event loop.

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
