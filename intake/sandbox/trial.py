"""A job that asks for more than it may have, to show that the limits hold on this machine."""

from __future__ import annotations

from typing import Any

from intake.sandbox.zygote import Arm, Emit


def run(_payload: bytes, request: Any, emit: Emit, arm: Arm) -> None:  # noqa: ANN401  # whatever JSON can say
    """Begin, then use up what the request names: ``memory``, ``time``, or nothing."""
    emit("began")
    if request == "memory":
        blocks = []
        while True:
            blocks.append(bytearray(16 << 20))
    if request == "time":
        arm(0.2)
        while True:
            pass
