from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from dossiers import GAS, a_form, a_zigbee_certificate

from intake.extract.certificate.kinds.cpa import CPA
from intake.extract.certificate.kinds.dlms import DLMS
from intake.extract.certificate.kinds.table import LabelTable
from intake.extract.certificate.kinds.zigbee import ZIGBEE
from intake.publication import dcc, list_check
from rules import fields
from rules.catalogue import BadCatalogueError
from rules.facts import CERTIFICATE_KINDS
from rules.fields import LABELS, NUMBER_FIELDS, NUMBER_LABELS, FormField, Label
from rules.profile import profiles
from rules.published import COLUMNS, MODEL

ROOT = Path(fields.__file__).parents[1]
TABLES = (ZIGBEE, CPA, DLMS)
SOURCES = sorted(path for folder in ("rules", "intake") for path in (ROOT / folder).rglob("*.py"))
GROUPS = {field.group for profile in profiles() for field in profile.fields}
A_FIELD = re.compile(rf"(?:{'|'.join(sorted(map(re.escape, GROUPS)))})\.\S.*")
STRANGER = """
from rules.device import text_of
from rules.facts import NEW_ENTRY_ABSENT
from rules.fields import FormField

NEW_ENTRY_ABSENT.value(FormField.FIRMWARE_VERSION)
NEW_ENTRY_ABSENT.value("Device_Model.firmwere_version")  # wrong
NEW_ENTRY_ABSENT.row(FormField.FIRMWERE_VERSION)  # wrong
text_of(NEW_ENTRY_ABSENT, "Device_Model.firmware_version")  # wrong
"""
START = "from rules.catalogue import all_rules; all_rules()"


def literals(path: Path) -> Iterator[str]:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


def test_every_kind_of_certificate_has_its_labels_and_its_number() -> None:
    assert {*LABELS} == {*NUMBER_FIELDS} == {*NUMBER_LABELS} == {*CERTIFICATE_KINDS}
    assert {*Label} == set().union(*LABELS.values())
    assert all(NUMBER_LABELS[kind] in LABELS[kind] for kind in LABELS)


def test_the_latest_form_has_every_field() -> None:
    latest = next(profile for profile in profiles() if profile.edition == "2022-09")
    assert {*FormField} == {field.name for field in latest.fields}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_other_module_writes_a_field_or_a_label_out(path: Path) -> None:
    if path in {Path(fields.__file__), Path(list_check.__file__)}:  # the second asks for nothing but itself
        return
    written = [text for text in literals(path) if A_FIELD.fullmatch(text)]
    labels = {label for label in Label if " " in label}
    assert [*written, *labels.intersection(literals(path))] == []


def test_what_an_outsider_runs_by_itself_knows_the_fields_by_our_names() -> None:
    written = {text for text in literals(Path(list_check.__file__)) if A_FIELD.fullmatch(text)}
    assert written <= {*FormField, fields.MODEL_AND_HARDWARE, *COLUMNS.values()}
    assert dcc.HEADER[1:] == list_check.OF_DCC
    assert tuple(map(str, MODEL)) == list_check.MODEL


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.kind)
def test_a_reader_that_lacks_a_label_stops_the_start(table: LabelTable) -> None:
    fewer = dict(table.labels)
    del fewer[Label.FIRMWARE_VERSION]
    with pytest.raises(BadCatalogueError, match="do not give the same labels"):
        replace(table, labels=fewer)
    with pytest.raises(BadCatalogueError, match="do not give the same labels"):
        replace(table, own=table.own | {Label.RENEWAL_DATE, Label.CERTIFICATION_DATE})


def test_a_label_that_the_certificate_s_kind_does_not_print_is_never_merely_absent() -> None:
    certificate = a_zigbee_certificate(a_form(GAS)).certificate
    assert certificate is not None
    with pytest.raises(KeyError):
        certificate.stated(Label.RENEWAL_DATE)


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        ("fields.py", "Device_Model.firmware_version", "Device_Model.firmwere_version", "no edition of the form has"),
        ("fields.py", '"ZSE_Certificate"', '"ZSE-Certificate"', "no edition of the form has ZSE-Certificate"),
        ("format/image_pair.py", "FormField.IMAGE_HASH", "FormField.IMAGE_HSAH", "IMAGE_HSAH"),
        ("alignment/dlms_details.py", "Label.TYPE", "Label.TIPE", "TIPE"),
    ],
)
def test_a_mistyped_name_stops_the_start(tmp_path: Path, file: str, before: str, after: str, said: str) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules", ignore=shutil.ignore_patterns("__pycache__"))
    assert _started(tmp_path).returncode == 0
    path = tmp_path / "rules" / file
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")
    done = _started(tmp_path)
    assert done.returncode != 0
    assert said in done.stderr


def _started(place: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", START]
    return subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False)


def test_the_type_checker_refuses_a_name_that_is_written_out(tmp_path: Path) -> None:
    stranger = tmp_path / "stranger.py"
    stranger.write_text(STRANGER, "utf-8")
    command = [sys.executable, "-m", "mypy", str(stranger)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    wrong = [number for number, line in enumerate(STRANGER.splitlines(), 1) if line.endswith("# wrong")]
    assert [int(number) for number in re.findall(r"stranger\.py:(\d+): error", done.stdout)] == wrong, done.stderr


def test_no_rule_fails_by_asking_for_what_nothing_states() -> None:
    pinned = Path(__file__).with_name("findings.txt").read_text("utf-8")
    assert "itself failed" not in pinned
