"""Judging again: what a person may ask for once more is known of signatures and names."""

from __future__ import annotations

from dataclasses import replace

from dossiers import A_HASH, CREATOR, HASH, a_dossier, a_form
from web.world import World

from intake.domain.review import Role
from intake.domain.submission import State
from intake.store import events, names
from rules.facts import ConfirmedName, Dossier
from rules.signature_facts import Coverage, Indication, SignatureFacts, Signer

OWN, OTHER = "Example Meters Ltd", "Other <Ltd>"
WAITING = SignatureFacts("opc", indication=Indication.INDETERMINATE, sub_indication="TRY_LATER")
GOOD = SignatureFacts(
    "opc",
    coverage=Coverage.ENTIRE,
    indication=Indication.TOTAL_PASSED,
    signer=Signer(organisation=OTHER, subject="O=Other", organisations=(OTHER,)),
)


def signed(*signatures: SignatureFacts) -> Dossier:
    return a_dossier(a_form(changes={CREATOR: OWN, HASH: A_HASH}), signatures=signatures)


def told(world: World, number: int) -> list[str]:
    with world.services.store.reading() as tx:
        return [event.name for event in events.of_message(tx, number)]


def test_a_submission_whose_signature_waits_can_be_judged_again(world: World) -> None:
    number = world.judged(signed(WAITING))
    browser, here = world.signed_in(), f"/submissions/{world.submission(number).reference}"
    assert "Judge its signatures again" in browser.get(here)
    assert browser.post(f"{here}/judge-again").endswith("?done=judged-again")
    assert world.submission(number).state is State.RECEIVED
    assert told(world, number)[-1] == "judged_again"
    assert "Sent to be judged again" in browser.get(here)
    assert "only what is in review is judged again" in browser.post(f"{here}/judge-again", status=409)


def test_nothing_waits_where_every_signature_is_settled(world: World) -> None:
    for dossier in (signed(), signed(GOOD), signed(replace(GOOD, indication=Indication.TOTAL_FAILED))):
        number = world.judged(dossier)
        assert "Judge its signatures again" not in world.signed_in(f"Ada {number}").get(
            f"/submissions/{world.submission(number).reference}"
        )


def test_a_person_confirms_once_that_two_names_are_one_organisation(world: World) -> None:
    number = world.judged(signed(GOOD))
    browser, here = world.signed_in(), f"/submissions/{world.submission(number).reference}"
    page = browser.get(here)
    assert "Is this one organisation?" in page
    assert "Other &lt;Ltd&gt;" in page
    assert browser.post(f"{here}/names", {"creator": OWN, "organisation": OTHER}).endswith("?done=confirmed")
    assert told(world, number)[-2:] == ["name_confirmed", "judged_again"]
    with world.services.store.reading() as tx:
        assert names.confirmed(tx) == (ConfirmedName(OWN, OTHER),)
        kept = events.of_message(tx, number)[-2]
    assert (kept.actor, kept.detail) == ("Ada", {"creator": OWN, "organisation": OTHER})
    again = world.judged(signed(GOOD))
    elsewhere = f"/submissions/{world.submission(again).reference}"
    browser.post(f"{elsewhere}/names", {"creator": OWN, "organisation": OTHER})
    assert told(world, again)[-1:] == ["judged_again"]


def test_only_names_that_the_submission_shows_can_be_confirmed(world: World) -> None:
    number = world.judged(signed(GOOD))
    browser, here = world.signed_in(), f"/submissions/{world.submission(number).reference}"
    for creator, organisation in ((OWN, "Anybody"), ("Anybody", OTHER), ("", "")):
        answer = browser.post(f"{here}/names", {"creator": creator, "organisation": organisation}, status=409)
        assert "does not show these two names" in answer
    assert world.submission(number).state is State.IN_REVIEW
    assert "name_confirmed" not in told(world, number)


def test_whoever_only_reads_is_offered_nothing(world: World) -> None:
    number = world.judged(signed(WAITING, GOOD))
    page = world.signed_in("Eve", Role.AUDITOR).get(f"/submissions/{world.submission(number).reference}")
    assert "Judge its signatures again" not in page
    assert "Is this one organisation?" not in page
