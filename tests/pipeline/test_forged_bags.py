"""Bags whose files were exchanged, renamed or linked, with manifests made anew: the check that goes along tells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fresh_stores import lay_store
from helpers import HandClock
from pipeline.evidence.test_exports import checked, spoil, unpacked
from pipeline.retained import a_case, retaining

from intake.archive.folder import FolderArchive
from intake.config import from_table
from intake.domain.working_days import WorkingCalendar
from intake.pipeline.evidence import retrieve
from intake.pipeline.services import Services
from intake.sandbox import Sandbox
from intake.store.engine import Store


@pytest.fixture(scope="module")
def bags(tmp_path_factory: pytest.TempPathFactory, message_reader: Sandbox) -> tuple[bytes, bytes]:
    """The bags of two submissions that were returned."""
    place = tmp_path_factory.mktemp("bags")
    store = Store(lay_store(place / "store.db")).open()
    archive = FolderArchive(place / "evidence").open()
    config = from_table({}, place / "config.toml")
    made = retaining(Services(config, store, archive, HandClock(), WorkingCalendar(), message_reader), place)
    for serial in (1, 2):
        a_case(made, serial)
    first, second = (retrieve.export(made, number) for number in (1, 2))
    store.close()
    return first, second


def test_a_bag_as_it_was_made_holds(bags: tuple[bytes, bytes], tmp_path: Path) -> None:
    code, words = checked(unpacked(bags[0], tmp_path))
    assert (code, "NOT CHECKED" in words, "that an event names" in words) == (0, False, True), words


def resealed(bag: Path) -> None:
    """Make the manifests anew, as whoever forges a bag would."""
    first = next((bag / "data").rglob("*.eml"))
    spoil(bag, first.relative_to(bag).as_posix(), first.read_bytes())


def _another_mail(bag: Path) -> None:
    first = next((bag / "data" / "originals").glob("*.eml"))
    first.write_bytes(first.read_bytes().replace(b"Subject: ", b"Subject: no ", 1))


def _another_letter(bag: Path) -> None:
    next((bag / "data" / "letters").glob("*.eml")).write_bytes(b"Subject: You are welcome\r\n\r\n")


def _one_document_more(bag: Path) -> None:
    (bag / "data" / "originals" / "documents" / "99 more.pdf").write_bytes(b"%PDF-1.7")


def _another_report(bag: Path) -> None:
    file = bag / "data" / "derived" / "report.json"
    file.write_bytes(file.read_bytes().replace(b"pass", b"fail"))


def _another_decision(bag: Path) -> None:
    (bag / "data" / "decisions.json").write_text('[{"seq": 1, "name": "approved", "actor": "eve"}]')


def _renamed(bag: Path) -> None:
    first = next((bag / "data" / "originals").glob("*.eml"))
    first.rename(first.with_name("CPL-000099.eml"))


def _a_link(bag: Path) -> None:
    (bag / "data" / "etc").symlink_to("/etc")


def _a_name_outside(name: str) -> Callable[[Path], None]:
    def put(bag: Path) -> None:
        with (bag / "tagmanifest-sha256.txt").open("a") as manifest:
            manifest.write(f"{'0' * 64}  {name}\n")

    return put


def _no_json(bag: Path) -> None:
    (bag / "data" / "events.json").write_text("{")


@pytest.mark.parametrize(
    ("attack", "sealed", "says"),
    [
        (_another_mail, True, "no event of this bag names"),
        (_another_letter, True, "no event of this bag names"),
        (_one_document_more, True, "no event of this bag names"),
        (_another_report, True, "no event of this bag names"),
        (_another_decision, True, "decisions.json says something else"),
        (_renamed, False, "is missing"),
        (_a_link, False, "is a link"),
        (_a_name_outside("/etc/hostname"), False, "no file of a bag"),
        (_a_name_outside("../../etc/hostname"), False, "no file of a bag"),
        (_a_name_outside("..\\hostname"), False, "no file of a bag"),
        (_a_name_outside("C:/hostname"), False, "no file of a bag"),
        (_a_name_outside("data/events.json"), False, "belongs to the other manifest"),
        (_no_json, True, "cannot be read"),
    ],
)
def test_a_bag_whose_files_are_others_is_refused(
    bags: tuple[bytes, bytes], tmp_path: Path, attack: Callable[[Path], None], sealed: bool, says: str
) -> None:
    bag = unpacked(bags[0], tmp_path)
    attack(bag)
    if sealed:
        resealed(bag)
    code, words = checked(bag)
    assert (code, words.startswith("WRONG"), says in words) == (1, True, True), words


def test_the_proof_of_another_submission_proves_nothing_of_this_one(bags: tuple[bytes, bytes], tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    bag, other = unpacked(bags[0], tmp_path), unpacked(bags[1], tmp_path / "other")
    for name in ("events.json", "proof.json", "decisions.json"):
        (bag / "data" / name).write_bytes((other / "data" / name).read_bytes())
    resealed(bag)
    code, words = checked(bag)
    assert (code, "no event of this bag names" in words) == (1, True), words
