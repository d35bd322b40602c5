"""Letters by Microsoft Graph."""

from __future__ import annotations

import email
from collections.abc import Iterator
from typing import Any

import pytest
from peers.faults import Fault
from peers.graph_places import GraphPlace, GraphTenant, HandTokens, graph_place
from peers.peers import free_port

from intake.errors import PermanentFailureError, ThrottledError, UnreachableError
from intake.mailbox.base import Letter
from intake.mailbox.graph_postman import GraphPostman


@pytest.fixture
def place(graph: GraphTenant) -> Iterator[GraphPlace]:
    with graph_place(graph) as opened:
        yield opened


def letter(number: int = 1, recipient: str = "jane@maker.example") -> Letter:
    head = f"From: SECAS <secas@example.test>\r\nTo: {recipient}\r\nMessage-ID: <ack.{number}@example.test>\r\n"
    kept = "Auto-Submitted: auto-replied\r\nX-Auto-Response-Suppress: All\r\nX-CPL-Intake: ack\r\n"
    return Letter(f"<ack.{number}@example.test>", recipient, (head + kept + "\r\nDear Jane,\r\n").encode())


def test_a_letter_goes_out_as_written_but_for_what_exchange_takes_away(place: GraphPlace) -> None:
    place.postman().send(letter())
    (sent,) = place.graph.exchange.sent
    message = email.message_from_bytes(sent)
    assert message["Message-ID"] == "<ack.1@example.test>"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["X-CPL-Intake"] == "ack"
    assert message["Auto-Submitted"] is None
    assert message.get_payload() == "Dear Jane,\r\n"


def test_letters_are_kept_in_sent_items_and_not_in_the_inbox(place: GraphPlace) -> None:
    place.postman().send(letter())
    assert len(place.graph.exchange.within("sentitems")) == 1
    assert place.mailbox().scan(None).sightings == []


def test_an_unknown_outcome_is_the_same_letter_again(place: GraphPlace) -> None:
    place.graph.faults.append(Fault("sendMail", cut=0))
    postman = place.postman()
    with pytest.raises(UnreachableError):
        postman.send(letter())
    postman.send(letter())
    ids = [email.message_from_bytes(sent)["Message-ID"] for sent in place.graph.exchange.sent]
    assert ids == ["<ack.1@example.test>"] * 2


@pytest.mark.parametrize(
    ("status", "code"), [(400, "ErrorInvalidRecipients"), (413, ""), (400, "ErrorMessageSizeExceeded")]
)
def test_what_is_wrong_with_the_letter_is_refused_for_good(place: GraphPlace, status: int, code: str) -> None:
    place.graph.faults.append(Fault("sendMail", status, code))
    with pytest.raises(PermanentFailureError, match=r"jane@maker\.example") as caught:
        place.postman().send(letter())
    assert caught.value.hint


@pytest.mark.parametrize(
    ("status", "code"), [(400, "BadRequest"), (403, "ErrorSendAsDenied"), (404, "ErrorInvalidUser"), (500, "Odd")]
)
def test_what_may_be_mended_is_tried_again(place: GraphPlace, status: int, code: str) -> None:
    place.graph.faults.append(Fault("sendMail", status, code))
    postman = place.postman()
    with pytest.raises(UnreachableError, match=code) as caught:
        postman.send(letter())
    assert caught.value.hint
    postman.send(letter())
    assert len(place.graph.exchange.sent) == 1


def test_a_throttled_letter_says_when_to_come_back(place: GraphPlace) -> None:
    place.graph.faults.append(Fault("sendMail", 429, "ErrorExceededMessageLimit", {"Retry-After": "40"}))
    with pytest.raises(ThrottledError) as caught:
        place.postman().send(letter())
    assert caught.value.seconds == 40


def test_it_answers_without_sending_anything(place: GraphPlace) -> None:
    place.postman().answer()
    place.faults.append(Fault("mailFolders", 403, "ErrorAccessDenied"))
    place.postman().answer()  # the right to send is not the right to look
    assert (place.exchange.sent, place.count("sendMail")) == ([], 0)


@pytest.mark.parametrize(
    ("client", "word"),
    [({"user": "nobody@example.test"}, "user"), ({"tokens": HandTokens(["bad"])}, "oauth"), ({"port": 1}, "endpoint")],
    ids=["no such mailbox", "a bad token", "nobody there"],
)
def test_it_says_why_it_does_not_answer(place: GraphPlace, client: dict[str, Any], word: str) -> None:
    with pytest.raises(UnreachableError) as caught:
        GraphPostman(place.client(**client)).answer()
    assert word in caught.value.hint


def test_no_graph_at_all_is_a_sentence(place: GraphPlace) -> None:
    postman = GraphPostman(place.client(port=free_port()))
    with pytest.raises(UnreachableError, match="did not answer") as caught:
        postman.send(letter())
    assert "endpoint" in caught.value.hint
    for _ in range(2):
        postman.close()
