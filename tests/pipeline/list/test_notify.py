"""Notices about certificates: each once, on its day, or before a person."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from threading import Barrier

import msgspec
import pytest
from helpers import HandClock
from listed import DUE, LAST, MAKER, certified, know, standing, states, take_in, written

from intake.config import Config
from intake.config.outgoing import FolderOutgoingConfig
from intake.config.sections import PublishConfig
from intake.domain.letter import text_of
from intake.domain.review import DecisionRefusedError
from intake.pipeline.list import notify as module
from intake.pipeline.list.contacts import enter_contact
from intake.pipeline.list.notify import NO_DCC, notify, notify_on_working_days, send_after_all, set_aside
from intake.pipeline.services import Services
from intake.register.expiry import NOBODY, PAST
from intake.store import events, outbox
from intake.store.contacts import Contact
from intake.store.engine import Store
from intake.store.outbox import LetterState

OLD = certified(1, ends="01/03/2027")
"""Its 12 months' notice was past when the list came in, its 6 months' too."""


def told(services: Services, name: str) -> list[dict[str, object]]:
    """Details of all events of a name."""
    with services.store.reading() as tx:
        return [dict(event.detail) for event in events.chain(tx) if event.name == name]


def settle(services: Services, state: LetterState, **values: object) -> None:
    (letter,) = written(services)
    with services.store.transaction() as tx:
        outbox.settle(tx, letter, state, **values)


def test_a_due_notice_is_queued_with_its_event_once(services: Services, clock: HandClock) -> None:
    take_in(services, certified(1), certified(2, certificate="[E] 1"), certified(3, certificate=""))
    know(services, 1, 2, 3)
    clock.at = DUE - timedelta(days=1)
    assert notify(services) == ()
    clock.at = DUE
    (notice,) = notify(services)
    assert (notice.entries, notice.term, notice.state) == (("000001", "000002"), 12, "queued")
    assert notify(services) == notify(services, person="Ada") == ()
    (letter,) = written(services)
    assert (letter.recipient, letter.state, letter.about) == (MAKER, "queued", "certificate 1, 2028-08-30, 12 months")
    assert told(services, "notice_written") == [
        {
            "certificate": "[E] NCSC-1",
            "day": "2028-08-30",
            "term": 12,
            "entries": ["000001", "000002"],
            "message_id": letter.message_id,
        }
    ]
    assert states(services) == [(MAKER, 12, "queued"), (MAKER, 6, "upcoming")]


def test_the_second_notice_follows_and_a_new_name_of_ours_sends_none_again(
    services: Services, clock: HandClock
) -> None:
    take_in(services, certified(1))
    know(services, 1)
    clock.at = DUE
    notify(services)
    renamed = FolderOutgoingConfig(sender="SECAS <cpl@another.example>")
    elsewhere = replace(services, config=replace_config(services, outgoing=renamed))
    assert notify(elsewhere) == ()
    clock.at = LAST
    assert [notice.term for notice in notify(elsewhere)] == [6]
    assert [letter.message_id.partition("@")[2] for letter in written(services)] == [
        "example.test>",
        "another.example>",
    ]


def replace_config(services: Services, **sections: object) -> Config:
    return msgspec.structs.replace(services.config, **sections)


def test_the_letter_says_which_entries_what_ends_and_what_to_do(services: Services, clock: HandClock) -> None:
    take_in(services, certified(1), certified(2), certified(9, certificate="[R] NCSC-2"))
    know(services, 1, 2, 9)
    clock.at = DUE
    notify(services)
    ends, reviewed = (text_of(letter.content) for letter in written(services))
    for words in (
        "The CPA certificate [E] NCSC-1 expires on 30/08/2028. 2 entries of the",
        "  000001  10:01         00:02  01:00     00:00:00:01",
        "  000002  10:01",
        "  Gas Smart Meter",
        "nothing need be sent entry by entry",
        "on 29/02/2028, unless",
    ):
        assert words in ends
    assert "risk review" not in ends
    assert "comes to its risk review on 30/08/2028.\nOne entry" in reviewed
    assert "expires" not in reviewed
    assert max(map(len, ends.splitlines())) <= 72
    headers = message_from_bytes(written(services)[0].content, policy=policy.default)
    assert headers["Subject"] == "Central Products List: CPA certificate [E] NCSC-1, expires 30/08/2028"
    assert (headers["To"], headers["Auto-Submitted"]) == (MAKER, "auto-generated")


def test_a_new_day_or_certificate_arms_it_again_and_the_same_does_not(services: Services, clock: HandClock) -> None:
    take_in(services, certified(1))
    know(services, 1)
    clock.at = DUE
    notify(services)
    take_in(services, replace(certified(1), fields={**certified(1).fields, "Manufacturer_Image.creator": "Another"}))
    assert notify(services) == ()
    take_in(services, certified(1, ends="30/09/2028"))
    assert states(services) == [(MAKER, 12, "upcoming"), (MAKER, 6, "upcoming")]
    clock.at = DUE.replace(month=9, day=30)
    assert len(notify(services)) == 1
    take_in(services, certified(1, ends="30/09/2029", certificate="[R] NCSC-7"))
    clock.at = DUE.replace(year=2028, month=9, day=29)
    assert [notice.review for notice in notify(services)] == [True]


def test_what_was_past_is_a_work_list_that_nothing_sends_by_itself(services: Services, clock: HandClock) -> None:
    take_in(services, OLD)
    know(services, 1)
    for _ in range(3):
        assert notify(services) == ()
        clock.forward(days=7)
    assert states(services) == [(MAKER, 12, "for a person"), (MAKER, 6, "for a person")]
    assert standing(services).notice.why == PAST
    send_after_all(services, standing(services).key, "Ada")
    set_aside(services, standing(services, 6).key, "they know", "Ada")
    assert states(services) == [(MAKER, 12, "queued"), (MAKER, 6, "set aside")]
    assert [letter.state for letter in written(services)] == ["queued", "dropped"]
    assert [event["reason"] for event in told(services, "notice_set_aside")] == ["they know"]
    assert "again" in text_of(written(services)[0].content)
    for settled in (12, 6):
        with pytest.raises(DecisionRefusedError, match="any more"):
            send_after_all(services, standing(services, settled).key, "Ada")
    with pytest.raises(DecisionRefusedError, match="any more"):
        set_aside(services, standing(services, 6).key, "again", "Ada")


def test_nothing_is_set_aside_without_a_reason(services: Services) -> None:
    take_in(services, OLD)
    with pytest.raises(DecisionRefusedError, match="Say why"):
        set_aside(services, standing(services).key, " ", "Ada")
    assert written(services) == []


def test_hubs_are_the_dccs_and_wait_where_it_has_no_address(services: Services, clock: HandClock) -> None:
    take_in(services, certified(1, kind="Communications Hub"))
    know(services, 1)
    clock.at = DUE
    (notice,) = notify(services)
    assert (notice.contact, notice.state, notice.why) == ("DCC", "for a person", NO_DCC)
    assert notify(services) == ()
    with pytest.raises(DecisionRefusedError, match="configured"):
        send_after_all(services, standing(services).key, "Ada")
    known = replace(services, config=replace_config(services, publish=PublishConfig(dcc="dcc@dcc.example")))
    assert notify(known) == ()
    send_after_all(known, standing(known).key, "Ada")
    (letter,) = written(services)
    assert (letter.recipient, letter.state, b"dcc@dcc.example" in letter.content) == ("dcc@dcc.example", "queued", True)
    clock.at = LAST
    assert [(notice.contact, notice.state) for notice in notify(known)] == [("DCC", "queued")]


def test_without_a_contact_it_waits_and_goes_out_when_one_is_entered(services: Services, clock: HandClock) -> None:
    take_in(services, certified(1), certified(2))
    clock.at = DUE
    assert notify(services) == ()
    assert standing(services).notice.why == NOBODY
    with pytest.raises(DecisionRefusedError, match="Enter a contact"):
        send_after_all(services, standing(services).key, "Ada")
    enter_contact(services, ["000001", "000002"], Contact("", "Sam", "1", f"Sam <{MAKER}>"), "Ada")
    assert [notice.contact for notice in notify(services)] == [MAKER]
    assert [event["entries"] for event in told(services, "contact_entered")] == [["000001", "000002"]]


def test_what_is_set_aside_without_a_contact_stays_so_when_one_is_known(services: Services, clock: HandClock) -> None:
    take_in(services, certified(1))
    clock.at = DUE
    set_aside(services, standing(services).key, "told by telephone", "Ada")
    know(services, 1)
    assert notify(services) == ()
    assert states(services)[0] == (MAKER, 12, "set aside")


def test_a_letter_that_came_back_is_before_a_person_until_another_contact_takes_its_place(
    services: Services, clock: HandClock
) -> None:
    take_in(services, certified(1))
    know(services, 1)
    clock.at = DUE
    notify(services)
    settle(services, LetterState.SENT, sent_at=clock.now())
    assert states(services)[0] == (MAKER, 12, "sent")
    with services.store.transaction() as tx:
        outbox.come_back(tx, written(services)[0], f"{MAKER}: 5.1.1 no such user")
    assert standing(services).notice.state == "for a person"
    assert MAKER not in standing(services).notice.why
    assert notify(services) == ()
    know(services, 1, email="new@maker.example")
    assert [notice.contact for notice in notify(services)] == ["new@maker.example"]
    assert [letter.state for letter in written(services)] == ["dropped", "queued"]
    assert len(told(services, "notice_overtaken")) == 1


def test_a_letter_that_came_back_can_be_sent_again(services: Services, clock: HandClock) -> None:
    take_in(services, certified(1))
    know(services, 1)
    clock.at = DUE
    notify(services)
    settle(services, LetterState.BOUNCED, last_error="5.2.2 mailbox full")
    send_after_all(services, standing(services).key, "Ada")
    assert [letter.state for letter in written(services)] == ["queued"]


def test_what_is_sent_again_names_the_entries_that_are_still_current(services: Services, clock: HandClock) -> None:
    take_in(services, certified(1), certified(2))
    know(services, 1, 2)
    clock.at = DUE
    notify(services)
    settle(services, LetterState.BOUNCED, last_error="5.2.2 mailbox full")
    assert "000002" in text_of(written(services)[0].content)
    take_in(services, certified(1), replace(certified(2), status="Removed"))
    send_after_all(services, standing(services).key, "Ada")
    (letter,) = written(services)
    assert "000001" in text_of(letter.content)
    assert "000002" not in text_of(letter.content)
    assert told(services, "letter_written")[-1]["letter_sha256"] == outbox.digest(letter.content)


def test_a_dry_run_writes_nothing_and_a_day_may_be_given(services: Services) -> None:
    take_in(services, certified(1))
    know(services, 1)
    assert notify(services) == ()
    assert [notice.term for notice in notify(services, day=DUE.date(), dry_run=True)] == [12]
    assert written(services) == []
    assert [notice.term for notice in notify(services, day=DUE.date())] == [12]


def test_the_daemon_writes_to_nobody_on_a_closed_day(services: Services, clock: HandClock) -> None:
    take_in(services, certified(1))
    know(services, 1)
    for forward in (1, 2, 3):  # a weekend and a bank holiday
        clock.at = DUE + timedelta(days=forward)
        notify_on_working_days(services)
    assert written(services) == []
    clock.at = DUE + timedelta(days=4)
    notify_on_working_days(services)
    assert len(written(services)) == 1


def test_two_replicas_and_a_person_at_once_write_one_letter(
    services: Services, clock: HandClock, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(services, *(certified(number, certificate=f"[E] NCSC-{number}") for number in range(1, 6)))
    know(services, *range(1, 6))
    clock.at = DUE
    _all_look_before_any_writes(monkeypatch, 3)
    stores = [Store(store_url).open() for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        told_to = list(pool.map(lambda store: len(notify(replace(services, store=store))), stores))
    for store in stores:
        store.close()
    assert sorted(told_to) == [0, 0, 5]
    assert len(written(services)) == len(told(services, "notice_written")) == 5


def _all_look_before_any_writes(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    barrier, real = Barrier(count), module._drop_overtaken  # noqa: SLF001  # the step between look and write

    def together(*given: object) -> None:
        barrier.wait(timeout=60)
        real(*given)  # type: ignore[arg-type]  # what it was given

    monkeypatch.setattr(module, "_drop_overtaken", together)


@pytest.mark.parametrize("step", ["queue", "append"])
def test_a_death_at_any_step_leaves_nothing_or_all(
    services: Services, clock: HandClock, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    take_in(services, certified(1), certified(2, certificate="[E] NCSC-2"))
    know(services, 1, 2)
    clock.at = DUE
    with monkeypatch.context() as patched:
        place = outbox if step == "queue" else events
        patched.setattr(place, step, _dies_at_second(getattr(place, step)))
        with pytest.raises(KeyboardInterrupt):
            notify(services)
    assert written(services) == []
    assert len(notify(services)) == len(written(services)) == len(told(services, "notice_written")) == 2


def _dies_at_second(real: Callable[..., object]) -> Callable[..., object]:
    calls: list[int] = []

    def dying(*given: object, **named: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*given, **named)

    return dying


@pytest.mark.parametrize(
    ("numbers", "email", "why"),
    [
        ([], MAKER, "which entries"),
        (["000001"], "nobody", "e-mail"),
        (["000001"], "", "e-mail"),
        (["000001", "000009", "x"], MAKER, "Not on the list: 000009, x"),
    ],
)
def test_a_contact_that_cannot_be_used_is_refused(services: Services, numbers: list[str], email: str, why: str) -> None:
    take_in(services, certified(1))
    with pytest.raises(DecisionRefusedError, match=why):
        enter_contact(services, numbers, Contact("", "Sam", "", email), "Ada")
    assert told(services, "contact_entered") == []
