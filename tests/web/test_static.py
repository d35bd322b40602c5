from __future__ import annotations

import hashlib
import re

import pytest
from web.world import World

from intake import resources
from intake.web import static
from intake.web.pages import static_url

FOLDER = resources.templates() / "static"
CSS = (FOLDER / "cpl-intake.css").read_text("utf-8")


@pytest.mark.parametrize("forbidden", ["gds transport", "crown", "@font-face", "url(", "@import", "nhs", "frutiger"])
def test_the_style_sheet_carries_nobody_elses_identity_and_fetches_nothing(forbidden: str) -> None:
    assert forbidden not in CSS.lower()


def test_the_style_sheet_was_compiled_from_the_source_beside_it() -> None:
    noted = (FOLDER / "cpl-intake.scss.sha256").read_text("ascii").splitlines()
    sources = sorted(FOLDER.glob("*.scss"))
    assert noted == [f"{hashlib.sha256(source.read_bytes()).hexdigest()}  {source.name}" for source in sources]


def test_no_page_shows_a_crown_or_the_header_of_another() -> None:
    for template in (resources.templates() / "web").glob("*.html"):
        text = template.read_text("utf-8").lower()
        assert not re.search(r"crown|gov\.uk|govukheader|govukfooter|<style|style=", text), template.name


def test_the_one_script_is_our_own_file_and_nothing_in_a_page_is_code() -> None:
    for template in (resources.templates() / "web").rglob("*.html"):
        text = template.read_text("utf-8")
        scripts = ["static_url('cpl-intake.js')"] if template.name == "base.html" else []
        assert re.findall(r"<script src=\"{{ (.*?) }}\" type=\"module\"></script>", text) == scripts, template.name
        assert len(re.findall(r"<script|\son[a-z]+=|javascript:", text)) == len(scripts), template.name


def test_every_class_of_ours_in_a_template_is_in_the_style_sheet() -> None:
    used: set[str] = set()
    for template in (resources.templates() / "web").rglob("*.html"):
        used |= set(re.findall(r"(?<![\w.'-])cpl-[a-z][a-z_-]*(?![a-z_.-])", template.read_text("utf-8")))
    used.discard("cpl-intake")  # the command, in a sentence
    built = {name for name in used if name.endswith("--")}
    assert used - built
    assert {name for name in used - built if f".{name}" not in CSS} == set()


@pytest.mark.parametrize("name", sorted(static.FILES))
def test_a_static_file_is_served_to_anybody_and_kept_by_its_digest(world: World, name: str) -> None:
    client = world.browser()
    answer = client.get(static_url(name))
    assert answer.content == (FOLDER / name).read_bytes()
    assert answer.headers["content-type"].startswith(static.FILES[name])
    assert "immutable" in answer.headers["cache-control"]
    assert "immutable" not in client.get(f"/static/{name}?v=older").headers["cache-control"]
