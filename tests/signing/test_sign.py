"""What we send is signed so that others can verify it: openssl does, with every kind of key."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import PyKCS11
import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from endesive.hsm import HSM
from peers.peers import require
from pki import NOW, YEAR, Holder, name
from programs import Done, a_place, cpl_intake
from signatures.smime import authority, openssl, signer

from intake.config import load
from intake.errors import ConfigurationError
from intake.signatures.cms.message import verify_detached
from intake.signing import sign as signing

ROOT = Path(__file__).parents[2]
MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
LIST = b"Entry number;Status\r\n000001;Current\r\n" * 50
PASSWORD = "correct horse"
PIN = "5678"


def place(folder: Path, **keys: str) -> Path:
    """A configuration with this in [signing], and the authority beside it."""
    (folder / "root.pem").write_bytes(authority().pem)
    (folder / "chain.pem").write_bytes(signer().pem + authority().pem)
    lines = "".join(f'{key} = "{value}"\n' for key, value in keys.items())
    return a_place(folder, f"\n[signing]\n{lines}")


def sign(config: Path) -> Done:
    """By the command."""
    (config.parent / "list.csv").write_bytes(LIST)
    return cpl_intake("cpl", "sign", config.parent / "list.csv", "--config", config)


def signed(config: Path) -> None:
    """The same without a process of its own."""
    (config.parent / "list.csv").write_bytes(LIST)
    (config.parent / "list.csv.p7s").write_bytes(signing.sign(LIST, load(config)).content)


def verifies(folder: Path, content: str = "list.csv") -> bytes:
    """What openssl says of the signature; it fails the test where it is not good."""
    words = ("-binary", "-inform", "DER", "-in", "list.csv.p7s", "-content", content, "-CAfile", "root.pem")
    return openssl("cms", "-verify", *words, "-no-CApath", "-no-CAstore", "-purpose", "any", folder=folder)


def plain_pem(holder: Holder, folder: Path) -> dict[str, str]:
    (folder / "key.pem").write_bytes(holder.key_pem)
    (folder / "own.pem").write_bytes(holder.pem)
    return {"certificate": "own.pem", "key_file": "key.pem"}


def locked_pem(holder: Holder, folder: Path) -> dict[str, str]:
    lock = BestAvailableEncryption(PASSWORD.encode())
    (folder / "key.pem").write_bytes(holder.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock))
    (folder / "own.der").write_bytes(holder.der)
    (folder / "password").write_text(f"{PASSWORD}\n")
    return {"certificate": "own.der", "key_file": "key.pem", "password_file": "password"}


def old_pem(holder: Holder, folder: Path) -> dict[str, str]:
    key = holder.key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    (folder / "key.pem").write_bytes(key)
    (folder / "own.pem").write_bytes(holder.pem + authority().pem)
    return {"certificate": "own.pem", "key_file": "key.pem"}


def bundle(holder: Holder, folder: Path) -> dict[str, str]:
    lock = BestAvailableEncryption(PASSWORD.encode())
    content = pkcs12.serialize_key_and_certificates(
        b"us", holder.key, holder.certificate, [authority().certificate], lock
    )
    (folder / "us.p12").write_bytes(content)
    (folder / "password").write_text(PASSWORD)
    return {"key_file": "us.p12", "password_file": "password"}


IN_FILES: list[Callable[[Holder, Path], dict[str, str]]] = [plain_pem, locked_pem, old_pem, bundle]


@pytest.mark.parametrize("kind", ["rsa2048", "p256", "p384", "p521"])
def test_openssl_accepts_what_a_key_in_a_file_has_signed(kind: str, tmp_path: Path) -> None:
    signed(place(tmp_path, **plain_pem(signer(kind), tmp_path)))
    assert verifies(tmp_path) == LIST


def test_the_command_writes_the_signature_beside_the_file(tmp_path: Path) -> None:
    done = sign(place(tmp_path, **bundle(signer(), tmp_path)))
    assert (done.code, done.err) == (0, "")
    assert "list.csv.p7s: signed by CN=Robin Hale,O=Ashdown Metering Ltd" in done.out
    assert verifies(tmp_path) == LIST


@pytest.mark.parametrize("keep", IN_FILES[1:], ids=lambda keep: keep.__name__)
def test_keys_are_read_from_every_usual_file(keep: Callable[[Holder, Path], dict[str, str]], tmp_path: Path) -> None:
    signed(place(tmp_path, **keep(signer(), tmp_path)))
    assert verifies(tmp_path) == LIST


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Holder], dict[str, str]]:
    """A token of SoftHSM that holds the key asked for."""
    require(shutil.which("softhsm2-util") and MODULE.exists(), "SoftHSM2 is not installed")
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm2.conf").write_text(f"directories.tokendir = {tmp_path}/tokens\nobjectstore.backend = file\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm2.conf"))
    _softhsm("--init-token", "--free", "--label", "cpl", "--so-pin", "1234", "--pin", PIN)
    (tmp_path / "pin").write_text(f"{PIN}\n")

    def keep(holder: Holder) -> dict[str, str]:
        (tmp_path / "imported.pem").write_bytes(holder.key_pem)
        _softhsm("--import", tmp_path / "imported.pem", "--token", "cpl", "--label", "us", "--id", "A1", "--pin", PIN)
        (tmp_path / "imported.pem").unlink()
        (tmp_path / "own.pem").write_bytes(holder.pem)
        facts = {"module": str(MODULE), "token": "cpl", "label": "us", "pin_file": "pin"}
        return {"certificate": "own.pem", **{f"pkcs11_{fact}": value for fact, value in facts.items()}}

    return keep


def _softhsm(*words: str | Path) -> None:
    done = subprocess.run(["softhsm2-util", *map(str, words)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("kind", ["rsa2048", "p256"])
def test_openssl_accepts_what_a_key_on_a_token_has_signed(
    kind: str, tmp_path: Path, token: Callable[[Holder], dict[str, str]]
) -> None:
    done = sign(place(tmp_path, **token(signer(kind))))
    assert (done.code, done.err) == (0, "")
    assert verifies(tmp_path) == LIST


def test_the_token_may_hold_the_certificate_too(tmp_path: Path, token: Callable[[Holder], dict[str, str]]) -> None:
    keys = token(signer()) | {"certificate": ""}
    config = place(tmp_path, **keys)
    assert "no certificate" in sign(config).err
    _put_certificate(signer())
    assert sign(config).code == 0
    assert verifies(tmp_path) == LIST


def _put_certificate(holder: Holder) -> None:
    kinds = PyKCS11
    facts = [
        (kinds.CKA_CLASS, kinds.CKO_CERTIFICATE),
        (kinds.CKA_CERTIFICATE_TYPE, kinds.CKC_X_509),
        (kinds.CKA_TOKEN, kinds.CK_TRUE),
        (kinds.CKA_LABEL, "us"),
        (kinds.CKA_SUBJECT, holder.certificate.subject.public_bytes()),
        (kinds.CKA_VALUE, holder.der),
    ]
    hsm = HSM(str(MODULE))
    hsm.login("cpl", PIN)
    hsm.session.createObject(facts)
    hsm.logout()


def test_what_was_changed_after_it_was_signed_is_refused(tmp_path: Path) -> None:
    signed(place(tmp_path, **plain_pem(signer(), tmp_path)))
    (tmp_path / "list.csv").write_bytes(LIST + b"000002;Current\r\n")
    with pytest.raises(AssertionError, match="erification failure"):
        verifies(tmp_path)


def test_the_signature_says_when_and_by_which_certificate(tmp_path: Path) -> None:
    config = load(place(tmp_path, **old_pem(signer(), tmp_path)))
    moment = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    made = signing.sign(LIST, config, now=moment)
    (verified,) = verify_detached(made.content, (LIST,)).verified
    assert (verified.intact, verified.valid, verified.bound) == (True, True, True)
    assert verified.claimed_time == moment
    assert verified.certificates == (authority().der,)
    assert made.expires == signer().certificate.not_valid_after_utc


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"key_file": "", "certificate": ""}, "either a key_file or a pkcs11_module"),
        ({"pkcs11_module": "x.so"}, "not both"),
        ({"key_file": "nowhere.pem"}, "nowhere.pem cannot be read"),
        ({"certificate": "nowhere.pem"}, "nowhere.pem cannot be read"),
        ({"certificate": "key.pem"}, "key.pem cannot be read"),
        ({"key_file": "root.pem"}, "root.pem cannot be opened"),
        ({"certificate": "root.pem"}, "does not belong to the certificate"),
        ({"certificate": ""}, "the certificate of it"),
        ({"key_file": "", "pkcs11_module": "nowhere.so"}, "there is no file"),
    ],
)
def test_what_is_missing_or_wrong_is_a_sentence(change: dict[str, str], says: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=says):
        signed(place(tmp_path, **{**plain_pem(signer(), tmp_path), **change}))


def test_the_command_says_what_is_wrong_and_writes_nothing(tmp_path: Path) -> None:
    done = sign(place(tmp_path))
    assert (done.code, done.out) == (2, "")
    assert "either a key_file or a pkcs11_module" in done.err
    assert not (tmp_path / "list.csv.p7s").exists()


@pytest.mark.parametrize("keep", [locked_pem, bundle])
def test_a_wrong_password_is_a_sentence(keep: Callable[[Holder, Path], dict[str, str]], tmp_path: Path) -> None:
    config = place(tmp_path, **keep(signer(), tmp_path))
    (tmp_path / "password").write_text("battery staple")
    with pytest.raises(ConfigurationError, match="cannot be opened"):
        signed(config)


@pytest.mark.parametrize(
    ("change", "says", "code"),
    [
        ({"pkcs11_token": "other"}, "no PKCS#11 token called 'other'", 1),
        ({"pkcs11_label": "other"}, "0 private keys called 'other'", 2),
        ({"pkcs11_pin_file": "another"}, "refuses the PIN", 2),
        ({"pkcs11_pin_file": "root.pem"}, "root.pem has more than one line", 2),
    ],
)
def test_a_token_that_does_not_answer_is_a_sentence(
    change: dict[str, str], says: str, code: int, tmp_path: Path, token: Callable[[Holder], dict[str, str]]
) -> None:
    (tmp_path / "another").write_text("9999\n")
    done = sign(place(tmp_path, **{**token(signer()), **change}))
    assert (done.code, done.out) == (code, "")
    assert says in " ".join(done.err.split())


@pytest.mark.parametrize(
    ("holder", "says"),
    [
        (lambda: signer("rsa1024"), "2048 bits or more"),
        (lambda: authority().issue(name("Old", "Old Ltd"), begins=NOW - 2 * YEAR, ends=NOW - YEAR), "is valid from"),
        (lambda: authority().issue(name("New", "New Ltd"), begins=NOW + YEAR, ends=NOW + 2 * YEAR), "is valid from"),
    ],
    ids=["short key", "expired", "not yet valid"],
)
def test_nothing_is_signed_that_others_would_refuse(holder: Callable[[], Holder], says: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=says):
        signed(place(tmp_path, **plain_pem(holder(), tmp_path)))


def test_signing_loads_nothing_of_endesive_that_verifies() -> None:
    """Its verifiers need a library that does not load on Debian 12, and they are not to decide anything."""
    code = "import sys, intake.signing.detached; print({'oscrypto', 'endesive.verifier'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("told", ["README.md", "templates/mail/dcc.txt", "intake/cli/cpl/sign.py"])
def test_no_command_that_people_are_told_asks_whom_their_machine_trusts(told: str) -> None:
    commands = (ROOT / told).read_text("utf-8").split("openssl cms -verify")[1:]
    assert commands
    for command in commands:
        assert {"-CAfile", "-no-CApath", "-no-CAstore"} <= set(" ".join(command.split()[:24]).split())
