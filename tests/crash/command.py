"""What the campaigns ask of the command line, and where they keep what they kill."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from peers.postgresql import postgresql


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many processes are killed, over which store, drawn from which seed."""

    kills: int
    store: str
    seed: int
    folder: Path
    url: str
    """Of the store; SQLite's is beside the configuration."""


@contextmanager
def wanted(says: str, seed: int) -> Iterator[Wanted]:
    """Read the command line; the folder and the database go afterwards."""
    parser = argparse.ArgumentParser(description=says.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--store", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=seed)
    asked = parser.parse_args()
    with ExitStack() as kept:
        folder = Path(kept.enter_context(tempfile.TemporaryDirectory(prefix="campaign-")))
        url = "sqlite:///store.db"
        if asked.store == "postgresql":
            url = kept.enter_context(kept.enter_context(postgresql()).database())
        yield Wanted(asked.kills, asked.store, asked.seed, folder, url)
