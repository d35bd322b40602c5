"""Runs the program's commands in processes forked from one that has loaded it: a tenth of the work of starting each.

Each command is a process of its own: it takes the program's own way in, has its own streams, environment and end, and
is killed like any other. Only what a process loads is loaded once: what a command has needed, the next one finds, and
a `run` finds the process that readers of hostile bytes are forked from. Tests of how processes begin, of signals and of
real mail servers start the program from nothing, by `programs`.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, NoReturn

import loading
from programs import BOUND_SECONDS, Done, environment

from intake.extract.reader import JOB, read_message, sandbox
from intake.limits import ReadingLimits
from intake.sandbox import Sandbox

_LOADED = "loaded"


@dataclass(frozen=True)
class Running:
    """A command that was begun."""

    pid: int
    place: Path

    def kill(self) -> None:
        """End it wherever it is."""
        os.kill(self.pid, signal.SIGKILL)  # it is not waited for until it is asked for, so that its number is its own

    def wait(self) -> Done:
        """Wait for its end."""
        code = _nursery().ask({"wait": self.pid})
        out, err = ((self.place / name).read_text("utf-8") for name in ("out", "err"))
        assert "Traceback" not in err
        return Done(code, out, err)


def begin(*words: str | Path, cwd: Path | None = None, given: str = "") -> Running:
    """Begin a command."""
    place = Path(tempfile.mkdtemp(dir=_nursery().place.name))
    (place / "in").write_text(given, "utf-8")
    told = {"words": [*map(str, words)], "place": str(place), "cwd": str(cwd or Path.cwd())}
    return Running(_nursery().ask({**told, "environment": environment()}), place)


def cpl_intake(*words: str | Path, cwd: Path | None = None, given: str = "") -> Done:
    """Run a command to its end, as `programs.cpl_intake` does."""
    return begin(*words, cwd=cwd, given=given).wait()


class _Nursery:
    """The process that commands are forked from."""

    def __init__(self) -> None:
        self.place = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment()
        )
        atexit.register(self._end)

    def ask(self, wish: dict[str, object]) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps(wish), file=self.process.stdin, flush=True)
        return int(self.process.stdout.readline())

    def _end(self) -> None:
        self.process.communicate(timeout=10)  # it ends where nothing more is asked
        self.place.cleanup()


@cache
def _nursery() -> _Nursery:
    return _Nursery()


def main(wishes: Iterable[str], answers: IO[str]) -> None:
    """Fork a command a wish, or wait for one."""
    places: dict[int, Path] = {}
    for line in wishes:
        wish = json.loads(line)
        if "wait" in wish:
            pid = wish["wait"]
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            loading.load(places.pop(pid) / _LOADED)
            print(code, file=answers, flush=True)
            continue
        place = Path(wish["place"])
        reader = _reader() if wish["words"][0] == "run" else None
        pid = os.fork()
        if not pid:
            os.chdir(wish["cwd"])
            os.environ.clear()
            os.environ.update(wish["environment"])
            _run(wish["words"], place, reader)
        places[pid] = place
        print(pid, file=answers, flush=True)


@cache
def _reader() -> Sandbox:
    """The process that reads for every `run`; each says how much time and memory a message may take there."""
    box = sandbox(ReadingLimits(), preload_signatures=True)
    read_message(box, b"", ReadingLimits())  # so it is ready
    return box


class _NotOurs:
    """A process that others began, who end it."""

    def poll(self) -> None:
        """It runs."""

    def wait(self, timeout: float | None = None) -> None:
        """It goes on."""

    def kill(self) -> None:
        """Likewise."""


def _share(reader: Sandbox) -> None:
    """Have a sandbox that is launched in this process ask the reader that runs."""
    ordinary, running = Sandbox._launch, reader._control  # noqa: SLF001  # the one place where a zygote is begun
    assert running is not None

    def launch(self: Sandbox) -> None:
        if self._job != JOB:
            ordinary(self)
            return
        self._zygote, self._control, self._ready = _NotOurs(), running.dup(), True  # type: ignore[assignment]  # all that it is asked

    Sandbox._launch = launch  # type: ignore[method-assign]  # noqa: SLF001  # as above


def _run(words: list[str], place: Path, reader: Sandbox | None) -> NoReturn:
    for number, name, mode in ((0, "in", os.O_RDONLY), (1, "out", os.O_WRONLY), (2, "err", os.O_WRONLY)):
        os.dup2(os.open(place / name, mode | os.O_CREAT), number)
    signal.alarm(BOUND_SECONDS)
    if reader is not None:
        _share(reader)
    code = 1
    sys.argv = ["cpl-intake", *words]
    try:
        importlib.import_module("intake.cli").main()
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
    except Exception:  # noqa: BLE001  # as an interpreter does at its end
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        loading.tell(place / _LOADED)
        os._exit(code)


if __name__ == "__main__":
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as kept:
        main(sys.stdin, kept)
