"""The whole file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from intake.config.evidence import EvidenceConfig, FolderEvidenceConfig, RetentionConfig, SealConfig
from intake.config.mailboxes import MailboxConfig
from intake.config.meeting import meetings
from intake.config.oidc import OidcConfig
from intake.config.outgoing import FolderOutgoingConfig, OutgoingConfig
from intake.config.section import Section
from intake.config.sections import (
    AcknowledgementConfig,
    AuthenticationConfig,
    CalendarConfig,
    CheckConfig,
    LedgerConfig,
    LogConfig,
    MetricsConfig,
    PublishConfig,
    ReviewConfig,
    SigningConfig,
    StoreConfig,
    TrustConfig,
    WebConfig,
)
from intake.errors import ConfigurationError, reason
from intake.limits import ReadingLimits

_CREDENTIAL = re.compile(r"/run/credentials/[^/]+/([^/]+)")
_SECRETS_FILE = "The file must hold the secret and nothing else, and the program's user must be able to read it."


class Config(Section, frozen=True):
    """The whole file."""

    mailbox: tuple[MailboxConfig, ...] = ()
    outgoing: OutgoingConfig = FolderOutgoingConfig()
    store: StoreConfig = StoreConfig()
    evidence: EvidenceConfig = FolderEvidenceConfig()
    retention: RetentionConfig = RetentionConfig()
    seal: SealConfig = SealConfig()
    limits: ReadingLimits = ReadingLimits()
    acknowledgement: AcknowledgementConfig = AcknowledgementConfig()
    authentication: AuthenticationConfig = AuthenticationConfig()
    check: CheckConfig = CheckConfig()
    calendar: CalendarConfig = CalendarConfig()
    trust: TrustConfig = TrustConfig()
    publish: PublishConfig = PublishConfig()
    ledger: LedgerConfig = LedgerConfig()
    signing: SigningConfig = SigningConfig()
    review: ReviewConfig = ReviewConfig()
    web: WebConfig = WebConfig()
    oidc: OidcConfig | None = None
    metrics: MetricsConfig = MetricsConfig()
    log: LogConfig = LogConfig()
    var: str = "var"
    """For temporary files; nothing is written elsewhere."""
    folder: Path = Path()
    """Where the file lies; set by `load`, never read from it."""

    def path(self, relative: str) -> Path:
        """Resolve a path of the configuration against the file's own folder.

        systemd shows each unit its credentials in a folder of its own. So what the configuration names in that of one
        unit is looked for in that of the unit that this process is of.
        """
        own = os.environ.get("CREDENTIALS_DIRECTORY")
        if own and (name := _CREDENTIAL.fullmatch(relative)):
            return Path(own, name[1])
        return (self.folder / Path(relative).expanduser()).absolute()

    @property
    def addresses(self) -> frozenset[str]:
        """All addresses of ours: of letters and of mailboxes."""
        mailboxes = (mailbox.own_address for mailbox in self.mailbox)
        own = {self.outgoing.address, *self.outgoing.aliases, self.check.address, *mailboxes}
        return frozenset(address for address in own if address)

    @property
    def check_address(self) -> str:
        """The check mailbox's own address; empty where it is not known."""
        own = (mailbox.own_address for mailbox in self.mailbox if mailbox.purpose == "check")
        return self.check.address or next((address for address in own if address), "")

    @property
    def store_file(self) -> Path | None:
        """The file of an SQLite store; None where the store is another database, or in memory."""
        return self.path(self.store.file) if self.store.file else None

    def every_fault(self) -> Iterator[str]:
        """Tell every fault of every section, a sentence each."""
        names = [mailbox.name for mailbox in self.mailbox]
        doubled = sorted({name for name in names if names.count(name) > 1})
        yield from (f"two mailboxes are called {name!r}" for name in doubled)
        for mailbox in self.mailbox:
            yield from mailbox.faults(f"mailbox {mailbox.name!r}")
        yield from meetings(self)
        if self.check.forward_to.casefold() in {address.casefold() for address in self.addresses if address}:
            yield "[check] forward_to is one of our own addresses, so that mail would go round"
        for name in self.__struct_fields__:
            section = getattr(self, name)
            if isinstance(section, Section):
                yield from section.faults(f"[{name}]")

    def secret(self, file: str, *, lines: bool = False) -> str:
        """Read a secret's file; its last line break does not count, nor does a byte order mark.

        Args:
            file: as the configuration names it; empty: none, which is an empty secret.
            lines: whether it may have more than one, as a key in PEM has.

        Raises:
            ConfigurationError: the file cannot be read, or does not hold the secret and nothing else.
        """
        if not file:
            return ""
        try:
            secret = self.path(file).read_text("utf-8-sig").rstrip("\r\n")
        except OSError as error:
            message = f"the secret's file {file} cannot be read: {reason(error, self.path(file))}"
            raise ConfigurationError(message, _SECRETS_FILE) from error
        except UnicodeError as error:
            message = f"the secret's file {file} is no text in UTF-8"
            raise ConfigurationError(message, _SECRETS_FILE) from error
        if not secret.strip():
            message = f"the secret's file {file} is empty"
            raise ConfigurationError(message, _SECRETS_FILE)
        if not lines and len(secret.splitlines()) > 1:
            message = f"the secret's file {file} has more than one line"
            raise ConfigurationError(message, _SECRETS_FILE)
        return secret
