"""Scripts that run with npm's packages, which a lock file beside them names."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from peers.peers import require

_SECONDS = 120
_MISSING = "node and npm (nodejs npm) are not installed"


def installed(script: Path, folder: Path) -> Path:
    """Put a script and its packages into a folder; gives the script there. A test that asks is skipped without npm."""
    require(shutil.which("node") and shutil.which("npm"), _MISSING)
    for name in ("package.json", "package-lock.json", script.name):
        shutil.copy(script.with_name(name), folder)
    command = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_SECONDS, check=False)
    require(done.returncode == 0, f"npm cannot install what {script.name} needs: {done.stderr[-500:]}")
    return folder / script.name
