"""What a version says of the inventory where the DCC has not answered the one before it, or rejects that afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest
from msgspec import structs
from pipeline.publishing import DESCRIPTOR, change, listed, published, today

from intake.domain.letter import text_of
from intake.pipeline.evidence.verify import verify
from intake.pipeline.list import answer
from intake.pipeline.list.change import agree, propose
from intake.pipeline.services import Services
from intake.publication.files import INVENTORY_CSV
from intake.register.changes import ChangeKind, ListChange, RemovalReason
from intake.store import outbox
from intake.store.outbox import TO_DCC, TO_PARTIES, LetterState, QueuedLetter

BOTH = (TO_DCC, TO_PARTIES)
UNANSWERED = (
    "of which you have not told us yet whether it is loaded",
    "which the DCC has not yet told us to be loaded",
)


@pytest.fixture
def removing(services: Services) -> Services:
    """Version 2.052 removes an entry, 2.053 changes a word; both are out, and the DCC has answered neither."""
    to = structs.replace(services.config.publish, dcc="dcc@example.test", parties="parties@example.test")
    addressed = replace(services, config=structs.replace(services.config, publish=to))
    listed(addressed, 1, 2, 7)
    remove(addressed, "000002")
    published(addressed)
    change(addressed, "000007", **{DESCRIPTOR: "Fragment"})
    published(addressed)
    return addressed


def remove(services: Services, number: str) -> None:
    asked = ListChange(ChangeKind.REMOVE, today(services), (number,), removal=RemovalReason.DEFECT, reason="Old.")
    removal = propose(services, asked, "Ada")
    assert removal is not None
    agree(services, removal, "Ben")


def letter(services: Services, kind: str, about: str = "version 2.053") -> QueuedLetter:
    with services.store.reading() as tx:
        (found,) = (one for one in outbox.of_list(tx, about) if one.kind == kind)
    return found


def told(services: Services, kind: str, about: str = "version 2.053") -> str:
    return " ".join(text_of(letter(services, kind, about).content).split())


def test_a_version_before_that_nobody_has_answered_is_not_said_to_be_loaded(removing: Services) -> None:
    assert "the inventory goes by the version that the DCC has loaded last" in told(removing, TO_PARTIES)
    assert "the inventory goes by the version before" in told(removing, TO_PARTIES, "version 2.052")  # another's file
    answer.loaded(removing, "2.052", "Ada")
    assert "the inventory goes by the version before" in told(removing, TO_PARTIES), "the letter that waits knows it"


def test_models_that_are_counted_from_an_unanswered_version_say_so(removing: Services) -> None:
    remove(removing, "000001")
    published(removing)
    for kind, words in zip(BOTH, UNANSWERED, strict=True):
        assert f"(counted from version 2.053, {words})" in told(removing, kind, "version 2.054")
        assert "not told us yet" not in told(removing, kind, "version 2.052")


def test_a_rejection_after_a_later_release_writes_the_letters_that_wait_anew(removing: Services) -> None:
    before = {kind: told(removing, kind) for kind in BOTH}
    assert all("suspended" not in text for text in before.values())
    answer.rejected(removing, "2.052", "000002", "unknown value", "Ada")
    for kind in BOTH:
        assert "Pre-Payment Interface Device: suspended" in told(removing, kind)
        assert "(counted from version 2.051, " in told(removing, kind)
        assert letter(removing, kind).state is LetterState.HELD
    assert f"{INVENTORY_CSV} was written before you rejected version 2.052" in told(removing, TO_DCC)
    answer.loaded(removing, "2.052", "Ada")  # after all
    assert all("suspended" not in told(removing, kind) for kind in BOTH)
    assert verify(removing).intact


def test_a_version_that_is_counted_from_past_a_rejected_one_is_not_said_to_be_loaded_either(removing: Services) -> None:
    remove(removing, "000001")
    published(removing)
    answer.rejected(removing, "2.053", "000007", "unknown value", "Ada")
    assert f"(counted from version 2.052, {UNANSWERED[0]})" in told(removing, TO_DCC, "version 2.054")
    passed_over = f"(counted from version 2.052, {UNANSWERED[1]}, as version 2.053 was not loaded)"
    assert passed_over in told(removing, TO_PARTIES, "version 2.054")
    answer.loaded(removing, "2.052", "Ada")
    assert "(counted from version 2.052, by which it goes now)" in told(removing, TO_DCC, "version 2.054")


def test_a_letter_that_has_gone_stays_as_it_went(removing: Services) -> None:
    gone = letter(removing, TO_DCC)
    with removing.store.transaction() as tx:
        outbox.settle(tx, gone, LetterState.SENT, sent_at=removing.clock.now())
    answer.rejected(removing, "2.052", "000002", "unknown value", "Ada")
    assert letter(removing, TO_DCC).content == gone.content


@pytest.mark.parametrize("removed", ["000002", ""])
def test_an_inventory_that_says_the_same_takes_nobodys_place(removing: Services, removed: str) -> None:
    """Only where what is counted differs does the letter speak of the file."""
    remove(removing, "000001")
    published(removing)
    if removed:
        answer.rejected(removing, "2.052", removed, "unknown value", "Ada")
    assert "was written before" not in told(removing, TO_DCC, "version 2.054"), "it counts from 2.053"
