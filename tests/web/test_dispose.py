"""What the page offers besides deciding, and what its forms do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from web.world import Browser, StillClock, World

from intake.domain.letter import text_of
from intake.domain.review import Role
from intake.domain.submission import State
from intake.pipeline.evidence.verify import verify
from intake.store import outbox, submissions
from rules.facts import Dossier

HERE = "/submissions/CPL-000001"
HOSTILE = "<script>alert(1)</script>\"'"


@pytest.fixture
def question(world: World) -> Browser:
    """A question in review, and who looks at it."""
    world.judged(Dossier(world.clock.now(), None, (), ()), "CPL submission")
    world.change(1, documents=0)
    return world.signed_in()


def hidden(page: str, path: str) -> dict[str, str]:
    """The hidden fields of the form that posts to this path, the token left out."""
    form = re.search(rf'action="{HERE}/{path}"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert form is not None, path
    return dict(re.findall(r'name="(version|thread)" value="([^"]*)"', form[1]))


@dataclass(slots=True)
class _RunningClock(StillClock):
    """Goes on between one look and the next, as every real one does."""

    def now(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment


@pytest.mark.parametrize("path", ["close", "reply"])
def test_a_row_is_settled_at_the_moment_that_its_event_tells(tmp_path: Path, path: str) -> None:
    world = World(tmp_path, clock=_RunningClock())
    world.judged(Dossier(world.clock.now(), None, (), ()), "CPL submission")
    world.change(1, documents=0)
    browser = world.signed_in()
    browser.get(HERE)
    typed = {"reason": "answered by telephone", "letter": "Dear Robin, it is so."}
    browser.post(f"{HERE}/{path}", {**hidden(browser.get(HERE), path), **typed})
    assert world.submission(1).state is State.CLOSED
    told = [finding.what for finding in verify(world.services).findings]
    assert not [what for what in told if "decided_at" in what]
    world.close()


def test_it_is_closed_once_and_the_second_post_says_so(world: World, question: Browser) -> None:
    form = {**hidden(question.get(HERE), "close"), "reason": "answered by telephone"}
    assert question.post(f"{HERE}/close", form) == f"{HERE}?done=closed"
    page = question.get(f"{HERE}?done=closed")
    assert "Closed. Nobody was written to." in page
    assert "“answered by telephone”" in page
    assert "Closed without a letter" in page
    again = question.post(f"{HERE}/close", form, 409)
    assert "CPL-000001 has changed since you opened the page: it is closed" in again
    assert world.submission(1).state is State.CLOSED


def test_what_was_typed_stands_there_again_where_it_is_refused(world: World, question: Browser) -> None:
    form = {**hidden(question.get(HERE), "join"), "case": "the other", "reason": HOSTILE}
    page = question.post(f"{HERE}/join", form, 409)
    assert "Write the reference of a message of the case, such as CPL-000042." in page
    assert 'value="the other"' in page
    assert "&lt;script&gt;" in page
    assert "<script>" not in page
    assert world.submission(1).thread is None


def test_a_reply_is_written_in_place_and_on_a_page_of_its_own(world: World, question: Browser) -> None:
    question.get(HERE)  # the first look is an event of its own
    assert hidden(question.get(HERE), "reply") == hidden(question.get(f"{HERE}/reply"), "reply")
    form = {**hidden(question.get(HERE), "reply"), "letter": "Dear Robin,\r\n\r\n[Say here what]"}
    refused = question.post(f"{HERE}/reply", form, 409)
    assert "The letter still says “[Say here what]”" in refused
    assert "Dear Robin," in refused
    form |= {"letter": "Dear Robin,\r\n\r\nthe newer one."}
    assert question.post(f"{HERE}/reply", form) == f"{HERE}?done=replied"
    with world.services.store.reading() as tx:
        letter = outbox.of_message(tx, 1)[-1]
    assert text_of(letter.content).startswith("Dear Robin,\n\nthe newer one.\n\nOur reference for this is CPL-000001.")
    question.post(f"{HERE}/reply", form, 409)
    assert [kind for kind, _ in world.letter_states(1)].count("reply") == 1
    page = question.get(f"{HERE}/reply")  # what comes in on it later is answered, too
    assert "Reply to CPL-000001</h1>" in page
    assert "Send and close" not in page


def test_a_kind_that_a_person_says_is_shown_as_theirs(question: Browser) -> None:
    form = {**hidden(question.get(HERE), "kind"), "kind": "update"}
    assert question.post(f"{HERE}/kind", form) == f"{HERE}?done=marked"
    page = question.get(HERE)
    assert "Update, as Ada said" in page
    assert "Marked as update; it was taken as submission" in page


@pytest.mark.parametrize("kind", ["", "unclear", "x", "SUBMISSION"])
def test_there_are_three_kinds(world: World, question: Browser, kind: str) -> None:
    form = {**hidden(question.get(HERE), "kind"), "kind": kind}
    assert "a submission, an update, or other mail" in question.post(f"{HERE}/kind", form, 409)
    assert world.submission(1).kind == "submission"


@pytest.mark.parametrize("named", ["1", "CPL-1", "cpl-000001", " CPL-000001 "])
def test_a_case_may_be_named_by_its_number(world: World, named: str) -> None:
    world.judged()
    world.judged(Dossier(world.clock.now(), None, (), ()), "CPL submission: a question")
    world.change(2, documents=0)
    form = {"version": str(world.submission(2).version), "thread": "0", "case": named}
    assert world.signed_in().post("/submissions/CPL-000002/join", form) == f"{HERE}?done=joined"
    assert world.submission(2).thread == 1


@pytest.mark.parametrize(
    "named", ["", "0", "-1", "x", "9" * 5000, "\N{SUPERSCRIPT TWO}", "CPL-", "CPL-000001 CPL-000002"]
)
def test_what_names_no_case_is_refused(question: Browser, named: str) -> None:
    form = {**hidden(question.get(HERE), "join"), "case": named}
    assert "Write the reference" in question.post(f"{HERE}/join", form, 409)


PATHS = ("close", "reply", "kind", "join", "split", "reopen", "hand-over", "take-back")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_form_without_our_version_does_nothing(world: World, question: Browser, path: str, version: str) -> None:
    form = {"version": version, "reason": "x", "letter": "x", "kind": "other", "case": "1"}
    before = world.submission(1)
    question.post(f"{HERE}/{path}", form, 409)
    assert world.submission(1) == before


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("role", "status"), [(Role.AUDITOR, 200), (Role.ADMIN, 403)])
def test_who_does_not_decide_disposes_of_nothing(
    world: World, question: Browser, path: str, role: Role, status: int
) -> None:
    other = world.signed_in("Cy", role)
    other.post(f"{HERE}/{path}", {"version": str(world.submission(1).version), "reason": "x"}, 403)
    assert 'class="cpl-other"' not in other.get(HERE, status)
    assert 'class="cpl-other"' in question.get(HERE)
    assert world.submission(1).state is State.IN_REVIEW


def test_what_is_closed_is_reopened_with_a_reason_and_an_approval_says_why_not(world: World) -> None:
    world.judged()
    browser = world.signed_in()
    browser.post(f"{HERE}/close", {**hidden(browser.get(HERE), "close"), "reason": "x"})
    page = browser.get(HERE)
    assert "Close without a letter" not in page
    browser.post(f"{HERE}/reopen", {**hidden(page, "reopen"), "reason": ""}, 409)
    browser.post(f"{HERE}/reopen", {**hidden(page, "reopen"), "reason": "by mistake"})
    assert world.submission(1).state is State.IN_REVIEW
    with world.services.store.transaction() as tx:
        submissions.move(tx, submissions.get(tx, 1), State.APPROVED)
    assert "an entry leaves the list by its removal from the list" in browser.get(HERE)


def test_a_joined_message_is_split_off_from_its_own_page(world: World) -> None:
    world.judged()
    world.message("Re: CPL-000001")
    with world.services.store.transaction() as tx:
        submissions.move(tx, submissions.get(tx, 2), State.FILED)
    browser = world.signed_in()
    form = {"version": str(world.submission(2).version), "reason": "another device"}
    assert browser.post("/submissions/CPL-000002/split", form) == "/submissions/CPL-000002?done=split-off"
    assert world.submission(2).thread is None
    happened = " ".join(re.sub(r"<[^>]*>", "", browser.get(HERE)).split())
    assert "CPL-000002 was taken out of this case Ada, Friday 20 November 2026" in happened
