"""Reads what a lock file installs: names and versions, digests left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from packaging.utils import canonicalize_name

_PINNED = re.compile(r"^(?P<name>[A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)")


def pinned(lock: Path) -> Iterator[tuple[str, str]]:
    """Yield every package of a lock file, by its name in normal form, with its version; one may have several."""
    for line in lock.read_text("utf-8").splitlines():
        match = _PINNED.match(line)
        if match:
            yield canonicalize_name(match["name"]), match["version"]
