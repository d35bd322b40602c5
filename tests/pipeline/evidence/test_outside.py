"""What goes outside: an open bag that anybody checks and that tells nobody's secrets, and sealed ones that few open."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from dossiers import GAS, a_dossier, a_form
from pipeline.test_canaries import CONTACT, EMAIL, NAME, REASON, TELEPHONE, marks_in
from web.world import World

from intake.config import SealConfig
from intake.domain.review import Action, Decision
from intake.errors import ConfigurationError
from intake.pipeline.evidence import exports
from intake.pipeline.review.decide import decide
from intake.store import events
from rules.fields import FormField


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    for role in ("auditor", "ssc", "stranger"):
        key = tmp_path / f"{role}.key"
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={role}"]
        files = ["-keyout", str(key), "-out", str(tmp_path / f"{role}.pem")]
        subprocess.run([*command, *files], check=True, capture_output=True)
    seal = SealConfig(auditor=("auditor.pem",), ssc=("ssc.pem",))
    made.services = replace(made.services, config=msgspec.structs.replace(made.services.config, seal=seal))
    stated = {FormField.CONTACT_NAME: NAME, FormField.CONTACT_TELEPHONE: TELEPHONE, FormField.CONTACT_EMAIL: EMAIL}
    form = a_form(GAS, {str(name): text for name, text in stated.items()})
    number = made.judged(replace(a_dossier(form), documents=()))
    before = made.submission(number)
    decision = Decision(Action.RETURN, "Ada", before.report_sha256 or "", f"Dear {NAME}", REASON)
    decide(made.services, number, decision)
    yield made
    made.close()


def opened(world: World, content: bytes, role: str, key: str) -> bytes | None:
    """A sealed bag as openssl opens it with a key; None where it does not."""
    sealed = zipfile.ZipFile(io.BytesIO(content)).read(f"sealed-{role}.p7m")
    command = ["openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-inkey", str(world.folder / f"{key}.key")]
    done = subprocess.run(command, input=sealed, capture_output=True, check=False)
    return done.stdout if done.returncode == 0 and done.stdout.startswith(b"PK") else None


def everything(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        return b"\n".join([name.encode() + files.read(name) for name in files.namelist()])


def test_the_open_bag_tells_nothing_restricted_and_checks(world: World, tmp_path: Path) -> None:
    content = exports.export_outside(world.services, 1, reason="asked for by Ofgem", actor="Rita")
    assert marks_in(everything(content)) == []
    assert b"gas meter" not in everything(content)
    zipfile.ZipFile(io.BytesIO(content)).extractall(tmp_path / "out")
    bag = tmp_path / "out" / "CPL-000001"
    told = json.loads((bag / "data/events.json").read_text())
    assert {"received", "returned"} <= {event["name"] for event in told}
    assert {frozenset(event) for event in told} == {frozenset({"seq", "at", "name", "detail_sha256", "left_out"})}
    command = [sys.executable, "-I", "-S", "data/verify.py"]
    done = subprocess.run(command, cwd=bag, capture_output=True, text=True, check=False)
    assert (done.returncode, f"{len(told)} events lie in" in done.stdout) == (0, True), done.stdout + done.stderr
    with world.services.store.reading() as tx:
        *_, last = events.of_message(tx, 1)
    assert (last.name, last.actor, last.detail["what"]) == ("exported", "Rita", "CPL-000001, sealed")


def test_a_sealed_bag_opens_for_its_role_alone(world: World) -> None:
    content = exports.export_outside(world.services, 1, reason="asked for by Ofgem")
    full, stacks = opened(world, content, "auditor", "auditor"), opened(world, content, "ssc", "ssc")
    assert full is not None
    assert stacks is not None
    for role in ("auditor", "ssc"):
        for key in {"auditor", "ssc", "stranger"} - {role}:
            assert opened(world, content, role, key) is None, (role, key)
    assert set(marks_in(everything(full))) >= {NAME, EMAIL, REASON}
    assert marks_in(everything(stacks)) == [REASON]
    sealed = json.loads(zipfile.ZipFile(io.BytesIO(content)).read("CPL-000001/data/sealed.json"))
    assert sealed["bag_sha256"] == hashlib.sha256(full).hexdigest()
    assert CONTACT


def test_without_certificates_what_is_restricted_is_left_out(world: World) -> None:
    config = msgspec.structs.replace(world.services.config, seal=SealConfig())
    services = replace(world.services, config=config)
    content = exports.export(services, exports.of_person(services, "Ada"), reason="audit", outside=True)
    assert not [name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if name.endswith(".p7m")]
    assert marks_in(everything(content)) == []


def test_a_certificate_that_cannot_be_used_is_said_so(world: World) -> None:
    for file in ("nowhere.pem", "auditor.key"):
        config = msgspec.structs.replace(world.services.config, seal=SealConfig(auditor=(file,)))
        with pytest.raises(ConfigurationError, match=file):
            exports.export_outside(replace(world.services, config=config), 1, reason="audit")
