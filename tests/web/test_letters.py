"""Letters that wait for a person: seen in the queue, released singly or all at once, and what came back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import GAS, a_dossier, a_form
from web.world import World

from intake.domain.review import Role
from intake.store import outbox
from intake.store.outbox import LetterState
from rules.message_facts import MessageFacts
from rules.sender_facts import SenderCheck

BOUNCED = "robin.hale@example.test: 5.1.1 550 no such user"
REASON = "2 acknowledgements have been written within an hour"


@pytest.mark.parametrize(
    ("state", "values", "sentence"),
    [
        (LetterState.HELD, {"hold_reason": "DMARC failed"}, "Its acknowledgement is held: DMARC failed."),
        (LetterState.REFUSED, {"last_error": "550 no"}, "Its acknowledgement was refused by the mail server: 550 no."),
        (LetterState.BOUNCED, {"last_error": BOUNCED}, f"Its acknowledgement came back undelivered: {BOUNCED}."),
    ],
)
def test_a_letter_that_did_not_arrive_is_in_the_queue_with_its_reason(
    world: World, state: LetterState, values: dict[str, object], sentence: str
) -> None:
    number = world.judged()
    world.settle(number, state, **values)
    assert sentence in world.signed_in().get("/").replace("<wbr>", "")


def test_a_return_letter_that_came_back_brings_a_decided_submission_back_into_the_queue(world: World) -> None:
    number = world.judged()
    browser, here = world.signed_in(), f"/submissions/{world.submission(number).reference}"
    before = world.submission(number)
    shown = {"report": before.report_sha256 or "", "version": str(before.version)}
    browser.post(f"{here}/decide/return", {"letter": "Please mend it.", "reason": "", **shown})
    assert world.submission(number).reference not in browser.get("/")
    with world.services.store.transaction() as tx:
        letter = next(each for each in outbox.of_message(tx, number) if each.kind == "return")
        outbox.come_back(tx, letter, BOUNCED)
    assert f"Its return letter came back undelivered: {BOUNCED}." in browser.get("/").replace("<wbr>", "")


def test_a_return_letter_that_came_back_is_not_sent_again_once_the_case_was_taken_up_anew(world: World) -> None:
    number = world.judged()
    browser, here = world.signed_in(), f"/submissions/{world.submission(number).reference}"
    before = world.submission(number)
    shown = {"report": before.report_sha256 or "", "version": str(before.version)}
    browser.post(f"{here}/decide/return", {"letter": "Please mend it.", "reason": "", **shown})
    with world.services.store.transaction() as tx:
        letter = next(letter for letter in outbox.of_message(tx, number) if letter.kind == "return")
        outbox.come_back(tx, letter, BOUNCED)
    assert f"letters/{letter.id}/send" in browser.get(here)
    browser.post(f"{here}/reopen", {"reason": "Too soon.", "version": str(world.submission(number).version)})
    page = browser.get(here)
    assert "CPL-000001 is in review now, so it is not sent any more." in page
    assert f"letters/{letter.id}/send" not in page
    assert f"letters/{letter.id}/drop" in page
    assert "CPL-000001 is in review now" in browser.post(f"{here}/letters/{letter.id}/send", status=409)


def test_a_letter_that_came_back_says_so_on_the_page_and_can_be_sent_again(world: World) -> None:
    number = world.judged()
    letter = world.settle(number, LetterState.BOUNCED, last_error=BOUNCED)
    browser, here = world.signed_in(), f"/submissions/{world.submission(number).reference}"
    page = browser.get(here)
    for words in ("Came back", "the submitter never got it", BOUNCED, "Send it again", "Came back undelivered"):
        assert words in page
    browser.post(f"{here}/letters/{letter}/send")
    assert world.letter_states(number) == [("acknowledgement", LetterState.QUEUED)]


def held(world: World, count: int) -> list[int]:
    numbers = [world.message(f"CPL submission {n}") for n in range(count)]
    for number in numbers:
        world.settle(number, LetterState.HELD, hold_reason=REASON)
    return numbers


def test_letters_held_for_one_reason_are_released_at_once(world: World) -> None:
    numbers, browser = held(world, 3), world.signed_in()
    page = browser.get("/")
    assert f"3 letters held: {REASON}." in page
    assert "Send all 3" in page
    with world.services.store.reading() as tx:
        (group,) = outbox.held_groups(tx)
    late = held(world, 1)
    form = {"reason": group.reason, "newest": str(group.newest)}
    assert browser.post("/letters/send", form) == "/?done=letters-sent"
    assert {world.letter_states(number)[0][1] for number in numbers} == {LetterState.QUEUED}
    assert world.letter_states(late[0])[0][1] is LetterState.HELD, "nobody has seen it"
    assert "are on their way" in browser.get("/?done=letters-sent")


@pytest.mark.parametrize("form", [{}, {"reason": REASON, "newest": "x"}, {"reason": "another", "newest": "9"}])
def test_nothing_is_released_that_was_not_named(world: World, form: dict[str, str]) -> None:
    (number,) = held(world, 1)
    assert world.signed_in().post("/letters/send", form) == "/"
    assert world.letter_states(number)[0][1] is LetterState.HELD


def test_an_auditor_sees_that_letters_are_held_and_releases_none(world: World) -> None:
    held(world, 2)
    browser = world.signed_in("Ann", Role.AUDITOR)
    page = browser.get("/")
    assert "2 letters held" in page
    assert "Send all" not in page
    browser.post("/letters/send", {"reason": REASON, "newest": "9"}, status=403)


def test_what_is_known_of_the_sender_is_shown(world: World) -> None:
    checks = (
        SenderCheck("dmarc", "pass", "mx.example.test", "ashdown.example", ""),
        SenderCheck("dkim", "fail", "", "", ""),
    )
    facts = MessageFacts("submission", "CPL", "a@b.example", automatic=False, sender_checks=checks)
    number = world.judged(replace(a_dossier(a_form(GAS)), message=facts))
    page = world.signed_in().get(f"/submissions/{world.submission(number).reference}")
    for words in ("DMARC pass for ashdown.example", "says mx.example.test", "DKIM fail", "checked here"):
        assert words in page
