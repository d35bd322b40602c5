"""``web``: the review page."""

from __future__ import annotations

import click

from intake.cli.installation import config_option, opened
from intake.config import Config
from intake.notify import Notifier


@click.command(name="web")
@config_option
@click.option("--check-only", is_flag=True, help="Serve the public page /check alone; needs no store and no archive.")
def command(config: Config, *, check_only: bool) -> None:
    """Serve the review page."""
    if check_only:
        _check_alone(config)
        return
    from intake.store import people  # noqa: PLC0415  # heavy; not for --help
    from intake.web.serve import serve  # noqa: PLC0415  # heavy; not for --help

    with opened(config, preload_pictures=True, sign_in=True) as services:
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


def _check_alone(config: Config) -> None:
    from intake.clock import SystemClock  # noqa: PLC0415  # likewise
    from intake.pipeline.checks.public_check import by_itself  # noqa: PLC0415  # likewise
    from intake.web.serve import serve_check  # noqa: PLC0415  # likewise

    public, notifier = by_itself(config, SystemClock()), Notifier()

    def started(address: str) -> None:
        click.echo(f"Submissions can be checked at {address}", err=True)
        notifier.tell(READY="1", STATUS=f"Serving {address}")

    try:
        serve_check(public, config.web.host, config.web.port, started=started)
    finally:
        public.box.close()
    notifier.tell(STOPPING="1")
