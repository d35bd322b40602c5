"""The only place where a concrete mailbox, archive or store is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake.archive.folder import FolderArchive
from intake.clock import SystemClock
from intake.config import Config, MailboxConfig
from intake.daemon import Daemon
from intake.domain.working_days import WorkingCalendar
from intake.extract.reader import sandbox
from intake.mailbox.base import Mailbox, Postman
from intake.mailbox.folder import FolderMailbox
from intake.mailbox.folder_postman import FolderPostman
from intake.mailbox.imap import ImapMailbox
from intake.mailbox.maildir import MaildirMailbox
from intake.mailbox.smtp import SmtpPostman
from intake.pipeline.services import Services
from intake.store.engine import Store

if TYPE_CHECKING:
    from intake.mailbox.dkim_keys import DkimKeys


def services(config: Config) -> Services:
    """Open every edge but the mailboxes.

    Raises:
        UnreachableError: the store or the archive cannot be opened.
        ConfigurationError: the configuration names something impossible.
    """
    config.path(config.var).mkdir(parents=True, exist_ok=True)
    return Services(
        config=config,
        store=store(config),
        archive=archive(config),
        clock=SystemClock(),
        calendar=WorkingCalendar(config.calendar.region, config.calendar.extra_closed_days),
        sandbox=sandbox(config.limits).start(),
        dkim_keys=dkim_keys(config),
    )


def store(config: Config) -> Store:
    """The store, its schema up to date.

    Raises:
        UnreachableError: it cannot be opened.
    """
    return Store(config.store_url).open()


def archive(config: Config) -> FolderArchive:
    """The evidence archive.

    Raises:
        UnreachableError: it cannot be opened.
    """
    return FolderArchive(config.path(config.evidence.path)).open()


def dkim_keys(config: Config) -> DkimKeys | None:
    """Who asks for the keys of senders' signatures; None where these are not checked here.

    Raises:
        ConfigurationError: there is no name server to ask.
    """
    wanted = config.authentication
    if wanted.dkim == "off":
        return None
    from intake.mailbox.dkim_keys import DkimKeys  # noqa: PLC0415  # 0.1 s that most installations need not spend

    return DkimKeys(servers=wanted.dns_servers, seconds=wanted.dns_seconds)


def daemon(config: Config, built: Services, *, once: bool) -> Daemon:
    """The daemon over the configured mailboxes."""
    mailboxes = [(mailbox(config, each), float(each.poll_seconds)) for each in config.mailbox]
    return Daemon(built, mailboxes, postman(config), once=once)


def mailbox(config: Config, wanted: MailboxConfig) -> Mailbox:
    """The mailbox that a table of the configuration describes."""
    if wanted.kind == "imap":
        return ImapMailbox(
            wanted.name,
            host=wanted.host,
            port=wanted.port,
            tls=wanted.tls,
            user=wanted.user,
            password=config.secret(wanted.password_file),
            folder=wanted.folder,
        )
    folder = config.path(wanted.path)
    if all((folder / part).is_dir() for part in ("cur", "new", "tmp")):
        return MaildirMailbox(wanted.name, folder)
    return FolderMailbox(wanted.name, folder)


def postman(config: Config) -> Postman:
    """The postman that the configuration describes."""
    outgoing = config.outgoing
    if outgoing.kind == "folder":
        return FolderPostman(config.path(outgoing.path))
    return SmtpPostman(
        outgoing.host,
        port=outgoing.port,
        tls=outgoing.tls,
        user=outgoing.user,
        password=config.secret(outgoing.password_file),
        sender=outgoing.bounce_template,
    )
