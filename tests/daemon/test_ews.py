"""The daemon between an Exchange on one's own premises and a folder."""

from __future__ import annotations

from pathlib import Path

from helpers import a_submission, mail
from peers.ews_places import ews_place, ews_server
from peers.ews_server import PASSWORD
from peers.exchange import ARRIVED
from warm import cpl_intake

from intake.clock import iso


def test_mail_comes_in_by_ews_once_however_often_it_is_moved(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(PASSWORD)
    with ews_server() as server, ews_place(server) as place:
        first = place.ews.exchange.put(a_submission())
        place.put(mail("Lunch", body="At one?\n"))
        user = place.ews.user.replace("\\", "\\\\")
        config = tmp_path / "config.toml"
        config.write_text(
            f'[[mailbox]]\nname = "post"\nkind = "ews"\nendpoint = "http://127.0.0.1:{place.port}"\nauth = "basic"\n'
            f'user = "{user}"\naddress = "{place.ews.exchange.user}"\npassword_file = "secret"\n'
            '[outgoing]\nkind = "folder"\npath = "sent"\n'
        )
        assert cpl_intake("doctor", "--config", config).code == 0
        assert cpl_intake("run", "--once", "--config", config).code == 0
        place.ews.exchange.move(first.immutable_id, "archive")
        place.ews.exchange.move(first.immutable_id, "inbox")
        assert cpl_intake("run", "--once", "--config", config).code == 0
    rows = cpl_intake("queue", "--all", "--config", config, "--format", "json").json
    assert [row["status"] for row in rows] == ["in_review", "filed"]
    assert rows[0]["received_at"] == iso(ARRIVED)
    assert len(list((tmp_path / "sent").glob("*.eml"))) == 1
