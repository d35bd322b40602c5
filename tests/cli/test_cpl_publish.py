"""The next version at the command line: what stands prepared is told beside what would be."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.test_cpl_register import bring, cpl
from pipeline.publishing import DESCRIPTOR, a_line, change
from programs import a_place

from intake.cli.installation import opened
from intake.config import load
from intake.pipeline.list import answer, publish
from intake.pipeline.list.change import agree, propose
from intake.register.changes import ChangeKind, ListChange, RemovalReason
from rules.fields import FormField


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return a_place(tmp_path)


def test_a_version_that_waits_is_told_of_and_why_it_must_be_prepared_again(config: Path) -> None:
    bring(config, *map(a_line, (1, 2, 7)), version="2.051")
    with opened(load(config)) as services:
        today = publish.outlook(services).next.issue.edition.issued
        removal = ListChange(ChangeKind.REMOVE, today, ("000002",), removal=RemovalReason.DEFECT, reason="Old.")
        number = propose(services, removal, "Ada")
        assert number is not None
        agree(services, number, "Ben")
        publish.release(services, publish.prepare(services, "Ada").id, "Ben")
        change(services, "000007", **{DESCRIPTOR: "Fragment"})
    assert "is prepared" not in cpl(config, "publish").out
    assert cpl(config, "publish", "--prepare").code == 0
    for words in (["check"], ["publish"]):
        told = cpl(config, *words).out
        assert told.startswith("Version 2.053 is prepared, by ")
        assert "Another person releases it on the page /list/next." in told
        assert "If it were prepared again now:\nVersion 2.053 would publish 1 entry" in told
    with opened(load(config)) as services:
        answer.rejected(services, "2.052", "000002", "unknown value", "Ada")
    told = cpl(config, "check").out
    assert "the DCC has answered" in told
    assert "Another person releases it" not in told
    assert cpl(config, "check", "--format", "json").json["prepared"] == "2.053"


def test_a_hold_stands_until_it_is_lifted(config: Path) -> None:
    bring(config, *map(a_line, (1, 2, 7)), version="2.051")
    with opened(load(config)) as services:
        change(services, "000002", **{DESCRIPTOR: "Fragment"})
        change(services, "000007", **{DESCRIPTOR: "Fragment"})
    assert cpl(config, "publish", "--prepare", "--hold", "7").code == 0
    for words in (["publish"], ["check"]):
        assert "would publish 1 entry:" in cpl(config, *words).out
        assert "Held back: 1 entry: 000007" in cpl(config, *words).out
    assert "would publish 2 entries:" in cpl(config, "publish", "--lift", "000007").out
    stranger = cpl(config, "publish", "--lift", "2")
    assert (stranger.code, "not held back: 000002" in stranger.err) == (2, True)


def test_removals_are_suggested_and_only_that(config: Path) -> None:
    past = {FormField.CPA_NUMBER: "[E] GSME00001111", FormField.CPA_DATE: "30/08/2020"}
    bring(config, *map(a_line, (1, 2)), a_line(7, **past), a_line(9, **past), version="2.051")
    looked = cpl(config, "check")
    assert looked.code == 0
    assert (
        "Removals to think of, which are asked for on the page /list/changes:\n"
        "  The CPA certificate [E] GSME00001111 expired on 30/08/2020.\n    2 entries: 000007, 000009\n"
    ) in looked.out
    (told,) = cpl(config, "check", "--format", "json").json["suggested_removals"]
    assert told["entries"] == ["000007", "000009"]
