"""The commands, each loaded only when it is called."""

from __future__ import annotations

import importlib
import io
import os
import sys

import click

import intake
from intake.errors import ConfigurationError, IntakeError
from intake.sandbox.light import without

COMMANDS = {
    "demo": "Try it out: sample mail, the queue, and the review page; needs no configuration.",
    "check": "Check a submission before it is sent; works offline.",
    "run": "Run the daemon, or with --once do everything there is to do and exit.",
    "web": "Serve the review page.",
    "queue": "List what waits for a person.",
    "status": "Show counters, clocks and health.",
    "evidence": "Export, verify or witness evidence; make the ledger's key.",
    "cpl": "Take in and publish the list; say what it said, what expires, how devices are upgraded.",
    "rules": "List the rules, or print the manual page of one.",
    "config": "Print an example configuration.",
    "trust": "Show whom signatures may lead to; fetch revocation lists.",
    "user": "Keep who may sign in, and where they are signed in.",
    "doctor": "Try every edge and say what to do.",
    "backup": "Copy store and evidence while the daemon works.",
    "restore": "Put a backup into a new place.",
}
"""Each in a module of its name, with a click command of its name."""


class _Commands(click.Group):
    """A click group that imports a command when it is called, so that `check` starts quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        if cmd_name not in COMMANDS:
            return None
        with without("rich"):  # structlog loads it for the tracebacks that no log of ours shows
            module = importlib.import_module(f"intake.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's signature
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(intake.__version__, prog_name="cpl-intake")
def program() -> None:
    """Take in, check and queue submissions to the Certified/Central Products List."""


def main() -> None:
    """Run a command; print errors as a sentence, never as a traceback."""
    run_alone(program, "cpl-intake")


def run_alone(command: click.Command, name: str) -> None:
    """Run this command as a program of this name, likewise."""
    if "NO_COLOR" in os.environ:
        click.core.Context.color = False
    for stream in (sys.stdout, sys.stderr):  # Windows writes to a file or a pipe in a code page of few letters
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code = command.main(prog_name=name, standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except IntakeError as error:
        _say(error)
        sys.exit(2 if isinstance(error, ConfigurationError) else 1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:  # noqa: BLE001  # our bug, told in one line
        click.echo(f"cpl-intake: this is a fault of the program: {type(error).__name__}: {error}", err=True)
        sys.exit(1)


def _say(error: IntakeError) -> None:
    click.echo(f"cpl-intake: {error}", err=True)
    if error.hint:
        click.echo(f"  {error.hint}", err=True)
