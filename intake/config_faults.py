"""What is wrong with a configuration that the types of its keys alone cannot say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from intake.config import Config, MailboxConfig, OauthConfig

_EXCHANGE_ONLINE = re.compile(
    r"(?:\A|\.)(?:office365\.(?:com|us)|office\.com|outlook\.(?:com|cn|de)|cloud\.microsoft|live\.com)\.?\Z"
)
_BOUNCE_ADDRESS = re.compile(r"<>|\{id\}@[\w.-]+|[^\s@<>{}]+(?:\+\{id\})?@[\w.-]+")


def faults_of(config: Config) -> list[str]:
    """Every fault, a sentence each."""
    faults = _mailbox_faults(config)
    if config.outgoing.kind == "smtp" and not config.outgoing.host:
        faults.append("[outgoing] of kind smtp needs a host")
    if config.outgoing.kind == "graph" and config.outgoing.oauth is None:
        faults.append("[outgoing] of kind graph needs oauth")
    if "@" not in config.outgoing.address:
        faults.append(f"[outgoing] from = {config.outgoing.sender!r} holds no address")
    if not _BOUNCE_ADDRESS.fullmatch(config.outgoing.bounce_template):
        faults.append(
            f"[outgoing] envelope_from = {config.outgoing.envelope_from!r} must be an address, with {{id}} only "
            "at its beginning or after a plus, or <>"
        )
    if not config.store.url.startswith(("sqlite:///", "postgresql+psycopg://", "postgresql://")):
        faults.append("[store] url is neither sqlite:///path nor postgresql+psycopg://user@host/database")
    if config.evidence.kind == "s3" and not config.evidence.bucket:
        faults.append("[evidence] of kind s3 needs a bucket")
    try:
        config.metrics.networks()
    except ValueError as error:
        faults.append(f"[metrics] allow: {error}")
    return faults


def _mailbox_faults(config: Config) -> list[str]:
    names = [mailbox.name for mailbox in config.mailbox]
    faults = [f"two mailboxes are called {name!r}" for name in sorted(set(names)) if names.count(name) > 1]
    for mailbox in config.mailbox:
        where = f"mailbox {mailbox.name!r}"
        if mailbox.kind == "folder" and not mailbox.path:
            faults.append(f"{where} of kind folder needs a path")
        if mailbox.kind == "imap" and not (mailbox.host and mailbox.user):
            faults.append(f"{where} of kind imap needs a host and a user")
        if mailbox.kind == "graph" and not (mailbox.user and mailbox.oauth):
            faults.append(f"{where} of kind graph needs a user (the mailbox's address) and oauth")
        if mailbox.kind == "ews":
            faults += _ews_faults(where, mailbox)
        if mailbox.mark != "none" and mailbox.kind != "imap":
            faults.append(f"{where}: only a mailbox of kind imap can be marked")
        if mailbox.mark == "move" and mailbox.mark_as in {"", mailbox.folder}:
            faults.append(f"{where}: mark = 'move' needs mark_as, the folder to move to")
        faults += _oauth_faults(where, mailbox.oauth, mailbox.password_file)
    return [*faults, *_oauth_faults("[outgoing]", config.outgoing.oauth, config.outgoing.password_file)]


def _ews_faults(where: str, mailbox: MailboxConfig) -> list[str]:
    faults = []
    if not (mailbox.endpoint and mailbox.user and mailbox.password_file):
        faults.append(f"{where} of kind ews needs an endpoint, a user and a password_file")
    if not mailbox.own_address:
        faults.append(f"{where} of kind ews needs the mailbox's address, as its user is none")
    if _EXCHANGE_ONLINE.search(urlsplit(mailbox.endpoint).hostname or ""):
        faults.append(f"{where}: Exchange Online has switched EWS off; use kind = 'graph' for it")
    return faults


def _oauth_faults(where: str, oauth: OauthConfig | None, password_file: str) -> list[str]:
    if oauth is None:
        return []
    faults = [f"{where} names both a password_file and oauth"] if password_file else []
    if bool(oauth.certificate_file) == bool(oauth.secret_file):
        faults.append(f"{where}: oauth needs either a certificate_file or a secret_file")
    return faults
