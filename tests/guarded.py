"""Edges that tell when they are used while this thread has a transaction open: no archive, network or parsing in one.

What is told is kept until the test ends, for the code under test lives through whatever is raised at it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from intake.archive.folder import FolderArchive
from intake.domain import envelope, records
from intake.sandbox import Sandbox
from intake.store.engine import Store, Transaction


class _Open(threading.local):
    count = 0


_open = _Open()
faults: list[str] = []
"""What was done within a transaction, of all threads."""


def outside(what: str) -> None:
    """Tell, where a transaction of this thread is open."""
    if _open.count:
        faults.append(f"{what} within a transaction")
        raise AssertionError(faults[-1])


class GuardedStore(Store):
    """Counts its open transactions."""

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with _counted(), super().transaction() as tx:
            yield tx

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        with _counted(), super().reading() as tx:
            yield tx


@contextmanager
def _counted() -> Iterator[None]:
    _open.count += 1
    try:
        yield
    finally:
        _open.count -= 1


class GuardedArchive(FolderArchive):
    """Is asked outside of transactions."""

    def put(self, content: bytes) -> str:
        outside("the archive was written")
        return super().put(content)

    def put_all(self, contents: Sequence[bytes]) -> list[str]:
        outside("the archive was written")
        return super().put_all(contents)

    def get(self, sha256: str) -> bytes:
        outside("the archive was read")
        return super().get(sha256)

    def digests(self) -> Iterator[str]:
        outside("the archive was listed")
        return super().digests()


def guard_parsing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have mail, dossiers and reports read, and children run, outside of transactions alone."""

    def watched(what: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:  # noqa: ANN401  # whatever the real one takes and gives
            outside(what)
            return real(*given, **named)

        return call

    monkeypatch.setattr(envelope, "_headers", watched("a mail was parsed", envelope._headers))  # noqa: SLF001  # the one place where headers are parsed
    for name in ("_dossiers", "_reports"):
        decoder = getattr(records, name)
        monkeypatch.setattr(records, name, _Decoder(watched("evidence was parsed", decoder.decode)))
    monkeypatch.setattr(Sandbox, "_submit", watched("a child was asked", Sandbox._submit))  # noqa: SLF001  # likewise


class _Decoder:
    def __init__(self, decode: Callable[[bytes], Any]) -> None:
        self.decode = decode
