from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from dossiers import (
    CPA_DATE,
    FIRMWARE,
    GAS,
    MODEL,
    Kept,
    a_document,
    a_dossier,
    a_form,
    a_zigbee_certificate,
    certificates_for,
)
from helpers import of_another_release
from web.world import World

from intake.domain.events import Approved
from intake.domain.review import Role
from intake.domain.submission import State
from intake.render.terminal import stamp
from intake.store import events, submissions
from intake.store.outbox import LetterState
from intake.web.document import disposition
from intake.web.pages import static_url
from rules.examine import examine
from rules.facts import CellKind, DocumentKind, Dossier, NewEntry, ReadBy
from rules.finding import Outcome
from rules.message_facts import MessageFacts
from rules.rulebook import current
from rules.signature_facts import Coverage, Indication, SignatureFacts, Signer

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def _faulty() -> Dossier:
    form = a_form(GAS, {FIRMWARE: "12:03:12:35", CPA_DATE: "2028-08-30"})
    zigbee = a_zigbee_certificate(form, {"Firmware Version": "12:03:12:34"})
    return a_dossier(form, (zigbee, *certificates_for(form)[1:]))


def _here(number: int) -> str:
    return f"/submissions/CPL-{number:06d}"


def _text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page))


def test_a_check_that_its_text_quotes_is_held_against_what_was_found_here(world: World) -> None:
    dossier, faulty = a_dossier(a_form(GAS)), _faulty()
    line, browser = stamp(examine(dossier), Outcome.READY), world.signed_in()
    edition = f"rulebook {current().edition} ({current().digest[:12]})"
    for judged, more, compared in (
        (dossier, "", "The same rules came to the same here."),
        (faulty, HOSTILE, "The same rules came to something else here"),
    ):
        message = MessageFacts("submission", "CPL submission", "", automatic=False, text=f"Please.\n> {line}\n{more}")
        page = browser.get(_here(world.judged(replace(judged, message=message))))
        assert f"Judged by{edition}" in _text(page)
        assert f"checked with {edition} on " in _text(page)
        assert compared in page
        assert HOSTILE not in page
    assert "checked with" not in browser.get(_here(world.judged(dossier)))


def test_the_head_says_who_what_and_when_in_london_time(world: World) -> None:
    page = world.signed_in().get(_here(world.judged(subject="CPL submission: AML-G1")))
    assert "CPL submission: AML-G1" in page
    assert "Robin Hale &lt;robin.hale@example.test&gt;" in page
    assert "Friday 20 November 2026, 11:00" in page
    assert "due by end of Mon 23 Nov 2026" in page
    assert "Due Fri 27 Nov" in re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


def test_a_finding_stands_beside_the_values_with_its_source_and_remedy(world: World) -> None:
    page = world.signed_in().get(_here(world.judged(_faulty())))
    text = _text(page)
    assert "To be put right by the submitter" in page
    assert "2028-08-30" in text
    assert "CPL - New Entry!G19" in text
    assert "What to do:" in text
    assert '<a class="govuk-link" href="/rules/' in page
    assert '12:03:12:3<mark class="cpl-differs">5</mark>' in page
    assert '12:03:12:3<mark class="cpl-differs">4</mark>' in page


def test_the_form_stands_beside_what_the_certificates_state(world: World) -> None:
    text = _text(world.signed_in().get(_here(world.judged(_faulty()))))
    assert "Device_Model.firmware_version To put right 12:03:12:35 G14 12:03:12:34 ZigBee ≠ differs" in text
    assert "ZigBee ≠ differs12:03:12:35 CPA ✓ agrees" in text
    assert "Device_Model.manufacturer_identifier 10:6C G10 10:6C ZigBee" in text


def test_what_excel_made_of_a_value_is_shown(world: World) -> None:
    form = a_form(GAS, {MODEL: Kept(CellKind.TIME, "10:02:00"), FIRMWARE: Kept(CellKind.FORMULA, "=A1", cached="12")})
    page = world.signed_in().get(_here(world.judged(a_dossier(form))))
    assert "stored as a time" in page
    assert "stored as a formula, last gave “12”" in page


def test_a_faultless_submission_says_so_and_folds_its_rulings(world: World) -> None:
    page = world.signed_in().get(_here(world.judged()))
    assert "Every check that applies has passed" in page
    assert "could not tell" in page
    assert "Propose approval" in page


def test_a_form_that_cannot_be_read_says_why_once_and_counts_what_was_not_checked(world: World) -> None:
    trouble = "The workbook is damaged."
    workbook = a_document("form.xlsx", DocumentKind.UNREADABLE, read_by=ReadBy.NONE, trouble=trouble)
    dossier = Dossier(world.clock.now(), None, (workbook,), (NewEntry("form.xlsx", trouble=trouble),))
    page = world.signed_in().get(_here(world.judged(dossier)))
    assert "checks could not be made, because the form could not be read" in page
    assert page.count(trouble) == 2  # the finding, and the list of documents


def test_a_message_without_a_workbook_shows_that_its_absence_was_judged(world: World) -> None:
    page = world.signed_in().get(_here(world.judged(Dossier(world.clock.now(), None, (), ()))))
    assert "no workbook" in page
    assert "/decide/approve" not in page


def test_documents_are_listed_with_kind_facts_and_signatures(world: World) -> None:
    signature = SignatureFacts(
        format="opc",
        indication=Indication.INDETERMINATE,
        sub_indication="NO_CERTIFICATE_CHAIN_FOUND",
        coverage=Coverage.PARTIAL,
        signer=Signer(organisation="Example Meters Ltd"),
        reasons=("no anchor is configured",),
    )
    text = _text(world.signed_in().get(_here(world.judged(a_dossier(a_form(GAS), signatures=(signature,))))))
    assert "ZigBee certificate read from its text" in text
    assert "Firmware Version12:03:12:34 page 1" in text
    assert "The signature of Example Meters Ltd (in the workbook) cannot be settled." in text
    assert "INDETERMINATE, NO_CERTIFICATE_CHAIN_FOUND" in text
    assert "only a part of the document" in text
    assert "no anchor is configured" in text


def test_release_notes_are_marked_as_restricted(world: World) -> None:
    form = a_form(GAS)
    note = a_document("notes.pdf", DocumentKind.RELEASE_NOTE)
    text = _text(world.signed_in().get(_here(world.judged(a_dossier(form, [*certificates_for(form), note])))))
    assert text.count("Restricted: kept for audit, never published") == 1


class _Hostile(HTMLParser):
    """Collects what would run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and ("src", static_url("cpl-intake.js")) in attrs:
            return  # our own
        self.found += [tag] if tag in {"script", "img", "iframe", "object", "style", "base"} else []
        self.found += [name for name, value in attrs if name.startswith("on") or name == "style"]
        self.found += [value for _, value in attrs if value and value.lstrip().lower().startswith("javascript:")]


@pytest.mark.parametrize("path", ["{here}", "/", "/?q=" + HOSTILE, "{here}/decide/return"])
def test_nothing_a_submitter_writes_becomes_markup(world: World, path: str) -> None:
    form = a_form(GAS, {FIRMWARE: HOSTILE, MODEL: HOSTILE}, document=f"{HOSTILE}.xlsx")
    zigbee = a_zigbee_certificate(form, {"Manufacturer": HOSTILE, HOSTILE: HOSTILE}, name=HOSTILE)
    number = world.judged(
        a_dossier(form, (zigbee, a_document(HOSTILE, DocumentKind.UNREADABLE, trouble=HOSTILE))),
        subject=f"CPL submission {HOSTILE}",
        headers={"From": f'"{HOSTILE}" <robin@example.test>'},
    )
    world.settle(number, LetterState.HELD, hold_reason=HOSTILE, last_error=HOSTILE)
    with world.services.store.transaction() as tx:
        events.append(
            tx,
            Approved(report_sha256="", reason=HOSTILE, letter=""),
            at=world.clock.now(),
            message=number,
            actor=HOSTILE,
        )
        events.append(tx, of_another_release(HOSTILE, detail=HOSTILE), at=world.clock.now(), message=number)
    world.change(number, claimed_by=HOSTILE, last_error=HOSTILE)
    page = world.signed_in().get(path.format(here=_here(number)))
    parser = _Hostile()
    parser.feed(page)
    assert parser.found == []
    assert "alert(1)" in page


def test_nothing_in_an_address_becomes_markup(world: World) -> None:
    world.person("Ada")
    client = world.browser()
    for page in (
        client.get("/sign-in", params={"next": f"/{HOSTILE}"}).text,
        client.post("/sign-in", data={"name": HOSTILE, "password": "x", "next": f"/{HOSTILE}"}).text,
    ):
        parser = _Hostile()
        parser.feed(page)
        assert parser.found == []
        assert "alert(1)" in page


def test_a_page_refers_to_no_other_host(world: World) -> None:
    browser, number = world.signed_in(), world.judged(_faulty())
    for path in ("/", _here(number), f"{_here(number)}/decide/ask", "/rules", "/rules/format.shape", "/sign-in"):
        page = browser.client.get(path, follow_redirects=True).text
        references = re.findall(r"""(?:href|src|action|content)=["']([^"']*)""", page)
        assert [reference for reference in references if reference.startswith(("http", "//"))] == []


def test_every_page_has_one_heading_a_skip_link_and_labels(world: World) -> None:
    browser, number = world.signed_in(), world.judged(_faulty())
    for path in ("/", _here(number), f"{_here(number)}/decide/return", "/rules", "/nowhere"):
        page = browser.client.get(path).text
        assert page.count("<h1") == 1
        assert 'href="#main-content"' in page
        assert 'id="main-content"' in page
        named = re.findall(r'<(?:textarea|input)(?![^>]*type="hidden")[^>]* id="([^"]+)"', page)
        assert all(f'for="{each}"' in page for each in named)
        assert "<th " in page or "<table" not in page
        assert all("scope=" in cell for cell in re.findall(r"<th(?: [^>]*)?>", page))


def test_claiming_releasing_and_taking_over_are_recorded(world: World) -> None:
    number = world.judged()
    ada, ben = world.signed_in("Ada"), world.signed_in("Ben")
    assert ada.post(f"{_here(number)}/claim") == f"{_here(number)}?done=claimed"
    assert "You have claimed this submission" in ada.get(f"{_here(number)}?done=claimed")
    assert "Take over from Ada" in ben.get(_here(number))
    ben.post(f"{_here(number)}/claim")
    assert world.submission(number).claimed_by == "Ben"
    ben.post(f"{_here(number)}/release")
    assert world.submission(number).claimed_by is None
    text = _text(ben.get(_here(number)))
    assert "Claimed Ada, Friday" in text
    assert "Released Ben, Friday" in text


def test_a_notice_is_one_of_ours_and_never_what_the_address_says(world: World) -> None:
    page = world.signed_in().get(f"{_here(world.judged())}?done=You+have+won")
    assert "You have won" not in page


def test_a_quarantined_message_shows_its_cause_and_can_be_tried_again(world: World) -> None:
    number = world.message()
    for _ in range(3):
        with world.services.store.transaction() as tx:
            submissions.fail(tx, submissions.get(tx, number), "The reader was ended.", retry_at=world.clock.now())
    browser = world.signed_in()
    page = browser.get(_here(number))
    assert "The reader was ended." in page
    assert "Check again" in page
    assert "/decide/approve" not in page
    assert browser.post(f"{_here(number)}/retry").endswith("?done=retried")
    assert world.submission(number).state is State.RECEIVED
    assert "only what failed or was filed is retried" in browser.post(f"{_here(number)}/retry", status=409)


def test_a_held_letter_can_be_sent_or_dropped_and_only_once(world: World) -> None:
    browser = world.signed_in()
    for verb, state in (("send", LetterState.QUEUED), ("drop", LetterState.DROPPED)):
        number = world.judged()
        letter = world.settle(number, LetterState.HELD, hold_reason="DMARC failed")
        page = browser.get(_here(number))
        assert "Held because DMARC failed." in page
        assert "Thank you for your message." in page
        browser.post(f"{_here(number)}/letters/{letter}/{verb}")
        assert world.letter_states(number) == [("acknowledgement", state)]
        assert "not held any more" in browser.post(f"{_here(number)}/letters/{letter}/{verb}", status=409)


def test_a_letter_is_settled_on_its_own_submission_only(world: World) -> None:
    first, second = world.judged(), world.judged()
    letter = world.settle(first, LetterState.HELD, hold_reason="DMARC failed")
    page = world.signed_in().post(f"{_here(second)}/letters/{letter}/drop", status=404)
    assert "no such letter" in page
    assert world.letter_states(first) == [("acknowledgement", LetterState.HELD)]


def test_an_auditor_sees_a_held_letter_without_buttons(world: World) -> None:
    number = world.judged()
    world.settle(number, LetterState.HELD, hold_reason="DMARC failed")
    page = world.signed_in("Eve", Role.AUDITOR).get(_here(number))
    assert "DMARC failed" in page
    assert "Send it" not in page


def test_messages_of_one_thread_lead_to_each_other(world: World) -> None:
    first = world.judged()
    second = world.judged(headers={"In-Reply-To": world.submission(first).message_id})
    assert f'{_here(first)}"' in world.signed_in().get(_here(second))


def test_the_next_one_that_waits_is_a_link_away(world: World) -> None:
    first, second = world.judged(), world.judged()
    browser = world.signed_in()
    assert f"Next: CPL-{second:06d}" in browser.get(_here(first))
    assert "Next: " not in browser.get(_here(second))


def test_the_raw_message_is_a_download_that_no_browser_shows(world: World) -> None:
    submission = world.submission(world.judged())
    answer = world.signed_in().client.get(f"/submissions/{submission.reference}/documents/{submission.raw_sha256}")
    assert answer.content == world.services.archive.get(submission.raw_sha256)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


def test_a_document_that_the_submission_does_not_hold_is_not_found(world: World) -> None:
    first, second = world.submission(world.judged()), world.submission(world.judged())
    browser = world.signed_in()
    page = browser.get(f"/submissions/{first.reference}/documents/{second.raw_sha256}", status=404)
    assert "no document of this digest" in page


def test_the_evidence_bag_holds_the_raw_message(world: World) -> None:
    submission = world.submission(world.judged(Dossier(world.clock.now(), None, (), ())))
    answer = world.signed_in("Eve", Role.AUDITOR).client.get(f"/submissions/{submission.reference}/evidence.zip")
    assert answer.headers["content-disposition"].startswith(f'attachment; filename="{submission.reference}.zip"')
    with zipfile.ZipFile(io.BytesIO(answer.content)) as bag:
        raw = next(name for name in bag.namelist() if name.endswith(f"{submission.reference}.eml"))
        assert bag.read(raw) == world.services.archive.get(submission.raw_sha256)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("form.xlsx", "form.xlsx"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ('a"; filename="evil.exe', "a_; filename=_evil.exe"),
        ("a\r\nSet-Cookie: x=1", "a__Set-Cookie_ x=1"),
        ("Zähler.pdf", "Z_hler.pdf"),
        ("evil\u202efdp.exe", "evil_fdp.exe"),
        ("", "document"),
        ("...", "document"),
    ],
)
def test_a_documents_name_cannot_leave_its_header_or_folder(name: str, plain: str) -> None:
    header = disposition(name)
    assert header.startswith(f'attachment; filename="{plain}"; filename*=UTF-8')
    assert header.count('"') == 2
    assert "\r" not in header
    assert "\n" not in header
    assert header.isascii()


def test_next_leads_through_all_that_wait_in_the_order_of_the_queue(world: World) -> None:
    numbers = [world.judged() for _ in range(5)]
    for number, hours in zip(numbers, (3, 1, 2, 2, 5), strict=True):
        world.change(number, received_at=world.clock.now() - timedelta(hours=hours))
    browser = world.signed_in()
    walked = [numbers[4]]
    while following := re.search(r"Next: CPL-0*(\d+)", browser.get(_here(walked[-1]))):
        walked.append(int(following[1]))
    assert walked == [numbers[index] for index in (4, 0, 2, 3, 1)]


def test_only_ones_own_claim_is_released(world: World) -> None:
    number = world.judged()
    ada, ben = world.signed_in("Ada"), world.signed_in("Ben")
    assert "Nobody has claimed it" in ben.post(f"{_here(number)}/release", status=409)
    ada.post(f"{_here(number)}/claim")
    assert "It is claimed by Ada" in ben.post(f"{_here(number)}/release", status=409)
    assert world.submission(number).claimed_by == "Ada"


@pytest.mark.parametrize("state", [State.APPROVED, State.RETURNED, State.FILED], ids=str)
def test_what_is_closed_cannot_be_claimed(world: World, state: State) -> None:
    number, browser = world.judged(), world.signed_in()
    world.change(number, state=state)
    assert "there is nothing to work on" in browser.post(f"{_here(number)}/claim", status=409)
    assert world.submission(number).claimed_by is None
