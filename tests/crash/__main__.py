"""Kills the daemon at random, so many times, and says what it cost: ``cd tests && python -m crash --kills 1000``.

Nothing may be lost, nothing doubled, and no letter may go out under a second Message-ID.
"""

# ruff: noqa: T201  # printing figures is what it is for

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from crash.campaign import SQLITE, Toll, kill_at_random, place_in, points_of
from crash.place import Faults, faults_of
from peers.postgresql import postgresql


def main() -> int:
    """1 where anything was lost or doubled."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--store", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--own-volume", action="store_true", help="write evidence as on a volume of its own")
    parser.add_argument("--seed", type=int, default=20261121)
    wanted = parser.parse_args()
    started = time.monotonic()
    with ExitStack() as kept:
        folder = Path(kept.enter_context(tempfile.TemporaryDirectory(prefix="crash-")))
        url = SQLITE
        if wanted.store == "postgresql":
            url = kept.enter_context(kept.enter_context(postgresql()).database())
        place = kept.enter_context(place_in(folder, url, own_volume=wanted.own_volume).open())
        points = points_of(place)
        toll = kill_at_random(place, points, wanted.kills, random.Random(wanted.seed), _tell)
        faults = faults_of(place)
        minutes = (time.monotonic() - started) / 60
        print(
            f"{wanted.store}: {toll.kills} kills at {len(points)} points and at any moment, seed {wanted.seed}, "
            f"{len(place.posted)} messages, {minutes:.0f} minutes: {faults}"
        )
        _explain(faults)
    return 1 if faults else 0


def _tell(toll: Toll) -> None:
    print(f"  {toll.kills} kills in {toll.rounds} processes", flush=True)


def _explain(faults: Faults) -> None:
    for kind in ("lost", "doubled", "second_ids", "other"):
        for fault in getattr(faults, kind)[:20]:
            print(f"  {kind}: {fault}")


if __name__ == "__main__":
    sys.exit(main())
