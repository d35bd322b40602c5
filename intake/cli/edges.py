"""Every edge of an installation, each tried in a way that leaves it as it was."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from intake import bootstrap
from intake.clock import LONDON, SystemClock, iso
from intake.config import (
    Config,
    EwsMailboxConfig,
    FolderEvidenceConfig,
    GraphMailboxConfig,
    GraphOutgoingConfig,
    ImapMailboxConfig,
    MailboxConfig,
    OauthConfig,
    S3EvidenceConfig,
    SmtpOutgoingConfig,
)
from intake.errors import ConfigurationError, IntakeError
from intake.mailbox.base import Answers
from intake.pipeline.arrival.backlog import backlog
from intake.pipeline.ledger.ledger_key import signing_key
from intake.pipeline.ready import PROBE, strangers
from intake.sandbox import ChildDiedError, Limits, Sandbox
from intake.signatures.trust.trust_list import first_expiry, read_trust_list
from intake.signing.seal import certificates
from intake.signing.sign import expiry
from intake.store import events, leases, listing, mailboxes, people
from intake.store.engine import Transaction
from intake.store.migrate import lacking
from rules.reference import reference

_WARNINGS, _LAST_WARNING = (30, 60), 7
"""Days before the signing certificate ends; the last warning is a fault."""
_OTHERS = 0o077
LEAST_FREE = 1 << 30
"""Bytes; less is a fault."""

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that the program works without, and that a person should see to."""

    said: str
    do: str


Attempt = Callable[[], str | Missing | None]
"""Raises IntakeError where the edge is at fault; gives a sentence where it is not but a person should know."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Something that must hold for the program to work."""

    name: str
    attempt: Attempt


def edges(config: Config) -> Iterator[Edge]:
    """List every edge of this configuration, the nearest first."""
    for name in ("intake", "rules"):
        yield Edge(f"import name {name}", partial(_ours, name))
    for extra, modules, what in _extras(config):
        yield Edge(f"extra {extra}", partial(_installed, extra, modules, what))
    yield Edge("clock", partial(_clock, config))
    yield Edge("reference data", _reference_data)
    yield Edge("var", partial(_folder, config.path(config.var), "var"))
    yield Edge("sandbox", partial(_sandbox, config))
    yield Edge("store", partial(_store, config))
    yield Edge("evidence", partial(_evidence, config))
    yield Edge("store and evidence", partial(_together, config))
    yield Edge("ledger", partial(_ledger, config))
    yield Edge("trust", partial(_trust, config))
    yield Edge("published list", partial(_list, config))
    yield Edge("signing", partial(_signing, config))
    if config.seal.auditor or config.seal.ssc:
        yield Edge("seal", partial(_seal, config))
    yield Edge("people", partial(_people, config))
    if config.oidc is not None:
        yield Edge("provider", partial(_provider, config))
    for wanted in config.mailbox:
        yield Edge(f"mailbox {wanted.name}", partial(_mailbox, config, wanted))
    if not config.mailbox:
        yield Edge("mailboxes", lambda: "The configuration names no mailbox, so that only the page can run.")
    yield Edge("outgoing", partial(_outgoing, config))


def _ours(name: str) -> None:
    """Check that no other distribution has replaced our import packages."""
    others = set(packages_distributions().get(name, ())) - {"cpl-intake"}
    if others:
        message = f"the package {name} is also installed by {', '.join(sorted(others))}"
        raise IntakeError(message, "Install cpl-intake into a virtual environment of its own.")


def _extras(config: Config) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """List the extras that the configuration needs: the extra, its modules, and the setting that needs it."""
    if config.store.kind == "postgresql":
        yield "postgres", ("psycopg",), "[store]"
    if isinstance(config.evidence, S3EvidenceConfig):
        yield "s3", ("boto3",), "[evidence]"
    if config.oidc is not None:
        yield "oidc", ("authlib", "joserfc", "httpx2"), "[oidc]"
    servers = [(wanted, f"mailbox {wanted.name}") for wanted in config.mailbox]
    for wanted, what in (*servers, (config.outgoing, "[outgoing]")):
        match wanted:
            case GraphMailboxConfig() | GraphOutgoingConfig():
                yield "graph", ("msal", "httpx2"), what
            case ImapMailboxConfig(oauth=OauthConfig()) | SmtpOutgoingConfig(oauth=OauthConfig()):
                yield "graph", ("msal", "httpx2"), what
            case EwsMailboxConfig():
                yield "ews", ("exchangelib",), what


def _installed(extra: str, modules: tuple[str, ...], what: str) -> None:
    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        message = f"{what} needs {', '.join(missing)}, which is not installed"
        raise IntakeError(message, f"Install the extra: pip install 'cpl-intake[{extra}]'")


def _clock(config: Config) -> str:
    """The clock has not run backwards since the newest event."""
    now = SystemClock().now()
    try:
        newest = _asked(config, lambda tx: events.at(tx, events.head(tx)[0])) if _has_store(config) else None
    except IntakeError:
        newest = None  # the store's own attempt tells
    if newest is not None and newest.at > now:
        message = f"it is {iso(now)} by this machine, but the store has an event of {iso(newest.at)}"
        raise IntakeError(message, "Set the clock and keep it with NTP; deadlines are counted by it.")
    return f"{now.astimezone(LONDON):%A %d %B %Y %H:%M %Z} in London."


def _has_store(config: Config) -> bool:
    """Tell whether the store exists, without creating it."""
    return config.store_file is None or config.store_file.exists()


def _asked(config: Config, question: Callable[[Transaction], Answer]) -> Answer:
    store = bootstrap.store(config)
    try:
        with store.reading() as tx:
            return question(tx)
    finally:
        store.close()


def _reference_data() -> str:
    return reference().age(SystemClock().now().date()).removeprefix("reference data ")


def _folder(folder: Path, setting: str) -> str:
    """Check that the folder can be written and has room."""
    probe = folder / f".probe-{uuid.uuid4().hex}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            probe.write_bytes(b"probe")
        finally:
            probe.unlink(missing_ok=True)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        message = f"{folder} cannot be written: {error.strerror}"
        raise IntakeError(
            message, f"Make it writable for the program's user, or name another folder in {setting}."
        ) from error
    if free < LEAST_FREE:
        message = f"only {free >> 20} MB are left in {folder}"
        raise IntakeError(message, "Free some space, or move it to a larger disk.")
    return f"{folder}, {free >> 30} GB free."


def _sandbox(config: Config) -> None:
    """Check that a child process runs and that its limits hold."""
    with Sandbox("intake.sandbox.trial:run", Limits(seconds=5, memory_mb=config.limits.memory_mb)) as box:
        try:
            answer = list(box.run("nothing", b""))
        except ChildDiedError as error:
            message = f"a reading process does not even begin: {error}"
            raise IntakeError(message, "Raise [limits] memory_mb, and see that the service may fork.") from error
        for what in ("memory", "time"):
            try:
                answer += list(box.run(what, b""))
            except ChildDiedError:
                continue
            message = f"a reading process took more {what} than it may, and was not ended"
            raise IntakeError(message, "Let the service lower its own limits (prlimit); do not run it like this.")
    if answer != ["began"]:
        message = f"a reading process answered {answer!r}"
        raise IntakeError(message, "This is a fault of the installation: install it anew.")


def _store(config: Config) -> str:
    """Check that the store opens, has our schema and can be written."""
    store = bootstrap.store(config)
    try:
        with store.transaction() as tx:
            count, _ = events.head(tx)
            leases.try_writing(tx)
            lack = lacking(tx)
    finally:
        store.close()
    if lack:
        message = f"it is not the store of this release: it lacks {', '.join(lack)}"
        raise IntakeError(
            message, "Was it made by a program between two releases, or changed by hand? Restore a backup."
        )
    if config.store_file is not None:
        _folder(config.store_file.parent, "[store] url")
    return f"{count} events."


def _evidence(config: Config) -> str | None:
    """Check that the archive can be written and read."""
    archive = bootstrap.archive(config)
    sha256 = archive.put(PROBE)
    archive.get(sha256)
    if isinstance(config.evidence, FolderEvidenceConfig):
        return _folder(config.path(config.evidence.path), "[evidence] path")
    return None


def _together(config: Config) -> None:
    """Check that the store and the archive are of one installation."""
    store = bootstrap.store(config)
    try:
        doubt = strangers(store, bootstrap.archive(config))
    finally:
        store.close()
    if doubt is not None:
        raise doubt


def _ledger(config: Config) -> str | Missing:
    """Check that the key for checkpoints can be used, and that nobody else can read it."""
    key = signing_key(config)
    if key is None:
        without = "There is no key: no checkpoints are made, and a ledger rewritten as a whole looks like a true one."
        return Missing(without, "Make one: cpl-intake evidence key FILE, and name it in [ledger] key_file")
    file = config.path(config.ledger.key_file)
    if file.stat().st_mode & _OTHERS:
        message = f"others than its owner may read or write {file}"
        raise IntakeError(message, f"Take that away: chmod 600 {file}")
    auditors = len(config.ledger.auditors)
    sent = f"sent to {auditors} {'auditor' if auditors == 1 else 'auditors'}" if auditors else "sent to nobody outside"
    return f"Checkpoints are {sent}; their verifier key is {key.verifier()}"


def _trust(config: Config) -> str | Missing:
    """Check that the trust list can be read; an empty list is valid."""
    folder = config.path(config.trust.anchors)
    trust_list = read_trust_list(folder)
    if trust_list.troubles:
        raise IntakeError(
            " ".join(trust_list.troubles), f"Put a readable file in its place in {folder}, or take it away."
        )
    anchors = trust_list.signers.anchors
    if not anchors:
        holds = "holds no anchor" if folder.exists() else "is not there"
        if trust_list.signers.intermediates:
            holds = "holds intermediates but no anchor, which is a certificate that its holder has issued to itself"
        without = f"{folder} {holds}, so that no signature can be trusted and each needs a person."
        return Missing(without, "Put the issuers' root certificates there; see deploy/README.md.")
    ends = first_expiry(trust_list)
    if ends is not None and ends < SystemClock().now():
        message = f"an anchor in {folder} expired on {ends:%d %B %Y}"
        raise IntakeError(message, "Ask its issuer for the new one, and take the old one away.")
    return f"{len(anchors)} anchors and {len(trust_list.crls)} CRLs; the first anchor expires on {ends:%d %B %Y}."


def _list(config: Config) -> str | Missing:
    newest = _asked(config, listing.newest)
    if newest is None:
        return Missing("None was imported, so nothing is compared with it.", "Take it in: cpl-intake cpl import FILE")
    version = f"version {newest.version}" if newest.version else "a version without a name"
    return f"The newest is {version}, here since {newest.recorded_at.astimezone(LONDON):%d %B %Y}."


def _signing(config: Config) -> str:
    """Warn 60, 30 and 7 days before the signing certificate ends; after that versions would go out unsigned."""
    ends = expiry(config)
    if ends is None:
        return "[signing] names no key: versions of the list are signed elsewhere, see cpl-intake cpl attach."
    days = (ends - datetime.now(UTC)).days
    day = f"{ends.astimezone(LONDON):%d %B %Y}"
    hint = "Have a new certificate issued, and name it in [signing]."
    if days < 0:
        message = f"the signing certificate has expired on {day}"
        raise ConfigurationError(message, hint)
    if days <= _LAST_WARNING:
        message = f"the signing certificate expires on {day}, in {days} days"
        raise ConfigurationError(message, hint)
    warned = next((term for term in _WARNINGS if days <= term), None)
    return f"The certificate expires on {day}" + (f", within {warned} days: {hint}" if warned else ".")


def _seal(config: Config) -> str:
    """Check that what goes outside can be sealed for everybody who is named."""
    roles = (("auditor", config.seal.auditor), ("ssc", config.seal.ssc))
    counts = {role: len(certificates([config.path(file) for file in files])) for role, files in roles}
    return f"Certificates that exports for outside are sealed for: auditor {counts['auditor']}, ssc {counts['ssc']}."


def _people(config: Config) -> Missing | None:
    if config.oidc is not None or _asked(config, people.anybody):
        return None
    return Missing("Nobody may sign in to the review page yet.", "Let somebody in: cpl-intake user add NAME")


def _provider(config: Config) -> str | None:
    """Check that the provider answers, calls itself as it is called here, and publishes keys."""
    provider = bootstrap.identity(config)
    return None if provider is None else f"It publishes {provider.known_keys(SystemClock().now())} keys."


def _mailbox(config: Config, wanted: MailboxConfig) -> str:
    """Check that the mailbox can be read, and warn of its backlog before the first read."""
    mailbox = bootstrap.mailbox(config, wanted)
    try:
        listing = mailbox.scan()
        ever_polled = _asked(config, lambda tx: mailboxes.progress(tx, wanted.name)).swept_at is not None
        warning = None if ever_polled else backlog(mailbox, listing, config.acknowledgement.answer_from)
    finally:
        mailbox.close()
    count = len(listing.sightings)
    return " ".join(filter(None, (f"{count} message{'' if count == 1 else 's'} there.", warning)))


def _outgoing(config: Config) -> str | None:
    postman = bootstrap.postman(config)
    try:
        if not isinstance(postman, Answers):
            return "This kind cannot be tried without sending; the first letter will tell."
        postman.answer()
    finally:
        postman.close()
    return None
