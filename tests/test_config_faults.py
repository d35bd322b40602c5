"""Configurations that cannot be meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.config import from_table
from intake.errors import ConfigurationError


@pytest.mark.parametrize("address", ["", "<>", "bounces@example.test", "b+{id}@example.test", "{id}@b.example.test"])
def test_a_bounce_address_may_tell_the_letter(address: str, tmp_path: Path) -> None:
    config = from_table({"outgoing": {"envelope_from": address}}, tmp_path / "config.toml")
    assert config.outgoing.bounce_template == (address or "secas@example.test")


@pytest.mark.parametrize(
    "address", ["nobody", "b-{id}@example.test", "b+{name}@example.test", "a b@example.test", "{id}"]
)
def test_a_bounce_address_from_which_no_letter_could_be_told_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="envelope_from"):
        from_table({"outgoing": {"envelope_from": address}}, tmp_path / "config.toml")
