"""``[outgoing]``: where our letters go, a class for each kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

import msgspec

from intake.config.oauth import OauthConfig, sign_in_faults
from intake.config.section import Filled, Port, Section, Tls, host_faults, url_faults

_BOUNCE_ADDRESS = re.compile(r"<>|\{id\}@[\w.-]+|[^\s@<>{}]+(?:\+\{id\})?@[\w.-]+")


@lru_cache
def _bare(mailbox: str) -> str:
    from email.utils import parseaddr  # noqa: PLC0415  # a check of files by hand loads this module and has no sender

    return parseaddr(mailbox)[1]


def _is_one(mailbox: str) -> bool:
    from email.utils import getaddresses  # noqa: PLC0415  # likewise

    return mailbox.isprintable() and len(getaddresses([mailbox])) == 1


class _Outgoing(Section, frozen=True, kw_only=True, tag_field="kind"):
    """What every kind has."""

    sender: str = msgspec.field(name="from", default="SECAS <secas@example.test>")
    aliases: tuple[str, ...] = ()
    """Other addresses whose mail is ours: it is never acknowledged."""
    envelope_from: str = ""
    """Where a letter that cannot be delivered comes back to; empty: `from`. `{id}` becomes the letter's own name."""

    @property
    def address(self) -> str:
        """Give the bare address of the sender."""
        return _bare(self.sender)

    @property
    def bounce_template(self) -> str:
        """Give the envelope sender with `{id}` not yet replaced."""
        return self.envelope_from or self.address

    @property
    def domain(self) -> str:
        """Give the domain of the sender, which our Message-IDs carry."""
        return self.address.rpartition("@")[2]

    def faults(self, place: str) -> Iterator[str]:
        """Tell of addresses that are none, and of more than one."""
        if "@" not in self.address:
            yield f"{place} from = {self.sender!r} holds no address"
        elif not _is_one(self.sender):
            yield f"{place} from = {self.sender!r} must be one address, on one line, with or without a name before it"
        if not _BOUNCE_ADDRESS.fullmatch(self.bounce_template):
            yield (
                f"{place} envelope_from = {self.envelope_from!r} must be an address, with {{id}} only "
                "at its beginning or after a plus, or <>"
            )


class FolderOutgoingConfig(_Outgoing, frozen=True, kw_only=True, tag="folder"):
    """Letters are written into a folder."""

    path: str = "var/sent"


class SmtpOutgoingConfig(_Outgoing, frozen=True, kw_only=True, tag="smtp"):
    """Letters go to a mail server."""

    host: Filled
    port: Port = 0
    """0: the usual one, 465 with implicit TLS, 587 with STARTTLS, 25 without."""
    tls: Tls = "starttls"
    tls_ca: str = ""
    """PEM of the only authority to believe; empty: those of this machine."""
    user: str = ""
    password_file: str = ""
    oauth: OauthConfig | None = None
    """Instead of a password."""

    def faults(self, place: str) -> Iterator[str]:
        """Tell of two ways to sign in and of a host that is none, too."""
        yield from super().faults(place)
        yield from host_faults(place, self.host)
        yield from sign_in_faults(place, self.oauth, self.password_file)


class GraphOutgoingConfig(_Outgoing, frozen=True, kw_only=True, tag="graph"):
    """Letters go out by Microsoft Graph."""

    oauth: OauthConfig
    user: str = ""
    """The mailbox to send from; empty: the sender's."""
    endpoint: str = ""
    """Empty: Microsoft's public cloud."""
    tls_ca: str = ""
    """PEM of the only authority to believe; empty: those of this machine."""

    def faults(self, place: str) -> Iterator[str]:
        """Tell where it is not clear what to sign in with and of an endpoint that is no URL, too."""
        yield from super().faults(place)
        yield from url_faults(place, "endpoint", self.endpoint)
        yield from self.oauth.faults(place)


OutgoingConfig: TypeAlias = FolderOutgoingConfig | SmtpOutgoingConfig | GraphOutgoingConfig
