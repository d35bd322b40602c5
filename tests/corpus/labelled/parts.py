"""The corpus in parts, so that several processes can judge it."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice

from corpus.labelled.case import Case
from corpus.labelled.claims import faults_of_claims, valid_claims
from corpus.labelled.faults_cells import faults_of_cells
from corpus.labelled.faults_papers import faults_of_papers
from corpus.labelled.faults_text import faults_of_text
from corpus.labelled.judge import Judged, judged
from corpus.labelled.looks_of_forms import faults_of_form_looks, valid_form_looks
from corpus.labelled.looks_of_papers import faults_of_looks, valid_looks
from corpus.labelled.valid_forms import valid_forms
from corpus.labelled.valid_papers import valid_papers

from intake.demo.form_rows import EDITIONS

PARTS: dict[str, Callable[[str], Iterator[Case]]] = {
    "text": faults_of_text,
    "cells": faults_of_cells,
    "papers": faults_of_papers,
    "claims": faults_of_claims,
    "looks": faults_of_looks,
    "form looks": faults_of_form_looks,
    "valid claims": valid_claims,
    "valid looks": valid_looks,
    "valid form looks": valid_form_looks,
    "valid forms": valid_forms,
    "valid papers": valid_papers,
}
"""What spoils a submission, and what may vary in a valid one; each over one edition."""


def judge_all(every: int = 1) -> list[Judged]:
    """Judge the corpus, on two processes where the machine has as many cores.

    Args:
        every: one case in so many of each part and edition, another one for every edition; 1 for all of them.
    """
    work = [(part, edition, every) for part in PARTS for edition in reversed(EDITIONS)]
    if (os.cpu_count() or 1) == 1:
        return [one for part, edition, _ in work for one in _judge(part, edition, every)]
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        return [one for some in pool.map(_judge, *zip(*work, strict=True)) for one in some]


def _judge(part: str, edition: str, every: int) -> list[Judged]:
    start = list(EDITIONS).index(edition) % every
    return [judged(case) for case in islice(PARTS[part](edition), start, None, every)]
