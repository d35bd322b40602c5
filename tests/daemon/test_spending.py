"""How often the disk is waited for, from a message's arrival to its letter."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Cursor

import pytest
from sqlalchemy import Engine, event

from intake import bootstrap
from intake.archive import volume
from intake.config import load
from intake.demo import products
from intake.demo.samples import Sample, submission
from intake.mailbox import folder_postman

_MESSAGES = 8
_AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """How often the disk is waited for."""
    counts: Counter[str] = Counter()
    written: set[int] = set()
    wait_for_file, wait_for_volume = os.fsync, volume.sync_volume

    def file(descriptor: int) -> None:
        counts["syncs"] += 1
        wait_for_file(descriptor)

    def whole(descriptor: int) -> None:
        counts["syncs"] += 1
        wait_for_volume(descriptor)

    def executed(connection: object, cursor: Cursor, statement: str, *_: object) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")) and cursor.rowcount:
            written.add(id(connection))

    def committed(connection: object) -> None:
        counts["syncs"] += id(connection) in written  # SQLite waits once, for its log
        written.discard(id(connection))

    monkeypatch.setattr(os, "fsync", file)
    monkeypatch.setattr(volume, "sync_volume", whole)
    monkeypatch.setattr(volume, "refuse_unless_own", lambda _: None)
    monkeypatch.setattr(
        folder_postman, "write_durably", lambda file, content, **_: file.write_bytes(content)
    )  # a mail server has a disk of its own
    listeners = (("after_cursor_execute", executed), ("commit", committed))
    for name, listener in listeners:
        event.listen(Engine, name, listener)
    yield counts
    for name, listener in listeners:
        event.remove(Engine, name, listener)


@pytest.mark.parametrize(("own_volume", "most_syncs"), [(False, 10), (True, 7)], ids=["shared", "of its own"])
def test_a_message_waits_for_the_disk_a_few_times(
    tmp_path: Path, counted: Counter[str], own_volume: bool, most_syncs: int
) -> None:
    (tmp_path / "mail").mkdir()
    for number in range(_MESSAGES):
        form = products.faultless_form(products.SINGLE, on=_AT.date(), serial=number)
        raw = Sample(f"spending-{number}", "", f"CPL submission {number}", documents=submission(form)).message(_AT)
        (tmp_path / "mail" / f"{number}.eml").write_bytes(raw)
    (tmp_path / "config.toml").write_text(
        f'[[mailbox]]\nname = "m"\nkind = "folder"\npath = "mail"\n[evidence]\nown_volume = {str(own_volume).lower()}\n'
    )
    services = bootstrap.services(load(tmp_path / "config.toml"))
    with closing(services.store), closing(services.sandbox):
        counted.clear()  # a fresh store and archive are made once
        assert bootstrap.daemon(services.config, services, once=True).run() == 0
    assert _MESSAGES < counted["syncs"] <= most_syncs * _MESSAGES, counted
