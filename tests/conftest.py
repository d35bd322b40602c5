"""What tests of the process share: a real store, a real archive, a real sandbox, and a clock that can be set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import guarded
import pytest
from compiled import share_compiled_statements
from fresh_stores import lay_store
from guarded import GuardedStore
from helpers import HandClock
from in_memory import keep_files_in_memory
from known_faults import unknown
from peers.buckets import KEYS, NO_MOTO, Buckets, buckets, has_moto
from peers.peers import require
from peers.postgresql import NO_POSTGRESQL, Databases, has_postgresql, postgresql
from remembering import RememberingSandbox

from intake import faults
from intake.config import Config, from_table
from intake.domain.working_days import WorkingCalendar
from intake.limits import ReadingLimits
from intake.pipeline.services import Services
from intake.sandbox import Sandbox
from intake.store.engine import Store


def pytest_configure() -> None:
    keep_files_in_memory()
    share_compiled_statements()


@pytest.fixture(autouse=True)
def no_fault_of_ours(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test has strangers' bytes do, our code must not stumble, but where a test makes it."""
    with faults.gathered() as met:
        yield
    if request.node.get_closest_marker("stumbles") is None:
        assert unknown(met) == []


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="session")
def message_reader() -> Iterator[Sandbox]:
    with RememberingSandbox(ReadingLimits()) as box:
        yield box


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """A PostgreSQL, started for the first test that asks."""
    require(has_postgresql(), NO_POSTGRESQL)
    with postgresql() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a store may be kept: a test that asks for it runs on every kind of database."""
    if request.param == "sqlite":
        yield lay_store(tmp_path_factory.mktemp("store") / "store.db")
        return
    with request.getfixturevalue("databases").database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The same where nothing has been made yet, so that a test may put an earlier release's store there."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/store.db"
        return
    with request.getfixturevalue("databases").database(migrated=False) as url:
        yield url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = GuardedStore(store_url).open()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def moto() -> Iterator[Buckets]:
    require(has_moto(), NO_MOTO)
    with buckets() as running:
        yield running


@pytest.fixture
def s3(moto: Buckets, monkeypatch: pytest.MonkeyPatch) -> Buckets:
    """The server, with its keys in the environment."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    return moto


@pytest.fixture
def config(tmp_path: Path) -> Config:
    table: dict[str, object] = {"mailbox": [{"name": "post", "kind": "folder", "path": "mail"}]}
    return from_table(table, tmp_path / "config.toml")


@pytest.fixture
def services(
    tmp_path: Path,
    clock: HandClock,
    store: Store,
    config: Config,
    message_reader: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Services]:
    """What every verb of the pipeline is given; a test fails where one of them asks an edge within a transaction."""
    guarded.guard_parsing(monkeypatch)
    guarded.faults.clear()
    yield Services(
        config=config,
        store=store,
        archive=guarded.GuardedArchive(tmp_path / "evidence").open(),
        clock=clock,
        calendar=WorkingCalendar(),
        sandbox=message_reader,
    )
    assert not guarded.faults
