"""Asks the feed, as it is served, whatever its own description allows and forbids; schemathesis is the asker.

A sample with a fixed seed goes along with the other tests. The long run, of two thousand cases and more, is
``CPL_FEED_EXAMPLES=120 pytest tests/web/feed/test_feed_asked.py``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from feeds import publish_all
from peers.asgi import served
from web.world import World

from intake.web.app import create_app

EXAMPLES = int(os.environ.get("CPL_FEED_EXAMPLES", "4"))
"""For each address and method, beside what schemathesis works out from the description alone."""
SEED = "2026"
SECONDS = 1800
LEAST = 2000 if EXAMPLES >= 120 else 300


def test_the_feed_keeps_what_its_description_says(world: World, tmp_path: Path) -> None:
    publish_all(world.folder / "var" / "list")
    place = tmp_path / "asker"
    place.mkdir()
    program = [sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "run"]
    with served(create_app(world.services)) as port:
        address = f"http://127.0.0.1:{port}/feed/openapi.json"
        options = ["--checks", "all", "--seed", SEED, "-n", str(EXAMPLES), "--continue-on-failure", "--no-color"]
        asked = subprocess.run(
            [*program, address, *options], cwd=place, capture_output=True, text=True, check=False, timeout=SECONDS
        )
    assert asked.returncode == 0, asked.stdout[-4000:] + asked.stderr[-2000:]
    cases = re.search(r"(\d+) generated, (\d+) passed", asked.stdout)
    assert cases is not None
    assert cases[1] == cases[2]
    assert int(cases[1]) >= LEAST
