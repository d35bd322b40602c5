"""``[[mailbox]]``: where submissions arrive, a class for each kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from intake.config.oauth import OauthConfig, sign_in_faults
from intake.config.section import Filled, Port, Section, Tls, host_faults, url_faults
from intake.limits import Positive

_EXCHANGE_ONLINE = re.compile(
    r"(?:\A|\.)(?:office365\.(?:com|us)|office\.com|outlook\.(?:com|cn|de)|cloud\.microsoft|live\.com)\.?\Z"
)


class _Mailbox(Section, frozen=True, kw_only=True, tag_field="kind"):
    """What every kind has."""

    name: Filled
    poll_seconds: Positive = 30
    purpose: Literal["intake", "check"] = "intake"
    """check: whatever arrives is checked and answered, and deleted; nothing of it is a submission."""

    @property
    def own_address(self) -> str:
        """Give the mailbox's own address, if it is known."""
        return ""

    @property
    def place(self) -> tuple[str, ...]:
        """Tell where it lies, so that two that lie in one place tell the same."""
        return (self.name,)


class FolderMailboxConfig(_Mailbox, frozen=True, kw_only=True, tag="folder"):
    """A folder of .eml files, or a Maildir."""

    path: Filled


class ImapMailboxConfig(_Mailbox, frozen=True, kw_only=True, tag="imap"):
    """A folder of a mailbox at an IMAP server."""

    host: Filled
    port: Port = 0
    """0: the usual one, 993 with TLS from the first byte and 143 without."""
    tls: Tls = True
    tls_ca: str = ""
    """PEM of the only authority to believe; empty: those of this machine."""
    user: Filled
    password_file: str = ""
    oauth: OauthConfig | None = None
    """Instead of a password."""
    folder: str = "INBOX"
    mark: Literal["none", "keyword", "move"] = "none"
    """What is done at the server, for those who look into it, once a message has been taken in."""
    mark_as: str = ""
    """The keyword, or the folder to move to."""

    @property
    def own_address(self) -> str:
        """The user, where that is an address."""
        return _address_in(self.user)

    @property
    def place(self) -> tuple[str, ...]:
        """Server, account and folder."""
        folder = self.folder.upper() if self.folder.upper() == "INBOX" else self.folder
        return (self.host.casefold(), str(self.port), self.user, folder)

    def faults(self, place: str) -> Iterator[str]:
        """Tell of a move to nowhere, of two ways to sign in, and of a host that is none."""
        yield from host_faults(place, self.host)
        if self.mark == "move" and self.mark_as in {"", self.folder}:
            yield f"{place}: mark = 'move' needs mark_as, the folder to move to"
        yield from sign_in_faults(place, self.oauth, self.password_file)


class GraphMailboxConfig(_Mailbox, frozen=True, kw_only=True, tag="graph"):
    """A folder of a mailbox at Microsoft 365, by Microsoft Graph."""

    user: Filled
    """The mailbox's own address."""
    oauth: OauthConfig
    folder: str = "INBOX"
    endpoint: str = ""
    """Empty: Microsoft's public cloud."""
    tls_ca: str = ""
    """PEM of the only authority to believe; empty: those of this machine."""

    @property
    def own_address(self) -> str:
        """The user, where that is an address."""
        return _address_in(self.user)

    @property
    def place(self) -> tuple[str, ...]:
        """Cloud, mailbox and folder."""
        return (self.endpoint, self.user.casefold(), self.folder.casefold())

    def faults(self, place: str) -> Iterator[str]:
        """Tell where it is not clear what to sign in with, and of an endpoint that is no URL."""
        yield from url_faults(place, "endpoint", self.endpoint)
        yield from self.oauth.faults(place)


class EwsMailboxConfig(_Mailbox, frozen=True, kw_only=True, tag="ews"):
    """A folder of a mailbox at an Exchange on one's own premises."""

    endpoint: Filled
    """https://host/EWS/Exchange.asmx, or without the path."""
    user: Filled
    address: str = ""
    """The mailbox's own address, where the user is another account."""
    auth: Literal["ntlm", "basic"] = "ntlm"
    password_file: Filled
    folder: str = "INBOX"
    tls_ca: str = ""
    """PEM of the only authority to believe; empty: those of this machine."""

    @property
    def own_address(self) -> str:
        """The address, else the user where that is one."""
        return self.address or _address_in(self.user)

    @property
    def place(self) -> tuple[str, ...]:
        """Server, mailbox and folder."""
        return (self.endpoint.casefold(), self.own_address.casefold(), self.folder.casefold())

    def faults(self, place: str) -> Iterator[str]:
        """Tell where the mailbox's address is not known, and of a server that speaks no EWS any more."""
        if not self.own_address:
            yield f"{place} needs the mailbox's address, as its user is none"
        if _EXCHANGE_ONLINE.search(urlsplit(self.endpoint).hostname or ""):
            yield f"{place}: Exchange Online has switched EWS off; use kind = 'graph' for it"


MailboxConfig: TypeAlias = FolderMailboxConfig | ImapMailboxConfig | GraphMailboxConfig | EwsMailboxConfig


def _address_in(user: str) -> str:
    return user if "@" in user else ""
