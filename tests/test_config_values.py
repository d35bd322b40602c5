"""Values of the configuration that cannot be meant: refused with their place, before anything is opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from programs import cpl_intake

from intake.config import from_table
from intake.config import load as read
from intake.errors import ConfigurationError

IMAP = {"name": "m", "kind": "imap", "host": "imap.example.test", "user": "cpl@example.test", "password_file": "pw"}
GRAPH = {
    "name": "m",
    "kind": "graph",
    "user": "cpl@example.test",
    "oauth": {"tenant": "t", "client_id": "c", "secret_file": "s"},
}


def refused(table: dict[str, object], folder: Path) -> str:
    with pytest.raises(ConfigurationError) as caught:
        from_table(table, folder / "config.toml")
    return str(caught.value)


@pytest.mark.parametrize("key", ["memory_mb", "message_mb", "attachments_mb", "message_seconds", "document_seconds"])
def test_a_limit_in_another_unit_would_bound_nothing_and_is_refused(tmp_path: Path, key: str) -> None:
    assert f"limits.{key}: Expected `int` <= " in refused({"limits": {key: 512 << 20}}, tmp_path)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"calendar": {"region": "UK"}}, "calendar.region: Invalid enum value 'UK' (ENG, NIR, SCT, WLS)"),
        ({"log": {"level": "INFO"}}, "log.level: Invalid enum value 'INFO' (debug, error, info, warning)"),
        ({"mailbox": [{**IMAP, "tls": "ssl"}]}, "mailbox[0].tls: Invalid enum value 'ssl' (implicit, starttls)"),
        ({"mailbox": [{**IMAP, "purpose": "in"}]}, "mailbox[0].purpose: Invalid enum value 'in' (check, intake)"),
        ({"oidc": {"issuer": "i", "client_id": "c", "redirect_uri": "r", "roles": {"a": "boss"}}}, "auditor, ssc"),
    ],
)
def test_where_words_can_be_chosen_they_are_told(tmp_path: Path, table: dict[str, object], says: str) -> None:
    assert says in refused(table, tmp_path)


@pytest.mark.parametrize(
    "sender", ["a@x.test, b@x.test", "A <a@x.test>, B <b@x.test>", "a\nBcc: b@y.test <a@x.test>", "a\x00b <a@x.test>"]
)
def test_letters_come_from_one_address_on_one_line(tmp_path: Path, sender: str) -> None:
    assert "[outgoing] from = " in refused({"outgoing": {"from": sender}}, tmp_path)


@pytest.mark.parametrize(
    "sender", ["a@x.test", "SECAS <a@x.test>", '"SECAS, CPL" <a@x.test>', "Bäcker (CPL) <a@x.test>"]
)
def test_a_name_before_the_address_is_taken(tmp_path: Path, sender: str) -> None:
    assert from_table({"outgoing": {"from": sender}}, tmp_path / "c").outgoing.address == "a@x.test"


@pytest.mark.parametrize("host", ["imaps://h.test", "h.test:993", " h.test", "h.test ", "h.test/", "u@h.test", "[::1]"])
def test_a_host_is_a_name_or_an_address_alone(tmp_path: Path, host: str) -> None:
    assert "mailbox 'm' host = " in refused({"mailbox": [{**IMAP, "host": host}]}, tmp_path)
    assert "[outgoing] host = " in refused({"outgoing": {"kind": "smtp", "host": host}}, tmp_path)


@pytest.mark.parametrize(
    "host", ["localhost", "mx-1.example.test", "192.0.2.7", "::1", "fe80::1%eth0", "mx_1", "bücher.test"]
)
def test_a_host_of_any_kind_is_taken(tmp_path: Path, host: str) -> None:
    assert from_table({"mailbox": [{**IMAP, "host": host}]}, tmp_path / "c").mailbox


@pytest.mark.parametrize(
    "table",
    [
        {"evidence": {"kind": "s3", "bucket": "b", "endpoint": "minio:9000"}},
        {"mailbox": [{**GRAPH, "endpoint": "graph.example.test"}]},
        {"outgoing": {"kind": "graph", "oauth": GRAPH["oauth"], "endpoint": "graph.example.test"}},
    ],
)
def test_an_endpoint_is_a_url(tmp_path: Path, table: dict[str, object]) -> None:
    assert "must begin with https://" in refused(table, tmp_path)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"kind": "folder", "path": "mail"}, {"kind": "folder", "path": "./mail/"}),
        ({"kind": "folder", "path": "mail"}, {"kind": "folder", "path": "mail/check", "purpose": "check"}),
        (IMAP, {**IMAP, "host": "IMAP.example.test", "folder": "inbox", "purpose": "check"}),
        (GRAPH, {**GRAPH, "user": "CPL@example.test"}),
    ],
)
def test_two_mailboxes_do_not_meet(tmp_path: Path, one: dict[str, object], other: dict[str, object]) -> None:
    said = refused({"mailbox": [{**one, "name": "a"}, {**other, "name": "b"}]}, tmp_path)
    assert "the mailboxes 'a' and 'b' lie in the same place, or one within the other" in said


def test_mailboxes_side_by_side_and_folders_of_a_maildir_do_not_meet(tmp_path: Path) -> None:
    mailboxes = [
        {"name": "a", "kind": "folder", "path": "mail"},
        {"name": "b", "kind": "folder", "path": "mail2"},
        {"name": "c", "kind": "folder", "path": "mail/.Check"},
        {**IMAP, "name": "d"},
        {**IMAP, "name": "e", "folder": "Inbox/CPL"},
        {**GRAPH, "name": "f"},
    ]
    assert len(from_table({"mailbox": mailboxes}, tmp_path / "c").mailbox) == 6


@pytest.mark.parametrize("sent", ["mail", "mail/sent"])
def test_our_own_letters_are_not_written_where_mail_is_read(tmp_path: Path, sent: str) -> None:
    mailbox = {"name": "a", "kind": "folder", "path": "mail"}
    said = refused({"mailbox": [mailbox], "outgoing": {"path": sent}}, tmp_path)
    assert "[outgoing] path lies within mailbox 'a'" in said


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \r\n", "is empty"),
        (b"one\ntwo\n", "has more than one line"),
        ("secret".encode("utf-16"), "is no text in UTF-8"),
    ],
)
def test_a_secret_s_file_that_holds_none_is_said(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "pw").write_bytes(content)
    config = from_table({"mailbox": [IMAP]}, tmp_path / "config.toml")
    with pytest.raises(ConfigurationError, match=f"the secret's file pw {says}") as caught:
        config.secret("pw")
    assert "the secret and nothing else" in caught.value.hint


def test_a_secret_is_read_without_its_line_break_and_without_a_byte_order_mark(tmp_path: Path) -> None:
    config = from_table({}, tmp_path / "config.toml")
    for content in (b"geheim ", b"geheim \n", b"geheim \r\n", b"\xef\xbb\xbfgeheim \n"):
        (tmp_path / "pw").write_bytes(content)
        assert config.secret("pw") == "geheim "
    (tmp_path / "pw").write_bytes(b"one\ntwo\n")
    assert config.secret("pw", lines=True) == "one\ntwo"


def test_a_configuration_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b'\xef\xbb\xbfvar = "elsewhere"\n')
    assert read(tmp_path / "config.toml").var == "elsewhere"


@pytest.mark.parametrize("command", ["status", "doctor"])
def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path, command: str) -> None:
    (tmp_path / "config.toml").touch()
    (tmp_path / "var").touch()
    done = cpl_intake(command, "--config", tmp_path / "config.toml")
    assert done.code == 1
    assert "fault of the program" not in done.out + done.err
    assert f"{tmp_path / 'var'} cannot be " in done.out + done.err


def test_a_store_lies_where_its_path_says_whatever_letters_that_has(tmp_path: Path) -> None:
    folder = tmp_path / "a?b#c%20d e"
    folder.mkdir()
    (folder / "config.toml").touch()
    assert cpl_intake("backup", folder / "copies?", "--config", folder / "config.toml").code == 0
    assert (folder / "var/cpl-intake.db").is_file()
    (folder / "var").rename(folder / "lost")
    assert cpl_intake("restore", folder / "copies?", "--config", folder / "config.toml").code == 0
    assert (folder / "var/cpl-intake.db").is_file()
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_options_in_the_url_of_a_file_are_refused(tmp_path: Path) -> None:
    assert "SQLite is given no options" in refused({"store": {"url": "sqlite:///var/x.db?timeout=5"}}, tmp_path)
