"""Keeps revocation lists and answers fresh, and remembers whose will be wanted."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

import structlog

from intake.config import Config
from intake.errors import UnreachableError, reason
from intake.extract.reader import Reading
from intake.pipeline.services import Services
from intake.revocation import seen
from intake.revocation.refreshed import Refreshed
from intake.signatures.trust_settings import cache_of

log = structlog.get_logger()


def remember(config: Config, reading: Reading) -> None:
    """Keep the signers' chains; a cache that cannot be written costs a TRY_LATER later, and nothing now."""
    if not reading.chains:
        return
    try:
        seen.remember(cache_of(config), reading.chains)
    except OSError as error:
        log.warning("signers_not_remembered", error=str(error))


def refresh(services: Services, stopping: Event, *, at_once: bool = False) -> Refreshed:
    """Refresh what is due; with `at_once`, everything.

    Raises:
        UnreachableError: the cache cannot be written.
    """
    from intake.revocation.fetching import Bounds  # noqa: PLC0415  # what reads and judges does without them
    from intake.revocation.refresh import Refresher  # noqa: PLC0415  # likewise
    from intake.signatures.trust.revocation_cache import RevocationCache  # noqa: PLC0415  # likewise
    from intake.signatures.trust.trust_list import read_trust_list  # noqa: PLC0415  # likewise

    trust, cache = services.config.trust, cache_of(services.config)
    every = timedelta(0) if at_once else timedelta(minutes=trust.refresh_minutes)
    refresher = Refresher(RevocationCache(cache), Bounds(reach=trust.reach), every, services.pulse.beat)
    trust_list = read_trust_list(services.config.path(trust.anchors))
    try:
        told = refresher.round(trust_list, services.clock.now(), stopping)
    except OSError as error:
        message = f"the cache of revocation lists {cache} cannot be written: {reason(error, cache)}"
        raise UnreachableError(message, "Check [trust] cache, its rights and its room.") from error
    log.info("refreshed", fetched=len(told.fetched), fresh=told.fresh, failed=told.failed)
    return told
