"""A person settles findings and corrects what was misread: on record, beside the report, and taken back again."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from threading import Event

import pytest
from helpers import fetched, mail

from intake.demo import products
from intake.demo.certificates import zigbee_certificate
from intake.demo.samples import submission
from intake.domain import records
from intake.domain.resolution import ResolutionKind
from intake.domain.review import Action, Decision, DecisionRefusedError
from intake.domain.submission import State
from intake.pipeline import work
from intake.pipeline.arrival.receive import receive
from intake.pipeline.case import claims
from intake.pipeline.case.case import case
from intake.pipeline.evidence.retrieve import export
from intake.pipeline.evidence.verify import verify
from intake.pipeline.reading import again
from intake.pipeline.review import resolve
from intake.pipeline.review.decide import decide, draft
from intake.pipeline.review.resolve import Reading, Settlement
from intake.pipeline.services import Services
from intake.render.entry_view import EntryView, entry_views
from intake.store import events, resolutions, submissions
from intake.store.submissions import Submission
from rules.facts import DocumentKind, Dossier
from rules.finding import Outcome, Report

FIRMWARE = "Device_Model.firmware_version"


def read(services: Services) -> None:
    held = work.claim_one(services)
    assert held is not None
    work.work_on(services, held, Event())


def now(services: Services) -> Submission:
    with services.store.reading() as tx:
        return submissions.get(tx, 1)


def seen(services: Services) -> tuple[Dossier, Report, EntryView]:
    held = now(services)
    dossier = records.dossier(services.archive.get(held.dossier_sha256 or ""))
    report = records.report(services.archive.get(held.report_sha256 or ""))
    with services.store.reading() as tx:
        (view,) = entry_views(dossier, report, resolutions.of_message(tx, 1))
    return dossier, report, view


def happened(services: Services) -> list[events.Event]:
    with services.store.reading() as tx:
        return list(events.of_message(tx, 1))


@pytest.fixture
def faulty(services: Services) -> Services:
    """A display whose ZigBee certificate states another firmware than its form, and whose form has a late fault."""
    values = products.faultless_form(products.PPMID, on=services.clock.now().date())
    facts = {**products.zigbee_facts(values), "Firmware Version": "01:02:06:08"}
    files = {**submission(values), "ZigBee certificate.pdf": zigbee_certificate(facts)}
    receive(services, fetched(mail(documents=files)))
    read(services)
    return services


def settlement(services: Services, kind: ResolutionKind = ResolutionKind.ACCEPTED, **changes: object) -> Settlement:
    dossier, _, view = seen(services)
    known = Settlement(0, view.points[0].key, kind, "Agreed with the test house.", dossier.documents[0].sha256)
    return replace(known, **changes)  # type: ignore[arg-type]  # the fields of Settlement, checked by replace itself


def reading(services: Services, **changes: object) -> Reading:
    dossier, _, _ = seen(services)
    paper = next(document for document in dossier.documents if document.kind is DocumentKind.ZIGBEE_CERTIFICATE)
    value = dossier.entries[0].rows[[row.field for row in dossier.entries[0].rows].index(FIRMWARE)].value
    known = Reading(0, paper.sha256, paper.kind, "Firmware Version", value, "The 1 is smudged.")
    return replace(known, **changes)  # type: ignore[arg-type]  # likewise


@pytest.mark.parametrize(
    ("kind", "name"), [(ResolutionKind.ACCEPTED, "point_accepted"), (ResolutionKind.OVERRULED, "point_overruled")]
)
def test_a_settled_point_is_on_record_and_left_out_of_the_letter_while_the_report_stays(
    faulty: Services, kind: ResolutionKind, name: str
) -> None:
    before, (dossier, report, view) = now(faulty), seen(faulty)
    assert "firmware_version is not the same" in draft(case(faulty, 1), Action.RETURN)
    resolve.settle(faulty, 1, settlement(faulty, kind, evidence=dossier.documents[1].sha256), "ada")
    after, (_, same, settled) = now(faulty), seen(faulty)
    assert (after.report_sha256, after.dossier_sha256) == (before.report_sha256, before.dossier_sha256)
    assert same == report
    assert (view.all_settled, settled.all_settled, settled.open) == (False, True, ())
    assert "firmware_version is not the same" not in draft(case(faulty, 1), Action.RETURN)
    event = happened(faulty)[-1]
    assert (event.name, event.actor, event.detail["document"]) == (name, "ada", dossier.documents[1].name)
    assert event.detail["key"] == settled.points[0].key


def test_what_a_colleague_works_on_is_settled_by_them_or_by_whoever_takes_it_over(faulty: Services) -> None:
    resolve.settle(faulty, 1, settlement(faulty), "ben")
    settled = next(resolution.id for resolution in case(faulty, 1).resolutions)
    claims.claim(faulty, 1, "ada")
    with pytest.raises(DecisionRefusedError, match="ada has claimed CPL-000001 until"):
        resolve.withdraw(faulty, 1, settled, "ben")
    with pytest.raises(DecisionRefusedError, match="take it over first"):
        resolve.correct_value(faulty, 1, reading(faulty), "ben")
    resolve.withdraw(faulty, 1, settled, "ada")
    with pytest.raises(DecisionRefusedError, match="ada has claimed"):
        resolve.settle(faulty, 1, settlement(faulty), "ben")
    claims.claim(faulty, 1, "ben")
    resolve.settle(faulty, 1, settlement(faulty), "ben")


def test_where_all_is_settled_an_approval_takes_two_people_and_no_second_reason(faulty: Services) -> None:
    with pytest.raises(DecisionRefusedError, match="say in the reason"):
        decide(faulty, 1, Decision(Action.APPROVE, "ada", now(faulty).report_sha256 or "", "Approved.\n"))
    resolve.settle(faulty, 1, settlement(faulty), "ada")
    proposed = decide(faulty, 1, Decision(Action.APPROVE, "ada", now(faulty).report_sha256 or "", "Approved.\n"))
    assert proposed.state is State.PROPOSED
    approved = decide(faulty, 1, Decision(Action.APPROVE, "ben", now(faulty).report_sha256 or "", "Approved.\n"))
    assert approved.state is State.APPROVED


def test_what_is_taken_back_is_open_again_and_stays_on_record(faulty: Services) -> None:
    resolve.settle(faulty, 1, settlement(faulty), "ada")
    resolve.withdraw(faulty, 1, 1, "ben")
    assert seen(faulty)[2].open
    with faulty.store.reading() as tx:
        (kept,) = resolutions.of_message(tx, 1)
    assert (kept.person, kept.withdrawn_by, kept.active) == ("ada", "ben", False)
    assert (happened(faulty)[-1].name, happened(faulty)[-1].actor) == ("resolution_withdrawn", "ben")
    with pytest.raises(DecisionRefusedError, match="taken back already"):
        resolve.withdraw(faulty, 1, 1, "ben")
    resolve.settle(faulty, 1, settlement(faulty), "ada")  # and may be settled anew
    assert seen(faulty)[2].all_settled


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"reason": " "}, "Say why"),
        ({"reason": "x" * 4001}, "longer than"),
        ({"point": "0" * 64}, "no longer in the report"),
        ({"entry": 1}, "no longer in the report"),
        ({"entry": -1}, "no longer in the report"),
        ({"evidence": "0" * 64}, "none of this case"),
    ],
)
def test_what_cannot_be_meant_is_refused(faulty: Services, changes: dict[str, object], says: str) -> None:
    with pytest.raises(DecisionRefusedError, match=says):
        resolve.settle(faulty, 1, settlement(faulty, **changes), "ada")  # type: ignore[arg-type]  # as above
    assert seen(faulty)[2].settled == ()


def test_a_point_is_settled_once(faulty: Services) -> None:
    once = settlement(faulty)
    resolve.settle(faulty, 1, once, "ada")
    with pytest.raises(DecisionRefusedError, match="settled already"):
        resolve.settle(faulty, 1, once, "ben")


@pytest.mark.parametrize("how", ["settle", "correct", "withdraw"])
@pytest.mark.parametrize("state", ["proposed", "returned"])
def test_nothing_is_settled_under_a_proposal_or_after_a_decision(faulty: Services, how: str, state: str) -> None:
    resolve.settle(faulty, 1, settlement(faulty), "ada")
    action = Action.APPROVE if state == "proposed" else Action.RETURN
    wanted, other = reading(faulty), settlement(faulty)
    resolve.withdraw(faulty, 1, 1, "ada")
    resolve.settle(faulty, 1, other, "ada")
    decide(faulty, 1, Decision(action, "ada", now(faulty).report_sha256 or "", "A letter.\n"))
    doing: dict[str, Callable[[], object]] = {
        "settle": lambda: resolve.settle(faulty, 1, other, "ben"),
        "correct": lambda: resolve.correct_value(faulty, 1, wanted, "ben"),
        "withdraw": lambda: resolve.withdraw(faulty, 1, 2, "ben"),
    }
    with pytest.raises(DecisionRefusedError, match=r"proposed on what was settled|nothing to settle|settled already"):
        doing[how]()
    assert seen(faulty)[2].all_settled


def test_a_correction_is_judged_by_every_rule_and_both_dossiers_are_evidence(faulty: Services) -> None:
    before = now(faulty)
    assert before.outcome == Outcome.RETURN
    after = resolve.correct_value(faulty, 1, reading(faulty), "ada")
    assert after.outcome == Outcome.NEEDS_A_PERSON
    dossier, _, view = seen(faulty)
    (point,) = view.points
    assert point.correction
    assert "was read as '01:02:06:08'" in point.message
    assert view.all_settled
    assert [made.person for made in view.corrected] == ["ada"]
    names = [event.name for event in happened(faulty)[-2:]]
    assert names == ["value_corrected", "examined"]
    detail = happened(faulty)[-2].detail
    assert (detail["read_sha256"], detail["dossier_sha256"]) == (before.dossier_sha256, after.dossier_sha256)
    assert (detail["original"], detail["value"]) == ("01:02:06:08", dossier.entries[0].value(FIRMWARE))  # type: ignore[arg-type]  # by its name
    assert verify(faulty).intact
    assert "was read as" not in draft(case(faulty, 1), Action.ASK)


def test_a_withdrawn_correction_is_judged_without(faulty: Services) -> None:
    before = now(faulty)
    resolve.correct_value(faulty, 1, reading(faulty), "ada")
    resolve.correct_value(faulty, 1, reading(faulty, subject="Manufacturer", value="Ashdown Meters"), "ada")
    resolve.withdraw(faulty, 1, 2, "ben")
    assert now(faulty).outcome == Outcome.NEEDS_A_PERSON
    back = resolve.withdraw(faulty, 1, 1, "ben")
    assert (back.dossier_sha256, back.outcome) == (before.dossier_sha256, Outcome.RETURN)
    assert seen(faulty)[2].open


def test_a_correction_outlives_another_reading_where_the_same_is_read(faulty: Services) -> None:
    corrected = resolve.correct_value(faulty, 1, reading(faulty), "ada")
    again.judge_again(faulty, 1, "ada")
    read(faulty)
    assert (now(faulty).dossier_sha256, now(faulty).outcome) == (corrected.dossier_sha256, Outcome.NEEDS_A_PERSON)
    names = [event.name for event in happened(faulty)]
    assert names[-3:] == ["corrections_applied", "examined", "review_opened"]
    resolve.withdraw(faulty, 1, 1, "ada")
    assert now(faulty).outcome == Outcome.RETURN
    assert verify(faulty).intact


def test_what_was_said_of_other_values_does_not_apply_and_is_shown_as_such(faulty: Services) -> None:
    resolve.settle(faulty, 1, settlement(faulty), "ada")
    resolve.correct_value(faulty, 1, reading(faulty, value="01:02:06:09"), "ada")
    view = seen(faulty)[2]
    assert [one.kind for one in view.outdated] == [ResolutionKind.ACCEPTED]
    assert len(view.open) == 1  # another value, of which nobody has said anything
    resolve.withdraw(faulty, 1, 2, "ada")
    assert (seen(faulty)[2].outdated, seen(faulty)[2].all_settled) == ((), True)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"reason": ""}, "Say why"),
        ({"value": "01:02:06:08"}, "value that was read"),
        ({"value": ""}, "which value"),
        ({"subject": "Colour"}, "no such label"),
        ({"kind": DocumentKind.CPA_CERTIFICATE}, "another kind"),
        ({"document_sha256": "0" * 64}, "no such certificate"),
    ],
)
def test_a_correction_that_cannot_be_meant_is_refused(faulty: Services, changes: dict[str, object], says: str) -> None:
    says = "has such a label" if says == "no such label" else says
    with pytest.raises(DecisionRefusedError, match=says):
        resolve.correct_value(faulty, 1, reading(faulty, **changes), "ada")
    assert now(faulty).outcome == Outcome.RETURN


def test_what_the_form_states_as_text_is_refused_with_what_to_do(faulty: Services) -> None:
    dossier, _, _ = seen(faulty)
    form = dossier.documents[0].sha256
    kind = DocumentKind.NEW_ENTRY
    wanted = reading(faulty, document_sha256=form, kind=kind, subject=FIRMWARE, value="01:02:06:08")
    with pytest.raises(DecisionRefusedError, match=r"submitter's own word.*sent again"):
        resolve.correct_value(faulty, 1, wanted, "ada")


def test_one_value_is_corrected_once(faulty: Services) -> None:
    resolve.correct_value(faulty, 1, reading(faulty), "ada")
    with pytest.raises(DecisionRefusedError, match="corrected already"):
        resolve.correct_value(faulty, 1, reading(faulty, value="01:02:06:09"), "ben")


def test_a_correction_is_taken_back_and_not_overruled(faulty: Services) -> None:
    resolve.correct_value(faulty, 1, reading(faulty), "ada")
    with pytest.raises(DecisionRefusedError, match="Take the correction back"):
        resolve.settle(faulty, 1, settlement(faulty), "ben")


def test_the_bag_holds_what_was_read_and_what_was_corrected(faulty: Services) -> None:
    before = now(faulty)
    after = resolve.correct_value(faulty, 1, reading(faulty), "ada")
    with zipfile.ZipFile(BytesIO(export(faulty, 1))) as bag:
        held = {name.partition("data/")[2]: name for name in bag.namelist()}
        texts = {name: bag.read(full) for name, full in held.items()}
    assert texts["derived/dossier.json"] == faulty.archive.get(after.dossier_sha256 or "")
    assert texts["derived/report.json"] == faulty.archive.get(after.report_sha256 or "")
    assert b"was read as '01:02:06:08', and was corrected to" in texts["derived/report.json"]
    assert texts[f"derived/earlier/{before.dossier_sha256}.json"] == faulty.archive.get(before.dossier_sha256 or "")
    assert texts[f"derived/earlier/{before.report_sha256}.json"] == faulty.archive.get(before.report_sha256 or "")
    (told,) = json.loads(texts["resolutions.json"])
    assert (told["original"], told["person"], told["reason"]) == ("01:02:06:08", "ada", "The 1 is smudged.")


def test_missing_evidence_of_a_correction_is_found(faulty: Services) -> None:
    before = now(faulty)
    resolve.correct_value(faulty, 1, reading(faulty), "ada")
    faulty.archive.path(before.dossier_sha256).unlink()  # type: ignore[attr-defined]  # the folder's own
    (fault,) = (finding.what for finding in verify(faulty).findings)
    assert (before.dossier_sha256 or "-") in fault
    assert "CPL-000001" in fault
