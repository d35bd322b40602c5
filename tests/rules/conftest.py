"""What the tests of the rules share."""

from __future__ import annotations

import sys

import pytest


def pytest_make_parametrize_id(val: object) -> str | None:
    """A case's name without a backslash, which pytest doubles where a process collects twice, as mutmut's does."""
    return ascii(val)[1:-1].replace("\\", "~") if isinstance(val, str) else None


@pytest.fixture(scope="session", autouse=True)
def nothing_remembered() -> None:
    """Forget what the rules remember of tables and forms, so that this very run makes all of it."""
    for name, module in list(sys.modules.items()):
        if name == "rules" or name.startswith("rules."):
            for var in list(vars(module).values()):
                if hasattr(var, "cache_clear"):
                    var.cache_clear()
