"""Evidence out again: a bag that others can check, and a verification that finds what was changed."""

import base64
import hashlib
import json
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from threading import Event

import bagit
import pytest
from helpers import a_submission, fetched, mail, tamper_with_events

from intake.archive.folder import FolderArchive
from intake.demo import products
from intake.domain import records
from intake.extract.reader import read_text
from intake.ledger import bag_check, merkle
from intake.pipeline import work
from intake.pipeline.arrival.receive import receive
from intake.pipeline.case.case import case
from intake.pipeline.evidence.retrieve import document, export
from intake.pipeline.evidence.verify import verify
from intake.pipeline.ledger import tree
from intake.pipeline.services import Services
from intake.sandbox import ChildDiedError
from intake.store import events, submissions


@pytest.fixture
def taken_in(services: Services) -> Services:
    for serial, raw in enumerate(
        (a_submission(products.SINGLE), mail("Lunch", body="At one?\n"), a_submission(serial=2)), start=1
    ):
        receive(services, fetched(raw, str(serial)))
    for _ in range(3):
        submission = work.claim_one(services)
        assert submission is not None
        work.work_on(services, submission, Event())
    return services


def unpacked(services: Services, folder: Path, number: int = 1) -> Path:
    bag = folder / "bag.zip"
    bag.write_bytes(export(services, number))
    with zipfile.ZipFile(bag) as archive:
        archive.extractall(folder)
    return folder / f"CPL-{number:06d}"


@pytest.mark.parametrize("manifest", ["manifest-sha256.txt", "tagmanifest-sha256.txt"])
def test_the_bag_is_checked_by_sha256sum(taken_in: Services, tmp_path: Path, manifest: str) -> None:
    bag = unpacked(taken_in, tmp_path)
    done = subprocess.run(["sha256sum", "-c", manifest], cwd=bag, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "OK" in done.stdout


def test_the_bag_is_valid_to_another_reader(taken_in: Services, tmp_path: Path) -> None:
    assert bagit.Bag(str(unpacked(taken_in, tmp_path))).validate()


def test_the_bag_holds_everything_kept_of_the_submission(taken_in: Services, tmp_path: Path) -> None:
    bag = unpacked(taken_in, tmp_path)
    raw = (bag / "data/originals/CPL-000001.eml").read_bytes()
    assert hashlib.sha256(raw).hexdigest() == case(taken_in, 1).submission.raw_sha256
    names = sorted(file.name for file in (bag / "data/originals/documents").iterdir())
    assert names == [
        "01 CPL New Entry.xlsx",
        "02 ZigBee certificate.pdf",
        "03 CPA certificate.pdf",
        "04 DLMS certificate.pdf",
    ]
    assert {"dossier.json", "report.json"} == {file.name for file in (bag / "data/derived").iterdir()}
    assert len(list((bag / "data/letters").iterdir())) == 1
    assert "sha256sum -c" in (bag / "data/VERIFY.txt").read_text()


def test_the_bag_proves_its_events_without_showing_others(taken_in: Services, tmp_path: Path) -> None:
    bag = unpacked(taken_in, tmp_path, number=3)
    told = json.loads((bag / "data/events.json").read_text())
    proof = json.loads((bag / "data/proof.json").read_text())
    assert {event["message"] for event in told} == {3}
    assert [event["seq"] for event in told] == [shown["seq"] for shown in proof["events"]]
    with taken_in.store.reading() as tx:
        others = {event.content_sha256 for event in events.chain(tx) if event.message != 3}
        size = max(event["seq"] for event in told)
        root = tree.root(tx, size)
    shown_text = (bag / "data/proof.json").read_text() + (bag / "data/events.json").read_text()
    assert not [sha256 for sha256 in others if sha256 in shown_text]
    hashes = [base64.b64decode(each) for each in proof["hashes"]]
    for event, shown in zip(told, proof["events"], strict=True):
        assert bag_check.content_sha256(event) == shown["content_sha256"]
        leaf = merkle.leaf_hash(bytes.fromhex(shown["content_sha256"]))
        path = [hashes[place] for place in shown["path"]]
        assert merkle.root_from_inclusion(leaf, event["seq"] - 1, size, path) == root
    assert proof["checkpoint"] is None
    assert proof["stated"].split("\n")[1] == str(size)


def test_a_document_is_given_by_its_digest_and_by_nothing_else(taken_in: Services) -> None:
    actual = case(taken_in, 1)
    assert actual.dossier is not None
    first = actual.dossier.documents[0]
    name, content = document(taken_in, 1, first.sha256)
    assert (name, hashlib.sha256(content).hexdigest()) == (first.name, first.sha256)
    with pytest.raises(KeyError):
        document(taken_in, 2, first.sha256)


def test_untouched_evidence_has_no_fault(taken_in: Services) -> None:
    assert sentences(taken_in) == []


def sentences(services: Services) -> list[str]:
    return [finding.what for finding in verify(services).findings]


def evidence_file(services: Services, number: int) -> Path:
    assert isinstance(services.archive, FolderArchive)
    return services.archive.path(case(services, number).submission.raw_sha256)


def test_changed_evidence_is_found(taken_in: Services) -> None:
    file = evidence_file(taken_in, 2)
    file.chmod(0o600)
    file.write_bytes(file.read_bytes() + b"!")
    (fault,) = sentences(taken_in)
    assert file.name in fault
    assert "changed" in fault


def test_missing_evidence_is_found(taken_in: Services) -> None:
    file = evidence_file(taken_in, 2)
    file.unlink()
    (fault,) = sentences(taken_in)
    assert "CPL-000002" in fault


def test_a_broken_ledger_is_found(taken_in: Services) -> None:
    tamper_with_events(taken_in.store, "UPDATE event SET actor = 'me' WHERE seq = 1")
    (fault,) = sentences(taken_in)
    assert "ledger" in fault


def test_an_answer_to_our_letter_is_shown_with_the_submission(taken_in: Services) -> None:
    letter = case(taken_in, 1).letters[0]
    receive(taken_in, fetched(mail("Re: CPL submission", headers={"In-Reply-To": letter.message_id}), "9"))
    begins = case(taken_in, 4).begins
    assert begins is not None
    assert begins.reference == "CPL-000001"
    assert [turn.submission.reference for turn in case(taken_in, 1).thread] == ["CPL-000004"]


def test_the_words_of_a_mail_are_kept_when_it_is_read(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    receive(services, fetched(mail(body="Please do NOT approve.\n")))
    assert case(services, 1).text == ""  # not read yet, and not here
    submission = work.claim_one(services)
    assert submission is not None
    work.work_on(services, submission, Event())
    monkeypatch.setattr(services.sandbox, "run", None)
    assert case(services, 1).text == "Please do NOT approve."


def test_the_words_of_a_mail_that_an_earlier_release_read_come_from_a_child(taken_in: Services) -> None:
    read = case(taken_in, 1)
    assert read.dossier is not None
    assert read.dossier.message is not None
    older = replace(read.dossier, message=replace(read.dossier.message, text=None))
    sha256 = taken_in.archive.put(records.encode(older))
    with taken_in.store.transaction() as tx:
        submissions.note(tx, submissions.get(tx, 1), dossier_sha256=sha256)
    assert case(taken_in, 1).text == read.text == "Serial 1."


def test_words_that_a_child_died_of_are_not_shown(taken_in: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: object) -> None:
        message = "It took too long to read."
        raise ChildDiedError(message)

    monkeypatch.setattr(taken_in.sandbox, "run", die)
    assert read_text(taken_in.sandbox, b"Subject: x\r\n\r\nwords", taken_in.config.limits) == ""
