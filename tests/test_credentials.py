"""Secrets as systemd shows them: to each unit in a folder of its own, and to a command by hand not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from peers.providers import REDIRECT
from programs import a_place, cpl_intake

from intake.config import from_table


@pytest.mark.parametrize("unit", ["cpl-intake.service", "cpl-intake-web.service", "cpl-intake-verify.service"])
def test_a_credential_is_looked_for_in_the_unit_s_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unit: str
) -> None:
    own = tmp_path / unit
    own.mkdir()
    (own / "secret_imap").write_text("of this unit\n")
    config = from_table({}, tmp_path / "config.toml")
    named = "/run/credentials/cpl-intake.service/secret_imap"
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    assert config.path(named) == Path(named)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(own))
    assert config.path(named) == own / "secret_imap"
    assert config.secret(named) == "of this unit"
    for elsewhere in ("/run/credentials", "/run/credentials/x.service/a/b", "/run/other/x.service/secret_imap", "imap"):
        assert config.path(elsewhere) == tmp_path / elsewhere


def test_a_provider_s_secret_is_read_by_the_page_alone(tmp_path: Path) -> None:
    told = '[oidc]\nissuer = "https://id.example.test"\nclient_id = "cpl"\nroles = { A = "analyst" }\n'
    told += f'redirect_uri = "{REDIRECT}"\nsecret_file = "/run/credentials/cpl-intake-web.service/secret_oidc"\n'
    config = a_place(tmp_path, told)
    for words in (("status",), ("run", "--once"), ("user", "add", "ada", "--password-stdin"), ("evidence", "verify")):
        done = cpl_intake(*words, "--config", config, given="a long enough one\n")
        assert done.code == 0, done.err
    page = cpl_intake("web", "--config", config)
    assert (page.code, "secret_oidc cannot be read" in page.err) == (2, True)
