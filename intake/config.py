"""The configuration: one TOML file, every key with a default where one can exist.

Relative paths are relative to the file's own folder.
Secrets are named by file, never written into it.
"""

from __future__ import annotations

import tomllib
from datetime import date
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from intake.errors import ConfigurationError

DEFAULT_FILE = "config.toml"

Positive = Annotated[int, msgspec.Meta(gt=0)]
Port = Annotated[int, msgspec.Meta(ge=0, le=65535)]


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file; a key it does not know is an error, so that a typing mistake is never ignored."""


class MailboxConfig(Section, frozen=True):
    """Where submissions arrive."""

    name: str
    kind: Literal["folder", "imap"]
    path: str = ""
    host: str = ""
    port: Port = 0
    """0: the usual one, 993 with TLS and 143 without."""
    tls: bool = True
    user: str = ""
    password_file: str = ""
    folder: str = "INBOX"
    poll_seconds: Positive = 30


class OutgoingConfig(Section, frozen=True):
    """Where our letters go."""

    kind: Literal["folder", "smtp"] = "folder"
    path: str = "var/sent"
    host: str = ""
    port: Port = 0
    """0: the usual one, 465 with implicit TLS, 587 with STARTTLS, 25 without."""
    tls: Literal["implicit", "starttls"] | bool = "starttls"
    user: str = ""
    password_file: str = ""
    sender: str = msgspec.field(name="from", default="SECAS <secas@example.test>")

    @property
    def address(self) -> str:
        """The bare address of the sender."""
        return parseaddr(self.sender)[1]

    @property
    def domain(self) -> str:
        """The part behind the @, which our Message-IDs carry."""
        return self.address.rpartition("@")[2]


class StoreConfig(Section, frozen=True):
    """The database."""

    url: str = "sqlite:///var/cpl-intake.db"
    lease_seconds: Positive = 30


class EvidenceConfig(Section, frozen=True):
    """Where evidence is kept for ever."""

    kind: Literal["folder"] = "folder"
    path: str = "var/evidence"


class LimitsConfig(Section, frozen=True):
    """What one message may cost the child process that reads it."""

    document_seconds: Positive = 10
    message_seconds: Positive = 30
    memory_mb: Positive = 512


class AcknowledgementConfig(Section, frozen=True):
    """When letters are held rather than sent."""

    per_sender_per_day: Positive = 500
    breaker_per_hour: Positive = 2000
    answer_from: date | None = None
    """Mail that arrived before this day is taken in without being answered."""


class CalendarConfig(Section, frozen=True):
    """Which days are working days."""

    region: Literal["ENG", "WLS", "SCT", "NIR"] = "ENG"
    extra_closed_days: tuple[date, ...] = ()
    """E.g. a day of national mourning."""


class TrustConfig(Section, frozen=True):
    """Whom signatures may lead to, and how it is known that nobody of them was revoked."""

    anchors: str = "trust/"
    """A folder of certificates and CRLs."""
    revocation: Literal["off", "soft", "hard"] = "hard"
    cache: str = ""
    """Where fetched CRLs and OCSP answers are kept; empty: ``revocation`` under `var`."""
    refresh_minutes: Annotated[int, msgspec.Meta(ge=0)] = 60
    """How old they may become before the daemon asks again; 0: it never asks."""
    reach: tuple[str, ...] = ()
    """``host:port`` of list and answer servers inside our own network; all others must have public addresses."""


class SigningConfig(Section, frozen=True):
    """With what we sign what we publish: a key in a file, or one on a PKCS#11 token."""

    certificate: str = ""
    """PEM (its authorities' behind it) or DER; may be left out where the PKCS#12 file or the token holds it."""
    key_file: str = ""
    """PEM or PKCS#12."""
    password_file: str = ""
    pkcs11_module: str = ""
    """The token's driver, a shared library."""
    pkcs11_token: str = ""
    pkcs11_label: str = ""
    """Of the key on the token."""
    pkcs11_pin_file: str = ""


class ReviewConfig(Section, frozen=True):
    """Who may decide."""

    four_eyes: bool = True
    """An approval is proposed by one person and confirmed by another."""


class WebConfig(Section, frozen=True):
    """The review page."""

    host: str = "127.0.0.1"
    port: Port = 8080
    secure_cookies: bool = False
    """Set it where the page is served over https, as it must be for anybody but this machine."""


class LogConfig(Section, frozen=True):
    """How the program speaks on stderr."""

    format: Literal["auto", "json", "console"] = "auto"
    """auto: console on a terminal, JSON elsewhere."""
    level: Literal["debug", "info", "warning", "error"] = "info"


class Config(Section, frozen=True):
    """The whole file."""

    mailbox: tuple[MailboxConfig, ...] = ()
    outgoing: OutgoingConfig = OutgoingConfig()
    store: StoreConfig = StoreConfig()
    evidence: EvidenceConfig = EvidenceConfig()
    limits: LimitsConfig = LimitsConfig()
    acknowledgement: AcknowledgementConfig = AcknowledgementConfig()
    calendar: CalendarConfig = CalendarConfig()
    trust: TrustConfig = TrustConfig()
    signing: SigningConfig = SigningConfig()
    review: ReviewConfig = ReviewConfig()
    web: WebConfig = WebConfig()
    log: LogConfig = LogConfig()
    var: str = "var"
    """For temporary files; nothing is written elsewhere."""
    folder: Path = Path()
    """Where the file lies; set by `load`, never read from it."""

    def path(self, relative: str) -> Path:
        """Resolve a path of the configuration against the file's own folder."""
        return (self.folder / Path(relative).expanduser()).absolute()

    @property
    def store_url(self) -> str:
        """The store's URL with an SQLite file's relative path resolved."""
        scheme, separator, rest = self.store.url.partition(":///")
        if scheme.startswith("sqlite") and separator and rest and not rest.startswith(":memory:"):
            return f"{scheme}:///{self.path(rest)}"
        return self.store.url

    def secret(self, file: str) -> str:
        """Read a secret's file; its last line break does not count.

        Raises:
            ConfigurationError: the file cannot be read.
        """
        if not file:
            return ""
        try:
            return self.path(file).read_text("utf-8").rstrip("\r\n")
        except (OSError, UnicodeError) as error:
            message = f"the secret's file {file} cannot be read: {error}"
            raise ConfigurationError(message) from error


def load(file: Path) -> Config:
    """Read and check the configuration.

    Raises:
        ConfigurationError: the file is missing, is no TOML, or says something that cannot be.
    """
    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError as error:
        message = f"there is no configuration at {file}"
        hint = "Write one with: cpl-intake config --example > config.toml"
        raise ConfigurationError(message, hint) from error
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        message = f"{file} cannot be read: {error}"
        raise ConfigurationError(message) from error
    return from_table(table, file)


def from_table(table: dict[str, object], file: Path) -> Config:
    """Check a parsed configuration.

    Raises:
        ConfigurationError: a key is unknown, missing or of the wrong kind.
    """
    if "folder" in table:
        message = f"{file}: unknown key 'folder'"
        raise ConfigurationError(message)
    try:
        config = msgspec.convert({**table, "folder": str(file.absolute().parent)}, Config, dec_hook=_decode)
    except msgspec.ValidationError as error:
        message = f"{file}: {error}"
        raise ConfigurationError(message, "cpl-intake config --example prints every key.") from error
    _check(config, file)
    return config


def _decode(kind: type, value: object) -> object:
    return Path(str(value)) if kind is Path else value


def _check(config: Config, file: Path) -> None:
    """What the types alone cannot say."""
    faults = [*_mailbox_faults(config)]
    if config.outgoing.kind == "smtp" and not config.outgoing.host:
        faults.append("[outgoing] of kind smtp needs a host")
    if "@" not in config.outgoing.address:
        faults.append(f"[outgoing] from = {config.outgoing.sender!r} holds no address")
    if not config.store.url.startswith("sqlite:///"):
        faults.append("[store] url: this release keeps its store in SQLite only (sqlite:///path)")
    if faults:
        message = f"{file}: {'; '.join(faults)}"
        raise ConfigurationError(message)


def _mailbox_faults(config: Config) -> list[str]:
    names = [mailbox.name for mailbox in config.mailbox]
    faults = [f"two mailboxes are called {name!r}" for name in sorted(set(names)) if names.count(name) > 1]
    for mailbox in config.mailbox:
        if mailbox.kind == "folder" and not mailbox.path:
            faults.append(f"mailbox {mailbox.name!r} of kind folder needs a path")
        if mailbox.kind == "imap" and not (mailbox.host and mailbox.user):
            faults.append(f"mailbox {mailbox.name!r} of kind imap needs a host and a user")
    return faults
