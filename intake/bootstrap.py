"""The only place where a concrete mailbox, archive or store is named."""

from __future__ import annotations

from intake.archive.base import Archive
from intake.archive.folder import FolderArchive
from intake.archive.s3 import S3Archive
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
    )


def store(config: Config) -> Store:
    """The store, its schema up to date.

    Raises:
        UnreachableError: it cannot be opened.
    """
    return Store(config.store_url, password=config.secret(config.store.password_file)).open()


def archive(config: Config) -> Archive:
    """The evidence archive.

    Raises:
        UnreachableError: it cannot be opened.
        ConfigurationError: its extra is not installed, or it could not keep what it is given.
    """
    wanted = config.evidence
    if wanted.kind == "s3":
        return S3Archive(
            wanted.bucket,
            prefix=wanted.prefix,
            endpoint=wanted.endpoint,
            region=wanted.region,
            retain_years=wanted.retain_years,
        ).open()
    return FolderArchive(config.path(config.evidence.path)).open()


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
        sender=outgoing.address,
    )
