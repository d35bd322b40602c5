"""Configurations that cannot be meant: each is refused with what is wrong, where, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pytest
from programs import cpl_intake

from intake.config import EvidenceConfig, MailboxConfig, OutgoingConfig, from_table
from intake.errors import ConfigurationError

OAUTH = {"tenant": "t", "client_id": "c", "secret_file": "s"}
NEEDED: dict[str, dict[str, dict[str, object]]] = {
    "mailbox": {
        "folder": {"name": "m", "path": "mail"},
        "imap": {"name": "m", "host": "h", "user": "u"},
        "graph": {"name": "m", "user": "u@list.example", "oauth": OAUTH},
        "ews": {"name": "m", "endpoint": "https://h", "user": "u@list.example", "password_file": "p"},
    },
    "outgoing": {"folder": {}, "smtp": {"host": "h"}, "graph": {"oauth": OAUTH}},
    "evidence": {"folder": {}, "s3": {"bucket": "b"}},
}
"""By section and kind: what it cannot be without."""
KINDS = [(section, kind) for section, kinds in NEEDED.items() for kind in kinds]


def keys_of(section: str) -> dict[str, set[str]]:
    """By kind: the keys that it knows, as the classes name them."""
    classes = {"mailbox": MailboxConfig, "outgoing": OutgoingConfig, "evidence": EvidenceConfig}[section].__args__
    return {
        str(class_.__struct_config__.tag): {field.encode_name for field in msgspec.structs.fields(class_)} | {"kind"}
        for class_ in classes
    }


def aliens() -> Iterator[tuple[str, str, str]]:
    """Section, kind and key: every key of a kind in every other that does not know it."""
    for section, kind in KINDS:
        known = keys_of(section)
        for key in sorted(set().union(*known.values()) - known[kind]):
            yield section, kind, key


def typing_mistakes() -> Iterator[tuple[str, str, str, str]]:
    """Section, kind, the mistake, and the key that was meant."""
    for section, kind in KINDS:
        for key in sorted(keys_of(section)[kind] - {"kind"}):
            for mistake in (f"{key}s", key.upper(), f"{key[:-2]}{key[-1]}{key[-2]}"):
                if mistake not in set().union(*keys_of(section).values()):
                    yield section, kind, mistake, key


def refused(section: str, table: Mapping[str, object]) -> str:
    """What is said of a file that holds this section."""
    with pytest.raises(ConfigurationError) as caught:
        from_table({section: [table] if section == "mailbox" else table}, Path("/etc/cpl/config.toml"))
    return str(caught.value)


@pytest.mark.parametrize(("section", "kind"), KINDS)
def test_every_kind_is_taken_with_what_it_needs(section: str, kind: str) -> None:
    table = {"kind": kind, **NEEDED[section][kind]}
    config = from_table({section: [table] if section == "mailbox" else table}, Path("config.toml"))
    taken = config.mailbox[0] if section == "mailbox" else getattr(config, section)
    assert taken.__struct_config__.tag == kind
    assert keys_of(section)[kind] >= set(table)


@pytest.mark.parametrize(
    ("section", "kind", "key"),
    [(section, kind, key) for section, kind in KINDS for key in NEEDED[section][kind] if key != "name"],
)
@pytest.mark.parametrize("how", ["absent", "empty"])
def test_what_a_kind_cannot_be_without_is_named(section: str, kind: str, key: str, how: str) -> None:
    table = {"kind": kind, **NEEDED[section][kind]}
    if how == "empty":
        table[key] = ""
    else:
        del table[key]
    said = refused(section, table)
    assert f"of kind {kind} needs " in said
    assert key in said


@pytest.mark.parametrize(("section", "kind", "key"), list(aliens()))
def test_a_key_of_another_kind_is_refused_with_its_place_and_its_kind(section: str, kind: str, key: str) -> None:
    owners = [other for other, keys in keys_of(section).items() if key in keys]
    said = refused(section, {"kind": kind, **NEEDED[section][kind], key: "x"})
    place = "mailbox 'm'" if section == "mailbox" else f"[{section}]"
    assert f"{place} of kind {kind} has no key {key!r}, which belongs to kind " in said
    assert set(said.partition("belongs to kind ")[2].split(" or ")) == set(owners)


@pytest.mark.parametrize(("section", "kind", "mistake", "key"), list(typing_mistakes()))
def test_a_typing_mistake_is_refused_with_what_was_probably_meant(
    section: str, kind: str, mistake: str, key: str
) -> None:
    said = refused(section, {"kind": kind, **NEEDED[section][kind], mistake: "x"})
    assert f"of kind {kind} has no key {mistake!r}, probably meant: {key!r}" in said


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"mailboxes": []}, "there is no section [mailboxes], probably meant: 'mailbox'"),
        ({"vra": "var"}, "there is no key 'vra', probably meant: 'var'"),
        ({"four_eyes": False}, "there is no key 'four_eyes', which belongs to [review]"),
        ({"folder": "mail"}, "there is no key 'folder', which belongs to [mailbox]"),
        ({"web": {"four_eyes": False}}, "[web] has no key 'four_eyes', which belongs to [review]"),
        ({"web": {"var": "x"}}, "[web] has no key 'var', 'var' stands at the top of the file"),
        ({"web": {"kind": "folder"}}, "[web] has no key 'kind'"),
        ({"limits": {"memory": 1, "seconds": 2}}, "[limits] has no key 'memory', probably meant: 'memory_mb'; "),
        ({"web": {"port": "x"}}, "web.port: Expected `int`, got `str`"),
        ({"mailbox": {"name": "m"}}, "[mailbox] is written [[mailbox]]"),
        ({"mailbox": [{"name": "m"}]}, "mailbox 'm' needs a kind: ews, folder, graph, imap"),
        ({"mailbox": [{"kind": "impa"}]}, "mailbox number 1 is of no kind 'impa', probably meant: 'imap'"),
        ({"evidence": {"kind": ["s3"]}}, "[evidence] is of no kind ['s3'] (folder, s3)"),
        ({"outgoing": {"host": "h"}}, "[outgoing] of kind folder has no key 'host', which belongs to kind smtp"),
        (
            {"outgoing": {"kind": "graph", "oauth": {**OAUTH, "client": "c"}}},
            "[outgoing] oauth has no key 'client', probably meant: 'client_id'",
        ),
    ],
)
def test_what_no_section_knows_is_refused_with_its_place(table: dict[str, object], says: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        from_table(table, Path("/etc/cpl/config.toml"))
    assert f"/etc/cpl/config.toml: {says}" in str(caught.value)
    assert "config --example" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[mailbox]]\nname = "a"\nkind = "folder"\npath = "m"\nhost = "h"\n', "which belongs to kind imap"),
        ('[evidence]\nendpoint = "http://h"\n', "which belongs to kind s3"),
        ('[outgoing]\nkind = "smtp"\nhots = "h"\n', "probably meant: 'host'"),
    ],
)
def test_an_alien_key_is_code_2_and_a_sentence(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    done = cpl_intake("status", "--config", file)
    assert done.code == 2
    assert says in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("address", ["", "<>", "bounces@example.test", "b+{id}@example.test", "{id}@b.example.test"])
def test_a_bounce_address_may_tell_the_letter(address: str, tmp_path: Path) -> None:
    config = from_table({"outgoing": {"envelope_from": address}}, tmp_path / "config.toml")
    assert config.outgoing.bounce_template == (address or "secas@example.test")


@pytest.mark.parametrize(
    "address", ["nobody", "b-{id}@example.test", "b+{name}@example.test", "a b@example.test", "{id}"]
)
def test_a_bounce_address_from_which_no_letter_could_be_told_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="envelope_from"):
        from_table({"outgoing": {"envelope_from": address}}, tmp_path / "config.toml")
