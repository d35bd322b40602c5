"""The daemon with one shared mailbox at Microsoft Graph, in and out: where others have answered themselves for ever."""

from __future__ import annotations

import email
import hashlib
import random
import re
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jwt
import pytest
from helpers import a_submission, mail
from peers.asgi import served
from peers.dovecot import TOKEN_KEY
from peers.exchange import ARRIVED
from peers.faults import Fault
from peers.graph_server import Graph
from peers.identity import CLIENT, TENANT, Identity, identity_provider
from programs import arguments, environment
from warm import cpl_intake

from intake.clock import iso
from intake.demo import products

SEED = 20261121
KILLS = 6
US = "secas@list.example"


@dataclass
class Site:
    """A configured installation and its mailbox."""

    config: Path
    graph: Graph
    identity: Identity

    def run(self) -> int:
        return cpl_intake("run", "--once", "--config", self.config).code

    def rows(self) -> list[dict[str, object]]:
        rows: list[dict[str, object]] = cpl_intake("queue", "--all", "--config", self.config, "--format", "json").json
        return rows

    def sent(self) -> list[str]:
        return [email.message_from_bytes(raw)["Message-ID"] for raw in self.graph.exchange.sent]


def accepts(token: str) -> bool:
    """As Microsoft's servers: whatever the identity provider has signed and has not ended."""
    try:
        jwt.decode(token, TOKEN_KEY, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        return False
    return True


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    graph = Graph(accepts=accepts)
    graph.exchange.user = US
    with identity_provider(tmp_path) as identity, served(graph) as port:
        (tmp_path / "secret").write_text(identity.secret)
        oauth = (
            f'{{ tenant = "{TENANT}", client_id = "{CLIENT}", secret_file = "secret", authority = "{identity.url}", '
        )
        common = f'kind = "graph"\nendpoint = "http://127.0.0.1:{port}"\noauth = {oauth}tls_ca = "provider.pem" }}\n'
        config = tmp_path / "config.toml"
        mailbox = f'[[mailbox]]\nname = "post"\nuser = "{US}"\n{common}'
        config.write_text(f'{mailbox}[outgoing]\nfrom = "SECAS <{US}>"\n{common}')
        yield Site(config, graph, identity)


def expected_ids(rows: list[dict[str, object]]) -> list[str]:
    digests = [hashlib.sha256(f"ack{row['raw_sha256']}".encode()).hexdigest()[:32] for row in rows]
    return sorted(f"<ack.{digest}@list.example>" for digest in digests)


def test_letters_that_come_back_stripped_of_auto_submitted_are_never_answered(site: Site) -> None:
    site.graph.exchange.comes_back = True
    for raw in (a_submission(serial=1), a_submission(serial=2), mail("Lunch", body="At one?\n")):
        site.graph.exchange.put(raw)
    for _ in range(3):
        assert site.run() == 0
    rows = site.rows()
    ours = [row for row in rows if row["automatic"]]
    assert [row["status"] for row in rows if not row["automatic"]] == ["in_review", "in_review", "filed"]
    assert [row["status"] for row in ours] == ["filed", "filed"]
    assert all("auto-submitted" not in email.message_from_bytes(raw) for raw in site.graph.exchange.sent)
    assert sorted(site.sent()) == expected_ids([row for row in rows if row["status"] == "in_review"])
    assert site.graph.without_immutable == []


def killed(site: Site, *, after_requests: int, then_seconds: float) -> None:
    """Run until so many more requests have been made, and a moment longer."""
    command = arguments("run", "--once", "--config", site.config)
    enough, deadline = len(site.graph.asked) + after_requests, time.monotonic() + 60
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
    while len(site.graph.asked) < enough and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)  # the wait between two looks, bounded by the deadline
    time.sleep(then_seconds)  # a moment drawn at random is the test
    process.kill()
    process.wait(10)


def test_killed_at_any_moment_nothing_is_lost_and_nobody_gets_a_second_message_id(site: Site) -> None:
    """Exchange writes a message anew whenever it is asked for: its bytes differ from fetch to fetch."""
    site.graph.writes_anew = True
    site.graph.exchange.comes_back = True
    for serial in range(9):
        site.graph.exchange.put(a_submission(products.SINGLE, serial=serial))
    moments = random.Random(SEED)
    for _ in range(KILLS):
        killed(site, after_requests=moments.randrange(1, 9), then_seconds=moments.uniform(0, 0.4))
    for _ in range(2):
        assert site.run() == 0
    rows = [row for row in site.rows() if not row["automatic"]]
    assert [row["status"] for row in rows] == ["in_review"] * 9
    assert sorted(set(site.sent())) == expected_ids(rows)


def test_a_letter_whose_fate_is_unknown_is_sent_again_under_its_own_message_id(site: Site) -> None:
    site.graph.exchange.put(a_submission())
    site.graph.faults.append(Fault("sendMail", cut=0))
    assert site.run() == 0
    rows = site.rows()
    assert site.sent() == expected_ids(rows) * 2
    assert [row["received_at"] for row in rows] == [iso(ARRIVED)]
    with sqlite3.connect(site.config.parent / "var" / "cpl-intake.db") as store:
        (detail,) = store.execute("SELECT detail FROM event WHERE name = 'received'").fetchone()
    assert "Microsoft Graph, $value" in detail
    assert all(re.fullmatch(r"http://127\.0\.0\.1:\d+/\.default", scope) for scope in site.identity.scopes)


def test_throttling_broken_answers_and_ended_delta_links_only_cost_time(site: Site) -> None:
    for serial in range(5):
        site.graph.exchange.put(a_submission(serial=serial))
    busy = {"Retry-After": "1"}
    site.graph.faults += [
        Fault("delta", 503, "", busy),
        Fault("$value", 429, "ApplicationThrottled", busy),
        Fault("$value", cut=500),
        Fault("sendMail", 429, "ApplicationThrottled", busy),
    ]
    site.run()
    site.graph.expire()
    assert site.run() == 0
    assert sorted(site.sent()) == expected_ids(site.rows())
    assert len(site.sent()) == 5


def test_a_message_moved_out_and_back_is_one_submission(site: Site) -> None:
    uid = site.graph.exchange.put(a_submission()).immutable_id
    assert site.run() == 0
    site.graph.exchange.move(uid, "archive")
    site.graph.exchange.move(uid, "inbox")
    assert site.run() == 0
    assert len(site.rows()) == len(site.sent()) == 1


@pytest.mark.parametrize(
    ("fault", "word"),
    [(Fault("delta", 403, "ErrorAccessDenied", times=99), "Mail.Read"), (None, "secret or certificate is wrong")],
)
def test_what_keeps_us_out_is_code_1_and_says_what_to_do(site: Site, fault: Fault | None, word: str) -> None:
    if fault is None:
        site.identity.answers = "invalid_client"
    else:
        site.graph.faults.append(Fault(**vars(fault)))
    done = cpl_intake("run", "--once", "--config", site.config)
    assert done.code == 1
    assert word in done.err
    assert site.identity.secret not in done.err
    told = cpl_intake("doctor", "--config", site.config)
    assert (told.code, word in told.out) == (1, True)
