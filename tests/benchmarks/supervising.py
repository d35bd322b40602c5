"""A command that is run to its end, whatever that is, and what it has cost with all that it started."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int | None
    """Its exit code, negative where a signal ended it; None where it took too long."""
    seconds: float
    processor: float
    """Seconds of user and system time, of its children too."""

    @property
    def well(self) -> bool:
        """Whether it did what it was to do."""
        return self.code == 0

    def __str__(self) -> str:
        """Say it in a few words."""
        spent = f"{self.seconds:.0f} s, {self.processor:.0f} s of processor time"
        if self.well:
            return spent
        return f"FAILED after {spent}: " + ("it took too long" if self.code is None else f"exit code {self.code}")


def supervised(command: Sequence[str], environment: Mapping[str, str], most: float) -> Ended:
    """Run a command for so many seconds at most; it writes where this process does, and leaves no process behind.

    Args:
        command: that is run, in a group of its own.
        environment: all of its environment.
        most: seconds after which it is ended, and whatever it has started with it.
    """
    started = time.monotonic()
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        status, used = _waited(process.pid, started + most)
    except BaseException:  # whoever stops us stops it, too
        _end(process.pid)
        process.wait()
        raise
    code = None if status is None else os.waitstatus_to_exitcode(status)
    process.returncode = -signal.SIGKILL if code is None else code
    return Ended(code, time.monotonic() - started, used)


def _waited(pid: int, until: float) -> tuple[int | None, float]:
    """The status of a process that has ended, or None after it was ended, and its processor time."""
    while time.monotonic() < until:
        ended, status, used = os.wait4(pid, os.WNOHANG)
        if ended:
            return status, used.ru_utime + used.ru_stime
        time.sleep(0.05)  # the wait between two looks, bounded by the time
    _end(pid)
    _, _, used = os.wait4(pid, 0)
    return None, used.ru_utime + used.ru_stime


def _end(pid: int) -> None:
    """Let the group go in order, and end what has not gone by then."""
    os.killpg(pid, signal.SIGTERM)
    over = time.monotonic() + 10
    while time.monotonic() < over and os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        time.sleep(0.05)  # likewise
    os.killpg(pid, signal.SIGKILL)
