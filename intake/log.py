"""One structlog line a unit of work, to stderr; never a traceback, a body or a secret."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from intake.config import LogConfig


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
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(handlers=[_OneLine()], level=logging.WARNING, force=True)


def _without_traceback(_logger: object, _name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception is told in one line."""
    problem = line.pop("exc_info", None)
    if problem:
        error = sys.exc_info()[1] if problem is True else problem
        line.setdefault("error", f"{type(error).__name__}: {error}")
    return line


class _OneLine(logging.Handler):
    """What libraries log goes the same way."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        detail = {"error": f"{type(error).__name__}: {error}"} if error else {}
        structlog.get_logger().warning("library", logger=record.name, said=record.getMessage(), **detail)
