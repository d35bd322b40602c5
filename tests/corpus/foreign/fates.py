"""What became of strangers' mail in the daemon, held against what must never be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.foreign.marks import machine_wrote, sealed_files

FAULTS = ("crashed or stumbled", "ready", "automatic and answered", "filed unseen with what could not be opened")


@dataclass
class Fates:
    """Figures of a run, and every case that is not as it must be."""

    figures: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[str]] = field(default_factory=lambda: {fault: [] for fault in FAULTS})

    def look(self, name: str, raw: bytes, row: Mapping[str, Any]) -> None:
        """Judge one message by its bytes and by its row of the queue."""
        self.figures[f"{row['status']}, {row['kind']}, {row['outcome'] or 'not judged'}"] += 1
        if row["outcome"] == "ready":
            self.faults["ready"].append(name)
        mark = machine_wrote(raw)
        self.figures["written by a machine"] += mark is not None
        if mark is not None and row["acknowledged_at"] is not None:
            self.faults["automatic and answered"].append(f"{name} ({mark})")
        sealed = sealed_files(raw)
        self.figures["with what could not be opened"] += bool(sealed)
        if sealed and row["status"] == "filed":
            self.faults["filed unseen with what could not be opened"].append(f"{name} ({', '.join(sealed)})")

    def stumbled(self, faults: list[str]) -> None:
        """Note what the daemon itself did wrong."""
        self.faults["crashed or stumbled"] += faults

    @property
    def good(self) -> bool:
        """Whether nothing happened that must not."""
        return not any(self.faults.values())

    def lines(self) -> Iterator[str]:
        """The figures, for people."""
        for name, number in sorted(self.figures.items()):
            yield f"{number:6} {name}"
        for fault, names in self.faults.items():
            yield f"{len(names):6} {fault} (must be 0)"
            yield from (f"         {name}" for name in names)
