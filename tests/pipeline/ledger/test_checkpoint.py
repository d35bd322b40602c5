"""The day's checkpoint, the letters that bring it to auditors, and an auditor's own copy that cosigns it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email import policy
from email.parser import BytesParser
from pathlib import Path
from threading import Event

import pytest
from helpers import FRIDAY, HandClock
from peers.timestamps import Authority, time_stamp_authority
from pipeline.ledgers import LOG, with_key, without_key

from intake.clock import LONDON
from intake.config import from_table
from intake.domain.events import ReviewOpened
from intake.errors import ConfigurationError
from intake.ledger import merkle
from intake.ledger.cosignature import RefusedError, cosigned_at
from intake.ledger.keys import Algorithm, new_private_key, read_private_key
from intake.mailbox.folder_postman import FolderPostman
from intake.pipeline.evidence.verify import verify
from intake.pipeline.ledger import tree
from intake.pipeline.ledger.checkpoint import day_s_checkpoint
from intake.pipeline.ledger.ledger_key import signing_key
from intake.pipeline.ledger.witness import step_in, witness
from intake.pipeline.outgoing.deliver import deliver
from intake.pipeline.services import Services
from intake.store import events, walk
from intake.store.engine import Store

AUDITORS = ("audit@elsewhere.example", "second@elsewhere.example")


def things_happen(store: Store, count: int) -> None:
    with store.transaction() as tx:
        events.append_all(tx, [events.NewEvent(ReviewOpened(), FRIDAY)] * count)


@pytest.fixture
def audited(services: Services, tmp_path: Path) -> Services:
    return with_key(services, tmp_path, auditors=list(AUDITORS))


def delivered(services: Services, folder: Path) -> list[bytes]:
    """The letters that lie in the folder of those that were sent, after all that wait have been."""
    postman = FolderPostman(folder)
    while deliver(services, postman, Event()):
        pass
    return [file.read_bytes() for file in sorted(folder.glob("*.eml"))]


def to_the_first(letters: list[bytes]) -> list[bytes]:
    return [each for each in letters if AUDITORS[0].encode() in each]


def test_one_checkpoint_a_day_by_london_s_calendar(audited: Services, clock: HandClock) -> None:
    things_happen(audited.store, 5)
    first = day_s_checkpoint(audited)
    assert first is not None
    assert (first.day, first.size) == (clock.now().astimezone(LONDON).date().isoformat(), 5)
    assert audited.archive.get(first.sha256) == first.note.encode()
    clock.forward(hours=1)
    assert day_s_checkpoint(audited) is None
    clock.forward(days=1)
    assert day_s_checkpoint(audited) is not None
    assert day_s_checkpoint(without_key(audited)) is None


def test_replicas_make_one_between_them(audited: Services) -> None:
    things_happen(audited.store, 300)
    with ThreadPoolExecutor(4) as replicas:
        made = list(replicas.map(lambda _: day_s_checkpoint(audited), range(4)))
    assert len([each for each in made if each is not None]) == 1
    with audited.store.reading() as tx:
        assert len({letter.message_id for letter in walk.letters_about_no_message(tx)}) == 2
        assert [event.name for event in events.chain(tx)].count("checkpoint_made") == 1


def test_the_tree_grows_in_pieces_to_the_same_root(audited: Services) -> None:
    things_happen(audited.store, 100)
    assert tree.catch_up(audited.store, at_a_time=7) == 100
    things_happen(audited.store, 33)
    assert tree.catch_up(audited.store, at_a_time=50) == 133
    edge = merkle.Edge(0, [])
    with audited.store.reading() as tx:
        for event in events.chain(tx):
            edge.extend([merkle.leaf_hash(bytes.fromhex(event.content_sha256))])
        assert tree.root(tx, 133) == edge.root


def test_each_auditor_is_sent_what_grew_since_the_last_letter_and_once(
    audited: Services, clock: HandClock, tmp_path: Path
) -> None:
    things_happen(audited.store, 5)
    first = day_s_checkpoint(audited)
    assert len(delivered(audited, tmp_path / "sent")) == 2
    clock.forward(days=1)
    things_happen(audited.store, 3)
    second = day_s_checkpoint(audited)
    letters = to_the_first(delivered(audited, tmp_path / "sent"))
    assert first is not None
    assert second is not None
    steps = sorted((step_in(each) for each in letters), key=lambda step: step[0].size)
    assert [(stated.size, step.old) for stated, step in steps] == [(first.size, 0), (second.size, first.size)]
    (before, _), (after, step) = steps
    assert merkle.is_consistent(before.size, before.root, after.size, after.root, step.proof)
    assert day_s_checkpoint(audited) is None
    assert len(to_the_first(delivered(audited, tmp_path / "sent"))) == 2
    assert verify(audited).intact


def test_what_was_not_sent_is_made_up_for_by_the_next(audited: Services, clock: HandClock, tmp_path: Path) -> None:
    for _ in range(2):
        things_happen(audited.store, 4)
        day_s_checkpoint(audited)
        clock.forward(days=1)
    letters = to_the_first(delivered(audited, tmp_path / "sent"))
    assert {step_in(each)[1].old for each in letters} == {0}


def test_a_letter_says_what_to_do_and_its_words_are_as_the_ledger_s(audited: Services, tmp_path: Path) -> None:
    things_happen(audited.store, 5)
    made = day_s_checkpoint(audited)
    (letter,) = to_the_first(delivered(audited, tmp_path / "sent"))
    told = BytesParser(policy=policy.default).parsebytes(letter)
    assert made is not None
    assert told["Subject"] == f"Ledger checkpoint {made.day}: 5 events"
    assert told["Auto-Submitted"] == "auto-generated"
    assert made.note in told.get_content().replace("\r\n", "\n")


@pytest.fixture
def auditor(audited: Services, tmp_path: Path) -> Services:
    """An auditor's own copy, with a key of its own."""
    key = signing_key(audited.config)
    assert key is not None
    (tmp_path / "auditor").mkdir()
    (tmp_path / "auditor" / "own.pem").write_bytes(new_private_key())
    table = {"key_file": "own.pem", "witness": "auditor.example/cpl", "log_key": str(key.verifier())}
    return replace(audited, config=from_table({"ledger": table}, tmp_path / "auditor" / "config.toml"))


def test_an_auditor_cosigns_what_grew_and_nothing_else(
    audited: Services, auditor: Services, clock: HandClock, tmp_path: Path
) -> None:
    things_happen(audited.store, 5)
    day_s_checkpoint(audited)
    first = to_the_first(delivered(audited, tmp_path / "sent"))[0]
    done = witness(auditor.config, *step_in(first), clock.now())
    own = read_private_key((tmp_path / "auditor" / "own.pem").read_bytes(), "auditor.example/cpl")
    assert cosigned_at(done.note, own.verifier(Algorithm.COSIGNATURE)) == clock.now().replace(microsecond=0)
    assert (done.size, done.seen) == (5, 0)
    clock.forward(days=1)
    things_happen(audited.store, 5)
    day_s_checkpoint(audited)
    letters = to_the_first(delivered(audited, tmp_path / "sent"))
    second = max(letters, key=lambda each: step_in(each)[0].size)
    again = witness(auditor.config, *step_in(second), clock.now())
    assert (again.seen, again.size) == (5, step_in(second)[0].size)
    with pytest.raises(RefusedError, match="cut"):
        witness(auditor.config, *step_in(first), clock.now())


def test_a_rewritten_ledger_is_not_cosigned(
    audited: Services, auditor: Services, clock: HandClock, tmp_path: Path
) -> None:
    things_happen(audited.store, 5)
    day_s_checkpoint(audited)
    witness(auditor.config, *step_in(to_the_first(delivered(audited, tmp_path / "sent"))[0]), clock.now())
    (tmp_path / "forged").mkdir()
    forged = Store(f"sqlite:///{tmp_path}/forged/store.db").open()
    rewritten = replace(audited, store=forged)
    things_happen(forged, 5)
    day_s_checkpoint(rewritten)
    step = step_in(to_the_first(delivered(rewritten, tmp_path / "forged" / "sent"))[0])
    forged.close()
    with pytest.raises(RefusedError, match="rewritten"):
        witness(auditor.config, *step, clock.now())


def test_an_auditor_without_a_name_or_key_is_told_what_is_missing(audited: Services, tmp_path: Path) -> None:
    things_happen(audited.store, 1)
    day_s_checkpoint(audited)
    step = step_in(to_the_first(delivered(audited, tmp_path / "sent"))[0])
    with pytest.raises(ConfigurationError, match="witness"):
        witness(audited.config, *step, FRIDAY)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with time_stamp_authority(tmp_path_factory.mktemp("tsa")) as running:
        yield running


def test_an_authority_s_token_is_archived_and_openssl_verifies_it(
    services: Services, authority: Authority, tmp_path: Path
) -> None:
    stamped = with_key(services, tmp_path, tsa=authority.address)
    things_happen(stamped.store, 5)
    made = day_s_checkpoint(stamped)
    assert made is not None
    assert made.token_sha256 is not None
    (tmp_path / "note").write_bytes(made.note.encode())
    (tmp_path / "token").write_bytes(stamped.archive.get(made.token_sha256))
    command = ["openssl", "ts", "-verify", "-data", "note", "-in", "token", "-token_in", "-CAfile"]
    done = subprocess.run([*command, str(authority.anchor)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr
    assert verify(stamped).intact


def test_a_token_over_something_else_is_found(services: Services, authority: Authority, tmp_path: Path) -> None:
    stamped = with_key(services, tmp_path, tsa=authority.address)
    made = day_s_checkpoint(stamped)
    assert made is not None
    other = stamped.archive.put(b"no token")
    with stamped.store.transaction() as tx:
        tx.exec_driver_sql(f"UPDATE checkpoint SET token_sha256 = '{other}'")  # noqa: S608  # a digest of our own
    assert any("time stamp" in finding.what for finding in verify(stamped).findings)


@pytest.mark.parametrize("answer", ["refuses", "of another", "nonsense", "nobody"])
def test_a_checkpoint_counts_without_a_token(
    services: Services, authority: Authority, tmp_path: Path, answer: str
) -> None:
    address = "http://127.0.0.1:9/" if answer == "nobody" else f"{authority.address}{answer.replace(' ', '-')}"
    stamped = with_key(services, tmp_path, tsa=address)
    made = day_s_checkpoint(stamped)
    assert made is not None
    assert made.token_sha256 is None
    with stamped.store.reading() as tx:
        *_, told = events.chain(tx)
    assert re.search("authority|answer", str(told.detail["trouble"]))
    assert LOG in made.note
