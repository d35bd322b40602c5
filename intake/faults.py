"""Faults of ours that show while a stranger's bytes are read: never a crash, never silent, never blamed on the sender.

What a library raises of malformed bytes is about the file, and so is running out of memory or depth over it. Whatever
else comes up is a fault of our own code: it is noted here with its type and place, and whoever gathers puts it on the
reading, from where it comes into the ledger, the log, the metrics and before a person.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

_ROOT = Path(__file__).parents[1]
_OUR_CODE = tuple(f"{_ROOT / package}{os.sep}" for package in ("intake", "rules"))
_BEYOND_LIMITS = (MemoryError, RecursionError)
MOST = 20
"""Faults of one reading that are kept; a thousand more would say the same."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of ours, without a word of what was read."""

    kind: str
    """The exception's type."""
    place: str
    """Where in our code, such as ``intake/extract/text/plain.py:51``."""

    def __str__(self) -> str:
        """As the log and the ledger tell it."""
        return f"{self.kind} at {self.place}"


_gathering: ContextVar[list[Fault] | None] = ContextVar("faults", default=None)


@contextmanager
def gathered() -> Iterator[list[Fault]]:
    """Collect what is noted within, each fault once; whoever gathers further out hears of it as well."""
    met: list[Fault] = []
    before = _gathering.set(met)
    try:
        yield met
    finally:
        _gathering.reset(before)
        if (outer := _gathering.get()) is not None:
            _add(outer, met)


def note(faults: Iterable[Fault]) -> None:
    """Tell whoever gathers, else the log, of faults met here or in another process."""
    met = _gathering.get()
    if met is not None:
        _add(met, faults)
        return
    import structlog  # noqa: PLC0415  # a reading process, which is started often, needs no log

    log = structlog.get_logger()
    for fault in faults:
        log.error("reader_stumbled", error=fault.kind, where=fault.place)


def _add(met: list[Fault], faults: Iterable[Fault]) -> None:
    met.extend([fault for fault in dict.fromkeys(faults) if fault not in met][: MOST - len(met)])


def is_ours(error: Exception, about: tuple[type[Exception], ...] = (), libraries: tuple[str, ...] = ()) -> bool:
    """Tell a fault of ours from what a stranger's bytes do to a reader, and note it where it is one.

    Args:
        error: what was raised.
        about: what is raised here of malformed bytes, by us or by a library written in C.
        libraries: packages, by their top name, that raise anything at all of malformed bytes.
    """
    ours, beyond = _frames(error)
    if isinstance(error, (*about, *_BEYOND_LIMITS)) or beyond in libraries:
        return False
    note([Fault(type(error).__name__, ours)])
    return True


def _frames(error: Exception) -> tuple[str, str]:
    """The innermost place of our own code, and the top package of what that called, empty where it raised itself."""
    place, beyond, trace = "", "", error.__traceback__
    while trace is not None:
        frame = trace.tb_frame
        if frame.f_code.co_filename.startswith(_OUR_CODE):
            place, beyond = f"{Path(frame.f_code.co_filename).relative_to(_ROOT)}:{trace.tb_lineno}", ""
        else:
            beyond = beyond or _package(frame)
        trace = trace.tb_next
    return place, beyond


def _package(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]
