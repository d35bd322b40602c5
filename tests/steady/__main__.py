"""A week of traffic in a quarter of an hour, and whether the daemon has grown: ``python -m steady --days 7 --seed 1``.

For the daemon's clock and its waits time passes 720 times as fast; a day is two minutes.

As in a week: the mail, sixty messages on a working day and ten at weekends, good, faulty, mended, signed, automatic,
hostile; the letters; broken connections and a restart of the server; rounds of fetching revocation lists. Polls, whole
looks and renewals of leases come as often as this machine gets round to them; what it got round to is printed.

Not as in a week: no wait is made shorter than a hundredth of a second, so that idle workers look a tenth as often as
they would. Leases run by the database's own clock, thirty seconds for six simulated hours, so that none runs out.
Clocks of Dovecot, the kernel and libraries run as ever: what they do by the hour is not tried. Nothing decides, and
nothing is sent by SMTP: left out are the review page, Graph, EWS, PostgreSQL, S3, and DKIM's questions.
"""

# ruff: noqa: T201  # printing figures is what it is for

from __future__ import annotations

import argparse
import sys
import time

from steady.week import WARM_DAYS, Plan, Week, live

MOST_GROWTH = 0.05
"""Of the memory of its own, some 7 MB. What may grow: SQLite's page caches, of 2 MB at most each, fill as the young
store does, on three connections; and the allocator keeps, in steps, what the worst message so far has torn open: up to
9 MB for one of a hundred thousand headers, for which reason one of each hostile kind comes on the first day.
What may not lies above it: 500 octets a poll, or 40 KB a message, kept for good."""
MOST_THREADS = 2
MOST_DESCRIPTORS = 6
"""Two more of SQLite's connections; one lost with each broken connection would be nine."""
_IN_A_DAY = {"poll": 2880, "heartbeat": 8640, "revocation": 24, "work": 86_400, "letters": 86_400}


def main() -> int:
    """1 where it grew beyond the bounds, or anything was lost, doubled, or not answered as due."""
    parser = argparse.ArgumentParser(prog="python -m steady", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    if wanted.days <= WARM_DAYS:
        parser.error(f"growth counts from the end of day {WARM_DAYS}")
    started = time.monotonic()
    week = live(Plan(days=wanted.days, seed=wanted.seed), _tell)
    for loop, times in sorted(week.turns.items()):
        due = _IN_A_DAY.get(loop.split()[0], 0) * wanted.days
        print(
            f"  {loop}: {times} turns, {times / due:.0%} of {wanted.days} days'" if due else f"  {loop}: {times} turns"
        )
    faults = [*week.faults, *_grown_too_much(week)]
    print(f"{week.messages} messages, seed {wanted.seed}, {(time.monotonic() - started) / 60:.0f} minutes")
    print(f"grown since the end of day {WARM_DAYS}: {_growth(week)}; faults: {len(faults)}")
    for fault in faults:
        print(f"  {fault}")
    return 1 if faults else 0


def _tell(day: int, week: Week) -> None:
    now = week.footprints[-1]
    print(
        f"  day {day}: {now.own / 1e6:.1f} MB of its own, {now.memory / 1e6:.1f} MB with its share of files, "
        f"{now.threads} threads, {now.descriptors} descriptors",
        flush=True,
    )


def _growth(week: Week) -> str:
    grown, before = week.grown, week.footprints[WARM_DAYS - 1]
    return (
        f"{grown.own / 1e6:+.1f} MB of its own ({grown.own / before.own:+.1%}), "
        f"{grown.memory / 1e6:+.1f} MB with its share of files ({grown.memory / before.memory:+.1%}), "
        f"{grown.threads:+} threads, {grown.descriptors:+} descriptors"
    )


def _grown_too_much(week: Week) -> list[str]:
    grown, before = week.grown, week.footprints[WARM_DAYS - 1]
    over = {
        f"memory of its own, by more than {MOST_GROWTH:.0%}": grown.own > MOST_GROWTH * before.own,
        f"threads, by more than {MOST_THREADS}": grown.threads > MOST_THREADS,
        f"descriptors, by more than {MOST_DESCRIPTORS}": grown.descriptors > MOST_DESCRIPTORS,
    }
    return [f"grown: {what}" for what, is_over in over.items() if is_over]


if __name__ == "__main__":
    sys.exit(main())
