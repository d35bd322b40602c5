"""Letters through a real SMTP server."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from peers.certificates import self_signed, serving, trusting
from peers.peers import free_port
from peers.proxy import Wire
from peers.scripted_smtp import Script, scripted_smtp

import intake.mailbox.smtp
from intake.errors import ConfigurationError, DeferredError, PermanentFailureError, UnreachableError
from intake.mailbox.base import Letter
from intake.mailbox.smtp import SmtpPostman

LETTER = Letter("<ack.1@list.example>", "jane@maker.example", b"Subject: Re: CPL\r\n\r\n.\r\nFrom here\r\n..two\r\n")
OURS = "secas@list.example"


@dataclass
class Handler:
    """Keeps what arrives; answers as it is told to."""

    recipients: dict[str, str] = field(default_factory=dict)
    senders: dict[str, str] = field(default_factory=dict)
    data: str = "250 taken"
    taken: list[tuple[str, list[str], bytes]] = field(default_factory=list)

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: ANN401, N802  # aiosmtpd's words
        envelope.mail_from = address
        return self.senders.get(address, "250 OK")

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: ANN401, N802  # aiosmtpd's words
        answer = self.recipients.get(address, "250 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: ANN401, N802  # aiosmtpd's words
        if self.data.startswith("2"):
            self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.original_content))
        return self.data


@contextmanager
def serve(handler: Handler, port: int = 0, **options: Any) -> Iterator[int]:  # noqa: ANN401  # the controller's options
    controller = Controller(handler, hostname="127.0.0.1", port=port or free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@pytest.fixture
def handler() -> Handler:
    return Handler()


@pytest.fixture
def post(handler: Handler) -> Iterator[Callable[..., SmtpPostman]]:
    opened: list[SmtpPostman] = []

    def at(port: int, **options: Any) -> SmtpPostman:  # noqa: ANN401  # the postman's options
        arguments: dict[str, Any] = {"port": port, "tls": False, "sender": OURS}
        opened.append(SmtpPostman("127.0.0.1", **(arguments | options)))
        return opened[-1]

    assert handler.taken == []
    yield at
    for postman in opened:
        postman.close()


Post = Callable[..., SmtpPostman]


def test_a_letter_arrives_byte_for_byte_from_our_address(handler: Handler, post: Post) -> None:
    with serve(handler) as port:
        post(port).send(LETTER)
    assert handler.taken == [(OURS, [LETTER.recipient], LETTER.content)]


def test_one_connection_takes_many_letters(handler: Handler, post: Post) -> None:
    with serve(handler) as port:
        postman = post(port)
        for _ in range(3):
            postman.send(LETTER)
        for _ in range(2):
            postman.close()
        postman.send(LETTER)
    assert len(handler.taken) == 4


@pytest.mark.parametrize("recipient", ["250 OK", "251 will forward it", "252 will try"])
@pytest.mark.parametrize("data", ["250 taken", "200 2.0.0 queued", "251 relayed", "259 and more"])
def test_a_letter_is_taken_where_the_first_digit_says_so(
    handler: Handler, post: Post, recipient: str, data: str
) -> None:
    handler.recipients[LETTER.recipient], handler.data = recipient, data
    with serve(handler) as port:
        post(port).send(LETTER)
    assert len(handler.taken) == 1


@pytest.mark.parametrize("answer", ["550 no such user", "553 what", "521 no mail here"])
def test_a_recipient_refused_for_good_is_not_tried_again(handler: Handler, post: Post, answer: str) -> None:
    handler.recipients[LETTER.recipient] = answer
    with serve(handler) as port:
        postman = post(port)
        with pytest.raises(PermanentFailureError, match=answer) as caught:
            postman.send(LETTER)
        assert caught.value.hint
        handler.recipients.clear()
        postman.send(LETTER)  # the next letter is none the worse for it
    assert len(handler.taken) == 1


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [("450 greylisted", DeferredError), ("452 full", DeferredError), ("421 closing", UnreachableError)],
)
def test_a_recipient_refused_for_now_is_tried_again(
    handler: Handler, post: Post, answer: str, meaning: type[Exception]
) -> None:
    handler.recipients[LETTER.recipient] = answer
    with serve(handler) as port:
        postman = post(port)
        with pytest.raises(meaning, match=answer):
            postman.send(LETTER)
        handler.recipients.clear()
        postman.send(LETTER)
    assert len(handler.taken) == 1


def test_a_sender_refused_is_about_the_world(handler: Handler, post: Post) -> None:
    handler.senders[OURS] = "550 not you"
    with serve(handler) as port, pytest.raises(UnreachableError, match="not you") as caught:
        post(port).send(LETTER)
    assert "outgoing.from" in caught.value.hint


@pytest.mark.parametrize("answer", ["452 4.3.1 no room", "421 4.3.2 come again"])
def test_a_server_that_is_busy_is_not_a_question_of_the_account(handler: Handler, post: Post, answer: str) -> None:
    handler.senders[OURS] = answer
    with (
        serve(handler) as port,
        pytest.raises(UnreachableError, match=f"through 127.0.0.1:{port}: {answer}$") as caught,
    ):
        post(port).send(LETTER)
    assert "come back later" in caught.value.hint


@pytest.mark.parametrize("at", ["senders", "recipients", "data"])
def test_a_letter_that_is_too_large_is_so_wherever_it_is_said(handler: Handler, post: Post, at: str) -> None:
    answer = "552 5.3.4 too large for us"
    handler.data = answer if at == "data" else handler.data
    handler.senders |= {OURS: answer} if at == "senders" else {}
    handler.recipients |= {LETTER.recipient: answer} if at == "recipients" else {}
    with serve(handler) as port, pytest.raises(PermanentFailureError, match="too large for us") as caught:
        post(port).send(LETTER)
    assert "larger than this server takes" in caught.value.hint


@pytest.mark.parametrize(
    "answer",
    [
        "530 5.7.57 Client not authenticated to send mail",
        "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
        "550 5.7.30 Basic authentication is not supported for Client Submission",
        "535 Authentication credentials invalid",
    ],
)
@pytest.mark.parametrize("at", ["recipients", "data"])
def test_what_is_said_of_our_account_refuses_no_letter(handler: Handler, post: Post, answer: str, at: str) -> None:
    if at == "data":
        handler.data = answer
    else:
        handler.recipients[LETTER.recipient] = answer
    with serve(handler) as port:
        postman = post(port)
        with pytest.raises(UnreachableError) as caught:
            postman.send(LETTER)
        handler.data, handler.recipients = "250 taken", {}
        postman.send(LETTER)
    assert "outgoing.user" in caught.value.hint
    assert len(handler.taken) == 1


def test_a_server_s_words_are_one_line_and_steer_no_screen(handler: Handler, post: Post) -> None:
    handler.data = "554 no\x1b[31m thanks\u200b"
    with serve(handler, decode_data=False) as port, pytest.raises(PermanentFailureError) as caught:
        post(port).send(LETTER)
    assert str(caught.value).endswith("554 no [31m thanks")


@pytest.mark.parametrize(
    ("answer", "meaning"), [("554 looks like spam", PermanentFailureError), ("451 disk full", DeferredError)]
)
def test_content_refused_for_good_comes_before_a_person_and_for_now_is_tried_again(
    handler: Handler, post: Post, answer: str, meaning: type[Exception]
) -> None:
    handler.data = answer
    with serve(handler) as port:
        postman = post(port)
        with pytest.raises(meaning, match=answer):
            postman.send(LETTER)
        handler.data = "250 taken"
        postman.send(LETTER)
    assert len(handler.taken) == 1


def test_no_server_is_said_with_what_to_do(post: Post) -> None:
    with pytest.raises(UnreachableError, match="no letter can be sent") as caught:
        post(free_port()).send(LETTER)
    assert "outgoing.port" in caught.value.hint


def test_a_server_that_was_restarted_gets_the_next_letter(handler: Handler, post: Post) -> None:
    port = free_port()
    with serve(handler, port):
        postman = post(port)
        postman.send(LETTER)
    with pytest.raises(UnreachableError):
        postman.send(LETTER)
    with serve(handler, port):
        postman.send(LETTER)
    assert len(handler.taken) == 2


def test_a_connection_lost_in_the_middle_is_said_and_the_next_attempt_works(handler: Handler, post: Post) -> None:
    with serve(handler) as port, Wire(port) as wire:
        postman = post(wire.port)
        wire.cut_after(60)
        with pytest.raises(UnreachableError):
            postman.send(LETTER)
        postman.send(LETTER)
    assert handler.taken[-1] == (OURS, [LETTER.recipient], LETTER.content)


def test_a_connection_that_went_stale_is_replaced(handler: Handler, post: Post) -> None:
    with serve(handler) as port, Wire(port) as wire:
        postman = post(wire.port)
        postman.send(LETTER)
        wire.cut()
        postman.send(LETTER)
    assert len(handler.taken) == 2


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    self_signed(tmp_path / "certificate.pem", tmp_path / "key.pem")
    return tmp_path / "certificate.pem"


def test_starttls_is_verified(handler: Handler, post: Post, certificate: Path) -> None:
    context = serving(certificate, certificate.with_name("key.pem"))
    with serve(handler, tls_context=context, require_starttls=True) as port:
        with pytest.raises(UnreachableError, match=r"(?i)certificate") as caught:
            post(port, tls="starttls").send(LETTER)
        assert "authority" in caught.value.hint
        postman = post(port, tls="starttls", context=trusting(certificate))
        postman.send(LETTER)
        postman.close()  # the server waits for it
    assert len(handler.taken) == 1


def test_implicit_tls_is_verified(handler: Handler, post: Post, certificate: Path) -> None:
    context = serving(certificate, certificate.with_name("key.pem"))
    client = trusting(certificate)
    with serve(handler, ssl_context=context) as port:
        with pytest.raises(UnreachableError, match=r"(?i)certificate"):
            post(port, tls="implicit").send(LETTER)
        postman = post(port, tls="implicit", context=client)
        postman.send(LETTER)
        postman.close()  # the server waits for it
    assert len(handler.taken) == 1


def test_a_server_without_starttls_gets_no_letter(handler: Handler, post: Post) -> None:
    with serve(handler) as port, pytest.raises(UnreachableError, match="STARTTLS") as caught:
        post(port, tls=True).send(LETTER)
    assert "outgoing.tls" in caught.value.hint
    assert handler.taken == []


@pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")
@pytest.mark.parametrize(("password", "signed_in"), [("right", True), ("wrong", False)])
def test_we_sign_in_where_a_user_is_named(handler: Handler, post: Post, password: str, signed_in: bool) -> None:
    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:  # noqa: ANN401  # aiosmtpd's words
        right = isinstance(data, LoginPassword) and data.password == b"right"
        return AuthResult(success=right, handled=False)

    with serve(handler, authenticator=check, auth_require_tls=False, auth_required=True) as port:
        postman = post(port, user="secas", password=password)
        if signed_in:
            postman.send(LETTER)
        else:
            with pytest.raises(UnreachableError) as caught:
                postman.send(LETTER)
            assert "password file" in caught.value.hint
            assert password not in str(caught.value)
    assert len(handler.taken) == signed_in


def test_a_password_that_smtp_cannot_carry_is_a_mistake_in_the_configuration() -> None:
    with pytest.raises(ConfigurationError, match="ASCII") as caught:
        SmtpPostman("localhost", sender=OURS, user="secas", password="geheim\N{EURO SIGN}")
    assert "geheim" not in f"{caught.value} {caught.value.hint}"


def test_no_password_travels_unencrypted_to_another_machine() -> None:
    with pytest.raises(ConfigurationError, match="unencrypted"):
        SmtpPostman("mail.example.test", sender=OURS, tls=False, user="secas", password="p")
    SmtpPostman("mail.example.test", sender=OURS, tls=False).close()


@pytest.mark.parametrize(
    ("options", "port"),
    [
        ({}, 587),
        ({"tls": True}, 587),
        ({"tls": "implicit"}, 465),
        ({"tls": False}, 25),
        ({"tls": True, "port": 465}, 465),
        ({"port": 2525}, 2525),
    ],
)
def test_a_port_that_is_not_named_is_the_usual_one(options: dict[str, Any], port: int) -> None:
    assert SmtpPostman("localhost", sender=OURS, **options).address == f"localhost:{port}"


def test_a_server_that_never_speaks_is_given_up(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake.mailbox.smtp, "ANSWER_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(UnreachableError, match="timed out"):
        post(silent.getsockname()[1]).send(LETTER)


def test_what_we_send_is_a_message(handler: Handler, post: Post) -> None:
    with serve(handler) as port:
        post(port).send(LETTER)
    assert message_from_bytes(handler.taken[0][2])["Subject"] == "Re: CPL"


def test_a_server_that_reports_deliveries_is_asked_to_report_under_the_letter_s_name(post: Post) -> None:
    with scripted_smtp(Script(("DSN",))) as server:
        post(server.port).send(LETTER)
    said = [command.casefold() for command in server.said]  # whose case is each Python's own
    assert "mail from:<secas@list.example> ret=hdrs envid=ack.1@list.example" in said
    assert "rcpt to:<jane@maker.example> notify=failure,delay orcpt=rfc822;jane@maker.example" in said


@pytest.mark.parametrize(
    ("words", "code"), [("ret=hdrs", 555), ("envid=", 501), ("notify=", 555), ("orcpt=", 504), ("notify=", 501)]
)
def test_a_server_that_does_not_know_what_it_offers_is_not_asked_for_reports(post: Post, words: str, code: int) -> None:
    with scripted_smtp(Script(("DSN",), instead={words: b"%d 5.5.4 Unknown parameter\r\n" % code})) as server:
        postman = post(server.port)
        for _ in range(2):
            postman.send(LETTER)
    assert len(server.taken) == 2
    assert sum(words in command.lower() for command in server.said) == 1


def test_a_sender_taken_with_another_number_is_taken(post: Post) -> None:
    with scripted_smtp(Script(instead={"mail from": b"200 fine\r\n"})) as server:
        post(server.port).send(LETTER)
    assert len(server.taken) == 1


def test_a_server_that_hangs_up_behind_the_last_full_stop_gets_the_same_letter_again(post: Post) -> None:
    with scripted_smtp(Script(hangs_up_after_data=1)) as server:
        postman = post(server.port)
        with pytest.raises(UnreachableError):
            postman.send(LETTER)
        postman.send(LETTER)
    assert len(server.taken) == 2
    assert server.taken[0] == server.taken[1]


@pytest.mark.parametrize(
    ("template", "sender"),
    [("secas@list.example", "secas@list.example"), ("b+{id}@list.example", "b+ack.1@list.example"), ("<>", "<>")],
)
def test_undeliverable_letters_come_back_to_the_configured_address(
    handler: Handler, post: Post, template: str, sender: str
) -> None:
    with serve(handler) as port:
        post(port, sender=template).send(LETTER)
    assert [taken[0] for taken in handler.taken] == [sender]
