"""A submission is judged against the list of the day on which it is read; retried, against that day's."""

from __future__ import annotations

import hashlib
from threading import Event

import pytest
from dossiers import SMETS
from helpers import FRIDAY, HandClock, a_submission, fetched

from intake.demo import products
from intake.domain import records
from intake.domain.submission import State
from intake.pipeline import work
from intake.pipeline.arrival.receive import receive
from intake.pipeline.list.listing import import_list
from intake.pipeline.reading import examine, extract
from intake.pipeline.review.decide import retry
from intake.pipeline.services import Services
from intake.register.published import ListFile
from intake.store import listing, submissions
from intake.store.engine import Transaction
from intake.store.submissions import Submission
from rules.facts import RegisterEntry
from rules.published import COLUMNS, PUBLISHED

VALUES = products.faultless_form(products.SINGLE, on=FRIDAY.date(), serial=1)


def a_line(number: str, status: str = "Current") -> RegisterEntry:
    """The line that publishes the first submission."""
    of_form = {name: name for name in PUBLISHED[2:]} | {COLUMNS[SMETS]: SMETS}
    return RegisterEntry(number, status, {column: VALUES.get(name, "") for column, name in of_form.items()})


def a_file(*entries: RegisterEntry) -> ListFile:
    return ListFile(entries, PUBLISHED)


def work_everything(services: Services) -> None:
    for _ in range(20):
        submission = work.claim_one(services)
        if submission is None:
            return
        work.work_on(services, submission, Event())


def register_of(services: Services, number: int) -> list[str] | None:
    """The numbers of the lines that its dossier holds."""
    submission = submission_of(services, number)
    register = records.dossier(services.archive.get(submission.dossier_sha256 or "")).register
    return None if register is None else [line.number for line in register]


def submission_of(services: Services, number: int) -> Submission:
    with services.store.reading() as tx:
        return submissions.get(tx, number)


def test_an_imported_list_reaches_the_dossier_and_the_judgement(services: Services) -> None:
    import_list(services, b"the file", a_file(a_line("000007")))
    receive(services, fetched(a_submission(products.SINGLE)))
    work_everything(services)
    assert register_of(services, 1) == ["000007"]
    assert submission_of(services, 1).outcome == "return"
    assert hashlib.sha256(b"the file").hexdigest() in services.archive.digests()


def test_lines_that_do_not_matter_stay_out_of_the_dossier(services: Services) -> None:
    import_list(services, b"the file", a_file(RegisterEntry("000001", "Current", {"Entry.device_type": "Other"})))
    receive(services, fetched(a_submission(products.SINGLE)))
    work_everything(services)
    assert register_of(services, 1) == []
    assert submission_of(services, 1).outcome == "ready"


def test_many_submissions_read_the_list_once(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    whole = listing.all_entries

    def counted(tx: Transaction) -> tuple[RegisterEntry, ...] | None:
        read.append("read")
        return whole(tx)

    import_list(services, b"the file", a_file(a_line("000007")))
    monkeypatch.setattr(listing, "all_entries", counted)
    for serial in (1, 2, 3):
        receive(services, fetched(a_submission(products.SINGLE, serial=serial), str(serial)))
    work_everything(services)
    assert [register_of(services, number) is not None for number in (1, 2, 3)] == [True] * 3
    assert len(read) == 1


def test_judged_anew_it_is_the_list_of_that_day(
    services: Services, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> Submission:
        message = "a fault of ours"
        raise RuntimeError(message)

    import_list(services, b"the first file", a_file(a_line("000007")))
    receive(services, fetched(a_submission(products.SINGLE)))
    with monkeypatch.context() as patched:
        patched.setattr(extract, "judge", breaks)
        patched.setattr(examine, "judge", breaks)
        for _ in range(4):
            work_everything(services)
            clock.forward(minutes=1)
    assert submission_of(services, 1).state is State.QUARANTINED
    assert register_of(services, 1) == ["000007"]
    import_list(services, b"the second file", a_file(a_line("000007", "Removed")))
    retry(services, 1, "ada")
    work_everything(services)
    assert register_of(services, 1) == ["000007"]
    assert submission_of(services, 1).outcome == "needs_a_person"


def test_a_list_that_lacks_an_entry_is_taken_in_only_where_a_person_accepts_it(services: Services) -> None:
    import_list(services, b"the first file", a_file(a_line("000007"), a_line("000008")))
    digests = set(services.archive.digests())
    done, taken = import_list(services, b"the second file", a_file(a_line("000007", "Removed")))
    assert (done.missing, taken) == (("000008",), False)
    assert set(services.archive.digests()) == digests
    assert register(services) == {"000007": "Current", "000008": "Current"}
    _, taken = import_list(services, b"the second file", a_file(a_line("000007", "Removed")), accept_missing=True)
    assert taken
    assert register(services) == {"000007": "Removed", "000008": "Current"}


def register(services: Services) -> dict[str, str]:
    with services.store.reading() as tx:
        return {entry.number: entry.status for entry in listing.all_entries(tx) or ()}
