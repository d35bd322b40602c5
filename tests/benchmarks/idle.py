"""Memory of the daemon and of the web process when nothing happens, their readers included."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import sleep

from benchmarks.mail import program
from benchmarks.spending import written
from peers.peers import end, free_port
from processes import footprint, tree

_SETTLED_SECONDS = 6.0
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
                sleep(_SETTLED_SECONDS)  # what is loaded in the background has been
                assert process.poll() is None
                taken, members = footprint(process.pid, _LOOKS_SECONDS), len(tree(process.pid))
            finally:
                end(process)
            yield f"{command}: {taken.memory / 1e6:.0f} MB in {members} processes (bound {bound} MB)"
