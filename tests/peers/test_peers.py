"""A missing server may be passed over on a laptop, never in CI."""

from __future__ import annotations

import pytest
from peers.peers import require


def test_what_is_there_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    require("/usr/sbin/dovecot", "never said")


def test_on_a_laptop_a_missing_server_skips_the_test_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no such server"):
        require(None, "no such server")


def test_in_ci_a_missing_server_fails_the_test_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="required in CI: no such server"):
        require(None, "no such server")
