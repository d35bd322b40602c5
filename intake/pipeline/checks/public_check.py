"""A check for somebody on the public page: files in memory in, a report and pictures out, and nothing kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from intake.clock import Clock
from intake.config import Config
from intake.extract.reader import Progress, sandbox
from intake.extract.viewing import views
from intake.extract.views import Wanted
from intake.pipeline.checks.check import Checked, check_files, check_message, is_message, told_apart
from intake.pipeline.reading.assemble import Register
from intake.pipeline.services import Services
from intake.render import framed
from intake.render.entry_view import EntryView
from intake.sandbox import Sandbox
from intake.signatures.trust_settings import TrustSettings, configured

Files = Sequence[tuple[str, bytes]]


class SeveralMessagesError(Exception):
    """More than one message, or a message among loose files: they are checked one at a time."""


@dataclass(frozen=True, slots=True)
class PublicCheck:
    """What a public check has at hand; no store and no archive."""

    config: Config
    clock: Clock
    box: Sandbox
    register: Callable[[], Register]
    """The published list; None where there is none to compare with."""

    lists: bool = True
    """Whether there is a list at all."""

    @property
    def trust(self) -> TrustSettings:
        """Whom signatures may lead to, now."""
        return configured(self.config, self.now())

    def now(self) -> datetime:
        """Give the current time."""
        return self.clock.now()

    def check(self, files: Files, progress: Progress) -> Checked:
        """Read and judge.

        Raises:
            SeveralMessagesError: there is a message among them, and not alone.
            UnreachableError: no child could be started.
        """
        register, limits, trust = self.register(), self.config.limits, self.trust
        mails = [content for name, content in files if is_message(name, content)]
        if mails and len(files) > 1:
            raise SeveralMessagesError
        if mails:
            return check_message(
                self.box, mails[0], trust_settings=trust, limits=limits, register=register, progress=progress
            )
        return check_files(
            self.box, told_apart(files), trust_settings=trust, limits=limits, register=register, progress=progress
        )

    def pictures(
        self, files: Files, checked: Checked, entries: Sequence[EntryView]
    ) -> tuple[tuple[framed.Picture, ...], int]:
        """Draw pages on which values stand that were compared, at most `framed.MOST_PAGES`; tell how many more.

        Raises:
            UnreachableError: no child could be started.
        """
        every = framed.pages(checked.dossier, entries)
        pages = every[: framed.MOST_PAGES]
        if not pages:
            return (), 0
        loose = checked.dossier.message is None
        sizes = [(name, len(content)) for name, content in told_apart(files)] if loose else None
        payload = b"".join(content for _, content in files)
        wanted = [Wanted(page.sha256, page.number, jpeg=True) for page in pages]
        drawn = {}
        for (place, view), page in zip(views(self.box, payload, wanted, self.config.limits, sizes), pages, strict=True):
            drawn[place.sha256, place.page] = framed.picture(page, view.size, view.image, view.trouble)
        return framed.shown(pages, drawn), len(every) - len(pages)


def beside_the_desk(services: Services) -> PublicCheck:
    """Give a public check that compares with the register's list; the desk's process serves it."""

    def register() -> Register:
        with services.store.reading() as tx:
            return services.listing.entries(tx)

    return PublicCheck(services.config, services.clock, services.sandbox, register)


def by_itself(config: Config, clock: Clock) -> PublicCheck:
    """Give a public check on a host of its own, which has neither store nor archive nor list."""
    box = sandbox(config.limits, preload_signatures=True, preload_pictures=True).start()
    return PublicCheck(config, clock, box, lambda: None, lists=False)
