"""The doctor: every edge tried, every fault with what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from helpers import a_submission
from peers.peers import free_port
from peers.postgresql import Databases
from peers.providers import REDIRECT, mock_provider
from programs import Done, a_place
from sqlalchemy import make_url
from warm import cpl_intake

from intake.cli import doctor, edges
from intake.cli.doctor import Tried
from intake.cli.edges import Edge
from intake.config import load
from intake.errors import UnreachableError

NEAR = {
    "reference data","import name intake", "import name rules", "clock", "var", "sandbox", "store", "evidence",
        "store and evidence",
        "ledger", "trust", "published list", "signing", "people", "outgoing"}  # fmt: skip


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return a_place(tmp_path, '[outgoing]\nkind = "folder"\npath = "sent"\n')


def asked(config: Path) -> tuple[Done, dict[str, dict[str, Any]]]:
    done = cpl_intake("doctor", "--config", config, "--format", "json")
    assert done.json["healthy"] is (done.code == 0)
    return done, {edge["edge"]: edge for edge in done.json["edges"]}


def test_a_new_place_is_healthy_and_says_what_is_still_to_do(config: Path, tmp_path: Path) -> None:
    done, actual = asked(config)
    assert done.code == 0, done.out
    assert set(actual) == NEAR | {"mailbox post"}
    assert "user add" in actual["people"]["do"]
    assert "cpl import" in actual["published list"]["do"]
    assert "no signature can be trusted" in actual["trust"]["said"]
    assert "evidence key FILE" in actual["ledger"]["do"]
    assert not list((tmp_path / "sent").iterdir())
    assert not list((tmp_path / "var").glob(".probe*"))


def test_it_speaks_plainly(config: Path, tmp_path: Path) -> None:
    (tmp_path / "mail" / "1.eml").write_bytes(a_submission())
    done = cpl_intake("doctor", "--config", config)
    assert done.code == 0
    assert "ok     mailbox post: 1 message there." in done.out
    assert "to do  people: Nobody may sign in" in done.out
    assert "fault" not in done.out
    assert not list((tmp_path / "sent").iterdir())  # nothing was taken in or answered


@pytest.mark.parametrize(
    ("spoil", "edge", "do"),
    [
        (lambda place: (place / "mail").rmdir(), "mailbox post", "folder is there"),
        (lambda place: (place / "var").write_text("a file"), "var", "writable"),
        (lambda place: (place / "sent").write_text("a file"), "outgoing", "outgoing.path"),
    ],
    ids=["the mailbox is gone", "var is a file", "outgoing is a file"],
)
def test_an_edge_at_fault_is_code_1_and_says_what_to_do(
    config: Path, tmp_path: Path, spoil: Callable[[Path], None], edge: str, do: str
) -> None:
    spoil(tmp_path)
    done, actual = asked(config)
    assert done.code == 1
    assert actual[edge]["ok"] is False
    assert do in actual[edge]["do"]
    assert done.err == ""


def test_servers_that_do_not_answer_are_named(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    port = free_port()
    (tmp_path / "password").write_text("secret words\n")
    config.write_text(
        f'[[mailbox]]\nname = "post"\nkind = "imap"\nhost = "127.0.0.1"\nport = {port}\ntls = false\nuser = "u"\n'
        f'password_file = "password"\n[outgoing]\nkind = "smtp"\nhost = "127.0.0.1"\nport = {port}\ntls = false\n'
    )
    done, actual = asked(config)
    assert done.code == 1
    for edge in ("mailbox post", "outgoing"):
        assert str(port) in actual[edge]["said"]
        assert actual[edge]["do"]
    assert "secret words" not in done.out + done.err


def test_a_damaged_store_is_told(config: Path, tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "cpl-intake.db").write_bytes(b"no database at all" * 100)
    done, actual = asked(config)
    assert done.code == 1
    assert actual["store"]["ok"] is False
    assert actual["store"]["do"]
    assert actual["evidence"]["ok"] is True


def test_a_clock_that_ran_backwards_is_told(config: Path, tmp_path: Path) -> None:
    (tmp_path / "mail" / "1.eml").write_bytes(a_submission())
    assert cpl_intake("run", "--once", "--config", config).code == 0
    with closing(sqlite3.connect(tmp_path / "var" / "cpl-intake.db")) as store, store:
        store.execute(
            "INSERT INTO event (at, name, actor, detail, digest)"
            " VALUES ('2999-01-01T00:00:00.000000Z', 'x', 'x', '{}', '')"
        )
    done, actual = asked(config)
    assert done.code == 1
    assert "2999" in actual["clock"]["said"]
    assert "NTP" in actual["clock"]["do"]


def test_what_lies_in_the_trust_folder_is_read(config: Path, tmp_path: Path) -> None:
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "root.pem").write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    done, actual = asked(config)
    assert done.code == 1
    assert "root.pem" in actual["trust"]["said"]
    assert "trust" in actual["trust"]["do"]


@pytest.mark.parametrize(("days", "ok", "said"), [(400, True, "1 anchors and 0 CRLs"), (-1, False, "expired on")])
def test_an_anchor_that_has_expired_is_told(config: Path, tmp_path: Path, days: int, ok: bool, said: str) -> None:
    now = datetime.now(UTC)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Root")])
    made = x509.CertificateBuilder(
        name, name, key.public_key(), 1, now - timedelta(days=800), now + timedelta(days=days)
    )
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "root.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    trust = next(edge for edge in edges.edges(load(config)) if edge.name == "trust")
    tried = doctor._try(trust)  # noqa: SLF001  # likewise
    assert tried.ok is ok
    assert said in tried.said


def a_certificate(file: Path, key: CertificateIssuerPrivateKeyTypes) -> None:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Auditor")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=400))
    file.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))


def test_what_exports_are_sealed_for_is_read(config: Path, tmp_path: Path) -> None:
    config.write_text(f'{config.read_text()}[seal]\nauditor = ["one.pem", "two.pem"]\nssc = ["ssc.pem"]\n')
    key = rsa.generate_private_key(65537, 2048)
    for name in ("one.pem", "two.pem"):
        a_certificate(tmp_path / name, key)

    def tried() -> Tried:
        return doctor._try(next(edge for edge in edges.edges(load(config)) if edge.name == "seal"))  # noqa: SLF001  # likewise

    missing = tried()
    assert (missing.ok, "ssc.pem cannot be read" in missing.said, "[seal]" in missing.do) == (False, True, True)
    a_certificate(tmp_path / "ssc.pem", ec.generate_private_key(ec.SECP256R1()))
    assert "is not an RSA key" in tried().said
    a_certificate(tmp_path / "ssc.pem", key)
    whole = tried()
    assert (whole.ok, "auditor 2, ssc 1" in whole.said) == (True, True)


def test_a_store_that_lacks_a_table_of_this_release_is_told(config: Path, tmp_path: Path) -> None:
    assert asked(config)[1]["store"]["ok"]
    with closing(sqlite3.connect(tmp_path / "var" / "cpl-intake.db")) as store, store:
        store.execute("DROP TABLE closed_day")
    actual = asked(config)[1]["store"]
    assert (actual["ok"], "lacks closed_day" in actual["said"], "backup" in actual["do"]) == (False, True, True)


def test_a_disk_that_is_nearly_full_is_told(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edges, "LEAST_FREE", 1 << 62)
    tried = [doctor._try(edge) for edge in edges.edges(load(config))]  # noqa: SLF001  # the command without its process
    full = {each.edge for each in tried if not each.ok}
    assert full == {"var", "store", "evidence"}


def test_a_limit_that_does_not_hold_is_told(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Unlimited:
        def __init__(self, *_: object) -> None: ...
        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None: ...
        def run(self, _what: str, _payload: bytes) -> list[str]:
            return ["began"]

    monkeypatch.setattr(edges, "Sandbox", Unlimited)
    sandbox = next(edge for edge in edges.edges(load(config)) if edge.name == "sandbox")
    tried = doctor._try(sandbox)  # noqa: SLF001  # likewise
    assert not tried.ok
    assert "was not ended" in tried.said


@pytest.mark.parametrize(
    ("error", "said", "do"),
    [
        (UnreachableError("it is gone", "Look for it."), "it is gone", "Look for it."),
        (UnreachableError("it is gone"), "it is gone", "See deploy/README.md."),
        (ValueError("our own bug"), "ValueError: our own bug", "report"),
    ],
)
def test_whatever_goes_wrong_says_what_to_do(error: Exception, said: str, do: str) -> None:
    def attempt() -> None:
        raise error

    tried = doctor._try(Edge("an edge", attempt))  # noqa: SLF001  # likewise
    assert (tried.ok, tried.said) == (False, said)
    assert do in tried.do


def test_an_extra_that_is_missing_is_named() -> None:
    tried = doctor._try(Edge("extra", lambda: edges._installed("graph", ("no_such_module",), "mailbox post")))  # noqa: SLF001  # likewise
    assert "mailbox post needs no_such_module" in tried.said
    assert "cpl-intake[graph]" in tried.do


def test_the_provider_of_identities_is_tried(tmp_path: Path) -> None:
    with mock_provider() as issuer:
        told = f'[oidc]\nissuer = "{issuer}"\nclient_id = "cpl"\nroles = {{ A = "analyst" }}\n'
        told += f'redirect_uri = "{REDIRECT}"\n'
        config = a_place(tmp_path, f'[outgoing]\nkind = "folder"\npath = "sent"\n{told}')
        done, actual = asked(config)
    assert done.code == 0, done.out
    assert actual["provider"]["said"] == "It publishes 1 keys."
    done, actual = asked(config)
    assert (done.code, actual["provider"]["ok"]) == (1, False)
    assert "does not answer" in actual["provider"]["said"]


def test_an_archive_that_is_not_this_store_s_is_told(config: Path, tmp_path: Path) -> None:
    (tmp_path / "mail" / "1.eml").write_bytes(a_submission())
    assert cpl_intake("run", "--once", "--config", config).code == 0
    assert asked(config)[0].code == 0
    (tmp_path / "var" / "evidence").rename(tmp_path / "unmounted")
    done, actual = asked(config)
    assert done.code == 1
    assert actual["evidence"]["ok"]
    assert "mounted" in actual["store and evidence"]["do"]
    assert cpl_intake("run", "--once", "--config", config).code == 0
    (tmp_path / "var" / "cpl-intake.db").rename(tmp_path / "lost.db")
    (tmp_path / "var" / "evidence").rename(tmp_path / "empty")
    (tmp_path / "unmounted").rename(tmp_path / "var" / "evidence")
    done, actual = asked(config)
    assert done.code == 1
    assert "--only store" in actual["store and evidence"]["do"]


def test_a_database_that_may_only_be_read_is_at_fault(config: Path, databases: Databases) -> None:
    with databases.database() as url:
        config.write_text(f'{config.read_text()}[store]\nurl = "{url}"\n')
        assert asked(config)[1]["store"]["ok"]
        databases.say(f"ALTER DATABASE {make_url(url).database} SET default_transaction_read_only = on")
        assert "read-only" in asked(config)[1]["store"]["said"]
