"""Puts what was gathered through the real daemon: a mailbox that is a folder, a store in SQLite, no network."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from corpus.foreign.carried import carried
from corpus.foreign.fates import Fates
from corpus.foreign.gathering import Gathered
from hostile.trial import trial

BATCH = 400
"""Messages in one store, as many as a busy week brings."""


def run(gathered: Gathered, place: Path) -> Iterator[Fates]:
    """Judge every mail and every file; gives the figures so far after each batch.

    Args:
        gathered: what to put through.
        place: an empty folder, which is left as empty.
    """
    fates = Fates()
    for number, batch in enumerate(_batches(_messages(gathered))):
        folder = place / str(number)
        outcome = trial(folder, {str(at): raw for at, (_, raw) in enumerate(batch)})
        names = {str(at): name for at, (name, _) in enumerate(batch)}
        fates.stumbled([f"{fault} (batch {number})" for fault in outcome.faults])
        for at, row in outcome.rows.items():
            fates.look(names[at], batch[int(at)][1], row)
        shutil.rmtree(folder)
        yield fates


def _messages(gathered: Gathered) -> Iterator[tuple[str, bytes]]:
    yield from gathered.mails.items()
    for number, (name, content) in enumerate(gathered.files.items()):
        yield from carried(name, content, number)


def _batches(messages: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    rest = iter(messages)
    while batch := list(islice(rest, BATCH)):
        yield batch
