"""No letter answers a letter for ever, even where robots say nothing of themselves."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import msgspec
import pytest
from helpers import HandClock, fetched, mail

from intake.config import AcknowledgementConfig, AuthenticationConfig, Config, FolderOutgoingConfig
from intake.pipeline import decide
from intake.pipeline.receive import receive
from intake.pipeline.services import Services
from intake.store import outbox, submissions
from intake.store.outbox import LetterState, QueuedLetter


def configured(services: Services, **sections: object) -> Services:
    config: Config = msgspec.structs.replace(services.config, **sections)
    return dataclasses.replace(services, config=config)


def the_letter(services: Services, number: int) -> QueuedLetter | None:
    with services.store.reading() as tx:
        return next(iter(outbox.of_message(tx, number)), None)


def answer(services: Services, number: int) -> bytes:
    """What a robot sends that strips everything and keeps the thread alone."""
    before = the_letter(services, number)
    assert before is not None
    return mail("Re: CPL submission", body=f"Turn {number}.\n", headers={"In-Reply-To": before.message_id})


def test_a_robot_that_answers_every_acknowledgement_is_stopped(services: Services) -> None:
    receive(services, fetched(mail(), "1"))
    for number in range(1, 4):
        receive(services, fetched(answer(services, number), str(number + 1)))
    states = [letter.state if (letter := the_letter(services, number)) else None for number in range(1, 5)]
    assert states == [LetterState.QUEUED] * 3 + [LetterState.HELD]
    last = the_letter(services, 4)
    assert last is not None
    assert "as robots do" in (last.hold_reason or "")


@pytest.mark.parametrize("trouble", ["missing", "damaged"])
def test_an_answer_is_taken_in_though_what_it_answers_is_lost(services: Services, tmp_path: Path, trouble: str) -> None:
    receive(services, fetched(mail(), "1"))
    with services.store.reading() as tx:
        sha256 = submissions.get(tx, 1).raw_sha256
    kept = tmp_path / "evidence" / "sha256" / sha256[:2] / sha256
    kept.unlink()
    if trouble == "damaged":
        kept.write_bytes(b"something else")
    assert receive(services, fetched(answer(services, 1), "2"))
    assert receive(services, fetched(mail(body="another"), "3"))
    letter = the_letter(services, 2)
    assert letter is not None
    assert (letter.state, "CPL-000001" in (letter.hold_reason or "")) == (LetterState.HELD, True)


def test_our_own_letter_is_known_by_the_store_though_every_mark_is_gone(services: Services) -> None:
    receive(services, fetched(mail()))
    sent = the_letter(services, 1)
    assert sent is not None
    moved = configured(services, outgoing=FolderOutgoingConfig(sender="CPL <cpl@elsewhere.example>"))
    stripped = mail("Re: CPL submission", sender="relay@ashdown.example", body="stripped\n").replace(
        b"Message-ID: <", b"Message-ID: " + sent.message_id.encode() + b"\r\nX-Was: <"
    )
    receive(moved, fetched(stripped, "2"))
    with services.store.reading() as tx:
        assert submissions.get(tx, 2).automatic == "it is one of our own letters"
    assert the_letter(services, 2) is None


@pytest.mark.parametrize("alias", ["cpl@example.test", "CPL@Example.test"])
def test_an_alias_is_ourselves(services: Services, alias: str) -> None:
    ours = configured(services, outgoing=FolderOutgoingConfig(aliases=(alias,)))
    receive(ours, fetched(mail(sender="The List <cpl@example.test>")))
    with services.store.reading() as tx:
        assert submissions.get(tx, 1).automatic == "it comes from our own address"
    assert the_letter(services, 1) is None


def test_dmarc_fail_of_a_trusted_server_holds_the_letter(services: Services) -> None:
    ours = configured(services, authentication=AuthenticationConfig(trusted_servers=("mx.example.test",)))
    for number, server in enumerate(("mx.example.test", "mx.evil.example"), 1):
        stamp = {"Authentication-Results": f"{server}; dmarc=fail header.from=ashdown.example"}
        receive(ours, fetched(mail(body=server, headers=stamp), str(number)))
    held, sent = the_letter(services, 1), the_letter(services, 2)
    assert held is not None
    assert sent is not None
    assert (held.state, sent.state) == (LetterState.HELD, LetterState.QUEUED)


def test_letters_held_by_the_breaker_are_released_all_at_once_up_to_what_was_seen(
    services: Services, clock: HandClock
) -> None:
    strict = configured(services, acknowledgement=AcknowledgementConfig(breaker_per_hour=1))
    for number in range(4):
        receive(strict, fetched(mail(sender=f"{number}@ashdown.example"), str(number)))
    with services.store.reading() as tx:
        (group,) = outbox.held_groups(tx)
    assert group.count == 3
    receive(strict, fetched(mail(sender="late@ashdown.example"), "late"))
    assert decide.send_all_held(strict, group.reason, group.newest, "ada") == 3
    states = [letter.state if (letter := the_letter(services, number)) else None for number in range(1, 6)]
    assert states == [LetterState.QUEUED] * 4 + [LetterState.HELD]
    clock.forward(hours=2)
    receive(strict, fetched(mail(sender="next@ashdown.example"), "next"))
    after = the_letter(services, 6)
    assert after is not None
    assert after.state is LetterState.QUEUED
