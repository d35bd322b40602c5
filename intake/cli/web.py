"""``web``: the review page."""

from __future__ import annotations

import click

from intake.cli.installation import config_option, opened
from intake.config import Config
from intake.notify import Notifier


@click.command(name="web")
@config_option
def command(config: Config) -> None:
    """Serve the review page."""
    from intake.store import people  # noqa: PLC0415  # heavy; not for --help
    from intake.web.serve import serve  # noqa: PLC0415  # heavy; not for --help

    with opened(config, preload_pictures=True) as services:
        with services.store.reading() as tx:
            somebody = people.anybody(tx)
        if not somebody:
            click.echo("Nobody may sign in yet; add somebody with: cpl-intake user add NAME", err=True)
        notifier = Notifier()

        def started(address: str) -> None:
            click.echo(f"The review page is at {address}", err=True)
            notifier.tell(READY="1", STATUS=f"Serving {address}")

        serve(services, config.web.host, config.web.port, started=started)
        notifier.tell(STOPPING="1")
