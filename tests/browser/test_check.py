"""The public page in Chromium, as a submitter has it: without a sign-in, with a report or a refusal at the end."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest
from browser.demonstration import SECONDS
from browser.look import VARIANTS, picture, show_as, too_wide, violations
from helpers import FRIDAY
from peers.peers import end, free_port
from playwright.sync_api import Page, expect
from programs import arguments, environment
from render.judged import judged

from intake.demo import products
from intake.demo.samples import submission
from intake.render.html import html


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page on a host of its own."""
    folder, port = tmp_path_factory.mktemp("check"), free_port()
    (folder / "config.toml").write_text(f"[web]\nport = {port}\n")
    command = arguments("web", "--check-only", "--config", folder / "config.toml")
    process = subprocess.Popen(command, stderr=subprocess.PIPE, env=environment())
    too_long = Timer(SECONDS, process.kill)
    too_long.start()
    try:
        assert process.stderr is not None
        assert str(port).encode() in process.stderr.readline()
        yield f"http://127.0.0.1:{port}/check"
    finally:
        too_long.cancel()
        end(process)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Two forms with the certificates of one."""
    values = products.faultless_form(products.SINGLE, on=FRIDAY.date())
    other = submission(values | {"Device_Model.model_identifier": "FF:C4"})["CPL New Entry.xlsx"]
    sent = submission(values) | {"Second form.xlsx": other}
    for name, content in sent.items():
        (tmp_path / name).write_bytes(content)
    return sorted(map(str, tmp_path.iterdir()))


def test_form_report_and_refusal_have_no_violation_and_fit(
    scripted: Page, address: str, files: list[str], tmp_path: Path
) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_bytes(b"From: a@b.example\r\nSubject: x\r\n\r\nx\r\n")
    troubles: list[str] = []
    for sent, says in ((None, "Check a submission"), (files, "would return"), ([*files, str(mail)], "Not checked")):
        scripted.goto(address)
        if sent is not None:
            scripted.set_input_files("#files", sent)
            scripted.get_by_role("button", name="Check").click()
        expect(scripted.locator("main")).to_contain_text(says)
        for variant in VARIANTS:
            show_as(scripted, variant)
            picture(scripted, f"{variant}/check")
            troubles += [f"{says}, {variant}: {trouble}" for trouble in violations(scripted) + too_wide(scripted)]
    assert not troubles, "\n".join(troubles)


def test_the_page_that_a_mail_brings_has_no_violation_and_fits(scripted: Page) -> None:
    dossier, report = judged("all", "one")
    scripted.set_content(html(dossier, report, report.outcome, None))
    for variant in VARIANTS:
        show_as(scripted, variant)
        assert not violations(scripted) + too_wide(scripted)


def test_on_paper_what_is_said_beside_a_value_is_no_larger_than_the_value(scripted: Page) -> None:
    dossier, report = judged("all", "one")
    scripted.set_content(html(dossier, report, report.outcome, None))
    scripted.emulate_media(media="print")
    sizes = scripted.evaluate(
        "() => [...document.querySelectorAll('.small, .compared')].map(node => ["
        "parseFloat(getComputedStyle(node).fontSize), parseFloat(getComputedStyle(node.parentElement).fontSize)])"
    )
    assert sizes
    assert all(own <= around for own, around in sizes), sizes
    expect(scripted.locator("main")).to_contain_text("This was a check: nothing has been submitted.")
