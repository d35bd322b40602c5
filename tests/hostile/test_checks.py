"""Bent mail as checks, by mail and on the page: nothing dies, nothing is kept; `test_check_tool.py` has the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import HandClock
from hostile.mutations import mutation
from programs import cpl_intake
from starlette.testclient import TestClient

from intake.config import Config, LimitsConfig
from intake.extract.reader import sandbox
from intake.pipeline.public_check import PublicCheck
from intake.web.check_page import create_check_app

SEED = 16
SAMPLE = 40


def test_by_mail_each_is_answered_at_most_once_and_none_is_kept(tmp_path: Path) -> None:
    (tmp_path / "checks").mkdir()
    config = tmp_path / "config.toml"
    config.write_text(
        '[[mailbox]]\nname = "checks"\npurpose = "check"\nkind = "folder"\npath = "checks"\n'
        '[outgoing]\nkind = "folder"\npath = "sent"\n'
        '[check]\nanswer_domains = ["ashdown.example"]\nper_sender_per_day = 1000\nforward_to = "ada@desk.example"\n'
    )
    for number in range(SAMPLE):
        (tmp_path / "checks" / f"{number:03}.eml").write_bytes(mutation(SEED, number))
    done = cpl_intake("run", "--once", "--config", config)
    assert done.code == 0
    assert "stumbled" not in done.err
    assert list((tmp_path / "checks").iterdir()) == []
    answers = list((tmp_path / "sent").glob("check.*.eml"))
    assert SAMPLE // 3 < len(answers) <= SAMPLE
    assert not [path for path in (tmp_path / "var" / "evidence").rglob("*") if path.is_file()]
    assert cpl_intake("queue", "--all", "--config", config, "--format", "json").json == []


@pytest.fixture
def client() -> Iterator[TestClient]:
    with sandbox(LimitsConfig(), preload_pictures=True) as box:
        public = PublicCheck(Config(), HandClock(), box, lambda: None)
        yield TestClient(create_check_app(public), base_url="http://check.test")


def test_on_the_page_each_has_a_report(client: TestClient) -> None:
    for number in range(SAMPLE, SAMPLE + 20):
        page = client.post("/check", files=[("files", ("mail.eml", mutation(SEED, number)))])
        assert page.status_code == 200
        assert page.text.rstrip().endswith("</html>")
        assert "<dt>Rulebook</dt>" in page.text
