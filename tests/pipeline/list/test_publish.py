"""From an approval to a published version: numbers, files, two people, what is held back, and what a crash leaves."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from helpers import HandClock, a_submission
from msgspec import structs
from pipeline.publishing import DESCRIPTOR, LINE, a_line, approve, change, folder, listed, published, today
from pipeline.review.test_decide import in_review

from intake.domain.letter import text_of
from intake.domain.review import DecisionRefusedError
from intake.pipeline.list import answer, publish
from intake.pipeline.list.change import agree, propose
from intake.pipeline.list.listing import import_list
from intake.pipeline.list.next_version import number_after
from intake.pipeline.list.publish import PreflightRefusedError, outlook, prepare, release, withdraw
from intake.pipeline.services import Services
from intake.publication.files import INVENTORY_CSV
from intake.register.changes import ChangeKind, ListChange, RemovalReason
from intake.register.published import ListFile, read_list_file
from intake.store import events, listing, outbox, publications, submissions
from intake.store.publications import PublicationState
from rules.published import PUBLISHED


@pytest.fixture
def with_change(services: Services) -> Services:
    listed(services, 1, 2, 7)
    change(services, "000002", **{DESCRIPTOR: "Whole image"})
    return services


def test_an_approval_gives_the_next_number_and_says_so_in_its_letter(services: Services) -> None:
    listed(services, 1, 2, 7)
    in_review(services, a_submission())
    approve(services)
    with services.store.reading() as tx:
        entry = (listing.all_entries(tx) or ())[-1]
        letters = [text_of(letter.content) for letter in outbox.of_message(tx, 1) if letter.kind == "approve"]
        unpublished = [one.entry.number for one in listing.unpublished(tx)]
    assert (entry.number, entry.status) == ("000008", "Current")
    assert entry.fields["Device_Type.name"]
    assert set(PUBLISHED) - {"Entry.number", "Entry.status"} <= entry.fields.keys()
    assert not any(name.startswith("Contact-CPA") for name in entry.fields)
    assert unpublished == ["000008"]
    assert "Entry number: 000008\n" in letters[0]


def test_what_is_approved_before_any_list_waits_for_its_number(services: Services) -> None:
    in_review(services, a_submission())
    approve(services)
    with services.store.reading() as tx:
        assert listing.all_entries(tx) is None
    listed(services, 1, 41)
    with services.store.reading() as tx:
        assert [entry.number for entry in listing.all_entries(tx) or ()] == ["000001", "000041", "000042"]


def test_a_version_is_prepared_by_one_and_released_by_another(with_change: Services) -> None:
    services = with_change
    made = prepare(services, "Ada")
    assert (made.version, made.state) == ("2.052", PublicationState.PREPARED)
    assert {path.name for path in (folder(services) / "2.052").iterdir()} == set(made.files)
    assert not (folder(services) / "current").exists()
    with pytest.raises(DecisionRefusedError, match="another person"):
        release(services, made.id, "Ada")
    assert release(services, made.id, "Ben").state is PublicationState.PUBLISHED
    assert (folder(services) / "current").resolve().name == "2.052"
    told = json.loads((folder(services) / "latest.json").read_bytes())
    assert (told["version"], told["digest"]) == ("2.052", made.digest)
    with services.store.reading() as tx:
        newest = listing.newest(tx)
        assert newest is not None
        assert (newest.version, newest.issued) == ("2.052", f"{today(services):%d/%m/%Y}")
        assert listing.unpublished(tx) == ()
        (_, stood) = listing.history(tx, "000002")
    assert (stood.version, stood.entry.fields[DESCRIPTOR], stood.person) == ("2.052", "Whole image", "Ben")
    with pytest.raises(DecisionRefusedError, match="not prepared any more"):
        release(services, made.id, "Ben")


def test_the_workbook_of_a_version_says_what_the_register_says(with_change: Services) -> None:
    published(with_change)
    (book,) = (folder(with_change) / "current").glob("*.xls?")
    read = read_list_file(book.read_bytes())
    with with_change.store.reading() as tx:
        entries = listing.all_entries(tx)
    assert (read.version, read.entries) == ("2.052", entries)


def test_an_approved_submission_s_clock_stops_with_its_publication(services: Services) -> None:
    listed(services, 1)
    in_review(services, a_submission())
    approve(services)
    with services.store.reading() as tx:
        assert submissions.get(tx, 1).publish_due is not None
    published(services)
    with services.store.reading() as tx:
        assert submissions.get(tx, 1).publish_due is None
        last = events.of_message(tx, 1)[-1]
    assert (last.name, last.detail) == ("entries_published", {"version": "2.052", "entries": ["000002"], "whole": True})


def test_an_entry_that_is_held_back_waits_for_a_later_version(with_change: Services) -> None:
    services = with_change
    change(services, "000007", **{DESCRIPTOR: "Fragment"})
    release(services, prepare(services, "Ada", held=["000002"]).id, "Ben")
    with services.store.reading() as tx:
        first = {entry.number: entry.fields[DESCRIPTOR] for entry in listing.published_entries(tx)}
        assert [one.entry.number for one in listing.unpublished(tx)] == ["000002"]
    assert first == {"000001": "", "000002": "", "000007": "Fragment"}
    with pytest.raises(DecisionRefusedError, match="but what is held back"):
        prepare(services, "Ada")  # a hold stands until a person lifts it
    assert release(services, prepare(services, "Ada", held=()).id, "Ben").version == "2.053"
    with services.store.reading() as tx:
        assert {one.fields[DESCRIPTOR] for one in listing.published_entries(tx)} == {"", "Whole image", "Fragment"}


def test_a_hold_outlives_a_version_that_is_prepared_again_or_given_up(with_change: Services, clock: HandClock) -> None:
    services = with_change
    change(services, "000007", **{DESCRIPTOR: "Fragment"})
    prepare(services, "Ada", held=["000002"])
    clock.forward(days=1)  # it was prepared for a day that has passed
    again = prepare(services, "Ada")
    assert again.held == ("000002",)
    withdraw(services, again.id, "A word of its note.", "Ben")
    assert [version.entry.number for version in outlook(services).next.held] == ["000002"]
    assert outlook(services, ()).next.held == ()
    assert release(services, prepare(services, "Ada").id, "Ben").held == ("000002",)
    release(services, prepare(services, "Ada", held=()).id, "Ben")
    change(services, "000002", **{DESCRIPTOR: "Other"})
    assert outlook(services).next.held == (), "what was published is held back no more"


def test_nothing_new_is_no_version(services: Services) -> None:
    listed(services, 1)
    with pytest.raises(DecisionRefusedError, match="Nothing has been approved"):
        prepare(services, "Ada")


def test_what_the_loader_would_refuse_is_not_prepared_unless_it_is_held_back(with_change: Services) -> None:
    services = with_change
    change(services, "000007", **{"Device_Model.firmware_version": "00:00:00:0a"})
    assert [found.entry for found in outlook(services).refused] == ["000007"]
    with pytest.raises(PreflightRefusedError) as refused:
        prepare(services, "Ada")
    assert [found.field for found in refused.value.refused] == ["Device_Model.firmware_version"]
    assert prepare(services, "Ada", held=["000007"]).held == ("000007",)


def test_what_is_approved_after_the_preparation_waits_for_the_next_version(with_change: Services) -> None:
    services = with_change
    made = prepare(services, "Ada")
    change(services, "000007", **{DESCRIPTOR: "Fragment"})
    release(services, made.id, "Ben")
    with services.store.reading() as tx:
        assert [one.entry.number for one in listing.unpublished(tx)] == ["000007"]


def test_a_list_that_was_taken_in_meanwhile_stops_the_release(with_change: Services) -> None:
    services = with_change
    made = prepare(services, "Ada")
    file = ListFile((a_line(1), a_line(2), a_line(7), a_line(8)), PUBLISHED, "2.052", "22-09-2022")
    import_list(services, b"another file", file)
    with pytest.raises(DecisionRefusedError, match="has changed since"):
        release(services, made.id, "Ben")


def test_a_version_is_released_on_the_day_that_it_names(with_change: Services, clock: HandClock) -> None:
    made = prepare(with_change, "Ada")
    clock.forward(days=1)
    with pytest.raises(DecisionRefusedError, match="prepare it again for today"):
        release(with_change, made.id, "Ben")
    again = prepare(with_change, "Ada")
    assert again.version == made.version
    assert release(with_change, again.id, "Ben").version == "2.052"


def test_no_version_is_issued_before_the_last_one(with_change: Services, clock: HandClock) -> None:
    release(with_change, prepare(with_change, "Ada").id, "Ben")
    clock.forward(days=-3)
    with pytest.raises(
        DecisionRefusedError, match=r"By this machine's clock it is .* and version 2\.052 was issued on"
    ):
        prepare(with_change, "Ada")


def test_a_version_that_is_given_up_leaves_its_number_free(with_change: Services) -> None:
    made = prepare(with_change, "Ada")
    with pytest.raises(DecisionRefusedError, match="why"):
        withdraw(with_change, made.id, " ", "Ada")
    withdraw(with_change, made.id, "a slip in the note", "Ada")
    with pytest.raises(DecisionRefusedError, match="not prepared any more"):
        release(with_change, made.id, "Ben")
    assert prepare(with_change, "Ada").version == made.version


def test_the_same_list_gives_the_same_files(with_change: Services) -> None:
    first, second = prepare(with_change, "Ada"), prepare(with_change, "Ben")
    assert first.files == second.files


def test_letters_about_a_version_wait_for_a_person(with_change: Services) -> None:
    to_dcc = structs.replace(with_change.config.publish, dcc="list@dcc.example")
    services = replace(with_change, config=structs.replace(with_change.config, publish=to_dcc))
    published(services)
    with services.store.reading() as tx:
        letters = {letter.kind: letter for letter in outbox.of_list(tx, "version 2.052")}
    assert {kind: letter.state.value for kind, letter in letters.items()} == {
        "list-dcc": "held",
        "list-parties": "held",
    }
    assert b'filename="dcc.csv"' in letters["list-dcc"].content
    assert letters["list-dcc"].about == "version 2.052"
    assert letters["list-parties"].hold_reason == "[publish] names nobody to send it to"


def test_the_dcc_says_what_became_of_it(with_change: Services) -> None:
    services = with_change
    published(services)
    answer.rejected(services, "2.052", "000002", "INC0001: unknown value", "Ada")
    with services.store.reading() as tx:
        found = publications.of_version(tx, "2.052")
    assert found is not None
    assert (found.state, found.answer) == (PublicationState.REJECTED, "entry 000002: INC0001: unknown value")
    answer.loaded(services, "2.052", "Ada")
    with pytest.raises(DecisionRefusedError, match="already"):
        answer.loaded(services, "2.052", "Ada")
    with pytest.raises(DecisionRefusedError, match=r"no published version 9\.9"):
        answer.loaded(services, "9.9", "Ada")


def waiting_letters(services: Services) -> list[str]:
    with services.store.reading() as tx:
        every = outbox.of_kind(tx, outbox.TO_PARTIES)
    return sorted(str(letter.entry) for letter in every if letter.state == "held")


def test_what_was_prepared_before_the_dcc_answered_is_prepared_again(with_change: Services) -> None:
    services = with_change
    published(services)
    change(services, "000007", **{DESCRIPTOR: "Fragment"})
    assert publish.standing(services) == (None, None)
    made = prepare(services, "Ada")
    answer.rejected(services, "2.052", "000002", "unknown value", "Ada")
    stands, seen = publish.standing(services)
    assert stands is not None
    assert seen is not None
    assert (stands.version, seen.stale) == ("2.053", ""), "no model came or went, so that nothing counts otherwise"
    assert release(services, made.id, "Ben").version == "2.053"


def test_an_inventory_that_counts_from_another_version_since_is_not_released(services: Services) -> None:
    listed(services, 1, 2, 7)
    asked = ListChange(ChangeKind.REMOVE, today(services), ("000002",), removal=RemovalReason.DEFECT, reason="Old.")
    removal = propose(services, asked, "Ada")
    assert removal is not None
    agree(services, removal, "Ben")
    published(services)
    change(services, "000007", **{DESCRIPTOR: "Fragment"})
    made = prepare(services, "Ada")
    assert b"suspended" not in services.archive.get(made.files[INVENTORY_CSV])
    answer.rejected(services, "2.052", "000002", "unknown value", "Ada")
    with pytest.raises(DecisionRefusedError, match="the DCC has answered"):
        release(services, made.id, "Ben")
    _, seen = publish.standing(services)
    assert seen is not None
    assert "prepare it again" in seen.stale
    again = prepare(services, "Ada")
    assert b"suspended" in services.archive.get(again.files[INVENTORY_CSV])
    answer.loaded(services, "2.052", "Ada")
    with pytest.raises(DecisionRefusedError, match="the DCC has answered"):
        release(services, again.id, "Ben")
    last = prepare(services, "Ada")
    assert last.files[INVENTORY_CSV] == made.files[INVENTORY_CSV]
    assert release(services, last.id, "Ben").version == "2.053"


def test_that_a_version_was_rejected_is_no_news_once_a_later_one_is_loaded(with_change: Services) -> None:
    services = with_change
    published(services)
    answer.rejected(services, "2.052", "000002", "unknown value", "Ada")
    change(services, "000007", **{DESCRIPTOR: "Fragment"})
    published(services)
    assert "version 2.052 rejected" in waiting_letters(services)
    answer.loaded(services, "2.053", "Ada")
    assert waiting_letters(services) == ["version 2.053 loaded"]
    with services.store.reading() as tx:
        dropped = [event for event in events.chain(tx) if event.name == "letter_dropped"]
    assert {(event.entry, event.actor) for event in dropped} >= {("version 2.052 rejected", "Ada")}


def test_parties_are_told_with_a_version_what_the_rejected_ones_before_it_changed(with_change: Services) -> None:
    """The newest of them first, each by its own note; the letters about them are never sent any more."""
    publish_to = structs.replace(with_change.config.publish, parties="parties@example.test")
    services = replace(with_change, config=structs.replace(with_change.config, publish=publish_to))
    published(services)
    answer.rejected(services, "2.052", "000002", "unknown value", "Ada")
    change(services, "000007", **{DESCRIPTOR: "Fragment"})
    release(services, prepare(services, "Ada", note="By hand: a fragment.").id, "Ben")
    answer.rejected(services, "2.053", "000007", "unknown value", "Ada")
    change(services, "000001", **{DESCRIPTOR: "Whole image"})
    published(services)
    answer.loaded(services, "2.054", "Ada")
    with services.store.reading() as tx:
        (letter,) = outbox.of_list(tx, "version 2.054 loaded")
    told = " ".join(text_of(letter.content).split())
    holds = "It holds as well what version {} changed, which the DCC has not loaded: {}"
    assert holds.format("2.053", "By hand: a fragment.") in told
    assert holds.format("2.052", f"Corrected {DESCRIPTOR} of entry 000002: It never was so.") in told
    assert told.index("2.053 changed") < told.index("2.052 changed")
    assert "2.051 changed" not in told


def test_a_rejection_that_is_recorded_after_a_later_version_was_loaded_tells_no_party(with_change: Services) -> None:
    services = with_change
    published(services)
    change(services, "000007", **{DESCRIPTOR: "Fragment"})
    published(services)
    answer.loaded(services, "2.053", "Ada")
    answer.rejected(services, "2.052", "000002", "unknown value", "Ada")
    assert "version 2.052 rejected" not in waiting_letters(services)


def test_fifty_approvals_at_once_leave_no_gap_and_give_no_number_twice(services: Services) -> None:
    listed(services, 1, 9)
    changes = [
        propose(
            services,
            ListChange(
                ChangeKind.ADD, today(services), values={**LINE, "Device_Model.firmware_version": f"01:00:00:{at:02X}"}
            ),
            "Ada",
        )
        for at in range(50)
    ]
    start, made = Barrier(10), list[str]()

    def work(mine: list[int | None]) -> None:
        start.wait()
        for number in mine:
            assert number is not None
            made.extend(agree(services, number, "Ben"))

    threads = [Thread(target=work, args=(changes[at::10],)) for at in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [f"{number:06}" for number in range(10, 60)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2.051", "2.052"),
        ("2.099", "2.100"),
        ("1.9", "1.10"),
        ("1.10", "1.11"),
        ("7", "8"),
        ("", "1.000"),
        ("x", "1.000"),
    ],
)
def test_the_number_of_a_version_follows_the_one_before(before: str, after: str) -> None:
    assert number_after(before) == after


def test_a_note_that_a_person_wrote_stands(with_change: Services) -> None:
    made = prepare(with_change, "Ada", note="Corrected as agreed with the DCC.")
    assert b"Corrected as agreed with the DCC." in with_change.archive.get(made.files["note.txt"])


def test_the_first_moment_of_a_day_is_that_day_s(services: Services, clock: HandClock) -> None:
    clock.at = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # the first of July in London
    listed(services, 1)
    change(services, "000001", **{DESCRIPTOR: "Whole image"})
    assert prepare(services, "Ada").issued == date(2026, 7, 1)
