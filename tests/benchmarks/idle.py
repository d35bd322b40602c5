"""Memory of the daemon and of the web process when nothing happens, their readers included."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

from benchmarks.mail import program
from benchmarks.spending import written
from peers.peers import end, free_port
from processes import footprint, memory, tree

_SETTLED_SECONDS = 6.0
"""For so long it must have grown no more: what is loaded in the background has been."""
_MOST_SECONDS = 120.0
_STEP = 1_000_000
_LOOKS_SECONDS = 2.0
_BOUNDS = {"run": 140, "web": 75}
"""MB, of all processes together."""


def figures() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "mail").mkdir()
        (place / "config.toml").write_text(
            f'[[mailbox]]\nname = "bench"\nkind = "folder"\npath = "mail"\n[web]\nport = {free_port()}\n'
        )
        for command, bound in _BOUNDS.items():
            line = [program(), command, "--config", str(place / "config.toml")]
            quiet = subprocess.DEVNULL
            process = subprocess.Popen(line, stdout=quiet, stderr=quiet, env=written())
            try:
                _settle(process)
                taken, members = footprint(process.pid, _LOOKS_SECONDS), len(tree(process.pid))
            finally:
                end(process)
            yield f"{command}: {taken.memory / 1e6:.0f} MB in {members} processes (bound {bound} MB)"


def _settle(process: subprocess.Popen[bytes]) -> None:
    """Wait until it grows no more; on a busy machine that takes longer."""
    over, grown, greatest = monotonic() + _MOST_SECONDS, monotonic(), 0
    while monotonic() < over and monotonic() < grown + _SETTLED_SECONDS:
        sleep(0.2)
        assert process.poll() is None
        now = memory(process.pid)
        if now > greatest + _STEP:
            grown, greatest = monotonic(), now
