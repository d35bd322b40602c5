"""Puts messages through the real daemon and looks at what became of them, and of it."""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from known_faults import unknown
from processes import tree
from programs import a_place, arguments, cpl_intake, environment

from intake.faults import Fault

MOST_MEGABYTES = 1024
ENDED = frozenset({"in_review", "filed", "quarantined"})
BOUND_SECONDS = 3600
_SAMPLE_SECONDS = 0.1
_PAGE = resource.getpagesize()


@dataclass
class Outcome:
    """What was seen."""

    messages: int = 0
    states: Counter[str] = field(default_factory=Counter)
    ended: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    """Status and outcome of each message, by its name."""
    rows: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """What the queue says of each message that is in it, by its name."""
    faults: list[str] = field(default_factory=list)
    """What must never be; empty where all is well."""
    noted: Counter[str] = field(default_factory=Counter)
    """Warnings and errors of the log, by name."""
    peak_megabytes: float = 0.0
    """Of the daemon with all its children, pages that they share counted as often as they are shared."""
    seconds: float = 0.0

    def add(self, other: Outcome) -> None:
        """Sum up."""
        self.messages += other.messages
        self.states += other.states
        self.faults += other.faults
        self.noted += other.noted
        self.peak_megabytes = max(self.peak_megabytes, other.peak_megabytes)
        self.seconds += other.seconds


def trial(folder: Path, messages: Mapping[str, bytes]) -> Outcome:
    """Run the daemon once over these messages, in a folder that is empty before."""
    config = a_place(folder, '[outgoing]\nkind = "folder"\npath = "sent"\n[log]\nformat = "json"\n')
    for name, raw in messages.items():
        (folder / "mail" / f"{name}.eml").write_bytes(raw)
    outcome = Outcome(messages=len(messages))
    begun = time.monotonic()
    _run(config, outcome)
    outcome.seconds = time.monotonic() - begun
    _look(folder, config, messages, outcome)
    return outcome


def _run(config: Path, outcome: Outcome) -> None:
    command = arguments("run", "--once", "--config", config)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment())
    watching = threading.Thread(target=_watch, args=(process, outcome), daemon=True)
    watching.start()
    try:
        _, said = process.communicate(timeout=BOUND_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        _, said = process.communicate()
        outcome.faults.append("the daemon did not come to an end")
    finally:
        process.kill()  # of one that has ended, nothing
    watching.join()
    if process.returncode != 0:
        outcome.faults.append(f"the daemon ended with {process.returncode}: {said[-2000:]}")
    if "Traceback" in said:
        outcome.faults.append(said[said.index("Traceback") :][:2000])
    stumbled = (json.loads(line) for line in said.splitlines() if '"reader_stumbled"' in line)
    met = [Fault(line["error"], line["where"]) for line in stumbled]
    outcome.faults += [f"a fault of ours: {fault}" for fault in unknown(met)]
    for word in ("stumbled", "step_failed", "received_as_unreadable", "unreachable"):
        outcome.noted[word] += said.count(f'"{word}"')
    if outcome.peak_megabytes > MOST_MEGABYTES:
        outcome.faults.append(f"the daemon and its children took {outcome.peak_megabytes:.0f} MB")


def _look(folder: Path, config: Path, messages: Mapping[str, bytes], outcome: Outcome) -> None:
    rows = cpl_intake("queue", "--all", "--config", config, "--format", "json").json
    of_digest = {row["raw_sha256"]: row for row in rows}
    outcome.states += Counter(row["status"] for row in of_digest.values())
    for name, raw in messages.items():
        digest = hashlib.sha256(raw).hexdigest()
        row = of_digest.get(digest)
        outcome.ended[name] = (row["status"], row["outcome"]) if row else ("lost", None)
        outcome.rows |= {name: row} if row else {}
        if outcome.ended[name][0] not in ENDED:
            outcome.faults.append(f"{name} ended as {outcome.ended[name][0]}")
        kept = folder / "var" / "evidence" / "sha256" / digest[:2] / digest
        if not kept.is_file() or kept.read_bytes() != raw:
            outcome.faults.append(f"{name} is not in the archive as it was received")


def _watch(process: subprocess.Popen[str], outcome: Outcome) -> None:
    while process.poll() is None:
        outcome.peak_megabytes = max(outcome.peak_megabytes, sum(map(_megabytes, tree(process.pid))))
        time.sleep(_SAMPLE_SECONDS)


def _megabytes(pid: int) -> float:
    """What it holds in memory, pages that it shares with others included: an upper bound that costs little to read."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 1024 / 1024
    except OSError:
        return 0.0
