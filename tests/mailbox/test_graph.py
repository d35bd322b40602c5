"""A mailbox at Microsoft Graph: what a delta leaves out, what is refused, what goes on by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from peers.faults import Fault
from peers.graph_places import GraphPlace, GraphTenant, HandTokens, graph_place

from intake.errors import ConfigurationError, ThrottledError, UnreachableError
from intake.mailbox.base import Fetched, Look
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


def uids(look: Look) -> list[str]:
    return [sighting.uid for sighting in look.sightings]


def fetched(mailbox: GraphMailbox, look: Look | None = None) -> list[Fetched]:
    return list(mailbox.fetch((look or mailbox.look(None)).sightings))


def test_a_look_goes_through_all_pages_and_says_it_is_whole(place: GraphPlace) -> None:
    expected = fill(place, 10)
    look = place.mailbox().look(None)
    assert (uids(look), look.whole) == (expected, True)
    assert place.graph.count("delta") == 4


def test_a_later_look_goes_on_where_the_last_one_ended(place: GraphPlace) -> None:
    fill(place, 5)
    first = place.mailbox().look(None)
    (new,) = fill(place, 1)
    later = place.mailbox().look(first.cursor)
    assert (uids(later), later.whole) == ([new], False)
    assert uids(place.mailbox().look(later.cursor)) == []


def test_every_request_asks_for_immutable_ids(place: GraphPlace) -> None:
    fill(place, 5)
    place.graph.exchange.add_folder("CPL", parent="inbox")
    mailbox = place.mailbox()
    look = mailbox.look(None)
    fetched(mailbox, look)
    mailbox.look(look.cursor)
    place.mailbox("Inbox/CPL").look(None)
    assert len(place.graph.asked) > 8
    assert place.graph.without_immutable == []


def test_a_moved_message_keeps_its_identity_and_can_still_be_fetched(place: GraphPlace) -> None:
    fill(place, 2)
    mailbox = place.mailbox()
    look = mailbox.look(None)
    place.graph.exchange.move(uids(look)[0], "archive")
    assert [each.raw for each in fetched(mailbox, look)] == [message(0), message(1)]
    assert uids(mailbox.look(None)) == uids(look)[1:]


def test_what_was_moved_out_and_back_is_missed_by_a_delta_and_found_by_a_whole_look(place: GraphPlace) -> None:
    mailbox = place.mailbox()
    cursor = mailbox.look(None).cursor
    (uid,) = fill(place, 1)
    place.graph.exchange.move(uid, "archive")
    place.graph.exchange.move(uid, "inbox")
    assert uids(mailbox.look(cursor)) == []
    assert uids(mailbox.look(None)) == [uid]


def test_an_ended_delta_link_leads_to_a_whole_look(place: GraphPlace) -> None:
    expected = fill(place, 4)
    mailbox = place.mailbox()
    cursor = mailbox.look(None).cursor
    place.graph.expire()
    look = mailbox.look(cursor)
    assert (uids(look), look.whole) == (expected, True)
    assert mailbox.look(look.cursor).whole is False


@pytest.mark.parametrize(("status", "code"), [(404, "SyncStateNotFound"), (400, "SyncStateInvalid"), (410, "")])
def test_graph_has_several_words_for_an_ended_delta_link(place: GraphPlace, status: int, code: str) -> None:
    mailbox = place.mailbox()
    cursor = mailbox.look(None).cursor
    place.graph.faults.append(Fault("deltatoken", status, code))
    assert mailbox.look(cursor).whole is True


def test_a_cursor_of_another_folder_or_host_is_of_no_use(place: GraphPlace) -> None:
    fill(place, 1)
    cursor = place.mailbox().look(None).cursor
    assert cursor is not None
    assert place.mailbox("archive").look(cursor).whole is True
    elsewhere = cursor.replace(f" http://127.0.0.1:{place.port}", " http://evil.example")
    assert place.mailbox().look(elsewhere).whole is True


def test_a_link_to_another_host_is_never_followed(place: GraphPlace) -> None:
    fill(place, 10)
    place.graph.foreign_links = "http://localhost:1"
    with pytest.raises(UnreachableError, match="another host"):
        place.mailbox().look(None)


def test_a_redirection_is_not_followed(place: GraphPlace) -> None:
    place.graph.faults.append(Fault("delta", 307, headers={"Location": "http://localhost:1/v1.0/"}))
    with pytest.raises(UnreachableError, match="307"):
        place.mailbox().look(None)


def test_arrival_is_the_time_received_even_where_the_look_was_another_s(place: GraphPlace) -> None:
    fill(place, 1)
    look = place.mailbox().look(None)
    (one,) = fetched(place.mailbox(), look)
    assert one.arrived_at is not None
    assert one.arrived_at.isoformat() == "2026-11-20T17:30:00+00:00"
    assert one.obtained_from == "Microsoft Graph, $value"


@pytest.mark.parametrize("folder", ["inbox", "Inbox", "Inbox/CPL/New entries", "inbox/cpl", "Teams & more", "archive/"])
def test_a_folder_is_a_well_known_name_or_a_path(place: GraphPlace, folder: str) -> None:
    exchange = place.graph.exchange
    inner = exchange.add_folder("CPL", parent="inbox")
    exchange.add_folder("other", parent=inner)
    ids = {
        "inbox": "inbox",
        "Inbox": "inbox",
        "archive/": "archive",
        "inbox/cpl": inner,
        "Inbox/CPL/New entries": exchange.add_folder("New entries", parent=inner),
        "Teams & more": exchange.add_folder("Teams & more"),
    }
    for known in set(ids.values()):
        exchange.put(known.encode(), known)
    (one,) = fetched(place.mailbox(folder))
    assert one.raw.decode() == ids[folder]


def test_a_folder_that_is_not_there_is_named_with_those_that_are(place: GraphPlace) -> None:
    place.graph.exchange.add_folder("CPL", parent="inbox")
    with pytest.raises(UnreachableError, match="no 'CPX' in it") as caught:
        place.mailbox("Inbox/CPX").look(None)
    assert "CPL" in caught.value.hint


def test_at_most_three_are_fetched_at_once(place: GraphPlace) -> None:
    fill(place, 12)
    place.graph.seconds = 0.02
    mailbox = place.mailbox()
    assert len(fetched(mailbox)) == 12
    assert 1 < place.graph.most_at_once <= AT_ONCE


@pytest.mark.parametrize("cut", [0, 5, 60])
def test_a_body_cut_short_is_never_taken_for_the_message(place: GraphPlace, cut: int) -> None:
    fill(place, 3)
    mailbox = place.mailbox()
    look = mailbox.look(None)
    place.graph.faults.append(Fault(f"{uids(look)[1]}/$value".replace("=", "%3D"), cut=cut))
    place.graph.faults.append(Fault(f"{uids(look)[1]}/$value", cut=cut))
    got: list[bytes] = []
    with pytest.raises(UnreachableError, match="1 of 3 messages"):
        got.extend(each.raw for each in mailbox.fetch(look.sightings))
    assert got == [message(0), message(2)]
    assert sorted(each.raw for each in mailbox.fetch(look.sightings)) == [message(0), message(1), message(2)]


def test_a_list_cut_short_is_no_list(place: GraphPlace) -> None:
    fill(place, 5)
    place.graph.faults.append(Fault("skiptoken", cut=40))
    with pytest.raises(UnreachableError):
        place.mailbox().look(None)


def test_a_list_without_an_end_is_no_list(place: GraphPlace) -> None:
    place.graph.faults.append(Fault("delta", 200, body=b'{"value": []}'))
    with pytest.raises(UnreachableError, match="broke off"):
        place.mailbox().look(None)


@pytest.mark.parametrize("body", [b"<html>Sign in</html>", b"[]", b""])
def test_a_page_that_is_not_graph_s_is_complained_of(place: GraphPlace, body: bytes) -> None:
    place.graph.faults.append(Fault("delta", 200, body=body))
    with pytest.raises(UnreachableError, match="not Microsoft Graph's") as caught:
        place.mailbox().look(None)
    assert caught.value.hint


def test_one_message_that_cannot_be_had_does_not_keep_the_others_waiting(place: GraphPlace) -> None:
    fill(place, 6)
    mailbox = place.mailbox()
    look = mailbox.look(None)
    place.graph.faults.append(Fault(uids(look)[0].rstrip("="), 500, "ErrorMimeContentConversionFailed", times=99))
    got: list[bytes] = []
    with pytest.raises(UnreachableError, match="ErrorMimeContentConversionFailed"):
        got.extend(each.raw for each in mailbox.fetch(look.sightings))
    assert got == [message(number) for number in range(1, 6)]


def test_messages_that_could_not_be_had_come_last_next_time(place: GraphPlace) -> None:
    fill(place, 8)
    mailbox = place.mailbox()
    look = mailbox.look(None)
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
    look = mailbox.look(None)
    with pytest.raises(ThrottledError) as caught:
        fetched(mailbox, look)
    assert caught.value.seconds == 17
    assert len(fetched(mailbox, look)) == 2


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [("120", 120, 120), ("Wed, 21 Oct 2015 07:28:00 GMT", 0, 0), ("Fri, 31 Dec 2100 23:59:59 GMT", 3600, 3600)],
)
def test_how_long_is_a_number_or_a_date(place: GraphPlace, header: str, least: float, most: float) -> None:
    place.graph.faults.append(Fault("delta", 429, "", {"Retry-After": header}))
    with pytest.raises(ThrottledError) as caught:
        place.mailbox().look(None)
    assert least <= caught.value.seconds <= most


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "soon"}])
def test_a_server_that_does_not_say_how_long_is_tried_as_any_other(place: GraphPlace, headers: dict[str, str]) -> None:
    place.graph.faults.append(Fault("delta", 503, "", headers))
    with pytest.raises(UnreachableError) as caught:
        place.mailbox().look(None)
    assert not isinstance(caught.value, ThrottledError)


def test_a_token_that_has_ended_is_asked_for_anew_once(place: GraphPlace) -> None:
    fill(place, 2)
    tokens = HandTokens(["stale", "good token"])
    assert len(fetched(place.mailbox(client=place.client(tokens=tokens)))) == 2
    assert tokens.forgotten == 1


def test_a_token_that_is_never_accepted_says_what_to_check(place: GraphPlace) -> None:
    tokens = HandTokens(["wrong"])
    with pytest.raises(UnreachableError, match="InvalidAuthenticationToken") as caught:
        place.mailbox(client=place.client(tokens=tokens)).look(None)
    assert "oauth" in caught.value.hint
    assert "wrong" not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "code", "word"), [(403, "ErrorAccessDenied", "Mail.Read"), (404, "MailboxNotEnabledForRESTAPI", "user")]
)
def test_a_refusal_says_what_to_do(place: GraphPlace, status: int, code: str, word: str) -> None:
    place.graph.faults.append(Fault("delta", status, code))
    with pytest.raises(UnreachableError, match=rf"mailbox m.*{code}.*request-id") as caught:
        place.mailbox().look(None)
    assert word in caught.value.hint


def test_a_mailbox_that_is_not_there_has_no_vanished_messages(place: GraphPlace) -> None:
    fill(place, 1)
    mailbox = place.mailbox()
    look = mailbox.look(None)
    place.graph.faults.append(Fault("$value", 404, "ErrorInvalidUser"))
    with pytest.raises(UnreachableError, match="ErrorInvalidUser"):
        fetched(mailbox, look)


@pytest.mark.parametrize(
    "endpoint", ["http://graph.example", "ftp://127.0.0.1", "graph.example", "https://x/y", "https://x:99999"]
)
def test_an_endpoint_is_https_or_this_machine(endpoint: str) -> None:
    with pytest.raises(ConfigurationError, match="endpoint"):
        GraphClient("mailbox m", user="u", tokens=HandTokens(), endpoint=endpoint)


def test_a_generator_that_is_left_halfway_leaves_nothing_behind(place: GraphPlace) -> None:
    fill(place, 9)
    mailbox = place.mailbox()
    look = mailbox.look(None)
    some = mailbox.fetch(look.sightings)
    next(some)
    some.close()  # type: ignore[attr-defined] # it is a generator
    assert len(fetched(mailbox, look)) == 9
