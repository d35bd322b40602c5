"""What is taken away can be checked by anybody: sha256sum, bagit.py, and the one file that goes along."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import bagit
import pytest
from helpers import FRIDAY, HandClock, a_submission, fetched
from pipeline.ledgers import with_key, without_key

from intake.demo import products
from intake.domain.events import ReviewOpened
from intake.pipeline import work
from intake.pipeline.arrival.receive import receive
from intake.pipeline.evidence import exports, retrieve
from intake.pipeline.evidence.exports import NothingToExportError
from intake.pipeline.ledger.checkpoint import day_s_checkpoint
from intake.pipeline.ledger.ledger_key import signing_key
from intake.pipeline.list.listing import import_list
from intake.pipeline.services import Services
from intake.register.published import ListFile
from intake.store import events
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import PUBLISHED

VALUES = products.faultless_form(products.SINGLE, on=FRIDAY.date(), serial=1)


@pytest.fixture
def keyed(services: Services, tmp_path: Path) -> Services:
    """Two submissions, of which the first is on a list; a key, and no checkpoint yet."""
    made = with_key(services, tmp_path)
    for serial in (1, 2):
        receive(made, fetched(a_submission(products.SINGLE, serial=serial), str(serial)))
        submission = work.claim_one(made)
        assert submission is not None
        work.work_on(made, submission, Event())
    entry = RegisterEntry("000042", "Current", {name: VALUES.get(name, "") for name in PUBLISHED[2:]})
    import_list(made, b"a list", ListFile((entry,), PUBLISHED))
    return made


def unpacked(content: bytes, folder: Path) -> Path:
    (folder / "bag.zip").write_bytes(content)
    with zipfile.ZipFile(folder / "bag.zip") as archive:
        archive.extractall(folder / "bag")
    (bag,) = (folder / "bag").iterdir()
    return bag


def checked(bag: Path, *options: str, path: str | None = None) -> tuple[int, str]:
    """What the bag's own program says, run by a Python that knows nothing of ours."""
    environment = {"PATH": os.environ["PATH"] if path is None else path}
    command = [sys.executable, "-I", "-S", "data/verify.py", *options]
    done = subprocess.run(command, cwd=bag, capture_output=True, text=True, env=environment, check=False)
    return done.returncode, done.stdout + done.stderr


def test_every_way_to_check_a_bag_finds_it_whole(keyed: Services, tmp_path: Path) -> None:
    bag = unpacked(retrieve.export(keyed, 1, reason="asked for by the SSC", actor="ada"), tmp_path)
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--quiet", "-c", manifest], cwd=bag, check=True)
    assert bagit.Bag(str(bag)).validate()
    code, said = checked(bag, "--key", str(key_of(keyed)))
    assert (code, said.count("is signed by")) == (0, 1), said
    assert "NOT CHECKED" not in said
    with keyed.store.reading() as tx:
        *_, exported = events.of_message(tx, 1)
    assert (exported.name, exported.actor, exported.detail["reason"]) == ("exported", "ada", "asked for by the SSC")


def key_of(services: Services) -> object:
    key = signing_key(services.config)
    assert key is not None
    return key.verifier()


def test_the_newest_checkpoint_is_shown_to_go_on_from_the_one_that_covers(
    keyed: Services, clock: HandClock, tmp_path: Path
) -> None:
    first = day_s_checkpoint(keyed)
    clock.forward(days=1)
    newest = day_s_checkpoint(keyed)
    assert first is not None
    assert newest is not None
    bag = unpacked(retrieve.export(keyed, 1), tmp_path)
    (tmp_path / "kept").write_text(first.note)
    code, said = checked(bag, "--key", str(key_of(keyed)), "--checkpoint", str(tmp_path / "kept"))
    assert (code, said.count("is signed by")) == (0, 2), said
    assert f"that of {newest.size} goes on from it" in said
    proof = json.loads((bag / "data/proof.json").read_text())
    proof["consistency"] = proof["consistency"][::-1] or [0]
    spoil(bag, "data/proof.json", json.dumps(proof).encode())
    assert "does not go on" in checked(bag)[1]


def spoil(bag: Path, name: str, content: bytes) -> None:
    """Change a file, and make the manifests anew, as whoever forges a bag would."""
    (bag / name).write_bytes(content)
    made = bagit.Bag(str(bag))
    made.save(manifests=True)
    for left in bag.glob("*manifest-sha512.txt"):
        left.unlink()


@pytest.mark.parametrize(
    ("name", "before", "after", "says"),
    [
        ("data/events.json", b'"actor": "cpl-intake"', b'"actor": "cpl-intakf"', "is not what was recorded"),
        ("data/events.json", b'"seq": 3', b'"seq": 300', "is not what was recorded"),
        ("data/proof.json", b'"path": [0', b'"path": [1', "does not lie in the ledger"),
        ("data/proof.json", b"secas.example/cpl\\n", b"secas.example/cql\\n", "is of another ledger"),
        ("data/ledger-key.txt", b"+", b"+0", "damaged"),
    ],
)
def test_a_forged_bag_is_refused(
    keyed: Services, tmp_path: Path, name: str, before: bytes, after: bytes, says: str
) -> None:
    bag = unpacked(retrieve.export(keyed, 1), tmp_path)
    content = (bag / name).read_bytes()
    assert before in content
    (bag / name).write_bytes(content.replace(before, after, 1))
    assert "has changed" in checked(bag)[1]
    spoil(bag, name, content.replace(before, after, 1))
    code, said = checked(bag)
    assert (code, says in said) == (1, True), said


def test_another_s_key_and_another_s_checkpoint_are_refused(keyed: Services, tmp_path: Path) -> None:
    bag = unpacked(retrieve.export(keyed, 1), tmp_path)
    (tmp_path / "other").mkdir()
    other = with_key(keyed, tmp_path / "other")
    assert "is not signed by" in checked(bag, "--key", str(key_of(other)))[1]
    (tmp_path / "kept").write_text("secas.example/cpl\n1\n" + base64.b64encode(bytes(32)).decode() + "\n\n")
    assert "none of those" in checked(bag, "--checkpoint", str(tmp_path / "kept"))[1]


def test_a_file_that_was_put_in_is_found(keyed: Services, tmp_path: Path) -> None:
    bag = unpacked(retrieve.export(keyed, 1), tmp_path)
    (bag / "data" / "more.txt").write_text("more")
    assert checked(bag)[0] == 1


def test_a_file_that_was_put_in_with_manifests_made_anew_is_named(keyed: Services, tmp_path: Path) -> None:
    bag = unpacked(retrieve.export(keyed, 1), tmp_path)
    assert "no event vouches for what these say" not in checked(bag)[1]
    spoil(bag, "data/approval.txt", b"approved")
    assert "no event vouches for what these say: approval.txt" in checked(bag)[1]
    spoil(bag, "data/checkpoints/9.checkpoint", b"secas.example/cpl\n9\n")
    assert "checkpoints/9.checkpoint is none of the checkpoints" in checked(bag)[1]


def test_who_has_a_key_or_a_checkpoint_is_not_fobbed_off_with_a_bag_that_has_none(
    keyed: Services, tmp_path: Path
) -> None:
    bag = unpacked(retrieve.export(without_key(keyed), 1), tmp_path)
    (tmp_path / "kept").write_text("secas.example/cpl\n1\n" + base64.b64encode(bytes(32)).decode() + "\n\n")
    for option, value in (("--key", str(key_of(keyed))), ("--checkpoint", str(tmp_path / "kept"))):
        code, said = checked(bag, option, value)
        assert (code, "holds no signed checkpoint" in said) == (1, True), said


def test_it_says_what_it_could_not_check(keyed: Services, tmp_path: Path) -> None:
    bag = unpacked(retrieve.export(keyed, 1), tmp_path)
    assert "NOT CHECKED: openssl" in checked(bag, path=str(tmp_path))[1]
    shutil.rmtree(tmp_path / "bag")
    with keyed.store.transaction() as tx:
        events.append(tx, ReviewOpened(), at=FRIDAY, message=2)
    code, said = checked(unpacked(retrieve.export(without_key(keyed), 2), tmp_path))
    assert (code, "NOT CHECKED: no checkpoint" in said) == (0, True), said


def test_a_device_model_s_life_a_certificate_a_period_and_a_person_are_selected(
    keyed: Services, tmp_path: Path
) -> None:
    with keyed.store.transaction() as tx:
        events.append(tx, ReviewOpened(), at=FRIDAY + timedelta(days=30), message=2, actor="Ada")
        events.append(tx, ReviewOpened(), at=FRIDAY, entry="000042")
    model, certificate = VALUES[FormField.MODEL_IDENTIFIER], VALUES[FormField.CPA_NUMBER]
    of_model, of_certificate = exports.of_device_model(keyed, model), exports.of_certificate(keyed, certificate)
    assert not set('<>:"/\\|?*') & set(of_model.name + of_certificate.name), "every system can unpack it"
    assert (1 in of_model.submissions, of_model.entries) == (True, ("000042",))
    assert (1 in of_certificate.submissions, of_certificate.entries) == (True, ("000042",))
    assert "000042" in {event.entry for event in of_model.events}
    later = exports.of_period(keyed, date(2026, 12, 1), date(2026, 12, 31))
    assert [(event.actor, event.message) for event in later.events] == [("Ada", 2)]
    assert exports.of_person(keyed, "Ada").events == later.events
    assert exports.of_period(keyed, FRIDAY.date(), FRIDAY.date()).submissions == (1, 2)
    for selection in (of_model, later):
        folder = tmp_path / selection.name
        folder.mkdir()
        bag = unpacked(exports.export(keyed, selection, reason="audit"), folder)
        assert bagit.Bag(str(bag)).validate()
        code, said = checked(bag)
        assert (code, f"{len(selection.events)} events lie in" in said) == (0, True), said
    history = json.loads((tmp_path / of_model.name / "bag" / of_model.name / "data/entries/000042.json").read_text())
    assert [version["status"] for version in history] == ["Current"]
    with pytest.raises(NothingToExportError):
        exports.export(keyed, exports.of_person(keyed, "nobody"), reason="")
    with keyed.store.reading() as tx:
        told = [event.detail["what"] for event in events.chain(tx) if event.name == "exported"]
    assert told == [of_model.what, later.what]
