"""What the configuration says and refuses of mailboxes at Microsoft's servers, and of libraries that are not there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from programs import cpl_intake

from intake import bootstrap
from intake.config import Config, from_table
from intake.errors import ConfigurationError

OAUTH = {"tenant": "list.example", "client_id": "c", "secret_file": "secret"}
GRAPH = {"name": "m", "kind": "graph", "user": "secas@list.example", "oauth": OAUTH}
EWS = {
    "name": "m",
    "kind": "ews",
    "endpoint": "https://mail.list.example",
    "user": "LIST\\svc",
    "address": "secas@list.example",
    "password_file": "secret",
}


def configured(folder: Path, mailbox: dict[str, object], **outgoing: object) -> Config:
    (folder / "secret").write_text("s")
    table: dict[str, object] = {"mailbox": [mailbox]} | ({"outgoing": outgoing} if outgoing else {})
    return from_table(table, folder / "config.toml")


@pytest.mark.parametrize(
    ("mailbox", "word"),
    [
        ({**GRAPH, "user": ""}, "user"),
        ({**GRAPH, "oauth": None}, "oauth"),
        ({**EWS, "endpoint": ""}, "endpoint"),
        ({**EWS, "password_file": ""}, "password_file"),
        ({**EWS, "address": ""}, "address"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, mailbox: dict[str, object], word: str) -> None:
    with pytest.raises(ConfigurationError, match=word):
        configured(tmp_path, {key: value for key, value in mailbox.items() if value is not None})


@pytest.mark.parametrize(
    "host",
    [
        "outlook.office365.com",
        "OUTLOOK.office365.com",
        "outlook.office.com",
        "partner.outlook.cn",
        "outlook.office365.us",
    ],
)
def test_ews_at_exchange_online_is_refused_with_the_way_out(tmp_path: Path, host: str) -> None:
    with pytest.raises(ConfigurationError, match="kind = 'graph'"):
        configured(tmp_path, {**EWS, "endpoint": f"https://{host}/EWS/Exchange.asmx"})


def test_a_host_that_only_looks_like_exchange_online_is_not_refused(tmp_path: Path) -> None:
    configured(tmp_path, {**EWS, "endpoint": "https://notoffice365.com/EWS/Exchange.asmx"})


def test_doctor_refuses_ews_at_exchange_online(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        '[[mailbox]]\nname = "m"\nkind = "ews"\nendpoint = "https://outlook.office365.com"\n'
        'user = "secas@list.example"\npassword_file = "secret"\n'
    )
    done = cpl_intake("doctor", "--config", config)
    assert done.code == 2
    assert "Exchange Online has switched EWS off" in done.err


def test_letters_by_graph_need_oauth(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="oauth"):
        configured(tmp_path, dict(GRAPH), kind="graph")


def test_the_mailbox_s_own_address_is_ours(tmp_path: Path) -> None:
    assert configured(tmp_path, dict(EWS)).mailbox[0].own_address == "secas@list.example"
    assert configured(tmp_path, dict(GRAPH)).mailbox[0].own_address == "secas@list.example"


@pytest.mark.parametrize(
    ("mailbox", "library", "extra"), [(GRAPH, "httpx2", "graph"), (EWS, "exchangelib", "ews")], ids=["graph", "ews"]
)
def test_a_library_that_is_not_there_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mailbox: dict[str, object], library: str, extra: str
) -> None:
    config = configured(tmp_path, dict(mailbox))
    for name in [name for name in sys.modules if name.startswith(("intake.mailbox.graph", "intake.mailbox.ews"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ConfigurationError, match=f"mailbox m needs the library {library}") as caught:
        bootstrap.mailbox(config, config.mailbox[0])
    assert caught.value.hint == f"Install it with: pip install 'cpl-intake[{extra}]'"


def test_letters_by_graph_without_the_library_are_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = configured(tmp_path, dict(GRAPH), kind="graph", oauth=OAUTH)
    for name in [name for name in sys.modules if name.startswith("intake.mailbox.graph")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "httpx2", None)
    with pytest.raises(ConfigurationError, match="outgoing needs the library httpx2"):
        bootstrap.postman(config)


def test_the_program_starts_without_the_libraries() -> None:
    code = "import sys; sys.modules |= dict.fromkeys(['httpx2', 'msal', 'exchangelib']); import intake.bootstrap"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[1])
