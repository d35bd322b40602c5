"""Who acts on the command line."""

from __future__ import annotations

import getpass


def person_here() -> str:
    """Name who runs the command, as events tell of it: the system's user, at the command line."""
    try:
        return f"{getpass.getuser()} (command line)"
    except (KeyError, OSError):  # a user without a name, as containers have them
        return "command line"
