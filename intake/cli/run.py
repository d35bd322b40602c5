"""``run``: the daemon."""

from __future__ import annotations

import signal
from contextlib import AbstractContextManager, nullcontext
from threading import Event
from types import FrameType

import click

from intake.cli.installation import config_option, opened
from intake.config import Config
from intake.errors import ConfigurationError
from intake.pipeline.services import Services


@click.command(name="run")
@config_option
@click.option("--once", is_flag=True, help="Poll, work until nothing is left to do, and exit.")
def command(config: Config, *, once: bool) -> None:
    """Take in mail, acknowledge it, read it, judge it, and queue it for people.

    Exit code of --once: 0 nothing is left to do, 1 an edge could not be reached, 2 wrong configuration.
    """
    from intake.bootstrap import daemon  # noqa: PLC0415  # heavy; not for --help

    if not config.mailbox:
        message = "the configuration names no mailbox"
        raise ConfigurationError(message, "Add a [[mailbox]] table; cpl-intake config --example shows one.")
    stopping = _stopping_with_a_signal()
    with opened(config, preload_signatures=True) as services:
        running = daemon(config, services, once=once)
        running.stopping = stopping
        with _watched(config, services):
            code = running.run()
    raise click.exceptions.Exit(code)


def _stopping_with_a_signal() -> Event:
    """Give the event that a signal sets: from the first moment, so that a start is ended like everything after it."""
    stopping = Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup has it
            signal.signal(number, stop)
    return stopping


def _watched(config: Config, services: Services) -> AbstractContextManager[object]:
    """Serve the daemon's /metrics and health endpoints, where the configuration names a port."""
    if config.metrics.port == 0:
        return nullcontext()
    from intake.web.serve import watched  # noqa: PLC0415  # heavy; only where it is wanted

    return watched(services, config.metrics.host, config.metrics.port)
