"""``web``: the review page."""

from __future__ import annotations

import click

from intake.cli.installation import config_option, opened
from intake.config import Config


@click.command(name="web")
@config_option
def command(config: Config) -> None:
    """Serve the review page."""
    from intake.store import people  # noqa: PLC0415  # heavy; not for --help
    from intake.web.serve import serve  # noqa: PLC0415  # heavy; not for --help

    with opened(config) as services:
        with services.store.reading() as tx:
            somebody = people.anybody(tx)
        if not somebody:
            click.echo("Nobody may sign in yet; add somebody with: cpl-intake user add NAME", err=True)
        serve(
            services,
            config.web.host,
            config.web.port,
            started=lambda address: click.echo(f"The review page is at {address}", err=True),
        )
