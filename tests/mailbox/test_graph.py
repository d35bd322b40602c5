"""A mailbox at Microsoft Graph: what a delta leaves out, what is refused, what goes on by itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from peers.asgi import served
from peers.certificates import self_signed, trusting
from peers.faults import Fault
from peers.graph_places import GraphPlace, GraphTenant, HandTokens, graph_place
from peers.graph_server import Graph

from intake.errors import ConfigurationError, ThrottledError, UnreachableError
from intake.mailbox import graph_client
from intake.mailbox.base import Fetched, MailboxListing, WithheldError
from intake.mailbox.graph import AT_ONCE, GraphMailbox
from intake.mailbox.graph_client import GraphClient


def message(number: int) -> bytes:
    return f"From: jane@maker.example\r\nSubject: CPL submission {number}\r\n\r\n8-bit: \xe4\r\n".encode("latin-1")


@pytest.fixture
def place(graph: GraphTenant) -> Iterator[GraphPlace]:
    with graph_place(graph) as opened:
        yield opened


def fill(place: GraphPlace, count: int) -> list[str]:
    return [place.graph.exchange.put(message(number)).immutable_id for number in range(count)]


def uids(look: MailboxListing) -> list[str]:
    return [sighting.uid for sighting in look.sightings]


def fetched(mailbox: GraphMailbox, look: MailboxListing | None = None) -> list[Fetched]:
    return list(mailbox.fetch((look or mailbox.scan()).sightings))


def test_every_request_asks_for_immutable_ids(place: GraphPlace) -> None:
    fill(place, 5)
    place.graph.exchange.add_folder("CPL", parent="inbox")
    mailbox = place.mailbox()
    look = mailbox.scan()
    fetched(mailbox, look)
    mailbox.scan(look.cursor)
    place.mailbox("Inbox/CPL").scan()
    assert len(place.graph.asked) > 8
    assert place.graph.without_immutable == []


def test_a_moved_message_keeps_its_identity_and_can_still_be_fetched(place: GraphPlace) -> None:
    fill(place, 2)
    mailbox = place.mailbox()
    look = mailbox.scan()
    place.graph.exchange.move(uids(look)[0], "archive")
    assert [each.raw for each in fetched(mailbox, look)] == [message(0), message(1)]
    assert uids(mailbox.scan()) == uids(look)[1:]


@pytest.mark.parametrize(("status", "code"), [(404, "SyncStateNotFound"), (400, "SyncStateInvalid"), (410, "")])
def test_graph_has_several_words_for_an_ended_delta_link(place: GraphPlace, status: int, code: str) -> None:
    mailbox = place.mailbox()
    cursor = mailbox.scan().cursor
    place.graph.faults.append(Fault("deltatoken", status, code))
    assert mailbox.scan(cursor).whole is True


def test_what_came_and_was_moved_on_between_two_looks_is_taken_all_the_same(place: GraphPlace) -> None:
    mailbox = place.mailbox()
    cursor = mailbox.scan().cursor
    moved, deleted = fill(place, 2)
    place.exchange.move(moved, "archive")
    place.exchange.remove(deleted)
    look = mailbox.scan(cursor)
    assert set(uids(look)) == {moved, deleted}  # that one has vanished will be said aloud
    assert [each.raw for each in fetched(mailbox, look)] == [message(0)]


def test_a_cursor_of_another_host_is_of_no_use(place: GraphPlace) -> None:
    fill(place, 1)
    cursor = place.mailbox().scan().cursor
    assert cursor is not None
    elsewhere = cursor.replace(f" http://127.0.0.1:{place.port}", " http://evil.example")
    assert place.mailbox().scan(elsewhere).whole is True


def test_a_link_to_another_host_is_never_followed(place: GraphPlace) -> None:
    fill(place, 10)
    place.graph.foreign_links = "http://localhost:1"
    with pytest.raises(UnreachableError, match="another host"):
        place.mailbox().scan()


def test_a_redirection_is_not_followed(place: GraphPlace) -> None:
    place.graph.faults.append(Fault("delta", 307, headers={"Location": "http://localhost:1/v1.0/"}))
    with pytest.raises(UnreachableError, match="307"):
        place.mailbox().scan()


def test_at_most_three_are_fetched_at_once(place: GraphPlace) -> None:
    fill(place, 12)
    place.graph.seconds = 0.02
    mailbox = place.mailbox()
    assert len(fetched(mailbox)) == 12
    assert 1 < place.graph.most_at_once <= AT_ONCE


def test_a_body_that_does_not_say_where_it_ends_is_not_trusted(place: GraphPlace) -> None:
    """A proxy of the old kind: what is cut short looks as what is whole."""

    class Old(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"receivedDateTime": "2026-11-20T17:30:00Z"}')

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    fill(place, 1)
    look = place.mailbox().scan()
    with ThreadingHTTPServer(("127.0.0.1", 0), Old) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        mailbox = place.mailbox(client=place.client(port=server.server_address[1]))
        with pytest.raises(WithheldError, match="did not say where it ends"):
            fetched(mailbox, look)
        server.shutdown()


def test_tls_is_verified(tmp_path: Path) -> None:
    self_signed(tmp_path / "certificate", tmp_path / "key")
    tenant = Graph()
    with served(tenant, tmp_path / "certificate", tmp_path / "key") as port:
        endpoint, user = f"https://localhost:{port}", tenant.exchange.user
        sslcontext = trusting(tmp_path / "certificate")
        client = GraphClient("mailbox m", user=user, tokens=HandTokens(), endpoint=endpoint, context=sslcontext)
        assert GraphMailbox("m", client).scan().sightings == []
        stranger = GraphMailbox("m", GraphClient("mailbox m", user=user, tokens=HandTokens(), endpoint=endpoint))
        with pytest.raises(UnreachableError) as caught:
            stranger.scan()
        assert "certificate" in caught.value.hint


def test_a_list_without_an_end_is_no_list(place: GraphPlace) -> None:
    place.graph.faults.append(Fault("delta", 200, body=b'{"value": []}'))
    with pytest.raises(UnreachableError, match="broke off"):
        place.mailbox().scan()


@pytest.mark.parametrize(
    "body", [b"<html>Sign in</html>", b"[]", b"", b"{}", b'{"value": {}}', b'{"value": ["x"]}', b'{"value": [{}]}']
)
def test_a_page_that_is_not_graph_s_is_complained_of(place: GraphPlace, body: bytes) -> None:
    place.graph.faults.append(Fault("delta", 200, body=body))
    with pytest.raises(UnreachableError, match="not Microsoft Graph's") as caught:
        place.mailbox().scan()
    assert caught.value.hint


def test_messages_that_could_not_be_had_come_last_next_time(place: GraphPlace) -> None:
    fill(place, 8)
    mailbox = place.mailbox()
    look = mailbox.scan()
    for uid in uids(look)[:3]:
        place.graph.faults.append(Fault(uid.rstrip("="), 500, "Odd", times=99))
    with pytest.raises(UnreachableError):  # three in a row: is anybody there at all?
        fetched(mailbox, look)
    got: list[bytes] = []
    with pytest.raises(UnreachableError):
        got.extend(each.raw for each in mailbox.fetch(look.sightings))
    assert got == [message(number) for number in range(3, 8)]


@pytest.mark.parametrize("status", [429, 503, 504])
def test_a_server_that_is_busy_says_for_how_long(place: GraphPlace, status: int) -> None:
    fill(place, 2)
    place.graph.faults.append(Fault("$value", status, "ApplicationThrottled", {"Retry-After": "17"}))
    mailbox = place.mailbox()
    look = mailbox.scan()
    with pytest.raises(ThrottledError) as caught:
        fetched(mailbox, look)
    assert caught.value.seconds == 17
    assert len(fetched(mailbox, look)) == 2


def test_a_server_that_falls_silent_is_not_waited_for_for_ever(
    place: GraphPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph_client, "ANSWER_SECONDS", 0.1)
    place.graph.seconds = 3
    with pytest.raises(UnreachableError, match="timed out") as caught:
        place.mailbox().scan()
    assert "in time" in caught.value.hint


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [("120", 120, 120), ("Wed, 21 Oct 2015 07:28:00 GMT", 0, 0), ("Fri, 31 Dec 2100 23:59:59 GMT", 3600, 3600)],
)
def test_how_long_is_a_number_or_a_date(place: GraphPlace, header: str, least: float, most: float) -> None:
    place.graph.faults.append(Fault("delta", 429, "", {"Retry-After": header}))
    with pytest.raises(ThrottledError) as caught:
        place.mailbox().scan()
    assert least <= caught.value.seconds <= most


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "soon"}])
def test_a_server_that_does_not_say_how_long_is_tried_as_any_other(place: GraphPlace, headers: dict[str, str]) -> None:
    place.graph.faults.append(Fault("delta", 503, "", headers))
    with pytest.raises(UnreachableError) as caught:
        place.mailbox().scan()
    assert not isinstance(caught.value, ThrottledError)


def test_a_token_that_has_ended_is_asked_for_anew_once(place: GraphPlace) -> None:
    fill(place, 2)
    tokens = HandTokens(["stale", "good token"])
    assert len(fetched(place.mailbox(client=place.client(tokens=tokens)))) == 2
    assert tokens.forgotten == 1


def test_a_token_that_is_never_accepted_says_what_to_check(place: GraphPlace) -> None:
    tokens = HandTokens(["wrong"])
    with pytest.raises(UnreachableError, match="InvalidAuthenticationToken") as caught:
        place.mailbox(client=place.client(tokens=tokens)).scan()
    assert "oauth" in caught.value.hint
    assert "wrong" not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "code", "word"), [(403, "ErrorAccessDenied", "Mail.Read"), (404, "MailboxNotEnabledForRESTAPI", "user")]
)
def test_a_refusal_says_what_to_do(place: GraphPlace, status: int, code: str, word: str) -> None:
    place.graph.faults.append(Fault("delta", status, code))
    with pytest.raises(UnreachableError, match=rf"mailbox m.*{code}.*request-id") as caught:
        place.mailbox().scan()
    assert word in caught.value.hint


def test_a_mailbox_that_is_not_there_has_no_vanished_messages(place: GraphPlace) -> None:
    fill(place, 1)
    mailbox = place.mailbox()
    look = mailbox.scan()
    place.graph.faults.append(Fault("$value", 404, "ErrorInvalidUser"))
    with pytest.raises(UnreachableError, match="ErrorInvalidUser"):
        fetched(mailbox, look)


def test_a_link_is_ours_by_scheme_host_port_and_version_alone() -> None:
    client = GraphClient("mailbox m", user="u", tokens=HandTokens())
    assert client.ours("https://graph.microsoft.com/v1.0/users/u/mailFolders/inbox/messages/delta?$deltatoken=x")
    assert client.ours("HTTPS://Graph.Microsoft.com:443/v1.0/x")
    for link in (
        "http://graph.microsoft.com/v1.0/x",
        "https://graph.microsoft.com:444/v1.0/x",
        "https://graph.microsoft.com.evil.example/v1.0/x",
        "https://evil.example/https://graph.microsoft.com/v1.0/x",
        "https://graph.microsoft.com@evil.example/v1.0/x",
        "https://evil@graph.microsoft.com/v1.0/x",
        "https://evil.example\\@graph.microsoft.com/v1.0/x",
        "https://graph.microsoft.com/beta/x",
        "//evil.example/v1.0/x",
        "/v1.0/x",
        "https://[",
        "",
    ):
        assert not client.ours(link), link


@pytest.mark.parametrize(
    "endpoint", ["http://graph.example", "ftp://127.0.0.1", "graph.example", "https://x/y", "https://x:99999"]
)
def test_an_endpoint_is_https_or_this_machine(endpoint: str) -> None:
    with pytest.raises(ConfigurationError, match="endpoint"):
        GraphClient("mailbox m", user="u", tokens=HandTokens(), endpoint=endpoint)


def test_a_generator_that_is_left_halfway_leaves_nothing_behind(place: GraphPlace) -> None:
    fill(place, 9)
    mailbox = place.mailbox()
    look = mailbox.scan()
    some = mailbox.fetch(look.sightings)
    next(some)
    some.close()  # type: ignore[attr-defined]  # it is a generator
    assert len(fetched(mailbox, look)) == 9
