"""``demo``: see it work."""

from __future__ import annotations

import click


@click.command(name="demo")
@click.option("--port", type=click.IntRange(0, 65535), help="0 takes a free one.  [default: 8080, if it is free]")
@click.option("--no-serve", is_flag=True, help="Stop before the review page.")
def command(port: int | None, *, no_serve: bool) -> None:
    """Try it out: a mailbox of sample messages, what becomes of each, then the review page.

    Needs no configuration and no services, and leaves nothing behind.
    """
    from rich.console import Console  # noqa: PLC0415  # heavy; not for --help

    from intake.demo.show import show  # noqa: PLC0415  # heavy; not for --help

    raise click.exceptions.Exit(show(Console(), port=port, serve=not no_serve))
