"""A bag that somebody changed, with every manifest made anew: what is wrong in it is found, what it lacks is told."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import bagit
import pytest
from helpers import FRIDAY, HandClock
from pipeline.evidence.test_exports import VALUES, checked, key_of, keyed, spoil, unpacked

from intake.domain.events import ReviewOpened
from intake.domain.people_events import LOOKS, CaseOpened
from intake.ledger import bag_check
from intake.pipeline.evidence import exports, retrieve
from intake.pipeline.evidence.exports import Selection
from intake.pipeline.ledger.checkpoint import day_s_checkpoint
from intake.pipeline.services import Services
from intake.store import events
from intake.store.audit import Sought
from intake.store.schema import PROGRAM
from rules.fields import FormField

__all__ = ["keyed"]


@pytest.fixture
def bag(keyed: Services, clock: HandClock, tmp_path: Path) -> Path:
    """Of the first submission, which a person opened and acted on, with two checkpoints."""
    with keyed.store.transaction() as tx:
        events.append(tx, CaseOpened(), at=FRIDAY, message=1, actor="ada")
        events.append(tx, ReviewOpened(), at=FRIDAY, message=1, actor="ada")
    day_s_checkpoint(keyed)
    clock.forward(days=1)
    day_s_checkpoint(keyed)
    return unpacked(retrieve.export(keyed, 1), tmp_path)


def by_ours(bag: Path, *options: str) -> tuple[int, str]:
    """What a verifier of one's own says of a bag."""
    command = [sys.executable, "-I", "-S", bag_check.__file__, "--bag", str(bag), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def anew(bag: Path) -> None:
    spoil(bag, "data/VERIFY.txt", (bag / "data/VERIFY.txt").read_bytes())


def change(bag: Path, edit: Callable[[list[dict[str, Any]]], object], name: str = "events") -> None:
    told = json.loads((bag / f"data/{name}.json").read_bytes())
    edit(told)
    spoil(bag, f"data/{name}.json", json.dumps(told).encode())


def withheld(event: dict[str, Any], **more: object) -> dict[str, Any]:
    """An event as a bag for outsiders tells it, with what its digest is not over."""
    rest = {name: event[name] for name in ("actor", "detail", "entry", "message")}
    hidden = hashlib.sha256(bytes.fromhex(event["salt"]) + json.dumps(rest, sort_keys=True).encode()).hexdigest()
    head = {name: event[name] for name in ("seq", "at", "name")}
    return {**head, "detail_sha256": hidden, "left_out": "restricted", **more}


def forged_letter(told: list[dict[str, Any]], bag: Path) -> None:
    (bag / "data/letters/9 approved sent.eml").write_bytes(b"approved")
    told[-1] = withheld(told[-1], detail={"letter_sha256": hashlib.sha256(b"approved").hexdigest()})


EVENTS: dict[str, tuple[Callable[[list[dict[str, Any]], Path], object], str]] = {
    "a detail beside its own digest": (
        lambda told, _: told.__setitem__(-1, withheld(told[-1], actor="eve", detail={"reason": "approved"})),
        "holds actor, which its digest is not over",
    ),
    "a letter that such a detail vouches for": (forged_letter, "holds detail, which its digest is not over"),
    "a word that no digest is over": (lambda told, _: told[-1].update(approved_by="ben"), "holds approved_by"),
    "an event twice": (lambda told, _: told.append(told[-1]), "tells an event twice"),
    "a time written otherwise": (
        lambda told, _: told[-1].update(at=told[-1]["at"].replace("Z", "+00:00")),
        "is not what was recorded",
    ),
}


@pytest.mark.parametrize("what", EVENTS)
def test_nothing_is_told_of_an_event_that_was_not_recorded(bag: Path, what: str) -> None:
    edit, says = EVENTS[what]
    change(bag, lambda told: edit(told, bag))
    code, said = by_ours(bag)
    assert (code, says in said) == (1, True), said


@pytest.mark.parametrize("name", ["events", "proof", "decisions", "derived/dossier", "derived/report"])
def test_no_name_stands_twice_in_one_place(bag: Path, name: str) -> None:
    content = (bag / f"data/{name}.json").read_bytes()
    key = next(iter(json.loads(content)[0] if content.startswith(b"[") else json.loads(content)))
    spoil(bag, f"data/{name}.json", content.replace(f'"{key}":'.encode(), f'"{key}": 0, "{key}":'.encode(), 1))
    code, said = by_ours(bag)
    assert code == 1
    assert "names one thing twice" in said or "no event of this bag names" in said, said


def swap(one: Path, other: Path) -> None:
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)


def documents(bag: Path) -> list[Path]:
    return sorted((bag / "data/originals/documents").iterdir())


NAMES: dict[str, tuple[Callable[[Path], object], str]] = {
    "two documents under each other's names": (
        lambda bag: swap(*documents(bag)[1:3]),
        "is not the document that a dossier calls so",
    ),
    "a document under a name of its own": (
        lambda bag: documents(bag)[1].rename(documents(bag)[1].with_name("02 Approved.pdf")),
        "02 Approved.pdf is not the document that a dossier calls so",
    ),
    "report and dossier": (
        lambda bag: swap(bag / "data/derived/report.json", bag / "data/derived/dossier.json"),
        "is not what an event of its submission gives as",
    ),
    "the mail under another submission's number": (
        lambda bag: (bag / "data/originals/CPL-000001.eml").rename(bag / "data/originals/CPL-000002.eml"),
        "originals/CPL-000002.eml is not what an event of its submission gives as raw_sha256",
    ),
    "decisions of which one is left out": (
        lambda bag: change(bag, list.clear, "decisions"),
        "decisions.json says something else",
    ),
}


@pytest.mark.parametrize("what", NAMES)
def test_each_file_is_what_its_name_says(bag: Path, what: str) -> None:
    edit, says = NAMES[what]
    edit(bag)
    anew(bag)
    code, said = by_ours(bag)
    assert (code, says in said) == (1, True), said


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("originals/CPL-000001.eml", "1 pieces that its events name, such as raw_sha256 of event 1."),
        ("derived/report.json", "such as report_sha256 of event"),
        ("derived/dossier.json", "no event of this bag names originals/documents/01 CPL New Entry.xlsx"),
        ("letters", "such as letter_sha256 of event 2."),
    ],
)
def test_what_a_bag_does_not_hold_is_told(bag: Path, name: str, says: str) -> None:
    assert "NOT IN THE BAG" not in by_ours(bag)[1]
    for path in [bag / "data" / name, *(bag / "data" / name).glob("*")][::-1]:
        path.rmdir() if path.is_dir() else path.unlink()
    anew(bag)
    assert says in by_ours(bag)[1]


def test_what_was_put_beside_the_payload_and_another_verifier_are_told(bag: Path) -> None:
    (bag / "APPROVAL.txt").write_text("approved")
    spoil(bag, "data/verify.py", b"print('all is well')\n")
    code, said = by_ours(bag)
    assert (code, "no event vouches for what these say: APPROVAL.txt." in said) == (0, True), said
    assert "NOT CHECKED: the verify.py in the bag" in said


def rewritten(bag: Path, edit: Callable[[str], str]) -> None:
    """The manifest in another form, and the manifest of manifests agreeing."""
    content = edit((bag / "manifest-sha256.txt").read_text())
    (bag / "manifest-sha256.txt").write_text(content, newline="")
    lines = (bag / "tagmanifest-sha256.txt").read_text().splitlines()
    own = f"{hashlib.sha256(content.encode()).hexdigest()}  manifest-sha256.txt"
    kept = [own if line.endswith("  manifest-sha256.txt") else line for line in lines]
    (bag / "tagmanifest-sha256.txt").write_text("\n".join(kept) + "\n")


def upper(text: str) -> str:
    return "".join(f"{line[:64].upper()}{line[64:]}\n" for line in text.splitlines())


@pytest.mark.parametrize(
    "edit", [upper, lambda text: text.replace("\n", "\r\n"), lambda text: text.replace("  ", "\t")]
)
def test_a_manifest_may_be_written_as_bagit_allows(bag: Path, edit: Callable[[str], str]) -> None:
    rewritten(bag, edit)
    assert by_ours(bag)[0] == 0
    assert bagit.Bag(str(bag)).validate()


def test_an_archive_may_add_digests_of_its_own_which_count_too(bag: Path) -> None:
    made = bagit.Bag(str(bag))
    made.algorithms = ["sha256", "sha512"]
    made.save(manifests=True)
    assert by_ours(bag)[0] == 0
    manifest = bag / "manifest-sha512.txt"
    manifest.write_text(f"x{manifest.read_text()[1:]}")
    assert "has changed" in by_ours(bag)[1]
    for path in (manifest, bag / "tagmanifest-sha512.txt", bag / "tagmanifest-sha256.txt"):
        path.unlink()
    assert by_ours(bag)[1] == "WRONG: tagmanifest-sha256.txt is missing\n"


@pytest.mark.parametrize("content", [b"[" * 100_000, b"", b"\xff", b"{}", b"[1]"])
def test_damage_is_said_in_words(bag: Path, content: bytes) -> None:
    for name in ("events", "proof"):
        spoil(bag, f"data/{name}.json", content)
        code, said = by_ours(bag)
        assert (code, said.startswith("WRONG: "), "Traceback" in said) == (1, True, False)


def test_a_checkpoint_of_another_ledger_by_the_same_key_is_refused(bag: Path, keyed: Services) -> None:
    key = str(key_of(keyed))
    assert by_ours(bag, "--key", key)[0] == 0
    note = json.loads((bag / "data/proof.json").read_bytes())["checkpoint"]
    with pytest.raises(bag_check.Wrong, match=r"is of another ledger than secas\.example/cpl"):
        bag_check.check_signature(f"elsewhere{note}", key)
    with pytest.raises(bag_check.Wrong, match="no key of Ed25519"):
        bag_check.check_signature(note, key.replace("+A", "+B"))


SELECTIONS: dict[str, Callable[[Services], Selection]] = {
    "the day on which they came": lambda made: exports.of_period(made, FRIDAY.date(), FRIDAY.date()),
    "later days": lambda made: exports.of_period(made, date(2026, 12, 1), date(2026, 12, 31)),
    "one name": lambda made: exports.of_search(made, Sought(name="received"), "received", evidence=True),
    "a person": lambda made: exports.of_search(made, Sought(person="ada"), "ada", evidence=True),
    "a person's events alone": lambda made: exports.of_search(made, Sought(person="ada"), "ada", evidence=False),
    "a model": lambda made: exports.of_device_model(made, VALUES[FormField.MODEL_IDENTIFIER]),
}


@pytest.mark.parametrize("what", SELECTIONS)
def test_no_bag_is_called_wrong_for_the_events_that_were_selected(keyed: Services, tmp_path: Path, what: str) -> None:
    with keyed.store.transaction() as tx:
        for name in (CaseOpened(), ReviewOpened()):
            events.append(tx, name, at=FRIDAY + timedelta(days=30), message=2, actor="ada")
    bag = unpacked(exports.export(keyed, SELECTIONS[what](keyed), reason="audit"), tmp_path)
    code, said = checked(bag)
    assert (code, "decisions.json" in said) == (0, False), said


def test_what_is_written_out_for_outsiders_is_ours() -> None:
    assert bag_check.LOOKS == LOOKS
    assert bag_check.PROGRAM == PROGRAM
