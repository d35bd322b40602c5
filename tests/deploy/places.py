"""Where things lie, for the tests of `deploy/`."""

from __future__ import annotations

import re
from pathlib import Path

from web.world import World

from intake.config import Config, FolderMailboxConfig
from intake.web.metrics import exposition

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
RULES = DEPLOY / "prometheus" / "cpl-intake.rules.yml"
RUNBOOK = (DEPLOY / "README.md").read_text("utf-8")
_OURS = re.compile(r"\bcpl_intake_\w+")


def metrics_named(text: str) -> set[str]:
    """Every metric of ours that a text names."""
    return set(_OURS.findall(text))


def metrics_exported(folder: Path) -> set[str]:
    """Every metric that a daemon with one mailbox exports."""
    world = World(folder)
    try:
        config = Config(mailbox=(FolderMailboxConfig(name="secas", path="mail"),), folder=folder)
        object.__setattr__(world.services, "config", config)
        world.services.pulse.expect()
        return metrics_named(exposition(world.services).decode())
    finally:
        world.close()
