"""``user`` as the operator sees it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from programs import arguments, environment
from warm import cpl_intake

CONFIG = '[outgoing]\nkind = "folder"\npath = "sent"\nfrom = "SECAS <secas@example.test>"\n'
OIDC = (
    '[oidc]\nissuer = "https://idp.example.test"\nclient_id = "cpl"\nroles = { A = "analyst" }\n'
    'redirect_uri = "https://cpl.example.test/sign-in/back"\n'
)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """An installation with one analyst."""
    file = tmp_path / "config.toml"
    file.write_text(CONFIG)
    added = ("user", "add", "ada", "--password-stdin", "--config", file)
    assert cpl_intake(*added, given="correct horse battery\n").code == 0
    return file


def test_a_person_s_life_by_commands(config: Path) -> None:
    def said(*words: str) -> str:
        done = cpl_intake("user", *words, "--config", config)
        assert done.code == 0, done.err
        return done.out.strip()

    assert said("list") == "ada\tanalyst\tpassword\tsessions: 0"
    assert said("role", "ada", "--role", "approver") == "ada is approver now."
    assert said("disable", "ada") == "ada may not sign in any more."
    assert said("list") == "ada\tapprover\tpassword\tshut out"
    assert said("disable", "ada", "--undo") == "ada may sign in again."
    assert said("sessions", "ada") == ""
    assert said("sessions", "ada", "--end") == "Sessions ended: 0"


def test_what_cannot_be_done_is_a_sentence(config: Path) -> None:
    nobody = cpl_intake("user", "disable", "eve", "--config", config)
    assert (nobody.code, "There is nobody called eve." in nobody.err) == (1, True)
    own = cpl_intake(
        "user", "add", "cpl-intake", "--password-stdin", "--config", config, given="correct horse battery\n"
    )
    assert (own.code, "the program's own name" in own.err) == (1, True)
    for option in ((), ("--end",)):
        away = cpl_intake("user", "sessions", "eve", *option, "--config", config)
        assert (away.code, "There is nobody called eve." in away.err) == (1, True)
    unbound = cpl_intake("user", "bind", "ada", "1", "--config", config)
    assert (unbound.code, "[oidc] is missing" in unbound.err) == (2, True)


def test_a_known_person_is_bound_to_the_provider_s_subject(config: Path) -> None:
    config.write_text(CONFIG + OIDC)
    assert cpl_intake("user", "bind", "ada", "4711", "--config", config).code == 0
    listed = cpl_intake("user", "list", "--config", config).out.strip()
    assert listed == "ada\tanalyst\thttps://idp.example.test as 4711\tsessions: 0"


def test_nobody_at_all_is_said_and_so_is_who_is_signed_in_nowhere(config: Path, tmp_path: Path) -> None:
    assert cpl_intake("user", "sessions", "ada", "--config", config).err == "ada is signed in nowhere.\n"
    empty = tmp_path / "empty" / "config.toml"
    empty.parent.mkdir()
    empty.write_text(CONFIG)
    nobody = cpl_intake("user", "list", "--config", empty)
    assert (nobody.code, nobody.out) == (0, "")
    assert "cpl-intake user add NAME" in nobody.err


def test_without_a_terminal_no_password_is_asked_for_in_the_open(config: Path) -> None:
    alone = ["setsid", "--wait", *arguments("user", "add", "eve", "--config", config)]
    done = subprocess.run(alone, input="secret", capture_output=True, text=True, env=environment(), check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == (
        "Error: there is no terminal to ask for the password at; give it with --password-stdin"
    )
    assert "Warning" not in done.stderr
