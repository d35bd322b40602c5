from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from rules import catalogue, rulebook
from rules.catalogue import FOLDERS, BadCatalogueError, all_rules, manual
from rules.fields import FormField, FormGroup
from rules.profile import Profile, profile
from rules.rule import Rule
from rules.rulebook import Provision, current

RULES = all_rules()
SOURCES = Path(catalogue.__file__).parent


def test_every_rule_has_a_provision_and_every_provision_a_rule() -> None:
    assert set(current().provisions) == {rule.id for rule in RULES}


def test_every_file_of_a_rule_folder_is_a_rule() -> None:
    files = {
        f"{folder}.{path.stem}"
        for folder in FOLDERS
        for path in (SOURCES / folder).glob("*.py")
        if not path.name.startswith("_")
    }
    assert files == {rule.id for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_a_manual_page_a_title_and_a_citation(rule: Rule) -> None:
    page = manual(rule)
    headings = re.findall(r"^(What|Why|Good|Bad|What to do|Clause):", page, re.MULTILINE)
    assert headings == ["What", "Why", "Good", "Bad", "What to do", "Clause"]
    assert rule.title
    assert rule.citation


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_remedy_is_a_sentence(rule: Rule) -> None:
    remedy = current().provisions[rule.id].remedy
    assert remedy[0].isupper()
    assert remedy.endswith(".")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_is_tested_by_its_name(rule: Rule) -> None:
    folder, name = rule.id.split(".")
    tests = (Path(__file__).parent / folder).glob("test_*.py")
    assert any(rule.id in path.read_text("utf-8") or path.stem == f"test_{name}" for path in tests)


def test_a_rule_under_another_file_s_name_is_refused() -> None:
    module = ModuleType("rules.format.other")
    vars(module)["RULE"] = replace(RULES[0], id="format.one")
    with pytest.raises(BadCatalogueError, match=r"format\.one stands in rules\.format\.other"):
        catalogue._rule_of(module)  # noqa: SLF001  # what the walk does with each file


@pytest.mark.parametrize("name", [FormField.FIRMWARE_VERSION, FormGroup.MANUFACTURER_IMAGE])
def test_a_name_that_no_edition_of_the_form_has_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def without(edition: str) -> Profile:
        whole = profile(edition)
        return replace(whole, fields=tuple(field for field in whole.fields if name not in {field.name, field.group}))

    monkeypatch.setattr(catalogue, "profile", without)
    all_rules.cache_clear()
    with pytest.raises(BadCatalogueError, match=rf"no edition of the form has .*{re.escape(name)}"):
        all_rules()
    monkeypatch.undo()
    assert all_rules() == RULES


@pytest.mark.parametrize(
    ("first", "last", "day", "expected"),
    [
        (None, None, date(1, 1, 1), True),
        (date(2022, 8, 1), None, date(2022, 7, 31), False),
        (date(2022, 8, 1), None, date(2022, 8, 1), True),
        (None, date(2022, 8, 1), date(2022, 8, 1), True),
        (None, date(2022, 8, 1), date(2022, 8, 2), False),
    ],
)
def test_a_provision_is_in_force_from_its_first_to_its_last_day(
    first: date | None, last: date | None, day: date, *, expected: bool
) -> None:
    provision = Provision(current().provisions["format.shape"].severity, "Do.", first, last)
    assert provision.in_force(day) is expected


def test_the_digest_changes_with_any_file_of_the_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in {"a.py": "1", "profiles/form.toml": "2", "notes.txt": "3", "__pycache__/a.py": "4"}.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.setattr(rulebook, "files", lambda _: tmp_path)
    before = rulebook.digest_of_the_rules()
    (tmp_path / "notes.txt").write_text("5", "utf-8")
    (tmp_path / "__pycache__" / "a.py").write_text("5", "utf-8")
    assert rulebook.digest_of_the_rules() == before
    (tmp_path / "profiles" / "form.toml").write_text("5", "utf-8")
    assert rulebook.digest_of_the_rules() != before


def test_the_current_rulebook_carries_the_digest_of_the_rules() -> None:
    assert current().edition == "2026-11"
    assert current().digest == rulebook.digest_of_the_rules()
    assert re.fullmatch("[0-9a-f]{64}", current().digest)
