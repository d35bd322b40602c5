"""Mutations by the thousand through the real daemon: ``python -m hostile --rounds 20000 --seed 1`` in tests/.

It prints what became of them, and every message that must be looked at by its number; the same seed and number give
the same message (``--only NUMBER`` writes it to standard output).
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import click
from hostile.mutations import mutation
from hostile.trial import Outcome, trial

BATCH = 500


def main() -> int:
    """Run; 0 where nothing went wrong."""
    parser = argparse.ArgumentParser(prog="python -m hostile", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the number of the first message")
    parser.add_argument("--only", type=int, help="write this one message and do nothing else")
    given = parser.parse_args()
    if given.only is not None:
        sys.stdout.buffer.write(mutation(given.seed, given.only))
        return 0
    total = Outcome()
    with tempfile.TemporaryDirectory(prefix="hostile-") as place:
        for start in range(given.first, given.first + given.rounds, BATCH):
            numbers = range(start, min(start + BATCH, given.first + given.rounds))
            folder = Path(place) / str(start)
            total.add(trial(folder, {str(n): mutation(given.seed, n) for n in numbers}))
            shutil.rmtree(folder)
            click.echo(_summary(total))
    for fault in total.faults:
        click.echo(fault)
    return 1 if total.faults else 0


def _summary(total: Outcome) -> str:
    states = ", ".join(f"{count} {state}" for state, count in sorted(total.states.items()))
    noted = ", ".join(f"{count} {name}" for name, count in sorted(total.noted.items()) if count) or "nothing"
    return (
        f"{total.messages} messages in {total.seconds:.0f} s: {states}; logged: {noted}; "
        f"peak {total.peak_megabytes:.0f} MB; faults: {len(total.faults)}"
    )


if __name__ == "__main__":
    sys.exit(main())
