"""Tells systemd how we are: sd_notify(3), datagrams to the socket that ``NOTIFY_SOCKET`` names.

The watchdog is fed only while every loop is heard of, so that a daemon whose mailbox is no longer read is restarted,
however lively its process.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Mapping

import structlog

from intake.pulse import Pulse

log = structlog.get_logger()

_MICRO = 1e-6


class Notifier:
    """Client of systemd's notification socket; does nothing where there is none."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        """Read the socket's address and the watchdog interval from the environment."""
        address = environment.get("NOTIFY_SOCKET", "")
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        self.watchdog_seconds = _watchdog_seconds(environment)
        """None where no watchdog watches this process."""

    def tell(self, **facts: str) -> None:
        """Send the facts as one datagram, e.g. ``tell(READY="1", STATUS="…")``; never raises."""
        if not self._address:
            return
        lines = "\n".join(f"{name}={' '.join(value.split())}" for name, value in facts.items())
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel:
                channel.settimeout(1)
                channel.sendto(lines.encode(), self._address)
        except OSError as error:
            log.warning("not_notified", error=type(error).__name__)


def _watchdog_seconds(environment: Mapping[str, str]) -> float | None:
    wanted, process = environment.get("WATCHDOG_USEC", ""), environment.get("WATCHDOG_PID", "")
    if not wanted.isdigit() or int(wanted) == 0 or (process and process != str(os.getpid())):
        return None
    return int(wanted) * _MICRO


class Watch:
    """Feeds the watchdog while every loop lives; looked after by the main thread."""

    def __init__(self, notifier: Notifier, pulse: Pulse) -> None:
        """Prepare the watch; nothing is reported yet."""
        self._notifier, self._pulse = notifier, pulse
        self._silent: list[str] = []
        self._status = ""
        self._next = 0.0
        self._stopping = False

    def begin(self, status: str) -> None:
        """Report that everything has started."""
        self._status = status
        self._notifier.tell(READY="1", STATUS=status)

    def look(self, *, stopping: bool) -> None:
        """Feed the watchdog where it is time and every loop lives; call this at least every second."""
        if stopping and not self._stopping:
            self._stopping = True
            self._notifier.tell(STOPPING="1", STATUS="Ending between two steps.")
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (self._notifier.watchdog_seconds or _UNWATCHED_SECONDS) / 4
        silent = self._pulse.silent()
        if silent != self._silent:
            self._silent = silent
            self._say(silent)
        if not silent and self._notifier.watchdog_seconds is not None:
            self._notifier.tell(WATCHDOG="1")

    def _say(self, silent: list[str]) -> None:
        if silent:
            log.error("loop_silent", loops=silent, hint="The watchdog is no longer fed; systemd restarts the daemon.")
        else:
            log.info("loop_heard_again")
        self._notifier.tell(STATUS=f"Silent: {', '.join(silent)}" if silent else self._status)

    def end(self) -> None:
        """Report that every loop has ended."""
        if not self._stopping:
            self._notifier.tell(STOPPING="1")


_UNWATCHED_SECONDS = 20.0
"""How often to look where no watchdog asks: four times in this."""
