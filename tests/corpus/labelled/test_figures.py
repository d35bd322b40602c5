"""The labelled corpus: nothing faulty is ready, nothing valid is sent back, and the fault is named."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest
from corpus.labelled.case import Case
from corpus.labelled.figures import Figures
from corpus.labelled.judge import dossier_of, moment, told
from corpus.labelled.parts import PARTS, judge_all
from helpers import mail

from intake.demo.form_rows import DEVICE_TYPES, EDITIONS
from intake.extract.reader import read_files
from intake.limits import ReadingLimits
from intake.pipeline.checks.check import check_files, check_message
from intake.sandbox import Sandbox
from intake.signatures.trust_settings import TrustSettings
from rules.finding import Outcome

SAMPLED = 3
"""One case in so many is judged here; ``python -m corpus.labelled`` judges all."""
WITHIN, EVERY = 16, 7
"""Of each part's and edition's first cases, one in so many goes through a child process, as files and as mail."""


@pytest.fixture(scope="module")
def figures() -> Figures:
    actual = Figures(judge_all(SAMPLED))
    print(*actual.lines(), sep="\n")  # noqa: T201  # the figures, under `pytest -s`
    return actual


@pytest.fixture(scope="module")
def sample() -> list[Case]:
    some = (islice(part(edition), 0, WITHIN, EVERY) for part in PARTS.values() for edition in EDITIONS)
    return [case for part in some for case in part if not case.signed and case.kind is None]


def test_the_corpus_is_as_large_as_promised(figures: Figures) -> None:
    assert len(figures.valid) >= 300
    assert len(figures.faulty) >= 1_000


def test_no_faulty_submission_is_ready(figures: Figures) -> None:
    assert [str(false_accept) for false_accept in figures.false_accepts] == []


def test_no_valid_submission_is_anything_but_ready(figures: Figures) -> None:
    assert [str(false_return) for false_return in figures.false_returns] == []


def test_a_faulty_submission_is_returned_or_put_before_a_person_as_its_label_says(figures: Figures) -> None:
    assert [str(judged) for judged in figures.otherwise] == []


def test_the_faulty_place_is_named_in_99_of_100(figures: Figures) -> None:
    assert 100 * len(figures.unnamed) <= len(figures.faulty), [str(judged) for judged in figures.unnamed]


def test_every_edition_and_device_type_is_met_valid_and_faulty(figures: Figures) -> None:
    met = Counter((judged.edition, judged.device_type, judged.expected is Outcome.READY) for judged in figures.judged)
    wanted = {(edition, name, valid) for edition in EDITIONS for name in DEVICE_TYPES for valid in (True, False)}
    assert wanted <= met.keys()


def test_every_field_of_the_latest_form_is_spoilt_in_some_way(figures: Figures) -> None:
    spoilt = {judged.place for judged in figures.faulty}
    assert {line.field for line in EDITIONS["2022-09"]} <= spoilt


def test_no_two_submissions_bear_the_same_label(figures: Figures) -> None:
    twice = [label for label, number in Counter(judged.label for judged in figures.judged).items() if number > 1]
    assert twice == []


def test_the_corpus_is_the_same_bytes_each_time() -> None:
    for part in PARTS.values():
        cases, other = (list(islice(part("2017-12"), 0, 12, 3)) for _ in range(2))
        assert cases == other


def test_a_child_process_reads_what_is_read_here(message_reader: Sandbox, sample: list[Case]) -> None:
    assert sample
    for case in sample:
        reading = read_files(message_reader, list(case.files.items()), ReadingLimits())
        dossier = dossier_of(case)
        assert (reading.documents, reading.entries) == (dossier.documents, dossier.entries), str(case)


def test_files_and_the_mail_that_carries_them_are_judged_alike(message_reader: Sandbox, sample: list[Case]) -> None:
    for case in sample:
        files = list(case.files.items())
        at, limits, register = TrustSettings(at=moment(case)), ReadingLimits(), case.register
        loose = check_files(message_reader, files, trust_settings=at, limits=limits, register=register)
        raw = mail(documents=dict(files))
        sent = check_message(message_reader, raw, trust_settings=at, limits=limits, register=register)
        assert told(case, loose.report) == told(case, sent.report)
        assert (loose.outcome, sent.outcome) == (case.expected, case.expected), str(case)
