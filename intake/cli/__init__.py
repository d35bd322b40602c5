"""The command line."""

from __future__ import annotations

import sys


def main() -> None:
    """Run a command; ``check``, which submitters wait for, starts its reader before anything else is loaded."""
    if sys.argv[1:2] == ["check"]:
        from intake.cli.quick import main as run  # noqa: PLC0415  # each way loads its own
    else:
        from intake.cli.program import main as run  # noqa: PLC0415  # likewise
    run()
