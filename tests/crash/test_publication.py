"""A seeded sample of `crash.publication`: killed while it publishes, the list is the version before or the next one."""

from __future__ import annotations

import random
from pathlib import Path

from crash.publication import Faults, campaign, list_in, look, publish_once

from intake.cli.installation import opened


def test_killed_while_it_publishes_the_list_is_old_or_new(tmp_path: Path, store_url: str) -> None:
    with list_in(tmp_path / "place", store_url) as config:
        versions, faults = campaign(config, 6, random.Random(3))
    assert versions >= 1
    assert str(faults) == "half 0, letters 0, lost 0"


def test_a_fault_is_found(tmp_path: Path) -> None:
    with list_in(tmp_path / "place", "sqlite:///store.db") as config:
        with opened(config) as services:
            publish_once(services, 1)
        root = config.path(config.publish.folder)
        (root / "current" / "dcc.csv").unlink()
        faults = Faults()
        assert look(config, faults) == "2.052"
    assert faults.half == ["2.052 lacks dcc.csv"]
