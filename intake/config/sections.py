"""The sections that have one kind only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, Literal

import msgspec

from intake.config.section import Port, Section
from intake.limits import Megabytes, Positive, Seconds

_BARE_ADDRESS = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+")
"""One e-mail address and nothing else."""


class StoreConfig(Section, frozen=True):
    """The database."""

    url: str = "sqlite:///var/cpl-intake.db"
    """sqlite:///path, or postgresql+psycopg://user@host/database."""
    password_file: str = ""
    """PostgreSQL's; its own PGPASSWORD and PGPASSFILE are heeded too."""
    lease_seconds: Positive = 30

    @property
    def kind(self) -> str:
        """Name the database: sqlite or postgresql."""
        return self.url.partition(":")[0].partition("+")[0]

    @property
    def file(self) -> str:
        """Where SQLite's file lies, as the URL says it; empty where the store is no file."""
        _, _, rest = self.url.partition(":///")
        return "" if self.kind != "sqlite" or rest.startswith(":memory:") else rest

    def faults(self, place: str) -> Iterator[str]:
        """Tell of a URL that names no database we know."""
        if not self.url.startswith(("sqlite:///", "postgresql+psycopg://", "postgresql://")):
            yield f"{place} url is neither sqlite:///path nor postgresql+psycopg://user@host/database"
        if "?" in self.file:
            yield f"{place} url: SQLite is given no options, and its file's name may hold no question mark"


class AcknowledgementConfig(Section, frozen=True):
    """When letters are held rather than sent."""

    per_sender_per_day: Positive = 500
    breaker_per_hour: Positive = 2000
    answer_from: date | None = None
    """Mail that arrived before this day is taken in without being answered."""


class CheckConfig(Section, frozen=True):
    """Checks for submitters, by mail to a mailbox of purpose `check` and on the page `/check`."""

    address: str = ""
    """The check mailbox's own, to which answers are replied; empty: its user, where that is an address."""
    answer_domains: tuple[str, ...] = ()
    """Whose mail is answered though no trusted server says that DMARC passes."""
    per_sender_per_day: Positive = 20
    answers_per_hour: Positive = 300
    keep_days: Annotated[int, msgspec.Meta(ge=0)] = 0
    """How long mail stays in the check mailbox once it has been dealt with; 0: it is deleted then."""
    forward_to: str = ""
    """Who gets mail to the check mailbox whose subject is that of a submission; empty: nobody."""
    upload_mb: Megabytes = 30
    """All files of one check on the page."""
    at_once: Positive = 4
    """Checks on the page that are made side by side."""
    waiting: Annotated[int, msgspec.Meta(ge=0)] = 16
    """Checks that may wait for their turn; whoever comes then is asked to come again."""

    def faults(self, place: str) -> Iterator[str]:
        """Tell of an address that is none."""
        for key, value in (("address", self.address), ("forward_to", self.forward_to)):
            if value and "@" not in value:
                yield f"{place} {key} is no address"


class AuthenticationConfig(Section, frozen=True):
    """What is asked about where a message comes from; it decides no submission's outcome."""

    trusted_servers: tuple[str, ...] = ()
    """Names (authserv-id) of mail servers whose Authentication-Results count."""
    dkim: Literal["off", "on"] = "off"
    """Whether DKIM signatures are checked here, too, which asks the domain name system for their keys."""
    dns_servers: tuple[str, ...] = ()
    """Addresses, with or without `:port`; empty: the machine's own."""
    dns_seconds: Seconds = 5
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


class PublishConfig(Section, frozen=True):
    """How the list is given to others."""

    folder: str = "var/list"
    """Where its versions lie: a folder each, and ``current``, which leads to the newest; the feed serves them."""
    csv_line_end: Literal["crlf", "lf"] = "crlf"
    """Of the DCC's copy and the other CSV files: ``crlf`` as RFC 4180 has it and Excel writes it, or ``lf``."""
    template: str = ""
    """A workbook of the list that every version is written into; empty: into that of the version before."""
    dcc: str = ""
    """The DCC's address, to which versions and notices about Communications Hubs go."""
    parties: str = ""
    """The address of the list of all SEC Parties."""
    path_within_days: Positive = 5
    """Working days from the day on which an upgrade path was asked for to the version that publishes it."""

    def faults(self, place: str) -> Iterator[str]:
        """Tell of what is no address."""
        for key, address in (("dcc", self.dcc), ("parties", self.parties)):
            if address and not _BARE_ADDRESS.fullmatch(address):
                yield f"{place} {key} is no plain e-mail address"


class LedgerConfig(Section, frozen=True):
    """What makes the ledger provable to outsiders: checkpoints, and who is sent them."""

    origin: str = ""
    """The log's name in its checkpoints, and its key's; empty: the domain of our From, and ``/cpl``."""
    key_file: str = ""
    """An Ed25519 private key as PKCS#8 PEM; empty: no checkpoints."""
    tsa: str = ""
    """The address of a time-stamp authority (RFC 3161) that is asked about each checkpoint; empty: none."""
    auditors: tuple[str, ...] = ()
    """Whoever is sent the day's checkpoint."""
    witness: str = ""
    """Of an auditor's own copy: the name that it cosigns under, with the key of `key_file`."""
    log_key: str = ""
    """Of an auditor's own copy: the verifier key of the log that it watches, as its operator told it."""

    def faults(self, place: str) -> Iterator[str]:
        """Tell of names that no key can bear, and of what is no address."""
        for key, name in (("origin", self.origin), ("witness", self.witness)):
            if name and (any(character.isspace() for character in name) or "+" in name):
                yield f"{place} {key} may hold neither blanks nor a plus sign"
        for auditor in self.auditors:
            if not _BARE_ADDRESS.fullmatch(auditor):
                yield f"{place} auditors: {auditor!r} is no e-mail address"
        if self.tsa and not self.tsa.startswith(("http://", "https://")):
            yield f"{place} tsa is no address of http or https"


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
    confirmed_by: Literal["analyst", "approver"] = "analyst"
    """Whose word makes an approval final: any analyst's (and approver's), or an approver's alone."""
    ssc_removes: bool = False
    """No entry is removed unless one of the two people is of the Security Sub-Committee."""
    claim_hours: Positive = 8
    """So long a claim lasts after the last thing that its holder did with the case."""
    decide_within_days: Positive = 5
    """Working days from arrival to decision: a deadline that lists show, and nothing else hangs on."""


class WebConfig(Section, frozen=True):
    """The review page."""

    host: str = "127.0.0.1"
    port: Port = 8080
    secure_cookies: bool = False
    """Set it where the page is served over https, as it must be for anybody but this machine."""
    public_check: bool = False
    """Whether `/check` is there, where anybody may have files checked without signing in."""
    views: str = ""
    """Where drawn pages of documents are kept to be shown again; empty: ``views`` under `var`."""
    views_mb: Positive = 256
    """How much of them is kept; what was longest not looked at goes first."""


class MetricsConfig(Section, frozen=True):
    """Who may watch, and where the daemon answers them."""

    host: str = "127.0.0.1"
    port: Port = 0
    """Where `run` serves /metrics, /healthz and /readyz; 0: nowhere. `web` serves them on its own port."""
    allow: tuple[str, ...] = ("127.0.0.1", "::1")
    """Addresses and networks that may ask for them; nobody signs in for these."""

    def networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """Parse the allowed addresses and networks.

        Raises:
            ValueError: one of them is none.
        """
        return tuple(ip_network(network) for network in self.allow)

    def faults(self, place: str) -> Iterator[str]:
        """Tell of an address that is none."""
        try:
            self.networks()
        except ValueError as error:
            yield f"{place} allow: {error}"


class LogConfig(Section, frozen=True):
    """How the program speaks on stderr."""

    format: Literal["auto", "json", "console"] = "auto"
    """auto: console on a terminal, JSON elsewhere."""
    level: Literal["debug", "info", "warning", "error"] = "info"
