"""Runs a short command with its reader beside it: forked while nothing is loaded, and both leave at once."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Callable
from contextlib import suppress

from intake.cli import late

_COMMON = ("intake.extract.reader", "rules.catalogue", "rules.days")
"""What this process and its reader load both: loaded once, before the fork."""


def main() -> None:
    """Run the command, and end the process without taking the interpreter down piece by piece."""
    _begin()
    from intake.cli.program import main as run  # noqa: PLC0415  # beside the reader's own start

    _to_its_end(run)


def alone(afterwards: Callable[[], None]) -> None:
    """Run `check` as a program of its own, as the one file that submitters have; then do what is due afterwards."""
    _begin()
    from intake.cli.check import command  # noqa: PLC0415  # beside the reader's own start
    from intake.cli.program import run_alone  # noqa: PLC0415  # likewise

    _to_its_end(lambda: run_alone(command, "cpl-check"), afterwards)


def _begin() -> None:
    gc.disable()  # a life this short ends before a collection pays
    late.put_off(*late.SELDOM_ASKED)
    from intake.sandbox import early, light  # noqa: PLC0415  # with less of the standard library

    light.write_methods_when_called()
    light.compile_patterns_when_used()
    light.hash_by_python()
    with light.without("typing_extensions"):  # of which msgspec takes what Python has itself
        importlib.import_module("msgspec")
    if early.CAN_FORK:
        early.begin("intake.extract.job:run", _COMMON)


def _to_its_end(run: Callable[[], None], afterwards: Callable[[], None] = lambda: None) -> None:
    code: object = 1
    try:
        run()
    except SystemExit as left:
        code = left.code
    from intake.sandbox import early  # noqa: PLC0415  # loaded long since

    early.end()
    afterwards()
    _leave(code if isinstance(code, int) else 0)


def _leave(code: int) -> None:
    """Write out what is written and end the process; whatever it holds, the kernel takes back."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # whoever read it has gone
            stream.flush()
    os._exit(code)
