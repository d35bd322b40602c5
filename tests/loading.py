"""Has the next process find loaded what one before it had to load; both are forked from the one that is told."""

from __future__ import annotations

import importlib
import sys
from contextlib import suppress
from pathlib import Path


def tell(loaded: Path) -> None:
    """Write down, at the end of a process, what it has loaded."""
    loaded.write_text(" ".join(sorted(sys.modules)), "utf-8")


def load(loaded: Path) -> None:
    """Load it here, where a process has told it."""
    if not loaded.exists():
        return
    for name in loaded.read_text("utf-8").split():
        if name not in sys.modules:
            with suppress(Exception):
                importlib.import_module(name)
    loaded.unlink()
