"""Signed notes, checkpoints and cosignatures, against openssl and against the wording of their specifications."""

from __future__ import annotations

import base64
import hashlib
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger import rfc

from intake.ledger import merkle
from intake.ledger.checkpoint import Checkpoint, Step, make, read_checkpoint, read_step
from intake.ledger.cosignature import NOTHING, RefusedError, Seen, cosign, cosigned_at, refuse_unless_grown
from intake.ledger.keys import (
    Algorithm,
    KeyFaultError,
    SigningKey,
    new_private_key,
    read_private_key,
    read_verifier_key,
)
from intake.ledger.note import Note, NoteFaultError, read_note, sign

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
LEAVES = [bytes([index]) for index in range(20)]


@pytest.fixture
def pem() -> bytes:
    return new_private_key()


@pytest.fixture
def key(pem: bytes) -> SigningKey:
    return read_private_key(pem, "secas.example/cpl")


def a_step(key: SigningKey, new: int, old: int = 0) -> tuple[Checkpoint, Step]:
    checkpoint = Checkpoint("secas.example/cpl", new, rfc.root(LEAVES[:new]))
    return checkpoint, Step(old, tuple(rfc.proof(old, LEAVES[:new])) if old else (), make(checkpoint, key))


def openssl_verifies(pem: bytes, signature: bytes, content: bytes, folder: Path) -> bool:
    for name, told in (("key.pem", pem), ("signature", signature), ("content", content)):
        (folder / name).write_bytes(told)
    command = [
        "openssl",
        "pkeyutl",
        "-verify",
        "-inkey",
        "key.pem",
        "-rawin",
        "-in",
        "content",
        "-sigfile",
        "signature",
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


def test_openssl_verifies_the_signature_of_a_checkpoint(pem: bytes, key: SigningKey, tmp_path: Path) -> None:
    checkpoint, step = a_step(key, 7)
    lines = str(step.note).split("\n")
    assert lines[:3] == ["secas.example/cpl", "7", base64.b64encode(checkpoint.root).decode()]
    assert (lines[3], lines[5:]) == ("", [""])
    dash, name, encoded = lines[4].split(" ")
    assert (dash, name) == ("\u2014", "secas.example/cpl")
    signed = base64.b64decode(encoded)
    public = key.verifier().public
    assert signed[:4] == hashlib.sha256(b"secas.example/cpl\n\x01" + public).digest()[:4]
    text = "\n".join(lines[:3]) + "\n"
    assert openssl_verifies(pem, signed[4:], text.encode(), tmp_path)
    assert not openssl_verifies(pem, signed[4:], text.replace("7", "8").encode(), tmp_path)


def test_openssl_verifies_a_cosignature(pem: bytes, key: SigningKey, tmp_path: Path) -> None:
    _, step = a_step(key, 7)
    witness_pem = new_private_key()
    witness = read_private_key(witness_pem, "auditor.example/w")
    note = cosign(step.note, witness, NOON)
    told = note.signatures[-1]
    assert told.key_id == hashlib.sha256(b"auditor.example/w\n\x04" + witness.verifier().public).digest()[:4]
    assert int.from_bytes(told.content[:8], "big") == NOON.timestamp()
    message = f"cosignature/v1\ntime {int(NOON.timestamp())}\n{note.text}".encode()
    assert openssl_verifies(witness_pem, told.content[8:], message, tmp_path)
    assert not openssl_verifies(pem, told.content[8:], message, tmp_path)


def test_what_is_written_is_read_back(key: SigningKey) -> None:
    checkpoint, step = a_step(key, 11, old=6)
    assert read_checkpoint(str(step.note).encode()) == (checkpoint, step.note)
    assert read_step(str(step).encode()) == (checkpoint, step)
    assert read_step(str(step.note).encode()) == (checkpoint, Step(0, (), step.note))


def test_a_verifier_key_is_written_and_read(key: SigningKey) -> None:
    for algorithm in Algorithm:
        verifier = key.verifier(algorithm)
        assert read_verifier_key(f"{verifier}\n") == verifier


@pytest.mark.parametrize("spoilt", ["", "name", "a+00000000+AQ==", "a b+1+AQ==", "{}x", "{:.20}"])
def test_a_damaged_verifier_key_is_refused(key: SigningKey, spoilt: str) -> None:
    with pytest.raises(KeyFaultError):
        read_verifier_key(spoilt.format(str(key.verifier())))


@pytest.mark.parametrize(("content", "name"), [(b"no key", "a"), (b"", "a"), (None, "a b"), (None, "a+b"), (None, "")])
def test_what_is_no_key_is_refused(pem: bytes, content: bytes | None, name: str) -> None:
    with pytest.raises(KeyFaultError):
        read_private_key(pem if content is None else content, name)


def test_a_key_of_another_kind_is_refused() -> None:
    made = subprocess.run(["openssl", "genpkey", "-algorithm", "X25519"], capture_output=True, check=True).stdout
    with pytest.raises(KeyFaultError, match="Ed25519"):
        read_private_key(made, "secas.example/cpl")


def test_a_signature_holds_for_its_text_and_its_key_alone(key: SigningKey) -> None:
    note = sign("text\n", [key])
    other = SigningKey(key.name, read_private_key(new_private_key(), key.name).private)
    assert note.signed_by(key.verifier())
    assert not note.signed_by(other.verifier())
    assert not replace(note, text="other\n").signed_by(key.verifier())
    assert not Note("text\n", ()).signed_by(key.verifier())
    assert not note.signed_by(replace(key.verifier(), name="another.example"))


@pytest.mark.parametrize(
    "spoilt",
    [
        b"",
        b"text\n",
        b"text\n\n",
        b"text\n\n- name AAAAAAAA\n",
        "text\n\n\u2014 name AAAA\n".encode(),
        "text\n\n\u2014 name !!!!!!!!\n".encode(),
        "text\n\n\u2014 name AAAAAAAA".encode(),
        b"\xff\n\n",
        b"x" * 1_000_001,
    ],
)
def test_what_is_no_note_is_refused(spoilt: bytes) -> None:
    with pytest.raises(NoteFaultError):
        read_note(spoilt)


def test_a_text_without_an_end_is_not_signed(key: SigningKey) -> None:
    with pytest.raises(NoteFaultError):
        sign("text", [key])


@pytest.mark.parametrize(
    "text", ["a\n", "a\nx\nAAAA\n", "a\n01\nAAAA\n", "a\n1\nAAAA\n", "a\n1\n!\n", "\n1\n" + "A" * 43 + "=\n"]
)
def test_a_note_that_is_no_checkpoint_is_refused(key: SigningKey, text: str) -> None:
    with pytest.raises(NoteFaultError):
        read_checkpoint(str(sign(text, [key])).encode())


@pytest.mark.parametrize("head", ["old x", "old 01", "old 1\nnothash", "old 1\n" + "\n".join(["A" * 43 + "="] * 64)])
def test_what_is_no_step_is_refused(key: SigningKey, head: str) -> None:
    _, step = a_step(key, 3)
    with pytest.raises(NoteFaultError):
        read_step(f"{head}\n\n{step.note}".encode())


@given(st.binary(max_size=300))
def test_no_bytes_bring_a_reader_down(content: bytes) -> None:
    for told in (content, b"old 3\n" + content):
        try:
            read_step(told)
        except NoteFaultError:
            continue


@pytest.mark.parametrize(("old", "new"), [(0, 5), (5, 5), (5, 6), (3, 20), (8, 16)])
def test_a_witness_cosigns_growth(key: SigningKey, old: int, new: int) -> None:
    checkpoint, step = a_step(key, new, old if old != new else 0)
    seen = Seen(old, rfc.root(LEAVES[:old])) if old else NOTHING
    refuse_unless_grown(checkpoint, step, seen, key.verifier())
    witness = read_private_key(new_private_key(), "auditor.example/w")
    note = cosign(cosign(step.note, witness, NOON), witness, NOON)
    assert cosigned_at(note, witness.verifier(Algorithm.COSIGNATURE)) == NOON
    assert len(note.signatures) == 2
    assert note.signed_by(key.verifier())
    assert cosigned_at(step.note, witness.verifier(Algorithm.COSIGNATURE)) is None
    other = read_private_key(new_private_key(), "auditor.example/w")
    assert cosigned_at(note, other.verifier(Algorithm.COSIGNATURE)) is None
    forged = replace(note.signatures[-1], content=bytes(72))
    spoilt = replace(note, signatures=(note.signatures[0], forged))
    assert cosigned_at(spoilt, witness.verifier(Algorithm.COSIGNATURE)) is None


def test_a_witness_refuses_what_is_no_growth(key: SigningKey) -> None:
    log = key.verifier()
    other = read_private_key(new_private_key(), key.name)
    rewritten = rfc.root([b"rewritten", *LEAVES[1:5]])
    refused = [
        ("signed", *a_step(other, 6), NOTHING),
        ("cut", *a_step(key, 4), Seen(5, rfc.root(LEAVES[:5]))),
        ("rewritten", *a_step(key, 5), Seen(5, rewritten)),
        ("rewritten", *a_step(key, 8, 5), Seen(5, rewritten)),
        ("the last that was cosigned", *a_step(key, 8, 4), Seen(5, rfc.root(LEAVES[:5]))),
        ("the last that was cosigned", *a_step(key, 8), Seen(5, rfc.root(LEAVES[:5]))),
    ]
    for says, checkpoint, step, seen in refused:
        with pytest.raises(RefusedError, match=says):
            refuse_unless_grown(checkpoint, step, seen, log)
    assert NOTHING.root == merkle.EMPTY
