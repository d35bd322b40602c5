"""What lists show and searches find is written in one commit with what it is of, and caught up on elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import CPA_DATE, DISPLAY, FIRMWARE, GAS, a_dossier, a_form
from helpers import mail
from sqlalchemy import delete

from intake.domain import records
from intake.domain.message import Sighting
from intake.domain.search_facts import FactKind
from intake.domain.submission import State
from intake.mailbox.base import Fetched
from intake.pipeline.arrival.receive import receive
from intake.pipeline.case import summarise
from intake.pipeline.reading.examine import examine
from intake.pipeline.reading.extract import extract
from intake.pipeline.services import Services
from intake.store import schema, submissions, summaries
from intake.store.summaries import Summary
from rules.examine import examine as judge
from rules.facts import NEW_ENTRY_ABSENT, Dossier


def a_received(services: Services, uid: int = 1, subject: str = "CPL submission AML-G1") -> int:
    receive(services, Fetched(Sighting("post", "1", str(uid)), mail(subject, body=f"Mail {uid}.\n"), None))
    return uid


def facts_of(services: Services, number: int) -> set[tuple[str, str]]:
    with services.store.reading() as tx:
        rows = tx.execute(schema.fact.select().where(schema.fact.c.message == number))
        return {(row.kind, row.value) for row in rows}


def line_of(services: Services, number: int) -> Summary | None:
    with services.store.reading() as tx:
        return summaries.get(tx, number)


def put_evidence(services: Services, number: int, dossier: Dossier) -> None:
    report = judge(dossier)
    with services.store.transaction() as tx:
        moved = submissions.move(tx, submissions.get(tx, number), State.EXTRACTED, entries=len(dossier.entries))
    dossier_sha256 = services.archive.put(records.encode(dossier))
    report_sha256 = services.archive.put(records.encode(report))
    with services.store.transaction() as tx:
        digests = {"dossier_sha256": dossier_sha256, "report_sha256": report_sha256}
        submissions.move(tx, moved, State.IN_REVIEW, outcome=report.outcome, **digests)


def forget(services: Services) -> None:
    """As a store is that an earlier release filled."""
    with services.store.transaction() as tx:
        tx.execute(delete(schema.summary))
        tx.execute(delete(schema.fact))


def test_a_message_can_be_found_and_listed_as_soon_as_it_is_recorded(services: Services) -> None:
    number = a_received(services)
    assert line_of(services, number) == Summary()
    assert ("subject", "aml-g1") in facts_of(services, number)


def test_reading_and_judging_write_the_line_in_the_same_commit(services: Services) -> None:
    number = a_received(services)
    with services.store.reading() as tx:
        received = submissions.get(tx, number)
    read = extract(services, received)
    assert line_of(services, number) == Summary()
    examine(services, read)
    line = line_of(services, number)
    assert line is not None
    assert line.judged
    assert line.first


def test_the_line_names_device_maker_model_and_firmware_once_each() -> None:
    gas, display = a_form(GAS), a_form(DISPLAY)
    dossier = replace(a_dossier(gas), entries=(gas, display, gas))
    line = summarise.summary(dossier, None)
    assert line.device == f"{GAS}; {DISPLAY}"
    assert line.manufacturer == "Example Meters Ltd (10:6C)"
    assert not line.judged


def test_a_line_of_many_entries_stays_a_line() -> None:
    forms = tuple(a_form(GAS, {FIRMWARE: f"12:03:12:{number:02d}"}) for number in range(30))
    line = summarise.summary(replace(a_dossier(forms[0]), entries=forms), None)
    assert line.firmware == "12:03:12:00; 12:03:12:01; 12:03:12:02 and 27 more"


def test_what_strangers_wrote_into_a_form_steers_no_screen() -> None:
    line = summarise.summary(a_dossier(a_form(GAS, {FIRMWARE: "12\u202e34\n" + "x" * 5_000})), None)
    assert line.firmware.startswith("12<U+202E>34<U+000A>x")
    assert len(line.firmware) < 120


def test_the_numbers_are_those_of_the_points() -> None:
    dossier = a_dossier(a_form(GAS, {FIRMWARE: "12:03", CPA_DATE: "2028-08-30"}))
    line = summarise.summary(dossier, judge(dossier))
    assert (line.returns or 0) >= 2
    assert line.first


def test_a_submission_without_a_form_has_the_one_point_that_says_so() -> None:
    dossier = replace(a_dossier(a_form(GAS)), entries=(), documents=(), new_entry=NEW_ENTRY_ABSENT)
    line = summarise.summary(dossier, judge(dossier))
    assert sum((line.returns or 0, line.queries or 0)) == 1


def test_reading_anew_replaces_what_an_earlier_reading_told(services: Services) -> None:
    number = a_received(services)
    with services.store.transaction() as tx:
        summarise.read(tx, number, a_dossier(a_form(GAS, {FIRMWARE: "12:03:12:34"})))
    with services.store.transaction() as tx:
        summarise.read(tx, number, a_dossier(a_form(GAS, {FIRMWARE: "56:03:12:34"})))
    known = facts_of(services, number)
    assert ("firmware", "56031234") in known
    assert ("firmware", "12031234") not in known
    assert ("subject", "aml-g1") in known


def test_whoever_decides_is_found_at_once_and_once(services: Services) -> None:
    number = a_received(services)
    put_evidence(services, number, a_dossier(a_form(GAS)))
    for _ in range(2):
        with services.store.transaction() as tx:
            submissions.note(tx, submissions.get(tx, number), decided_by="Ada Moor")
    assert {value for kind, value in facts_of(services, number) if kind == FactKind.DECIDED} == {"ada", "moor"}


def test_what_an_earlier_release_took_in_is_caught_up_on_in_batches(services: Services) -> None:
    for number in range(1, 8):
        put_evidence(services, a_received(services, number), a_dossier(a_form(GAS)))
    before = [(line_of(services, number), facts_of(services, number)) for number in range(1, 8)]
    forget(services)
    last, turns = 0, 0
    while (reached := summarise.catch_up(services, after=last, limit=3)) is not None:
        last, turns = reached, turns + 1
    assert turns == 3
    after = [(line_of(services, number), facts_of(services, number)) for number in range(1, 8)]
    assert [known for _, known in after] != [known for _, known in before]  # those had not been read by the pipeline
    assert all(line is not None and line.judged and line.device == GAS for line, _ in after)
    assert all(("device", GAS.casefold()) in known and ("subject", "aml-g1") in known for _, known in after)
    assert summarise.catch_up(services, after=0, limit=3) is None


def test_what_lacks_nothing_is_looked_through_once(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each start looks for what an earlier release took in: among what has come since the last one."""
    monkeypatch.setattr(summarise, "_NOTED_EVERY", 2)
    for number in (1, 2):
        put_evidence(services, a_received(services, number), a_dossier(a_form(GAS)))
    assert summarise.catch_up(services, after=0, limit=50) is None
    put_evidence(services, a_received(services, 3), a_dossier(a_form(GAS)))
    forget(services)
    assert summarise.catch_up(services, after=0, limit=50) == 3
    assert (line_of(services, 2), line_of(services, 3) is not None) == (None, True)


@pytest.mark.parametrize("column", ["dossier_sha256", "report_sha256"])
def test_evidence_that_is_missing_holds_nobody_up(services: Services, column: str) -> None:
    for number in (1, 2):
        put_evidence(services, a_received(services, number), a_dossier(a_form(GAS)))
    with services.store.transaction() as tx:
        submissions.note(tx, submissions.get(tx, 1), **{column: "ab" * 32})
    forget(services)
    assert summarise.catch_up(services, after=0, limit=50) == 2
    assert line_of(services, 1) == Summary(first=summarise.LOST)
    other = line_of(services, 2)
    assert other is not None
    assert other.judged


def test_two_replicas_that_catch_up_at_once_write_it_once(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    put_evidence(services, a_received(services), a_dossier(a_form(GAS)))
    forget(services)
    really = summarise._from_evidence  # noqa: SLF001  # slowed down here, as a large archive is
    quicker: list[bool] = []

    def slow(*given: object) -> object:
        told = really(*given)  # type: ignore[arg-type]  # passed on as it came
        if not quicker:
            quicker.append(True)
            summarise.catch_up(services, after=0, limit=50)
        return told

    monkeypatch.setattr(summarise, "_from_evidence", slow)
    summarise.catch_up(services, after=0, limit=50)
    line = line_of(services, 1)
    assert line is not None
    assert line.judged


def test_what_an_earlier_release_read_is_caught_up_on_by_the_names_of_its_files(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 5):
        put_evidence(services, a_received(services, number), a_dossier(a_form(GAS)))
    a_received(services, 5)
    with services.store.transaction() as tx:
        tx.execute(delete(schema.fact).where(schema.fact.c.kind == FactKind.DOCUMENT))
        submissions.note(tx, submissions.get(tx, 2), dossier_sha256="ab" * 32)
    assert [summarise.catch_up_names(services, limit=3) for _ in range(3)] == [True, True, False]
    named = [
        number for number in range(1, 6) if any(kind == FactKind.DOCUMENT for kind, _ in facts_of(services, number))
    ]
    assert named == [1, 3, 4], "what is missing holds nobody up"
    monkeypatch.setattr(summarise, "_NOTED_EVERY", 1)
    assert not summarise.catch_up_names(services, limit=3)
    with services.store.reading() as tx:
        assert summaries.complete_to(tx, summaries.NAMES) == 5
