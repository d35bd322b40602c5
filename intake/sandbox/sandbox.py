"""Our side of the sandbox: starts the zygote and hands it runs."""

from __future__ import annotations

import json
import math
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import Any, Self

from intake.errors import UnreachableError, reason
from intake.sandbox import early
from intake.sandbox.early import ForkedZygote

START_SECONDS = 30
MAX_LINE = 64 << 20
"""Bytes of one line from a child; more is taken for a fault."""
_TOO_LONG = "It took too long to read."
_TOO_LARGE = "Reading it needed more than {} MB, or crashed the reader."


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may use."""

    seconds: float = 30
    memory_mb: int = 512


class ChildDiedError(Exception):
    """The child ended before its work did; the message says why, for a person."""


class Sandbox:
    """Runs one kind of job in limited child processes; safe to use from several threads."""

    def __init__(
        self, job: str, limits: Limits, preload: Sequence[str] = (), begun: ForkedZygote | None = None
    ) -> None:
        """Name the job as ``module:function``; `start` loads it, and the modules that it may want later.

        A zygote of this job that has `begun` already is used as long as it lives.
        """
        self._job = job
        self._limits = limits
        self._preload = preload
        self._lock = Lock()
        self._zygote: subprocess.Popen[bytes] | ForkedZygote | None = begun
        self._control: socket.socket | None = None
        self._ready = False
        if begun is not None:
            begun.control.settimeout(START_SECONDS)
            self._control = begun.control

    def start(self) -> Self:
        """Start the zygote without waiting for it to be ready."""
        with self._lock:
            if early.CAN_FORK and (self._zygote is None or self._zygote.poll() is not None):
                self._launch()
        return self

    def close(self) -> None:
        """End the zygote; children that still run end by their own limits."""
        with self._lock:
            self._end()

    def __enter__(self) -> Self:
        """Start it."""
        return self.start()

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.close()

    def run(self, request: object, payload: bytes) -> Iterator[Any]:
        """Run the job on the payload and give what it emits, line by line.

        Raises:
            ChildDiedError: it was ended by a limit or crashed; what it emitted before has been given.
            UnreachableError: no child could be started.
        """
        if not early.CAN_FORK:
            yield from self._run_portably(request, payload)
            return
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                reader = self._submit(request, payload, theirs)
            ours.settimeout(self._limits.seconds + START_SECONDS)
            yield from self._lines(ours, reader)

    def _run_portably(self, request: object, payload: bytes) -> Iterator[Any]:
        from intake.sandbox import portable, single  # noqa: PLC0415  # only where nothing can be forked

        told = {"request": request, "seconds": self._limits.seconds, "memory_mb": self._limits.memory_mb}
        try:
            for line in portable.lines_of(self._job, told, payload):
                if not isinstance(line, int):
                    yield json.loads(line)
                elif line == single.TOO_LONG:
                    raise ChildDiedError(_TOO_LONG)
                elif line != 0:
                    raise ChildDiedError(_TOO_LARGE.format(self._limits.memory_mb))
        except OSError as error:
            message = f"the process that reads documents cannot be started: {reason(error)}"
            raise UnreachableError(message) from error
        except ValueError as error:
            message = "The process that was reading it ended without an answer."
            raise ChildDiedError(message) from error

    def _lines(self, stream: socket.socket, reader: ForkedZygote | None) -> Iterator[Any]:
        with stream.makefile("rb") as lines:
            while True:
                line = self._line(lines, reader)
                if isinstance(line, dict) and "exit" in line:
                    _judge_exit(int(line["exit"]), self._limits)
                    return
                yield line

    def _line(self, lines: Any, reader: ForkedZygote | None) -> Any:  # noqa: ANN401  # a socket's file; JSON
        try:
            text = lines.readline(MAX_LINE)
        except TimeoutError as error:
            message = "The process that was reading it did not answer."
            raise ChildDiedError(message) from error
        if not text and reader is not None and (code := reader.ended_within(START_SECONDS)) is not None:
            return {"exit": code}
        try:
            return json.loads(text)
        except ValueError as error:
            message = "The process that was reading it ended without an answer."
            raise ChildDiedError(message) from error

    def _submit(self, request: object, payload: bytes, stream: socket.socket) -> ForkedZygote | None:
        """Hand a run over; gives the process that does it itself and has nobody to tell of its end."""
        body = {"request": request, "seconds": self._limits.seconds, "memory_mb": self._limits.memory_mb}
        descriptor = os.memfd_create("payload")
        try:
            _write_all(descriptor, payload)
            os.lseek(descriptor, 0, os.SEEK_SET)
            return self._send(json.dumps(body).encode(), [stream.fileno(), descriptor])
        finally:
            os.close(descriptor)

    def _send(self, packet: bytes, descriptors: list[int]) -> ForkedZygote | None:
        """Send to the zygote; one that has died is replaced once."""
        with self._lock:
            for last in (False, True):
                if self._control is None:
                    self._launch()
                try:
                    self._await_ready()
                    assert self._control is not None  # noqa: S101  # _launch has just made it
                    socket.send_fds(self._control, [packet], descriptors)
                except OSError as error:
                    self._end()
                    if last:
                        message = f"the process that reads documents cannot be started: {reason(error)}"
                        raise UnreachableError(message) from error
                else:
                    return self._spent()
        return None

    def _spent(self) -> ForkedZygote | None:
        """Let go of a zygote that takes one run only; the next has another."""
        if not isinstance(self._zygote, ForkedZygote) or self._control is None:
            return None
        self._control.close()
        self._control = None
        return self._zygote

    def _launch(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._zygote = subprocess.Popen(  # noqa: S603  # our own interpreter and module
                [sys.executable, "-m", "intake.sandbox.zygote", self._job, str(theirs.fileno()), *self._preload],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                start_new_session=True,  # a terminal's signals are for us
            )
        ours.settimeout(START_SECONDS)
        self._control = ours
        self._ready = False

    def _await_ready(self) -> None:
        if self._ready:
            return
        assert self._control is not None  # noqa: S101  # _launch has just made it
        if self._control.recv(16) != b"ready":
            message = "it ended while starting"
            raise ConnectionError(message)
        self._ready = True

    def _end(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._zygote is not None:
            if _ended_within(self._zygote, 1) is None:
                self._zygote.kill()
                _ended_within(self._zygote, math.inf)
            self._zygote = None


def _ended_within(zygote: subprocess.Popen[bytes] | ForkedZygote, seconds: float) -> int | None:
    """Its exit status; None where it runs on for so long."""
    if isinstance(zygote, ForkedZygote):
        return zygote.ended_within(seconds)
    with suppress(subprocess.TimeoutExpired):
        return zygote.wait(seconds)
    return None


def _write_all(descriptor: int, payload: bytes) -> None:
    view = memoryview(payload)
    while view:
        view = view[os.write(descriptor, view) :]


def _judge_exit(code: int, limits: Limits) -> None:
    if code == 0:
        return
    if code in {-signal.SIGALRM, -signal.SIGXCPU, -signal.SIGKILL}:
        message = _TOO_LONG
    elif code in {-signal.SIGABRT, -signal.SIGSEGV, 1}:
        message = _TOO_LARGE.format(limits.memory_mb)
    else:
        message = f"The process that was reading it ended with {code}."
    raise ChildDiedError(message)
