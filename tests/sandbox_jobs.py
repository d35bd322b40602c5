"""Jobs for the sandbox's tests, good and bad."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

_warmed: list[int] = []


def warm_up() -> None:
    """Remember in which process it was done."""
    _warmed.append(os.getpid())


def run(payload: bytes, request: dict[str, Any], emit: Callable[[Any], None], arm: Callable[[float], None]) -> None:
    """Do what the request names."""
    wanted = request["do"]
    if wanted == "count":
        for number in range(request["to"]):
            emit(number)
        emit(payload.decode())
    elif wanted == "warmth":
        emit([_warmed, os.getpid(), os.getppid()])
    elif wanted == "size":
        emit(len(payload))
    else:
        emit("begun")
        arm(0.5)
        _misbehave(wanted, request)


def _misbehave(wanted: str, request: dict[str, Any]) -> None:
    if wanted == "spin":
        while True:
            pass
    if wanted == "sleep":
        time.sleep(60)
    if wanted == "allocate":
        bytearray(1_000_000_000)
    if wanted == "abort":
        os.abort()
    if wanted == "recurse":
        _misbehave(wanted, request)
    if wanted == "write":
        Path(request["path"]).write_bytes(b"x")
    raise RuntimeError(wanted)


def reach_out(_payload: bytes, _request: object, emit: Callable[[Any], None], _arm: Callable[[float], None]) -> None:
    """Try to open a socket and to start a program; say what came of each."""
    tries: dict[str, Callable[[], object]] = {
        "socket": socket.socket,
        "program": lambda: os.execv("/bin/true", ["true"]),  # noqa: S606  # that it cannot be is the test
    }
    for name, attempt in tries.items():
        try:
            attempt()
            emit(f"{name}: done")
        except OSError as error:
            emit(f"{name}: {type(error).__name__}")
