"""Signing in by OAuth, against an identity provider and servers of this machine."""

from __future__ import annotations

import base64
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from peers.dovecot import Dovecot
from peers.identity import CLIENT, TENANT, Identity, application_certificate, identity_provider
from peers.imap_servers import Server
from peers.peers import free_port
from peers.places import ImapPlace

from intake.errors import ConfigurationError, UnreachableError
from intake.mailbox.base import Letter
from intake.mailbox.imap import ImapMailbox
from intake.mailbox.oauth import GRAPH_SCOPE, MAIL_SCOPE, Registration, Tokens
from intake.mailbox.smtp import SmtpPostman


@pytest.fixture
def identity(tmp_path: Path) -> Iterator[Identity]:
    with identity_provider(tmp_path) as provider:
        yield provider


def registered(identity: Identity, **changes: str) -> Registration:
    registration = Registration(TENANT, CLIENT, identity.secret, authority=identity.url, authorities=identity.authority)
    return replace(registration, **changes)  # type: ignore[arg-type]  # the test names the fields it changes


def test_a_token_is_asked_for_once_while_it_lasts(identity: Identity) -> None:
    tokens = Tokens("mailbox m", registered(identity))
    assert tokens.token() == tokens.token()
    assert identity.scopes == [MAIL_SCOPE]


def test_a_token_that_was_of_no_use_is_forgotten(identity: Identity) -> None:
    tokens = Tokens("mailbox m", registered(identity, scope=GRAPH_SCOPE))
    first = tokens.token()
    tokens.forget()
    assert tokens.token() != first
    assert identity.scopes == [GRAPH_SCOPE] * 2


def test_a_certificate_signs_in_without_any_secret(identity: Identity) -> None:
    pem, identity.certificate = application_certificate()
    tokens = Tokens("mailbox m", registered(identity, secret="", certificate=pem))
    assert tokens.token()


@pytest.mark.parametrize(
    ("error", "hint"),
    [("invalid_client", "expired"), ("unauthorized_client", "client_id"), ("something_new", "administers")],
)
def test_a_refusal_says_what_to_do(identity: Identity, error: str, hint: str) -> None:
    identity.answers = error
    with pytest.raises(UnreachableError, match=f"mailbox m: no token .* {error}") as caught:
        Tokens("mailbox m", registered(identity)).token()
    assert hint in caught.value.hint
    assert "Trace" not in str(caught.value)


def test_a_wrong_secret_is_refused_without_telling_it(identity: Identity) -> None:
    registration = registered(identity, secret="Tr0ub4dor")
    with pytest.raises(UnreachableError) as caught:
        Tokens("mailbox m", registration).token()
    assert "Tr0ub4dor" not in f"{caught.value} {caught.value.hint} {registration!r}"


def test_a_provider_that_cannot_be_reached_is_tried_again_later(identity: Identity) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    tokens = Tokens("mailbox m", registered(identity, authority=f"https://localhost:{port}/{TENANT}"))
    with pytest.raises(UnreachableError) as caught:
        tokens.token()
    assert "identity provider" in caught.value.hint


def test_a_provider_that_nobody_vouches_for_is_refused(identity: Identity) -> None:
    with pytest.raises(UnreachableError, match=r"(?i)certificate"):
        Tokens("mailbox m", replace(registered(identity), authorities=None)).token()


@pytest.mark.parametrize(
    ("authority", "issuer"),
    [
        ("", "https://login.microsoftonline.com/list.example"),
        ("https://login.microsoftonline.us/", "https://login.microsoftonline.us/list.example"),
        ("https://localhost:1/other", "https://localhost:1/other"),
    ],
)
def test_whom_tokens_are_asked_of(authority: str, issuer: str) -> None:
    assert Registration(TENANT, CLIENT, "s", authority=authority).issuer == issuer


@pytest.mark.parametrize("certificate", ["", "-----BEGIN CERTIFICATE-----\n", "-----BEGIN PRIVATE KEY-----\n"])
def test_nothing_to_sign_in_with_is_a_mistake_of_the_configuration(certificate: str) -> None:
    with pytest.raises(ConfigurationError, match="certificate_file"):
        Tokens("mailbox m", Registration(TENANT, CLIENT, certificate=certificate))


def test_without_its_library_it_says_which_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "msal", None)
    with pytest.raises(ConfigurationError) as caught:
        Tokens("mailbox m", Registration(TENANT, CLIENT, "s"))
    assert "cpl-intake[graph]" in caught.value.hint


def by_token(server: Server, identity: Identity) -> ImapMailbox:
    identity.mailbox = "token@example.test"
    tokens = Tokens("mailbox m", registered(identity))
    return ImapPlace(server, user=identity.mailbox).mailbox(tokens=tokens, password="")


def test_a_mailbox_is_read_with_a_token(dovecot_server: Dovecot, identity: Identity) -> None:
    mailbox = by_token(dovecot_server, identity)
    dovecot_server.deliver(identity.mailbox, [b"Subject: CPL\r\n\r\n"])
    assert len(mailbox.scan().sightings) == 1
    mailbox.close()


def test_an_expired_token_is_refused_and_the_next_connection_has_a_new_one(
    dovecot_server: Dovecot, identity: Identity
) -> None:
    mailbox = by_token(dovecot_server, identity)
    identity.lifetime = -30
    with pytest.raises(UnreachableError, match=r"did not let token@example\.test in") as caught:
        mailbox.scan()
    assert "IMAP.AccessAsApp" in caught.value.hint
    identity.lifetime = 3600
    assert mailbox.scan().whole
    assert len(identity.scopes) == 2
    mailbox.close()


def test_a_server_without_oauth_is_said_with_what_it_offers(pymap_server: Server, identity: Identity) -> None:
    with pytest.raises(UnreachableError, match=r"neither XOAUTH2 nor OAUTHBEARER, but: .*IMAP4REV1"):
        by_token(pymap_server, identity).scan()


@dataclass
class Submission:
    """A submission server that knows XOAUTH2 as Microsoft's does: a no comes first as a challenge that explains it."""

    refuses: bool = False
    said: list[bytes] = field(default_factory=list)

    async def auth_XOAUTH2(self, server: Any, words: list[str]) -> AuthResult:  # noqa: ANN401, N802  # aiosmtpd's words
        self.said.append(base64.b64decode(words[1]))
        if self.refuses:
            assert await server.challenge_auth(b'{"status":"401"}') == b""
            return AuthResult(success=False, handled=False)
        return AuthResult(success=True, auth_data=b"us")

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: ANN401, N802  # likewise
        self.said.append(envelope.original_content)
        return "250 taken"


def postman(identity: Identity, port: int) -> SmtpPostman:
    tokens = Tokens("outgoing", registered(identity))
    return SmtpPostman(
        "127.0.0.1", sender="secas@list.example", port=port, tls=False, user="a@b.example", tokens=tokens
    )


LETTER = Letter("<ack.1@list.example>", "jane@maker.example", b"Subject: Re: CPL\r\n\r\n")


@pytest.fixture
def submission() -> Iterator[tuple[Submission, int]]:
    handler = Submission()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port(), auth_require_tls=False)
    controller.start()
    yield handler, controller.port
    controller.stop()


def test_letters_are_sent_with_a_token(identity: Identity, submission: tuple[Submission, int]) -> None:
    handler, port = submission
    sender = postman(identity, port)
    sender.send(LETTER)
    sender.close()
    assert handler.said[0].startswith(b"user=a@b.example\x01auth=Bearer ey")
    assert handler.said[1] == LETTER.content
    assert identity.scopes == [MAIL_SCOPE]


def test_a_token_that_may_not_send_is_said_and_asked_for_anew(
    identity: Identity, submission: tuple[Submission, int]
) -> None:
    handler, port = submission
    handler.refuses = True
    sender = postman(identity, port)
    for _ in range(2):
        with pytest.raises(UnreachableError) as caught:
            sender.send(LETTER)
        assert "SMTP.SendAsApp" in caught.value.hint
    assert len(identity.scopes) == 2
    assert handler.said[0] != handler.said[1]
