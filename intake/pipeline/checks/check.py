"""The same reading and judging as the daemon's, without store, mailbox or clock of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from intake.domain.filed import is_no_submission
from intake.domain.message import MessageKind
from intake.extract.reader import Progress, Reading, read_files
from intake.faults import Fault
from intake.limits import ReadingLimits
from intake.pipeline.reading.assemble import Headers, Register, assemble
from intake.sandbox import Sandbox
from intake.signatures.trust_settings import TrustSettings
from rules.examine import examine
from rules.facts import DocumentKind, Dossier
from rules.finding import Outcome, Report

_A_HEADER = re.compile(rb"(From |[!-9;-~]{1,70}:[ \t])")


@dataclass(frozen=True, slots=True)
class Checked:
    """The dossier and its report."""

    dossier: Dossier
    report: Report
    outcome: Outcome
    """The report's, but `not_a_submission` for mail that is none."""
    trouble: str | None
    """What went wrong with the message as a whole."""
    faults: tuple[Fault, ...] = ()
    """Of ours, in reading it."""

    @property
    def nothing_read(self) -> bool:
        """Whether no document at all could be read, nor the message; not where the fault is ours."""
        if self.faults:
            return False
        readable = any(document.kind is not DocumentKind.UNREADABLE for document in self.dossier.documents)
        message = self.dossier.message
        return not readable and (message is None or (message.kind == MessageKind.UNCLEAR and not message.sender))


def check_message(
    sandbox: Sandbox,
    raw: bytes,
    *,
    trust_settings: TrustSettings,
    limits: ReadingLimits,
    register: Register = None,
    progress: Progress | None = None,
    speaks_to_us: bool = False,
) -> Checked:
    """Read and judge a whole message as on arrival.

    Args:
        sandbox: where it is read.
        raw: RFC 5322 bytes.
        trust_settings: whom signatures may lead to, and when.
        limits: of reading.
        register: the published list, where there is one.
        progress: is told how far the reading has come.
        speaks_to_us: its own words are put to whoever checks and are no part of a submission: they are not judged.
    """
    from intake.pipeline.checks.whole_message import read_whole  # noqa: PLC0415  # most checks are of loose files

    reading, headers = read_whole(sandbox, raw, limits, trust_settings, progress)
    return _judge(reading, headers, trust_settings.moment, register, speaks_to_us=speaks_to_us)


def check_files(
    sandbox: Sandbox,
    files: Sequence[tuple[str, bytes]],
    *,
    trust_settings: TrustSettings,
    limits: ReadingLimits,
    register: Register = None,
    progress: Progress | None = None,
) -> Checked:
    """Read and judge loose files as the documents of one submission."""
    reading = read_files(sandbox, files, limits, trust_settings, progress)
    return _judge(reading, None, trust_settings.moment, register)


def _judge(
    reading: Reading, headers: Headers | None, at: datetime, register: Register, *, speaks_to_us: bool = False
) -> Checked:
    dossier = assemble(reading, headers, judged_at=at, register=register)
    if speaks_to_us and dossier.message is not None:
        dossier = replace(dossier, message=replace(dossier.message, text=None))
    report = examine(dossier)
    outcome = Outcome.NOT_A_SUBMISSION if is_no_submission(dossier) and not reading.faults else report.outcome
    return Checked(dossier, report, outcome, reading.trouble, reading.faults)


def is_message(name: str, content: bytes) -> bool:
    """Tell whether a file is a whole message, by its name or its beginning."""
    suffix = Path(name).suffix.lower()
    return suffix == ".eml" or (suffix not in {".txt", ".md"} and _A_HEADER.match(content) is not None)


def told_apart(files: Sequence[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Number files of the same name from several folders as attachments are: ``form (2).xlsx``."""
    seen: dict[str, int] = {}
    told = []
    for name, content in files:
        seen[name] = seen.get(name, 0) + 1
        path = Path(name)
        told.append((name if seen[name] == 1 else f"{path.stem} ({seen[name]}){path.suffix}", content))
    return told
