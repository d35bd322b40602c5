"""The daemon and its commands write notices: on the day, once, whoever kills them and however many they are."""

from __future__ import annotations

import csv
import io
import json
import random
import time
from collections import Counter
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from programs import a_place
from register.lines import a_version
from warm import begin, cpl_intake

from intake.domain.working_days import WorkingCalendar
from intake.publication.tabs import columns_of, listed
from intake.store import events, outbox
from intake.store.engine import Store
from intake.store.outbox import QueuedLetter
from rules.facts import RegisterEntry

KILLS = 6
MAKER = "certificates@maker.example"


def as_csv(entries: list[RegisterEntry]) -> bytes:
    out = io.StringIO()
    table = csv.writer(out)
    columns = columns_of(entries)
    table.writerow(columns)
    table.writerows(listed(entry, columns) for entry in entries)
    return out.getvalue().encode()


@pytest.fixture
def config(tmp_path: Path, store_url: str) -> Path:
    remote = "" if store_url.startswith("sqlite") else f'[store]\nurl = "{store_url}"\n'
    return a_place(tmp_path, f'[outgoing]\nkind = "folder"\npath = "sent"\n{remote}')


def bring(config: Path, entries: list[RegisterEntry]) -> None:
    """Take in a list and a contact for each of its entries."""
    file, known = config.parent / "list.csv", config.parent / "contacts.csv"
    file.write_bytes(as_csv(entries))
    lines = [f"{entry.number},Sam,1,{MAKER}\n" for entry in entries]
    known.write_text("entry,name,telephone,email\n" + "".join(lines))
    assert cpl_intake("cpl", "import", file, "--config", config).code == 0
    assert cpl_intake("cpl", "contacts", "import", known, "--config", config).code == 0


def stored(config: Path, store_url: str) -> tuple[list[QueuedLetter], list[dict[str, object]]]:
    """Every notice's letter, and every event that one was written."""
    own = store_url if not store_url.startswith("sqlite") else f"sqlite:///{config.parent}/var/cpl-intake.db"
    store = Store(own).open()
    with store.reading() as tx:
        letters = list(outbox.of_kind(tx, "expiry"))
        told = [dict(event.detail) for event in events.chain(tx) if event.name == "notice_written"]
        assert events.first_fault(tx) is None
    store.close()
    return letters, told


def test_run_once_sends_what_is_due_today_and_nothing_a_second_time(config: Path) -> None:
    day = date.today()  # noqa: DTZ011  # the program goes by the machine's clock
    leap_day = (day.month, day.day) == (2, 29)  # no certificate ends a year after it
    expected = int(WorkingCalendar().is_working_day(day) and not leap_day)  # nobody is written to on a closed day
    soon = day + timedelta(days=100)  # its six months' notice is past
    bring(config, [a_version(1, certificate="[E] NCSC-1", ends=f"{day:%d/%m}/{day.year + 1}"),
                   a_version(2, certificate="[E] NCSC-2", ends=f"{soon:%d/%m/%Y}")])  # fmt: skip
    for _ in range(2):
        assert cpl_intake("run", "--once", "--config", config).code == 0
        sent = list((config.parent / "sent").glob("*.eml"))
        assert len(sent) == expected
    for file in sent:
        letter = message_from_bytes(file.read_bytes(), policy=policy.default)
        assert letter["To"] == MAKER
        assert "000001" in letter.get_content()


def test_notify_queues_by_the_day_that_is_given_and_says_so(config: Path, store_url: str) -> None:
    bring(config, [a_version(1, certificate="[R] NCSC-1", ends="30/08/2098")])
    say = ("cpl", "notify", "--config", config)
    assert "No notice is due." in cpl_intake(*say).out
    dry = cpl_intake(*say, "--at", "2097-08-30", "--dry-run", "--format", "json")
    assert [(one["term"], one["state"], one["contact"]) for one in json.loads(dry.out)] == [("12 months", "due", MAKER)]
    assert stored(config, store_url) == ([], [])
    done = cpl_intake(*say, "--at", "2097-08-30")
    assert "risk review 30/08/2098, 12 months before, 1 entry: queued, certificates@maker.example" in done.out
    assert json.loads(cpl_intake(*say, "--at", "2097-08-30", "--format", "json").out) == []
    listed_now = cpl_intake("cpl", "expiry", "--format", "json", "--config", config).json
    assert [one["state"] for one in listed_now] == ["queued", "upcoming"]
    assert cpl_intake(*say, "--at", "yesterday").code == 2


def test_what_was_past_at_import_is_only_named(config: Path, store_url: str) -> None:
    soon = date.today() + timedelta(days=100)  # noqa: DTZ011  # likewise
    bring(config, [a_version(1, certificate="[E] NCSC-1", ends=f"{soon:%d/%m/%Y}")])
    assert "2 wait for a person, on the page /list/expiry." in cpl_intake("cpl", "notify", "--config", config).out
    assert stored(config, store_url) == ([], [])


def test_killed_at_any_moment_and_run_by_several_every_notice_is_written_once(config: Path, store_url: str) -> None:
    count, draw = 60, random.Random(20261129)
    bring(config, [a_version(n, certificate=f"[E] NCSC-{n}", ends="30/08/2098") for n in range(1, count + 1)])
    command = ("cpl", "notify", "--at", "2097-08-30", "--config", config)
    for _ in range(2):  # the first one loads what it needs
        began = time.monotonic()
        assert cpl_intake(*command, "--dry-run").code == 0
        whole = time.monotonic() - began
    for _ in range(KILLS):
        some = [begin(*command) for _ in range(2)]
        time.sleep(whole * draw.uniform(0.5, 1.6))
        for process in some:
            process.kill()
            process.wait()
        letters, told = stored(config, store_url)
        assert len(letters) == len(told) in {0, count}, "never half"
    assert cpl_intake(*command).code == 0
    letters, told = stored(config, store_url)
    assert len(letters) == len(told) == count
    assert set(Counter(str(one["message_id"]) for one in told).values()) == {1}
