"""A fault of ours while a message is read: never a crash, never silent, never blamed on the sender."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from helpers import a_submission, fetched, mail
from jinja2 import TemplateNotFound
from pipeline.test_work import work_everything

from intake import faults
from intake.domain import records
from intake.domain.submission import State
from intake.extract import document, job
from intake.extract import unreadable as says
from intake.extract.mail import mime
from intake.limits import ReadingLimits
from intake.pipeline.arrival.receive import receive
from intake.pipeline.checks.check import check_message
from intake.pipeline.services import Services
from intake.render.public import check_object
from intake.render.templates import letter
from intake.signatures.trust_settings import NOBODY
from intake.store import events, queue
from intake.web.timeline import timeline_item

WORDS = "a name that a submitter wrote"
pytestmark = pytest.mark.stumbles


class InThisProcess:
    """Reads as the sandbox does, but where a test can make it fail."""

    def run(self, request: dict[str, Any], payload: bytes) -> Iterator[Any]:
        told: list[Any] = []
        job.run(payload, json.loads(json.dumps(request)), told.append, lambda _: None)
        for line in told:
            yield json.loads(line)


def broken(*_: object, **__: object) -> object:
    raise KeyError(WORDS)


def worked(services: Services, raw: bytes) -> queue.QueueRow:
    object.__setattr__(services, "sandbox", InThisProcess())
    receive(services, fetched(raw))
    work_everything(services)
    with services.store.reading() as tx:
        (row,) = queue.rows(tx)
    return row


def told(services: Services) -> list[events.Event]:
    with services.store.reading() as tx:
        return [event for event in events.of_message(tx, 1) if event.name == "reader_stumbled"]


def test_nothing_is_told_where_nothing_failed(services: Services) -> None:
    assert worked(services, a_submission()).submission.outcome == "ready"
    assert told(services) == []


def test_a_document_comes_before_a_person_and_is_not_said_to_be_damaged(
    services: Services, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(document, "Pdf", broken)
    submission = worked(services, a_submission()).submission
    assert (submission.state, submission.outcome) == (State.IN_REVIEW, "needs_a_person")
    (event,) = told(services)
    assert str(event.detail["what"]).startswith("KeyError at intake/extract/document.py:")
    assert "fault in our program" in timeline_item(event).text
    report = records.report(services.archive.get(submission.report_sha256 or ""))
    findings = [finding for entry in report.entries for ruling in entry.rulings for finding in ruling.findings]
    ours = [finding for finding in findings if says.FAULT in finding.message]
    assert ours
    assert {our.remedy for our in ours} == {"Nothing; the fault is ours, and a person reads the file."}
    logged = "".join(capfd.readouterr())
    assert "reader_stumbled" in logged
    assert WORDS not in logged + json.dumps(dict(event.detail))


def test_a_form_is_not_missed(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "read_workbook", broken)
    row = worked(services, a_submission())
    assert (row.submission.outcome, row.submission.entries) == ("needs_a_person", 1)
    assert len(told(services)) == 1


@pytest.mark.parametrize("headers", [{}, {"Auto-Submitted": "auto-replied"}])
def test_mail_that_would_be_filed_comes_before_a_person(
    services: Services, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    monkeypatch.setattr(mime, "read_report", broken)
    submission = worked(services, mail("Lunch on Friday", body="At one?\n", headers=headers)).submission
    assert (submission.state, submission.outcome) == (State.IN_REVIEW, "needs_a_person")
    assert len(told(services)) == 1


def test_headers_that_our_own_reader_fails_over(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.domain.envelope.readable", broken)
    submission = worked(services, a_submission()).submission
    assert (submission.state, submission.outcome) == (State.IN_REVIEW, "needs_a_person")
    (event,) = told(services)
    assert "intake/domain/envelope.py:" in str(event.detail["what"])


def test_check_says_unreadable_in_our_words_and_needs_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "Pdf", broken)
    box: Any = InThisProcess()
    checked = check_message(box, a_submission(), trust_settings=NOBODY, limits=ReadingLimits())
    assert not checked.nothing_read
    assert checked.faults
    told: dict[str, Any] = check_object(checked.dossier, checked.report, checked.outcome)
    assert told["outcome"] == "needs_a_person"
    kinds = {each["name"]: each["kind"] for each in told["documents"]}
    assert {kind for name, kind in kinds.items() if name.endswith(".pdf")} == {"unreadable"}


def test_what_a_library_raises_of_its_input_is_no_fault_of_ours() -> None:
    with pytest.raises(msgspec.DecodeError) as of_c:
        records.dossier(b"{")
    with pytest.raises(TemplateNotFound) as of_python:
        letter("none.txt")
    with faults.gathered() as met:
        assert not faults.is_ours(of_c.value, about=(msgspec.DecodeError,))
        assert not faults.is_ours(of_python.value, libraries=("jinja2",))
        assert not faults.is_ours(RecursionError())
    assert met == []
    with faults.gathered() as met:
        assert faults.is_ours(of_c.value)
        assert faults.is_ours(of_python.value, about=(KeyError,), libraries=("email",))
    assert [fault.place.rpartition(":")[0] for fault in met] == [
        "intake/domain/records.py",
        "intake/render/templates.py",
    ]
