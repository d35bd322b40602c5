"""What Prometheus reads: the store's vital signs, this process's own, and the room on its disks.

Labels are bounded: states, events and loops are the program's own words, mailboxes the configuration's.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

import intake
from intake.config import FolderEvidenceConfig
from intake.domain.events import EVENTS
from intake.errors import ConfigurationError
from intake.log import lost_lines
from intake.pipeline.list.path_clocks import PathClock, path_clocks
from intake.pipeline.services import Services
from intake.signatures.trust.trust_list import first_expiry, read_trust_list
from intake.signing.sign import expiry
from intake.store.sightings import NOTHING
from intake.store.unsent import STUBBORN
from intake.store.vitals import Vitals, vitals

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_NEVER = math.inf
_OWED = {
    "seen": "Messages found there and not yet taken in.",
    "withheld": "Those of them that would not come when they were asked for.",
    "vanished": "Messages that were gone before they could be taken in.",
}

COUNTED = tuple(event.name for event in EVENTS.values() if event.counted)
"""Events that are told even before the first of them happens, so that an alert may ask how many are new."""


def exposition(services: Services) -> bytes:
    """Format all metrics as text.

    Raises:
        UnreachableError: the store did not answer.
    """
    now = services.clock.now()
    with services.store.reading() as tx:
        figures = vitals(tx, services.tally, now)
        paths = path_clocks(services, tx)
    sqlite = services.config.store_file is not None
    told = [
        *_counters(figures),
        *_clocks(figures, now, sqlite=sqlite),
        *_paths(paths, now),
        *_mailboxes(services, figures, now),
        *_own(services),
    ]
    registry = CollectorRegistry()
    registry.register(_GatheredMetrics(told))
    ProcessCollector(registry=registry)
    return generate_latest(registry)


class _GatheredMetrics:
    """Metrics gathered beforehand."""

    def __init__(self, metrics: list[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> list[Metric]:
        return self._metrics


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(f"cpl_intake_{name}", says, value=value)


def _by(name: str, says: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(f"cpl_intake_{name}", says, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def _counters(figures: Vitals) -> Iterator[Metric]:
    yield _by("build_info", "1, with the release that answers.", "version", {intake.__version__: 1})
    yield _by("messages", "Messages by state.", "state", figures.messages)
    yield _by("letters", "Letters by state.", "state", figures.letters)
    says = f"Letters that were tried {STUBBORN} times or more, and will be tried again."
    yield _gauge("letters_not_taken", says, figures.unsent.stubborn)
    yield _gauge("waiting", "Submissions that a person must look at.", figures.waiting)
    yield _gauge(
        "unacknowledged", "Messages whose acknowledgement is neither sent nor dropped.", figures.unacknowledged
    )
    yield _gauge("overdue", "Those of them whose deadline has passed.", figures.overdue)
    events = CounterMetricFamily("cpl_intake_events", "What has happened, by the ledger.", labels=["event"])
    for name, count in {**dict.fromkeys(COUNTED, 0), **figures.events}.items():
        events.add_metric([name], count)
    yield events


def _clocks(figures: Vitals, now: datetime, *, sqlite: bool) -> Iterator[Metric]:
    yield _gauge("oldest_waiting_seconds", "Since the longest waiting was received; 0: none waits.",
                 _since(figures.waiting_since, now, never=0))  # fmt: skip
    yield _gauge("oldest_unacknowledged_seconds", "Since the oldest unacknowledged was received; 0: none.",
                 _since(figures.oldest_unacknowledged, now, never=0))  # fmt: skip
    due, used = math.inf, 0.0
    if figures.next_due is not None:
        received, deadline = figures.next_due
        due, whole = (deadline - now).total_seconds(), (deadline - received).total_seconds()
        used = 1 - due / whole if whole > 0 else math.inf
    yield _gauge("acknowledgement_due_seconds", "Until the earliest deadline; negative: passed; +Inf: none.", due)
    yield _gauge("acknowledgement_time_used_ratio", "Of the time until the earliest deadline; 0: none.", used)
    faults = 0 if figures.verified is None else figures.verified[1]
    yield _gauge("evidence_faults", "Faults that the last evidence verify found.", faults)
    yield _gauge("evidence_verified_age_seconds", "Since evidence was last verified; +Inf: never.",
                 _since(figures.verified and figures.verified[0], now))  # fmt: skip
    if sqlite:  # another database is backed up by its own tools, of which we hear nothing
        yield _gauge("backup_age_seconds", "Since the last backup; +Inf: never.", _since(figures.backed_up_at, now))


def _paths(clocks: Sequence[PathClock], now: datetime) -> Iterator[Metric]:
    due = (clocks[0].due - now).total_seconds() if clocks else math.inf
    yield _gauge("upgrade_paths_asked", "Upgrade paths that were asked for and are not published.", len(clocks))
    late = sum(clock.is_late(now) for clock in clocks)
    yield _gauge("upgrade_paths_overdue", "Those of them whose deadline has passed.", late)
    yield _gauge("upgrade_path_due_seconds", "Until the earliest deadline; negative: passed; +Inf: none.", due)


def _since(moment: datetime | None, now: datetime, *, never: float = _NEVER) -> float:
    return never if moment is None else max((now - moment).total_seconds(), 0)


def _mailboxes(services: Services, figures: Vitals, now: datetime) -> Iterator[Metric]:
    """Yield metrics of the configured mailboxes only."""
    mailbox_names = {
        mailbox_name.name: figures.polls.get(mailbox_name.name, (None, None))
        for mailbox_name in services.config.mailbox
    }
    silence = {name: _since(at, now) for name, (at, _) in mailbox_names.items()}
    failing = {name: float(error is not None) for name, (_, error) in mailbox_names.items()}
    yield _by("mailbox_silence_seconds", "Since it was last read to its end; +Inf: never.", "mailbox", silence)
    yield _by("mailbox_failing", "1 where the last attempt to read it failed.", "mailbox", failing)
    owed = {name: figures.owed.get(name, NOTHING) for name in mailbox_names}
    for name, says in _OWED.items():
        yield _by(
            f"mailbox_{name}",
            says,
            "mailbox",
            {mailbox_name: getattr(waiting, name) for mailbox_name, waiting in owed.items()},
        )


def _own(services: Services) -> Iterator[Metric]:
    """Yield metrics of this process and its disks."""
    stuck = {name: float(silent) for name, silent in services.pulse.loops().items()}
    yield _by("loop_stuck", "1 where a loop of this process is silent for too long.", "loop", stuck)
    says = "How often this process could not write its log."
    yield CounterMetricFamily("cpl_intake_log_lost", says, value=lost_lines())
    config = services.config
    places = {"var": config.path(config.var)}
    if isinstance(config.evidence, FolderEvidenceConfig):
        places["evidence"] = config.path(config.evidence.path)
    ends = first_expiry(read_trust_list(config.path(config.trust.anchors)))
    left = _NEVER if ends is None else (ends - services.clock.now()).total_seconds()
    yield _gauge("trust_expiry_seconds", "Until the first anchor of trust expires; +Inf: there is none.", left)
    yield _gauge(
        "signing_expiry_seconds", "Until the signing certificate expires; +Inf: none can be told.", _signing(services)
    )
    free = {name: float(shutil.disk_usage(path).free) for name, path in places.items() if Path(path).exists()}
    yield _by("free_bytes", "Room on the disk of a folder.", "place", free)


def _signing(services: Services) -> float:
    """Seconds until the signing certificate in a file ends; what a token holds is not asked for on every look."""
    config = services.config
    if config.signing.pkcs11_module and not config.signing.certificate:
        return _NEVER
    try:
        ends = expiry(config)
    except ConfigurationError:  # `doctor` says what is wrong with it
        return 0.0
    return _NEVER if ends is None else (ends - services.clock.now()).total_seconds()
