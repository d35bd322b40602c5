"""The configuration: one TOML file, every key with a default where one can exist.

Relative paths are relative to the file's own folder.
Secrets are named by file, never written into it.
"""

from __future__ import annotations

import tomllib
from datetime import date
from email.utils import parseaddr
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from intake.config_faults import faults_of
from intake.errors import ConfigurationError

DEFAULT_FILE = "config.toml"
Positive = Annotated[int, msgspec.Meta(gt=0)]
Port = Annotated[int, msgspec.Meta(ge=0, le=65535)]


@lru_cache
def _bare(mailbox: str) -> str:
    return parseaddr(mailbox)[1]


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file; a key it does not know is an error, so that a typing mistake is never ignored."""


class OauthConfig(Section, frozen=True):
    """How the program signs in as itself (client credentials), with a certificate or a secret."""

    tenant: str
    client_id: str
    certificate_file: str = ""
    secret_file: str = ""
    scope: str = ""
    """Empty: the usual one of the server's kind."""
    authority: str = ""
    """Empty: Microsoft's public one."""
    tls_ca: str = ""


class MailboxConfig(Section, frozen=True):
    """Where submissions arrive."""

    name: str
    kind: Literal["folder", "imap", "graph", "ews"]
    path: str = ""
    host: str = ""
    port: Port = 0
    """0: the usual one, 993 with TLS from the first byte and 143 without."""
    tls: Literal["implicit", "starttls"] | bool = True
    tls_ca: str = ""
    """PEM of the only authority to believe; empty: those of this machine."""
    endpoint: str = ""
    """Graph: empty is Microsoft's public cloud. EWS: https://host/EWS/Exchange.asmx, or without the path."""
    user: str = ""
    address: str = ""
    """EWS: the mailbox's own address, where the user is another account."""
    auth: Literal["ntlm", "basic"] = "ntlm"
    password_file: str = ""
    oauth: OauthConfig | None = None
    """Instead of a password."""
    folder: str = "INBOX"
    poll_seconds: Positive = 30
    mark: Literal["none", "keyword", "move"] = "none"
    """What is done at the server, for those who look into it, once a message has been taken in."""
    mark_as: str = ""
    """The keyword, or the folder to move to."""

    @property
    def own_address(self) -> str:
        """The mailbox's own address, as far as it is known."""
        return self.address or (self.user if "@" in self.user else "")


class OutgoingConfig(Section, frozen=True):
    """Where our letters go."""

    kind: Literal["folder", "smtp", "graph"] = "folder"
    path: str = "var/sent"
    host: str = ""
    port: Port = 0
    """0: the usual one, 465 with implicit TLS, 587 with STARTTLS, 25 without."""
    tls: Literal["implicit", "starttls"] | bool = "starttls"
    tls_ca: str = ""
    """PEM of the only authority to believe; empty: those of this machine."""
    endpoint: str = ""
    """Graph: empty is Microsoft's public cloud."""
    user: str = ""
    """Graph: the mailbox to send from; empty: the sender's."""
    password_file: str = ""
    oauth: OauthConfig | None = None
    """Instead of a password."""
    sender: str = msgspec.field(name="from", default="SECAS <secas@example.test>")
    aliases: tuple[str, ...] = ()
    """Other addresses whose mail is ours: it is never acknowledged."""
    envelope_from: str = ""
    """Where a letter that cannot be delivered comes back to; empty: `from`. `{id}` becomes the letter's own name."""

    @property
    def address(self) -> str:
        """The bare address of the sender."""
        return _bare(self.sender)

    @property
    def bounce_template(self) -> str:
        """The envelope sender, `{id}` not yet replaced."""
        return self.envelope_from or self.address

    @property
    def domain(self) -> str:
        """The part behind the @, which our Message-IDs carry."""
        return self.address.rpartition("@")[2]


class StoreConfig(Section, frozen=True):
    """The database."""

    url: str = "sqlite:///var/cpl-intake.db"
    """sqlite:///path, or postgresql+psycopg://user@host/database."""
    password_file: str = ""
    """PostgreSQL's; its own PGPASSWORD and PGPASSFILE are heeded too."""
    lease_seconds: Positive = 30


class EvidenceConfig(Section, frozen=True):
    """Where evidence is kept for ever."""

    kind: Literal["folder", "s3"] = "folder"
    path: str = "var/evidence"
    bucket: str = ""
    prefix: str = ""
    endpoint: str = ""
    """Of a store that is not Amazon's."""
    region: str = ""
    retain_years: Positive = 25
    """How long Object Lock lets nobody delete or change a piece of evidence, from the day it is archived."""


class LimitsConfig(Section, frozen=True):
    """What one message may cost the child process that reads it."""

    document_seconds: Positive = 10
    message_seconds: Positive = 30
    memory_mb: Positive = 512
    message_mb: Positive = 50
    """A larger message is kept and not opened; taking one apart needs seven times its size."""
    parts: Positive = 1_000
    """Of a message, those of messages and archives in it included."""
    depth: Positive = 20
    """How deep parts, and messages within messages, are followed."""
    header_kb: Positive = 64
    """Of one part's header."""
    attachments_mb: Positive = 100
    """All attachments unpacked."""


class AcknowledgementConfig(Section, frozen=True):
    """When letters are held rather than sent."""

    per_sender_per_day: Positive = 500
    breaker_per_hour: Positive = 2000
    answer_from: date | None = None
    """Mail that arrived before this day is taken in without being answered."""


class AuthenticationConfig(Section, frozen=True):
    """What is asked about where a message comes from; it decides no submission's outcome."""

    trusted_servers: tuple[str, ...] = ()
    """Names (authserv-id) of mail servers whose Authentication-Results count."""
    dkim: Literal["off", "on"] = "off"
    """Whether DKIM signatures are checked here, too, which asks the domain name system for their keys."""
    dns_servers: tuple[str, ...] = ()
    """Addresses, with or without `:port`; empty: the machine's own."""
    dns_seconds: Positive = 5
    """How long the keys of one message may take."""


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


class MetricsConfig(Section, frozen=True):
    """Who may watch, and where the daemon answers them."""

    host: str = "127.0.0.1"
    port: Port = 0
    """Where `run` serves /metrics, /healthz and /readyz; 0: nowhere. `web` serves them on its own port."""
    allow: tuple[str, ...] = ("127.0.0.1", "::1")
    """Addresses and networks that may ask for them; nobody signs in for these."""

    def networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The addresses and networks.

        Raises:
            ValueError: one of them is none.
        """
        return tuple(ip_network(each) for each in self.allow)


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
    authentication: AuthenticationConfig = AuthenticationConfig()
    calendar: CalendarConfig = CalendarConfig()
    trust: TrustConfig = TrustConfig()
    signing: SigningConfig = SigningConfig()
    review: ReviewConfig = ReviewConfig()
    web: WebConfig = WebConfig()
    metrics: MetricsConfig = MetricsConfig()
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
    if faults := faults_of(config):
        message = f"{file}: {'; '.join(faults)}"
        raise ConfigurationError(message)
    return config


def _decode(kind: type, value: object) -> object:
    return Path(str(value)) if kind is Path else value
