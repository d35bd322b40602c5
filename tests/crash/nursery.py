"""A process that has everything loaded and forks a victim for each line it is given, so a kill costs no new start.

``python -m crash.nursery CONFIG``; a line is a JSON object, and so is the answer: ``{"status": exit code or -signal}``.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Any, Never

import loading
from crash.points import Points, watch

from intake import bootstrap
from intake.archive import volume
from intake.config import Config, load
from intake.domain.review import Action, Decision, DecisionRefusedError
from intake.extract.reader import read_message, sandbox
from intake.pipeline.reading import extract
from intake.pipeline.review import decide
from intake.pipeline.services import Services
from intake.sandbox import Sandbox
from intake.store import submissions

BROKEN = 70
"""The exit code of a victim that ended by a fault of its own."""
_BOUND_SECONDS = 120


def main(config_file: str) -> None:
    """Serve until standard input ends."""
    config = load(Path(config_file))
    loaded = Path(config_file).with_name("loaded")
    with sandbox(config.limits, preload_signatures=True) as box:
        read_message(box, b"", config.limits)  # so it is ready
        for line in sys.stdin:
            status = _end_of(_fork(config, box, json.loads(line), loaded))
            loading.load(loaded)
            print(json.dumps({"status": status}), flush=True)  # noqa: T201  # the answer


def _fork(config: Config, box: Sandbox, wish: dict[str, Any], loaded: Path) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        code = _live(config, box, wish)
        loading.tell(loaded)
    except BaseException as error:  # noqa: BLE001  # the nursery's own loop must not go on in the child
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
        code = BROKEN
    os._exit(code)


def _end_of(pid: int) -> int:
    overdue = Timer(_BOUND_SECONDS, os.kill, (pid, signal.SIGTERM))
    overdue.start()
    _, status = os.waitpid(pid, 0)
    overdue.cancel()
    return os.waitstatus_to_exitcode(status)


def _live(config: Config, box: Sandbox, wish: dict[str, Any]) -> int:
    """Do what is wished, and die on the way if that is wished too."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    seen = wish.get("seen")
    watch(Points(wish.get("death"), time=wish.get("time", 1), seen=Path(seen) if seen else None))
    if "after" in wish:
        death = Timer(wish["after"], os.kill, (os.getpid(), signal.SIGKILL))
        death.daemon = True
        death.start()
    box.start = lambda: box  # type: ignore[method-assign]  # one reader for all victims, which outlives them
    box.close = lambda: None  # type: ignore[method-assign]  # likewise
    setattr(volume, "refuse_unless_own", lambda _folder: None)  # noqa: B010  # the machine of a trial has one volume
    if wish.get("stumbles"):
        _stumble_once()
    setattr(bootstrap, "sandbox", lambda *_, **__: box)  # noqa: B010  # likewise
    services = bootstrap.services(config)
    if "return" in wish:
        return _return(services, wish["return"])
    return bootstrap.daemon(config, services, once=True).run()


def _stumble_once() -> None:
    """Fail to judge what has just been read, so that judging is a step of its own."""

    def stumbles(_dossier: object) -> Never:
        message = "a fault of ours"
        raise RuntimeError(message)

    setattr(extract, "judge", stumbles)  # noqa: B010  # as above


def _return(services: Services, number: int) -> int:
    with services.store.reading() as tx:
        report_sha256 = submissions.get(tx, number).report_sha256
    with suppress(DecisionRefusedError):  # it was returned before
        decide.decide(services, number, Decision(Action.RETURN, "ada", report_sha256 or "", "Please mend it.\n", "no"))
    return 0


if __name__ == "__main__":
    main(sys.argv[1])
