"""Forks a zygote before its parent has loaded anything, for a command that will read once and end.

A fork costs a tenth of a second interpreter, and both sides then load the rest of their modules side by side. What it
forks is the reader itself: it takes one run, and whatever is to be read after that gets a zygote of its own. It must be
made while the process has one thread and holds nothing that a reader of hostile bytes should not see.
"""

from __future__ import annotations

import importlib
import math
import os
import signal
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from intake.sandbox import zygote

CAN_FORK = all(hasattr(os, name) for name in ("fork", "memfd_create"))
"""Whether this system has a zygote at all; else each run is an interpreter of its own (`intake.sandbox.portable`)."""
_LOOK_EVERY = 0.002


@dataclass(slots=True)
class ForkedZygote:
    """A zygote that was forked, and our end of its control socket."""

    job: str
    pid: int
    control: socket.socket
    returncode: int | None = None

    def poll(self) -> int | None:
        """Give the exit status; None while it runs."""
        if self.returncode is None:
            with suppress(ChildProcessError):
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def ended_within(self, seconds: float) -> int | None:
        """Wait for its exit status, at most so long; None where it runs on."""
        over = time.monotonic() + seconds
        while (code := self.poll()) is None and time.monotonic() <= over:
            time.sleep(_LOOK_EVERY)
        return code

    def kill(self) -> None:
        """End it at once."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)


_begun: list[ForkedZygote] = []
"""The one that waits to be taken."""


def begin(job: str, common: Sequence[str] = ()) -> None:
    """Load the modules that both sides need, and fork the zygote of this job."""
    for module in common:
        importlib.import_module(module)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    pid = os.fork()
    if pid == 0:
        with suppress(BaseException):
            ours.close()
            _stand_alone()
            zygote.main(job, theirs.detach(), once=True)
        os._exit(1)
    theirs.close()
    _begun.append(ForkedZygote(job, pid, ours))


def take(job: str) -> ForkedZygote | None:
    """Take the zygote that was begun for this job; None where there is none."""
    return _begun.pop() if _begun and _begun[-1].job == job else None


def end() -> None:
    """End what was begun and never taken, as by a command that was called wrongly."""
    while _begun:
        forked = _begun.pop()
        forked.control.close()
        forked.kill()
        forked.ended_within(math.inf)


def _stand_alone() -> None:
    """A terminal's signals are for our parent, and so is what it prints."""
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nowhere, standard)
    os.close(nowhere)
