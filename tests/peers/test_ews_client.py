"""The make-believe Exchange is asked by ews-javascript-api, which nobody here wrote."""

from __future__ import annotations

import base64
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from peers.ews_places import ews_place, ews_server
from peers.ews_server import PASSWORD
from peers.npm import installed

HERE = Path(__file__).parent
SECONDS = 120
LETTERS = [f"To: secas@example.test\r\nSubject: Entry {n}\r\n\r\nGrüße {n}\r\n".encode() for n in range(7)]


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script beside the packages that the lock file names."""
    return installed(HERE / "ews_client.js", tmp_path_factory.mktemp("npm"))


def test_a_client_of_others_lists_pages_fetches_and_sends(script: Path) -> None:
    with ews_server() as running, ews_place(running) as place:
        for letter in LETTERS:
            place.put(letter)
        place.exchange.add_folder("Projects", "inbox")
        url = f"http://127.0.0.1:{running.port}/EWS/Exchange.asmx"
        command = ("node", script, url, place.ews.user, PASSWORD)
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        assert done.returncode == 0, done.stderr
        told: dict[str, Any] = json.loads(done.stdout)
        assert told["folder"] == {"name": "Inbox", "total": len(LETTERS), "below": ["Projects"]}
        assert told["rounds"] == 3
        assert [base64.b64decode(each) for each in told["bytes"]] == LETTERS
        assert told["subjects"] == [f"Entry {n}" for n in range(7)]
        assert told["arrived"] == "2026-11-20T17:30:00.000Z"
        fields, raw = place.exchange.sent
        assert raw == LETTERS[0]
        assert b"Subject: By fields\r\n" in fields
        assert b"To: ada@example.test\r\n" in fields
        assert b"Good day" in fields
