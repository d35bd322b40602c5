"""Installations whose ledger has a key."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from intake.config import from_table
from intake.ledger.keys import new_private_key
from intake.pipeline.services import Services

LOG = "secas.example/cpl"


def with_key(services: Services, folder: Path, **ledger: object) -> Services:
    """The same installation with a key for checkpoints, which lies in the folder."""
    (folder / "ledger.pem").write_bytes(new_private_key())
    table = {"origin": LOG, "key_file": "ledger.pem", **ledger}
    return replace(services, config=from_table({"ledger": table}, folder / "config.toml"))


def without_key(services: Services) -> Services:
    """The same installation without one."""
    return replace(services, config=from_table({}, services.config.folder / "config.toml"))
