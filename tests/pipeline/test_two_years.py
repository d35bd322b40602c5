"""Two years of notices on the real list's days: each once, none on a closed day, what was past before a person alone.

What is expected is worked out by other means: dateutil for the months, and the bank holidays by their dates.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import msgspec
import pytest
from dateutil.relativedelta import relativedelta
from helpers import HandClock

from intake.config.sections import PublishConfig
from intake.pipeline.list.expiry import standings_now
from intake.pipeline.list.notify import notify, notify_on_working_days
from intake.pipeline.services import Services
from intake.register.published import read_list
from intake.store import contacts, listing, outbox
from intake.store.contacts import Contact
from rules.facts import RegisterEntry

DATA = Path(os.environ.get("CPL_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data")) / "cpl"
ENTRIES = DATA / "entries-000001-000450.csv"
BEGIN, END = date(2022, 9, 21), date(2024, 9, 20)
CLOSED = {
    date(2022, 12, 26), date(2022, 12, 27), date(2023, 1, 2), date(2023, 4, 7), date(2023, 4, 10), date(2023, 5, 1),
    date(2023, 5, 8), date(2023, 5, 29), date(2023, 8, 28), date(2023, 12, 25), date(2023, 12, 26), date(2024, 1, 1),
    date(2024, 3, 29), date(2024, 4, 1), date(2024, 5, 6), date(2024, 5, 27), date(2024, 8, 26),
}  # fmt: skip
"""Bank holidays of England and Wales between the two days, as the government has announced them."""
MAKER = "Device_Model.manufacturer_identifier"
NUMBER, DAY = "CPA_Certificate.identification_number", "CPA_Certificate.expiry_date"
DLMS = "DLMS_Certificate.identification_number"
Expected = tuple[str, date, int, str]


def contact_of(entry: RegisterEntry) -> str:
    """An address for each manufacturer; the hubs are the DCC's."""
    hub = entry.fields["Device_Type.name"].strip() == "Communications Hub"
    return "dcc@dcc.example" if hub else f"cpa@{entry.fields[MAKER].strip().replace(':', '').lower()}.example"


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in CLOSED


def expected(entries: tuple[RegisterEntry, ...]) -> dict[Expected, date]:
    """Every notice by certificate, day, term and contact, with the day on which it is due."""
    due: dict[Expected, date] = {}
    for entry in entries:
        number, parts = entry.fields[NUMBER], re.findall(r"\d+", entry.fields[DAY])
        if entry.status.strip() != "Current" or not number.strip() or len(parts) != 3:
            continue
        ends = date(int(parts[2]), int(parts[1]), int(parts[0]))
        plain = re.sub(r"^\[[ER]\] *|NCSC|[^0-9A-Z]", "", number.strip())
        for term in (12, 6):
            falls = ends - relativedelta(months=term)
            while not works(falls):
                falls -= timedelta(days=1)
            due[plain, ends, term, contact_of(entry)] = falls
    return due


def days(wanted: set[date]) -> Iterator[date]:
    """Every day on which something could go wrong: those wanted, their neighbours, each weekend's and each month's."""
    day = BEGIN
    while day <= END:
        near = wanted & {day, day - timedelta(days=1), day + timedelta(days=1)}
        if near or day in CLOSED or day in {BEGIN, END} or day.day == 1:
            yield day
        day += timedelta(days=1)


@pytest.mark.skipif(not ENTRIES.exists(), reason="the real list is not beside this checkout (CPL_SHARED_DATA)")
@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_two_years_on_the_real_lists_days(services: Services, clock: HandClock) -> None:
    entries = tuple(read_list(ENTRIES.read_bytes()))
    clock.at = datetime.combine(BEGIN, time(9), UTC)
    publish = PublishConfig(dcc="dcc@dcc.example")
    services = replace(services, config=msgspec.structs.replace(services.config, publish=publish))
    with services.store.transaction() as tx:
        listing.record(tx, entries, clock.now(), source="ab" * 32, version="2.051")
        known = [Contact(entry.number, "Sam", "", contact_of(entry)) for entry in entries]
        contacts.put(tx, known, clock.now())
    wanted = expected(entries)
    past = {key for key, day in wanted.items() if day < BEGIN and key[1] >= BEGIN}
    due = {key: day for key, day in wanted.items() if BEGIN <= day <= END}
    waiting = [one.notice for one in standings_now(services) if one.notice.state == "for a person"]
    assert len(waiting) == len(past)
    for day in days({*due.values()}):
        clock.at = datetime.combine(day, time(9), UTC)
        notify_on_working_days(services)
        assert notify(services) == (), f"what is due on {day} is queued, and once"
    with services.store.reading() as tx:
        letters = outbox.of_kind(tx, "expiry")
    sent = Counter((letter.recipient, letter.queued_at.date()) for letter in letters)
    assert sent == Counter((key[3], day) for key, day in due.items())
    assert all(works(letter.queued_at.date()) for letter in letters)
    assert len(letters) == len(due) == len({letter.message_id for letter in letters})
    assert (len(due), len(past)) == (43, 19)
    text = b"".join(letter.content for letter in letters)
    assert b"ZIG" not in text
    assert not {entry.fields[DLMS].strip().encode() for entry in entries if entry.fields[DLMS].strip()} & {
        *text.split()
    }
