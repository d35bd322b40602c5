"""Letters about a version: read before they go, let go one by one, and never lost from sight."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from msgspec import structs
from signatures.smime import der
from web.list.test_list_next import changed, prepared
from web.listed import propose, take_in, two
from web.world import Browser, World

from intake.config.sections import PublishConfig
from intake.domain.letter import text_of
from intake.domain.review import Role
from intake.domain.version_letter import subjects_of
from intake.pipeline.evidence.verification.finding import Kind
from intake.pipeline.evidence.verify import verify
from intake.store import outbox, publications
from intake.store.outbox import LetterState, QueuedLetter

HERE = "/list/versions/2.002"


def released(world: World, parties: str = "all@example.test") -> tuple[Browser, Browser]:
    """Version 2.002, released where the DCC's address is known, and perhaps that of all Parties."""
    config = structs.replace(world.services.config, publish=PublishConfig(dcc="dcc@example.test", parties=parties))
    world.services = replace(world.services, config=config)
    take_in(world)
    ada, ben = two(world)
    changed(ada, ben)
    ada.post("/list/next/prepare", {"step": "prepare"})
    ben.post("/list/next/release", prepared(ben.get("/list/next")))
    return ada, ben


def of_version(world: World, about: str = "version 2.002") -> dict[str, QueuedLetter]:
    with world.services.store.reading() as tx:
        return {letter.kind: letter for letter in outbox.of_list(tx, about)}


def test_each_is_read_and_let_go_alone(world: World) -> None:
    ada, _ = released(world)
    page = ada.get("/")
    assert "2 letters about version 2.002 wait for a person." in page
    assert f'href="{HERE}#letters"' in page
    assert "Send all" not in page
    assert ada.post("/letters/send", {"reason": next(iter(of_version(world).values())).hold_reason or "",
                                      "newest": "99"}) == "/"  # fmt: skip
    letters = of_version(world)
    page = ada.get(HERE)
    for letter in letters.values():
        assert f"To {letter.recipient}" in page
    assert "dcc.csv" in page
    assert ada.post(f"{HERE}/letters/{letters['list-dcc'].id}/send") == f"{HERE}?done=letter-sent#letters"
    assert "1 letter about version 2.002 waits for a person." in ada.get("/")
    ada.post(f"{HERE}/letters/{letters['list-parties'].id}/drop")
    assert "about version 2.002" not in ada.get("/")
    states = {kind: letter.state for kind, letter in of_version(world).items()}
    assert states == {"list-dcc": LetterState.QUEUED, "list-parties": LetterState.DROPPED}
    assert "not held any more" in ada.post(f"{HERE}/letters/{letters['list-parties'].id}/send", status=409)
    assert not [finding for finding in verify(world.services).findings if finding.kind is not Kind.PERSON]


def test_one_alone_is_told_and_what_came_back_comes_again(world: World) -> None:
    ada, _ = released(world, parties="")
    assert "1 letter about version 2.002 waits for a person." in ada.get("/")
    assert "[publish] names nobody to send it to" in ada.get(HERE)
    letter = of_version(world)["list-dcc"]
    ada.post(f"{HERE}/letters/{letter.id}/send")
    assert "about version 2.002" not in ada.get("/")
    with world.services.store.transaction() as tx:
        sent = outbox.get(tx, letter.id)
        assert sent is not None
        outbox.settle(tx, sent, LetterState.BOUNCED, last_error="550 no such user")
    page = ada.get(HERE)
    assert "550 no such user" in page
    assert "Send it again" in page
    assert "1 letter about version 2.002 waits for a person." in ada.get("/")


def test_the_answer_s_letter_is_among_those_of_its_version(world: World) -> None:
    ada, ben = released(world)
    ben.post(f"{HERE}/loaded")
    assert "1 letter about version 2.002 loaded waits for a person." in ada.get("/")
    (letter,) = of_version(world, "version 2.002 loaded").values()
    assert ada.post(f"{HERE}/letters/{letter.id}/send") == f"{HERE}?done=letter-sent#letters"
    assert "2.002 loaded" not in ada.get("/")


def states_of(world: World) -> dict[str, LetterState]:
    """Where each letter about 2.002 stands, by what it is about and its kind."""
    with world.services.store.reading() as tx:
        letters = outbox.of_list(tx, *subjects_of("2.002"))
    return {f"{letter.entry}, {letter.kind}": letter.state for letter in letters}


@pytest.mark.parametrize(
    ("path", "answer", "why"),
    [("loaded", {}, "has loaded"), ("rejected", {"entry": "000002", "reason": "No such type."}, "has rejected")],
)
def test_letters_that_the_dcc_s_answer_overtakes_wait_no_more(
    world: World, path: str, answer: dict[str, str], why: str
) -> None:
    ada, ben = released(world)
    ben.post(f"{HERE}/{path}", answer)
    assert states_of(world) == {
        "version 2.002, list-dcc": LetterState.DROPPED,
        "version 2.002, list-parties": LetterState.DROPPED,
        f"version 2.002 {path}, list-parties": LetterState.HELD,
    }
    page = ada.get(HERE)
    assert f"The DCC {why} version 2.002, so it is not sent any more." in page
    assert "A later letter tells what the DCC has answered about version 2.002" in page
    assert "1 letter about version 2.002" in ada.get("/")
    assert not [finding for finding in verify(world.services).findings if finding.kind is not Kind.PERSON]


def test_what_came_back_and_is_overtaken_since_is_not_sent_again(world: World) -> None:
    ada, ben = released(world)
    letter = of_version(world)["list-dcc"]
    ada.post(f"{HERE}/letters/{letter.id}/send")
    ben.post(f"{HERE}/loaded")
    with world.services.store.transaction() as tx:
        assert outbox.come_back(tx, letter, "550 no such user")
    page = ada.post(f"{HERE}/letters/{letter.id}/send", status=409)
    assert "The DCC has loaded version 2.002, so this letter is not sent any more." in page
    assert f"{HERE}/letters/{letter.id}/send" not in page
    ada.post(f"{HERE}/letters/{letter.id}/drop")
    assert states_of(world)["version 2.002, list-dcc"] is LetterState.DROPPED


def test_each_rejection_is_told_and_only_the_newest_waits(world: World) -> None:
    _, ben = released(world)
    for entry in ("000002", "000003"):
        ben.post(f"{HERE}/rejected", {"entry": entry, "reason": "No such type."})
    ben.post(f"{HERE}/rejected", {"entry": "000003", "reason": "No such type."})
    with world.services.store.reading() as tx:
        told = outbox.of_list(tx, "version 2.002 rejected")
    assert [letter.state for letter in told] == [LetterState.DROPPED, LetterState.HELD]
    assert "entry 000003: No such type." in text_of(told[1].content)


def test_the_dcc_is_asked_to_load_the_newest_version_alone(world: World) -> None:
    ada, ben = released(world)
    changed(ada, ben, "000001")
    ada.post("/list/next/prepare", {"step": "prepare"})
    ben.post("/list/next/release", prepared(ben.get("/list/next")))
    assert states_of(world) == {
        "version 2.002, list-dcc": LetterState.DROPPED,
        "version 2.002, list-parties": LetterState.HELD,
    }
    assert "Version 2.003 has been released since, for the DCC to load instead" in ada.get(HERE)


def test_a_signature_that_comes_after_the_release_goes_to_the_dcc_with_it(world: World) -> None:
    ada, _ = released(world)
    before = of_version(world)["list-dcc"]
    assert "openssl" not in text_of(before.content)
    with world.services.store.reading() as tx:
        made = publications.of_version(tx, "2.002")
    assert made is not None
    book = next(name for name in made.files if name.endswith(".xlsx"))
    files = {"signature": ("a.p7s", der(world.services.archive.get(made.files[book])))}
    answer = ada.client.post(f"{HERE}/attach", data={"csrf": ada.csrf}, files=files)
    assert answer.status_code == 303
    after = of_version(world)["list-dcc"]
    assert (after.id, after.message_id, after.state) == (before.id, before.message_id, LetterState.HELD)
    assert "openssl" in text_of(after.content)
    assert ".xlsx.p7s" in ada.get(HERE)[ada.get(HERE).index('id="letters"') :]
    assert not [finding for finding in verify(world.services).findings if finding.kind is not Kind.PERSON]


@pytest.mark.parametrize("number", ["0", "999"])
def test_a_letter_about_something_else_is_none_of_a_version_s(world: World, number: str) -> None:
    ada, _ = released(world)
    message = world.message()
    with world.services.store.reading() as tx:
        acknowledgement = outbox.of_message(tx, message)[0]
    for letter in (number, str(acknowledgement.id)):
        assert "no such letter here" in ada.post(f"{HERE}/letters/{letter}/send", status=404)
    assert "no such letter here" in ada.post(
        f"/list/versions/2.001/letters/{of_version(world)['list-dcc'].id}/drop", status=404
    )


@pytest.mark.parametrize(("role", "reads"), [(Role.AUDITOR, True), (Role.SSC, False), (Role.ADMIN, False)])
def test_who_does_not_decide_sends_none_and_who_reads_no_evidence_sees_none(
    world: World,
    role: Role,
    reads: bool,  # of the table
) -> None:
    released(world)
    page = world.signed_in("Eve", role).get(HERE)
    assert ("To dcc@example.test" in page) is reads
    assert not re.search(r"/letters/\d+/(send|drop)", page)


def test_a_version_whose_inventory_a_later_answer_overtook_shows_what_counts(world: World) -> None:
    take_in(world)
    ada, ben = two(world)
    removal = propose(ada, "/list/change/new?kind=remove&entries=000002", removal="DEFECT")
    for number in (removal, None):
        if number is None:
            changed(ada, ben, "000001")
        else:
            ben.post(f"/list/changes/{number}/agree")
        ada.post("/list/next/prepare", {"step": "prepare"})
        ben.post("/list/next/release", prepared(ben.get("/list/next")))
    told = "takes its place. Letters that wait have been written anew"
    assert told not in ada.get("/list/versions/2.003")
    ben.post("/list/versions/2.002/rejected", {"entry": "000002", "reason": "No such entry."})
    page = ada.get("/list/versions/2.003")
    assert told in page
    assert "suspended" in page.split("Files")[0]
    ben.post("/list/versions/2.003/loaded")
    assert told not in ada.get("/list/versions/2.003")
