"""An amendment that is prolonged before its day, or whose value stays for good; walked with a clock that moves."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from helpers import HandClock
from pipeline.list.test_change import a_change, gbcs, listed, said

from intake.domain.review import DecisionRefusedError
from intake.pipeline.evidence.verify import verify
from intake.pipeline.list import change
from intake.pipeline.list.amendments import amended_until, end_amendments
from intake.pipeline.list.change import propose
from intake.pipeline.list.publish import outlook
from intake.pipeline.services import Services
from intake.register.changes import ChangeKind
from intake.store import listing

__all__ = ["listed"]  # a fixture
BEFORE, AMENDED, OTHER = "GBCS Version 3.2", "GBCS Version 3.1", "GBCS Version 3.0"
BEGUN = date(2026, 11, 20)


def day(after: int) -> date:
    return BEGUN + timedelta(days=after)


def amend(services: Services, until: int, value: str = AMENDED, *entries: str) -> None:
    agreed(services, ChangeKind.AMEND, value, *(entries or ("000001",)), until=day(until))


def correct(services: Services, value: str) -> None:
    agreed(services, ChangeKind.CORRECT, value, "000001")


def agreed(services: Services, kind: ChangeKind, value: str, *entries: str, until: date | None = None) -> None:
    number = propose(services, a_change(kind, *entries, values=gbcs(value), until=until), "Ada")
    assert number is not None
    change.agree(services, number, "Ben")


def come(services: Services, clock: HandClock, after: int) -> str:
    """So many days after the first; gives what the entry says then."""
    clock.at = datetime.combine(day(after), time(9), UTC)
    end_amendments(services)
    assert end_amendments(services) == ()
    return said(services, "000001")[-1]


def until(services: Services, number: str = "000001") -> list[date | None]:
    with services.store.reading() as tx:
        return [stored.until for stored, _ in amended_until(tx, number, listing.history(tx, number)[-1].entry)]


def test_a_prolonged_amendment_stands_until_the_later_day_and_then_says_what_it_said_before(
    listed: Services, clock: HandClock
) -> None:
    amend(listed, 3)
    clock.forward(days=2)
    amend(listed, 10)
    assert said(listed, "000001") == [BEFORE, AMENDED], "what it says has not changed"
    assert until(listed) == [day(10)]
    assert [come(listed, clock, after) for after in (3, 4, 9, 10)] == [AMENDED, AMENDED, AMENDED, BEFORE]
    assert said(listed, "000001") == [BEFORE, AMENDED, BEFORE]
    assert until(listed) == []
    assert verify(listed).intact


def test_it_is_prolonged_again_and_again_and_over_a_time_when_nobody_ran_the_program(
    listed: Services, clock: HandClock
) -> None:
    for last in (3, 5, 8):
        amend(listed, last)
    assert come(listed, clock, 7) == AMENDED
    assert come(listed, clock, 30) == BEFORE
    assert said(listed, "000001") == [BEFORE, AMENDED, BEFORE]


def test_it_is_not_shortened_and_one_of_several_entries_is_prolonged_beside_others_that_begin(
    listed: Services, clock: HandClock
) -> None:
    amend(listed, 8)
    with pytest.raises(DecisionRefusedError, match="Nothing would change by that"):
        amend(listed, 5)
    amend(listed, 12, AMENDED, "000001", "000002")
    assert until(listed) == until(listed, "000002") == [day(12)]
    assert come(listed, clock, 8) == said(listed, "000002")[-1] == AMENDED
    assert come(listed, clock, 12) == said(listed, "000002")[-1] == BEFORE


def test_a_correction_to_the_amended_value_lets_it_stay_for_good(listed: Services, clock: HandClock) -> None:
    amend(listed, 3)
    correct(listed, AMENDED)
    assert until(listed) == []
    with pytest.raises(DecisionRefusedError, match="Nothing would change by that"):
        correct(listed, AMENDED)
    assert come(listed, clock, 3) == AMENDED
    amend(listed, 9, OTHER)  # one over it says again what stays
    assert come(listed, clock, 9) == AMENDED
    assert verify(listed).intact


def test_a_value_that_was_corrected_away_and_back_stays_too(listed: Services, clock: HandClock) -> None:
    amend(listed, 3)
    correct(listed, OTHER)
    correct(listed, AMENDED)
    assert until(listed) == []
    assert come(listed, clock, 3) == AMENDED


def test_an_amendment_over_a_prolonged_one_says_again_what_is_still_amended(listed: Services, clock: HandClock) -> None:
    amend(listed, 3)
    amend(listed, 9)
    amend(listed, 5, OTHER)
    assert [come(listed, clock, after) for after in (3, 5, 8, 9)] == [OTHER, AMENDED, AMENDED, BEFORE]


def test_a_prolongation_makes_nothing_to_be_published(listed: Services) -> None:
    amend(listed, 3)
    before = outlook(listed).next.ids
    amend(listed, 9)
    assert outlook(listed).next.ids == before
