"""The figures that README and CHANGELOG quote: ``make bench``.

Machines differ and are shared, so every figure is a ratio of two things measured in this one run,
or stands beside the bound it has to keep.
"""

from __future__ import annotations

import time

from benchmarks import (
    check_answers,
    check_process,
    checks,
    crowded_store,
    daemon_against_loop,
    desk,
    evidence_pages,
    idle,
    imap_against_loop,
    irreducible,
    large_message,
    ledger,
    list_files,
    list_pages,
    long_listing,
    message_path,
    migration,
    replicas,
    signed_workbooks,
    warm_check,
    workbook_of_the_list,
)


def main() -> None:
    """Run every benchmark and print its figures."""
    print(f"This machine, for comparison: ten million additions in {_pace():.2f} s of processor time")
    for benchmark in (
        check_process,
        check_answers,
        checks,
        warm_check,
        signed_workbooks,
        daemon_against_loop,
        irreducible,
        imap_against_loop,
        idle,
        large_message,
        ledger,
        migration,
        crowded_store,
        long_listing,
        message_path,
        desk,
        evidence_pages,
        list_pages,
        replicas,
        workbook_of_the_list,
        list_files,
    ):
        print(f"\n{(benchmark.__doc__ or '').splitlines()[0]}", flush=True)
        for line in benchmark.figures():
            print(f"  {line}", flush=True)


def _pace() -> float:
    started, total = time.process_time(), 0
    for number in range(10_000_000):
        total += number
    return time.process_time() - started


if __name__ == "__main__":
    main()
