"""A zygote forked before its parent has loaded anything: the same as a started one, and never left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

from programs import arguments, cpl_intake, environment

from intake.demo import products
from intake.demo.samples import submission

_JOB = "sandbox_jobs:run"


def output_of(program: str) -> str:
    """What a process of its own prints, which may fork because it has one thread."""
    begin = f"from intake.sandbox import ChildDiedError, Limits, Sandbox, early\nJOB = {_JOB!r}\nearly.begin(JOB)\n"
    done = subprocess.run(
        [sys.executable, "-c", begin + textwrap.dedent(program)],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_does_the_first_run_itself_and_another_zygote_the_next() -> None:
    said = output_of("""
        import os
        forked = early.take(JOB)
        with Sandbox(JOB, Limits(), begun=forked) as box:
            [[_, reader, parent]] = box.run({"do": "warmth"}, b"")
            print(reader == forked.pid, parent == os.getpid(), forked.ended_within(5), early.take(JOB))
            print(list(box.run({"do": "count", "to": 2}, b"abc")), list(box.run({"do": "size"}, b"ab")))
            print(box._zygote is forked, box._zygote.poll())
        print(box._zygote)
    """)
    assert said == "True True 0 None\n[0, 1, 'abc'] [2]\nFalse None\nNone\n"


def test_one_whose_sandbox_has_nothing_to_read_ends_with_it() -> None:
    said = output_of("""
        forked = early.take(JOB)
        with Sandbox(JOB, Limits(), begun=forked):
            print(forked.poll())
        print(forked.returncode is None)
    """)
    assert said == "None\nFalse\n"


def test_one_that_dies_of_what_it_reads_says_so_and_the_next_run_has_another() -> None:
    said = output_of("""
        forked = early.take(JOB)
        with Sandbox(JOB, Limits(), begun=forked) as box:
            for wanted in ("abort", "sleep", "raise"):
                try:
                    for line in box.run({"do": wanted}, b""):
                        print(line)
                except ChildDiedError as error:
                    print(error)
            print(forked.poll(), list(box.run({"do": "size"}, b"ab")))
    """)
    too_large = "Reading it needed more than 512 MB, or crashed the reader."
    assert said.splitlines() == ["begun", too_large, "begun", "It took too long to read.", "begun", too_large, "-6 [2]"]


def test_a_child_of_it_has_its_limits() -> None:
    said = output_of("""
        with Sandbox(JOB, Limits(seconds=3, memory_mb=300), begun=early.take(JOB)) as box:
            for wanted in ("allocate", "spin"):
                try:
                    list(box.run({"do": wanted}, b""))
                except ChildDiedError as error:
                    print(error)
    """)
    assert said == "Reading it needed more than 300 MB, or crashed the reader.\nIt took too long to read.\n"


def test_one_that_was_killed_is_replaced() -> None:
    said = output_of("""
        forked = early.take(JOB)
        forked.kill()
        forked.ended_within(30)
        with Sandbox(JOB, Limits(), begun=forked) as box:
            print(list(box.run({"do": "size"}, b"ab")), box._zygote is forked)
    """)
    assert said == "[2] False\n"


def test_one_that_nobody_took_is_ended_and_another_job_does_not_take_it() -> None:
    said = output_of("""
        import os
        print(early.take("another:job"))
        pid = early._begun[0].pid
        early.end()
        early.end()
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            print("gone")
    """)
    assert said == "None\ngone\n"


def test_a_check_that_is_called_wrongly_leaves_no_process_and_says_so() -> None:
    done = cpl_intake("check")
    assert done.code == 2
    assert "Missing argument" in done.err


def test_a_check_whose_reader_of_output_has_gone_ends_with_1(tmp_path: Path) -> None:
    for name, content in submission(products.faultless_form(products.SINGLE, on=date(2026, 11, 20))).items():
        (tmp_path / name).write_bytes(content)
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as gone:
        process = subprocess.run(
            arguments("check", tmp_path),
            env=environment(),
            stdout=gone,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert (process.returncode, process.stderr) == (1, b"")
