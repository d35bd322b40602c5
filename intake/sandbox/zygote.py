"""The forking process: loads the job once, then forks a limited child for every run it is asked for.

Run as ``python -m intake.sandbox.zygote <module:function> <control descriptor> [module…]``.
The modules named last are loaded too, and then the job's module may get ready: once, in a function ``warm_up()``, and
for a request before each fork, in a function ``prepare(request)``. What either keeps, every child finds made.
A request is one packet on the control socket: JSON limits, and two descriptors, the run's stream and its payload.
The child writes JSON lines to the stream; when it has ended, the zygote adds ``{"exit": status}`` and closes.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from intake.sandbox import offline
from intake.sandbox.light import stand_in_for, standing_in_for, without

Emit = Callable[[Any], None]
Arm = Callable[[float], None]
Job = Callable[[bytes, Any, Emit, Arm], None]
"""payload, request, emit a JSON line, arm the alarm that kills this process."""

Prepare = Callable[[Any], None]

MAX_REQUEST = 1 << 16


def main(job_name: str, control_descriptor: int, *preload: str, once: bool = False) -> None:
    """Serve until the other side closes the control socket; then the process ends.

    Where it serves `once`, it forks nothing: it is the child of the one run that it takes, and its own parent sees how
    it ended.
    """
    gc.disable()  # loading makes nothing that could be collected
    stand_in_for("aiohttp")  # pyhanko's client of time-stamp authorities; a reader has no network, and it takes 9 MB
    name, _, function = job_name.partition(":")
    with without("numpy", "PIL"), standing_in_for("argparse"):  # of pypdfium2's own command
        module = importlib.import_module(name)
    for loaded in preload:
        importlib.import_module(loaded)
    job: Job = getattr(module, function)
    prepare: Prepare | None = getattr(module, "prepare", None) if preload else None
    if preload:  # it will serve long
        with suppress(Exception):  # a child that stumbles over the same says so
            getattr(module, "warm_up", _nothing)()
        gc.collect()
    gc.freeze()  # a child's collections need not copy our pages
    gc.enable()
    control = socket.socket(fileno=control_descriptor)
    control.send(b"ready")
    if once:
        _serve_once(control, job)
    _serve(control, job, prepare)


def _nothing() -> None:
    """Stand in for what a job's module has not."""


def _serve_once(control: socket.socket, job: Job) -> None:
    request, descriptors, _, _ = socket.recv_fds(control, MAX_REQUEST, 2)
    if not request:
        os._exit(0)
    with suppress(BaseException):
        control.close()
        _run(job, json.loads(request), *descriptors, last=True)
    os._exit(1)


def _serve(control: socket.socket, job: Job, prepare: Prepare | None) -> None:
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_write, False)  # the standard library's signature
    signal.set_wakeup_fd(wake_write)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl-C is for our parent to answer
    streams: dict[int, int] = {}
    selector = selectors.DefaultSelector()
    selector.register(control, selectors.EVENT_READ)
    selector.register(wake_read, selectors.EVENT_READ)
    while True:
        ready = {key.fd for key, _ in selector.select()}
        if wake_read in ready:
            os.read(wake_read, 4096)
            _report_the_ended(streams)
        if control.fileno() in ready:
            request, descriptors, _, _ = socket.recv_fds(control, MAX_REQUEST, 2)
            if not request:
                os._exit(0)  # nothing is open but sockets, and taking an interpreter down takes its time
            told = json.loads(request)
            if prepare is not None:
                with suppress(Exception):  # whatever it stumbles over, a child meets again, and says
                    prepare(told["request"])
            _fork(control, job, told, (descriptors[0], descriptors[1]), streams)


def _fork(
    control: socket.socket, job: Job, request: dict[str, Any], descriptors: tuple[int, int], streams: dict[int, int]
) -> None:
    stream, payload = descriptors
    pid = os.fork()
    if pid == 0:
        with suppress(BaseException):
            control.close()
            for other in streams.values():
                os.close(other)
            _run(job, request, stream, payload)
        os._exit(1)
    os.close(payload)
    streams[pid] = stream


def _run(job: Job, request: dict[str, Any], stream: int, payload: int, *, last: bool = False) -> None:
    """In the child: take the limits, do the job, leave; say that it is done, where no zygote does."""
    import resource  # noqa: PLC0415  # where nothing can be forked, there is none, and this module is loaded all the same

    gc.disable()  # a life this short ends before a collection pays; memory is bounded anyway
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # the kernel ends us, whatever C code is running
    megabytes = int(request["memory_mb"]) << 20
    seconds = int(request["seconds"]) + 1
    resource.setrlimit(resource.RLIMIT_AS, (megabytes, megabytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    offline.shut()

    def emit(line: Any) -> None:  # noqa: ANN401  # whatever JSON can say
        data = line if isinstance(line, bytes) else json.dumps(line).encode()
        with os.fdopen(os.dup(stream), "wb") as file:
            file.write(data + b"\n")

    def arm(limit: float) -> None:
        signal.setitimer(signal.ITIMER_REAL, limit)

    arm(request["seconds"])
    with os.fdopen(payload, "rb") as file:
        content = file.read()
    job(content, request["request"], emit, arm)
    if last:
        emit({"exit": 0})
    os._exit(0)


def _report_the_ended(streams: dict[int, int]) -> None:
    while streams:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        stream = streams.pop(pid, None)
        if stream is not None:
            with suppress(OSError):  # nobody may be listening any more
                os.write(stream, json.dumps({"exit": os.waitstatus_to_exitcode(status)}).encode() + b"\n")
            os.close(stream)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
