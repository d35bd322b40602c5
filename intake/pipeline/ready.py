"""Tells whether this process could do its work now."""

from __future__ import annotations

from intake.errors import IntakeError
from intake.pipeline.services import Services
from intake.store import submissions
from intake.store.migrate import HEAD, schema_version


def not_ready(services: Services) -> str | None:
    """Explain why the process is not ready; None where store and archive answer."""
    try:
        with services.store.reading() as tx:
            schema = schema_version(tx)
            newest = submissions.newest_report(tx)
        if schema != HEAD:
            return f"The store is at migration {schema}, this release at {HEAD}: restart it."
        if newest is not None:
            services.archive.get(newest)
        else:
            next(iter(services.archive.digests()), None)
    except IntakeError as error:
        return f"{str(error).capitalize()}."
    return None
