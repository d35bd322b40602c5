"""One structlog line a unit of work, to stderr: reference, states before and after, attempt, seconds, outcome.

Never a traceback or a secret, and nothing that a submitter wrote: no body, no subject, no address, no file name.
Whoever needs those has the reference, and the store and the archive to look into, where access is ruled.
"""

from __future__ import annotations

import atexit
import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO, cast

import structlog

from intake.config import LogConfig
from intake.errors import safe_message

_URL_PASSWORD = re.compile(r"(?P<before>://[^\s:/@]*:)[^\s@]*@")
_LOCAL_PART = re.compile(r"[^\s<>\"'(),:;@]+@")
_IDENTIFIERS = frozenset({"message_id", "event", "person"})
"""What has an @ of its own right: Message-IDs of ours, and our own people's names."""


class _Unfailing:
    """A stream on which nobody's work depends: what a full disk or a reader that has gone does not take is counted."""

    lost = 0

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, or count what could not be written."""
        try:
            return self._stream.write(text)
        except (OSError, ValueError):
            _Unfailing.lost += 1
            return 0

    def flush(self) -> None:
        """Hand on what was written, or count it likewise."""
        try:
            self._stream.flush()
        except (OSError, ValueError):
            _Unfailing.lost += 1


def _let_go() -> None:
    """At the process's end, let go of lines that cannot be written; for them Python would end with code 120."""
    try:
        sys.stderr.flush()
    except (OSError, ValueError):
        sys.stderr = None  # as it is where a process has none


def lost_lines() -> int:
    """Count how often this process could not write its log; more than none means that lines are missing."""
    return _Unfailing.lost


def configure(config: LogConfig) -> None:
    """Set up logging for the process; safe to call again."""
    as_json = config.format == "json" or (config.format == "auto" and not sys.stderr.isatty())
    renderer = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer()
    level = logging.getLevelNamesMapping()[config.level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            _without_traceback,
            _discreet,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", _Unfailing(sys.stderr))),
    )
    atexit.unregister(_let_go)
    atexit.register(_let_go)
    logging.basicConfig(handlers=[_OneLine()], level=logging.WARNING, force=True)


def _without_traceback(_logger: object, _name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Log an exception in one line, without traceback."""
    problem = line.pop("exc_info", None)
    if problem:
        error = sys.exc_info()[1] if problem is True else problem
        line.setdefault("error", safe_message(error) if isinstance(error, BaseException) else "")
    return line


def _discreet(_logger: object, _name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Redact addresses and passwords from log values."""
    for key, value in line.items():
        if isinstance(value, str) and "@" in value and key not in _IDENTIFIERS:
            line[key] = _LOCAL_PART.sub("…@", _URL_PASSWORD.sub(r"\g<before>…@", value))
    return line


class _OneLine(logging.Handler):
    """Logging handler that passes libraries' records to structlog."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        detail = {"error": safe_message(error)} if error else {}
        text = str(record.msg)  # its facts are left out: a library may quote what it read
        structlog.get_logger().warning("library", logger=record.name, said=text, **detail)
