"""Our side of a run where nothing can be forked: starts an interpreter for it, bounds it, and reads what it says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from threading import Timer
from typing import IO, Any

from intake.sandbox import windows_job
from intake.sandbox.single import TOO_LONG

START_SECONDS = 30


def lines_of(job: str, told: dict[str, Any], payload: bytes) -> Iterator[bytes | int]:
    """Run the job; gives each line that it emits, and last the exit code, `TOO_LONG` where it had to be ended.

    Args:
        job: as `module:function`.
        told: the limits `seconds` and `memory_mb`, and the `request`.
        payload: hostile bytes.

    Raises:
        OSError: no interpreter could be started.
    """
    process = subprocess.Popen(  # noqa: S603  # our own interpreter and module
        [sys.executable, "-m", "intake.sandbox.single", job],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    late: list[bool] = []

    def end() -> None:
        late.append(True)
        process.kill()

    timer = Timer(float(told["seconds"]) + START_SECONDS, end)
    timer.daemon = True
    timer.start()
    try:
        with windows_job.bounding(process, int(told["memory_mb"])):
            assert process.stdin is not None  # noqa: S101  # for the type checker
            assert process.stdout is not None  # noqa: S101  # likewise
            _give(process.stdin, told, payload)
            yield from process.stdout
            code = process.wait()
            yield TOO_LONG if late else code
    finally:
        timer.cancel()
        process.kill()
        process.wait()
        for end_of_pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                if end_of_pipe is not None:
                    end_of_pipe.close()


def _give(pipe: IO[bytes], told: dict[str, Any], payload: bytes) -> None:
    with suppress(OSError):  # it has ended already, and its exit code says why
        pipe.write(json.dumps(told).encode() + b"\n")
        pipe.write(payload)
        pipe.close()
