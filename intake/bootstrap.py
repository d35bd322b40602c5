"""The only place where a concrete mailbox, archive or store is named."""

from __future__ import annotations

from pathlib import Path
from ssl import SSLContext
from typing import TYPE_CHECKING

import msgspec

from intake.archive import volume
from intake.archive.base import Archive
from intake.archive.folder import FolderArchive
from intake.archive.s3 import S3Archive
from intake.clock import SystemClock
from intake.config import (
    Config,
    EwsMailboxConfig,
    FolderMailboxConfig,
    FolderOutgoingConfig,
    GraphMailboxConfig,
    GraphOutgoingConfig,
    ImapMailboxConfig,
    MailboxConfig,
    OauthConfig,
    S3EvidenceConfig,
    SmtpOutgoingConfig,
)
from intake.domain.working_days import WorkingCalendar
from intake.errors import UnreachableError, reason
from intake.extract.reader import sandbox
from intake.extras import needs
from intake.mailbox.base import Mailbox, Postman
from intake.mailbox.connection import verifying
from intake.mailbox.folder import CheckFolderMailbox, FolderMailbox
from intake.mailbox.folder_postman import FolderPostman
from intake.mailbox.maildir import CheckMaildirMailbox, MaildirMailbox, is_maildir
from intake.mailbox.oauth import MAIL_SCOPE, Registration, Tokens
from intake.mailbox.smtp import SmtpPostman
from intake.pipeline.people import closed_days
from intake.pipeline.services import Services
from intake.pulse import PATIENCE_SECONDS, Pulse
from intake.store.engine import Address, Store, url_of_file

if TYPE_CHECKING:
    from intake.daemon import Daemon
    from intake.identity.provider import Provider  # an extra
    from intake.mailbox.dkim_keys import DkimKeys
    from intake.mailbox.graph_client import GraphClient  # an extra
    from intake.mailbox.imap_session import Account


def services(
    config: Config, *, preload_signatures: bool = False, preload_pictures: bool = False, sign_in: bool = False
) -> Services:
    """Open every edge but the mailboxes.

    Args:
        config: the configuration.
        preload_signatures: they will read many messages, so that it pays to start the reader now and to load
            beforehand what few messages need; without, it starts with the first document.
        preload_pictures: people will look at documents, so that it pays to load beforehand what draws them.
        sign_in: people will sign in, so that the provider's secret is read, which no other process need be shown.

    Raises:
        UnreachableError: the store or the archive cannot be opened.
        ConfigurationError: the configuration names something impossible.
    """
    _make_var(config)
    built = Services(
        config=config,
        store=store(config),
        archive=archive(config),
        clock=SystemClock(),
        calendar=WorkingCalendar(config.calendar.region, config.calendar.extra_closed_days),
        sandbox=sandbox(config.limits, preload_signatures=preload_signatures, preload_pictures=preload_pictures),
        pulse=Pulse(PATIENCE_SECONDS + config.limits.message_seconds),
        dkim_keys=dkim_keys(config),
        identity=identity(config) if sign_in else None,
    )
    if preload_signatures:
        built.sandbox.start()
    closed_days.refresh(built)
    return built


def _make_var(config: Config) -> None:
    folder = config.path(config.var)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"the folder {folder} cannot be made: {reason(error, folder)}"
        raise UnreachableError(message, "See that var names a folder that the program's user may write to.") from error


def store(config: Config) -> Store:
    """Open the store and bring its schema up to date.

    Raises:
        UnreachableError: it cannot be opened.
    """
    return Store(store_address(config), password=config.secret(config.store.password_file)).open()


def store_address(config: Config) -> Address:
    """Give the store's address, that of an SQLite file by its whole path."""
    return url_of_file(config.store_file) if config.store_file else config.store.url


def archive(config: Config) -> Archive:
    """Build the evidence archive.

    Raises:
        UnreachableError: it cannot be opened.
        ConfigurationError: its extra is not installed, or it could not keep what it is given.
    """
    wanted = config.evidence
    if isinstance(wanted, S3EvidenceConfig):
        return S3Archive(
            wanted.bucket,
            prefix=wanted.prefix,
            endpoint=wanted.endpoint,
            region=wanted.region,
            retain_years=wanted.retain_years,
        ).open()
    folder = config.path(wanted.path)
    opened = FolderArchive(folder, own_volume=wanted.own_volume).open()
    if wanted.own_volume:
        volume.refuse_unless_own(folder)
    return opened


def copies(folder: Path) -> FolderArchive:
    """Build the archive of evidence in a folder of backups.

    Raises:
        UnreachableError: it cannot be opened.
    """
    return FolderArchive(folder / "evidence").open()


def dkim_keys(config: Config) -> DkimKeys | None:
    """Build the client that looks up DKIM keys; None where DKIM is not checked here.

    Raises:
        ConfigurationError: there is no name server to ask.
    """
    wanted = config.authentication
    if wanted.dkim == "off":
        return None
    from intake.mailbox.dkim_keys import DkimKeys  # noqa: PLC0415  # 0.1 s that most installations need not spend

    return DkimKeys(servers=wanted.dns_servers, seconds=wanted.dns_seconds)


def identity(config: Config) -> Provider | None:
    """Build the client of the provider by which people sign in; None where there is none.

    Raises:
        ConfigurationError: the secret cannot be read, or the libraries are not installed.
    """
    wanted = config.oidc
    if wanted is None:
        return None
    with needs("oidc", "[oidc]"):
        from intake.identity.provider import Client, Provider  # noqa: PLC0415  # an extra
    return Provider(
        Client(
            issuer=wanted.issuer,
            client_id=wanted.client_id,
            secret=config.secret(wanted.secret_file),
            redirect_uri=wanted.redirect_uri,
            scope=wanted.scope,
            name_claims=wanted.name_claims,
            roles_claim=wanted.roles_claim,
            entra=wanted.kind == "entra",
            context=_context(config, wanted.tls_ca),
        )
    )


def daemon(config: Config, built: Services, *, once: bool) -> Daemon:
    """Build the daemon over the configured mailboxes."""
    from intake.daemon import Daemon  # noqa: PLC0415  # half of what a command loads, and one of them runs it

    mailboxes = _mailboxes(config, "intake")
    checks = [(mailbox, every, _postman_of_answers(config)) for mailbox, every in _mailboxes(config, "check")]
    return Daemon(built, mailboxes, postman(config), once=once, checks=checks)


def _mailboxes(config: Config, purpose: str) -> list[tuple[Mailbox, float]]:
    wanted = (settings for settings in config.mailbox if settings.purpose == purpose)
    return [(mailbox(config, settings), float(settings.poll_seconds)) for settings in wanted]


def mailbox(config: Config, wanted: MailboxConfig) -> Mailbox:
    """Build the mailbox that a table of the configuration describes."""
    match wanted:
        case FolderMailboxConfig():
            folder, maildir = config.path(wanted.path), is_maildir(config.path(wanted.path))
            if wanted.purpose == "check":
                return (CheckMaildirMailbox if maildir else CheckFolderMailbox)(wanted.name, folder)
            return (MaildirMailbox if maildir else FolderMailbox)(wanted.name, folder)
        case ImapMailboxConfig():
            return _imap_mailbox(config, wanted)
        case GraphMailboxConfig():
            return _graph_mailbox(config, wanted)
        case EwsMailboxConfig():
            return _ews_mailbox(config, wanted)


def _imap_mailbox(config: Config, wanted: ImapMailboxConfig) -> Mailbox:
    from intake.mailbox.imap import CheckImapMailbox, ImapMailbox  # noqa: PLC0415  # few commands open a mailbox
    from intake.mailbox.imap_marks import KEYWORD, Mark  # noqa: PLC0415  # likewise

    if wanted.purpose == "check":
        return CheckImapMailbox(_account(config, wanted), wanted.folder)
    return ImapMailbox(_account(config, wanted), wanted.folder, Mark(wanted.mark, wanted.mark_as or KEYWORD))


def _account(config: Config, wanted: ImapMailboxConfig) -> Account:
    from intake.mailbox.imap_session import Account  # noqa: PLC0415  # likewise

    return Account(
        wanted.name,
        wanted.host,
        wanted.user,
        port=wanted.port,
        tls=wanted.tls,
        password=config.secret(wanted.password_file),
        tokens=tokens(config, f"mailbox {wanted.name}", wanted.oauth, MAIL_SCOPE),
        context=_context(config, wanted.tls_ca),
    )


def _graph_mailbox(config: Config, wanted: GraphMailboxConfig) -> Mailbox:
    what = f"mailbox {wanted.name}"
    with needs("graph", what):
        from intake.mailbox.graph import CheckGraphMailbox, GraphMailbox  # noqa: PLC0415  # an extra
    kind = CheckGraphMailbox if wanted.purpose == "check" else GraphMailbox
    return kind(wanted.name, _graph_client(config, what, wanted, wanted.user), folder=wanted.folder)


def _graph_client(
    config: Config, what: str, wanted: GraphMailboxConfig | GraphOutgoingConfig, user: str
) -> GraphClient:
    from intake.mailbox.graph_client import ENDPOINT, GraphClient  # noqa: PLC0415  # an extra

    endpoint = wanted.endpoint.rstrip("/") or ENDPOINT
    signs_in = _tokens(config, what, wanted.oauth, f"{endpoint}/.default")
    return GraphClient(what, user=user, tokens=signs_in, endpoint=endpoint, context=_context(config, wanted.tls_ca))


def _ews_mailbox(config: Config, wanted: EwsMailboxConfig) -> Mailbox:
    with needs("ews", f"mailbox {wanted.name}"):
        from intake.mailbox.ews import CheckEwsMailbox, EwsMailbox  # noqa: PLC0415  # an extra
        from intake.mailbox.ews_account import EwsAccount  # noqa: PLC0415  # an extra
    account = EwsAccount(
        wanted.name,
        wanted.endpoint,
        wanted.own_address,
        wanted.user,
        config.secret(wanted.password_file),
        wanted.auth,
        _context(config, wanted.tls_ca),
    )
    return (CheckEwsMailbox if wanted.purpose == "check" else EwsMailbox)(account, wanted.folder)


def tokens(config: Config, what: str, wanted: OauthConfig | None, scope: str) -> Tokens | None:
    """Build the client for access tokens, where the configuration asks for them; `scope` is the default scope.

    Raises:
        ConfigurationError: the secret cannot be read, or the library is not installed.
    """
    return None if wanted is None else _tokens(config, what, wanted, scope)


def _tokens(config: Config, what: str, wanted: OauthConfig, scope: str) -> Tokens:
    registration = Registration(
        wanted.tenant,
        wanted.client_id,
        secret=config.secret(wanted.secret_file),
        certificate=config.secret(wanted.certificate_file, lines=True),
        scope=wanted.scope or scope,
        authority=wanted.authority,
        authorities=config.path(wanted.tls_ca) if wanted.tls_ca else None,
    )
    return Tokens(what, registration)


def _context(config: Config, authority: str) -> SSLContext | None:
    return verifying(config.path(authority)) if authority else None


def postman(config: Config) -> Postman:
    """Build the postman that the configuration describes."""
    outgoing = config.outgoing
    match outgoing:
        case FolderOutgoingConfig():
            return FolderPostman(config.path(outgoing.path))
        case GraphOutgoingConfig():
            return _graph_postman(config, outgoing)
        case SmtpOutgoingConfig():
            return _smtp_postman(config, outgoing)


def _postman_of_answers(config: Config) -> Postman:
    """Build the postman for answers to checks; one that does not arrive is to come back to nobody."""
    outgoing = config.outgoing
    if isinstance(outgoing, SmtpOutgoingConfig):
        outgoing = msgspec.structs.replace(outgoing, envelope_from="<>")
    return postman(msgspec.structs.replace(config, outgoing=outgoing))


def _graph_postman(config: Config, outgoing: GraphOutgoingConfig) -> Postman:
    with needs("graph", "outgoing"):
        from intake.mailbox.graph_postman import GraphPostman  # noqa: PLC0415  # an extra
    return GraphPostman(_graph_client(config, "outgoing", outgoing, outgoing.user or outgoing.address))


def _smtp_postman(config: Config, outgoing: SmtpOutgoingConfig) -> Postman:
    return SmtpPostman(
        outgoing.host,
        port=outgoing.port,
        tls=outgoing.tls,
        user=outgoing.user,
        password=config.secret(outgoing.password_file),
        tokens=tokens(config, "outgoing", outgoing.oauth, MAIL_SCOPE),
        context=_context(config, outgoing.tls_ca),
        sender=outgoing.bounce_template,
    )
