"""`check` and the daemon judge one message alike: the same facts, the same report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from itertools import cycle, islice
from threading import Event

import pytest
from corpus.labelled.parts import PARTS
from dossiers import A_HASH, HASH, SINGLE, a_form
from helpers import FRIDAY, fetched, mail
from published_lists import a_line

from intake.demo.form_rows import EDITIONS
from intake.demo.samples import samples
from intake.domain.submission import State
from intake.pipeline import work
from intake.pipeline.arrival.receive import receive
from intake.pipeline.case.case import Case
from intake.pipeline.case.case import case as gathered
from intake.pipeline.checks.check import Checked, check_message
from intake.pipeline.list.listing import import_list
from intake.pipeline.services import Services
from intake.register.published import ListFile
from intake.signatures.trust_settings import configured
from rules.finding import Outcome
from rules.published import PUBLISHED

MET = 3
"""Cases of each part of the labelled corpus that go both ways, every one of another edition."""

LIST = [a_line(a_form(SINGLE), f"{number:06}", {HASH: A_HASH}) for number in range(1, 4)]
BROKEN_HEADERS = b"From: a@ashdown.example\r\nSubject: Hello\r\nthis is no header\r\n\r\nPlease see our meter.\r\n"


def corpus() -> Iterator[tuple[str, bytes, datetime]]:
    editions = cycle(EDITIONS)
    for part in PARTS.values():
        for number, edition in enumerate(islice(editions, MET)):
            for case in islice(part(edition), 7 * number, 7 * number + 1):
                yield str(case), mail(documents=dict(case.files)), datetime.combine(case.on, time(12), UTC)


def messages() -> Iterator[tuple[str, bytes, datetime]]:
    yield from ((sample.name, sample.message(FRIDAY), FRIDAY) for sample in samples(FRIDAY))
    yield from corpus()
    yield "nothing at all", b"", FRIDAY
    yield "a subject among headers that cannot be read", BROKEN_HEADERS, FRIDAY
    yield "not one header", b"\x00\xff nothing that a mail would say", FRIDAY
    stranger = "Ada Byron <ada@analytical.example>"  # of whom the daemon knows no more than `check` does
    yield "a question", mail("A question", sender=stranger, body="Where is the form?\n"), FRIDAY


def checked(services: Services, raw: bytes, at: datetime) -> Checked:
    trusting = configured(services.config, at)
    return check_message(services.sandbox, raw, trust_settings=trusting, limits=services.config.limits, register=LIST)


def worked(services: Services, raw: bytes, at: datetime) -> Case:
    """The one message that is left to do, taken through the daemon's steps."""
    assert receive(services, fetched(raw, raw.hex()[-80:], arrived_at=at))
    while (submission := work.claim_one(services)) is not None:
        number = submission.id
        work.work_on(services, submission, Event())
    return gathered(services, number)


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_message_is_judged_alike_by_check_and_by_the_daemon(services: Services) -> None:
    import_list(services, b"the file", ListFile(tuple(LIST), PUBLISHED))
    differing = []
    for name, raw, at in messages():
        alone, case = checked(services, raw, at), worked(services, raw, at)
        assert case.dossier is not None
        if case.dossier != replace(alone.dossier, judged_at=case.dossier.judged_at):
            differing.append(f"{name}: the facts")
        if case.submission.state is State.FILED:
            judged = alone.outcome is Outcome.NOT_A_SUBMISSION
        else:
            judged = case.report == alone.report
        if not judged:
            differing.append(f"{name}: {case.submission.state}, {case.submission.outcome}; check says {alone.outcome}")
    assert differing == []
