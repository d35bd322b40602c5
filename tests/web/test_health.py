from __future__ import annotations

import math
import re
import sqlite3
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import event
from starlette.testclient import TestClient
from web.world import World

from intake.config import Config, FolderMailboxConfig, MetricsConfig, WebConfig
from intake.domain.message import Sighting
from intake.domain.store_events import BackedUp, EvidenceVerified
from intake.domain.submission import State
from intake.errors import ConfigurationError, UnreachableError
from intake.store import events, mailboxes, sightings
from intake.store.outbox import LetterState
from intake.web import metrics
from intake.web.app import create_watch_app

HERE = ("127.0.0.1", 50000)
FAR = ("192.0.2.7", 50000)
WATCHED = ("/healthz", "/readyz", "/metrics")


@pytest.fixture
def watcher(world: World) -> TestClient:
    return world.browser(client=HERE)


def told(client: TestClient) -> dict[tuple[str, str], float]:
    """Every sample by its name and its one label's value."""
    answer = client.get("/metrics")
    assert answer.status_code == 200, answer.text
    return {
        (sample.name.removeprefix("cpl_intake_"), "".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
        if sample.name.startswith("cpl_intake_")
    }


def configured(world: World, **sections: object) -> None:
    config = Config(folder=world.folder, **sections)  # type: ignore[arg-type]  # the test names the sections
    object.__setattr__(world.services, "config", config)


def test_whoever_watches_over_it_needs_no_session(watcher: TestClient) -> None:
    assert [watcher.get(path).status_code for path in WATCHED] == [200, 200, 200]
    assert watcher.get("/healthz").text == "alive\n"
    assert watcher.get("/readyz").text == "ready\n"


@pytest.mark.parametrize("path", WATCHED)
@pytest.mark.parametrize(
    ("client", "headers", "secure", "status"),
    [
        (HERE, {}, False, 200),
        (("::1", 50000), {}, False, 200),
        (FAR, {}, False, 403),
        (("no address", 50000), {}, False, 403),
        (HERE, {"X-Forwarded-For": "192.0.2.7"}, False, 403),  # a proxy of which we were not told
        (HERE, {"Forwarded": "for=192.0.2.7"}, False, 403),
        (HERE, {"X-Forwarded-For": "127.0.0.1"}, True, 200),  # uvicorn has put the proxy's word into the address
    ],
)
def test_only_addresses_that_may_watch_are_answered(
    world: World, path: str, client: tuple[str, int], headers: dict[str, str], secure: bool, status: int
) -> None:
    configured(world, web=WebConfig(secure_cookies=secure))
    assert world.browser(client=client).get(path, headers=headers).status_code == status


def test_networks_may_be_allowed(world: World) -> None:
    configured(world, metrics=MetricsConfig(allow=("192.0.2.0/28",)))
    assert world.browser(client=FAR).get("/metrics").status_code == 200
    assert world.browser(client=HERE).get("/metrics").status_code == 403


def test_an_address_that_is_none_is_a_fault_of_the_configuration(tmp_path: Path) -> None:
    from intake.config import from_table  # noqa: PLC0415  # beside its only use

    with pytest.raises(ConfigurationError, match="allow"):
        from_table({"metrics": {"allow": ["everybody"]}}, tmp_path / "config.toml")


def test_a_scrape_gathers_everything_once(watcher: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    gathered: list[str] = []
    for name in ("vitals", "read_trust_list"):
        counted = partial(_counted, gathered, name, getattr(metrics, name))
        monkeypatch.setattr(metrics, name, counted)
    assert told(watcher)
    assert gathered == ["vitals", "read_trust_list"]


def _counted(gathered: list[str], name: str, asked: Callable[..., object], *args: object) -> object:
    gathered.append(name)
    return asked(*args)


def test_it_is_not_ready_where_the_store_does_not_answer(
    world: World, watcher: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable() -> None:
        message = "the store cannot be used"
        raise UnreachableError(message, "Check the disk.")

    monkeypatch.setattr(world.services.store, "reading", unreachable)
    for path in ("/readyz", "/metrics"):
        answer = watcher.get(path)
        assert (answer.status_code, answer.text) == (503, "The store cannot be used.\n")
    assert watcher.get("/healthz").status_code == 200


def test_it_is_not_ready_where_evidence_cannot_be_read_back(world: World, watcher: TestClient) -> None:
    world.judged()
    assert watcher.get("/readyz").status_code == 200
    (world.folder / "evidence").rename(world.folder / "unmounted")
    answer = watcher.get("/readyz")
    assert answer.status_code == 503
    assert re.match(r"The evidence [0-9a-f]{64} is missing\.\n", answer.text)


def test_it_is_not_ready_where_the_store_is_of_another_release(world: World, watcher: TestClient) -> None:
    with world.services.store.transaction() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    assert watcher.get("/readyz").text.startswith("The store is at migration 0000, this release at ")


def test_it_is_not_ready_where_nothing_can_be_written_into_the_store(world: World, watcher: TestClient) -> None:
    store = world.services.store

    def forbid(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA query_only=ON")  # as on a volume that is mounted read-only: SQLITE_READONLY

    event.listen(store._engine, "checkout", forbid)  # noqa: SLF001  # the connections that pages have
    answer = watcher.get("/readyz")
    assert answer.status_code == 503
    assert "attempt to write a readonly database" in answer.text
    event.remove(store._engine, "checkout", forbid)  # noqa: SLF001  # likewise
    store.close()
    assert watcher.get("/readyz").text == "ready\n"


def test_it_is_ready_at_once_while_somebody_writes_and_waits_for_the_lock_later(
    world: World, watcher: TestClient
) -> None:
    with world.services.store.transaction():
        began = time.monotonic()
        assert watcher.get("/readyz").text == "ready\n"
        assert time.monotonic() - began < 5
    with world.services.store.reading() as tx:
        assert tx.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000


def test_a_stuck_loop_is_told_by_health_and_by_metrics(world: World, watcher: TestClient) -> None:
    pulse = world.services.pulse
    pulse.patience = -1.0
    pulse.expect()  # this very thread, silent for too long already
    answer = watcher.get("/healthz")
    assert (answer.status_code, answer.text) == (503, "stuck: MainThread\n")
    assert told(watcher)["loop_stuck", "MainThread"] == 1


def test_an_empty_house_tells_every_state_and_no_clock(world: World, watcher: TestClient) -> None:
    configured(world, mailbox=(FolderMailboxConfig(name="secas", path="mail"),))
    facts = told(watcher)
    assert {label for name, label in facts if name == "messages"} == set(State)
    assert {label for name, label in facts if name == "letters"} == set(LetterState)
    assert facts["events_total", "letter_refused"] == 0
    for name in ("oldest_unacknowledged_seconds", "oldest_waiting_seconds", "acknowledgement_time_used_ratio"):
        assert facts[name, ""] == 0
    for name in ("acknowledgement_due_seconds", "backup_age_seconds", "evidence_verified_age_seconds"):
        assert facts[name, ""] == math.inf
    assert facts["mailbox_silence_seconds", "secas"] == math.inf


def test_messages_letters_and_what_waits_are_counted(world: World, watcher: TestClient) -> None:
    world.judged()
    world.message("Lunch")
    facts = told(watcher)
    assert (facts["messages", "in_review"], facts["messages", "received"]) == (1, 1)
    assert (facts["letters", "queued"], facts["waiting", ""], facts["unacknowledged", ""]) == (1, 1, 1)
    assert facts["events_total", "received"] == 2
    world.message()
    assert told(watcher)["events_total", "received"] == 3


@pytest.mark.parametrize(
    ("state", "owed"),
    [(LetterState.HELD, 1), (LetterState.REFUSED, 1), (LetterState.SENT, 0), (LetterState.DROPPED, 0)],
)
def test_a_letter_that_never_arrived_leaves_the_clock_running(
    world: World, watcher: TestClient, state: LetterState, owed: int
) -> None:
    world.settle(world.message(), state)
    assert told(watcher)["unacknowledged", ""] == owed


def test_the_clocks_of_the_acknowledgement_run(world: World, watcher: TestClient) -> None:
    world.message()  # received on Friday at 11; due at Monday's end
    facts = told(watcher)
    assert facts["oldest_unacknowledged_seconds", ""] == 3600
    assert facts["acknowledgement_due_seconds", ""] == pytest.approx(84 * 3600, abs=1)
    assert facts["acknowledgement_time_used_ratio", ""] == pytest.approx(1 / 85, abs=1e-4)
    assert facts["overdue", ""] == 0
    world.clock.pass_by(days=4)
    facts = told(watcher)
    assert facts["overdue", ""] == 1
    assert facts["acknowledgement_due_seconds", ""] < 0
    assert facts["acknowledgement_time_used_ratio", ""] > 1


def test_a_mailbox_s_silence_is_counted_and_an_abandoned_one_is_not(world: World, watcher: TestClient) -> None:
    configured(world, mailbox=(FolderMailboxConfig(name="secas", path="mail"),))
    now = world.clock.now()
    with world.services.store.transaction() as tx:
        for name in ("secas", "former"):
            mailboxes.hold(tx, name, "us", timedelta(minutes=2))
            mailboxes.polled(tx, name, now)
        sightings.discover(tx, [Sighting("secas", "1", "7")], now)
    world.clock.pass_by(minutes=5)
    facts = told(watcher)
    assert facts["mailbox_silence_seconds", "secas"] == 300
    assert [facts[name, "secas"] for name in ("mailbox_seen", "mailbox_withheld", "mailbox_vanished")] == [1, 0, 0]
    assert ("mailbox_silence_seconds", "former") not in facts
    with world.services.store.transaction() as tx:
        mailboxes.failed(tx, "secas", "it did not answer")
    assert told(watcher)["mailbox_failing", "secas"] == 1


def test_the_last_verification_and_the_last_backup_are_told(world: World, watcher: TestClient) -> None:
    with world.services.store.transaction() as tx:
        for faults in (0, 2):
            events.append(tx, EvidenceVerified(faults=faults), at=world.clock.now())
        events.append(tx, BackedUp(backup="", ledger_head="", evidence=0), at=world.clock.now())
    world.clock.pass_by(hours=1)
    facts = told(watcher)
    assert facts["evidence_faults", ""] == 2
    assert facts["evidence_verified_age_seconds", ""] == facts["backup_age_seconds", ""] == 3600


def test_labels_hold_nothing_that_a_submitter_wrote(world: World, watcher: TestClient) -> None:
    world.judged(subject="CPL submission: unheard-of")
    text = watcher.get("/metrics").text
    for word in ("unheard-of", "robin", "hale", "CPL-"):
        assert word not in text


def test_the_daemon_s_own_listener_serves_these_and_nothing_else(world: World) -> None:
    client = TestClient(create_watch_app(world.services), client=HERE, follow_redirects=False)
    assert [client.get(path).status_code for path in WATCHED] == [200, 200, 200]
    assert [client.get(path).status_code for path in ("/", "/sign-in", "/queue/mine")] == [404, 404, 404]
