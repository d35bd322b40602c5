from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from web.world import World

from intake.web.people import passwords

_QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""What passwords cost is one test's subject; the others sign in some hundred times."""


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords by the same function, with hardly any work."""
    monkeypatch.setattr(passwords, "_hasher", _QUICK)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.close()
